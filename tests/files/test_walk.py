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


def test_loops_of_links_end(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes(GOOD)
    (tmp_path / "boucle").symlink_to(tmp_path)
    assert walk([str(tmp_path)]).fichiers == (tmp_path / "a.yaml",)
