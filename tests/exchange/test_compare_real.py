"""Real notices against the description imported from each, then altered: nothing to say, then each alteration."""

import json
import os
from pathlib import Path

import pytest
import yaml

from clausegen.errors import ClausegenError
from clausegen.exchange.importers.interface import Genre
from clausegen.exchange.importers.registry import import_bytes, read_notices
from clausegen.exchange.yamlout import describe
from clausegen.law.openwords import open_words
from clausegen.law.rulebook import rulebook
from clausegen.workflow.notices import check_notice

FACTS = {"A030", "A031", "A032", "A033", "A040", "A041", "A042", "A043", "A044"}


def notices():
    folder = os.environ.get("CLAUSEGEN_DONNEES")
    if not folder:
        return []
    root = Path(folder)
    return [*sorted(root.glob("ted/*.xml")), *sorted(root.glob("eforms/notices/*.xml")), *sorted(root.glob("boamp/*"))]


@pytest.fixture(params=notices() or [None], ids=lambda path: path.name if path else "sans-donnees")
def imported(request, tmp_path):
    """Return a notice that opens a consultation, and the description drawn from it."""
    if request.param is None:
        pytest.skip("CLAUSEGEN_DONNEES ne désigne aucun dossier de données réelles")
    livre = rulebook()
    found = import_bytes(request.param.read_bytes(), request.param.name, livre)
    path = tmp_path / "marche.yaml"
    path.write_text(describe(found[0], open_words(livre)).texte, encoding="utf-8")
    return request.param, path


def test_imported_facts_do_not_differ_and_alterations_are_found(imported):
    notice, path = imported
    genre = read_notices(notice.read_bytes(), rulebook())[0].genre
    if genre not in (Genre.APPEL, Genre.RECTIFICATIF):
        with pytest.raises(ClausegenError, match="n'ouvre pas une consultation"):
            check_notice(notice, path)
        return
    assert not {d.code for d in check_notice(notice, path)} & FACTS
    # Every scalar as text: the reader of descriptions takes a text key as it is written.
    marche = yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)
    marche.get("acheteur", {}).pop("groupement_commandes", None)
    wanted = set()
    if "cpv" in marche:
        marche["cpv"], wanted = "03111000", wanted | {"A040"}
    if "date_lancement" in marche and genre is Genre.APPEL:
        marche["date_lancement"], wanted = "2026-12-15", wanted | {"A042"}
    for lot in marche["lots"]:
        lot |= {"dispositif": "aucun", "aucun_motif": "lien-insuffisant", "aucun_justification": "x"}
        lot.pop("heures", None)
    if len(marche["lots"]) > 1:
        del marche["lots"][0]
        wanted.add("A031")
    altered = path.with_name("autre.json")
    altered.write_text(json.dumps(marche), encoding="utf-8")
    found = check_notice(notice, altered)
    assert wanted <= {d.code for d in found}, [d.message for d in found]
    assert all(d.fichier == str(notice) for d in found)
