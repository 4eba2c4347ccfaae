"""The words of a paragraph with their tracked changes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import field
from itertools import groupby

from clausegen.record import dataclass
from clausegen.review.tracked_align import Couple
from clausegen.review.tracked_model import Bloc, Jeton, Marque, Nature, Paragraphe, Statut
from clausegen.review.words import stretches
from clausegen.writers.docx.oxml import escape

_FIRST_ID = 100_000
_TEXT = re.compile(r"<(/?)w:t(?=[ >/])")


@dataclass(slots=True)
class Signature:
    """Who signs the changes, and on which day; each gets an id of its own.

    Args:
        auteur: name shown in Word.
        moment: such as `2026-12-01T00:00:00Z`.
    """

    auteur: str
    moment: str
    _next: int = _FIRST_ID

    def attributes(self) -> str:
        """Return the attributes of the next change."""
        self._next += 1
        return f' w:id="{self._next}" w:author="{escape(self.auteur)}" w:date="{self.moment}"'

    def identifier(self) -> int:
        """Return an id that nothing else bears."""
        self._next += 1
        return self._next

    def around(self, statut: Statut, runs: str) -> str:
        """Return runs as added or removed; as they are when they stay."""
        if statut is Statut.GARDE or not runs:
            return runs
        return f"<w:{statut.value}{self.attributes()}>{runs}</w:{statut.value}>"


@dataclass(slots=True)
class Ligne:
    """Writes the words of paragraphs.

    Args:
        signature: who signs.
        pris: bookmarks of the new version: an old one of the same name gives way.
        ancien: whether the whole document goes, and keeps its marks as it does.
        nouveau: whether it comes as a whole.
    """

    signature: Signature
    pris: frozenset[str]
    ancien: bool = False
    nouveau: bool = False
    _kept: set[str] = field(default_factory=set)

    def content(self, couple: Couple[Bloc]) -> str:
        """Return the content of a paragraph, its properties left out."""
        avant, apres = couple.avant, couple.apres
        if isinstance(apres, Paragraphe):
            old = avant if isinstance(avant, Paragraphe) else None
            inner = self._reworded(old, apres)
            return self._bookmarked(old, inner) if old else inner
        assert isinstance(avant, Paragraphe)
        if self.ancien:
            return self._marked(avant, [(Statut.RETRAIT, 0, len(avant.jetons))], Statut.RETRAIT)
        return self._bookmarked(avant, self._tokens(avant.jetons, Statut.RETRAIT))

    def _reworded(self, avant: Paragraphe | None, apres: Paragraphe) -> str:
        if avant is None:
            return self._marked(apres, [(Statut.AJOUT, 0, len(apres.jetons))], Statut.AJOUT)
        if avant.cle == apres.cle:
            return self._marked(apres, [(Statut.GARDE, 0, len(apres.jetons))], Statut.GARDE)
        old, new = ([jeton.cle for jeton in p.jetons] for p in (avant, apres))
        steps: list[tuple[Statut | list[Jeton], int, int]] = []
        for tronc in stretches(old, new, [jeton.lourd for jeton in avant.jetons]):
            if not tronc.egal and tronc.fin > tronc.debut:
                steps.append((avant.jetons[tronc.debut : tronc.fin], 0, 0))
            statut = Statut.GARDE if tronc.egal else Statut.AJOUT
            steps.append((statut, tronc.debut_apres, tronc.fin_apres))
        return self._marked(apres, steps, Statut.GARDE)

    def _marked(
        self, paragraphe: Paragraphe, steps: Sequence[tuple[Statut | list[Jeton], int, int]], whole: Statut
    ) -> str:
        """Write tokens and the marks between them.

        Args:
            paragraphe: the version that is followed.
            steps: stretches of it with their status, and what the other version said there.
            whole: status of the paragraph.
        """
        waiting = list(paragraphe.marques)
        out: list[str] = []
        said = whole
        out += self._due(waiting, 0, said, whole)
        for what, start, end in steps:
            if isinstance(what, list):
                out.append(self._tokens(what, Statut.RETRAIT))
                continue
            while start < end:
                out += self._due(waiting, start, said, whole)
                stop = min(end, waiting[0].rang) if waiting else end
                out.append(self._tokens(paragraphe.jetons[start:stop], what))
                start, said = stop, what
        return "".join(out + self._due(waiting, len(paragraphe.jetons), said, whole))

    def _due(self, waiting: list[Marque], rank: int, said: Statut, whole: Statut) -> list[str]:
        """Take the marks that stand before a token."""
        out = []
        while waiting and waiting[0].rang <= rank:
            mark = waiting.pop(0)
            if mark.nature is Nature.ANCRE and whole is Statut.AJOUT and not self.nouveau:
                # LibreOffice leaves rows behind when an added stretch that bears an anchor is rejected.
                continue
            inside = mark.nature is Nature.APPEL
            xml = _struck(mark.xml) if inside and said is Statut.RETRAIT else mark.xml
            out.append(self.signature.around(said, xml) if inside else xml)
        return out

    def _tokens(self, jetons: Iterable[Jeton], statut: Statut) -> str:
        out = []
        for lien, group in groupby(jetons, lambda j: "" if statut is Statut.RETRAIT else j.lien):
            runs = self.signature.around(statut, _runs(group, statut))
            out.append(f"{lien}{runs}</w:hyperlink>" if lien else runs)
        return "".join(out)

    def _bookmarked(self, avant: Paragraphe, content: str) -> str:
        """Keep the bookmarks that only the old version has: its references need them once changes are rejected."""
        for mark in avant.marques:
            named = mark.nature is Nature.SIGNET and mark.xml.startswith("<w:bookmarkStart")
            if named and not mark.nom.startswith("_Toc") and mark.nom not in self.pris | self._kept:
                self._kept.add(mark.nom)
                ident = self.signature.identifier()
                start = f'<w:bookmarkStart w:id="{ident}" w:name="{escape(mark.nom)}"/>'
                content = f'{start}{content}<w:bookmarkEnd w:id="{ident}"/>'
        return content


def _runs(jetons: Iterable[Jeton], statut: Statut) -> str:
    """Return runs: words of the same look share one."""
    out = []
    tag = "delText" if statut is Statut.RETRAIT else "t"
    for (thing, look), group in groupby(jetons, lambda j: (j.entier is not None, j.proprietes)):
        if not thing:
            text = escape("".join(jeton.texte for jeton in group))
            out.append(f'<w:r>{look}<w:{tag} xml:space="preserve">{text}</w:{tag}></w:r>')
        elif statut is Statut.GARDE:
            out += [jeton.entier or "" for jeton in group]
        else:
            out += [_struck(jeton.plat) if statut is Statut.RETRAIT else jeton.plat for jeton in group]
    return "".join(out)


def _struck(runs: str) -> str:
    return _TEXT.sub(r"<\1w:delText", runs).replace("w:instrText", "w:delInstrText")
