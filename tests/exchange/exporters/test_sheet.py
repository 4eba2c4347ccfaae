"""The sheet: what to tick and paste, lot by lot; and one decision for the three formats and the piece."""

import json
import re

import pytest
from lxml import etree

from clausegen.french.typography import plain
from clausegen.workflow.draft import rediger
from clausegen.workflow.notices import exporter
from tests.exchange.exporters.test_eforms import CLAUSE, PATHS, fields

TOUS = (
    [CLAUSE],
    [{"dispositif": "reserve-handicap", "conditions_reserve": ["Maintien"]}, CLAUSE],
    [{"dispositif": "reserve-iae"}, {"dispositif": "clause-et-critere", "heures": 300}],
    [{"dispositif": "formation", "heures": 300}, {"dispositif": "critere", "aucun_motif": "lien-insuffisant"}, CLAUSE],
    [{"dispositif": "aucun", "autres_conditions_sociales": ["Égalité"]}, CLAUSE],
)


def sections(export):
    """Return a lot's number to its lines."""
    parts = re.split(r"^Lot n° (\d+).*\n-+\n", plain(export.texte), flags=re.MULTILINE)
    return {int(number): text.strip().splitlines() for number, text in zip(parts[1::2], parts[2::2], strict=True)}


def ticked(lines, title):
    start = next(n for n, line in enumerate(lines) if line.startswith(title))
    end = next((n for n, line in enumerate(lines) if n > start and not line.strip()), len(lines))
    return [line.split("]", 1)[1].strip() for line in lines[start:end] if "[x]" in line]


def test_boxes_of_a_clause_and_of_a_reservation(marches):
    found = sections(marches.exporter("fiche-publicite", [CLAUSE, {"dispositif": "reserve-handicap"}]))
    assert ticked(found[1], "BOAMP, formulaire simple") == ["critères sociaux"]
    assert ticked(found[1], "PLACE") == ["clause sociale"]
    assert ticked(found[2], "BOAMP, formulaire simple") == ["marché réservé", "critères sociaux"]
    assert ticked(found[2], "PLACE") == ["ateliers protégés"]


def test_text_to_paste_is_one_line(marches):
    lines = sections(marches.exporter("fiche-publicite", [CLAUSE, CLAUSE]))[2]
    place = lines.index("Texte à coller (description, autres informations ou critères) :")
    assert lines[place + 1].startswith("Le lot n° 2 comporte une clause sociale") and lines[place + 1].endswith(".")


def test_lot_that_announces_nothing(marches):
    lots = [{"dispositif": "aucun", "aucun_motif": "lien-insuffisant", "aucun_justification": "Rien."}, CLAUSE]
    lines = sections(marches.exporter("fiche-publicite", lots))[1]
    assert "Aucun : le lot n'annonce rien." in lines and not ticked(lines, "BOAMP, formulaire simple")
    assert lines[-1] == "« Pas de considération sociale »"


def test_undecided_lot_has_no_box(marches):
    export = marches.exporter("fiche-publicite", [{"dispositif": "auto"}, CLAUSE], cpv=None, nature=None)
    lines = sections(export)[1]
    assert lines[0].startswith("Dispositif à préciser") and len(lines) > 1 and "BT-" not in "".join(lines)


def test_without_publicity_only_the_text(marches):
    export = marches.exporter("fiche-publicite", [CLAUSE], procedure="sans-publicite")
    text = plain(export.texte)
    assert "lettre de consultation" in text and "BT-" not in text and "BOAMP" not in text and "Clause sociale" in text


def test_european_notice_is_optional_below_the_threshold(marches):
    small = marches.exporter("fiche-publicite", [CLAUSE | {"valeur_estimee_ht": 100000}], valeur_estimee_ht=100000)
    assert "facultatif sous le seuil" in plain(small.texte)
    assert "facultatif" not in plain(marches.exporter("fiche-publicite", [CLAUSE]).texte)


def test_defence_has_no_essential_data(marches):
    assert "Données essentielles" not in plain(
        marches.exporter("fiche-publicite", [CLAUSE], regime="defense-securite").texte
    )


def said_by_the_sheet(export):
    return {
        number: dict(
            re.match(r" +((?:BT|OPT)-\d+) +[^:]*: (.*)", line).groups()
            for line in lines
            if re.match(" +(BT|OPT)-", line)
        )
        for number, lines in sections(export).items()
    }


def piece_of(examen):
    found = rediger(examen, formats=["md"], documents=["publicite"], malgre_erreurs=True).pieces
    return plain(found[0].contenu.decode())


def said_by_the_piece(examen):
    """Return what `publicite` prints, read back from its plain text in Markdown."""
    text = re.sub(r"\[\^\d+\]", "", piece_of(examen).partition("\n[^1]: ")[0])
    found = {lot.numero: {} for lot in examen.dossier.lots}
    for line in text.splitlines():
        cells = [cell.strip() for cell in line.strip("| ").split(" | ")]
        if len(cells) == 3 and re.match(r"(BT|OPT)-\d+,", cells[1]):
            number = re.search(r"Lot n° (\d+)", cells[0])
            lot = int(number[1]) if number else examen.dossier.lots[0].numero
            found[lot][cells[1].split(",")[0]] = re.sub(r"\\(.)", r"\1", cells[2].replace("**", ""))
    return found


def essential(examen):
    """Return the values that `publicite` prints in bold for each lot, in the order of the lots."""
    table = piece_of(examen).partition("Valeur exacte |")[2].partition("\n\n")[0]
    return [re.findall(r"\*\*([^*]+)\*\*", line) for line in table.splitlines() if "**" in line]


def agree(examen):
    sheet, piece = said_by_the_sheet(exporter(examen, "fiche-publicite")), said_by_the_piece(examen)
    tree = etree.fromstring(exporter(examen, "eforms").texte.encode())
    assert set(sheet) == {lot.numero for lot in examen.dossier.lots}
    compared = 0
    for number, said in sheet.items():
        assert said == piece[number]
        xml = fields(tree, number)
        for champ, value in said.items():
            if champ == "BT-775" and "ou other" in value:
                assert champ not in xml
                continue
            if champ in ("BT-541", "BT-5421") and "à compléter" in said["BT-541"]:
                assert champ not in xml
                continue
            compared += 1
            assert plain(xml[champ]) == value or value.startswith(f"{xml[champ]} ("), champ
        assert set(xml) <= set(said)
    decp = json.loads(exporter(examen, "decp").texte)["marches"]
    records = next(iter(decp.values()))
    values = [r["considerationsSociales"]["considerationSociale"] for r in records if "considerationsSociales" in r]
    assert values == essential(examen)
    decided = [lot for lot in sections(exporter(examen, "fiche-publicite")).values() if "»" in lot[-1]]
    assert [re.findall("« ([^»]+) »", lot[-1]) for lot in decided] == values
    return compared


def test_one_decision_in_every_format_over_all_examples(exemples):
    assert sum(agree(examen) for examen in exemples()) > 150
    assert set(PATHS) == {r.champ for e in exemples() for lot in e.dossier.lots for r in lot.avis.eforms}


@pytest.mark.parametrize("lots", TOUS)
def test_one_decision_in_every_format_for_every_dispositif(marches, lots):
    assert agree(marches.examen(lots)) > 0
