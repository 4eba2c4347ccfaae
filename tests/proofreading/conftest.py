"""The pieces of every example, rendered once a session, and what one rule says of a document."""

from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from clausegen.diagnostics import Niveau
from clausegen.french.typography import plain
from clausegen.law.rulebook import rulebook
from clausegen.proofreading.context import context
from clausegen.proofreading.registry import proofread
from clausegen.reading.document import Document
from clausegen.reading.tokens import read_texte
from clausegen.workflow.examine import examiner

EXAMPLES = sorted((Path(__file__).resolve().parents[2] / "examples").glob("*/marche.yaml"))


@dataclass(frozen=True)
class Exemple:
    """The pieces of one example, as documents, and its figures."""

    nom: str
    pieces: dict
    dossier: object


@pytest.fixture(scope="session")
def livre():
    return rulebook()


@pytest.fixture(scope="session")
def exemples():
    found = []
    for path in EXAMPLES:
        examen = examiner(path)
        pieces = {piece: read_texte(texte, f"{piece}.docx") for piece, texte in examen.textes.items()}
        found.append(Exemple(path.parent.name, pieces, examen.dossier))
    return {one.nom: one for one in found}


@pytest.fixture(scope="session")
def lire(livre):
    """Read a document by some rules: the findings as (code, level, words, message), information left out."""

    def read(document, codes, *, dossier=None, jour=None, autres=None, tout=False):
        contexte = context(document, livre, jour, dossier, autres)
        found = []
        for controle, constat in proofread(contexte, codes):
            niveau = constat.niveau or controle.niveau
            if tout or niveau is not Niveau.INFORMATION:
                words = "" if constat.bloc is None else plain(constat.bloc.texte[constat.debut : constat.fin])
                found.append((controle.code, niveau, words, constat.message))
        return found

    return read


@pytest.fixture(scope="session")
def change():
    """Return a document in which `old` became `new` in the first block that holds it (all of them with `partout`)."""

    def swap(document: Document, old: str, new: str, *, partout=False) -> Document:
        blocs, done = [], False
        for bloc in document.blocs:
            if (partout or not done) and old in plain(bloc.texte):
                text = plain(bloc.texte).replace(old, new)
                blocs.append(replace(bloc, texte=text, avant=text, champs=(), commentaires=()))
                done = True
            else:
                blocs.append(bloc)
        assert done, f"{old!r} stands nowhere"
        return replace(document, blocs=tuple(blocs))

    return swap
