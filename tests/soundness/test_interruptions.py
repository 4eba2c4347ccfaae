"""A full disk, a protected folder, a pipe in the way, Ctrl-C or a killed process: old or new, whole, and a clear word."""

import errno
import os
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest

from clausegen.cli.app import main
from clausegen.errors import ClausegenError
from clausegen.files.outputs import MANIFESTE, read_manifest, write_outputs
from tests.soundness.conftest import loaded

interruptions = loaded("interruptions")
ROOT = Path(__file__).resolve().parents[2]
posix = pytest.mark.skipif(os.name == "nt", reason="needs signals, pipes and limits of POSIX")


@posix
def test_killed_at_random_moments(tmp_path):
    scene = interruptions.Scene(tmp_path)
    for rank in range(8):
        scene.stopped(rank, Random(f"essai:{rank}"))
    assert sum(scene.reached.values()) == 8
    scene.healed()


def test_a_run_cut_between_two_files_leaves_nothing_that_looks_like_a_persons_work(tmp_path, monkeypatch):
    write_outputs(tmp_path, {"a.docx": b"un", "b.docx": b"un"})
    dead = []

    def killed(path, content):
        # A killed process writes nothing more, not even on its way out.
        dead.append(path.name == "b.docx")
        if any(dead):
            raise SystemExit
        path.write_bytes(content)

    with monkeypatch.context() as patched:
        patched.setattr("clausegen.files.outputs.write_whole", killed)
        with pytest.raises(SystemExit):
            write_outputs(tmp_path, {"a.docx": b"deux", "b.docx": b"deux"})
    assert (tmp_path / "a.docx").read_bytes() == b"deux" and (tmp_path / "b.docx").read_bytes() == b"un"
    done = write_outputs(tmp_path, {"a.docx": b"trois", "b.docx": b"trois"})
    assert done.gardes == () and (tmp_path / "b.docx").read_bytes() == b"trois"
    # And what a person did is still theirs.
    (tmp_path / "b.docx").write_bytes(b"main")
    assert [path.name for path in write_outputs(tmp_path, {"b.docx": b"quatre"}).gardes] == ["b.docx"]


def test_what_a_killed_process_left_is_removed_and_what_another_writes_is_not(tmp_path):
    old, new, mine = (
        tmp_path / name for name in (f".clausegen-{'a' * 12}.tmp", f".clausegen-{'b' * 12}.tmp", ".x.tmp")
    )
    for path in (old, new, mine):
        path.write_bytes(b"x")
    for path in (old, mine):
        os.utime(path, (path.stat().st_mtime - 3600,) * 2)
    write_outputs(tmp_path, {"a.docx": b"un"})
    assert not old.exists() and new.exists() and mine.exists()


@posix
@pytest.mark.parametrize("name", ["ccap.docx", MANIFESTE])
def test_a_pipe_in_the_way_holds_nothing_up(tmp_path, name):
    os.mkfifo(tmp_path / name)
    done = write_outputs(tmp_path, {"ccap.docx": b"x"})
    assert [path.name for path in done.gardes] == (["ccap.docx"] if name == "ccap.docx" else [])
    assert write_outputs(tmp_path, {"ccap.docx": b"x"}, ecraser=True).ecrits
    assert (tmp_path / "ccap.docx").read_bytes() == b"x" and read_manifest(tmp_path)


@posix
def test_pipes_and_devices_in_a_folder_are_left_aside(tmp_path, capsys):
    os.mkfifo(tmp_path / "tube.yaml")
    (tmp_path / "zero.yaml").symlink_to("/dev/zero")
    (tmp_path / "marche.yaml").write_text("version: 1\nobjet: x\n", encoding="utf-8")
    assert main(["check", str(tmp_path)]) == 0
    assert "1 fichier examiné" in capsys.readouterr().out.replace("\u00a0", " ")


@posix
def test_a_description_through_a_pipe_has_its_own_fingerprint(tmp_path):
    source = (ROOT / "examples" / "incomplet" / "marche.yaml").read_bytes()
    (tmp_path / "m.yaml").write_bytes(source)
    os.mkfifo(tmp_path / "tube.yaml")
    prints = []
    for name in ("m.yaml", "tube.yaml"):
        command = [sys.executable, "-m", "clausegen", "draft", str(tmp_path / name), "--documents", "note"]
        process = subprocess.Popen([*command, "-o", str(tmp_path / "s")], cwd=ROOT, stdout=subprocess.DEVNULL)
        if name == "tube.yaml":
            (tmp_path / name).write_bytes(source)
        assert process.wait(timeout=60) == 0
        prints.append((tmp_path / "s" / "note.docx").read_bytes())
    assert prints[0] == prints[1]


def limited(command, limit):
    start = f"import resource, signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); {limit}; "
    start += f"import sys; sys.argv = {['clausegen', *command]!r}; from clausegen.cli.app import main; sys.exit(main())"
    return subprocess.run(
        [sys.executable, "-c", start], cwd=ROOT, capture_output=True, encoding="utf-8", timeout=120, check=False
    )


@posix
def test_no_room_for_a_whole_file(tmp_path):
    market, out = ROOT / "examples" / "incomplet" / "marche.yaml", tmp_path / "s"
    first = limited(["draft", str(market), "--documents", "note", "-o", str(out)], "0")
    assert first.returncode == 0, first.stderr
    before = interruptions.contents(out)
    small = "resource.setrlimit(resource.RLIMIT_FSIZE, (4000, 4000))"
    second = limited(["draft", str(interruptions.SECOND), "-o", str(out)], small)
    assert second.returncode == 2 and "Impossible d’écrire" in second.stderr and "Traceback" not in second.stderr
    assert interruptions.contents(out) == before
    assert sorted(path.name for path in out.iterdir()) == [MANIFESTE, *sorted(before)]
    third = limited(["draft", str(interruptions.SECOND), "-o", str(out)], "0")
    assert third.returncode == 0 and "E003" not in third.stderr


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.ENOSPC, "le disque est plein"),
        (errno.EROFS, "lecture seule"),
        (errno.EACCES, "ouvert dans un autre programme"),
        (errno.EIO, "Impossible d'écrire"),
    ],
)
@pytest.mark.parametrize("moment", ["open", "replace"])
def test_a_refusal_of_the_system_is_told_and_leaves_the_former_file(tmp_path, monkeypatch, number, said, moment):
    write_outputs(tmp_path, {"ccap.docx": b"ancien"})
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    real = getattr(Path, moment)

    def refused(self, *args, **kwargs):
        if self.name.endswith(".tmp"):
            raise OSError(number, os.strerror(number))
        return real(self, *args, **kwargs)

    monkeypatch.setattr(Path, moment, refused)
    with pytest.raises(ClausegenError, match=said):
        write_outputs(tmp_path, {"ccap.docx": b"nouveau"})
    monkeypatch.undo()
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before
    assert write_outputs(tmp_path, {"ccap.docx": b"nouveau"}).gardes == ()


def test_a_folder_or_a_link_in_place_of_a_piece(tmp_path):
    (tmp_path / "s" / "ccap.docx").mkdir(parents=True)
    (tmp_path / "ailleurs").write_bytes(b"secret")
    try:
        (tmp_path / "s" / "rc.docx").symlink_to(tmp_path / "ailleurs")
    except OSError:
        pytest.skip("this system does not let us make links")
    done = write_outputs(tmp_path / "s", {"ccap.docx": b"x", "rc.docx": b"x", "ae.docx": b"x"})
    assert [path.name for path in done.gardes] == ["ccap.docx", "rc.docx"]
    with pytest.raises(ClausegenError, match="un dossier porte ce nom"):
        write_outputs(tmp_path / "s", {"ccap.docx": b"x"}, ecraser=True)
    write_outputs(tmp_path / "s", {"rc.docx": b"x"}, ecraser=True)
    assert (tmp_path / "ailleurs").read_bytes() == b"secret" and not (tmp_path / "s" / "rc.docx").is_symlink()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs the device that is always full")
def test_a_full_disk_behind_the_standard_output():
    market = str(ROOT / "examples" / "incomplet" / "marche.yaml")
    with Path("/dev/full").open("wb") as full:
        for command in (["check", market], ["explain", market], ["export", market, "--format", "decp"], ["schema"]):
            done = subprocess.run(
                [sys.executable, "-m", "clausegen", *command],
                cwd=ROOT,
                stdout=full,
                stderr=subprocess.PIPE,
                encoding="utf-8",
                timeout=60,
                check=False,
            )
            assert done.returncode == 2 and "Traceback" not in done.stderr, done.stderr
            assert "Exception ignored" not in done.stderr and "la sortie ne peut pas être écrite" in done.stderr
