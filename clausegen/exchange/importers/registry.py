"""The formats, each read by a module that is imported on use; and the way from a file to its descriptions."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path
from typing import cast

from clausegen.diagnostics import Diagnostic
from clausegen.errors import ClausegenError
from clausegen.exchange.importers.buyer import draw_buyer
from clausegen.exchange.importers.content import OCTETS, read
from clausegen.exchange.importers.detect import BOAMP, DECP, EFORMS, PLAN, TED, detect
from clausegen.exchange.importers.interface import AvisLu, Importation, Importeur, Tables
from clausegen.exchange.importers.lots import draw_lots
from clausegen.exchange.importers.market import draw_cpv, draw_market, draw_value, questions_of
from clausegen.exchange.importers.place import draw_place
from clausegen.exchange.importers.sketch import Brouillon
from clausegen.exchange.importers.social import Mentions, ask_social
from clausegen.exchange.importers.words import bare
from clausegen.files.reasons import raison
from clausegen.french.dates import en_lettres, parse_day
from clausegen.law.openwords import open_words
from clausegen.law.rulebook import Rulebook

_HERE = "clausegen.exchange.importers"
IMPORTEURS = {name: f"{_HERE}.{name}" for name in (EFORMS, TED, BOAMP, DECP, PLAN)}
_MOST = 2_000
"""Markets that one file may yield."""
_FOLDER = "echanges/"
_LEGEND = (
    "Près de chaque valeur : « lu » et sa place dans le fichier, « déduit » et comment, ou « à confirmer ».",
    "Une ligne qui commence par « # » au milieu des clés est une question : ôter le « # » et compléter.",
)


def read_file(path: Path) -> bytes:
    """Return the bytes of a file, no more than an import may ask for.

    Raises:
        ClausegenError: it cannot be read.
    """
    try:
        with path.open("rb") as stream:
            return stream.read(OCTETS + 1)
    except OSError as error:
        raise ClausegenError(f"Le fichier « {path} » ne peut pas être lu : {raison(error)}.") from error
    except ValueError as error:
        raise ClausegenError(f"« {path} » n'est pas un nom de fichier.") from error


def read_notices(octets: bytes, livre: Rulebook) -> list[AvisLu]:
    """Return what a file states, market by market, before any of it becomes a description.

    Args:
        octets: the whole file: a notice, essential data or a purchase plan.
        livre: the law, for the tables of codes.

    Raises:
        ClausegenError: the file is in no known format, is hostile, or holds no market.
    """
    contenu = read(octets)
    importer = cast(Importeur, import_module(IMPORTEURS[detect(contenu)]))
    return importer.read_notices(contenu, tables(livre))


def tables(livre: Rulebook) -> Tables:
    """Return the tables of codes."""
    found = {key.removeprefix(_FOLDER): content for key, content in livre.donnees.items() if key.startswith(_FOLDER)}
    return Tables(found)


def import_bytes(octets: bytes, fichier: str, livre: Rulebook) -> tuple[Importation, ...]:
    """Draw the descriptions that a file holds.

    Args:
        octets: the whole file.
        fichier: its name, for the heading and the findings; its format does not depend on it.
        livre: the law, for the tables of codes, the lists and the questions.

    Raises:
        ClausegenError: the file is in no known format, is hostile, or holds no market.
    """
    codes, mentions = tables(livre), Mentions(livre.donnees["echanges/mentions"])
    notices = read_notices(octets, livre)
    if len(notices) > _MOST:
        raise ClausegenError(f"Le fichier contient {len(notices)} marchés : en extraire {_MOST} au plus.")
    return tuple(_draw(avis, rank, fichier, livre, codes, mentions) for rank, avis in enumerate(notices, 1))


def _draw(avis: AvisLu, rank: int, fichier: str, livre: Rulebook, codes: Tables, mentions: Mentions) -> Importation:
    brouillon = Brouillon()
    vocab = open_words(livre)
    draw_cpv(brouillon, "cpv", avis.cpv, vocab)
    draw_market(brouillon, avis, codes, mentions)
    draw_lots(brouillon, avis, vocab)
    draw_value(brouillon, avis)
    draw_place(brouillon, avis, livre.donnees["listes/nuts"]["departements"])
    draw_buyer(brouillon, avis.acheteur, codes["acheteurs"]["groupes"])
    ask_social(brouillon, avis, mentions)
    questions_of(brouillon, livre.question, len(avis.lots))
    found = [*avis.remarques, *brouillon.constats]
    return Importation(
        _name(avis, rank),
        _heading(avis, fichier),
        tuple(brouillon.champs.values()),
        {chemin: "\n".join(asked) for chemin, asked in brouillon.questions.items()},
        tuple(Diagnostic(d.code, d.niveau, d.message, d.chemin, fichier) for d in found),
    )


def _name(avis: AvisLu, rank: int) -> str:
    words = bare(avis.intitule.valeur if avis.intitule is not None else "marche").replace("/", " ").split()
    slug = ""
    for word in words:
        if len(slug) + len(word) > 50:
            break
        slug = f"{slug}-{word}" if slug else word
    return f"{rank:03d}-{re.sub('[^a-z0-9-]', '', slug) or 'marche'}"


def _heading(avis: AvisLu, fichier: str) -> tuple[str, ...]:
    said = f"Importé par clausegen de « {Path(fichier).name} » : {avis.format}"
    said += f", {avis.identifiant}" if avis.identifiant else ""
    try:
        said += f", publié le {en_lettres(parse_day(avis.publication[:10]))}" if avis.publication else ""
    except ValueError:
        pass
    return (f"{said}.", "", *_LEGEND)
