"""What templates call: grounds, articles, fields, choices and comments; each call is recorded in the session."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from markupsafe import Markup

from clausegen.dossier.view import View
from clausegen.french.grammar import majuscule
from clausegen.french.numbers import in_words
from clausegen.language.unknown import Unknown
from clausegen.law.choices import Choix
from clausegen.law.dating import in_force
from clausegen.law.references import Reference
from clausegen.regex import late
from clausegen.text.formats import euros, liste, nombre
from clausegen.text.session import current
from clausegen.text.slots import Slots, clean
from clausegen.text.tree import Champ

ETIQUETTES = {
    "choix": "Choix de rédaction",
    "verifier": "À vérifier",
    "manque": "Fait manquant",
    "derogation": "Dérogation",
}
SURE = "texte-vu"
_LOT = late(r"lots\[(\d+)\]")


class TemplateFault(Exception):
    """A template asks for something that does not exist: the message, in French, says what."""


def field(slots: Slots, manquant: Unknown) -> Markup:
    """Return the mark of a field to complete."""
    return Markup(slots.field(Champ(manquant.chemin, manquant.question or "Que faut-il écrire ici ?")))


def commented(etiquette: str, texte: str, anchored: str) -> Markup:
    """Return some text anchored to a comment."""
    start, end = current.get().slots.comment(etiquette, texte)
    return Markup(start) + anchored + Markup(end)


def champ(chemin: str, question: str | None = None) -> Markup:
    """Return a field for a key, with the question of the rules or one of the template's own."""
    session = current.get()
    asked = _words("champ", question) if question else session.dossier.papers.livre.question(_words("champ", chemin))
    return field(session.slots, Unknown(_words("champ", chemin), asked))


def _words(function: str, value: Any) -> str:
    """Return words that a template gives a function, without what no document can hold."""
    if not isinstance(value, str):
        raise TemplateFault(f"« {function} » attend des mots entre apostrophes")
    return clean(value)


def article(cle: str, *, court: bool = False) -> str:
    """Return an article of the market's CCAG: « article 16.1.5 du CCAG-FCS », or « 16.1.5 » alone."""
    ref = _reference(f"ccag:{cle}")
    return str(ref.article) if court else ref.longue


def articles(*cles: str) -> str:
    """Return several articles of the market's CCAG: « articles 14.1.2 et 14.1.3 du CCAG-FCS »."""
    refs = [_reference(f"ccag:{cle}") for cle in cles]
    return f"articles {liste([r.article for r in refs])} {refs[0].complement}"


def fondement(ident: str, *, court: bool = False, complet: bool = False) -> Markup:
    """Return a ground, in full the first time in the piece (each time for `complet`); an unsure one has its comment."""
    ref = _reference(ident)
    if court:
        return _sure(ref, f"art. {ref.article}" if ref.article else ref.citation)
    session = current.get()
    text = f"article {ref.article}" if ref.article and ident in session.cites and not complet else ref.longue
    session.cites.add(ident)
    return _sure(ref, text)


def fondements(*idents: str, complet: bool = False) -> Markup:
    """Return several articles of one code: « articles L. 2112-2 et L. 2112-2-1 du code… »."""
    session = current.get()
    refs = [_reference(ident) for ident in idents]
    if len(refs) == 1:
        return fondement(idents[0], complet=complet)
    first = complet or any(ident not in session.cites for ident in idents)
    session.cites.update(idents)
    numbers: Markup = Markup("")
    for position, ref in enumerate(refs):
        if position:
            numbers += Markup(" et " if position == len(refs) - 1 else ", ")
        numbers += _sure(ref, str(ref.article))
    return Markup("articles ") + numbers + (Markup(f" {refs[0].complement}") if first else Markup(""))


def _sure(ref: Reference, text: str) -> Markup:
    """Anchor « À vérifier » to a citation whose text nobody saw; once a piece."""
    session = current.get()
    if ref.source.confiance == SURE or f"source {ref.id}" in session.commentes:
        return Markup(text)
    session.commentes.add(f"source {ref.id}")
    why = _confidence(ref.source.confiance)
    return commented(
        ETIQUETTES["verifier"],
        f"À vérifier : {why} Relire le texte sur {_published(ref)} avant de s'y référer ({ref.citation}).",
        Markup(text),
    )


def _published(ref: Reference) -> str:
    """Return the official site that publishes a text: the Union's own texts are not on Légifrance."""
    return "EUR-Lex" if ref.id.startswith(("rgpd-", "directive-")) else "Légifrance"


def _confidence(confiance: str) -> str:
    words: dict[str, str] = current.get().dossier.papers.livre.donnees["confiances"]["confiances"]
    return words[confiance]


def _reference(ident: str) -> Reference:
    try:
        return current.get().dossier.papers.references.get(ident)
    except KeyError as error:
        raise TemplateFault(
            f"la source « {ident} » n'existe pas dans rules/sources ni dans la table du CCAG"
        ) from error


def renvoi(ancre: str) -> Markup:
    """Return a live cross reference to a named heading of the piece."""
    return Markup(current.get().slots.reference(_words("renvoi", ancre)))


def valeur(chemin: str, lot: View | None = None) -> Any:
    """Return the value of a drafting choice, for tests."""
    return current.get().dossier.choix(chemin, lot).valeur


def groupes(chemin: str) -> tuple[View, ...]:
    """Return the lots gathered by what each chose: `.lots` (numbers), `.valeur`, `.lot`, `.tous` (a single group)."""
    found: tuple[View, ...] = current.get().dossier.groupes(chemin)
    return found


def choix(chemin: str, lot: View | None = None, *, lettres: bool = False) -> Markup:
    """Return a drafting choice as text (`lettres`: a number in words, capitalised); a default is commented once.

    When lots chose differently and none is named, each value is printed with its lots.
    """
    found = groupes(chemin) if lot is None else ()
    if len(found) < 2:
        return _chosen(current.get().dossier.choix(chemin, lot), lettres)
    parts: Markup = Markup("")
    for position, group in enumerate(found):
        if position:
            parts += Markup(" et " if position == len(found) - 1 else ", ")
        plural = "s" if len(group.lots) > 1 else ""
        parts += _chosen(group.choix, False) + Markup(f" (lot{plural} n° {liste(group.lots)})")
    return parts


def _chosen(chosen: Choix, lettres: bool) -> Markup:
    session = current.get()
    if isinstance(chosen.valeur, Unknown):
        return field(session.slots, chosen.valeur)
    in_letters = lettres and isinstance(chosen.valeur, int)
    words = majuscule(in_words(chosen.valeur)) if in_letters else _printed(chosen.valeur, chosen.unite)
    text = Markup(session.slots.fact(words))
    if chosen.defaut is None or chosen.chemin in session.commentes:
        return text
    session.commentes.add(chosen.chemin)
    remark = (
        f"Choix de rédaction : la description ne dit rien ; valeur par défaut, {chosen.defaut.origine}. "
        f"À confirmer ou à changer (clé « {chosen.chemin} »)."
    )
    return commented(ETIQUETTES["choix"], remark, text)


def _printed(value: Any, unite: str) -> str:
    montant = getattr(value, "montant", None) if not isinstance(value, dict) else value.get("montant")
    if montant is not None:
        return euros(montant)
    if unite == "euros" and isinstance(value, (int, Decimal)):
        return euros(value)
    if isinstance(value, bool):
        raise TemplateFault("un choix par oui ou non ne s'imprime pas : le gabarit l'écrit en toutes lettres")
    if isinstance(value, (int, Decimal)):
        return nombre(value)
    return liste(value) if isinstance(value, (list, tuple)) else str(value)


def co(kind: str, texte: str, *, caller: Callable[[], str], regle: str = "", source: str = "") -> Markup:
    """Anchor a comment on the words of the call block; its label, rule and article are added here."""
    if kind not in ETIQUETTES:
        raise TemplateFault(f"« {kind} » n'est pas une étiquette de commentaire ; étiquettes : {', '.join(ETIQUETTES)}")
    grounds = [f"règle {_words('co', regle)}"] if regle else []
    if source:
        grounds.append(_reference(source.replace("article:", "ccag:")).citation)
    end = f" ({' ; '.join(grounds)})." if grounds else ""
    words = texte.strip().rstrip(".") if end else texte.strip()
    return commented(ETIQUETTES[kind], f"{ETIQUETTES[kind]} : {words}{end}", caller())


def publics(lot: View | None = None) -> list[View]:
    """Return the chosen publics with their names on the day; every one of the CCAG when the choice is its own list."""
    table: dict[str, dict[str, Any]] = current.get().dossier.papers.livre.donnees["publics/publics"]["publics"]
    chosen = valeur("insertion.publics", lot)
    if isinstance(chosen, Unknown):
        return []
    idents = list(table) if chosen == "ccag" else [str(p) for p in chosen]
    return [View(id=i, libelle=_dated(table[i])["libelle"], article=table[i]["article"]) for i in idents]


def publics_prioritaires(lot: View | None = None) -> list[View]:
    """Return the publics that deserve particular attention."""
    table: dict[str, dict[str, Any]] = current.get().dossier.papers.livre.donnees["publics/publics"]["publics"]
    chosen = valeur("insertion.publics_prioritaires", lot)
    return [] if not chosen else [View(id=str(i), libelle=_dated(table[str(i)])["libelle"]) for i in chosen]


def modalites(lot: View | None = None) -> list[View]:
    """Return the chosen ways of carrying out the hours, `reserve` saying what to check; all of them for « toutes »."""
    table: dict[str, dict[str, Any]] = current.get().dossier.papers.livre.donnees["publics/modalites"]["modalites"]
    chosen = valeur("insertion.modalites", lot)
    if isinstance(chosen, Unknown):
        return []
    idents = list(table) if chosen == "toutes" else [str(m) for m in chosen]
    entries = {i: _dated(table[i]) for i in idents}
    return [View(id=i, libelle=e["libelle"], reserve=e.get("reserve", "")) for i, e in entries.items()]


def lots_vises(constats: Iterable[Any]) -> list[int]:
    """Return the numbers of the lots that findings, questions or default values are about, in the order of lots."""
    paths = (_LOT.match(constat.chemin or "") for constat in constats)
    places = sorted({int(found[1]) for found in paths if found})
    lots = current.get().dossier.lots
    return [lots[place].numero for place in places if place < len(lots)]


def missions() -> list[View]:
    """Return the facilitator's missions in the CCAG."""
    found: list[dict[str, Any]] = current.get().dossier.papers.livre.donnees["acteurs/facilitateur"]["missions"]
    return [View(libelle=m["libelle"]) for m in found]


def reseaux() -> list[View]:
    """Return the directories in which structures and facilitators may be looked for."""
    found: dict[str, Any] = current.get().dossier.papers.livre.donnees["acteurs/reseaux"]["reseaux"]
    return [View(id=i, nom=entry["nom"]) for i, entry in found.items()]


def nom(ident: str, *, pluriel: bool = False) -> str:
    """Return the name in force of a body or measure: « France Travail » since 2024."""
    entry = current.get().dossier.papers.livre.donnees["noms/noms"]["noms"][ident]
    return str(_dated(entry)["pluriel" if pluriel else "nom"])


def _dated(entry: dict[str, Any]) -> dict[str, Any]:
    """Return an entry as it stands on the day of the law, when it has dated versions."""
    if "versions" not in entry:
        return entry
    jour: date | None = current.get().dossier.papers.decision.date_droit
    found = in_force(entry["versions"], jour) or in_force(entry["versions"], None)
    return entry | dict(found[1]) if found else entry


FUNCTIONS: dict[str, Callable[..., Any]] = {
    f.__name__: f
    for f in (
        champ,
        article,
        articles,
        fondement,
        fondements,
        renvoi,
        valeur,
        groupes,
        choix,
        co,
        publics,
        publics_prioritaires,
        modalites,
        lots_vises,
        missions,
        reseaux,
        nom,
    )
}
