import errno
import os
import stat
from pathlib import Path

import pytest

from clausegen.errors import ClausegenError
from clausegen.files.atomic import make_folder, safe_name, write_whole


@pytest.mark.parametrize("nom", ["ccap.docx", "mode-emploi.md", "suivi.xlsx", "pièce n° 2.txt", "console.md"])
def test_safe_names(nom: str) -> None:
    assert safe_name(nom)


@pytest.mark.parametrize(
    "nom",
    [
        *"/.:",
        "",
        "..",
        "a/b",
        "a\\b",
        "/etc/x",
        "C:x",
        "CON",
        "con.docx",
        "Lpt1.txt",
        "a.",
        " a",
        ".clausegen.json",
        "a\0b",
        "é" * 150,
    ],
)
def test_unsafe_names(nom: str) -> None:
    assert not safe_name(nom)


def test_written_whole(tmp_path: Path) -> None:
    path = tmp_path / "ccap.docx"
    write_whole(path, b"un")
    write_whole(path, b"deux")
    assert path.read_bytes() == b"deux"
    assert [p.name for p in tmp_path.iterdir()] == ["ccap.docx"]


def test_usual_rights(tmp_path: Path) -> None:
    write_whole(tmp_path / "a", b"")
    (tmp_path / "b").write_bytes(b"")
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == stat.S_IMODE((tmp_path / "b").stat().st_mode)


@pytest.mark.parametrize(
    ("numero", "mots"),
    [
        (errno.ENOSPC, "disque est plein"),
        (errno.EROFS, "lecture seule"),
        (errno.EACCES, "ouvert dans un autre programme"),
        (errno.EIO, "disque ne répond pas"),
        (errno.EXDEV, "EXDEV"),
    ],
)
def test_a_failure_leaves_the_former_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, numero: int, mots: str
) -> None:
    path = tmp_path / "ccap.docx"
    path.write_bytes(b"avant")

    def refuse(_descriptor: int) -> None:
        raise OSError(numero, "refused")

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(ClausegenError, match=mots):
        write_whole(path, b"apr\xe8s")
    assert path.read_bytes() == b"avant"
    assert [p.name for p in tmp_path.iterdir()] == ["ccap.docx"]


def test_interrupted_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(_descriptor: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_whole(tmp_path / "ccap.docx", b"x")
    assert list(tmp_path.iterdir()) == []


def test_a_link_is_replaced_not_followed(tmp_path: Path) -> None:
    target = tmp_path / "ailleurs.txt"
    target.write_bytes(b"intact")
    link = tmp_path / "ccap.md"
    link.symlink_to(target)
    write_whole(link, b"neuf")
    assert target.read_bytes() == b"intact"
    assert not link.is_symlink() and link.read_bytes() == b"neuf"


def test_a_folder_in_the_way(tmp_path: Path) -> None:
    (tmp_path / "ccap.md").mkdir()
    with pytest.raises(ClausegenError, match="un dossier porte ce nom"):
        write_whole(tmp_path / "ccap.md", b"x")


def test_a_file_in_place_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "sortie").write_bytes(b"")
    with pytest.raises(ClausegenError, match="un fichier porte le nom"):
        make_folder(tmp_path / "sortie")
    with pytest.raises(ClausegenError, match="un fichier porte le nom"):
        make_folder(tmp_path / "sortie" / "dedans")


def test_a_folder_without_rights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_descriptor: int) -> None:
        raise PermissionError(errno.EACCES, "refused")

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(ClausegenError, match="pas le droit d'écrire dans ce dossier"):
        write_whole(tmp_path / "a.md", b"x")
