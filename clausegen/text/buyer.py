"""A buyer's own templates: a folder whose files replace those of the same path among the templates of the program."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path

from clausegen.errors import ClausegenError
from clausegen.files.listing import read_folder
from clausegen.files.shipped import shipped
from clausegen.record import dataclass
from clausegen.text.slots import clean

EXTRA = "acheteur/"
"""Folder where a buyer may keep parts of its own, which no path of the program's templates answers to."""
SUFFIX = ".md.j2"
LARGEST_FILE, LARGEST_FOLDER, MOST_ENTRIES = 200_000, 2_000_000, 2_000


@dataclass(frozen=True, slots=True)
class GabaritsAcheteur:
    """Templates of a buyer, read whole.

    Args:
        dossier: the folder, as the user wrote it.
        sources: path within the folder, with `/`, and content.
        empreinte: fingerprint of those paths and contents.
    """

    dossier: str
    sources: tuple[tuple[str, str], ...]
    empreinte: str


def fingerprint(contents: Iterator[tuple[str, bytes]]) -> str:
    """Return the fingerprint of files, by path and content, whatever the ends of lines."""
    total = sha256()
    for path, content in contents:
        total.update(f"{path}\0{sha256(content.replace(bytes((13, 10)), bytes((10,)))).hexdigest()}\n".encode())
    return f"sha256:{total.hexdigest()}"


@cache
def shipped_contents() -> dict[str, bytes]:
    """Return the files of the program's templates, by path, in order."""
    return dict(sorted(read_folder(shipped("templates"), ".j2", ".yaml").items()))


def shipped_files() -> tuple[str, ...]:
    """Return the paths of the files of the program's templates, in order."""
    return tuple(shipped_contents())


@cache
def shipped_fingerprint() -> str:
    """Return the fingerprint of the templates that travel with the program."""
    return fingerprint(iter(shipped_contents().items()))


def read_buyer(folder: Path) -> GabaritsAcheteur:
    """Read a folder of templates.

    Args:
        folder: the value of `--gabarits`.

    Raises:
        ClausegenError: there is no such folder, it replaces nothing, or it holds what cannot be taken: a link, a file
            that is too large or not text, a path that the program does not know.
    """
    if not folder.is_dir():
        raise _refusal(f"« {folder} » n'est pas un dossier.")
    known = frozenset(shipped_files())
    contents: dict[str, bytes] = {}
    total, others = 0, []
    for name, path in _entries(folder):
        if _taken(name, known):
            contents[name] = _content(path)
            total += len(contents[name])
            if total > LARGEST_FOLDER:
                raise _refusal(f"le dossier « {folder} » dépasse {LARGEST_FOLDER // 1_000_000} Mo de gabarits.")
        else:
            others.append(name)
    if not any(name in known for name in contents):
        near = _nearest([*contents, *others])
        raise _refusal(
            f"le dossier « {folder} » ne remplace aucun gabarit : un fichier y porte le même chemin que celui qu'il "
            f"remplace, par exemple « {near} »."
        )
    sources = tuple((name, _text(name, content)) for name, content in sorted(contents.items()))
    return GabaritsAcheteur(str(folder), sources, fingerprint(iter(sorted(contents.items()))))


def _refusal(why: str) -> ClausegenError:
    return ClausegenError(f"--gabarits : {why}")


def _entries(folder: Path) -> Iterator[tuple[str, Path]]:
    """List the files of a folder, hidden ones left out; links are refused, since they could lead anywhere."""
    seen = 0
    for root, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in (*folders, *sorted(files)):
            path = Path(root) / name
            seen += 1
            if seen > MOST_ENTRIES:
                raise _refusal(f"le dossier « {folder} » contient plus de {MOST_ENTRIES} entrées.")
            if path.is_symlink() or (hasattr(path, "is_junction") and path.is_junction()):
                raise _refusal(f"« {path} » est un lien : copiez le fichier lui-même dans le dossier.")
            if name in files and not name.startswith("."):
                yield path.relative_to(folder).as_posix(), path


def _taken(name: str, known: frozenset[str]) -> bool:
    """Tell whether a file is a template to take; one that looks like a template and is none is refused."""
    if name.endswith(SUFFIX) and (name in known or name.startswith(EXTRA)):
        return True
    if name in known:
        raise _refusal(f"« {name} » ne se remplace pas : seuls les gabarits de texte, en {SUFFIX}, se remplacent.")
    if f"{name}.j2" in known or name.endswith(".j2"):
        near = _nearest([name])
        raise _refusal(
            f"« {name} » n'est pas un gabarit de clausegen. Vouliez-vous dire « {near} » ? "
            f"Une partie propre à l'acheteur se range dans « {EXTRA} »."
        )
    return False


def _nearest(names: list[str]) -> str:
    """Return the path of a template that is closest to one of some names; that of a part, for want of any."""
    from difflib import get_close_matches

    paths = [name for name in shipped_files() if name.endswith(SUFFIX)]
    for name in names:
        near = get_close_matches(name.casefold(), paths, n=1, cutoff=0.6)
        same = [path for path in paths if path.rsplit("/", 1)[-1].split(".")[0] == Path(name).name.split(".")[0]]
        if found := (same or near):
            return found[0]
    return next(path for path in paths if "/parts/" in path)


def _content(path: Path) -> bytes:
    try:
        state = path.stat()
        if not stat.S_ISREG(state.st_mode):
            raise _refusal(f"« {path} » n'est pas un fichier ordinaire.")
        with path.open("rb") as file:
            content = file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise _refusal(f"« {path} » ne peut pas être lu.") from error
    if len(content) > LARGEST_FILE:
        raise _refusal(f"« {path} » dépasse {LARGEST_FILE // 1000} Ko.")
    return content


def _text(name: str, content: bytes) -> str:
    try:
        text = content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise _refusal(f"« {name} » n'est pas du texte en UTF-8.") from error
    if clean(text) != text.replace("\t", " ").replace("\u2028", "\n"):
        raise _refusal(f"« {name} » contient un caractère de commande ou réservé.")
    return text
