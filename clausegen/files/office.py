"""LibreOffice, when it is there: finding it, and asking it to convert a file in a profile of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from clausegen.errors import ClausegenError

COMMANDES = ("soffice", "libreoffice")
DELAI = 120
"""Seconds that a conversion may take."""
_WINDOWS = ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")
_MACOS = "/Applications/LibreOffice.app/Contents/MacOS/soffice"


def find_office() -> Path | None:
    """Return the program of LibreOffice: on the PATH, else where installers put it; None when it is not there."""
    for name in COMMANDES:
        found = shutil.which(name)
        if found:
            return Path(found)
    places = [Path(_MACOS), Path.home() / _MACOS.lstrip("/")]
    for variable in _WINDOWS:
        folder = os.environ.get(variable)
        if folder:
            places.append(Path(folder) / "LibreOffice" / "program" / "soffice.exe")
    return next((place for place in places if place.is_file()), None)


def convert(content: bytes, name: str, extension: str, filtre: str, *, epoch: int, delai: float = DELAI) -> bytes:
    """Return a file converted by LibreOffice, which opens it in a profile made for it and thrown away.

    Args:
        content: the file.
        name: its name, whose suffix tells what it is.
        extension: of the file wanted, such as `pdf`.
        filtre: what LibreOffice is asked for, such as `pdf:writer_pdf_Export`.
        epoch: the second that stands for now in the file: no clock reaches a document.
        delai: seconds after which it is stopped.

    Raises:
        ClausegenError: LibreOffice is not there, fails, or takes too long.
    """
    office = find_office()
    if office is None:
        raise ClausegenError(
            "Le format pdf demande LibreOffice, qui est introuvable sur cet ordinateur. Installez-le, ou demandez "
            "--format docx et enregistrez la pièce en PDF depuis votre traitement de texte."
        )
    with tempfile.TemporaryDirectory(prefix="clausegen-", ignore_cleanup_errors=True) as temporary:
        folder = Path(temporary)
        source = folder / name
        source.write_bytes(content)
        profile = (folder / "profil").as_uri()
        command = [str(office), f"-env:UserInstallation={profile}", "--headless", "--norestore", "--nolockcheck"]
        command += ["--convert-to", filtre, "--outdir", str(folder), str(source)]
        _run(command, delai, os.environ | {"SOURCE_DATE_EPOCH": str(epoch)})
        produced = source.with_suffix(f".{extension}")
        if not produced.is_file() or not produced.stat().st_size:
            raise ClausegenError("LibreOffice n'a produit aucun fichier pdf. Réessayez, ou demandez --format docx.")
        return produced.read_bytes()


def _run(command: list[str], delai: float, environment: dict[str, str]) -> None:
    """Run a program and, past its time, stop it with its children."""
    try:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=environment,
            start_new_session=sys.platform != "win32",
        )
    except OSError as error:
        raise ClausegenError("LibreOffice ne se lance pas : vérifiez son installation.") from error
    try:
        code = process.wait(delai)
    except subprocess.TimeoutExpired as error:
        _stop(process)
        raise ClausegenError(
            f"LibreOffice n'a pas fini la conversion en {delai:g} secondes : elle est abandonnée. "
            "Réessayez, ou demandez --format docx."
        ) from error
    except BaseException:
        _stop(process)
        raise
    if code:
        raise ClausegenError(f"LibreOffice a échoué (code {code}). Réessayez, ou demandez --format docx.")


def _stop(process: subprocess.Popen[bytes]) -> None:
    """The program starts another that does the work: both go."""
    if sys.platform == "win32":
        process.kill()
    else:
        import signal

        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
