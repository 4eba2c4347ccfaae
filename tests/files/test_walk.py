from pathlib import Path

import pytest

from clausegen.errors import ClausegenError
from clausegen.files.outputs import MANIFESTE
from clausegen.files.walk import looks_like_description, walk

GOOD = b"version: 1\nobjet: x\n"


@pytest.mark.parametrize(
    "contenu",
    [
        GOOD,
        b"# titre\nobjet: x\nlots: [\nversion: 1\n",
        b'"objet": x\n"version" : 1\n',
        b'{"version": 1, "objet": "x"}',
        b"{version: 1, objet: x}",
        b'{"version": 1, "objet": "x",,}',
        b"\xef\xbb\xbfversion: 1\nobjet: x\n",
        b"---\r\nversion: 1\r\nobjet: x\r\n",
    ],
)
def test_descriptions(contenu: bytes) -> None:
    assert looks_like_description(contenu)


@pytest.mark.parametrize(
    "contenu",
    [
        b"",
        b"version: 1\n",
        b"a:\n  version: 1\n  objet: x\n",
        b"- version: 1\n  objet: x\n",
        b'{"a": {"version": 1, "objet": 2}}',
        b"texte sur la version et son objet",
        b"\xff\xfe\x00",
        b"version objet: [\n",
    ],
)
def test_other_files(contenu: bytes) -> None:
    assert not looks_like_description(contenu)


def test_a_folder_is_walked(tmp_path: Path) -> None:
    kept = ["a.yaml", "b/c.yml", "b/d.JSON"]
    skipped = ["z.yaml.txt", "autre.yaml", ".cache/a.yaml", "sortie/a.yaml", ".caché.yaml"]
    for name in [*kept, *skipped]:
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(GOOD)
    (tmp_path / "autre.yaml").write_bytes(b"services: {}\n")
    (tmp_path / "b/d.JSON").write_bytes(b'{"version": 1, "objet": "x"}')
    (tmp_path / "sortie" / MANIFESTE).write_bytes(b"{}")
    found = walk([str(tmp_path)])
    assert [p.relative_to(tmp_path).as_posix() for p in found.fichiers] == kept
    assert found.erreurs == ()


def test_a_named_file_is_always_read_and_once(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_bytes(b"rien")
    (tmp_path / "a.yaml").write_bytes(GOOD)
    found = walk([str(path), str(tmp_path), str(tmp_path / "a.yaml"), str(tmp_path / "absent.yaml")])
    assert found.fichiers == (path, tmp_path / "a.yaml", tmp_path / "absent.yaml")


def test_a_named_output_folder_is_walked(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes(GOOD)
    (tmp_path / MANIFESTE).write_bytes(b"{}")
    assert walk([str(tmp_path)]).fichiers == (tmp_path / "a.yaml",)


def test_an_empty_folder_is_said(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes(GOOD)
    (tmp_path / "vide").mkdir()
    found = walk([str(tmp_path / "vide"), str(tmp_path / "a.yaml")])
    assert "Aucune description de marché dans le dossier" in found.erreurs[0]
    assert found.fichiers == (tmp_path / "a.yaml",)
    with pytest.raises(ClausegenError, match="Aucun fichier"):
        walk([])


@pytest.mark.parametrize(
    ("motif", "attendu"),
    [
        ("*.yaml", ["a.yaml", "notes.yaml"]),
        ("**/*.yaml", ["a.yaml", "m/b.yaml", "m/n/c.yaml", "notes.yaml"]),
        ("m/**/?.y[a]ml", ["m/b.yaml", "m/n/c.yaml"]),
        ("m*", ["m/b.yaml", "m/n/c.yaml"]),
        ("[x].yaml", ["[x].yaml"]),
    ],
)
def test_patterns(tmp_path: Path, motif: str, attendu: list[str]) -> None:
    for name in ("a.yaml", "m/b.yaml", "m/n/c.yaml", "m/.cache/d.yaml", ".e.yaml"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True, parents=True)
        path.write_bytes(GOOD)
    (tmp_path / "notes.yaml").write_bytes(b"services: {}\n")
    if motif.startswith("["):
        (tmp_path / motif).write_bytes(GOOD)
    found = walk([f"{tmp_path}/{motif}"])
    assert [p.relative_to(tmp_path).as_posix() for p in found.fichiers] == attendu
    assert found.erreurs == ()


def test_relative_patterns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "m").mkdir()
    (tmp_path / "m" / "a.yaml").write_bytes(GOOD)
    monkeypatch.chdir(tmp_path)
    assert walk(["m/*.yaml", "**/*.yaml"]).fichiers == (Path("m/a.yaml"),)


def test_a_pattern_that_finds_nothing_is_said(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes(GOOD)
    found = walk([f"{tmp_path}/*.yml", f"{tmp_path}/*.yaml"])
    assert found.erreurs == (f"Aucun fichier ne correspond à « {tmp_path}/*.yml ».",)
    assert found.fichiers == (tmp_path / "a.yaml",)


@pytest.mark.parametrize("vide", ["", "  "])
def test_an_empty_path_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, vide: str) -> None:
    (tmp_path / "a.yaml").write_bytes(GOOD)
    monkeypatch.chdir(tmp_path)
    found = walk([vide])
    assert found.fichiers == ()
    assert found.erreurs == ("Un chemin est vide. Pour le dossier courant, écrire « . ».",)


def test_loops_of_links_end(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes(GOOD)
    (tmp_path / "boucle").symlink_to(tmp_path)
    assert walk([str(tmp_path)]).fichiers == (tmp_path / "a.yaml",)
