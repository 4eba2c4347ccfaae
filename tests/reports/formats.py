"""What the readers of each format accept: their own schemas, and the rules of GitHub for its annotations."""

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
from lxml import etree

SCHEMAS = Path(__file__).resolve().parent / "schemas"
_SARIF = json.loads((SCHEMAS / "sarif-2.1.0-rtm.5.json").read_bytes())
_JUNIT = etree.XMLSchema(etree.parse(SCHEMAS / "junit-10.xsd"))
_ANNOTATION = re.compile(r"::(error|warning|notice) ([^:\r\n]+)::(.*)")


def sarif(text: str) -> dict[str, Any]:
    """Return the run of a valid SARIF log."""
    log = json.loads(text)
    jsonschema.Draft4Validator(_SARIF).validate(log)
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    found = [tuple(sorted(result["partialFingerprints"].items())) for result in run["results"]]
    assert len(set(found)) == len(found), "two results of one fingerprint are one result for their readers"
    return run


def junit(text: str) -> Any:
    """Return the root of a valid JUnit report, whose counts are true."""
    root = etree.fromstring(text.encode("utf-8"))
    _JUNIT.assertValid(root)
    for holder in (root, *root.findall("testsuite")):
        assert int(holder.get("tests")) == len(holder.findall(".//testcase"))
        assert int(holder.get("failures")) == len(holder.findall(".//failure"))
        assert int(holder.get("errors")) == len(holder.findall(".//error"))
    return root


def annotations(text: str) -> list[tuple[str, dict[str, str], str]]:
    """Return kind, properties and message of each annotation, as the runner of GitHub reads them."""
    found = []
    for line in text.split("\n"):
        if not line.startswith("::"):
            continue
        match = _ANNOTATION.fullmatch(line)
        assert match, line
        properties = dict(item.split("=", 1) for item in match[2].split(","))
        plain = {
            k: v.replace("%2C", ",").replace("%3A", ":").replace("%0A", "\n").replace("%0D", "\r").replace("%25", "%")
            for k, v in properties.items()
        }
        message = match[3].replace("%0A", "\n").replace("%0D", "\r").replace("%25", "%")
        found.append((match[1], plain, message))
    return found
