"""The terminal sessions of the documentation: ```console blocks under a comment `<!-- exécuté : … -->`.

`python tests/docs/consoles.py` runs them and rewrites what they show, except between `[…]`, which stands for lines left
out. The comment names where the session begins: `vide` (an empty folder), `suite` (where the block before left it),
`projet` (the folders that the project holds), or an example, copied whole. Its other lines are what the commands read
at the keyboard, or, after `! `, what is done before and not shown. Any line of a block that does not begin with `$ ` is what was printed.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from unittest import mock

from clausegen.cli.app import main
from clausegen.french.typography import plain

ROOT = Path(__file__).resolve().parents[2]
PAGES = ("README.md", "docs/demarrage.md", "docs/juriste.md", "docs/integration-continue.md", "docs/commandes.md")
CUT = "[…]"
WIDTH = "90"
_BLOCK = re.compile(r"<!-- exécuté : (?P<place>\S+)\n?(?P<typed>.*?)-->\n+```console\n(?P<body>.*?)```", re.DOTALL)


@dataclass
class Step:
    """One command: what is typed, what the page shows of it, and what it prints when run."""

    command: str
    shown: list[str] = field(default_factory=list)
    printed: list[str] = field(default_factory=list)

    def holds(self) -> bool:
        """Tell whether what is shown is what is printed, `[…]` standing for any lines."""
        pattern = "".join("(?:.*\n)*" if line == CUT else f"{re.escape(plain(line))}\n" for line in self.shown)
        return re.fullmatch(pattern, "".join(f"{plain(line)}\n" for line in self.printed)) is not None

    def true(self) -> list[str]:
        """Return what is shown, with the very characters that are printed."""
        exact = {plain(line): line for line in self.printed}
        return [exact.get(plain(line), line) for line in self.shown]


@dataclass
class Block:
    """One session of a page."""

    place: str
    typed: str
    steps: list[Step]
    span: tuple[int, int]


def blocks(text: str) -> Iterator[Block]:
    """Yield the sessions of a page that are to be run."""
    for found in _BLOCK.finditer(text):
        steps: list[Step] = []
        for line in found["body"].splitlines():
            if line.startswith("$ "):
                steps.append(Step(line[2:]))
            else:
                steps[-1].shown.append(line)
        yield Block(found["place"], found["typed"], steps, found.span("body"))


def run_page(text: str) -> list[Block]:
    """Run the sessions of a page, in order, in a folder of their own."""
    found = list(blocks(text))
    environment = {"COLUMNS": WIDTH, "NO_COLOR": "1", "XDG_CACHE_HOME": os.environ.get("XDG_CACHE_HOME", "")}
    if not environment["XDG_CACHE_HOME"]:
        del environment["XDG_CACHE_HOME"]
    with tempfile.TemporaryDirectory() as folder, mock.patch.dict(os.environ, environment):
        place = Path(folder)
        for number, block in enumerate(found):
            if block.place != "suite":
                place = Path(folder) / str(number)
                _set_up(block.place, place)
            with contextlib.chdir(place):
                typed = _prepared(block.typed)
                for step in block.steps:
                    step.printed = _run(step.command, typed)
    return found


def _set_up(name: str, place: Path) -> None:
    if name == "vide":
        place.mkdir()
    elif name == "projet":
        for part in ("examples", "rules", "templates"):
            shutil.copytree(ROOT / part, place / part)
    else:
        shutil.copytree(ROOT / "examples" / name, place)


def _prepared(typed: str) -> str:
    """Carry out the hidden commands, and return what is typed at the keyboard."""
    lines = typed.splitlines(keepends=True)
    for line in lines:
        if line.startswith("! retouche "):
            edit(*shlex.split(line)[2:])
        elif line.startswith("! "):
            _run(line[2:].strip(), "")
    return "".join(line for line in lines if not line.startswith("! "))


def edit(source: str, target: str, old: str, new: str) -> None:
    """Do what a person does in Word: write a word in place of another."""
    with zipfile.ZipFile(source) as read, zipfile.ZipFile(target, "w") as written:
        for item in read.infolist():
            content = read.read(item)
            if item.filename == "word/document.xml":
                content = content.replace(old.encode(), new.encode())
            written.writestr(item, content)


def _run(command: str, typed: str) -> list[str]:
    if command.startswith("clausegen "):
        words, _, target = command.partition(" > ")
        printed = _program(shlex.split(words)[1:], typed, Path(target) if target else None)
    else:
        done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, timeout=20, check=False)
        printed = done.stdout + done.stderr
    return printed.splitlines()


def _program(args: list[str], typed: str, target: Path | None) -> str:
    """Run the program here: starting Python for each command would take most of the time."""
    screen = io.StringIO()
    out = screen if target is None else io.StringIO()
    with (
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(screen),
        mock.patch.object(sys, "stdin", io.StringIO(typed)),
    ):
        main(args)
    if target is not None:
        target.write_text(out.getvalue(), encoding="utf-8")
    return screen.getvalue()


def rewritten(text: str) -> tuple[str, list[Step]]:
    """Return a page with what its sessions print today, and the steps whose `[…]` no longer fit."""
    stuck: list[Step] = []
    for block in reversed(run_page(text)):
        lines: list[str] = []
        for step in block.steps:
            if CUT in step.shown and not step.holds():
                stuck.append(step)
            lines += [f"$ {step.command}", *(step.true() if CUT in step.shown else step.printed)]
        start, end = block.span
        text = text[:start] + "".join(f"{line}\n" for line in lines) + text[end:]
    return text, stuck


if __name__ == "__main__":
    for page in sys.argv[1:] or PAGES:
        path = ROOT / page
        new, wrong = rewritten(path.read_text(encoding="utf-8"))
        path.write_text(new, encoding="utf-8")
        for step in wrong:
            sys.stdout.write(f"{page} : à reprendre : $ {step.command}\n" + "\n".join(step.printed) + "\n\n")
