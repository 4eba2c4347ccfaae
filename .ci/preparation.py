"""Build hook: compile rules and templates for the Python that builds, so that the first run need not.

A package built elsewhere, or without what clausegen depends on, works all the same: its first run is slower.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

PLACE = Path("clausegen", "_shipped", "prepared")


class Preparation(BuildHookInterface):  # type: ignore[type-arg]
    """Adds what was compiled to a wheel; an editable installation finds it in the checkout."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile, in a process that knows nothing but the sources."""
        root = Path(self.root)
        self._folder = Path(tempfile.mkdtemp(prefix="clausegen-"))
        # What a build in isolation may import is on the path of modules as well.
        path = os.pathsep.join(filter(None, (str(root), *sys.path)))
        environment = os.environ | {"CLAUSEGEN_CACHE": str(self._folder), "PYTHONPATH": path, "PYTHONHASHSEED": "0"}
        command = [sys.executable, "-B", "-m", "clausegen.workflow.prepare"]
        done = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)
        if done.returncode:
            reason = (done.stderr.strip().splitlines() or ["?"])[-1]
            self.app.display_warning(f"Rien n'est préparé ({reason}) : la première exécution sera plus lente.")
        elif version == "editable":
            shutil.rmtree(root / PLACE, ignore_errors=True)
            (root / PLACE).mkdir(parents=True)
            for entry in self._folder.iterdir():
                shutil.copyfile(entry, root / PLACE / entry.name)
        else:
            build_data["force_include"][str(self._folder)] = PLACE.as_posix()

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:  # noqa: ARG002
        """Leave nothing behind."""
        shutil.rmtree(self._folder, ignore_errors=True)
