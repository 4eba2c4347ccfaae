"""The whole way, from a file to the pieces, as the commands see it."""

import io
import re
import zipfile
from pathlib import Path

import docx
import pytest

from clausegen.dossier.pieces import Gabarit, gabarits
from clausegen.errors import ClausegenError
from clausegen.french.typography import plain
from clausegen.workflow.draft import rediger
from clausegen.workflow.examine import examiner, undrafted
from clausegen.workflow.pages import documents_connus, expliquer_code, schema

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
FLAGSHIP = (EXAMPLES / "espaces-verts" / "marche.yaml").read_text(encoding="utf-8")


@pytest.fixture
def examined(tmp_path):
    def run(*changes, text=FLAGSHIP):
        for old, new in changes:
            assert re.search(old, text, flags=re.MULTILINE), old
            text = re.sub(old, new, text, flags=re.MULTILINE)
        path = tmp_path / "marche.yaml"
        path.write_text(text, encoding="utf-8")
        return examiner(path)

    return run


def pieces(examen, **options):
    options = {"formats": ["txt"]} | options
    found = rediger(examen, **options)
    return {p.id: plain(p.contenu.decode()) for p in found.pieces if p.nom.endswith("txt")}, found.diagnostics


def test_three_sound_word_files_the_same_twice(examined):
    first, second = (rediger(examined(), formats=["docx"]).pieces for _ in range(2))
    assert {"ccap.docx", "convention.docx", "note.docx", "suivi.xlsx"} <= {p.nom for p in first}
    assert [p.contenu for p in first] == [p.contenu for p in second]
    for piece in first:
        assert zipfile.ZipFile(io.BytesIO(piece.contenu)).testzip() is None
        if piece.nom.endswith("docx"):
            assert docx.Document(io.BytesIO(piece.contenu)).paragraphs[0].style.name == "Title"


@pytest.mark.parametrize(
    ("ccag", "nature", "clause", "buyer", "holder"),
    [
        ("Travaux", "travaux", "20", "maître d'ouvrage", "titulaire"),
        ("FCS", "services", "16", "acheteur", "titulaire"),
        ("PI", "services", "16", "acheteur", "titulaire"),
        ("TIC", "services", "16", "acheteur", "titulaire"),
        ("MI", "services", "17", "acheteur", "titulaire"),
        ("MOE", "services", "18", "maître d'ouvrage", "maître d'œuvre"),
    ],
)
def test_every_article_and_name_follows_the_ccag(examined, ccag, nature, clause, buyer, holder):
    text, _ = pieces(examined(("^ccag: .*", f"ccag: {ccag}"), ("^nature: .*", f"nature: {nature}")))
    ccap = text["ccap"].split("Notes pour le relecteur")[0]
    cited = set(re.findall(r"articles? (\d+)(?:\.\d+)* (?:et [\d.]+ )?du CCAG-(\w+)", " ".join(ccap.split())))
    assert {sigle for _, sigle in cited} == {ccag}
    assert clause in {number for number, _ in cited}
    insertion = {n for n in re.findall(r"article (\d+)\.1(?:\.\d)* du CCAG", " ".join(ccap.split()))}
    assert insertion <= {clause, "1"}, insertion
    forbidden = {"acheteur", "maître d'ouvrage", "titulaire", "maître d'œuvre"} - {buyer, holder}
    assert not [w for w in forbidden if re.search(rf"\b(?:le|l'|du|de l'|au|à l') ?{w}\b", ccap)]


def test_without_a_facilitator(examined):
    text, findings = pieces(examined((r"^facilitateur:\n(?:[ #].*\n|\n(?= ))+", "")))
    assert {"ccap", "note"} <= set(text) and "convention" not in text
    assert "Aucun facilitateur n'est désigné" in text["ccap"]
    assert "plus léger en termes de suivi et de contrôle d'exécution" in " ".join(text["note"].split())
    assert not findings


def test_figures_agree_from_piece_to_piece(examined):
    text, _ = pieces(examined())
    for lot, hours in (("Agence centre", "420"), ("Agence Hauts", "560")):
        for piece in ("ccap", "note"):
            assert lot in text[piece] and f"{hours} heures" in text[piece]
    assert "24 mois" in text["ccap"] and "24 mois" in text["convention"]


def test_hostile_words_come_out_as_plain_text(examined):
    hostile = (
        "# Titre {{ 7*7 }} {% raw %} **gras** | case | <b>x</b> [lien](http://x) `code` &amp; :::encadre \\ue000f0\\ue001 "
        + "x" * 9000
    )
    examen = examined(("^objet: .*", lambda _: f'objet: "{hostile}"'))
    for piece in rediger(examen, formats=["docx", "md", "txt"]).pieces:
        if piece.nom.endswith("docx"):
            shown = "".join(
                p.text
                for p in docx.Document(io.BytesIO(piece.contenu)).element.body.iter(
                    "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t"
                )
            )
            assert "{{ 7*7 }} {% raw %} **gras** | case | <b>x</b> [lien](http" in plain(shown)
            assert "49" not in plain(shown).split("{{ 7*7 }}")[0][-5:]


def test_nothing_is_drafted_over_a_fault_unless_asked(examined):
    examen = examined((r"dispositif: clause", "dispositif: reserve-ess"))
    assert any(d.code == "D101" for d in examen.diagnostics)
    assert rediger(examen, formats=["txt"]).pieces == ()
    text, _ = pieces(examen, malgre_erreurs=True)
    for piece in ("note", "ccap"):
        assert "pièce rédigée malgré une erreur" in text[piece]


def test_a_dispositif_that_is_not_drafted_yet_is_refused(examined):
    examen = examined((r"dispositif: clause", "dispositif: reserve-iae"))
    assert "reserve-iae" in undrafted(Gabarit("ccap", "CCAP", dispositifs=("clause",)), examen.dossier)
    assert "accord-cadre" in undrafted(Gabarit("ccap", "CCAP", contrats=("marche",)), examen.dossier)
    assert not [g.id for g in gabarits().values() if undrafted(g, examen.dossier)]


def test_the_version_to_publish(examined):
    refused = rediger(examined(), formats=["docx"], publiable=True)
    assert refused.pieces == () and refused.diagnostics[0].code == "E103"
    for piece in rediger(examined(), formats=["docx"], publiable=True, champs_vides=True).pieces:
        names = zipfile.ZipFile(io.BytesIO(piece.contenu)).namelist()
        assert not [n for n in names if "comment" in n]
        if piece.nom.endswith("xlsx"):
            continue
        body = zipfile.ZipFile(io.BytesIO(piece.contenu)).read("word/document.xml").decode()
        assert "w:showingPlcHdr" not in body and "w:highlight" not in body and "[à compléter" not in body


def test_an_unknown_piece_cannot_be_asked_for(examined):
    with pytest.raises(ClausegenError, match="n'est pas une pièce"):
        rediger(examined(), formats=["txt"], documents=["rapport"])


def test_a_piece_that_does_not_apply_says_why(examined):
    text, findings = pieces(examined((r"^facilitateur:\n(?:[ #].*\n|\n(?= ))+", "")), documents=["convention"])
    assert not text
    assert findings[0].code == "E101" and "facilitateur" in findings[0].message


def test_an_almost_empty_file_becomes_a_draft_with_questions(examined):
    examen = examined(text="version: 1\nobjet: Entretien\n")
    assert examen.decision.date_droit is None
    assert all(d.niveau == "question" for d in examen.diagnostics)
    text, _ = pieces(examen)
    assert "à compléter" in text["ccap"] and "à compléter" in text["note"]


def test_every_field_of_a_piece_is_a_question_of_the_decision(examined):
    for text in (FLAGSHIP, "version: 1\nobjet: Entretien\n"):
        examen = examined(text=text)
        asked = {a.chemin: a.documents for a in examen.decision.a_completer}
        for piece, rendered in examen.textes.items():
            assert all(piece in asked[champ.chemin] for champ in rendered.champs)
        questions = {d.chemin for d in examen.diagnostics if d.niveau == "question"}
        assert set(asked) <= questions


def test_the_note_lists_the_fields_of_the_other_pieces(examined):
    text, _ = pieces(examined())
    assert "facilitateur.representant.nom" in text["note"]
    assert "aucun_motif" not in text["note"], "a question that only concerns an option which was not retained"


def test_pages_of_codes_and_schema():
    assert expliquer_code("D101").startswith("D101")
    assert expliquer_code("X999") is None
    assert schema()["properties"]["objet"]
    assert {"ccap", "convention", "note", "suivi"} <= set(documents_connus())
