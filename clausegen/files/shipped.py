"""Where `rules/` and `templates/` are: the checkout when there is one, else the copy inside the wheel."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from clausegen.errors import ClausegenError

_PACKAGE = Path(__file__).resolve().parent.parent


def _is_checkout(root: Path) -> bool:
    """An editable install keeps a stale snapshot of shipped files, so the checkout beside the package wins."""
    project = root / "pyproject.toml"
    return project.is_file() and 'name = "clausegen"' in project.read_text(encoding="utf-8")


@cache
def shipped(folder: str) -> Path:
    """Return the folder `rules` or `templates` that travels with the program.

    Args:
        folder: `rules` or `templates`.

    Returns:
        An absolute path that does not depend on the current directory.

    Raises:
        ClausegenError: the installation is incomplete.
    """
    root = _PACKAGE.parent
    candidate = root / folder if _is_checkout(root) else _PACKAGE / "_shipped" / folder
    if not candidate.is_dir():
        raise ClausegenError(
            f"Le dossier « {folder} » livré avec clausegen est introuvable : l'installation est incomplète. "
            "Réinstallez le programme."
        )
    return candidate
