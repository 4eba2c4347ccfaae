"""The decision in plain French: what is compulsory, what each lot retains and why, what is left to answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from clausegen.diagnostics import Diagnostic, Niveau
from clausegen.french.amounts import euros
from clausegen.french.dates import en_lettres
from clausegen.french.grammar import majuscule, pluriel
from clausegen.french.typography import typography
from clausegen.law.decision import Decision, Heures, LotDecision, Obligation, Option, Seuil
from clausegen.reports.figures import nombre, pourcent, valeur_lisible
from clausegen.reports.labels import CHOISI_PAR, CONFIANCES, DISPOSITIFS, OBLIGATIONS, label
from clausegen.reports.layout import item, section, title
from clausegen.reports.text import finding_lines, printable

_RATIO = 100_000


def _sentence(text: str, fondements: Sequence[str] = ()) -> str:
    """Return a text as a sentence, its grounds in brackets before the full stop."""
    text = text.strip()
    grounds = f" ({' ; '.join(fondements)})" if fondements else ""
    if text.endswith(("!", "?")):
        return text + grounds
    return f"{text.rstrip('.')}{grounds}." if text or grounds else ""


def _day(text: str) -> str:
    try:
        return en_lettres(date.fromisoformat(text))
    except ValueError:
        return text


def _header(decision: Decision) -> list[str]:
    reference, objet = decision.marche.get("reference"), decision.marche.get("objet")
    title = " : ".join(part for part in (f"Marché {reference}" if reference else "Marché", objet) if part)
    day = (
        f"Droit en vigueur le {en_lettres(decision.date_droit)}"
        if decision.date_droit
        else "Droit le plus récent connu"
    )
    version = decision.regles.get("version")
    if version:
        day += f" ; règles vérifiées jusqu'au {_day(version)}"
    return [typography(printable(title)), typography(f"{day}.")]


def _threshold(seuil: Seuil | None) -> list[str]:
    if seuil is None:
        return [item("Aucun seuil européen ne s'applique à ce marché.")]
    value = "à préciser" if seuil.valeur_retenue_ht is None else f"{euros(seuil.valeur_retenue_ht)} HT"
    limit = "à préciser" if seuil.montant_ht is None else f"{euros(seuil.montant_ht)} HT"
    reached = {True: "le seuil est atteint", False: "le seuil n'est pas atteint", None: "conclusion à préciser"}
    return [item(f"Valeur retenue : {value} ; seuil : {limit} ; {reached[seuil.atteint]} ({seuil.fondement}).")]


def _obligation(obligation: Obligation) -> str:
    status = {"applicable": "obligatoire", "a-preciser": "à préciser", "non-applicable": "sans objet"}
    met = {True: ", satisfaite", False: ", non satisfaite", None: ""}
    head = f"{majuscule(label(OBLIGATIONS, obligation.id))} : {label(status, obligation.statut)}"
    head += met[obligation.satisfaite]
    return f"{head}. {_sentence(majuscule(obligation.motif), obligation.fondements)}"


def _obligations(obligations: Sequence[Obligation], level: int = 0) -> list[str]:
    order = {"applicable": 0, "a-preciser": 1}
    return [item(_obligation(o), level) for o in sorted(obligations, key=lambda o: order.get(o.statut, 2))]


def _option(option: Option) -> str:
    name = majuscule(label(DISPOSITIFS, option.dispositif))
    if option.recommande:
        name += " (recommandé)"
    text = f"{name} : {_sentence(option.motif, option.fondements)}"
    if option.conditions:
        text += f" À respecter : {_sentence(' ; '.join(c.rstrip('.') for c in option.conditions))}"
    return text


def _formula(heures: Heures) -> str:
    terms = heures.parametres
    names = ("montant_ht", "part_main_oeuvre", "taux_effort", "cout_horaire")
    if heures.methode != "part-main-oeuvre" or any(terms.get(name) is None for name in names):
        return ""
    montant, part, taux, cout = (terms[name] for name in names)
    raw = "" if heures.volume_brut is None else f" = {nombre(heures.volume_brut)}"
    return f"{euros(montant)} × {pourcent(part)} × {pourcent(taux)} ÷ {euros(cout)}{raw}"


def _ratio(heures: Heures) -> str:
    terms = heures.parametres
    if heures.methode != "par-tranche" or terms.get("montant_ht") is None:
        return ""
    text = f"{valeur_lisible(terms.get('heures'))} heures par tranche de {euros(terms['montant_ht'])} HT"
    base = {"commande": " commandée", "facture": " facturée"}
    text += base.get(str(terms.get("base")), "")
    if terms.get("a_partir_de_ht"):
        text += f", au-delà de {euros(Decimal(terms['a_partir_de_ht']))} HT"
    return text


def _hours(heures: Heures) -> Iterator[str]:
    """Yield the paragraphs about hours: the figure first, then where it comes from."""
    unit = heures.unite if heures.unite != "heures" else "heures d'insertion"
    how = [part for part in (_formula(heures), _ratio(heures)) if part]
    if heures.volume_au_maximum is not None:
        how.append(f"soit {nombre(heures.volume_au_maximum)} {unit} au maximum du lot")
    if heures.methode == "saisie":
        how.append("volume écrit dans la description")
    if heures.methode == "bareme-formation":
        how.append("barème de formation")
    if heures.volume is None:
        figure = "selon les commandes" if heures.methode == "par-tranche" else "à préciser"
    else:
        figure = f"{nombre(heures.volume)} {unit}"
    if heures.ratio_pour_100000 is not None:
        how.append(f"{nombre(heures.ratio_pour_100000)} heures pour {euros(_RATIO)} HT")
    origin = f" ({' ; '.join(how)})" if how else ""
    yield f"Volume : {figure}{origin}."
    for periode in heures.periodes:
        hours = (
            "à préciser" if periode.heures is None else f"{nombre(periode.heures)} {pluriel(periode.heures, 'heure')}"
        )
        yield f"{majuscule(periode.libelle)} : {hours}."


def _lot(lot: LotDecision) -> list[str]:
    lines = title(f"Lot n° {lot.numero}")
    if lot.dispositif is None:
        lines.append(item("Retenu : rien encore, un fait manque."))
    else:
        origin = label(CHOISI_PAR, lot.choisi_par)
        lines.append(item(f"Retenu : {label(DISPOSITIFS, lot.dispositif)} ({origin})."))
    if lot.heures is not None:
        lines += [item(text) for text in _hours(lot.heures)]
    lines += _obligations(lot.obligations)
    for statut, heading in (("possible", "Ouvertes"), ("a-preciser", "À préciser"), ("interdit", "Fermées")):
        options = [o for o in lot.options if o.statut == statut]
        if options:
            lines.append(f"  {heading} :".replace(" :", "\u00a0:"))
            options.sort(key=lambda o: not o.recommande)
            lines += [item(_option(o), 1) for o in options]
    return lines


def _pieces(decision: Decision) -> Iterator[str]:
    for document in decision.documents:
        state = {True: "", False: " : sans objet", None: " : à l'état de projet, un fait manque"}[document.applicable]
        motif = (
            f". {majuscule(_sentence(document.motif))}" if document.motif and document.applicable is not True else ""
        )
        yield item(f"{majuscule(document.titre)} ({document.id}){state}{motif}")


def _defaults(decision: Decision) -> Iterator[str]:
    for default in decision.valeurs_par_defaut:
        yield item(f"{default.chemin} : {valeur_lisible(default.valeur)} ({default.origine})")


def _doubts(decision: Decision) -> Iterator[str]:
    """Yield the citations that rest on less than the official text."""
    for citation, source in decision.sources.items():
        if source.confiance in CONFIANCES:
            yield item(f"{citation} : {CONFIANCES[source.confiance]}.")


def _questions(decision: Decision) -> Iterator[str]:
    for entry in decision.a_completer:
        pieces = f" [{', '.join(entry.documents)}]" if entry.documents else ""
        yield item(f"{entry.chemin} : {entry.question}{pieces}")


def decision_text(
    decision: Decision | None, diagnostics: Sequence[Diagnostic], lot: int | None = None, raisons: Sequence[str] = ()
) -> str:
    """Return the decision and its reasons, to be read.

    Args:
        decision: None when the file does not load: only the findings are then shown.
        diagnostics: every finding about the file, in order.
        lot: number of the only lot to show; what concerns the whole market stays.
        raisons: lines on the facts used and on what would change the answer.
    """
    if decision is None:
        findings = finding_lines(diagnostics)
        return "\n".join(["Cette description ne peut pas être lue : il n'y a pas de décision.", "", *findings]).strip()
    lines = [*_header(decision), *section("Seuil", _threshold(decision.seuil))]
    lines += section("Obligations", _obligations(decision.obligations))
    for entry in decision.lots:
        if lot in (None, entry.numero):
            lines += _lot(entry)
    derogations = (item(f"article {d.article} : {d.objet}") for d in decision.derogations)
    lines += section("Dérogations au CCAG", derogations)
    lines += section("Pièces", _pieces(decision))
    lines += section("Valeurs par défaut, à valider", _defaults(decision))
    lines += section("Fondements à vérifier", _doubts(decision))
    lines += section("Questions à trancher", _questions(decision))
    lines += raisons
    asked = {entry.chemin for entry in decision.a_completer}
    told = [d for d in diagnostics if d.niveau is not Niveau.QUESTION or d.chemin not in asked]
    lines += section("Constats", finding_lines(told))
    return "\n".join(lines)
