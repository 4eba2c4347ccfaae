import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import docx
import pytest

from clausegen.cli.draft import output_folders
from clausegen.diagnostics import Diagnostic, Niveau

pytestmark = pytest.mark.usefixtures("atelier")

Ecrire = Callable[..., Path]


def test_one_market_beside_its_description(clausegen: Any, ecrire: Ecrire, tmp_path: Path) -> None:
    code, out, err = clausegen("draft", ecrire("marche.yaml"))
    assert (code, err) == (0, "")
    assert out.splitlines() == [str(tmp_path / "marche" / "note.docx"), str(tmp_path / "marche" / "ccap.docx")]
    assert (tmp_path / "marche" / "note.docx").read_bytes() == b"contenu"
    assert json.loads((tmp_path / "marche" / ".clausegen.json").read_bytes())["fichiers"].keys() == {
        "note.docx",
        "ccap.docx",
    }


def test_options_reach_the_workflow(clausegen: Any, atelier: Any, ecrire: Ecrire, tmp_path: Path) -> None:
    code, out, _ = clausegen(
        *("draft", ecrire("marche.yaml"), "-o", tmp_path / "dossier", "--format", "md", "--format", "txt"),
        *(
            "--documents",
            "ccap,convention",
            "--publiable",
            "--champs-vides",
            "--date",
            "2027-01-02",
        ),
    )
    assert code == 0
    assert [Path(line).name for line in out.splitlines()] == ["ccap.md", "ccap.txt", "convention.md", "convention.txt"]
    assert atelier.dates == [date(2027, 1, 2)]
    assert atelier.demandes == [
        {
            "formats": ("md", "txt"),
            "documents": ("ccap", "convention"),
            "publiable": True,
            "champs_vides": True,
            "malgre_erreurs": False,
            "modele": None,
        }
    ]


def test_a_piece_to_publish_cannot_name_a_fault(clausegen: Any, ecrire: Ecrire) -> None:
    code, out, err = clausegen("draft", ecrire("marche.yaml"), "--publiable", "--malgre-erreurs")
    assert (code, out) == (2, "")
    assert "ne vont pas ensemble" in err


def test_questions_and_warnings_never_stop(clausegen: Any, ecrire: Ecrire) -> None:
    path = ecrire("marche.yaml", "un-question", "un-avertissement", "un-information")
    code, out, err = clausegen("draft", path)
    assert code == 0
    assert len(out.splitlines()) == 2
    assert f"{path}:2:1: avertissement D201 Constat : avertissement." in err


def test_an_error_stops_its_market_alone(clausegen: Any, ecrire: Ecrire, tmp_path: Path) -> None:
    bad, good = ecrire("a.yaml", "un-erreur"), ecrire("b.yaml")
    code, out, err = clausegen("draft", bad, good, "-o", tmp_path / "s")
    assert code == 1
    assert [Path(line).parent.name for line in out.splitlines()] == ["b", "b"]
    assert not (tmp_path / "s" / "a").exists()
    assert f"{bad} : 1 erreur, rien n’est écrit pour ce marché. L’option --malgre-erreurs passe outre." in err


def test_in_spite_of_errors(clausegen: Any, ecrire: Ecrire) -> None:
    code, out, _ = clausegen("draft", ecrire("a.yaml", "un-erreur"), "--malgre-erreurs")
    assert code == 1
    assert len(out.splitlines()) == 2


def test_what_does_not_load_is_never_drafted(clausegen: Any, atelier: Any, ecrire: Ecrire) -> None:
    code, out, err = clausegen("draft", ecrire("a.yaml", "un-erreur", "illisible"), "--malgre-erreurs")
    assert (code, out) == (1, "")
    assert "Il ne se charge pas" in err
    assert atelier.demandes == []


def test_errors_found_while_drafting_stop_too(clausegen: Any, atelier: Any, ecrire: Ecrire, tmp_path: Path) -> None:
    atelier.constats = (Diagnostic("E103", Niveau.ERREUR, "Reste un champ."),)
    code, out, err = clausegen("draft", ecrire("a.yaml"))
    assert (code, out) == (1, "")
    assert "erreur E103 Reste un champ." in err
    assert not (tmp_path / "a").exists()


def test_nothing_to_write_is_no_fault(clausegen: Any, atelier: Any, ecrire: Ecrire, tmp_path: Path) -> None:
    atelier.pieces = ()
    atelier.constats = (Diagnostic("E101", Niveau.AVERTISSEMENT, "Sans objet."),)
    assert clausegen("draft", ecrire("a.yaml"), "--documents", "convention")[:2] == (0, "")
    assert not (tmp_path / "a").exists()


def test_a_persons_file_is_left(clausegen: Any, atelier: Any, ecrire: Ecrire, tmp_path: Path) -> None:
    path = ecrire("a.yaml")
    clausegen("draft", path)
    (tmp_path / "a" / "note.docx").write_bytes(b"retouche")
    atelier.contenu = b"neuf"
    code, out, err = clausegen("draft", path)
    assert code == 1
    assert out.splitlines() == [str(tmp_path / "a" / "ccap.docx")]
    assert f"{tmp_path / 'a' / 'note.docx'}: erreur E003" in err
    assert (tmp_path / "a" / "note.docx").read_bytes() == b"retouche"
    code, out, _ = clausegen("draft", path, "--ecraser")
    assert (code, len(out.splitlines())) == (0, 2)
    assert (tmp_path / "a" / "note.docx").read_bytes() == b"neuf"


def test_a_batch_goes_on_to_its_end(clausegen: Any, ecrire: Ecrire, tmp_path: Path) -> None:
    (tmp_path / "vide").mkdir()
    good, bad = ecrire("d/b.yaml"), ecrire("d/a.yaml", "un-erreur")
    code, out, err = clausegen("draft", tmp_path / "absent.yaml", tmp_path / "vide", bad.parent, "-o", tmp_path / "s")
    assert code == 2
    assert [Path(line).parent.name for line in out.splitlines()] == [good.stem] * 2
    assert "absent.yaml" in err and "Aucune description de marché dans le dossier" in err


def test_a_folder_that_cannot_be_written(clausegen: Any, ecrire: Ecrire) -> None:
    path = ecrire("a.yaml")
    code, out, err = clausegen("draft", path, "-o", path)
    assert (code, out) == (2, "")
    assert "un fichier porte le nom" in err


def test_unknown_pieces_and_formats(clausegen: Any, ecrire: Ecrire) -> None:
    assert "Vouliez-vous dire « ccap »" in clausegen("draft", ecrire("a.yaml"), "--documents", "cap")[2]
    assert clausegen("draft", ecrire("a.yaml"), "--format", "odt")[0] == 2


@pytest.mark.parametrize(
    ("chemins", "sortie", "attendu"),
    [
        (["d/marche.yaml"], None, ["d/marche"]),
        (["d/marche"], None, ["d/marche-pieces"]),
        (["d/marche.yaml"], "s", ["s"]),
        (["d/a.yaml", "d/b.yaml"], None, ["d/a", "d/b"]),
        (["d/a.yaml", "e/b.yaml"], "s", ["s/a", "s/b"]),
        (["d/m.yaml", "e/M.yaml", "e/b.yaml"], "s", ["s/d-m", "s/e-M", "s/b"]),
        (["d/m.yaml", "d/m.json"], "s", ["s/d-m", "s/d-m-2"]),
        (["d/m.yaml", "d/m.json"], None, ["d/m", "d/m-2"]),
    ],
)
def test_output_folders(chemins: list[str], sortie: str | None, attendu: list[str]) -> None:
    assert output_folders([Path(c) for c in chemins], sortie) == [Path(a) for a in attendu]


def test_templates_of_the_buyer_reach_the_examination(
    clausegen: Any, atelier: Any, ecrire: Ecrire, tmp_path: Path
) -> None:
    part = tmp_path / "gabarits" / "ccap" / "parts" / "penalites.md.j2"
    part.parent.mkdir(parents=True)
    part.write_text("x", encoding="utf-8")
    assert clausegen("draft", ecrire("marche.yaml"), "--gabarits", tmp_path / "gabarits")[0] == 0
    assert atelier.gabarits[0].sources == (("ccap/parts/penalites.md.j2", "x"),)


@pytest.mark.parametrize("name", ["rien", "vide"])
def test_templates_that_are_not_there(clausegen: Any, atelier: Any, ecrire: Ecrire, tmp_path: Path, name: str) -> None:
    (tmp_path / "vide").mkdir()
    code, out, err = clausegen("draft", ecrire("marche.yaml"), "--gabarits", tmp_path / name)
    assert (code, out, atelier.dates) == (2, "", [])
    assert err.startswith("Erreur : --gabarits : ")


def test_a_faulty_template_is_told_with_its_line(clausegen_reel: Any, tmp_path: Path) -> None:
    part = tmp_path / "gabarits" / "ccap" / "parts" / "penalites.md.j2"
    part.parent.mkdir(parents=True)
    part.write_text("\n{{ marchee }}", encoding="utf-8")
    code, out, err = clausegen_reel("--gabarits", tmp_path / "gabarits")
    assert (code, out) == (2, "")
    assert "ccap/parts/penalites.md.j2, ligne 2 ne se rend pas : le nom « marchee » n’existe pas." in err


@pytest.fixture
def clausegen_reel(clausegen: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Draft a real example, with the real workflow."""
    monkeypatch.undo()
    example = Path(__file__).resolve().parents[2] / "examples" / "espaces-verts" / "marche.yaml"
    return lambda *args: clausegen("draft", example, "-o", tmp_path / "pieces", "--documents", "ccap", *args)


def test_a_piece_in_the_look_of_the_buyer(clausegen_reel: Any, tmp_path: Path) -> None:
    model = docx.Document()
    model.sections[0].header.paragraphs[0].text = "Ville de Rennes"
    model.save(tmp_path / "charte.docx")
    assert clausegen_reel("--modele", tmp_path / "charte.docx")[0] == 0
    written = docx.Document(tmp_path / "pieces" / "ccap.docx")
    assert written.sections[0].header.paragraphs[0].text == "Ville de Rennes"


@pytest.mark.parametrize(
    ("name", "extra", "said"),
    [
        ("rien.docx", (), "ne peut pas être lu (il n’existe pas)"),
        ("faux.docx", (), "n’est pas un document Word"),
        ("faux.docm", (), "un modèle à macros est refusé"),
        ("faux.docx", ("--format", "md"), "il va avec --format docx ou pdf"),
    ],
)
def test_a_model_that_cannot_be_taken(
    clausegen: Any, atelier: Any, ecrire: Ecrire, tmp_path: Path, name: str, extra: tuple[str, ...], said: str
) -> None:
    for fake in ("faux.docx", "faux.docm"):
        (tmp_path / fake).write_bytes(b"pas un document")
    code, out, err = clausegen("draft", ecrire("marche.yaml"), "--modele", tmp_path / name, *extra)
    assert (code, out, atelier.dates) == (2, "", [])
    assert said in err


def test_processes_change_nothing(clausegen: Any, ecrire: Ecrire, tmp_path: Path) -> None:
    for rank in range(12):
        ecrire(f"{rank:02}.yaml", *["un-erreur"][: rank % 5 == 1])
    alone = clausegen("draft", tmp_path, "-o", tmp_path / "s", "--ecraser", "--processus", "1")
    shared = clausegen("draft", tmp_path, "-o", tmp_path / "s", "--ecraser", "--processus", "3")
    assert alone == shared
    code, out, err = shared
    assert (code, len(out.splitlines())) == (1, 18)
    assert out.splitlines() == sorted(out.splitlines(), key=lambda line: Path(line).parent)
    assert err.count("rien n’est écrit pour ce marché") == 3
