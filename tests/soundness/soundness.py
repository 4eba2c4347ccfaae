"""What must hold of any description that loads: of its decision, and of the pieces that are written from it."""

from __future__ import annotations

import unicodedata
import zipfile
from datetime import date
from io import BytesIO
from random import Random

from lxml import etree, html

from clausegen.description.load import Lecture, load_text
from clausegen.description.marche import Marche
from clausegen.diagnostics import Niveau
from clausegen.dossier.dossier import Dossier, build
from clausegen.dossier.pieces import planned
from clausegen.dossier.tracking import tracking
from clausegen.law.decide import decide
from clausegen.law.findings import Finder
from clausegen.law.openwords import open_words
from clausegen.law.papers import Deliberation
from clausegen.law.rulebook import rulebook
from clausegen.text.render import properties, render
from clausegen.workflow.examine import drafted
from clausegen.writers.interface import OptionsEcriture
from clausegen.writers.registry import workbook_bytes, writer_for

LIVRE = rulebook()
WORDS = open_words(LIVRE)
STATES = {"applicable", "non-applicable", "a-preciser"}
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True)


def loaded(text: str) -> Lecture:
    """Load a description, and hold what is said of it to its form."""
    lecture = load_text(text, "essai.yaml", WORDS)
    lines = text.count("\n") + text.count("\r") + text.count("\x85") + text.count("\u2028") + text.count("\u2029") + 1
    for found in lecture.diagnostics:
        assert found.code and found.message.strip(), found
        assert found.ligne is None or 1 <= found.ligne <= lines + 1, (found, lines)
    errors = any(d.niveau is Niveau.ERREUR for d in lecture.diagnostics)
    assert lecture.marche is not None or errors
    return lecture


def decided(lecture: Lecture) -> tuple[Dossier, Deliberation]:
    """Decide, and hold the decision against itself."""
    marche = lecture.marche
    assert marche is not None
    jour = marche.date_lancement
    papers = decide(marche, LIVRE, jour if isinstance(jour, date) else None, Finder("essai.yaml", lecture.position))
    _hold_together(marche, papers)
    dossier = build(marche, papers)
    assert len(planned(dossier)) == 11
    return dossier, papers


def _hold_together(marche: Marche, papers: Deliberation) -> None:
    decision = papers.decision
    assert {o.statut for o in decision.obligations} <= STATES
    grounds = {f for o in decision.obligations for f in o.fondements}
    # Before the code exists, the program says that it does not know: nothing to ground.
    silent = "D131" in {d.code for d in decision.diagnostics}
    for duty in decision.obligations:
        assert duty.satisfaite is None or duty.statut == "applicable", duty
        assert duty.motif and (duty.fondements or silent), duty
    for lot in decision.lots:
        assert len({o.dispositif for o in lot.options}) == len(lot.options)
        proposed = [o for o in lot.options if o.recommande]
        assert len(proposed) <= 1 and all(o.statut == "possible" for o in proposed)
        assert all(o.motif and (o.fondements or silent) for o in lot.options)
        chosen = next((o for o in lot.options if o.dispositif == lot.dispositif), None)
        if chosen is not None and chosen.statut == "interdit":
            assert "D101" in {d.code for d in decision.diagnostics}
        hours = lot.heures
        if hours is not None and hours.volume is not None and hours.periodes:
            known = [p.heures for p in hours.periodes]
            assert None in known or sum(known) == hours.volume, lot
        grounds |= {f for o in (*lot.options, *lot.obligations) for f in o.fondements}
    grounds |= {f for d in decision.diagnostics for f in d.fondements}
    assert grounds <= set(decision.sources), grounds - set(decision.sources)
    assert len(decision.lots) == len(marche.lots or ()), len(decision.lots)


def piece_of(dossier: Dossier, chance: Random) -> tuple[str, bytes]:
    """Write one piece of a market, in one format, and return its name and its bytes."""
    gabarit = chance.choice(drafted(dossier))
    if gabarit.classeur:
        about = properties(gabarit, dossier, "sha256:essai")
        return workbook_bytes(gabarit.id, tracking(dossier), about, OptionsEcriture())
    kind = chance.choice(("docx", "docx", "html", "md", "txt"))
    texte = render(gabarit, dossier, "sha256:essai")
    publiable = chance.random() < 0.3
    return f"{gabarit.id}.{kind}", writer_for(kind).write(texte, OptionsEcriture(publiable=publiable))


def valid(name: str, content: bytes) -> None:
    """Hold the bytes of a piece to its format."""
    if name.endswith((".docx", ".xlsx")):
        with zipfile.ZipFile(BytesIO(content)) as archive:
            assert archive.testzip() is None
            for entry in archive.namelist():
                if entry.endswith((".xml", ".rels")):
                    etree.fromstring(archive.read(entry), _PARSER)
        return
    text = content.decode("utf-8")
    odd = {c for c in text if (unicodedata.category(c) in ("Cc", "Cs") and c not in "\n\r\t\f") or c in "\ue000\ue001"}
    assert not odd, sorted(map(hex, map(ord, odd)))
    if name.endswith(".html"):
        tree = html.document_fromstring(content)
        assert not tree.xpath("//script|//iframe|//object|//@*[starts-with(name(),'on')]")
        assert not tree.xpath("//img[starts-with(@src,'file:')]|//a[starts-with(@href,'javascript:')]")


def whole(text: str, chance: Random) -> str:
    """Take a description from its text to a piece, and return how far it went."""
    lecture = loaded(text)
    if lecture.marche is None:
        return "refus"
    dossier, _ = decided(lecture)
    if not drafted(dossier):
        return "sans piece"
    name, content = piece_of(dossier, chance)
    valid(name, content)
    return name.rpartition(".")[2]
