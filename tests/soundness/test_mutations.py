"""A damaged or hostile file is refused or read, never a traceback, never without an end."""

import zipfile
from io import BytesIO
from random import Random

import pytest

from tests.soundness.conftest import loaded

mutations = loaded("mutations")


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    return mutations.Corpus(tmp_path_factory.mktemp("corpus"), markets=1)


@pytest.mark.parametrize("start", range(0, 120, 40))
def test_damaged_files(corpus, start):
    ends = {corpus.damaged(rank, Random(f"essai:{rank}")) for rank in range(start, start + 40)}
    assert {kind.split()[0] for kind in ends} == {"yaml", "avis", "docx", "gabarit", "annexe"} and len(ends) >= 5


@pytest.mark.parametrize("poison", mutations.YAML_POISON, ids=range(len(mutations.YAML_POISON)))
def test_hostile_descriptions(tmp_path, poison):
    path = tmp_path / "marche.yaml"
    path.write_text(f"version: 1\nobjet: Essai\n{poison}", encoding="utf-8", errors="surrogatepass")
    mutations.held("check", str(path))
    path.write_text(poison, encoding="utf-8", errors="surrogatepass")
    mutations.held("check", str(path))


@pytest.mark.parametrize("poison", mutations.XML_POISON, ids=range(len(mutations.XML_POISON)))
def test_hostile_notices(tmp_path, corpus, poison):
    notice = next(content for suffix, content in corpus.notices if suffix == "xml").decode()
    path = tmp_path / "avis.xml"
    for place in (notice.index("?>") + 2, notice.index("<cbc:Name")):
        path.write_text(notice[:place] + poison + notice[place:], encoding="utf-8", errors="surrogatepass")
        code, out = mutations.held("import", str(path))
        assert "root:" not in out and "hahaha" not in out
        assert code == 2 or "<!" not in poison or "CDATA" in poison


@pytest.mark.parametrize("poison", mutations.JSON_POISON, ids=range(len(mutations.JSON_POISON)))
def test_hostile_data(tmp_path, poison):
    path = tmp_path / "avis.json"
    for text in (poison, f'{{"marches": [{{"objet": {poison}, "acheteur": 1}}]}}'):
        path.write_text(text, encoding="utf-8")
        mutations.held("import", str(path))


def test_a_bomb_in_a_document_is_refused_at_once(tmp_path, corpus):
    with zipfile.ZipFile(BytesIO(corpus.docx[0])) as archive:
        parts = [(name, archive.read(name)) for name in archive.namelist()]
    bombs = {
        "taille": [*parts, ("word/media/x.png", b"\x00" * 30_000_000)],
        "nombre": [*parts, *((f"word/{n}.xml", b"<x/>") for n in range(600))],
        "entites": [(n, (mutations.XML_POISON[0].encode() if n == "word/document.xml" else part)) for n, part in parts],
        "profondeur": [(n, (b"<a>" * 100_000 if n == "word/document.xml" else part)) for n, part in parts],
    }
    path = tmp_path / "piece.docx"
    for packed in bombs.values():
        path.write_bytes(mutations.packed(packed))
        assert mutations.held("review", str(path))[0] == 2


def test_a_description_that_loops_or_swells_is_told_where(tmp_path):
    path = tmp_path / "marche.yaml"
    path.write_text("version: 1\nobjet: &a [*a]\n", encoding="utf-8")
    code, out, _ = mutations.said("check", str(path))
    assert code == 1 and "marche.yaml:2:" in out


@pytest.mark.parametrize("answers", ["objet: Entretien", "objet: Entretien\nlots[0].dispositif: clause\n"])
def test_answers_by_key_that_describe_no_lot(tmp_path, answers):
    (tmp_path / "reponses.txt").write_text(answers, encoding="utf-8")
    target = tmp_path / "marche.yaml"
    code, _ = mutations.held("init", "-o", str(target), "--reponses", str(tmp_path / "reponses.txt"))
    assert code == 0 and "objet: Entretien" in target.read_text(encoding="utf-8")
