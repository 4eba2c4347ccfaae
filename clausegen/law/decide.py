"""From a description, the law and a day to the decision."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from clausegen.french.grammar import enumeration
from clausegen.language.expressions import Missing
from clausegen.language.unknown import Unknown
from clausegen.law.calibrage import calibrate
from clausegen.law.choices import choice_facts, choices
from clausegen.law.decision import Decision, Derogation, LotDecision, ValeurParDefaut
from clausegen.law.demands import demands
from clausegen.law.engine import Conclusion, conclude
from clausegen.law.facts import DATE, Faits, lot_facts, market_facts, question
from clausegen.law.findings import Finder
from clausegen.law.heures import carries_action, lot_hours
from clausegen.law.lotfacts import calibrated_facts, retained_facts
from clausegen.law.obligations import ORDRE, PAR_LOT, judge_duty, obligation, strongest
from clausegen.law.options import choose
from clausegen.law.papers import Deliberation, LotFile
from clausegen.law.parties import ccag_articles, ccag_in_force, parties
from clausegen.law.references import References
from clausegen.law.rule import Issue
from clausegen.law.rulebook import Rulebook
from clausegen.law.seuil import settle_amount, settle_threshold, small_lot

if TYPE_CHECKING:
    from clausegen.description.marche import Marche


def decide(marche: Marche, livre: Rulebook, jour: date | None, findings: Finder) -> Deliberation:
    """Decide a market.

    Args:
        marche: the description.
        livre: the law.
        jour: day of the law (the launch, or the day of a « what if »); None when it is not known.
        findings: receives every diagnostic, in order.

    Returns:
        The decision (its `documents` and `a_completer` are added by the dossier) and what led to it.
    """
    ccag = ccag_in_force(marche, livre, jour)
    references = References(livre, jour, ccag)
    faits = market_facts(marche, livre, jour)
    seuil, source_seuil = settle_threshold(faits, livre, jour, references)
    settle_amount(faits, livre, jour, "spaser", "spaser", "acheteur.achats_annuels_ht", strict=True)
    settle_amount(faits, livre, jour, "donnees_essentielles", "donnees-essentielles", "valeur_retenue_ht", strict=False)
    _parameters(faits, livre)
    findings.market(marche, livre, jour, references)
    lots = _lots(marche, faits, livre, jour, references)
    duties = _market_duties(lots, faits, livre, jour)
    for papers in lots:
        _lot_duties(papers, faits, livre, jour)
    duties["mention-reservation"] = strongest(
        (p.duties["mention-reservation"] for p in lots), duties["mention-reservation"]
    )
    derogations = dict(_derogations(lots, livre, jour, references) if ccag else ())
    findings.lots(lots, livre, jour, references)
    used = {*_ids(duties, lots), source_seuil, *findings.sources}
    findings.stale(lots, livre, jour, (references.get(ident).source.verifie_le for ident in used))
    findings.wage_elsewhere(marche, lots, livre)
    findings.open_points(duties, lots, livre)
    for manquant in demands(marche, lots, livre):
        findings.question(manquant, "Q005")
    decision = Decision(
        version=1,
        marche={"reference": marche.reference, "objet": marche.objet, "contrat": marche.contrat, "ccag": marche.ccag},
        date_droit=jour,
        regles={"version": livre.version, "empreinte": livre.empreinte},
        seuil=seuil,
        obligations=tuple(obligation(ident, duties[ident], references) for ident in ORDRE),
        lots=tuple(_lot_decision(papers, references) for papers in lots),
        parties=parties(marche, livre),
        references_ccag=ccag_articles(livre, ccag, jour),
        derogations=tuple(derogations),
        valeurs_par_defaut=tuple(_defaults(marche, lots)),
        sources=_sources(used, derogations, references, ccag),
        diagnostics=tuple(findings.diagnostics),
    )
    return Deliberation(
        marche, decision, tuple(lots), faits, choices(marche, None, livre, jour), references, livre, duties, derogations
    )


def _parameters(faits: Faits, livre: Rulebook) -> None:
    table = livre.donnees["calibrage/parametres"]
    alertes, penalites = table["alertes"], table["penalites"]
    faits.update(
        {
            "calibrage.minimum_heures": int(alertes["minimum_heures"]),
            "calibrage.duree_minimum_mois": int(alertes["duree_minimum_mois"]),
            "calibrage.symbolique_par_100000": int(alertes["symbolique_par_100000"]),
            "calibrage.excessif_par_100000": int(alertes["excessif_par_100000"]),
            "calibrage.penalite_plancher": int(penalites["plancher"]),
            "calibrage.penalite_plafond": int(penalites["plafond"]),
        }
    )


def _lots(marche: Marche, faits: Faits, livre: Rulebook, jour: date | None, references: References) -> list[LotFile]:
    """Decide each lot; the duty of the whole market is settled first, since it opens or closes « aucun »."""
    provisional = faits | {"marche.condition": False}
    duty = judge_duty("condition-sociale", provisional, livre, jour)
    faits["obligation.condition_sociale"] = _as_fact(duty)
    found: list[LotFile] = []
    for index, lot in enumerate(marche.lots or ()):
        calibrage = calibrate(marche, lot, index, livre, jour)
        choix = choices(marche, lot, livre, jour)
        own = (
            faits | lot_facts(marche, lot, index, livre) | calibrated_facts(lot, calibrage, livre) | choice_facts(choix)
        )
        own["lot.petit"] = small_lot(own, faits, livre, jour)
        own["lot.motif_donne"] = bool(lot.aucun_motif)
        own["lot.motif"] = lot.aucun_motif or ""
        if not lot.aucun_motif:
            own["lot.aucun_motif"] = question(livre, f"lots[{index}].aucun_motif")
        choisi = choose(lot, index, own, livre, jour, references)
        heures = lot_hours(marche, lot, choisi.dispositif, calibrage, livre)
        own |= retained_facts(index, choisi, heures, calibrage, own, livre)
        found.append(LotFile(index, lot, calibrage, choix, own, choisi, heures, _condition(own, livre, jour)))
    return found


def _as_fact(duty: Conclusion) -> Any:
    if duty.statut != "a-preciser":
        return duty.statut
    return Missing(duty.manquants or (Unknown(DATE, duty.motif),))


def _condition(own: Faits, livre: Rulebook, jour: date | None) -> bool | tuple[Unknown, ...]:
    said = conclude("condition-execution", livre.regles["faits-derives"]["condition-execution"], own, jour)
    if said is None or said.statut in ("vrai", "faux"):
        return said is not None and said.statut == "vrai"
    return said.manquants


def _market_duties(lots: list[LotFile], faits: Faits, livre: Rulebook, jour: date | None) -> dict[str, Conclusion]:
    told = [p.condition for p in lots]
    if any(c is True for c in told):
        carried: Any = True
    elif not lots:
        carried = question(livre, "lots")
    else:
        missing = tuple(m for c in told if isinstance(c, tuple) for m in c)
        carried = Missing(missing) if missing else False
    faits["marche.condition"] = faits["condition"] = carried
    bare = [p for p in lots if p.condition is not True]
    faits["motifs_donnes"] = bool(bare) and all(_reasoned(p) for p in bare)
    faits["lot.reserve"], faits["lot.dispositif"] = False, "aucun"
    return {ident: judge_duty(ident, faits, livre, jour) for ident in ORDRE}


def _reasoned(papers: LotFile) -> bool:
    """Tell whether a lot gives a reason that the law admits for this contract."""
    return bool(papers.lot.aucun_motif) and papers.choisi.conclusions["aucun"].statut != "interdit"


def _lot_duties(papers: LotFile, faits: Faits, livre: Rulebook, jour: date | None) -> None:
    """A lot without a condition owes its reasons only while no other lot meets the market's duty."""
    own = papers.faits
    own["marche.condition"] = faits["marche.condition"]
    own["obligation.condition_sociale"] = faits["obligation.condition_sociale"]
    own["lot.condition"] = Missing(papers.condition) if isinstance(papers.condition, tuple) else papers.condition
    own["condition"] = True if faits["marche.condition"] is True else own["lot.condition"]
    own["motifs_donnes"] = _reasoned(papers)
    papers.duties = {ident: judge_duty(ident, own, livre, jour) for ident in PAR_LOT}


def _derogations(
    lots: list[LotFile], livre: Rulebook, jour: date | None, references: References
) -> Iterator[tuple[Derogation, str]]:
    """Yield what the clause departs from, once, with the anchor of the article that does so, in the CCAG's order.

    A derogation that only some lots make names them; one that they make in other words is told once for each.
    """
    carrying = [papers for papers in lots if carries_action(papers.choisi.dispositif, papers.lot)]
    found: list[tuple[Derogation, str]] = []
    for ident, regle in livre.regles["derogations"].items():
        made: dict[tuple[str, Issue], list[LotFile]] = {}
        for papers in carrying:
            said = conclude(ident, regle, papers.faits, jour)
            if said is not None and said.statut == "deroge":
                papers.derogations[ident] = said
                made.setdefault((said.motif, said.issue), []).append(papers)
        for (objet, issue), making in made.items():
            if len(making) < len(carrying):
                numbers = [str(papers.lot.numero) for papers in making]
                objet = f"{objet.rstrip('.')} ({_lots_named(numbers)})."
            article = references.get(f"ccag:{issue.chemin}").article or ""
            found.append((Derogation(article, objet), issue.valeur or ""))
    yield from sorted(found, key=lambda item: [int(part) for part in item[0].article.split(".")])


def _lots_named(numbers: list[str]) -> str:
    return f"les lots n° {enumeration(numbers)}" if len(numbers) > 1 else f"le lot n° {numbers[0]}"


def _lot_decision(papers: LotFile, references: References) -> LotDecision:
    duties = tuple(obligation(ident, papers.duties[ident], references) for ident in PAR_LOT)
    choisi = papers.choisi
    return LotDecision(papers.lot.numero, choisi.dispositif, choisi.choisi_par, choisi.options, papers.heures, duties)


def _defaults(marche: Marche, lots: list[LotFile]) -> Iterator[ValeurParDefaut]:
    """Yield the defaults that a piece will show: only those of lots that carry hours."""
    carrying = [p for p in lots if carries_action(p.choisi.dispositif, p.lot)]
    seen: set[str] = set()
    for papers in carrying:
        if papers.heures is not None and papers.heures.methode == "part-main-oeuvre":
            yield from papers.calibrage.defauts
        for choix in papers.choix.values():
            if choix.defaut is not None and choix.chemin not in seen and _shown(choix.chemin, marche):
                seen.add(choix.chemin)
                yield choix.defaut


def _shown(chemin: str, marche: Marche) -> bool:
    return marche.facilitateur is not None or not chemin.startswith("facilitateur.convention")


def _ids(duties: dict[str, Conclusion], lots: list[LotFile]) -> Iterator[str]:
    for said in duties.values():
        yield from said.sources
    for papers in lots:
        for said in (*papers.duties.values(), *papers.choisi.conclusions.values()):
            yield from said.sources


def _sources(
    used: set[str], derogations: dict[Derogation, str], references: References, ccag: str | None
) -> dict[str, Any]:
    found = {ref.citation: ref.source for ref in map(references.get, sorted(used))}
    if ccag:
        for key in sorted({"clause", "derogations"}):
            ref = references.get(f"ccag:{key}")
            found[ref.citation] = ref.source
        for derogation in derogations:
            ref = references.get_by_article(derogation.article)
            found[ref.citation] = ref.source
    return found
