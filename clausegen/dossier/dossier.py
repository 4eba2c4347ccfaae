"""Each figure, name and choice that two pieces show, gathered once; templates only read it."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any

from clausegen.dossier.absence import absence
from clausegen.dossier.criterion import sub_criteria
from clausegen.dossier.notices import notice
from clausegen.dossier.options import option_rows
from clausegen.dossier.view import View, view
from clausegen.french.grammar import Formes, forms
from clausegen.language.unknown import Unknown
from clausegen.law.choices import Choix
from clausegen.law.findings import NOT_RETAINED
from clausegen.law.heures import CLAUSES, carries_action, shortest_term
from clausegen.law.papers import Deliberation, LotFile
from clausegen.law.parties import ccag_in_force, party_ids
from clausegen.record import dataclass

if TYPE_CHECKING:
    from clausegen.description.marche import Marche


@dataclass(frozen=True)
class Dossier:
    """What templates may read of a market.

    Args:
        marche: the description, missing facts included.
        papers: the decision and its working papers.
        lots: one view a lot, with what was decided.
        parties: buyer and holder, in every grammatical form.
        ccag: `sigle`, `titre`, `arrete`; None when the market refers to none.
        options: what the law says of each dispositif, lots together.
    """

    marche: View
    papers: Deliberation
    lots: tuple[View, ...]
    parties: View
    ccag: View | None
    options: tuple[View, ...]

    def context(self) -> dict[str, Any]:
        """Return the names that every template sees."""
        return dict(self._names)

    @cached_property
    def _names(self) -> dict[str, Any]:
        decision, idle = self.papers.decision, self._idle()
        clause = tuple(lot for lot in self.lots if lot.clause)
        volumes = [lot.heures.volume for lot in clause if lot.heures is not None]
        known = [v for v in volumes if v is not None]
        return {
            "marche": self.marche,
            "acheteur": self.marche.acheteur,
            "facilitateur": self.marche.facilitateur,
            "insertion": self.marche.insertion,
            "parties": self.parties,
            "ccag": self.ccag,
            "decision": decision,
            "derogations": tuple(
                View(article=d.article, objet=d.objet, ancre=a) for d, a in self.papers.ancres_derogations.items()
            ),
            "questions": tuple(a for a in decision.a_completer if a.chemin not in idle),
            "options": self.options,
            "obligations": {o.id: o for o in decision.obligations},
            "cles_par_defaut": frozenset(d.chemin for d in decision.valeurs_par_defaut),
            "lots": self.lots,
            "lots_clause": clause,
            "lots_action": tuple(lot for lot in self.lots if lot.action),
            "lots_sans_objet": tuple(lot for lot in self.lots if lot.dispositif == "aucun"),
            "lots_indecis": tuple(lot for lot in self.lots if lot.dispositif is None),
            "alloti": len(self.lots) > 1,
            "accord_cadre": self.marche.contrat == "accord-cadre",
            "bons_de_commande": self._orders(),
            "total_heures": sum(known) if known and len(known) == len(volumes) else None,
            "heures_par_mois": Decimal(str(self.papers.livre.donnees["calibrage/parametres"]["heures_par_mois"])),
            "periodes": any(lot.heures is not None and lot.heures.periodes and not lot.tranches for lot in clause),
            "tranches": any(lot.tranches for lot in clause),
            "reservation": self._reservation(),
        }

    def _reservation(self) -> View:
        """Return the figures of reserved lots on the day of the law: share, longest duration and wait for the ESS."""
        livre, jour = self.papers.livre, self.papers.decision.date_droit
        names = {"proportion": "proportion-reservee", "duree_mois": "duree-max-ess", "attente_ans": "carence-ess"}
        found = {name: livre.parametre(ident, jour) for name, ident in names.items()}
        return View(**{name: None if entry is None else entry["valeur"] for name, entry in found.items()})

    def _idle(self) -> set[str | None]:
        """Return the keys that only concern options which were not retained."""
        return {d.chemin for d in self.papers.decision.diagnostics if d.code == NOT_RETAINED}

    def _orders(self) -> bool:
        if self.marche.contrat != "accord-cadre":
            return False
        forme = self.marche.accord_cadre.forme
        return isinstance(forme, Unknown) or forme == "bons-de-commande"

    def choix(self, chemin: str, lot: View | None = None) -> Choix:
        """Return a drafting choice: of a lot, else of the first lot that carries hours, else of the market.

        Raises:
            KeyError: no such choice.
        """
        if lot is not None:
            found: dict[str, Choix] = lot.choix
            return found[chemin]
        return self.groupes(chemin)[0].choix  # type: ignore[no-any-return]

    def groupes(self, chemin: str) -> tuple[View, ...]:
        """Return the lots that carry hours, gathered by the value that each chose.

        Returns:
            A view for each value: `choix`, `valeur`, `lot` (the first), `lots` (numbers), `tous` (a single group).
        """
        known = self._groups.get(chemin)
        if known is None:
            known = self._groups[chemin] = self._gathered(chemin)
        return known

    @cached_property
    def _groups(self) -> dict[str, tuple[View, ...]]:
        return {}

    def _gathered(self, chemin: str) -> tuple[View, ...]:
        found: list[View] = []
        for lot in (lot for lot in self.lots if lot.action):
            choix = lot.choix[chemin]
            same = next((g for g in found if g.valeur == choix.valeur), None)
            if same is None:
                found.append(View(choix=choix, valeur=choix.valeur, lot=lot, lots=[lot.numero], tous=False))
            else:
                same.lots.append(lot.numero)
        if not found:
            choix = self.papers.choix[chemin]
            found.append(View(choix=choix, valeur=choix.valeur, lot=None, lots=[], tous=True))
        found[0].tous = len(found) == 1
        return tuple(found)


def build(marche: Marche, papers: Deliberation) -> Dossier:
    """Gather the dossier of a market."""
    livre = papers.livre
    seen = view(marche, type(marche), livre)
    names = livre.donnees["ccag/parties"]["parties"]
    buyer, holder = (_forms(names[ident]) for ident in party_ids(marche, livre))
    ccag = ccag_in_force(marche, livre, papers.decision.date_droit)
    entry = livre.ccag(ccag) if ccag else None
    lots = tuple(_lot(seen, p, marche, papers) for p in papers.lots)
    return Dossier(
        seen,
        papers,
        lots,
        View(acheteur=buyer, cocontractant=holder),
        View(sigle=entry["sigle"], titre=entry["titre"], arrete=entry["arrete"]) if entry else None,
        option_rows(papers.lots, papers.references),
    )


def _forms(entry: dict[str, Any]) -> Formes:
    return forms(entry["nom"], "f" if entry["genre"] == "feminin" else "m", entry["elision"])


def _lot(market: View, papers: LotFile, marche: Marche, whole: Deliberation) -> View:
    """A lot's facts, with what was decided and its figures."""
    livre, seen = whole.livre, market.lots[papers.index]
    numero = papers.lot.numero
    intitule = seen.intitule
    secteur = papers.calibrage.secteur
    volume = papers.heures.volume if papers.heures else None
    per_month = Decimal(str(livre.donnees["calibrage/parametres"]["heures_par_mois"]))
    values = dict(vars(seen))
    values |= {
        "numero": numero,
        "chemin": f"lots[{papers.index}]",
        "intitule": intitule,
        "libelle": f"lot n° {numero}" if isinstance(intitule, Unknown) else f"lot n° {numero}, {intitule}",
        "dispositif": papers.choisi.dispositif,
        "choisi_par": papers.choisi.choisi_par,
        "clause": papers.choisi.dispositif in CLAUSES,
        "action": carries_action(papers.choisi.dispositif, papers.lot),
        "montant_ht": papers.calibrage.termes["montant_ht"],
        "duree_mois": papers.faits["lot.duree_mois"],
        "terme_mois": shortest_term(marche, papers.lot),
        "cpv": papers.lot.cpv or marche.cpv or seen.cpv,
        "heures": papers.heures,
        "options": papers.choisi.options,
        "manquants": tuple(m.question for m in papers.choisi.manquants),
        "avis": notice(papers.lot, papers.choisi.dispositif, marche, livre),
        "absence": absence(papers.lot, marche, livre),
        "sous_criteres": sub_criteria(seen, market, livre),
        "secteur": secteur
        if isinstance(secteur, Unknown)
        else livre.donnees["calibrage/secteurs"]["secteurs"][secteur]["libelle"],
        "secteur_deduit": papers.calibrage.secteur_deduit,
        "termes_par_defaut": {d.chemin.rsplit(".", 1)[1]: d for d in papers.calibrage.defauts},
        "personnes_mois": None
        if volume is None
        else (Decimal(volume) / per_month).quantize(Decimal("0.1"), ROUND_HALF_UP),
        "choix": papers.choix,
        "obligations": {ident: said for ident, said in papers.duties.items()},
        "derogations": tuple(papers.derogations),
    }
    return View(**values)
