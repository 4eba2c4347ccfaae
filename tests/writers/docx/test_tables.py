from __future__ import annotations

from collections.abc import Callable

import pytest
from lxml import etree

from clausegen.text.tree import Texte
from clausegen.writers.blocks import Table, gather
from clausegen.writers.docx.widths import TEXT_WIDTH, column_widths
from clausegen.writers.docx.writer import WRITER
from clausegen.writers.interface import OptionsEcriture

Opened = Callable[[bytes], dict[str, etree._Element]]
Compose = Callable[..., Texte]
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def _tables(texte: Texte, opened: Opened) -> list[etree._Element]:
    return list(opened(WRITER.write(texte, OptionsEcriture()))["word/document.xml"].iter(f"{W}tbl"))


def _widths(table: etree._Element) -> list[int]:
    return [int(column.get(f"{W}w")) for column in table.iter(f"{W}gridCol")]


def test_widths_are_set_and_fill_the_text(suite: Texte, opened: Opened) -> None:
    tables = _tables(suite, opened)
    assert len(tables) == 3
    for table in tables:
        widths = _widths(table)
        assert sum(widths) == TEXT_WIDTH
        for row in table.iter(f"{W}tr"):
            assert [int(cell.get(f"{W}w")) for cell in row.iter(f"{W}tcW")] == widths


def test_the_header_row_is_repeated_and_no_row_is_split(suite: Texte, opened: Opened) -> None:
    _, table, _ = _tables(suite, opened)
    headers = [row.find(f"{W}trPr/{W}tblHeader") is not None for row in table.iter(f"{W}tr")]
    assert headers == [True, False, False]
    for each in _tables(suite, opened):
        assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in each.iter(f"{W}tr"))


def test_figures_are_aligned_by_their_style(suite: Texte, opened: Opened) -> None:
    _, table, _ = _tables(suite, opened)
    last = list(table.iter(f"{W}tr"))[-1]
    styles = [style.get(f"{W}val") for style in last.iter(f"{W}pStyle")]
    assert styles == ["TableauCentre", "TableauTexte", "TableauChiffres"]


def test_a_table_has_an_alternative_text(suite: Texte, opened: Opened) -> None:
    captions = [table.find(f"{W}tblPr/{W}tblCaption").get(f"{W}val") for table in _tables(suite, opened)]
    assert captions == ["Clause d'insertion", "Périmètre", "Signatures des parties"]


def test_the_parties_have_room_to_sign_on_one_page(suite: Texte, opened: Opened) -> None:
    table = _tables(suite, opened)[-1]
    rows = list(table.iter(f"{W}tr"))
    assert [row.find(f".//{W}trHeight") is not None for row in rows] == [False, True]
    assert [style.get(f"{W}val") for style in rows[0].iter(f"{W}pStyle")] == ["SignaturePartie"] * 2


def test_five_hundred_rows_stay_one_table(compose: Compose, opened: Opened) -> None:
    rows = "\n".join(f"| {n} | Lot {n} |" for n in range(500))
    (table,) = _tables(compose(f"| N | L |\n|--:|---|\n{rows}\n"), opened)
    assert len(list(table.iter(f"{W}tr"))) == 501


@pytest.mark.parametrize("columns", [1, 2, 5, 9, 30])
def test_widths_always_add_up(columns: int, compose: Compose) -> None:
    cells = " | ".join(f"mot{'x' * (7 * n)} et la suite" for n in range(columns))
    markdown = f"|{' a |' * columns}\n|{'---|' * columns}\n| {cells} |\n"
    (table,) = gather(compose(markdown).tokens)
    assert isinstance(table, Table)
    widths = column_widths(table, publiable=False)
    assert sum(widths) == TEXT_WIDTH
    assert min(widths) > 0


def test_an_amount_is_given_the_room_not_to_be_cut(compose: Compose) -> None:
    text = "une observation très longue " * 6
    markdown = f"| Montant | Observation |\n|--:|---|\n| 1 200 000 € | {text} |\n"
    (table,) = gather(compose(markdown).tokens)
    assert isinstance(table, Table)
    amount, observation = column_widths(table, publiable=False)
    assert amount >= len("1 200 000 €") * 98
    assert observation > amount
