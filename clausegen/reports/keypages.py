"""Every key of `marche.yaml`, from the models and `rules/faits.yaml`: what to write there, and what absence means.

`python -m clausegen.reports.keypages > docs/cles.md` rewrites the documentation.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping
from typing import Any

from clausegen.description.schema import json_schema
from clausegen.dossier.view import NONE_MEANT
from clausegen.french.typography import typography
from clausegen.law.openwords import open_words
from clausegen.law.rulebook import Rulebook, rulebook
from clausegen.record import dataclass
from clausegen.reports.keyvalues import Listes, admitted, shown, words

_ABSENT = re.compile(r"\s*\bAbsente?s? ?: ([^.]*\.)")
_ASKED = "Absente : demandée."
_BLOCK_ASKED = "Absent : ce que vaut l'absence de chacune de ses clés."
_WORKED_OUT = {
    "lots[].heures": "Absentes : `auto`, sauf si les tranches ou les périodes donnent leurs heures.",
    "lots[].calibrage.part_main_oeuvre": "Absente : la part usuelle du secteur.",
    "lots[].calibrage.taux_effort": "Absent : le taux usuel.",
    "lots[].calibrage.cout_horaire": "Absent : un multiple du SMIC à la date de lancement.",
    "lots[].insertion": "Absent : les choix du bloc `insertion` valent pour ce lot.",
}
"""Keys that the calculation fills when nobody does."""


@dataclass(frozen=True, slots=True)
class Cle:
    """What is to be known of a key.

    Args:
        chemin: its path, without indexes: `lots[].calibrage.secteur`.
        titre: what it is.
        valeurs: what may be written, in words.
        mots: the words it admits, each with its label (empty when the word says all); empty for an open value.
        description: what its writer needs to know.
        absence: what its absence means.
        question: the question that its absence asks.
        aide: what helps to answer.
        exemple: an answer as one gives it to `clausegen init`.
        bloc: whether it holds other keys.
        obligatoire: whether the file, or its block, is refused without it.
    """

    chemin: str
    titre: str
    valeurs: str
    mots: tuple[tuple[str, str], ...]
    description: str
    absence: str
    question: str = ""
    aide: str = ""
    exemple: str = ""
    bloc: bool = False
    obligatoire: bool = False


def keys(livre: Rulebook) -> dict[str, Cle]:
    """Return every key by its path, in the order of the models, a block before its keys.

    The keys of `lots[].insertion` are those of `insertion`: they are not told twice.
    """
    vocab = open_words(livre)
    schema = json_schema(vocab)
    listes: Listes = {"secteurs": vocab.secteurs, "publics": vocab.publics}
    found = _walk(schema, schema["$defs"], "", livre, listes)
    return {cle.chemin: cle for cle in found}


def _walk(
    node: Mapping[str, Any], defs: Mapping[str, Any], place: str, livre: Rulebook, listes: Listes
) -> Iterator[Cle]:
    facts = livre.donnees["faits"]["faits"]
    for name, sub in node["properties"].items():
        path = f"{place}.{name}" if place else name
        inner = [(mark, ref) for mark, ref in _blocks(sub, "")]
        required = name in node.get("required", ())
        yield _key(path, sub, facts.get(path, {}), livre, listes, bool(inner), required)
        for mark, ref in inner:
            block = defs[ref]
            # A block whose keys have no question of their own repeats another, which tells them.
            if any(f"{path}{mark}.{key}" in facts for key in block["properties"]):
                yield from _walk(block, defs, f"{path}{mark}", livre, listes)


def _blocks(node: Any, mark: str) -> Iterator[tuple[str, str]]:
    """Yield the blocks that a value may be, with `[]` for the items of a list."""
    if "$ref" in node:
        yield mark, node["$ref"].rpartition("/")[2]
    for part in (*node.get("anyOf", ()), *node.get("oneOf", ())):
        yield from _blocks(part, mark)
    if "items" in node:
        yield from _blocks(node["items"], f"{mark}[]")


def _key(
    path: str,
    node: Mapping[str, Any],
    fact: Mapping[str, str],
    livre: Rulebook,
    listes: Listes,
    bloc: bool,
    obligatoire: bool,
) -> Cle:
    text = str(node.get("description", ""))
    told = _ABSENT.search(text)
    return Cle(
        path,
        node["title"],
        admitted(node, listes),
        words(node, listes),
        _ABSENT.sub("", text).strip(),
        "" if obligatoire else _absence(path, told[0].strip() if told else "", livre, bloc),
        fact.get("question", ""),
        fact.get("aide", ""),
        fact.get("exemple", ""),
        bloc,
        obligatoire,
    )


def _absence(path: str, told: str, livre: Rulebook, bloc: bool) -> str:
    if path in _WORKED_OUT:
        return _WORKED_OUT[path]
    default = livre.donnees["defauts"]["defauts"].get(path)
    if default is not None:
        other = default.get("sans_facilitateur")
        alone = f", ou `{other}` sans facilitateur" if other else ""
        return f"Absente : `{shown(default['valeur'])}`{alone} ({default['origine']}). Écrite `null` : demandée."
    if told:
        return told
    if path in NONE_MEANT:
        return f"Absente : {_none(NONE_MEANT[path])}."
    return _BLOCK_ASKED if bloc else _ASKED


def _none(meant: Any) -> str:
    if meant is None or meant == ():
        return "aucune valeur, et rien n'est demandé"
    return f"`{shown(meant)}`, et rien n'est demandé"


def key_markdown(cle: Cle) -> str:
    """Return what is said of a key."""
    lines = [typography(f"{cle.titre} : {cle.valeurs}."), ""]
    lines += [f"- `{word}`{typography(f' : {label}') if label else ''}" for word, label in cle.mots]
    lines += [""] if cle.mots else []
    sentences = ("Obligatoire." if cle.obligatoire else "", cle.description, cle.absence)
    lines += [typography(" ".join(text for text in sentences if text)), ""]
    if cle.question:
        example = f" Exemple de réponse : {cle.exemple}" if cle.exemple else ""
        help_text = f" {cle.aide}" if cle.aide and cle.aide != cle.description else ""
        lines += [typography(f"Question : « {cle.question} »{help_text}{example}"), ""]
    return "\n".join(lines).rstrip("\n")


def _sections(known: Mapping[str, Cle]) -> dict[str, list[Cle]]:
    """Return the keys by section: those that stand alone first, then each block with its keys."""
    found: dict[str, list[Cle]] = {"": []}
    for cle in known.values():
        root = re.split(r"[.\[]", cle.chemin, maxsplit=1)[0]
        found.setdefault(root if cle.bloc or root != cle.chemin else "", []).append(cle)
    return found


def markdown(livre: Rulebook) -> str:
    """Return the documentation of every key."""
    vocab = open_words(livre)
    lines = [
        "# Les clés de marche.yaml",
        "",
        typography(
            "Ce fichier est écrit par `python -m clausegen.reports.keypages > docs/cles.md`, d'après les modèles de "
            "`clausegen/description/`, `rules/faits.yaml` et `rules/defauts.yaml` : c'est là qu'il se corrige."
        ),
        "",
        typography(
            "Seules `version` et `objet` sont obligatoires. « Absente : demandée » veut dire que rien n'est supposé : "
            "si la décision ou une pièce a besoin du fait, `check` le demande et les pièces montrent un champ à "
            "compléter. Une clé laissée vide, ou écrite `null` ou `…`, est toujours demandée. Les questions sont "
            "celles de `clausegen init`, qui comprend des réponses plus libres que le fichier."
        ),
        "",
        typography(
            "Le signe `[]` marque une liste : `lots[].cpv` est la clé `cpv` de chaque lot. Un texte qui contient un "
            "deux-points ou un dièse s'écrit entre guillemets. `lots[].insertion` admet les mêmes clés que le bloc "
            "`insertion`."
        ),
        "",
    ]
    for root, members in _sections(keys(livre)).items():
        lines += [f"## `{root}`" if root else "## À la racine du fichier", ""]
        for cle in members:
            lines += [f"### `{cle.chemin}`", "", key_markdown(cle), ""]
    for titre, listed in (("Secteurs", vocab.secteurs), ("Publics", vocab.publics)):
        lines += [f"## {titre}", "", *(f"- `{word}`{typography(f' : {label}')}" for word, label in listed.items()), ""]
    return "\n".join(lines).rstrip("\n") + "\n"


if __name__ == "__main__":
    sys.stdout.buffer.write(markdown(rulebook()).encode())
