"""The project can be checked out on any system: short paths, no reserved name, no two names that differ by case."""

import os
import unicodedata
from collections import Counter
from pathlib import Path

from clausegen.files.atomic import safe_name

ROOT = Path(__file__).resolve().parents[2]
APART = {".git", "build", "dist", "dossier", "node_modules", "venv", "__pycache__"}
HIDDEN_KEPT = {".ci", ".pre-commit-hooks.yaml", ".gitignore", ".gitattributes", ".github"}


def paths() -> list[str]:
    found = []
    for here, folders, files in os.walk(ROOT):
        folders[:] = [
            f for f in folders if f not in APART and (f in HIDDEN_KEPT or not f.startswith(".")) and ".egg" not in f
        ]
        kept = [f for f in files if f in HIDDEN_KEPT or not f.startswith(".")]
        found += [Path(here, name).relative_to(ROOT).as_posix() for name in [*folders, *kept]]
    assert len(found) > 300
    return found


def test_no_path_is_long() -> None:
    assert [path for path in paths() if len(path) > 150] == []


def test_every_name_can_be_written_on_windows() -> None:
    assert [path for path in paths() if not safe_name(Path(path).name) and Path(path).name not in HIDDEN_KEPT] == []


def test_no_two_paths_differ_by_case_or_by_form_alone() -> None:
    known = Counter(unicodedata.normalize("NFC", path).casefold() for path in paths())
    assert [path for path, number in known.items() if number > 1] == []


def test_names_are_plain_ascii() -> None:
    assert [path for path in paths() if not path.isascii()] == []
