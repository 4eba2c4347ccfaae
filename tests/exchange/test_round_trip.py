"""What our own notice holds comes back: facts as values, social announcements as questions; then nothing to compare."""

from pathlib import Path

import pytest

from clausegen.exchange.compare import compare
from clausegen.exchange.importers.registry import import_bytes, read_notices
from clausegen.language.unknown import Unknown
from clausegen.law.rulebook import rulebook
from clausegen.workflow.examine import examiner
from clausegen.workflow.notices import announced_by, exporter

EXAMPLES = sorted((Path(__file__).resolve().parents[2] / "examples").glob("*/marche.yaml"))
RESERVED, CLAUSE, CRITERION = "réservation annoncée", "considération sociale déclarée", "critère d'attribution"
# The dictionary has no code for these: the notice does not carry them.
WITHOUT_CODE = {"procedure": ("adaptee",), "contrat": ("marche-partenariat",)}


@pytest.fixture(params=EXAMPLES, ids=lambda path: path.parent.name)
def trip(request):
    examen = examiner(request.param)
    octets = exporter(examen, "eforms").texte.encode()
    imported = import_bytes(octets, "avis.xml", rulebook())
    assert len(imported) == 1
    return examen, octets, imported[0]


def known(value):
    return value is not None and not isinstance(value, Unknown)


def test_facts_come_back(trip):
    examen, _, imported = trip
    values, marche, lots = {r.chemin: r.valeur for r in imported.champs}, examen.dossier.marche, examen.dossier.lots
    compared = 0
    for key in ("objet", "reference", "nature", "procedure", "contrat", "cpv", "reconductions"):
        wanted = getattr(marche, key)
        if not known(wanted) or wanted in WITHOUT_CODE.get(key, ()) or (key == "reconductions" and not wanted):
            continue
        if key == "contrat" and wanted == "accord-cadre" and not known(marche.accord_cadre.forme):
            continue
        assert values[key] == wanted, key
        compared += 1
    assert compared >= 2
    for rank, lot in enumerate(lots):
        assert values[f"lots[{rank}].numero"] == lot.numero
        if known(lot.intitule):
            assert values[f"lots[{rank}].intitule"] == lot.intitule
        if known(lot.cpv):
            assert values.get(f"lots[{rank}].cpv", values.get("cpv")) == lot.cpv
        if known(lot.duree_mois):
            assert values.get(f"lots[{rank}].duree_mois", values.get("duree_mois")) == lot.duree_mois


def test_each_lot_is_asked_what_was_decided(trip):
    examen, _, imported = trip
    for rank, lot in enumerate(examen.dossier.lots):
        asked = " ".join(text for key, text in imported.questions.items() if key.startswith(f"lots[{rank}]."))
        assert f"lots[{rank}].dispositif" not in {r.chemin for r in imported.champs}, "never proposed as a value"
        families = set(lot.avis.familles)
        assert (RESERVED in asked) is lot.avis.reserve
        assert (CLAUSE in asked) is bool(families)
        assert (CRITERION in asked) is ("critere" in families)
        hours = lot.heures
        if lot.clause and hours is not None and hours.volume is not None:
            assert f"{hours.volume:,}".replace(",", " ") in asked or f"{hours.volume}" in asked


def test_nothing_differs(trip):
    examen, octets, _ = trip
    found = compare(read_notices(octets, rulebook())[0], announced_by(examen))
    assert [d.code for d in found] == (["A051"] if any(lot.dispositif is None for lot in examen.dossier.lots) else [])
