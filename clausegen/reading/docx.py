"""A Word file, whoever wrote it, read into blocks: text, numbers, tables, fields, comments, pending changes."""

from __future__ import annotations

from dataclasses import field

from lxml import etree

from clausegen.files.openxml import OfficeFile
from clausegen.reading.document import Bloc, CommentaireLu, Document, Genre
from clausegen.reading.flow import Flow, note_bodies
from clausegen.reading.headings import is_bulleted, typed_heading, typed_number
from clausegen.reading.lawday import day_of
from clausegen.reading.numbering import Numbering, Numero
from clausegen.reading.package import main_part, open_docx
from clausegen.reading.paragraph import Paragraphe
from clausegen.reading.properties import read_properties
from clausegen.reading.styles import Styles
from clausegen.reading.wordml import PPR, RID, P, day, number, value, w
from clausegen.record import dataclass
from clausegen.writers.docx.parts import PIECE

_MACROS = "Le fichier contient des macros : elles ne sont ni lues ni exécutées."


def read_docx(content: bytes, nom: str) -> Document:
    """Return a Word file as a document.

    Args:
        content: its bytes.
        nom: how the user named it.

    Raises:
        ClausegenError: it is no Word document, or is protected, damaged or too large.
    """
    office = open_docx(content, nom)
    about = read_properties(office)
    piece = about.personnalisees.get(PIECE) or None
    root = main_part(office)
    lecteur = Lecteur.of(office, root, foreign=piece is None)
    return Document(
        nom=nom,
        blocs=tuple(lecteur.blocs()),
        piece=piece,
        proprietes=about.personnalisees,
        auteurs=about.auteurs,
        date_droit=day_of(about.personnalisees),
        projet=about.projet,
        remarques=(_MACROS,) if office.has_macros() else (),
    )


@dataclass
class Lecteur:
    """Reads the paragraphs of a file, then makes each a block.

    Args:
        paragraphes: the paragraphs that make blocks, in order; the block of rank n is made of the n-th.
        places: rank of each `w:p` of the main part, in the order of the file.
        styles: the file's styles.
        numbering: its lists.
        comments: its comments, by id.
        foreign: whether another than clausegen wrote it.
    """

    paragraphes: list[Paragraphe]
    places: dict[etree._Element, int]
    styles: Styles
    numbering: Numbering
    comments: dict[str, CommentaireLu]
    foreign: bool
    _styled: bool = field(default=False, init=False)

    @classmethod
    def of(cls, office: OfficeFile, root: etree._Element, *, foreign: bool) -> Lecteur:
        """Return the reader of a file.

        Args:
            office: the file.
            root: its main part, parsed.
            foreign: whether another than clausegen wrote it.
        """
        styles_path, numbering_path = office.linked("styles"), office.linked("numbering")
        styles = Styles(None if styles_path is None else office.tree(styles_path))
        numbering = Numbering(None if numbering_path is None else office.tree(numbering_path), styles)
        body = root.find(w("body"))
        flow = Flow(root, Genre.PARAGRAPHE)
        flow.read(() if body is None else body)
        found = flow.found + _around(office, root, flow.tables)
        kept = [one for one in found if one.kept() and not styles.is_contents(_style(one))]
        places = {node: rank for rank, node in enumerate(root.iter(P))}
        return cls(kept, places, styles, numbering, read_comments(office), foreign)

    def blocs(self) -> list[Bloc]:
        """Return the blocks."""
        self._styled = any(self._heading(one) for one in self.paragraphes if one.genre is Genre.PARAGRAPHE)
        return [self._bloc(rank, one) for rank, one in enumerate(self.paragraphes, 1)]

    def titre(self) -> Paragraphe | None:
        """Return the paragraph of the title, else the first of the body; None when the body has no words."""
        body = [one for one in self.paragraphes if one.node in self.places]
        titles = (one for one in body if self.styles.is_title(_style(one)) and one.longueur)
        return next(titles, None) or next((one for one in body if one.longueur), None)

    def _bloc(self, rank: int, one: Paragraphe) -> Bloc:
        text = one.texte()
        genre, level, numero = one.genre, None, None
        if text.strip() and genre in (Genre.PARAGRAPHE, Genre.CELLULE):
            genre, level, numero = self._kind(one, text)
        cell = one.cellule if genre is Genre.CELLULE else None
        return Bloc(
            *(rank, genre, text, one.avant(), level, numero, cell),
            champs=one.champs_lus(text),
            revisions=one.revisions(),
            commentaires=tuple(one.commentaires_lus(self.comments)),
            surlignes=one.surlignes(),
            attache=self.places.get(one.node),
        )

    def _kind(self, one: Paragraphe, text: str) -> tuple[Genre, int | None, str | None]:
        """Return what a paragraph of the body is, the depth of a heading, and its number."""
        listed, number_ = self._count(one)
        clause = number_.texte if number_ is not None and number_.niveaux > 1 else None
        if one.genre is Genre.CELLULE:
            return Genre.CELLULE, None, clause
        level = self._heading(one)
        if level is not None:
            typed = typed_number(text) if number_ is None else None
            computed = number_.texte if number_ is not None else None
            return Genre.ARTICLE, level, typed.numero if typed is not None else computed
        if self.styles.is_title(_style(one)):
            return Genre.TITRE, None, None
        if not listed and self.foreign:
            typed = typed_heading(text, lone=not self._styled)
            if typed is not None:
                return Genre.ARTICLE, typed.niveau, typed.numero
        if (listed and clause is None) or (self.foreign and is_bulleted(text)):
            return Genre.LISTE, None, None
        return Genre.PARAGRAPHE, None, clause

    def _heading(self, one: Paragraphe) -> int | None:
        properties = one.node.find(PPR)
        outline = None if properties is None else properties.find(w("outlineLvl"))
        if outline is not None:
            level = number(outline, 9)
            return level + 1 if 0 <= level < 9 else None
        return self.styles.heading(_style(one))

    def _count(self, one: Paragraphe) -> tuple[bool, Numero | None]:
        """Return whether a paragraph is in a list, and the number that it takes there."""
        properties = one.node.find(PPR)
        direct = None if properties is None else properties.find(w("numPr"))
        identifier, level, linked = self.styles.numbering(_style(one))
        if direct is not None:
            own = direct.find(w("numId"))
            if own is not None and value(own) != identifier:
                identifier, linked = value(own), []
            deep = direct.find(w("ilvl"))
            if deep is not None:
                level, linked = number(deep), []
        if identifier in ("", "0"):
            return False, None
        tied = self.numbering.level_of(identifier, linked)
        rank = tied if tied is not None else level or 0
        return True, self.numbering.advance(identifier, rank)


def read_comments(office: OfficeFile) -> dict[str, CommentaireLu]:
    """Return the comments of a file by id, their places left at 0."""
    path = office.linked("comments")
    found: dict[str, CommentaireLu] = {}
    for node in () if path is None else office.tree(path).iterchildren(w("comment")):
        flow = Flow(node, Genre.NOTE)
        flow.read(node)
        words = "\n".join(one.texte() for one in flow.found if one.longueur)
        found[node.get(w("id")) or ""] = CommentaireLu(0, 0, words, node.get(w("author")) or "", day(node))
    return found


def _style(one: Paragraphe) -> str:
    return value(one.node.find(f"{PPR}/{w('pStyle')}"))


def _around(office: OfficeFile, root: etree._Element, tables: int) -> list[Paragraphe]:
    """Return the paragraphs of headers, footers and notes."""
    links = office.links(office.document)
    found: list[Paragraphe] = []
    seen: set[str] = set()
    for kind, genre in (("headerReference", Genre.ENTETE), ("footerReference", Genre.PIED)):
        for reference in root.iter(w(kind)):
            link = links.get(reference.get(RID) or "")
            if link is None or link.externe or link.cible in seen or link.cible not in office.parts:
                continue
            seen.add(link.cible)
            tables = _read_part(office.tree(link.cible), genre, tables, found)
    for kind in ("footnotes", "endnotes"):
        path = office.linked(kind)
        if path is not None:
            for note in note_bodies(office.tree(path)):
                tables = _read_part(note, Genre.NOTE, tables, found)
    return found


def _read_part(container: etree._Element, genre: Genre, tables: int, found: list[Paragraphe]) -> int:
    flow = Flow(container, genre, tables)
    flow.read(container)
    for one in flow.found:
        # A table of a header is a layout.
        one.genre, one.cellule = genre, None
    found.extend(flow.found)
    return flow.tables
