"""Findings as SARIF 2.1.0, which GitHub, Azure and editors read: `check` as a tool, its codes as rules."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from typing import Any

from clausegen import __version__
from clausegen.diagnostics import Diagnostic, Niveau
from clausegen.french.typography import typography
from clausegen.law.rulebook import rulebook
from clausegen.reports.baseline import without_lines
from clausegen.reports.codepages import Page, page_markdown, page_text, pages
from clausegen.reports.text import printable
from clausegen.reports.verification import Verification, file_uri, from_root, gravest_first, uri

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
ROOT = "%SRCROOT%"
"""Name, usual among readers of SARIF, of the folder that relative places start from."""
FINGERPRINT = "constatHash/v1"
"""Own name of the fingerprint: `upload-sarif` of GitHub adds the one that it computes from the lines."""
_LEVELS = {
    Niveau.ERREUR: "error",
    Niveau.AVERTISSEMENT: "warning",
    Niveau.QUESTION: "note",
    Niveau.INFORMATION: "note",
}
_CARRIED_OUT = 1


def rendre(verification: Verification) -> str:
    """Return the log of one run; findings of the baseline are there too, suppressed."""
    known = [d for f in verification.fichiers for d in f.connus]
    everything = [*verification.diagnostics, *known]
    rules = _rules(everything)
    ranks = {rule["id"]: rank for rank, rule in enumerate(rules)}
    twins: Counter[str] = Counter()
    results = [
        _result(diagnostic, ranks[diagnostic.code], connu, verification, twins)
        for fichier in verification.fichiers
        for connu, found in ((False, fichier.diagnostics), (True, fichier.connus))
        for diagnostic in found
    ]
    invocation = {"executionSuccessful": verification.code <= _CARRIED_OUT, "exitCode": verification.code}
    driver = {"name": "clausegen", "version": __version__, "semanticVersion": __version__, "language": "fr"}
    run = {
        "tool": {"driver": driver | {"rules": rules}},
        "invocations": [invocation],
        "columnKind": "unicodeCodePoints",
        "results": results,
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2)


def _rules(diagnostics: Iterable[Diagnostic]) -> list[dict[str, Any]]:
    """Return the codes that were found, the level of each being the gravest that it took."""
    levels: dict[str, Niveau] = {}
    for diagnostic in gravest_first(diagnostics):
        levels.setdefault(diagnostic.code, diagnostic.niveau)
    known = pages(rulebook()) if levels else {}
    ordered = [code for code in known if code in levels] + sorted(code for code in levels if code not in known)
    return [_rule(code, levels[code], known.get(code)) for code in ordered]


def _rule(code: str, niveau: Niveau, page: Page | None) -> dict[str, Any]:
    rule: dict[str, Any] = {"id": code}
    if page is not None:
        rule["shortDescription"] = {"text": typography(page.titre)}
        rule["fullDescription"] = {"text": typography(page.explication)}
        rule["help"] = {"text": page_text(page), "markdown": page_markdown(page)}
    rule["defaultConfiguration"] = {"level": _LEVELS[niveau]}
    return rule


def _result(
    diagnostic: Diagnostic, rank: int, connu: bool, verification: Verification, twins: Counter[str]
) -> dict[str, Any]:
    place = _artifact(diagnostic.fichier or "", verification)
    region: dict[str, int] = {"startLine": diagnostic.ligne or 1}
    if diagnostic.colonne is not None:
        region["startColumn"] = diagnostic.colonne
    identity = "\0".join((place["uri"], diagnostic.code, diagnostic.chemin or "", without_lines(diagnostic.message)))
    twins[identity] += 1
    digest = hashlib.sha256(f"{identity}\0{twins[identity]}".encode(errors="replace")).hexdigest()
    result: dict[str, Any] = {
        "ruleId": diagnostic.code,
        "ruleIndex": rank,
        "level": _LEVELS[diagnostic.niveau],
        "message": {"text": printable(typography(diagnostic.message))},
        "locations": [{"physicalLocation": {"artifactLocation": place, "region": region}}],
        "partialFingerprints": {FINGERPRINT: digest},
        "properties": _properties(diagnostic),
    }
    if connu:
        result["suppressions"] = [
            {"kind": "external", "status": "accepted", "justification": typography("Constat de l'existant.")}
        ]
    return result


def _artifact(nom: str, verification: Verification) -> dict[str, str]:
    inside = from_root(nom, verification.racine)
    return {"uri": file_uri(nom)} if inside is None else {"uri": uri(inside), "uriBaseId": ROOT}


def _properties(diagnostic: Diagnostic) -> dict[str, Any]:
    found: dict[str, Any] = {"niveau": str(diagnostic.niveau)}
    if diagnostic.chemin is not None:
        found["chemin"] = diagnostic.chemin
    if diagnostic.regle is not None:
        found["regle"] = diagnostic.regle
    if diagnostic.fondements:
        found["fondements"] = list(diagnostic.fondements)
    return found
