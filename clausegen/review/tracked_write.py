"""The blocks of both versions in one body: what stays, and tracked changes for the rest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field, replace

from clausegen.record import dataclass
from clausegen.review.tracked_align import Couple, align_blocks, align_rows, anchored_ends, is_paragraph
from clausegen.review.tracked_inline import Ligne, Signature
from clausegen.review.tracked_lists import Listes
from clausegen.review.tracked_marks import fates
from clausegen.review.tracked_model import Bloc, Cadre, Nature, Paragraphe, Rangee, Statut, Tableau
from clausegen.review.tracked_slide import slid
from clausegen.writers.docx.numbering import number_properties
from clausegen.writers.docx.oxml import ordered

_Lies = dict[tuple[int, int], list[Couple[Bloc]]]


@dataclass(slots=True)
class Corps:
    """Writes the body.

    Args:
        ligne: writer of words.
        listes: lists of both versions.
        signature: who signs the changes.
    """

    ligne: Ligne
    listes: Listes
    signature: Signature
    _aligned: _Lies = field(default_factory=dict)
    _rows: dict[tuple[int, int], list[Couple[Rangee]]] = field(default_factory=dict)

    def xml(self, avant: list[Bloc], apres: list[Bloc]) -> str:
        """Return the blocks of two bodies in one."""
        self._pair_lists(avant, apres)
        return self._container(self._blocks(avant, apres), last=True)

    def _blocks(self, avant: list[Bloc], apres: list[Bloc]) -> list[Couple[Bloc]]:
        key = (id(avant), id(apres))
        if key not in self._aligned:
            self._aligned[key] = anchored_ends(slid(align_blocks(avant, apres)))
        return self._aligned[key]

    def _rows_of(self, avant: Tableau, apres: Tableau) -> list[Couple[Rangee]]:
        key = (id(avant), id(apres))
        if key not in self._rows:
            self._rows[key] = align_rows(avant.rangees, apres.rangees)
        return self._rows[key]

    def _pair_lists(self, avant: list[Bloc], apres: list[Bloc]) -> None:
        """Find which list of one version is which of the other before anything is written."""
        for couple in self._blocks(avant, apres):
            old, new = couple.avant, couple.apres
            if isinstance(old, Paragraphe) and isinstance(new, Paragraphe):
                if old.liste and new.liste:
                    self.listes.pair(old.liste[1], new.liste[1])
            elif isinstance(old, Cadre) and isinstance(new, Cadre):
                self._pair_lists(old.blocs, new.blocs)
            elif isinstance(old, Tableau) and isinstance(new, Tableau):
                for row in self._rows_of(old, new):
                    if row.avant and row.apres:
                        for cell, other in zip(row.avant.cellules, row.apres.cellules, strict=True):
                            self._pair_lists(cell.blocs, other.blocs)

    def _container(self, couples: Sequence[Couple[Bloc]], *, last: bool = False, whole: bool = False) -> str:
        """Write the blocks of a body, a cell or a control.

        Args:
            couples: the blocks.
            last: whether its last mark can never be removed: that of the document.
            whole: whether the container itself comes or goes, and its marks with it.
        """
        opened = _opened(couples)
        marks = fates(opened, last=last, whole=whole)
        out: list[str] = []
        new: dict[str, str] | None = None
        old: dict[str, str] | None = None
        for couple, mark in zip(opened, marks, strict=True):
            if not is_paragraph(couple):
                table = isinstance(couple.apres or couple.avant, Tableau)
                out.append(self._table(couple) if table else self._frame(couple))
                continue
            if isinstance(couple.apres, Paragraphe):
                new = _properties(couple.apres, couple.apres.liste)
            if isinstance(couple.avant, Paragraphe):
                old = _properties(couple.avant, self._old_list(couple.avant))
            out.append(f"<w:p>{self._marked(new, old, couple.statut, mark)}{self.ligne.content(couple)}</w:p>")
        return "".join(out)

    def _old_list(self, avant: Paragraphe) -> tuple[int, int] | None:
        if avant.liste:
            return avant.liste[0], self.listes.number(avant.liste[1])
        return self.listes.heading(avant.style)

    def _marked(self, new: dict[str, str] | None, old: dict[str, str] | None, said: Statut, mark: Statut) -> str:
        """Return the properties of a paragraph, with the fate of its mark.

        Word gives joined paragraphs the look of the last, other programs that of the first: both must find it here.

        Args:
            new: look of the last paragraph so far that the new version has.
            old: look of the last one so far that the old version has.
            said: status of the words.
            mark: status of the mark.
        """
        if said is mark and mark is not Statut.GARDE:
            new, old = (new, None) if mark is Statut.AJOUT else (None, old)
        content = dict(new if new is not None else old or {})
        if mark is not Statut.GARDE:
            content["rPr"] = f"<w:rPr><w:{mark.value}{self.signature.attributes()}/></w:rPr>"
        if old is not None and new is not None and old != new:
            before = ordered("w:pPr", old) or "<w:pPr/>"
            content["pPrChange"] = f"<w:pPrChange{self.signature.attributes()}>{before}</w:pPrChange>"
        return ordered("w:pPr", content)

    def _frame(self, couple: Couple[Bloc]) -> str:
        assert isinstance(couple.avant, Cadre) and isinstance(couple.apres, Cadre)
        inner = self._container(self._blocks(couple.avant.blocs, couple.apres.blocs))
        return f"<w:sdt>{couple.apres.proprietes}<w:sdtContent>{inner}</w:sdtContent></w:sdt>"

    def _table(self, couple: Couple[Bloc]) -> str:
        old, new = couple.avant, couple.apres
        if isinstance(old, Tableau) and isinstance(new, Tableau):
            rows = self._rows_of(old, new)
            if any(row.statut is Statut.GARDE for row in rows):
                return f"<w:tbl>{new.proprietes}{''.join(self._row(row) for row in rows)}</w:tbl>"
        out = ""
        if isinstance(old, Tableau):
            gone: list[Couple[Rangee]] = [Couple(row, None) for row in old.rangees]
            out += f"<w:tbl>{old.proprietes}{''.join(self._row(row) for row in gone)}</w:tbl>"
        if isinstance(new, Tableau):
            come: list[Couple[Rangee]] = [Couple(None, row) for row in new.rangees]
            out += f"<w:tbl>{new.proprietes}{''.join(self._row(row) for row in come)}</w:tbl>"
        return out

    def _row(self, couple: Couple[Rangee]) -> str:
        old, new = couple.avant, couple.apres
        if old and new:
            properties = new.proprietes
            cells = [
                (cell.proprietes, self._container(self._blocks(other.blocs, cell.blocs)))
                for other, cell in zip(old.cellules, new.cellules, strict=True)
            ]
        else:
            row = new or old
            assert row is not None
            properties = f"{row.proprietes}<w:{couple.statut.value}{self.signature.attributes()}/>"
            cells = [
                (cell.proprietes, self._container(_alone(cell.blocs, couple.statut), whole=True))
                for cell in row.cellules
            ]
        inner = "".join(f"<w:tc>{look}{content}</w:tc>" for look, content in cells)
        return f"<w:tr>{f'<w:trPr>{properties}</w:trPr>' if properties else ''}{inner}</w:tr>"


def _properties(paragraphe: Paragraphe, liste: tuple[int, int] | None) -> dict[str, str]:
    found = dict(paragraphe.proprietes)
    if liste:
        found["numPr"] = number_properties(liste[1], liste[0])
    return found


def _alone(blocs: list[Bloc], statut: Statut) -> list[Couple[Bloc]]:
    return [Couple(None, bloc) if statut is Statut.AJOUT else Couple(bloc, None) for bloc in blocs]


def _opened(couples: Sequence[Couple[Bloc]]) -> list[Couple[Bloc]]:
    """Take what a control holds out of it when the control comes or goes; the field in it comes or goes with it."""
    out: list[Couple[Bloc]] = []
    for couple in couples:
        block = couple.apres or couple.avant
        if isinstance(block, Cadre) and couple.statut is not Statut.GARDE:
            inner = [_with_its_field(b) if isinstance(b, Paragraphe) else b for b in block.blocs]
            out += _alone(inner, couple.statut)
        else:
            out.append(couple)
    return out


def _with_its_field(paragraphe: Paragraphe) -> Paragraphe:
    marks = [replace(m, nature=Nature.APPEL) if m.nature is Nature.CHAMP else m for m in paragraphe.marques]
    return replace(paragraphe, marques=marks)
