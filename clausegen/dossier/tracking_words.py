"""The words of the tracking workbook, read from `templates/suivi`, fitted to a market."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from clausegen.dossier.workbook import Colonne
from clausegen.errors import ClausegenError
from clausegen.files import yamlbuild, yamlscalars, yamltext, yamltree
from clausegen.files.cache import key_of, load, stamp, store
from clausegen.files.shipped import shipped
from clausegen.french.typography import typography

KIND = "suivi"
FICHIERS = ("lisez-moi", "marche", "saisie", "synthese", "listes")


@cache
def tracking_words(folder: Path | None = None) -> dict[str, Any]:
    """Return the content of each file of words.

    Args:
        folder: another folder of templates.

    Raises:
        ClausegenError: a file is missing or does not read.
    """
    root = (folder or shipped("templates")) / "suivi"
    texts = {name: _text(root, name) for name in FICHIERS}
    readers = stamp(yamltree.__file__, yamlbuild.__file__, yamlscalars.__file__, yamltext.__file__)
    key = key_of(*texts.values(), readers)
    with suppress(TypeError, ValueError):
        kept = json.loads(load(KIND, key) or b"")
        if isinstance(kept, dict) and tuple(kept) == FICHIERS:
            return kept
    found = {name: _read(text, _shown(name)) for name, text in texts.items()}
    with suppress(TypeError):
        written = json.dumps(found, ensure_ascii=False)
        if json.loads(written) == found:
            store(KIND, key, written.encode())
    return found


def _text(root: Path, name: str) -> str:
    try:
        return (root / f"{name}.yaml").read_text(encoding="utf-8")
    except OSError as error:
        raise ClausegenError(f"{_shown(name)} est introuvable : les mots du classeur de suivi y sont.") from error


def _read(text: str, shown: str) -> Any:
    arbre = yamltree.read_yaml(text, shown)
    if arbre.diagnostics:
        raise ClausegenError(f"{shown} ne se lit pas : {arbre.diagnostics[0].message}")
    return yamltree.plain(arbre)


def _shown(name: str) -> str:
    return f"templates/suivi/{name}.yaml"


_typeset = lru_cache(maxsize=2_048)(typography)
"""The words of the workbook come back in each market, and in each of its sheets."""


class Mots:
    """The words, with what they depend on.

    Args:
        contenu: the files.
        faits: what is true of the market, such as `accord_cadre`: a part with `si` is kept when one of these holds.
        valeurs: what `{acheteur}` and the like stand for.
    """

    def __init__(self, contenu: Mapping[str, Any], faits: frozenset[str], valeurs: Mapping[str, str]) -> None:
        self.contenu = contenu
        self._faits = faits
        self._valeurs = dict(valeurs)

    def retenu(self, entry: Mapping[str, Any]) -> bool:
        """Tell whether a part of the words concerns this market."""
        return "si" not in entry or bool(self._faits.intersection(entry["si"]))

    def texte(self, words: str, **valeurs: object) -> str:
        """Return words with their values, in French typography.

        Raises:
            ClausegenError: the words ask for a value that does not exist.
        """
        try:
            return _typeset(words.format_map(self._valeurs | valeurs if valeurs else self._valeurs))
        except (KeyError, ValueError, IndexError, AttributeError) as error:
            raise ClausegenError(f"templates/suivi : la phrase « {words} » emploie un nom inconnu.") from error

    def textes(self, words: list[str]) -> list[str]:
        """Return several sentences."""
        return [self.texte(word) for word in words]

    def colonnes(self, rows: list[dict[str, Any]]) -> tuple[Colonne, ...]:
        """Return the columns of a table that concern this market."""
        return tuple(
            Colonne(
                row["cle"],
                self.texte(row["titre"]),
                row.get("format", "texte"),
                row.get("largeur", 14),
                row.get("saisie", False),
                self.texte(row.get("aide", "")),
                self.texte(row.get("refus", "")),
            )
            for row in rows
            if self.retenu(row)
        )

    def messages(self, entry: Mapping[str, Any], **valeurs: object) -> dict[str, str]:
        """Return the messages of a sheet's controls."""
        return {key: self.texte(text, **valeurs) for key, text in entry["messages"].items()}
