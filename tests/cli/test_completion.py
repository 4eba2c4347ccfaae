from pathlib import Path
from typing import Any

import pytest

from clausegen.cli.commands import COMMANDES


@pytest.fixture
def bash(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    shellingham = pytest.importorskip("shellingham")
    monkeypatch.setattr(shellingham, "detect_shell", lambda *_: ("bash", "/bin/bash"))
    monkeypatch.setenv("HOME", str(tmp_path))
    return tmp_path


@pytest.mark.parametrize(
    ("typed", "proposed"),
    [
        ("clausegen ", set(COMMANDES)),
        ("clausegen ch", {"check"}),
        ("clausegen draft --mal", {"--malgre-erreurs"}),
        ("clausegen draft --format ", {"docx", "html", "md", "pdf", "txt"}),
    ],
)
def test_bash_gets_its_proposals(
    clausegen: Any, monkeypatch: pytest.MonkeyPatch, typed: str, proposed: set[str]
) -> None:
    monkeypatch.setenv("_CLAUSEGEN_COMPLETE", "complete_bash")
    monkeypatch.setenv("COMP_WORDS", typed)
    monkeypatch.setenv("COMP_CWORD", str(len(typed.split(" ")) - 1))
    code, out, err = clausegen()
    assert (code, err) == (0, "")
    assert set(out.split()) == proposed


def test_an_odd_request_stays_silent(clausegen: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("_CLAUSEGEN_COMPLETE", "complete_bash")
    monkeypatch.delenv("COMP_WORDS", raising=False)
    assert clausegen()[2] == ""


@pytest.mark.usefixtures("bash")
def test_show(clausegen: Any) -> None:
    code, out, err = clausegen("--show-completion")
    assert (code, err) == (0, "")
    assert "_CLAUSEGEN_COMPLETE=complete_bash" in out


def test_install(clausegen: Any, bash: Path) -> None:
    code, out, err = clausegen("--install-completion")
    assert (code, out) == (0, "")
    assert err.startswith("Complétion installée pour bash dans « ")
    assert "clausegen" in (bash / ".bashrc").read_text(encoding="utf-8")


@pytest.mark.usefixtures("bash")
def test_an_unknown_shell(clausegen: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    import shellingham

    monkeypatch.setattr(shellingham, "detect_shell", lambda *_: ("tcsh", "/bin/tcsh"))
    code, out, err = clausegen("--show-completion")
    assert (code, out) == (2, "")
    assert "bash, zsh, fish et PowerShell" in err
