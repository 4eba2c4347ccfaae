"""What a buyer's template turns into words: text, numbers and dates, with whole marks and no control character."""

import re
from pathlib import Path

import pytest

from clausegen.dossier.pieces import gabarits
from clausegen.errors import ClausegenError
from clausegen.text.apart import render_all
from clausegen.text.buyer import read_buyer
from clausegen.text.guard import briefly
from clausegen.text.render import render
from clausegen.workflow.examine import examiner

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "espaces-verts" / "marche.yaml"
PART = "ccap/parts/penalites.md.j2"
HEADING = "\n{ #penalites}\n## Pénalités\n\n"
MARK = "{% set m %}{{ acheteur.nom }}{% endset %}"
PLAIN = "{% set m %}a{% endset %}"
REMARK = "{% call co('choix', 'x') %}"


@pytest.fixture(scope="module")
def dossier():
    return examiner(EXAMPLE).dossier


@pytest.fixture
def templates(tmp_path):
    def made(source):
        path = tmp_path / "g" / PART
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{HEADING}{source}\n", encoding="utf-8")
        return read_buyer(tmp_path / "g")

    return made


@pytest.fixture
def drafted(templates, dossier):
    def run(source):
        texte = render(gabarits()["ccap"], dossier, "x", acheteur=templates(source))
        return "\n".join(c.content for t in texte.tokens if t.type == "inline" for c in t.children or ())

    return run


@pytest.mark.parametrize(
    "source",
    [
        "{{ champ|majuscule }}",
        "{{ champ|upper }}",
        "{{ lots|lower }}",
        "{{ lots|de }}",
        "{{ [champ]|liste }}",
        "{{ [champ]|join }}",
        "{{ ['a']|join(champ) }}",
        "{{ lots|join(', ', attribute='tranches') }}",
        "{{ '{}'.format(champ) }}",
        "{{ '{!r}'.format(lots) }}",
        "{{ '{0[0]}'.format(lots) }}",
        "{{ '{0.upper}'.format('x') }}",
        "{{ '{:{}}'.format('x', lots) }}",
        f"{PLAIN}{{{{ m.format(champ) }}}}{{% set m %}}{{}}{{% endset %}}{{{{ m.format(champ) }}}}",
        "{{ (lots|map('upper'))|majuscule }}",
        "{{ true|majuscule }}",
        "{{ self|majuscule }}",
        "{{ namespace(a=1)|majuscule }}",
        "{% macro m() %}{% endmacro %}{{ m|majuscule }}",
        "{% for a in [1] %}{{ loop|majuscule }}{% endfor %}",
        "{{ champ }}",
        "{{ [champ] }}",
    ],
)
def test_what_has_no_words_of_its_own_is_refused_and_shown_without_its_address(drafted, source):
    with pytest.raises(ClausegenError, match=r"penalites\.md\.j2, ligne 5 ne se rend pas : rien à") as caught:
        drafted(source)
    assert not re.search("0x|[0-9a-f]{8}", str(caught.value))


def test_a_missing_fact_is_never_spelt_out_as_python_does(drafted):
    missing = "acheteur.representant.nom"
    for source in (
        f"{{{{ [{missing}]|join }}}}",
        f"{{{{ '{{}}'.format({missing}) }}}}",
        f"{{{{ [{missing}]|liste }}}}",
    ):
        with pytest.raises(ClausegenError, match=r"fait manquant, « acheteur\.representant\.nom »"):
            drafted(source)
    assert "Unknown" not in drafted(f"{{{{ {missing}|upper }}}} {{{{ {missing}|de }}}}")
    with pytest.raises(ClausegenError, match="le nom « zorglub » n'existe pas"):
        drafted("{{ [acheteur.zorglub]|join }}")


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("{{ lots|join(', ', attribute='numero') }}", "1, 2"),
        ("{{ ['a', 'b']|join(' ; ')|upper }}", "A ; B"),
        ("{{ '{} {x:>3}'.format(1, x='a') }}", "1   a"),
        ("{{ '{0.numero}'.format(lots[0]) }}", "1"),
        ("{{ ['a', 1]|liste }}", "a et 1"),
        (f"{PLAIN}{{{{ [m, '<b>']|join }}}}", "a&lt;b&gt;"),
        ("{{ lots|semblables('numero')|length }}", "2"),
    ],
)
def test_what_has_words_is_written(drafted, source, said):
    assert said.replace("&lt;", "<").replace("&gt;", ">") in drafted(source).replace("\u202f", " ").replace(
        "\u00a0", " "
    )


@pytest.mark.parametrize(
    "source",
    [
        *(f"{PLAIN}{{{{ [m, '{mark}']|join }}}}" for mark in (r"\ue000f99999\ue001", r"\ue000c99999\ue001")),
        *(f"{PLAIN}{{{{ [m, '{mark}']|join }}}}" for mark in (r"\ue000z0\ue001", r"\ue000x99999\ue001", r"\ue000")),
        f"{PLAIN}{{{{ [m, '\\ue000f{'9' * 5000}\\ue001']|join }}}}",
        f"{PLAIN}{{{{ [m, '\\ue000x0\\ue001']|join }}}}",
        f"{MARK}{{{{ m|upper }}}}",
        f"{MARK}{{{{ m[:2] }}}}",
        "{% filter upper %}{{ acheteur.nom }}{% endfilter %}",
        "`{{ acheteur.nom }}`",
        "\n\n{ #{{ acheteur.nom }}}\n## T\n",
        f"\n\n| a | b |\n|---|---|\n| 1 | 2 {REMARK} z | x {{% endcall %}} |\n",
        f"{{% set m %}}{REMARK}a{{% endcall %}}{{% endset %}}{{% set n = m.split('a') %}}{{{{ n[0] }}}}",
    ],
)
def test_a_mark_that_is_cut_changed_or_made_up_is_refused(drafted, source):
    with pytest.raises(ClausegenError, match=r"gabarit .*ccap.* ne se rend pas : un fait, un champ ou un commentaire"):
        drafted(source)


@pytest.mark.parametrize("sign", [r"\x00", r"\x08", r"\ud800", r"\ufffe", r"\u202e", r"\ue001", r"\r"])
def test_a_control_character_written_by_its_number_is_refused(drafted, sign):
    with pytest.raises(ClausegenError, match="caractère de commande ou réservé"):
        drafted(f"{PLAIN}{{{{ [m, '{sign}']|join }}}}")
    with pytest.raises(ClausegenError, match="caractère de commande ou réservé"):
        drafted(f"{{% set m %}}{{}}{{% endset %}}{{{{ m.format('{sign}') }}}}")


def test_a_comment_may_cover_several_blocks_and_stand_twice(drafted):
    assert drafted(f"{REMARK}a\n\n- b\n\nc{{% endcall %}}")
    assert drafted(f"{{% set m %}}{REMARK}a{{% endcall %}}{{% endset %}}{{{{ m }}}} {{{{ m }}}}")


@pytest.mark.parametrize(
    "source",
    [
        "{{ champ('x', 3) }}",
        "{{ champ('x', lots) }}",
        "{{ champ(3) }}",
        "{{ champ(lots, 'x') }}",
        "{{ renvoi([]) }}",
        "{{ renvoi(3) }}",
        "{% call co('choix', 'x', regle=champ) %}a{% endcall %}",
    ],
)
def test_a_function_that_expects_words_says_so(drafted, source):
    with pytest.raises(ClausegenError, match=r"penalites\.md\.j2, ligne 5 ne se rend pas : « \w+ » attend des mots"):
        drafted(source)


def test_a_question_loses_what_no_document_can_hold(templates, dossier):
    texte = render(
        gabarits()["ccap"], dossier, "x", acheteur=templates(r"{{ champ('\x01x\ud800', '\x00Quel\x1b nom ?\ud800') }}")
    )
    assert ("x", "Quel nom ?") in [(c.chemin, c.question) for c in texte.champs]


def test_names_are_gathered_by_as_the_sandbox_reads_them(drafted):
    for name in ("__class__", "__dict__", "__init__"):
        with pytest.raises(ClausegenError, match=f"« {name} » est interdit"):
            drafted(f"{{{{ lots|semblables('{name}')|length }}}}")


def test_a_number_without_end_is_refused_by_the_process_apart_too(templates, dossier):
    with pytest.raises(ClausegenError, match="un nombre y est trop grand"):
        render_all([gabarits()["ccap"]], dossier, "x", acheteur=templates("{{ 1e999|nombre }}"))


def test_a_value_is_shown_the_same_in_each_run():
    assert briefly([print, briefly]) == "[<built-in function print>, <bound method Repr.repr of <c…]"
    assert briefly("a") == "'a'"
