"""Markets of any size to measure with: plain, without errors, each lot with its own words and amount."""

from __future__ import annotations

from pathlib import Path

_HEAD = """version: 1
reference: "MESURE-{rank:04d}"
objet: "Entretien des bâtiments, programme n° {rank}"
nature: travaux
contrat: marche
ccag: Travaux
procedure: adaptee
date_lancement: 2026-10-0{day}
valeur_estimee_ht: {total}
duree_mois: 12
cpv: "45000000"
lieu_execution: {{departement: "35", commune: Rennes, bassin_emploi: Rennes}}
acheteur:
  nom: "Ville de Rennes, direction n° {rank}"
  categorie: autre-pouvoir-adjudicateur
  type: collectivite
  siret: "21350238800019"
facilitateur:
  structure: "Maison de l'emploi (exemple)"
  type: maison-emploi
  courriel: "clauses@exemple.fr"
insertion:
  publics: ccag
  publics_prioritaires: [deld, qpv]
lots:
"""
_LOT = """  - numero: {number}
    intitule: "{work}, secteur {number}"
    valeur_estimee_ht: {amount}
    cpv: "{cpv}"
    dispositif: {kind}
{more}"""
_WORKS = (
    ("Peinture et revêtements", "45442100", "peinture-sols"),
    ("Plâtrerie et cloisons", "45421141", "platrerie-cloisons"),
    ("Chauffage et plomberie", "45331000", "cvc-plomberie"),
    ("Façades", "45443000", ""),
)


def market(lots: int, rank: int = 1) -> str:
    """Return the description of a market.

    Args:
        lots: how many lots it has.
        rank: what makes it differ from another.
    """
    amounts = [400_000 + 1_000 * ((7 * number + rank) % 50) for number in range(1, lots + 1)]
    parts = [_HEAD.format(rank=rank, day=1 + rank % 9, total=sum(amounts))]
    for number, amount in enumerate(amounts, 1):
        work, cpv, sector = _WORKS[number % len(_WORKS)]
        more = f'    heures: auto\n    calibrage: {{secteur: {sector}, taux_effort: "5 %"}}\n' if sector else ""
        kind = "clause" if sector else "auto"
        parts.append(_LOT.format(number=number, work=work, amount=amount, cpv=cpv, kind=kind, more=more))
    return "".join(parts)


def write_markets(folder: Path, number: int, lots: int = 3) -> Path:
    """Write several markets in a folder of their own, and return it."""
    folder.mkdir(parents=True)
    for rank in range(1, number + 1):
        (folder / f"marche-{rank:04d}.yaml").write_text(market(lots, rank), encoding="utf-8")
    return folder
