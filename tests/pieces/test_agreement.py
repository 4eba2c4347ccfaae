"""All pieces of all examples say the same: hours, lots, names, amounts come from one place."""

import re
from decimal import Decimal
from pathlib import Path

import pytest

from clausegen.french.typography import plain
from clausegen.workflow.draft import rediger
from clausegen.workflow.examine import examiner

EXAMPLES = sorted((Path(__file__).resolve().parents[2] / "examples").glob("*/marche.yaml"))
# Figures of hours that are no volume of the market: monthly conversions, the breach of data, warnings of rules.
CONSTANTS = {"24", "70", "151,67", "220", "480", "1 607"}
HOURS = re.compile(r"(?<![\d,.])(\d{1,3}(?: \d{3})*(?:,\d+)?) heures?\b")


@pytest.fixture(scope="module", params=EXAMPLES, ids=lambda p: p.parent.name)
def market(request):
    examen = examiner(request.param)
    found = rediger(examen, formats=["md"], malgre_erreurs=True).pieces
    return examen, {p.id: bare(p.contenu.decode()) for p in found if p.nom.endswith("md")}


def bare(markdown):
    """Return the words alone: no call of a note, no escape, cells kept apart."""
    text = re.sub(r" ?\[\^?\d+\]", "", plain(markdown)).replace("\\", "").replace("*", "")
    return " ".join(text.split())


def french(value):
    whole, _, fraction = f"{Decimal(value):f}".partition(".")
    grouped = f"{int(whole):,}".replace(",", " ")
    return f"{grouped},{fraction.rstrip('0')}" if fraction.rstrip("0") else grouped


def allowed(examen):
    found = set(CONSTANTS)
    volumes = []
    for lot in examen.decision.lots:
        heures = lot.heures
        if heures is None:
            continue
        figures = [heures.volume, heures.volume_brut, heures.volume_au_maximum, heures.parametres.get("heures")]
        figures += [heures.ratio_pour_100000, *(p.heures for p in heures.periodes)]
        found |= {french(f) for f in figures if f is not None}
        if heures.volume is not None:
            volumes.append(heures.volume)
    for lot in examen.dossier.papers.lots:
        found |= {french(v) for v in (lot.faits["lot.volume_calcule"],) if isinstance(v, int)}
        found |= {french(lot.calibrage.brut.quantize(Decimal("0.01")))} if lot.calibrage.brut is not None else set()
    for entry in examen.marche.programme or ():
        found |= {french(entry.heures)} if entry.heures is not None else set()
    return found | {french(sum(volumes))}


def test_no_piece_states_hours_that_the_decision_does_not(market):
    examen, pieces = market
    known = allowed(examen)
    for ident, text in pieces.items():
        strange = {figure for figure in HOURS.findall(text) if figure not in known}
        assert not strange, f"{ident}: {strange} not in {sorted(known)}"


def test_every_firm_volume_stands_in_every_piece_that_commits(market):
    examen, pieces = market
    for lot in examen.decision.lots:
        if lot.heures is None or lot.heures.volume is None:
            continue
        for ident in {"ccap", "rc", "ae"} & pieces.keys():
            assert f"{french(lot.heures.volume)} heure" in pieces[ident], (ident, lot.numero)


def test_lots_and_parties_bear_one_name(market):
    examen, pieces = market
    buyer = examen.marche.acheteur.nom if examen.marche.acheteur else None
    for ident, text in pieces.items():
        assert buyer is None or plain(buyer) in text, ident
        for number, name in re.findall(r"[Ll]ot n° (\d+), ([A-ZÉÀ][^.;:,|()]{3,20})", text):
            lot = next((lot for lot in examen.marche.lots if lot.numero == int(number)), None)
            assert lot is not None, (ident, number)
            title, shown = " ".join(plain(lot.intitule or "").split()), name.strip()
            assert title.startswith(shown) or shown.startswith(title), (ident, number, name)


def test_penalties_and_delays_agree(market):
    examen, pieces = market
    if "ccap" not in pieces or not any(lot.action for lot in examen.dossier.lots):
        return
    penalty = examen.dossier.choix("insertion.penalites.heure_non_realisee").valeur
    if isinstance(penalty, Decimal) and len(examen.dossier.groupes("insertion.penalites.heure_non_realisee")) == 1:
        shown = f"{french(penalty)} €"
        for ident in {"ccap", "mode-emploi"} & pieces.keys():
            assert shown in pieces[ident], (ident, shown)
    conservation = examen.dossier.choix("facilitateur.conservation_mois").valeur
    for ident in {"ccap", "convention"} & pieces.keys():
        if isinstance(conservation, int) and "conserv" in pieces[ident]:
            assert f"{conservation} mois" in pieces[ident], ident
