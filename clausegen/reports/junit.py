"""Findings as a JUnit report, for GitLab, Jenkins and others: a suite a file, a case for each code found in it."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterable

from clausegen.diagnostics import Diagnostic
from clausegen.french.grammar import compte
from clausegen.french.typography import typography
from clausegen.law.rulebook import rulebook
from clausegen.reports.codepages import pages
from clausegen.reports.text import diagnostic_line
from clausegen.reports.verification import UNREAD, Fichier, Verification, from_root

CLEAN = "aucun constat"
"""Name of the case of a file in which nothing was found, which must show as passed."""
# What XML 1.0 cannot hold, even escaped.
_REFUSED = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _safe(text: str) -> str:
    return _REFUSED.sub("\ufffd", text)


def rendre(verification: Verification) -> str:
    """Return the report: a code that makes the command fail is a failure, another a passed case with its output."""
    titles = {code: page.titre for code, page in pages(rulebook()).items()}
    root = ET.Element("testsuites", name="clausegen check")
    for fichier in verification.fichiers:
        root.append(_suite(fichier, titles, verification))
    for key in ("tests", "failures", "errors"):
        root.set(key, str(sum(int(suite.get(key, "0")) for suite in root)))
    ET.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}'


def _suite(fichier: Fichier, titles: dict[str, str], verification: Verification) -> ET.Element:
    name = _safe(from_root(fichier.nom, verification.racine) or fichier.nom)
    suite = ET.Element("testsuite", name=name, file=name)
    by_code: dict[str, list[Diagnostic]] = {}
    for diagnostic in fichier.diagnostics:
        by_code.setdefault(diagnostic.code, []).append(diagnostic)
    if not by_code:
        ET.SubElement(suite, "testcase", name=CLEAN, classname=name)
    for code, found in by_code.items():
        label = typography(f"{code} : {titles[code]}" if code in titles else code)
        case = ET.SubElement(suite, "testcase", name=_safe(label), classname=name)
        _fill(case, code, found, verification)
    suite.set("tests", str(len(suite)))
    suite.set("failures", str(len(suite.findall("testcase/failure"))))
    suite.set("errors", str(len(suite.findall("testcase/error"))))
    suite.set("skipped", "0")
    return suite


def _fill(case: ET.Element, code: str, found: list[Diagnostic], verification: Verification) -> None:
    """Write the findings of a code: those that fail as one failure, since readers often show the first alone."""
    failing = [d for d in found if verification.fails(d)]
    if failing:
        others = len(failing) - 1
        more = f" (et {compte(others, 'autre')})" if others else ""
        kind = "error" if code in UNREAD else "failure"
        message = _safe(typography(failing[0].message) + more)
        ET.SubElement(case, kind, type=str(failing[0].niveau), message=message).text = _lines(failing)
    passing = [d for d in found if not verification.fails(d)]
    if passing:
        ET.SubElement(case, "system-out").text = _lines(passing)


def _lines(diagnostics: Iterable[Diagnostic]) -> str:
    return "\n".join(_safe(diagnostic_line(d)) for d in diagnostics)
