import json
from pathlib import Path

import pytest

from clausegen import __version__
from clausegen.errors import ClausegenError
from clausegen.files import outputs
from clausegen.files.outputs import MANIFESTE, read_manifest, write_outputs


def test_first_writing(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "b"
    done = write_outputs(folder, {"note.md": b"note", "ccap.md": b"ccap"})
    assert done.ecrits == (folder / "note.md", folder / "ccap.md")
    assert done.gardes == ()
    manifest = json.loads((folder / MANIFESTE).read_text(encoding="utf-8"))
    assert manifest["fichiers"]["note.md"] == {
        "sha256": "edb465624291e4053c6c5ea4b7eb320dec773e10a57d26b95dcf0564f8e310f8",
        "programme": __version__,
    }
    assert set(manifest["fichiers"]) == {"note.md", "ccap.md"}


def test_untouched_files_are_replaced(tmp_path: Path) -> None:
    write_outputs(tmp_path, {"note.md": b"un"})
    assert write_outputs(tmp_path, {"note.md": b"deux"}).gardes == ()
    assert (tmp_path / "note.md").read_bytes() == b"deux"


def test_a_changed_file_is_left_and_the_others_written(tmp_path: Path) -> None:
    write_outputs(tmp_path, {"note.md": b"un", "ccap.md": b"un"})
    (tmp_path / "note.md").write_bytes(b"main")
    for _ in range(2):
        done = write_outputs(tmp_path, {"note.md": b"deux", "ccap.md": b"deux"})
        assert done.gardes == (tmp_path / "note.md",)
        assert done.ecrits == (tmp_path / "ccap.md",)
        assert (tmp_path / "note.md").read_bytes() == b"main"
        assert (tmp_path / "ccap.md").read_bytes() == b"deux"


def test_a_file_that_was_there_before_belongs_to_a_person(tmp_path: Path) -> None:
    (tmp_path / "note.md").write_bytes(b"main")
    assert write_outputs(tmp_path, {"note.md": b"un"}).gardes == (tmp_path / "note.md",)


def test_ecraser_replaces_and_owns_again(tmp_path: Path) -> None:
    (tmp_path / "note.md").write_bytes(b"main")
    assert write_outputs(tmp_path, {"note.md": b"un"}, ecraser=True).gardes == ()
    assert write_outputs(tmp_path, {"note.md": b"deux"}).gardes == ()
    assert (tmp_path / "note.md").read_bytes() == b"deux"


def test_the_same_content_is_nobodys_change(tmp_path: Path) -> None:
    (tmp_path / "note.md").write_bytes(b"un")
    assert write_outputs(tmp_path, {"note.md": b"un"}).gardes == ()


def test_a_deleted_file_comes_back(tmp_path: Path) -> None:
    write_outputs(tmp_path, {"note.md": b"un"})
    (tmp_path / "note.md").unlink()
    assert write_outputs(tmp_path, {"note.md": b"un"}).ecrits == (tmp_path / "note.md",)


@pytest.mark.parametrize(
    "broken",
    [
        b"{",
        b"[]",
        b"null",
        b'{"fichiers": 3}',
        b'{"fichiers": {"note.md": 3}}',
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"fichiers": {"note.md": {"sha256": 12}}}',
    ],
)
def test_a_broken_manifest_protects_everything(tmp_path: Path, broken: bytes) -> None:
    write_outputs(tmp_path, {"note.md": b"un"})
    (tmp_path / MANIFESTE).write_bytes(broken)
    assert read_manifest(tmp_path) == {}
    assert write_outputs(tmp_path, {"note.md": b"deux"}).gardes == (tmp_path / "note.md",)


def test_links_belong_to_persons(tmp_path: Path) -> None:
    elsewhere = tmp_path / "ailleurs.md"
    elsewhere.write_bytes(b"intact")
    folder = tmp_path / "sortie"
    write_outputs(folder, {"note.md": b"un"})
    (folder / "note.md").unlink()
    (folder / "note.md").symlink_to(elsewhere)
    assert write_outputs(folder, {"note.md": b"deux"}).gardes == (folder / "note.md",)
    write_outputs(folder, {"note.md": b"deux"}, ecraser=True)
    assert elsewhere.read_bytes() == b"intact"
    assert (folder / "note.md").read_bytes() == b"deux"


def test_a_linked_manifest_is_not_believed_nor_followed(tmp_path: Path) -> None:
    elsewhere = tmp_path / "ailleurs.json"
    write_outputs(tmp_path / "sortie", {"note.md": b"un"})
    (tmp_path / "sortie" / MANIFESTE).rename(elsewhere)
    (tmp_path / "sortie" / MANIFESTE).symlink_to(elsewhere)
    before = elsewhere.read_bytes()
    done = write_outputs(tmp_path / "sortie", {"note.md": b"deux", "ccap.md": b"x"})
    assert done.gardes == (tmp_path / "sortie" / "note.md",)
    assert elsewhere.read_bytes() == before


def test_a_folder_in_place_of_a_file_is_left(tmp_path: Path) -> None:
    (tmp_path / "note.md").mkdir()
    assert write_outputs(tmp_path, {"note.md": b"un"}).gardes == (tmp_path / "note.md",)


def test_an_unsafe_name_writes_nothing(tmp_path: Path) -> None:
    with pytest.raises(ClausegenError, match="Nom de fichier impossible"):
        write_outputs(tmp_path / "sortie", {"note.md": b"un", "../x.md": b"un"})
    assert not (tmp_path / "sortie").exists()


def test_what_was_written_before_a_failure_stays_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = outputs.write_whole

    def full(path: Path, contenu: bytes) -> None:
        if path.name == "ccap.md":
            raise ClausegenError("plein")
        real(path, contenu)

    monkeypatch.setattr(outputs, "write_whole", full)
    with pytest.raises(ClausegenError, match="plein"):
        write_outputs(tmp_path, {"note.md": b"un", "ccap.md": b"un"})
    monkeypatch.undo()
    assert write_outputs(tmp_path, {"note.md": b"deux", "ccap.md": b"deux"}).gardes == ()
