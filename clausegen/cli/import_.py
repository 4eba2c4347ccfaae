"""`clausegen import`: a notice, essential data or a purchase plan to `marche.yaml`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from clausegen.cli.console import result, tell, written
from clausegen.cli.declared import Argument, Option
from clausegen.cli.exits import CONSTATS, REUSSI
from clausegen.cli.findings import code_of, say
from clausegen.errors import ClausegenError
from clausegen.exchange.importers.registry import import_bytes, read_file
from clausegen.exchange.yamlout import Description, describe
from clausegen.files.atomic import make_folder, write_whole
from clausegen.law.openwords import open_words
from clausegen.law.rulebook import rulebook

AIDE = """
Lit un avis (eForms, TED, BOAMP), des données essentielles ou un plan d'achats, et en tire une description commentée :
chaque valeur avec sa place dans le fichier, chaque manque en question. Rien n'est inventé ; une réservation ou une
clause annoncée reste à confirmer. Sans -o, la description est affichée ; un fichier qui contient plusieurs marchés
demande -o DOSSIER.
"""


def run(
    avis: Annotated[str, Argument(metavar="AVIS", help="avis, données essentielles ou plan d'achats")],
    sortie: Annotated[
        str | None,
        Option("-o", metavar="FICHIER", help="description à écrire, ou dossier s'il y a plusieurs marchés"),
    ] = None,
    ecraser: Annotated[bool, Option("--ecraser", help="remplace une description qui existe déjà")] = False,
) -> int:
    """Import a file."""
    livre = rulebook()
    vocab = open_words(livre)
    found = [describe(each, vocab) for each in import_bytes(read_file(Path(avis)), avis, livre)]
    if sortie is None:
        if len(found) > 1:
            raise ClausegenError(f"Ce fichier contient {len(found)} marchés : donnez un dossier avec -o.")
        result(found[0].texte.rstrip("\n"))
        code = REUSSI
    else:
        code = _write(_targets(found, Path(sortie)), ecraser)
    for description in found:
        if len(found) > 1:
            tell(f"{description.nom} : {description.bilan}.")
        say(description.constats)
        code = max(code, code_of(description.constats))
    if len(found) == 1:
        tell(f"{found[0].bilan}.")
    return code


def _targets(found: list[Description], sortie: Path) -> dict[Path, Description]:
    """Return where each description goes: the file named, or files of a folder."""
    if len(found) == 1:
        return {sortie / "marche.yaml" if sortie.is_dir() else sortie: found[0]}
    if sortie.exists() and not sortie.is_dir():
        raise ClausegenError(
            f"-o : le fichier importé contient {len(found)} marchés, et « {sortie} » n'est pas un dossier."
        )
    return {sortie / f"{description.nom}.yaml": description for description in found}


def _write(targets: dict[Path, Description], ecraser: bool) -> int:
    """Write what does not exist yet; what does belongs to a person."""
    code, paths = REUSSI, ""
    for path, description in targets.items():
        if path.exists() and not ecraser:
            tell(f"Le fichier « {path} » existe déjà : il est laissé tel quel. --ecraser le remplace.")
            code = CONSTATS
            continue
        make_folder(path.parent)
        write_whole(path, description.texte.encode("utf-8"))
        paths += f"{path}\n"
    written(paths)
    return code
