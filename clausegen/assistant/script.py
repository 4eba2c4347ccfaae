"""The script of the conversation, as `rules/conversation` holds it: what is asked, in which order, with which words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from clausegen.law.rulebook import Rulebook
from clausegen.record import dataclass

DROIT, PIECES = "droit", "pieces"
LOT = "lots[]"
_QUOTED = re.compile(r"`([^`]+)`")
_INDEX = re.compile(r"\[[0-9]+\]")


@dataclass(frozen=True, slots=True)
class Fiche:
    """One question of the script.

    Args:
        cle: key pattern, `lots[].cpv` for a key of each lot.
        titre: subject of its group.
        moment: `droit` or `pieces`.
        genre: how the answer is read; empty for what the key itself holds.
        toujours: whether it is asked though neither the decision nor a piece asks for it.
        obligatoire: whether the conversation stands still until it is answered.
        si: values already given that it depends on.
        si_obligation: duty, of the lot or of the market, that must apply, and not be met yet.
        meme_satisfaite: whether that duty may be met already.
        plus_tard: values already given with which nothing is decided on it: it waits for the pieces.
        dispositif_connu: whether it waits until the dispositif of its lot is decided.
        non_suffit: whether « non » answers it, so that it is not asked again of the same file.
        choix: words of the key, with their labels and other names.
        propose: what is usual, and of what it depends; the first that holds.
        question: how it is put aloud; empty for the words of the key.
        exemple: what an answer looks like; empty for the example of the key.
    """

    cle: str
    titre: str
    moment: str
    genre: str = ""
    toujours: bool = False
    obligatoire: bool = False
    si: Mapping[str, Any] | None = None
    si_obligation: str | None = None
    meme_satisfaite: bool = False
    plus_tard: Mapping[str, Any] | None = None
    dispositif_connu: bool = False
    non_suffit: bool = False
    choix: Mapping[str, Mapping[str, Any]] | None = None
    propose: Sequence[Mapping[str, Any]] = ()
    question: str = ""
    exemple: str = ""


def pattern(chemin: str) -> str:
    """Return a path whatever the lot: `lots[].cpv` for `lots[2].cpv`."""
    return _INDEX.sub("[]", chemin)


class Script:
    """The script of one rulebook.

    Args:
        livre: the law, whose folder `conversation` holds the script.
    """

    def __init__(self, livre: Rulebook) -> None:
        content: dict[str, Any] = livre.donnees["conversation/questions"]
        self.fiches: tuple[Fiche, ...] = tuple(
            Fiche(titre=str(groupe["titre"]), moment=str(groupe["moment"]), **entry)
            for groupe in content["groupes"]
            for entry in groupe["questions"]
        )
        self.par_cle: dict[str, Fiche] = {fiche.cle: fiche for fiche in self.fiches}
        self.autres: Mapping[str, str] = content["autres"]
        self.suite: Mapping[str, str] = content["suite"]
        self.rediger: Mapping[str, str] = content["rediger"]
        self.lot_suivant: Mapping[str, str] = content["lot_suivant"]
        self.maximum_lots = int(content["maximum_lots"])
        self.peu_de_lots = int(content["peu_de_lots"])
        self.annonces: tuple[str, ...] = tuple(content["annonces"])
        self.contraires: tuple[str, ...] = tuple(content["annonces_contraires"])
        self.noms: Mapping[str, str] = content["noms"]
        self._faits: Mapping[str, Mapping[str, str]] = livre.donnees["faits"]["faits"]
        self._defauts: Mapping[str, Mapping[str, Any]] = livre.donnees["defauts"]["defauts"]

    def fait(self, chemin: str) -> Mapping[str, str]:
        """Return what is said of a key: its label, its question, its help and example if any."""
        return self._faits.get(pattern(chemin)) or self._faits.get(pattern(chemin).removeprefix(f"{LOT}.")) or {}

    def spoken(self, texte: str) -> str:
        """Return a sentence with the labels of the keys that it names, in place of the keys."""
        return _QUOTED.sub(lambda match: self._label(match[1]), texte)

    def _label(self, cle: str) -> str:
        found = next((self._faits[name] for name in (cle, f"{LOT}.{cle}") if name in self._faits), None)
        return f"« {found['libelle'] if found else cle} »"

    def known(self, chemin: str) -> bool:
        """Tell whether a path is a key of the description."""
        return pattern(chemin) in self._faits

    def cles(self) -> tuple[str, ...]:
        """Return every key of the description, as a pattern."""
        return tuple(self._faits)

    def fiche(self, chemin: str) -> Fiche:
        """Return the question of the script for a path: its own, or one made for what the script does not list."""
        listed = self.par_cle.get(pattern(chemin))
        return listed or Fiche(pattern(chemin), self.autres["titre"], self.autres["moment"])

    def defaut(self, chemin: str) -> Any:
        """Return the drafting default of a key, None when there is none."""
        entry = self._defauts.get(chemin)
        return entry["valeur"] if entry else None
