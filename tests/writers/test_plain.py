from __future__ import annotations

from collections.abc import Callable

from clausegen.french.typography import plain
from clausegen.text.tree import Texte
from clausegen.writers.interface import OptionsEcriture
from clausegen.writers.plain import WIDTH, WRITER
from clausegen.writers.plain_tables import aligned, labelled


def _written(texte: Texte) -> str:
    return plain(WRITER.write(texte, OptionsEcriture()).decode())


def test_no_line_is_longer_than_a_hundred_columns(suite: Texte, compose: Callable[..., Texte]) -> None:
    long = compose("mot " * 80 + "\n\n- " + "mot " * 80 + "\n\n## " + "titre " * 40 + "\n")
    assert max(map(len, (_written(suite) + _written(long)).splitlines())) <= WIDTH


def test_titles_are_underlined_and_numbered(suite: Texte) -> None:
    text = _written(suite)
    assert "Clause sociale\n==============\n" in text
    assert "\n12. Objet\n---------\n" in text
    assert "\n12.1.1 Détail\n" in text


def test_the_cartouche_is_labelled_lines(suite: Texte) -> None:
    assert "Acheteur : Ville de Rennes & <Métropole>\n           2, rue du Port\n" in _written(suite)


def test_lists_are_indented_under_their_sign(suite: Texte) -> None:
    assert "- un ;\n  * dedans ;\n- deux." in _written(suite)
    assert "1. premier\n2. second\n   suite du second" in _written(suite)
    assert "3. trois\n4. quatre" in _written(suite)


def test_comments_are_notes_at_the_end(suite: Texte) -> None:
    text = _written(suite)
    assert "au plus tard [2]" in text
    assert text.rstrip().endswith("[1] Fait manquant : la date.\n[2] Choix de rédaction : durée retenue. Règle x.")


def test_figures_are_aligned_on_the_right() -> None:
    table = aligned([["Lot", "Heures"], ["1", "1 200"], ["2", "5"]], ["left", "right"], True, 40)
    assert table.splitlines() == ["Lot  Heures", "---  ------", "1     1 200", "2         5"]


def test_a_table_without_header_is_ruled() -> None:
    assert aligned([["a", "b"]], ["left", "left"], False, 40).splitlines() == ["-  -", "a  b", "-  -"]


def test_long_cells_are_wrapped_inside_their_column() -> None:
    lines = aligned([["A", "B"], ["mot " * 20, "court"]], ["left", "left"], True, 40).splitlines()
    assert len(lines) > 3
    assert max(map(len, lines)) <= 40


def test_a_table_too_wide_is_listed() -> None:
    rows = [["Un", "Deux", "Trois"], ["x" * 30, "y" * 30, "z" * 30]]
    assert (
        plain(aligned(rows, ["left"] * 3, True, 60)) == f"- Un : {'x' * 30}\n  Deux : {'y' * 30}\n  Trois : {'z' * 30}"
    )


def test_labels_are_aligned() -> None:
    assert plain(labelled([["a", "1"], ["bcd", "2"]], 40)) == "a   : 1\nbcd : 2"
