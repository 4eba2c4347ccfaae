"""The sheet of the agent who fills in the forms: per lot, the text to paste and the boxes to tick, form by form."""

from __future__ import annotations

from collections.abc import Iterator

from clausegen.exchange.exporters.announced import Annonce, LotAnnonce, told
from clausegen.exchange.exporters.eforms_notice import form
from clausegen.exchange.exporters.interface import Export
from clausegen.exchange.exporters.questions import open_questions
from clausegen.french.grammar import enumeration
from clausegen.french.typography import typography

_FACT, _ITEM = 22, 10
"""Columns before a value, under the name of a fact or of a field."""


class SheetExporter:
    """Writes plain text; a text to paste is one line, however long, so that it is copied whole."""

    def refusal(self, annonce: Annonce) -> str:  # noqa: ARG002
        """Return nothing: a market always has such a sheet, were it to say that nothing is announced."""
        return ""

    def export(self, annonce: Annonce) -> Export:
        """Return the sheet."""
        lines = [*_heading(annonce)]
        for lot in annonce.lots:
            lines += ["", *_lot(lot, annonce)]
        return Export("\n".join(typography(line) for line in lines) + "\n", tuple(open_questions(annonce)))


def _heading(annonce: Annonce) -> Iterator[str]:
    marche = annonce.marche
    yield from _underlined("Fiche de publicité", "=")
    rows = {
        "Objet": str(marche.objet),
        "Référence": told(marche.reference),
        "Acheteur": told(marche.acheteur.nom),
        "Profil d'acheteur": told(marche.acheteur.profil_acheteur),
        "CPV": told(marche.cpv),
    }
    yield from (_fact(name, value or "à compléter") for name, value in rows.items())
    if _silent(annonce):
        yield ""
        yield "Procédure sans publicité : aucun avis ; les textes vont dans la lettre de consultation."
        return
    row, seuil = form(annonce), annonce.dossier.papers.decision.seuil
    free = "facultatif sous le seuil européen ; " if seuil is not None and seuil.atteint is False else ""
    yield _fact("Avis européen", f"{free}type {row['sous_type']} supposé, {row['libelle']} ; à confirmer")
    closed = annonce.table("eforms")["interdits"].get(told(marche.procedure), ())
    if closed:
        yield _fact("Champs interdits", f"{', '.join(closed)} : la mention écrite en tient lieu")


def _lot(lot: LotAnnonce, annonce: Annonce) -> Iterator[str]:
    intitule = told(lot.vue.intitule)
    yield from _underlined(f"Lot n° {lot.numero}" + (f", {intitule}" if intitule else ""), "-")
    if lot.dispositif is None:
        yield "Dispositif à préciser : aucune case à cocher, aucun texte à coller pour l'instant."
        yield from (f"- {question}" for question in lot.questions())
        return
    yield "Texte à coller (description, autres informations ou critères) :"
    yield lot.mention or "Aucun : le lot n'annonce rien."
    if not _silent(annonce):
        yield from _boxes(lot)
        yield from _fields(lot)
    if told(annonce.marche.regime) == "classique":
        yield ""
        yield "Données essentielles, considérations sociales :"
        yield enumeration([f"« {value} »" for value in lot.avis.decp])


def _boxes(lot: LotAnnonce) -> Iterator[str]:
    """Yield the boxes of national forms; « atelier protégé » is ticked for a reserved lot only."""
    announces = bool(lot.avis.familles)
    yield ""
    yield "BOAMP, formulaire simple :"
    yield _item("[x]" if lot.avis.reserve else "[ ]", "marché réservé")
    yield _item("[x]" if announces else "[ ]", "critères sociaux")
    yield "BOAMP, procédure adaptée : le texte ci-dessus, sans case."
    yield ""
    yield "PLACE, profil d'acheteur de l'État :"
    if lot.avis.etat:
        yield from (_item("[x]", str(box)) for box in lot.avis.etat)
    else:
        yield "Aucune case" + (" : le texte ci-dessus seul." if announces else ".")


def _fields(lot: LotAnnonce) -> Iterator[str]:
    yield ""
    yield "BOAMP et TED, formulaires européens :"
    if not lot.lignes:
        yield "Aucun champ social dans ce type d'avis."
    for ligne in lot.lignes:
        value = f"{ligne.code} ({ligne.sens})" if ligne.code else ligne.texte
        yield _item(ligne.champ, f"{ligne.libelle} : {value}")
        yield from (_item("", remarque) for remarque in ligne.remarques)


def _silent(annonce: Annonce) -> bool:
    return bool(annonce.marche.procedure == "sans-publicite")


def _fact(name: str, value: str) -> str:
    return f"{name:<{_FACT}}{value}"


def _item(name: str, value: str) -> str:
    return f"  {name:<{_ITEM}}{value}"


def _underlined(text: str, sign: str) -> Iterator[str]:
    yield text
    yield sign * len(text)


EXPORTER = SheetExporter()
