import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MARCHE = ROOT / "examples" / "espaces-verts" / "marche.yaml"

Lancer = Callable[..., "subprocess.CompletedProcess[bytes]"]


@pytest.fixture
def lancer(tmp_path: Path) -> Lancer:
    """Run the program in a process of its own, from an empty folder, under the variables given."""

    def run(
        *args: object, dans: Path | None = None, stdin: bytes = b"", **variables: str
    ) -> "subprocess.CompletedProcess[bytes]":
        known = {k: v for k, v in os.environ.items() if not k.startswith(("LC_", "LANG", "PYTHON", "TZ"))}
        known |= {"PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "error"} | variables
        return subprocess.run(
            [sys.executable, "-m", "clausegen", *map(str, args)],
            cwd=dans or tmp_path,
            env=known,
            input=stdin,
            capture_output=True,
            timeout=180,
            check=False,
        )

    return run
