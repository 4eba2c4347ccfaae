"""Files that people or machines damaged, or that somebody made to do harm, handed to the program as a user would."""

from __future__ import annotations

import contextlib
import importlib.util
import io
import json
import os
import signal
import zipfile
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

from openpyxl import Workbook

from clausegen.cli.app import main
from clausegen.cli.exits import APPEL, CONSTATS, REUSSI
from clausegen.description.load import load_text
from clausegen.dossier.dossier import Dossier
from clausegen.dossier.pieces import gabarits
from clausegen.errors import ClausegenError
from clausegen.law.openwords import open_words
from clausegen.law.rulebook import rulebook
from clausegen.text.buyer import read_buyer
from clausegen.text.render import render
from clausegen.workflow.examine import examiner
from clausegen.writers.interface import OptionsEcriture
from clausegen.writers.registry import writer_for

ROOT = Path(__file__).resolve().parents[2]
MARKETS = sorted((ROOT / "examples").glob("*/marche.yaml"))
LONGEST = 60
"""Seconds that one file may take, on a machine that does other things."""

LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha"}">' for n in range(10))
XML_POISON = (
    f"<!DOCTYPE x [{LAUGHS}]><x>&l9;</x>",
    '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>',
    '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">',
    '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd" parse="text"/>',
    '<?xml-stylesheet href="file:///etc/passwd"?>',
    "<a>" * 150 + "</a>" * 150,
    "<a>" * 60_000,
    "<![CDATA[ ]]]]><![CDATA[> ]]>",
    "&#0;",
    "&#xD800;",
    "&nulle;",
    '<a b="' + "x" * 100_000 + '"/>',
    "9" * 5_000,
    "1e999999",
    "-1",
    "9999-99-99",
    "0000-00-00Z",
    "NaN",
    "\ufeff",
    "\U0001f468\u200d",
)
JSON_POISON = ("[" * 50_000, '{"a":' * 3_000, "NaN", "-Infinity", "1e999999", "9" * 6_000, '"\\ud800"', "null", "{}")
YAML_POISON = (
    "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\n" + "".join(f"d{n}: [*c, *c]\n" for n in range(9)),
    "boucle: &z [*z]\n",
    "!!python/object/apply:os.system ['true']\n",
    "objet: !!binary aGVsbG8=\n",
    "<<: {objet: y}\n",
    "[" * 20_000,
    "- " * 5_000,
    "? " * 2_000,
    "{a: " * 3_000,
    "%YAML 9.9\n---\n",
    "---\nversion: 1\n---\n",
    "...\n",
    "\t",
    "objet: |9\n  x\n",
    "? [a, b]\n: c\n",
    "? {a: b}\n: c\n",
    "lots: [{}, {}, {}]\n",
    "date_lancement: 2026-02-30\n",
    "valeur_estimee_ht: 1e400\n",
    "valeur_estimee_ht: .inf\n",
    "duree_mois: 0o777777777777777777777777\n",
    "duree_mois: " + "9" * 5_000 + "\n",
    "reference: 1:2:3\n",
    '"\\ud800": "\\0"\n',
    "objet: '\n",
    "~: ~\n",
)

TEMPLATES = sorted(path.relative_to(ROOT / "templates").as_posix() for path in (ROOT / "templates").rglob("*.md.j2"))
TEMPLATE_POISON = (
    "{{ lots }}",
    "{{ ''.__class__ }}",
    "{% for l in lots %}{% endfor %}",
    "{% if %}",
    "{{",
    "%}",
    "{% include 'ccap/parts/objet.md.j2' %}",
    "{{ champ('x', 'y') }}",
    "{{ article('clause') }}",
    "{{ renvoi('nulle-part') }}",
    "{% call co() %}",
    "{% endcall %}",
    "\n### \n",
    "\n:::\n",
    "\n::: encadre\n",
    "|a|b|\n|-|-|\n",
    "{ #penalites}\n",
    "\\",
    "*" * 500,
    ">" * 500,
    "- " * 300,
    "[" * 2_000,
    "<div onclick=x>",
)
ANSWERS = (
    b"Entretien\nservices\nmarche\n\n\nFCS\n450 000\n12\noui\nnon\n" * 4,
    b"objet: Entretien\nnature: services\nacheteur.nom: Ville\nduree_mois: 12\nlots[0].valeur_estimee_ht: 45 000\n",
    b"?\n\n??\nretour\nfin\n",
)


class TooLong(BaseException):
    """A file took longer than it may."""


def _builders() -> Any:
    spec = importlib.util.spec_from_file_location("avis_essai", ROOT / "tests/exchange/importers/conftest.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def said(*args: str) -> tuple[int, str, str]:
    """Run the program in this process, as a user would, within its time.

    Raises:
        TooLong: it takes longer.
    """

    def stop(_signal: int, _frame: object) -> None:
        raise TooLong(" ".join(args))

    out, err = io.StringIO(), io.StringIO()
    former = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, LONGEST)
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            # With what the program would show of its own faults.
            code = main([*args, "--debug"])
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, former)
    return code, out.getvalue(), err.getvalue()


def held(*args: str) -> tuple[int, str]:
    """Run the program, and hold what it answers to its contract: a code, and words for what is refused."""
    code, out, err = said(*args)
    assert code in (REUSSI, CONSTATS, APPEL), (code, err[-600:])
    assert "Traceback" not in err and "trompé lui-même" not in out + err, err[-600:]
    assert code == REUSSI or err.strip() or out.strip(), args
    return code, out


class Corpus:
    """Sound files to damage.

    Args:
        folder: where the pieces are drafted and the damaged files written.
        markets: how many examples give their pieces.
    """

    def __init__(self, folder: Path, markets: int = 3) -> None:
        self.folder = folder
        self.yaml = [path.read_bytes() for path in MARKETS]
        self.docx: list[bytes] = []
        self._kept: Dossier | None = None
        self.notices: list[tuple[str, bytes]] = list(_notices())
        for path in MARKETS[:: max(1, len(MARKETS) // markets)][:markets]:
            out = folder / "projets" / path.parent.name
            assert said("draft", str(path), "-o", str(out), "--malgre-erreurs")[0] in (REUSSI, CONSTATS)
            self.docx += [piece.read_bytes() for piece in sorted(out.glob("*.docx"))]
            for kind, suffix in (("eforms", "xml"), ("decp", "json")):
                self.notices.append((suffix, said("export", str(path), "--format", kind)[1].encode()))

    def damaged(self, rank: int, chance: Random) -> str:
        """Damage one file, hand it over, and return which path it took and how it ended."""
        kind = chance.choice(("yaml", "yaml", "avis", "avis", "docx", "docx", "gabarit", "annexe"))
        run = {
            "yaml": self._description,
            "avis": self._notice,
            "docx": self._piece,
            "gabarit": self._template,
            "annexe": self._beside,
        }[kind]
        return f"{kind} {run(rank, chance)}"

    def _written(self, name: str, content: bytes) -> str:
        path = self.folder / name
        path.write_bytes(content)
        return str(path)

    def _description(self, rank: int, chance: Random) -> int:
        content = text_damaged(chance.choice(self.yaml), YAML_POISON, chance)
        path = self._written("marche.yaml", content)
        drafted = str(self.folder / "pieces")
        calls = [
            ("check", path),
            ("check", path, "--format", chance.choice(("json", "sarif", "junit", "github"))),
            ("explain", path),
            ("export", path, "--format", chance.choice(("eforms", "decp", "fiche-publicite"))),
            ("diff", str(MARKETS[rank % len(MARKETS)]), path),
            ("draft", path, "--documents", "note,suivi", "--malgre-erreurs", "--ecraser", "-o", drafted),
        ]
        return held(*chance.choice((*calls[:1] * 3, *calls)))[0]

    def _notice(self, rank: int, chance: Random) -> int:
        suffix, content = chance.choice(self.notices)
        if suffix == "xlsx":
            content = zip_damaged(content, chance)
        else:
            content = text_damaged(content, XML_POISON if suffix == "xml" else JSON_POISON, chance)
        path = self._written(f"avis.{suffix}", content)
        if chance.random() < 0.15:
            return held("check", "--marche", str(MARKETS[rank % len(MARKETS)]), path)[0]
        code, out = held("import", path)
        if code == REUSSI:
            assert load_text(out, "importe.yaml", open_words(rulebook())).marche is not None, out[:2000]
        return code

    def _piece(self, rank: int, chance: Random) -> int:
        path = self._written("piece.docx", zip_damaged(chance.choice(self.docx), chance))
        market, copy = str(MARKETS[rank % len(MARKETS)]), self.folder / "copie.docx"
        copy.unlink(missing_ok=True)
        calls = [
            ("review", path),
            ("review", path, "--marche", market),
            ("review", path, "--commenter", str(copy), "--ecraser"),
            ("draft", market, "--documents", "note", "--modele", path, "--ecraser", "-o", str(self.folder / "habille")),
        ]
        code, _ = held(*chance.choice(calls))
        if copy.exists():
            with zipfile.ZipFile(copy) as archive:
                assert archive.testzip() is None
        return code

    def _template(self, rank: int, chance: Random) -> int:
        """A buyer's template, damaged: the sandbox alone answers, without the process that would stop it."""
        name = chance.choice(TEMPLATES)
        content = text_damaged((ROOT / "templates" / name).read_bytes(), TEMPLATE_POISON, chance)
        path = self.folder / "gabarits" / str(rank) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        piece = name.partition("/")[0]
        try:
            acheteur = read_buyer(self.folder / "gabarits" / str(rank))
            texte = render(
                gabarits()[piece if piece in gabarits() else "ccap"], self._dossier(), "x", acheteur=acheteur
            )
        except ClausegenError as error:
            assert str(error).startswith(("Le gabarit ", "--gabarits : ")), str(error)
            return APPEL
        for kind in ("docx", "md"):
            assert writer_for(kind).write(texte, OptionsEcriture())
        return REUSSI

    def _dossier(self) -> Dossier:
        if self._kept is None:
            self._kept = examiner(MARKETS[0]).dossier
        assert self._kept is not None
        return self._kept

    def _beside(self, rank: int, chance: Random) -> int:
        """Files that go with others: what is already known, answers, a description to take up again."""
        market = MARKETS[rank % len(MARKETS)]
        kind = chance.randrange(3)
        if kind == 0:
            known = said("check", str(market), "--format", "json")[1].encode()
            path = self._written("existant.json", text_damaged(known, JSON_POISON, chance))
            return held("check", str(market), "--existant", path)[0]
        target = self.folder / "repris.yaml"
        target.unlink(missing_ok=True)
        if kind == 1:
            target.write_bytes(text_damaged(market.read_bytes(), YAML_POISON, chance))
        answers = text_damaged(chance.choice(ANSWERS), (*YAML_POISON, "non\n" * 200), chance)
        return held("init", "-o", str(target), "--reponses", self._written("reponses.txt", answers))[0]


def _notices() -> Iterator[tuple[str, bytes]]:
    builders = _builders()
    yield "xml", builders.eforms().encode()
    yield (
        "json",
        json.dumps(builders.decp()).encode() if isinstance(builders.decp(), dict) else builders.decp().encode(),
    )
    yield "csv", "Titre du projet;Montant (€ HT);Durée en mois\nRéfection d'été;450 000 €;12\n".encode("cp1252")
    book, stream = Workbook(), io.BytesIO()
    for row in (["Objet", "Montant HT", "Date de lancement"], ["Peinture", "450 000 €", "15/12/2026"]):
        book.active.append(row)
    book.save(stream)
    yield "xlsx", stream.getvalue()
    real = os.environ.get("CLAUSEGEN_DONNEES")
    for path in sorted(Path(real).rglob("*")) if real else ():
        if path.suffix in (".xml", ".json") and path.stat().st_size < 300_000:
            yield path.suffix[1:], path.read_bytes()


def text_damaged(content: bytes, poison: tuple[str, ...], chance: Random) -> bytes:
    """Return a text with a few faults, of bytes, of lines, or made to harm."""
    data = bytearray(content)
    for _ in range(chance.choice((1, 1, 2, 5))):
        kind = chance.randrange(8)
        here, there = sorted(chance.randrange(len(data) + 1) for _ in range(2))
        near = min(len(data), here + chance.choice((1, 3, 20, 200)))
        if kind == 0 and data:
            data[here % len(data)] = chance.randrange(256)
        elif kind == 1:
            del data[here:near]
        elif kind == 2:
            data[there:there] = data[here:near]
        elif kind == 3:
            data = _lines_shuffled(data, chance)
        elif kind == 4:
            data[here:here] = chance.choice(poison).encode("utf-8", "surrogatepass")
        elif kind == 5:
            start = data.rfind(b"\n", 0, here) + 1
            data[start:start] = chance.choice(poison).encode("utf-8", "surrogatepass")
        elif kind == 6 and chance.random() < 0.3:
            del data[here:]
        elif kind == 7 and chance.random() < 0.1:
            text = data.decode("utf-8", "replace")
            data = bytearray(text.encode(chance.choice(("utf-16", "utf-32", "cp1252", "utf-7")), "replace"))
    return bytes(data)


def _lines_shuffled(data: bytearray, chance: Random) -> bytearray:
    """Swap, drop, double or shift lines, or what stands between two angle brackets."""
    mark = b"\n" if data.count(b"\n") > 5 else b">"
    lines = data.split(mark)
    here, there = chance.randrange(len(lines)), chance.randrange(len(lines))
    kind = chance.randrange(4)
    if kind == 0:
        lines[here], lines[there] = lines[there], lines[here]
    elif kind == 1:
        del lines[here]
    elif kind == 2:
        lines.insert(there, lines[here])
    else:
        lines[here] = chance.choice((b"  ", b"- ", b"#", b"\t")) + lines[here]
    return bytearray(mark.join(lines))


def zip_damaged(content: bytes, chance: Random) -> bytes:
    """Return an Office file damaged in its bytes, its parts, or its way of being packed."""
    if chance.random() < 0.15:
        return text_damaged(content, XML_POISON, chance)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = [(entry, archive.read(entry)) for entry in archive.namelist()]
    target = chance.randrange(len(parts))
    if chance.random() < 0.5:
        target = next((n for n, (name, _) in enumerate(parts) if name.endswith(("document.xml", "sheet1.xml"))), target)
    name, part = parts[target]
    kind = chance.randrange(10)
    if kind < 5:
        parts[target] = (name, xml_shuffled(part, chance))
    elif kind == 5:
        parts[target] = (name, text_damaged(part, XML_POISON, chance))
    elif kind == 6:
        del parts[target]
    elif kind == 7:
        parts[target] = (name, chance.choice((b"", b"<x/>", b"\x00" * 3_000_000, b"<a>" * 100_000)))
    elif kind == 8:
        parts.append(
            (chance.choice(("../../evasion.xml", "/etc/x", "C:\\x", name.upper(), "x\u0000y", "word/")), b"<x/>")
        )
    else:
        parts[target] = (chance.choice(("word/autre.xml", name + "x", name.upper())), part)
    return packed(parts)


def packed(parts: list[tuple[str, bytes]]) -> bytes:
    """Return an archive."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts:
            archive.writestr(zipfile.ZipInfo(name), part, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


VALUES = (b"-9", b"", b"99999999999999999999", b"abc", b"0", b"\xc3\xa9", b"1.5", b"&#10;")


def xml_shuffled(xml: bytes, chance: Random) -> bytes:
    """Swap, drop, double or move elements and values: still XML most of the time, no longer sense."""
    pieces = xml.replace(b">", b">\x00").split(b"\x00")
    for _ in range(chance.choice((1, 3, 10, 40))):
        here, there = chance.randrange(len(pieces)), chance.randrange(len(pieces))
        kind = chance.randrange(5)
        alone = pieces[here].endswith(b"/>")
        if kind == 0 and b'="' in pieces[here]:
            before, _, after = pieces[here].rpartition(b'="')
            pieces[here] = before + b'="' + chance.choice(VALUES) + b'"' + after.partition(b'"')[2]
        elif kind == 1 and alone:
            pieces[here] = b""
        elif kind == 2 and alone:
            pieces.insert(there, pieces[here])
        elif kind == 3 and alone and pieces[there].endswith(b"/>"):
            pieces[here], pieces[there] = pieces[there], pieces[here]
        elif kind == 4:
            # A whole element, moved: what Word would never write in that order.
            tag = pieces[here].strip()[1:].split(b" ")[0].rstrip(b">")
            end = next((n for n in range(here, min(here + 40, len(pieces))) if b"</" + tag + b">" in pieces[n]), None)
            if end is not None and tag:
                moved = pieces[here : end + 1]
                del pieces[here : end + 1]
                pieces[there:there] = moved
    return b"".join(pieces)
