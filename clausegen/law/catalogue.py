"""What the rulebook holds, one entry a rule: since when, how sure, checked when, and what has to be checked again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import field, replace
from datetime import date, timedelta
from typing import Any

from clausegen.errors import ClausegenError
from clausegen.files.nearest import folded, nearest
from clausegen.french.dates import en_lettres
from clausegen.law.dating import in_force, until
from clausegen.law.findings import YEAR
from clausegen.law.references import References, weakest
from clausegen.law.rule import Version, walk
from clausegen.law.rulebook import Rulebook, dicts
from clausegen.law.rulechecks import source_versions
from clausegen.record import dataclass

GENRES = {
    "obligations": "obligation",
    "dispositifs": "dispositif",
    "controles": "controle",
    "derogations": "derogation",
    "faits-derives": "fait-derive",
    "seuils": "seuil",
    "ccag": "ccag",
    "limites": "borne",
    "recommandation": "recommandation",
    "calibrage": "calibrage",
    "defauts": "defaut",
    "publics": "publics",
    "acteurs": "acteurs",
    "noms": "noms",
    "listes": "liste",
    "citations": "citations",
    "documents": "pieces",
    "motivation": "motivation",
    "publicite": "publicite",
    "relecture": "relecture",
    "sources": "source",
}
"""Folder, or file of the root, to the kind of its entries, in the order of a list."""
_NO_LAW = ("codes", "confiances", "conversation", "demandes", "faits", "faits-declares")
"""What the program asks and answers: no text stands behind it."""
AUTRE = "autre"
SOURCE = "source"
EN_VIGUEUR, A_VENIR, TERMINEE = "en-vigueur", "a-venir", "terminee"


@dataclass(frozen=True, slots=True)
class Entree:
    """A rule, a dated value, a table or a source, as it stands on a day.

    Args:
        id: `folder/name`.
        court: the name alone when no other entry bears it; None otherwise.
        genre: one of the values of `GENRES`.
        titre: what it is about.
        etat: `en-vigueur`, `a-venir` or `terminee`; None for what bears no date.
        depuis: first day of the version in force (of the first to come, of the last that was).
        jusqu_au: last day of that version; None while it is open.
        confiance: the weaker of its own and of its sources'.
        verifiee_le: last day on which somebody checked it.
        cas: number of cases kept in its file.
        a_reverifier: why it has to be checked again; empty when it has not.
        autres_noms: what else it goes by, such as the number of an article.
    """

    id: str
    court: str | None
    genre: str
    titre: str
    etat: str | None
    depuis: date | None
    jusqu_au: date | None
    confiance: str | None
    verifiee_le: date | None
    cas: int = 0
    a_reverifier: tuple[str, ...] = ()
    autres_noms: tuple[str, ...] = field(default=(), repr=False)


def catalogue(livre: Rulebook, jour: date) -> tuple[Entree, ...]:
    """Return every entry of the rulebook as it stands on a day, kind by kind.

    Args:
        livre: the law.
        jour: the day.
    """
    reader = _Reader(livre, jour)
    found = [*reader.rules(), *reader.files(), *reader.sources()]
    rank = {genre: position for position, genre in enumerate(dict.fromkeys((*GENRES.values(), AUTRE)))}
    found.sort(key=lambda e: rank[e.genre])
    names = Counter(e.id.rpartition("/")[2] for e in found)
    short = ((e, e.id.rpartition("/")[2]) for e in found)
    return tuple(replace(e, court=name if names[name] == 1 else None) for e, name in short)


def find(entrees: Iterable[Entree], ident: str) -> Entree:
    """Return the entry that somebody names: its id, its short name, or the number of an article.

    Raises:
        ClausegenError: there is none, or several; the message says which are near.
    """
    known = tuple(entrees)
    wanted = folded(ident)
    by_name: tuple[Callable[[Entree], Iterable[str]], ...] = (
        lambda e: (e.id,),
        lambda e: (e.id.rpartition("/")[2],),
        lambda e: e.autres_noms,
    )
    for names in by_name:
        same = [e for e in known if wanted in {folded(name) for name in names(e)}]
        if len(same) == 1:
            return same[0]
        if same:
            ids = ", ".join(e.id for e in same)
            raise ClausegenError(f"« {ident} » désigne plusieurs règles : {ids}. Écrire le nom entier.")
    words = {name: e.id for e in known for name in (e.id, e.court or e.id)}
    near = nearest(ident, tuple(words))
    advice = f" Vouliez-vous dire « {near} » ?" if near else " `clausegen rules list` donne les noms."
    raise ClausegenError(f"Règle inconnue : « {ident} ».{advice}")


class _Reader:
    """Reads the entries of a rulebook on one day."""

    def __init__(self, livre: Rulebook, jour: date) -> None:
        self._livre, self._jour = livre, jour
        self._sources = source_versions(livre.donnees)
        self._references = References(livre, jour, None)
        self._oldest = jour - timedelta(days=YEAR)

    def rules(self) -> Iterator[Entree]:
        """Yield the rules that conclude."""
        for folder, rules in self._livre.regles.items():
            for ident, regle in rules.items():
                first, version, state = _standing(regle.versions, self._jour)
                yield self._entry(
                    Entree(
                        f"{folder}/{ident}",
                        None,
                        GENRES[folder],
                        regle.titre,
                        state,
                        first,
                        until(regle.versions, first),
                        version.confiance,
                        version.verifie_le,
                        len(regle.cas),
                    ),
                    cited(version),
                    _closed(regle.versions, self._jour),
                )

    def files(self) -> Iterator[Entree]:
        """Yield the dated values, and the tables that bear no date."""
        for key, content in self._livre.donnees.items():
            family = key.partition("/")[0]
            genre = GENRES.get(family, AUTRE)
            if family in _NO_LAW or genre == SOURCE:
                continue
            titre = content.get("titre", key)
            base = Entree(key, None, genre, titre, None, None, None, None, None, len(kept_cases(content)))
            if "versions" in content:
                first, version, state = _standing(content["versions"], self._jour)
                dated = replace(base, etat=state, depuis=first, jusqu_au=until(content["versions"], first))
                dated = replace(dated, confiance=version["confiance"], verifiee_le=version["verifie_le"])
                names = version.get("source", content.get("source", ()))
                awaited = content.get("revision_attendue")
                late = awaited if awaited is not None and awaited <= self._jour else None
                yield self._entry(dated, _ids(names), late or _closed(content["versions"], self._jour))
            else:
                yield self._entry(_weakest_within(base, content), _ids(content.get("source", ())), None)

    def sources(self) -> Iterator[Entree]:
        """Yield the texts and the practices that rules rest on."""
        for ident, versions in self._sources.items():
            first, version, state = _standing(versions, self._jour)
            reference = self._references.get(ident)
            titre = f"{reference.citation} : {reference.objet}" if reference.objet else reference.citation
            base = Entree(
                f"sources/{ident}",
                None,
                SOURCE,
                titre,
                state,
                first,
                until(versions, first),
                version["confiance"],
                version["verifie_le"],
                autres_noms=tuple(name for name in (reference.citation, reference.article) if name),
            )
            # A text that is repealed is no revision that somebody awaits.
            yield self._entry(base, (), None)

    def _entry(self, entry: Entree, sources: Iterable[str], closed: date | None) -> Entree:
        """Weigh an entry with its sources, and say what has to be checked again."""
        texts = {ident: self._references.get(ident) for ident in dict.fromkeys(sources)}
        reasons: list[str] = []
        if closed is not None:
            reasons.append(f"révision attendue le {en_lettres(closed)}")
        if entry.verifiee_le is not None and entry.verifiee_le < self._oldest:
            reasons.append(f"non vérifiée depuis le {en_lettres(entry.verifiee_le)}")
        else:
            old = [text for text in texts.values() if text.source.verifie_le < self._oldest]
            reasons += [f"{text.citation}, non vérifié depuis le {en_lettres(text.source.verifie_le)}" for text in old]
        confidences = [text.source.confiance for text in texts.values()]
        confiance = None if entry.confiance is None else weakest((entry.confiance, *confidences))
        return replace(entry, confiance=confiance, a_reverifier=tuple(reasons))


def kept_cases(content: Mapping[str, Any]) -> list[Any]:
    """Return the cases that a file keeps to try its values; a table whose subject is cases keeps none."""
    found = content.get("cas")
    return found if isinstance(found, list) and all("attendu" in cas for cas in found) else []


def _standing(versions: Mapping[date, Any], jour: date) -> tuple[date, Any, str]:
    """Return the first day and the version in force on a day, else the last that was, else the first to come."""
    found = in_force(versions, jour)
    if found is not None:
        return *found, EN_VIGUEUR
    real = [day for day, version in versions.items() if version != "fin"]
    past = [day for day in real if day <= jour]
    day = max(past) if past else min(real)
    return day, versions[day], TERMINEE if past else A_VENIR


def _closed(versions: Mapping[date, Any], jour: date) -> date | None:
    """Return the day on which the last version ended, when it is past."""
    last = max(versions)
    return last if versions[last] == "fin" and last <= jour else None


def cited(version: Version) -> tuple[str, ...]:
    """Return the sources of a version of a rule, those of its conditions included, each once."""
    items = [item for key in ("quand", "toutes", "satisfaite") for _, item in walk(getattr(version, key))]
    return tuple(dict.fromkeys((*version.source, *(source for item in items for source in item.source))))


def _ids(value: Any) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def _weakest_within(entry: Entree, content: dict[str, Any]) -> Entree:
    """Give a table the least sure of the confidences that it holds, and its oldest check."""
    confidences = [str(block["confiance"]) for block in dicts(content) if isinstance(block.get("confiance"), str)]
    days = [block["verifie_le"] for block in dicts(content) if isinstance(block.get("verifie_le"), date)]
    return replace(
        entry, confiance=weakest(confidences) if confidences else None, verifiee_le=min(days) if days else None
    )
