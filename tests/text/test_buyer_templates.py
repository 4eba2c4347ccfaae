"""A buyer's own templates: they replace the shipped ones, reach nothing else, and end."""

import os
from pathlib import Path

import pytest

from clausegen.dossier.pieces import gabarits
from clausegen.errors import ClausegenError
from clausegen.files.shipped import shipped
from clausegen.text import buyer
from clausegen.text.apart import render_all
from clausegen.text.buyer import read_buyer, shipped_files, shipped_fingerprint
from clausegen.text.render import render
from clausegen.workflow.examine import examiner

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "espaces-verts" / "marche.yaml"
PART = "ccap/parts/penalites.md.j2"


@pytest.fixture(scope="module")
def dossier():
    return examiner(EXAMPLE).dossier


@pytest.fixture
def folder(tmp_path):
    def made(**files):
        for name, text in files.items():
            path = tmp_path / "g" / name.replace("__", "/")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="")
        return tmp_path / "g"

    return lambda files: made(**files)


@pytest.fixture
def drafted(folder, dossier):
    """Render the CCAP in this process: the sandbox alone stands between the template and the rest."""

    def run(files):
        return render(gabarits()["ccap"], dossier, "sha256:essai", acheteur=read_buyer(folder(files)))

    return run


def words(texte):
    return "\n".join(c.content for t in texte.tokens if t.type == "inline" for c in t.children or ())


def refused(run, *args):
    with pytest.raises(ClausegenError) as caught:
        run(*args)
    return str(caught.value)


def test_a_part_is_replaced_and_the_others_stay(drafted, dossier):
    mine = words(drafted({PART: "{ #penalites}\n### Pénalités\n\nNos pénalités, pour {{ acheteur.nom }}.\n"}))
    shipped_words = words(render(gabarits()["ccap"], dossier, "sha256:essai"))
    assert "Nos pénalités, pour\u00a0" in mine or "Nos pénalités, pour " in mine
    assert "Nos pénalités" not in shipped_words
    first = shipped_words.split("\n")[:20]
    assert mine.split("\n")[:20] == first


def test_a_file_of_macros_is_replaced_for_every_piece(folder, dossier):
    source = (shipped("templates") / "commun" / "mots.md.j2").read_text(encoding="utf-8")
    assert "{% macro mot_marche()" in source
    changed = source.replace("{% macro mot_marche()", "{% macro ancien()", 1)
    changed += "{% macro mot_marche() %}contrat de l'acheteur{% endmacro %}\n"
    acheteur = read_buyer(folder({"commun/mots.md.j2": changed}))
    for piece in ("ccap", "convention"):
        assert "contrat de l’acheteur" in words(render(gabarits()[piece], dossier, "x", acheteur=acheteur))


def test_a_part_of_its_own_can_be_included(drafted):
    files = {
        PART: "{ #penalites}\n### Pénalités\n\n{% include 'acheteur/mots.md.j2' %}\n",
        "acheteur/mots.md.j2": "Voir notre politique.",
    }
    assert "Voir notre politique." in words(drafted(files))


def test_templates_copied_as_they_are_give_the_same_text(folder, dossier):
    files = {n: (shipped("templates") / n).read_text(encoding="utf-8") for n in shipped_files() if n.endswith(".j2")}
    acheteur = read_buyer(folder(files))
    pieces = [g for g in gabarits().values() if g.id in ("ccap", "convention", "note")]
    apart = render_all(pieces, dossier, "x", acheteur=acheteur)
    for piece in pieces:
        assert apart[piece.id].tokens == render(piece, dossier, "x").tokens


def test_the_document_names_its_templates(drafted, dossier):
    body = "{ #penalites}\n### Pénalités\n"
    own = drafted({PART: body}).proprietes.personnalisees
    plain = render(gabarits()["ccap"], dossier, "x").proprietes.personnalisees
    assert own["clausegen-gabarits"] == plain["clausegen-gabarits"] == shipped_fingerprint()
    assert "clausegen-gabarits-acheteur" not in plain
    assert drafted({PART: body.replace("\n", "\r\n")}).proprietes.personnalisees == own
    assert drafted({PART: body + "\nautre\n"}).proprietes.personnalisees != own


ESCAPES = [
    "{{ ''.__class__.__mro__ }}",
    "{{ marche.__class__ }}",
    "{{ marche['__class__'] }}",
    "{{ champ.__globals__ }}",
    "{{ champ.__code__ }}",
    "{{ self.__init__.__globals__ }}",
    "{{ lots.__reduce__() }}",
    "{{ [lots]|map(attribute='__class__')|list|first }}",
    "{{ '{0.__class__}'.format(marche) }}",
    "{{ ''|attr('__class__') }}",
    "{{ decision.__dataclass_fields__ }}",
    "{{ lipsum.__globals__.os }}",
    "{{ cycler.__init__ }}",
    "{{ namespace.__init__.__globals__ }}",
    "{{ marche.objet.encode() }}",
    "{{ 'x'.center(1000000000) }}",
    "{{ 'x' * 1000000000 }}",
    "{{ 'a' ~ 'b' }}",
    "{{ range(100000000)|length }}",
    "{% set marche.objet = 'x' %}",
    "{{ [].append(1) }}",
    "{{ obligations.clear() }}",
    "{{ obligations.update({}) }}",
    "{% include '/etc/passwd' %}",
    "{% include '../pyproject.toml' %}",
    "{% include 'acheteur/../../secret.txt' %}",
    "{% import 'os' as os %}",
    "{% extends '../../README.md' %}",
    "{% do lots %}",
    "{% debug %}",
    "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    "{{ caller() }}",
    "{{ get_flashed_messages }}",
    "{{ m.__globals__ }}",
]


@pytest.mark.parametrize("source", ESCAPES)
def test_the_sandbox_holds(drafted, source):
    message = refused(drafted, {PART: f"\n{source}"})
    assert f"{PART}, ligne " in message
    assert "object" not in message


def test_mark_characters_cannot_be_forged(folder):
    assert "réservé" in refused(read_buyer, folder({PART: "\ue000f0\ue001"}))


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("{{ marche.objett }}", "le nom « objett » n'existe pas"),
        ("{{ marchee }}", "le nom « marchee » n'existe pas"),
        ("{{ lots[99].numero }}", "l'élément « 99 » n'existe pas"),
        ("{{ acheteur.nom|toto }}", "le filtre « toto » n'existe pas"),
        ("{% if a is toto %}{% endif %}", "le test « toto » n'existe pas"),
        ("{% if lots %}", "le bloc « if » n'est pas fermé"),
        ("{% truc %}", "la balise « truc » n'existe pas"),
        ("{{ a b }}", "« b » n'a pas lieu d'être ici"),
        ("{{ acheteur.nom() }}", "il appelle comme une fonction"),
        ("{{ lots }}", "rien à imprimer"),
        (
            "{% if acheteur.representant.nom %}x{% endif %}",
            "il décide sur un fait manquant, « acheteur.representant.nom »",
        ),
        ("{{ fondement('nulle-part') }}", "la source « nulle-part » n'existe pas"),
        ("{% include 'commun/delai.md.j2' %}", "vouliez-vous dire « commun/delais.md.j2 » ?"),
    ],
)
def test_errors_name_template_line_and_variable_in_french(drafted, source, said):
    message = refused(drafted, {PART: f"\n\n{source}"})
    assert f"{PART}, ligne 3 ne se rend pas : " in message
    assert said in message


def test_a_fault_that_a_macro_file_causes_elsewhere_names_the_shipped_template(drafted):
    message = refused(drafted, {"commun/mots.md.j2": "{# rien #}"})
    assert message.startswith("Le gabarit ccap/")


def test_headings_too_deep_are_refused(drafted):
    assert "5 dièses" in refused(drafted, {PART: "{ #penalites}\n### Pénalités\n\n##### Trop\n"})


LOOP = "{% for a in range(999) %}" * 4 + "{% endfor %}" * 4


def test_a_template_that_loops_is_stopped_and_named(folder, dossier):
    acheteur = read_buyer(folder({PART: f"\n{LOOP}"}))
    message = refused(lambda: render_all([gabarits()["ccap"]], dossier, "x", acheteur=acheteur, delai=1))
    assert f"{PART}, ligne 2 ne se rend pas : il ne finit pas (1 secondes)" in message


def test_a_piece_without_measure_is_refused(drafted):
    source = "{% for a in range(999) %}{% for b in range(999) %}mots {% endfor %}{% endfor %}"
    assert "la pièce dépasse 2 millions de caractères" in refused(drafted, {PART: source})


def test_what_python_cannot_interrupt_is_killed(folder, dossier, monkeypatch):
    monkeypatch.setattr("clausegen.text.apart.GRACE", 0.5)
    doubled = "".join("{% set a = [a, a] %}{% set b = [b, b] %}" for _ in range(60))
    source = f"{{% set a = ['x'] %}}{{% set b = ['x'] %}}{doubled}{{% if a == b %}}{{% endif %}}"
    acheteur = read_buyer(folder({PART: source}))
    message = refused(lambda: render_all([gabarits()["ccap"]], dossier, "x", acheteur=acheteur, delai=2))
    assert PART in message and "sans fin" in message


@pytest.mark.skipif(os.name == "nt", reason="this system does not count the memory of a process")
def test_a_template_that_takes_all_memory_is_stopped(folder, dossier):
    acheteur = read_buyer(folder({PART: "{{ '{:>10000000000}'.format(1) }}"}))
    assert "mémoire" in refused(lambda: render_all([gabarits()["ccap"]], dossier, "x", acheteur=acheteur))


def test_a_folder_that_is_not_there(tmp_path):
    assert "n'est pas un dossier" in refused(read_buyer, tmp_path / "rien")


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("penalites.md.j2", PART),
        ("ccap/parts/penalite.md.j2", PART),
        ("ccap/parts/penalites.md", PART),
        ("ccap/parts/Penalites.md.j2", PART),
        ("penalites.txt", PART),
    ],
)
def test_a_misplaced_file_gets_the_nearest_path(folder, name, near):
    assert f"« {near} »" in refused(read_buyer, folder({name: "x"}))


def test_files_that_are_no_templates(folder):
    assert "ne se remplacent" not in refused(read_buyer, folder({"acheteur/seul.md.j2": "x"}))
    taken = read_buyer(folder({PART: "x", "LISEZMOI.txt": "x", ".cache/a.md.j2": "x"}))
    assert [name for name, _ in taken.sources] == ["acheteur/seul.md.j2", PART]
    assert "ne se remplace pas" in refused(read_buyer, folder({"ccap/piece.yaml": "id: ccap"}))


def test_links_are_refused(folder, tmp_path):
    outside = tmp_path / "secret"
    outside.write_text("secret", encoding="utf-8")
    made = folder({"commun/mots.md.j2": "x"})
    (made / "ccap" / "parts").mkdir(parents=True)
    try:
        (made / PART).symlink_to(outside)
    except OSError:
        pytest.skip("this system does not let us make links")
    assert "est un lien" in refused(read_buyer, made)


def test_sizes_are_bounded(folder, monkeypatch):
    made = folder({PART: "x" * 300, "commun/mots.md.j2": "y" * 300})
    monkeypatch.setattr(buyer, "LARGEST_FOLDER", 500)
    assert "dépasse" in refused(read_buyer, made)
    monkeypatch.setattr(buyer, "LARGEST_FILE", 200)
    assert "dépasse" in refused(read_buyer, made)
    monkeypatch.setattr(buyer, "MOST_ENTRIES", 2)
    assert "plus de 2 entrées" in refused(read_buyer, made)


def test_text_only(folder):
    made = folder({PART: "x"})
    (made / PART).write_bytes(b"\xff\xfe\x00")
    assert "UTF-8" in refused(read_buyer, made)
