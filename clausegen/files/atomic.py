"""Write a file whole or not at all, so that a full disk or a cut leaves the former version in place."""

from __future__ import annotations

import contextlib
import errno
import os
import re
from pathlib import Path

from clausegen.errors import ClausegenError
from clausegen.files.reasons import raison
from clausegen.regex import late

_RESERVED = late(r"^(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?$", re.IGNORECASE)
_FORBIDDEN = late(r'[<>:"/\\|?*\x00-\x1f\x7f]')
_TEMPORARY = late(r"\.clausegen-[0-9a-f]{12}\.tmp")
_STALE = 600
"""Seconds after which a temporary file is one that a killed process left."""
_FULL = frozenset({errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)})


def safe_name(nom: str) -> bool:
    """Tell whether a file name can be written on every system, inside its folder and nowhere else."""
    if not nom or nom != nom.strip() or nom.startswith(".") or nom.endswith(".") or len(nom.encode()) > 200:
        return False
    return not (_FORBIDDEN.search(nom) or _RESERVED.match(nom))


def cannot_write(path: Path, error: OSError) -> ClausegenError:
    """Say in French why a path cannot be written, and what to do."""
    if error.errno in _FULL:
        why = "le disque est plein. Libérez de la place et relancez."
    elif error.errno == errno.EROFS:
        why = "ce disque est en lecture seule. Choisissez un autre dossier avec -o."
    elif isinstance(error, PermissionError) and path.is_file():
        why = (
            "le fichier est ouvert dans un autre programme, ou le dossier est protégé. "
            "Fermez le fichier ou choisissez un autre dossier avec -o."
        )
    elif isinstance(error, PermissionError):
        why = "vous n'avez pas le droit d'écrire dans ce dossier. Choisissez-en un autre avec -o."
    elif isinstance(error, NotADirectoryError | FileExistsError):
        why = "un fichier porte le nom d'un dossier à créer. Choisissez un autre dossier avec -o."
    elif isinstance(error, IsADirectoryError):
        why = "un dossier porte ce nom. Renommez-le."
    else:
        why = f"{raison(error)}."
    return ClausegenError(f"Impossible d'écrire « {path} » : {why}")


def make_folder(folder: Path) -> None:
    """Create a folder and its parents.

    Raises:
        ClausegenError: the folder cannot be created.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise cannot_write(folder, error) from error


def write_whole(path: Path, contenu: bytes) -> None:
    """Write a file whole or leave it as it was; a symbolic link is replaced, never followed.

    Args:
        path: its folder must exist.
        contenu: every byte of the file.

    Raises:
        ClausegenError: read-only folder, full disk, file open elsewhere.
    """
    # In the same folder, so that the move is atomic; opened by us, since a `tempfile` would be readable by us alone.
    temporary = path.with_name(f".clausegen-{os.urandom(6).hex()}.tmp")
    try:
        with temporary.open("xb") as stream:
            stream.write(contenu)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.replace(path)
    except BaseException as error:
        # After a failure or Ctrl-C, nothing half-written stays behind.
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise cannot_write(path, error) from error
        raise


def sweep(folder: Path) -> None:
    """Remove the temporary files that killed processes left in a folder; one that may be in use is spared."""
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        # The folder was just written in: its time is now, by the clock of the disk that holds it.
        now = folder.stat().st_mtime
        for entry in entries:
            if _TEMPORARY.fullmatch(entry.name) and entry.stat(follow_symlinks=False).st_mtime < now - _STALE:
                with contextlib.suppress(OSError):
                    Path(entry.path).unlink()
