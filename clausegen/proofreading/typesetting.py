"""Quotations that must be exact, dates and spaces that must be well set."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from clausegen.diagnostics import Niveau
from clausegen.french.dates import MOIS, en_lettres
from clausegen.french.typography import plain_spaces, typography
from clausegen.law.rulebook import Rulebook
from clausegen.proofreading.interface import Constat, Contexte, Controle
from clausegen.proofreading.matching import clear, folded, pattern, quoted, sentence_at
from clausegen.reading.document import Bloc
from clausegen.record import dataclass
from clausegen.regex import late

_FIRST = rf"1 (?:{'|'.join(MOIS)})"
_STRAIGHT = late(r"(?<![\w\"])\"[^\"\n]{2,200}\"(?![\w\"])")
_LONGEST = 2000


@dataclass(frozen=True, slots=True)
class _Official:
    """A quotation of the base, folded, with the days between which it is exact."""

    texte: str
    ecrit: str
    depuis: date | None
    jusqu_au: date | None

    def valid(self, jour: date | None) -> bool:
        """Tell whether the wording is that of a day; None for the newest."""
        if jour is None:
            return self.jusqu_au is None
        return (self.depuis is None or self.depuis <= jour) and (self.jusqu_au is None or jour <= self.jusqu_au)


def typesetting(contexte: Contexte, controle: Controle) -> Iterator[Constat]:
    """Yield the quotations that are not those of the base, the firsts of a month, and where plain spaces begin."""
    official = _base(contexte.livre)
    attributed = pattern(controle.donnees["attribution"])
    for bloc in contexte.document.blocs:
        for found in pattern(_FIRST).finditer(folded(bloc.texte)):
            if not re.search(r"[\d.,/-] ?$", bloc.texte[: found.start()]):
                yield Constat(bloc, *found.span(), "Le premier jour du mois s'écrit « 1er ».")
        for start, end in quoted(bloc.texte):
            fault = _misquoted(bloc.texte[start:end], official, contexte.jour, controle)
            if fault is not None and (fault[1] is None or attributed.search(sentence_at(bloc, start).texte)):
                yield Constat(bloc, start, end, *fault)
    yield from _spaces(contexte.document.corps(), controle.donnees["places_min"])


def _base(livre: Rulebook) -> tuple[_Official, ...]:
    found = []
    for key, content in sorted(livre.donnees.items()):
        if key.startswith("citations/"):
            for entry in content["citations"].values():
                text = str(entry["texte"])
                found.append(_Official(_bare(text), text, entry.get("depuis"), entry.get("jusqu_au")))
    return tuple(found)


def _bare(text: str) -> str:
    return re.sub(r"[^\w]+", " ", folded(text)).strip()


def _misquoted(
    words: str, official: Sequence[_Official], jour: date | None, controle: Controle
) -> tuple[str, Niveau | None] | None:
    """Return what is wrong with words between quotation marks; None for a short one, a title, or an exact one."""
    donnees = controle.donnees
    if len(words.split()) < donnees["mots_min"] or len(words) > _LONGEST:
        return None
    parts = [_bare(p) for cut in re.split(donnees["coupe"], words) for p in re.split(r"(?<=[.;])\s", cut)]
    parts = [part for part in parts if len(part.split()) >= donnees["fragment_min"]]
    missing = [part for part in parts if not any(part in one.texte for one in official)]
    if not missing:
        dated = [one for part in parts for one in official if part in one.texte]
        wrong = [p for p in parts if not any(p in one.texte and one.valid(jour) for one in official)]
        if not wrong:
            return None
        end = next((one.jusqu_au for one in dated if one.jusqu_au and (jour is None or one.jusqu_au < jour)), None)
        since = f", qui a cessé le {en_lettres(end)}" if end else ", d'une autre date"
        return f"Cette citation reprend une rédaction{since} : citer le texte en vigueur le jour du lancement.", None
    ratio, near = max((_likeness(part, one.texte), one.ecrit) for part in missing for one in official)
    if ratio >= donnees["ressemblance"]:
        return f"Citation inexacte : le texte officiel dit « {near.rstrip('.')} ».", None
    return "Cette citation n'est pas dans la base : la vérifier mot à mot sur le texte officiel.", Niveau.INFORMATION


def _likeness(part: str, whole: str) -> float:
    """Return how much a quotation looks like the words of the base, or like as many of its first words."""
    ours, theirs = part.split(), whole.split()
    from difflib import SequenceMatcher

    matcher = SequenceMatcher(None, ours, theirs[: len(ours) + 3], autojunk=False)
    same = sum(block.size for block in matcher.get_matching_blocks())
    return same / max(len(ours), 1) if len(ours) > 4 else 0.0


def _spaces(blocs: Sequence[Bloc], least: int) -> Iterator[Constat]:
    """Yield, once a document, where ordinary spaces, straight apostrophes and straight quotation marks begin."""
    spaces = marks = 0
    first: tuple[Bloc, int] | None = None
    for bloc in blocs:
        text = bloc.texte
        better = typography(text)
        if better != text:
            changed = [i for i, (a, b) in enumerate(zip(text, better, strict=True)) if a != b]
            spaces += len([i for i in changed if plain_spaces(text[i]) == " "])
            marks += len([i for i in changed if text[i] == "'"])
            first = first or (bloc, changed[0])
        straight = [found.start() for found in _STRAIGHT.finditer(clear(text))]
        marks += 2 * len(straight)
        if straight and first is None:
            first = (bloc, straight[0])
    if first is not None and spaces + marks >= least:
        message = (
            f"Typographie : {spaces} espace(s) à rendre insécable(s), {marks} apostrophe(s) ou guillemet(s) droit(s) ; "
            "la première place est ici."
        )
        yield Constat(first[0], first[1], first[1] + 1, message, Niveau.INFORMATION)
