from __future__ import annotations

import re
import zipfile
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from time import perf_counter

import pytest

from clausegen.reading.anchors import Remark, comment
from clausegen.reading.document import Bloc, ChampLu, Document, Genre, Revision
from clausegen.reading.docx import read_docx
from clausegen.reading.tokens import read_texte
from clausegen.review.readback import Changement, Nature, read_back
from clausegen.text.tree import Texte
from clausegen.workflow.examine import examiner
from clausegen.writers.docx.writer import WRITER
from clausegen.writers.interface import OptionsEcriture

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
WHO = 'w:id="900" w:author="Jeanne" w:date="2026-11-26T10:00:00Z"'


@pytest.fixture(scope="module")
def texte() -> Texte:
    return examiner(EXAMPLES / "nettoyage" / "marche.yaml").textes["ccap"]


@pytest.fixture(scope="module")
def word(texte: Texte) -> bytes:
    return WRITER.write(texte, OptionsEcriture())


def _edited(data: bytes, change: Callable[[str], str]) -> Document:
    """Return a piece whose text a person changed."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    before = parts["word/document.xml"].decode()
    after = change(before)
    assert after != before
    parts["word/document.xml"] = after.encode()
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return read_docx(buffer.getvalue(), "ccap.docx")


def _told(document: Document, *but: Nature) -> list[Changement]:
    assert document.projet is not None
    return [one for one in read_back(document, document.projet) if one.nature not in but]


def _shown(change: Changement) -> str:
    marks = {"garde": "{}", "retire": "[-{}-]", "ajoute": "{{+{}+}}"}
    return "".join(marks[ecart.sens].format(ecart.texte) for ecart in change.ecarts)


def _paragraphs(xml: str) -> list[str]:
    return re.findall(r"<w:p>(?:(?!</w:p>).)*BodyText(?:(?!</w:p>).)*</w:p>", xml)


def test_an_untouched_piece_has_only_its_empty_fields(word: bytes) -> None:
    document = read_docx(word, "x")
    found = _told(document)
    assert {one.nature for one in found} == {Nature.CHAMP_VIDE}
    assert len(found) == sum(len(bloc.champs) for bloc in document.blocs) > 0
    assert all(one.chemin and one.question and not one.apres for one in found)


def test_a_wording(word: bytes) -> None:
    document = _edited(
        word, lambda xml: xml.replace("Cette action est une condition", "Cette démarche est la condition")
    )
    (change,) = _told(document, Nature.CHAMP_VIDE)
    assert change.nature is Nature.REFORMULATION and change.bloc is not None
    assert _shown(change).startswith("Cette [-action-]{+démarche+} est [-une-]{+la+} condition")
    assert "".join(e.texte for e in change.ecarts if e.sens != "retire") == change.apres == change.bloc.texte
    assert "".join(e.texte for e in change.ecarts if e.sens != "ajoute") == change.avant


def test_a_paragraph_added_one_gone_and_one_moved(word: bytes) -> None:
    def change(xml: str) -> str:
        first, second, third = _whole(xml)
        foreign = '<w:p w:rsidR="00AB12CD"><w:r><w:t>Clause collée d’un autre cahier.</w:t></w:r></w:p>'
        return xml.replace(first, foreign).replace(second, "").replace(third, third + second)

    found = _told(_edited(word, change), Nature.CHAMP_VIDE)
    assert Counter(one.nature for one in found) == {Nature.AJOUT: 1, Nature.RETRAIT: 1, Nature.DEPLACEMENT: 1}
    added = next(one for one in found if one.nature is Nature.AJOUT)
    assert added.apres == "Clause collée d’un autre cahier." and added.bloc is not None
    gone = next(one for one in found if one.nature is Nature.RETRAIT)
    assert gone.bloc is None and gone.avant and gone.rang in (added.rang, added.rang - 1)


def _whole(xml: str) -> list[str]:
    """Return three neighbouring paragraphs of words alone."""
    plain = [one for one in _paragraphs(xml) if "sdt" not in one and "comment" not in one and one.count("<w:t ") == 1]
    assert len(plain) >= 3
    return plain[:3]


def test_spaces_and_apostrophes_are_counted_not_listed(word: bytes) -> None:
    document = _edited(word, lambda xml: xml.replace("’", "'").replace("\u202f", " ").replace("\u00a0", " "))
    (change,) = _told(document, Nature.CHAMP_VIDE)
    assert change.nature is Nature.TYPOGRAPHIE and change.nombre > 20


def test_runs_split_anywhere_change_nothing(word: bytes) -> None:
    split = r'\1inser</w:t></w:r><w:proofErr w:type="x"/><w:r><w:t xml:space="preserve">tion'
    document = _edited(word, lambda xml: re.sub(r"(<w:t [^>]*>[^<]*?)insertion", split, xml))
    assert _told(document, Nature.CHAMP_VIDE) == []


FIELD = re.compile(
    r"<w:sdt><w:sdtPr>((?:(?!</w:sdtPr>).)*)<w:showingPlcHdr/>((?:(?!</w:sdtPr>).)*)</w:sdtPr><w:sdtContent>.*?</w:sdtContent></w:sdt>"
)


def test_a_field_that_is_filled(word: bytes) -> None:
    inner = "<w:r><w:t>21350238800019</w:t></w:r>"
    document = _edited(
        word,
        lambda xml: FIELD.sub(
            rf"<w:sdt><w:sdtPr>\1\2</w:sdtPr><w:sdtContent>{inner}</w:sdtContent></w:sdt>", xml, count=1
        ),
    )
    (change,) = _told(document, Nature.CHAMP_VIDE)
    assert (change.nature, change.apres) == (Nature.CHAMP_REMPLI, "21350238800019")
    assert change.chemin and change.question


def test_a_field_that_is_filled_under_tracking(word: bytes) -> None:
    def change(xml: str) -> str:
        found = FIELD.search(xml)
        assert found is not None
        old = found[0][found[0].index("<w:sdtContent>") + 14 : found[0].index("</w:sdtContent>")]
        tracked = f"<w:del {WHO}>{old.replace('w:t>', 'w:delText>').replace('<w:t ', '<w:delText ')}</w:del>"
        tracked += f"<w:ins {WHO}><w:r><w:t>Rennes</w:t></w:r></w:ins>"
        return xml.replace(found[0], found[0].replace("<w:showingPlcHdr/>", "").replace(old, tracked))

    (told,) = _told(_edited(word, change), Nature.CHAMP_VIDE)
    assert (told.nature, told.apres) == (Nature.CHAMP_REMPLI, "Rennes")


def test_a_field_whose_control_is_gone(word: bytes) -> None:
    document = _edited(word, lambda xml: FIELD.sub("<w:r><w:t>Rennes</w:t></w:r>", xml, count=1))
    (change,) = _told(document, Nature.CHAMP_VIDE)
    assert (change.nature, change.apres, change.chemin) == (Nature.CHAMP_REMPLI, "Rennes", "")
    assert change.question.endswith("?")


def test_tracked_changes_are_told_with_their_author_and_not_twice(word: bytes) -> None:
    def change(xml: str) -> str:
        tracked = f'</w:t></w:r><w:del {WHO}><w:r><w:delText>action</w:delText></w:r></w:del><w:ins {WHO}><w:r><w:t>démarche</w:t></w:r></w:ins><w:r><w:t xml:space="preserve">'
        return xml.replace("Cette action est", f"Cette {tracked} est")

    (told,) = _told(_edited(word, change), Nature.CHAMP_VIDE)
    assert (told.nature, told.auteur, told.avant, told.apres) == (Nature.REVISION, "Jeanne", "action", "démarche")
    assert told.date == "2026-11-26T10:00:00Z"


def test_paragraphs_joined_or_struck_under_tracking_are_no_rewording(word: bytes) -> None:
    mark = f"<w:rPr><w:del {WHO}/></w:rPr></w:pPr>"

    def join(xml: str) -> str:
        first = _whole(xml)[0]
        return xml.replace(first, first.replace("</w:pPr>", mark))

    found = _told(_edited(word, join), Nature.CHAMP_VIDE)
    assert [(one.nature, one.avant) for one in found] == [(Nature.REVISION, "\n")]

    def strike(xml: str) -> str:
        first = _whole(xml)[0]
        body = re.sub(
            r"(<w:r>.*</w:r>)",
            rf"<w:del {WHO}>\1</w:del>",
            first.replace("w:t>", "w:delText>").replace("<w:t ", "<w:delText "),
        )
        return xml.replace(first, body.replace("</w:pPr>", mark))

    found = _told(_edited(word, strike), Nature.CHAMP_VIDE)
    assert [one.nature for one in found] == [Nature.REVISION] and len(found[0].avant) > 20


def test_comments_of_people_and_not_ours(word: bytes) -> None:
    rank = next(b.rang for b in read_docx(word, "x").blocs if b.texte.startswith("Cette action"))
    document = read_docx(comment(word, [Remark(rank, 6, 12, "Pourquoi ?")], "Jeanne", "J", None), "x")
    assert any(c.auteur == "clausegen" for bloc in document.blocs for c in bloc.commentaires)
    (told,) = _told(document, Nature.CHAMP_VIDE)
    assert (told.nature, told.auteur, told.texte, told.avant) == (Nature.COMMENTAIRE, "Jeanne", "Pourquoi ?", "action")


def test_a_piece_drafted_again_serves_as_the_draft(texte: Texte, word: bytes) -> None:
    again = [bloc.texte for bloc in read_texte(texte, "ccap").corps()]
    document = read_docx(word, "x")
    assert read_back(document, again) == read_back(document, document.projet or ())


def _document(*texts: str) -> Document:
    return Document("x", tuple(Bloc(n, Genre.PARAGRAPHE, text, text) for n, text in enumerate(texts, 1)))


def test_short_cells_are_reworded_not_replaced() -> None:
    (change,) = read_back(_document("Lot", "450 heures"), ["Lot", "300 heures"])
    assert (change.nature, _shown(change)) == (Nature.REFORMULATION, "[-300-]{+450+} heures")


def test_what_has_nothing_in_common_is_one_gone_and_one_come() -> None:
    old = "Le titulaire réserve des heures aux publics éligibles."
    new = "Une visite préalable est obligatoire avant remise de toute offre."
    found = read_back(_document("a", new, "b"), ["a", old, "b"])
    assert [(one.nature, one.rang) for one in found] == [(Nature.RETRAIT, 1), (Nature.AJOUT, 2)]


def test_one_control_over_several_paragraphs_is_one_answer() -> None:
    champs = [(ChampLu(0, len(t), "objet", "Objet ?", vide=False),) for t in ("Nettoyage", "Vitrerie")]
    first, second = _document("Nettoyage", "Vitrerie").blocs
    document = Document("x", (replace(first, champs=champs[0]), replace(second, champs=champs[1])))
    found = [one for one in read_back(document, ["[à compléter : Objet ?]"]) if one.nature is Nature.CHAMP_REMPLI]
    assert [one.apres for one in found] == ["Nettoyage\nVitrerie"]


def test_an_insertion_by_one_and_a_deletion_by_another_are_two() -> None:
    revisions = (Revision(0, 0, False, "a", "Paul"), Revision(0, 1, True, "b", "Jeanne"))
    document = Document("x", (Bloc(1, Genre.PARAGRAPHE, "b", "a", revisions=revisions),))
    assert [(one.auteur, one.avant, one.apres) for one in read_back(document, ["a"])] == [
        ("Paul", "a", ""),
        ("Jeanne", "", "b"),
    ]


def test_long_documents_are_compared_in_time() -> None:
    before = [f"Paragraphe {n} sur les heures d'insertion" if n % 3 else "Oui" for n in range(9000)]
    after = [text.replace("heures", "journées") if n % 50 == 1 else text for n, text in enumerate(before)]
    start = perf_counter()
    found = read_back(_document(*after), before)
    assert {one.nature for one in found} == {Nature.REFORMULATION}
    everything = read_back(_document(*("x y z " * 400 for _ in range(70))), ["a b c " * 400 for _ in range(70)])
    assert {one.nature for one in everything} == {Nature.AJOUT, Nature.RETRAIT}
    (huge,) = read_back(_document("mot " * 60_000 + "fin"), ["mot " * 30_000 + "terme " + "mot " * 30_000])
    assert huge.nature is Nature.REFORMULATION
    assert perf_counter() - start < 60
