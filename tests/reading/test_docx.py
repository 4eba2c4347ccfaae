from __future__ import annotations

from collections.abc import Callable

import pytest

from clausegen.reading.document import Bloc, Cellule, Document, Genre
from clausegen.reading.docx import read_docx

Fichier = Callable[..., bytes]


def r(text: str, properties: str = "") -> str:
    look = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{look}<w:t xml:space="preserve">{text}</w:t></w:r>'


def p(content: str, properties: str = "") -> str:
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{content}</w:p>"


def ins(content: str, author: str = "Jeanne") -> str:
    return f'<w:ins w:id="1" w:author="{author}" w:date="2026-11-26T10:00:00Z">{content}</w:ins>'


def struck(text: str, author: str = "Jeanne") -> str:
    inner = f'<w:r><w:delText xml:space="preserve">{text}</w:delText></w:r>'
    return f'<w:del w:id="2" w:author="{author}" w:date="2026-11-26T10:00:00Z">{inner}</w:del>'


END_STRUCK = '<w:rPr><w:del w:id="3" w:author="Jeanne"/></w:rPr>'


@pytest.fixture
def lu(fichier: Fichier) -> Callable[..., Document]:
    def _read(body: str, **parts: str) -> Document:
        return read_docx(fichier(body, parts), "x.docx")

    return _read


def _texts(document: Document) -> list[str]:
    return [bloc.texte for bloc in document.blocs]


Lu = Callable[..., Document]


def test_words_wherever_word_puts_them(lu: Lu) -> None:
    inner = (
        r("a ")
        + f'<w:hyperlink w:anchor="x">{r("lien")}</w:hyperlink>'
        + f"<w:smartTag>{r(' marque')}</w:smartTag>"
        + f'<w:fldSimple w:instr="PAGE">{r(" 3")}</w:fldSimple>'
        + "<w:r><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:noBreakHyphen/><w:softHyphen/><w:t>d</w:t></w:r>"
        + '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>'
        + f"<w:sdt><w:sdtContent>{r(' e')}</w:sdtContent></w:sdt>"
        + "<m:oMath><m:r><m:t>x+1</m:t></m:r></m:oMath>"
        + f"<w:customXml>{r(' f')}</w:customXml>"
    )
    assert _texts(lu(p(inner))) == ["a lien marque 3\tb\nc\u2011d☑ ex+1 f"]


def test_spaces_are_kept_only_where_they_are_said_to_be(lu: Lu) -> None:
    inner = "<w:r><w:t> a </w:t></w:r>" + r(" b\n\tc ") + r("fin")
    assert _texts(lu(p(inner))) == ["a b  c fin"]


def test_a_field_gives_its_result_and_not_its_code(lu: Lu) -> None:
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    inner = mark.format("begin") + "<w:r><w:instrText>REF art</w:instrText></w:r>" + mark.format("separate")
    nested = mark.format("begin") + "<w:r><w:instrText>IF</w:instrText></w:r>" + r("code ") + mark.format("separate")
    nested += r("oui") + mark.format("end")
    inner += r("12 ") + nested + mark.format("end") + r(" fin")
    assert _texts(lu(p(r("voir ") + inner))) == ["voir 12 oui fin"]


def test_a_field_that_never_ends_loses_no_other_paragraph(lu: Lu) -> None:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    assert _texts(lu(p(r("un") + begin + r("code")) + p(r("deux")))) == ["un", "deux"]


def test_a_table_of_contents_is_no_text(lu: Lu) -> None:
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    start = mark.format("begin") + '<w:r><w:instrText> TOC \\o "1-2"</w:instrText></w:r>' + mark.format("separate")
    toc = p(start + r("1 Objet")) + p(r("2 Durée") + mark.format("end"))
    gallery = '<w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
    control = f"<w:sdt>{gallery}<w:sdtContent>{p(r('Sommaire'))}</w:sdtContent></w:sdt>"
    style = '<w:style w:type="paragraph" w:styleId="TM1"><w:name w:val="toc 1"/></w:style>'
    typed = p(r("3 Prix"), '<w:pStyle w:val="TM1"/>')
    assert _texts(lu(control + toc + typed + p(r("Texte")), styles=style)) == ["Texte"]


def test_what_exists_twice_is_read_once(lu: Lu) -> None:
    box = f"<w:txbxContent>{p(r('encart'))}</w:txbxContent>"
    drawing = (
        f'<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent>"
    )
    body = p(r("avant") + f"<w:r>{drawing}</w:r>" + r(" après")) + p(r("suite"))
    assert _texts(lu(body)) == ["avant après", "encart", "suite"]


def test_notes_headers_and_footers_come_after_the_body(lu: Lu) -> None:
    notes = f'<w:footnote w:type="separator" w:id="-1">{p(r("trait"))}</w:footnote><w:footnote w:id="2">{p(r("note"))}</w:footnote>'
    section = '<w:sectPr><w:headerReference w:type="default" r:id="rheader1"/></w:sectPr>'
    body = p(r("corps") + '<w:r><w:footnoteReference w:id="2"/></w:r>') + section
    document = lu(body, footnotes=notes, header1=f"<w:tbl><w:tr><w:tc>{p(r('en-tête'))}</w:tc></w:tr></w:tbl>")
    assert [(b.genre, b.texte) for b in document.blocs] == [
        (Genre.PARAGRAPHE, "corps"),
        (Genre.ENTETE, "en-tête"),
        (Genre.NOTE, "note"),
    ]
    assert document.blocs[1].cellule is None
    assert [b.attache is None for b in document.blocs] == [False, True, True]


def test_pending_changes(lu: Lu) -> None:
    (bloc,) = lu(p(r("Dans ") + struck("trois") + ins(r("six")) + ins(r(" mois"), "Paul") + r(" au plus"))).blocs
    assert (bloc.texte, bloc.avant) == ("Dans six mois au plus", "Dans trois au plus")
    told = [(v.debut, v.fin, v.insertion, v.texte, v.auteur) for v in bloc.revisions]
    assert told == [(5, 5, False, "trois", "Jeanne"), (5, 8, True, "six", "Jeanne"), (8, 13, True, " mois", "Paul")]
    assert bloc.revisions[0].date == "2026-11-26T10:00:00Z"


def test_words_added_then_struck_are_nowhere(lu: Lu) -> None:
    (bloc,) = lu(p(r("a") + ins(struck("b", "Paul")) + r("c"))).blocs
    assert (bloc.texte, bloc.avant) == ("ac", "ac")
    assert [(v.insertion, v.auteur) for v in bloc.revisions] == [(False, "Paul")]


def test_moves_are_a_deletion_and_an_insertion(lu: Lu) -> None:
    gone = f'<w:moveFrom w:id="1" w:author="J">{r("Phrase.")}</w:moveFrom>'
    come = f'<w:moveTo w:id="2" w:author="J">{r("Phrase.")}</w:moveTo>'
    first, second = lu(p(gone + r("Un.")) + p(come + r("Deux."))).blocs
    assert (first.texte, first.avant) == ("Un.", "Phrase.Un.")
    assert (second.texte, second.avant) == ("Phrase.Deux.", "Deux.")


def test_a_paragraph_whose_end_is_struck_goes_on_with_the_next(lu: Lu) -> None:
    document = lu(p(r("Un "), END_STRUCK) + p(r("deux ") + struck("x"), END_STRUCK) + p(r("trois")) + p(r("quatre")))
    assert _texts(document) == ["Un deux trois", "quatre"]
    assert document.blocs[0].avant == "Un \ndeux x\ntrois"


def test_a_paragraph_that_is_struck_whole_stands_alone(lu: Lu) -> None:
    document = lu(p(struck("Article 3"), END_STRUCK) + p(r("suite")))
    assert [(b.texte, b.avant) for b in document.blocs] == [("", "Article 3"), ("suite", "suite")]
    assert document.blocs[0].numero is None


def test_fields_to_complete(lu: Lu) -> None:
    def control(tag: str, content: str, extra: str = "") -> str:
        return (
            f'<w:sdt><w:sdtPr><w:alias w:val="Question {tag} ?"/><w:tag w:val="{tag}"/>{extra}</w:sdtPr>'
            f"<w:sdtContent>{content}</w:sdtContent></w:sdt>"
        )

    body = p(
        r("SIRET : ")
        + control("siret", r("Cliquez ici"), "<w:showingPlcHdr/>")
        + r(", nom : ")
        + control("nom", r("Ville"))
        + r(" ")
        + control("ref", r("[à compléter : x]"))
    ) + control("objet", p(r("Nettoyage")) + p(r("Vitrerie")))
    first, second, third = lu(body).blocs
    found = [(c.chemin, c.question, first.texte[c.debut : c.fin], c.vide) for c in first.champs]
    assert found == [
        ("siret", "Question siret ?", "Cliquez ici", True),
        ("nom", "Question nom ?", "Ville", False),
        ("ref", "Question ref ?", "[à compléter : x]", True),
    ]
    assert [(b.texte, b.champs[0].chemin, b.champs[0].fin) for b in (second, third)] == [
        ("Nettoyage", "objet", 9),
        ("Vitrerie", "objet", 8),
    ]


def test_comments_with_and_without_anchor(lu: Lu) -> None:
    def remark(number: int, text: str, date: str = "2026-11-26T10:00:00Z") -> str:
        return f'<w:comment w:id="{number}" w:author="Jeanne" w:date="{date}">{p(r(text))}{p(r("suite"))}</w:comment>'

    def end(number: int) -> str:
        return f'<w:commentRangeEnd w:id="{number}"/><w:r><w:commentReference w:id="{number}"/></w:r>'

    body = (
        p('<w:commentRangeStart w:id="1"/>' + r("Un") + end(1) + r(" deux") + '<w:commentRangeStart w:id="2"/>')
        + p(r("trois ") + '<w:commentRangeStart w:id="3"/>' + r("quatre") + end(2))
        + p(r("cinq") + end(3) + '<w:r><w:commentReference w:id="4"/></w:r>' + r(" six"))
    )
    document = lu(body, comments="".join(remark(n, f"c{n}") for n in (1, 2, 3)) + remark(4, "c4", "0-00-00T00:00:00Z"))
    found = [[(c.texte, b.texte[c.debut : c.fin]) for c in b.commentaires] for b in document.blocs]
    assert found == [
        [("c1\nsuite", "Un")],
        [("c2\nsuite", "trois quatre"), ("c3\nsuite", "quatre")],
        [("c4\nsuite", "")],
    ]
    assert document.blocs[0].commentaires[0].date == "2026-11-26T10:00:00Z"
    assert document.blocs[2].commentaires[0].date is None


def test_highlights(lu: Lu) -> None:
    yellow, shaded = '<w:highlight w:val="yellow"/>', '<w:shd w:val="clear" w:fill="FFFF00"/>'
    inner = r("a ") + r("bc", yellow) + r("de", shaded) + r(" f") + r("g", '<w:highlight w:val="none"/>')
    inner += r("h", '<w:shd w:val="clear" w:fill="auto"/>')
    (bloc,) = lu(p(inner)).blocs
    assert bloc.surlignes == ((2, 6),)


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(r(text))}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def _cells(document: Document) -> list[tuple[str, Cellule | None]]:
    return [(b.texte, b.cellule) for b in document.blocs]


def test_cells_know_their_place_and_the_words_of_their_column(lu: Lu) -> None:
    inner = f"<w:tbl>{row(cell('dedans'))}</w:tbl>"
    nested = f"<w:tc>{p(r('b'))}{inner}{p(r('après'))}</w:tc>"
    table = "<w:tbl>" + row(cell("Lot"), cell("Heures", '<w:gridSpan w:val="2"/>'), properties="<w:tblHeader/>")
    table += row(cell("a"), nested, cell("12")) + "</w:tbl>"
    document = lu(table + f"<w:tbl>{row(cell('seul'))}</w:tbl>")
    assert _cells(document) == [
        ("Lot", Cellule(0, 0, 0, "Lot")),
        ("Heures", Cellule(0, 0, 1, "Heures")),
        ("a", Cellule(0, 1, 0, "Lot")),
        ("b", Cellule(0, 1, 1, "Heures")),
        ("dedans", Cellule(1, 0, 0)),
        ("après", Cellule(0, 1, 1, "Heures")),
        ("12", Cellule(0, 1, 2, "Heures")),
        ("seul", Cellule(2, 0, 0)),
    ]


@pytest.mark.parametrize("look", ['w:firstRow="1"', 'w:val="04A0"'])
def test_a_first_row_of_words_names_the_columns(lu: Lu, look: str) -> None:
    style = f"<w:tblPr><w:tblLook {look}/></w:tblPr>"
    named = lu(f"<w:tbl>{style}{row(cell('Lot'), cell('Heures'))}{row(cell('1'), cell('300'))}</w:tbl>")
    assert named.blocs[3].cellule == Cellule(0, 1, 1, "Heures")
    figures = lu(f"<w:tbl>{style}{row(cell('Lot'), cell('300'))}{row(cell('1'), cell('300'))}</w:tbl>")
    assert figures.blocs[3].cellule == Cellule(0, 1, 1, "")


def test_rows_and_cells_in_controls_and_struck(lu: Lu) -> None:
    wrapped = f"<w:sdt><w:sdtContent>{row(cell('a'), cell('b'))}</w:sdtContent></w:sdt>"
    tagged = '<w:sdt><w:sdtPr><w:tag w:val="prix"/></w:sdtPr><w:sdtContent>' + cell("300") + "</w:sdtContent></w:sdt>"
    gone = row(cell("c"), properties='<w:del w:id="1" w:author="J"/>')
    come = row(cell("d"), properties='<w:ins w:id="1" w:author="J"/>')
    document = lu(f"<w:tbl>{wrapped}{row(tagged)}{gone}{come}</w:tbl>")
    assert [(b.texte, b.avant) for b in document.blocs] == [
        *(("a", "a"), ("b", "b"), ("300", "300"), ("", "c"), ("d", "")),
    ]
    assert document.blocs[2].champs[0].chemin == "prix"


STYLES = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Titre"><w:name w:val="Title"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Titre1"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="5"/>'
    '</w:numPr><w:outlineLvl w:val="0"/></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Titre2"><w:name w:val="heading 2"/><w:pPr><w:numPr><w:ilvl w:val="1"/>'
    '<w:numId w:val="5"/></w:numPr></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Clause"><w:name w:val="Clause ville"/><w:basedOn w:val="Titre2"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Nu"><w:name w:val="Titre nu"/><w:basedOn w:val="Titre1"/>'
    '<w:pPr><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr></w:style>'
)


def level(rank: int, text: str, extra: str = "", start: int = 1, shape: str = "decimal") -> str:
    return (
        f'<w:lvl w:ilvl="{rank}"><w:start w:val="{start}"/><w:numFmt w:val="{shape}"/>{extra}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


NUMBERING = (
    '<w:abstractNum w:abstractNumId="1">'
    + level(0, "Article %1 -", '<w:pStyle w:val="Titre1"/>', start=3)
    + level(1, "%1.%2", '<w:pStyle w:val="Titre2"/>')
    + level(2, "%1.%2.%3.")
    + level(3, "%4)", shape="lowerLetter")
    + '</w:abstractNum><w:abstractNum w:abstractNumId="2">'
    + level(0, "•", shape="bullet")
    + '</w:abstractNum><w:num w:numId="5"><w:abstractNumId w:val="1"/></w:num>'
    '<w:num w:numId="6"><w:abstractNumId w:val="2"/></w:num><w:num w:numId="7"><w:abstractNumId w:val="1"/>'
    '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="20"/></w:lvlOverride></w:num>'
)


def styled(style: str, text: str, extra: str = "") -> str:
    return p(r(text), f'<w:pStyle w:val="{style}"/>{extra}')


def listed(number: int, rank: int, text: str) -> str:
    return p(r(text), f'<w:numPr><w:ilvl w:val="{rank}"/><w:numId w:val="{number}"/></w:numPr>')


def _headings(blocs: tuple[Bloc, ...]) -> list[tuple[str, int | None, str | None]]:
    return [(b.genre.value, b.niveau, b.numero) for b in blocs]


def test_automatic_numbers_follow_styles_and_lists(lu: Lu) -> None:
    body = (
        styled("Titre", "CCAP")
        + styled("Titre1", "Objet")
        + styled("Titre2", "Périmètre")
        + styled("Clause", "Lots")
        + listed(5, 2, "Le titulaire…")
        + listed(5, 2, "Il…")
        + listed(5, 3, "point")
        + styled("Nu", "Annexe")
        + styled("Titre1", "Durée")
        + styled("Titre2", "Départ")
        + listed(6, 0, "puce")
        + styled("Titre1", "Dérogations", '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="7"/></w:numPr>')
        + styled("Titre2", "Liste")
        + p(r("Libre"), '<w:outlineLvl w:val="2"/>')
        + p(r("Corps"), '<w:pStyle w:val="Titre1"/><w:outlineLvl w:val="9"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    )
    assert _headings(lu(body, styles=STYLES, numbering=NUMBERING).blocs) == [
        ("titre", None, None),
        ("article", 1, "3"),
        ("article", 2, "3.1"),
        ("article", 2, "3.2"),
        ("paragraphe", None, "3.2.1"),
        ("paragraphe", None, "3.2.2"),
        ("liste", None, None),
        ("article", 1, None),
        ("article", 1, "4"),
        ("article", 2, "4.1"),
        ("liste", None, None),
        ("article", 1, "20"),
        ("article", 2, "20.1"),
        ("article", 3, None),
        ("paragraphe", None, None),
    ]


def test_a_number_typed_in_a_heading_is_read_and_stays(lu: Lu) -> None:
    plain = STYLES.replace('<w:numId w:val="5"/>', '<w:numId w:val="0"/>')
    blocs = lu(styled("Titre1", "ARTICLE 12 – PÉNALITÉS") + styled("Titre2", "12.3. Heures"), styles=plain).blocs
    assert [(b.numero, b.texte) for b in blocs] == [("12", "ARTICLE 12 – PÉNALITÉS"), ("12.3", "12.3. Heures")]


def test_a_text_from_elsewhere_without_styles(lu: Lu) -> None:
    texts = [
        "Article 4 : Insertion par l'activité économique",
        "4.1 Engagement du titulaire",
        "L'article 4.1 s'applique.",
        "Article 3 du présent cahier, ce qui suit s'applique.",
        "1. Objet",
        "1. fournir les justificatifs ;",
        "- une puce",
        "2026 Rennes",
    ]
    assert _headings(lu("".join(p(r(text)) for text in texts)).blocs) == [
        ("article", 1, "4"),
        ("article", 2, "4.1"),
        ("paragraphe", None, None),
        ("paragraphe", None, None),
        ("article", 1, "1"),
        ("paragraphe", None, None),
        ("liste", None, None),
        ("paragraphe", None, None),
    ]


def test_where_styles_make_headings_a_lone_number_does_not(lu: Lu) -> None:
    blocs = lu(styled("Nu", "Objet") + p(r("1. Engagement")) + p(r("2.1 Suivi")), styles=STYLES).blocs
    assert _headings(blocs) == [("article", 1, None), ("paragraphe", None, None), ("article", 2, "2.1")]


def test_empty_paragraphs_make_no_block(lu: Lu) -> None:
    document = lu(p("") + p(r("  ")) + p(r("a")) + p('<w:r><w:br w:type="page"/></w:r>') + p(r("b")))
    assert [(b.rang, b.texte, b.attache) for b in document.blocs] == [(1, "a", 2), (2, "b", 4)]
