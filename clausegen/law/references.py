"""From the id of a source to its citation, the version in force and how sure we are of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from clausegen.law.dating import in_force, until
from clausegen.law.decision import Source
from clausegen.law.rule import CONFIANCES
from clausegen.law.rulebook import Rulebook
from clausegen.record import dataclass, replace

CCAG_PREFIX = "ccag:"


@dataclass(frozen=True, slots=True)
class Reference:
    """A ground, ready to print.

    Args:
        id: such as `ccp-l2113-12`, or `ccag:penalites`.
        citation: short form, « CCP, art. L. 2113-12 »: the key of `sources` in the JSON decision.
        article: the number alone, « L. 2113-12 »; None when the source bears no number.
        complement: « du code de la commande publique ».
        longue: the whole, « article L. 2113-12 du code de la commande publique ».
        source: the version in force on the day of the law.
        objet: what it says, in a few words.
    """

    id: str
    citation: str
    article: str | None
    complement: str
    longue: str
    source: Source
    objet: str = ""


class References:
    """The sources of a rulebook, read on one day, for one CCAG."""

    def __init__(self, livre: Rulebook, jour: date | None, ccag: str | None) -> None:
        self._livre, self._jour, self._ccag = livre, jour, ccag
        self._known: dict[str, Reference] = {}
        self._entries = {
            ident: (content, entry)
            for key, content in livre.donnees.items()
            if key.startswith("sources/")
            for ident, entry in content["sources"].items()
        }

    def get(self, ident: str) -> Reference:
        """Return a source by its id.

        Raises:
            KeyError: no such source.
        """
        found = self._known.get(ident)
        if found is None:
            found = self._known[ident] = self._read(ident)
        return found

    def _read(self, ident: str) -> Reference:
        if ident.startswith(CCAG_PREFIX):
            return self._ccag_article(ident)
        content, entry = self._entries[ident]
        article = entry.get("article")
        complement = content.get("complement", "")
        citation = entry.get("citation") or f"{content['sigle']}, art. {article}"
        longue = entry.get("citation_longue") or (f"article {article} {complement}".strip() if article else citation)
        source, objet = self._source(entry["versions"]), entry.get("objet", "")
        return Reference(ident, citation, article, complement, longue, source, objet)

    def _ccag_article(self, ident: str) -> Reference:
        ccag = self._livre.ccag(str(self._ccag))
        key = ident.removeprefix(CCAG_PREFIX)
        article = ccag["articles"].get(key) or ccag.get("autres", {})[key]
        complement = f"du {ccag['sigle']}"
        source = self._source(ccag["versions"])
        if key not in ccag["articles"] or not str(article).startswith(ccag["articles"]["clause"]):
            # The dated versions are those of the insertion article; the date of the others was not recorded.
            source = replace(source, en_vigueur_depuis=None, jusqu_au=None)
        return Reference(
            ident,
            f"{ccag['sigle']}, art. {article}",
            article,
            complement,
            f"article {article} {complement}",
            source,
        )

    def get_by_article(self, article: str) -> Reference:
        """Return the CCAG's article by its number.

        Raises:
            KeyError: the map of the CCAG holds no such number.
        """
        for key, number in self._livre.ccag(str(self._ccag))["articles"].items():
            if number == article:
                return self._ccag_article(f"{CCAG_PREFIX}{key}")
        raise KeyError(article)

    def _source(self, versions: Mapping[date, Any]) -> Source:
        """A source cited before its first version keeps that version: the file's cross-check already spoke."""
        found = in_force(versions, self._jour) or in_force(versions, None)
        if found is None:
            raise KeyError("source sans version")
        first, version = found
        return Source(version["confiance"], first, until(versions, first), version["verifie_le"])

    def citations(self, idents: Iterable[str]) -> tuple[str, ...]:
        """Return the short citations of some ids, each once, in order."""
        return tuple(dict.fromkeys(self.get(ident).citation for ident in idents))


def weakest(confiances: Iterable[str]) -> str:
    """Return the least sure of some confidences."""
    return max(confiances, key=CONFIANCES.index, default="texte-vu")
