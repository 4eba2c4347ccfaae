"""The file of the conversation: written with its open questions, read back with what a person put in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import field
from typing import Any

from clausegen.assistant.comments import Remarque, remarks
from clausegen.assistant.script import Script
from clausegen.assistant.session import Session
from clausegen.assistant.values import Valeurs
from clausegen.description import dump
from clausegen.description.load import Lecture
from clausegen.files.treepath import Chemin, format_path
from clausegen.files.yamlscalars import Scalaire, iso_date
from clausegen.files.yamltree import Arbre, Noeud
from clausegen.french.typography import plain
from clausegen.record import dataclass

ENTETE = (
    "Description d'un marché, écrite avec « clausegen init » : la même commande la reprend.",
    "Une ligne « # clé: … » est une question encore ouverte : enlevez le # et complétez, ou laissez-la.",
    "« clausegen check » vérifie ce fichier, « clausegen explain » dit la décision, « clausegen draft » rédige.",
)
_REFUSED = "Répondu « non » : {}. Effacez cette ligne pour que la question revienne."
_REFUSED_READ = re.compile(re.escape(_REFUSED).replace(r"\{\}", "(.*)"))
_MODELINE = "yaml-language-server:"
_LONG = 40
"""Characters that the first line of a question cut in two has at least."""
_ASKED = re.compile(r"(?:- )?[a-z_]+:(?:\s+…)?(?:\s+#.*)?")


@dataclass(frozen=True, slots=True)
class Reprise:
    """What a file held when the conversation takes it up.

    Args:
        valeurs: its values.
        commentaires: a person's remarks, by key path.
        entete: a person's remarks that belong to no key.
        premiere: its first line, when it tells editors where the schema is.
        ecartees: questions answered no, which no value tells.
    """

    valeurs: Valeurs = field(default_factory=dict)
    commentaires: Mapping[str, str] = field(default_factory=dict)
    entete: tuple[str, ...] = ()
    premiere: str = ""
    ecartees: frozenset[str] = frozenset()


def text(session: Session, reprise: Reprise) -> str:
    """Return the whole file as it stands.

    Args:
        session: the conversation.
        reprise: the remarks to keep.
    """
    refused = [_REFUSED.format(", ".join(session.ecartees()))] if session.ecartees() else []
    header = [*ENTETE, *refused, *reprise.entete]
    found = dump.dump(session.valeurs(), dict(reprise.commentaires), header, session.reste())
    if reprise.premiere:
        found = reprise.premiere + found[found.index("\n") :]
    return found


def take_up(lecture: Lecture, texte: str, script: Script) -> Reprise:
    """Return what a file that loads holds, remarks included.

    Args:
        lecture: the file, read without any fault.
        texte: its text.
        script: the questions, to tell those of the program from a person's remarks.
    """
    asked = {plain(script.fait(cle).get("question", "")) for cle in script.cles()}
    lines = texte.removeprefix("\ufeff").splitlines()
    keys = _keys_by_line(lecture.arbre)
    comments: dict[str, str] = {}
    header: list[str] = []
    refused: set[str] = set()
    first, last = "", 0
    for remark in remarks(lines):
        if refusal := _REFUSED_READ.fullmatch(plain(remark.texte)):
            refused |= {key for key in refusal[1].split(", ") if script.fiche(key).non_suffit}
        elif _ours(remark, asked, follows=last == remark.ligne - 1):
            last = remark.ligne
        elif _MODELINE in remark.texte:
            first = first or lines[remark.ligne - 1].strip()
        elif chemin := _owner(remark, keys):
            comments[chemin] = f"{comments[chemin]} {remark.texte}" if chemin in comments else remark.texte
        else:
            header.append(remark.texte)
    values: Valeurs = {str(k): v for k, v in _plain(lecture.arbre.racine).items() if k != "version"}
    return Reprise(values, comments, tuple(header), first, frozenset(refused))


def _ours(remark: Remarque, asked: set[str], *, follows: bool) -> bool:
    """Tell whether the program wrote a remark: its heading, or a question left open, on several lines if it is long.

    Args:
        remark: the comment.
        asked: every question of the program.
        follows: whether the line before is the program's too.
    """
    if not remark.seule:
        return False
    bare = plain(remark.texte)
    if bare in ENTETE or bare in asked:
        return True
    if any(q.startswith(bare) if len(bare) > _LONG else follows and q.endswith(bare) for q in asked):
        return True
    return _ASKED.fullmatch(bare) is not None and ("…" in bare or bare.endswith(":") or "#" in bare)


def _owner(remark: Remarque, keys: Mapping[int, str]) -> str:
    """Return the key of a remark: that of its line, or the first one below; none above the first key."""
    if not remark.seule:
        return keys.get(remark.ligne, "")
    if remark.ligne < min(keys, default=0):
        return ""
    return next((keys[line] for line in sorted(keys) if line > remark.ligne), "")


def _keys_by_line(arbre: Arbre) -> dict[int, str]:
    found: dict[int, str] = {}
    for path in _paths(arbre.racine, ()):
        place = arbre.position_cle(path)
        if place is not None and isinstance(path[-1], str):
            found.setdefault(place.ligne, format_path(path))
    return found


def _paths(node: Noeud, path: Chemin) -> Iterator[Chemin]:
    items: Any = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, child in items:
        yield (*path, key)
        yield from _paths(child, (*path, key))


def _plain(node: Noeud) -> Any:
    """Return ordinary values; what would not be written back as it was stays the text that it was."""
    if isinstance(node, dict):
        return {key: _plain(value) for key, value in node.items()}
    if isinstance(node, list):
        return [_plain(item) for item in node]
    if not isinstance(node, Scalaire):
        return node
    if node.cite:
        return str(node)
    value = node.valeur
    if isinstance(value, bool):
        return value
    return value if not isinstance(value, str) and str(value) == str(node) else iso_date(str(node))
