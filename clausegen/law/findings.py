"""What the decision has to say to a person: faults of law, risks, questions, each placed in the file."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from clausegen.diagnostics import Diagnostic, Niveau, Position
from clausegen.french.amounts import euros
from clausegen.french.dates import en_lettres
from clausegen.language.unknown import Unknown
from clausegen.law.engine import A_PRECISER, Conclusion, conclude
from clausegen.law.facts import DATE
from clausegen.law.heures import hours_questions
from clausegen.law.papers import LotFile
from clausegen.law.references import References
from clausegen.law.rulebook import Rulebook

if TYPE_CHECKING:
    from clausegen.description.marche import Marche


NOT_RETAINED = "Q004"
"""Code of a question that only concerns an option which was not retained."""


YEAR = 365
"""Days after which a rule that was not verified again says so."""


def _uses_wage(papers: LotFile) -> bool:
    """Tell whether a lot's figures come from the minimum wage: a default hourly cost, a penalty in multiples of it."""
    costed = papers.heures is not None and papers.heures.methode == "part-main-oeuvre"
    default_cost = costed and any(d.chemin.endswith("cout_horaire") for d in papers.calibrage.defauts)
    return default_cost or papers.choix["insertion.penalites.heure_non_realisee"].au_smic


class Finder:
    """Gathers diagnostics, each once, and places them."""

    def __init__(self, fichier: str | None = None, position: Callable[[str], Position | None] | None = None) -> None:
        self.diagnostics: list[Diagnostic] = []
        self.sources: set[str] = set()
        self._fichier, self._position = fichier, position
        self._seen: set[tuple[str, str | None, str]] = set()
        self._asked: set[str] = set()

    def add(
        self,
        code: str,
        niveau: Niveau,
        message: str,
        chemin: str | None = None,
        *,
        regle: str | None = None,
        sources: Iterable[str] = (),
        references: References | None = None,
    ) -> None:
        """Record a finding, unless the same one stands already."""
        key = (code, chemin, message)
        if key in self._seen:
            return
        self._seen.add(key)
        kept = tuple(sources) if references else ()
        self.sources.update(kept)
        fondements = references.citations(kept) if references else ()
        place = self._position(chemin) if self._position and chemin else None
        finding = Diagnostic(code, niveau, message, chemin, regle=regle, fondements=fondements)
        self.diagnostics.append(finding.at(self._fichier, place))

    def question(self, manquant: Unknown, code: str = "Q001") -> None:
        """Record a missing fact as a question, once whatever asks for it."""
        if manquant.chemin not in self._asked:
            self._asked.add(manquant.chemin)
            self.add(code, Niveau.QUESTION, manquant.question or "Que faut-il écrire ici ?", manquant.chemin)

    def market(self, marche: Marche, livre: Rulebook, jour: date | None, references: References) -> None:
        """Record what concerns the whole market: its date, its CCAG, its value."""
        limites = livre.donnees["limites"]
        if jour is not None and jour < limites["code_en_vigueur"]["valeur"]:
            self.add(
                "D131",
                Niveau.ERREUR,
                f"Le {en_lettres(jour)} précède le code de la commande publique, en vigueur depuis le "
                f"{en_lettres(limites['code_en_vigueur']['valeur'])} : clausegen ne connaît pas le droit antérieur.",
                DATE,
            )
        self._ccag(marche, livre, jour)
        self._value(marche, references)
        if (
            jour is not None
            and jour >= limites["code_en_vigueur"]["valeur"]
            and livre.parametre("europeen-travaux", jour) is None
        ):
            self.add(
                "D120",
                Niveau.AVERTISSEMENT,
                f"Les seuils européens ne sont pas connus au {en_lettres(jour)} : "
                "la révision attendue n'est pas dans les règles.",
                DATE,
            )

    def _ccag(self, marche: Marche, livre: Rulebook, jour: date | None) -> None:
        if marche.ccag is None or marche.ccag == "aucun":
            return
        if marche.contrat == "concession":
            self.add(
                "D132",
                Niveau.AVERTISSEMENT,
                f"Une concession ne se réfère pas à un CCAG : « {marche.ccag} » est laissé de côté. "
                "Écrire `ccag: aucun`.",
                "ccag",
            )
            return
        first = min(livre.ccag(str(marche.ccag))["versions"])
        if jour is not None and jour < first:
            self.add(
                "D130",
                Niveau.ERREUR,
                f"Le CCAG visé n'existe que depuis le {en_lettres(first)} : un marché lancé le {en_lettres(jour)} "
                "ne peut s'y référer. Corriger la date ou écrire `ccag: aucun`.",
                "ccag",
            )
        admitted = livre.ccag(str(marche.ccag)).get("natures")
        if admitted and marche.nature is not None and marche.nature not in admitted:
            self.add(
                "D133",
                Niveau.AVERTISSEMENT,
                f"Le CCAG « {marche.ccag} » n'est pas fait pour un marché de {marche.nature}.",
                "ccag",
            )

    def _value(self, marche: Marche, references: References) -> None:
        amounts = [lot.valeur_estimee_ht for lot in marche.lots or ()]
        if marche.valeur_estimee_ht is None and amounts and all(a is not None for a in amounts):
            total = sum((a for a in amounts if a is not None), Decimal(0))
            self.add(
                "D110",
                Niveau.INFORMATION,
                f"`valeur_estimee_ht` manque : la somme des lots, {euros(total)} HT, en tient lieu.",
                "valeur_estimee_ht",
                sources=("ccp-r2121-1",),
                references=references,
            )

    def lots(self, lots: Iterable[LotFile], livre: Rulebook, jour: date | None, references: References) -> None:
        """Record, lot by lot, choices that the law forbids and what the controls see."""
        for papers in lots:
            prefix = f"lots[{papers.index}]"
            self._forbidden(papers, prefix, references)
            for ident, regle in livre.regles["controles"].items():
                said = conclude(ident, regle, papers.faits, jour)
                if said is not None and said.statut == "signaler":
                    issue = said.issue
                    chemin = f"{prefix}.{issue.chemin}" if issue.chemin else prefix
                    self.add(
                        str(issue.code),
                        Niveau(str(issue.niveau)),
                        said.motif,
                        chemin,
                        regle=ident,
                        sources=said.sources,
                        references=references,
                    )

    def stale(self, lots: Iterable[LotFile], livre: Rulebook, jour: date | None, dated: Iterable[date]) -> None:
        """Record what has grown old by the day of the law: a minimum wage due for revision, rules checked long ago."""
        smic = livre.donnees["calibrage/smic"]
        revision = smic["revision_attendue"]
        if jour is not None and jour >= revision and any(_uses_wage(papers) for papers in lots):
            last = max(smic["versions"])
            self.add(
                "D121",
                Niveau.AVERTISSEMENT,
                f"Le SMIC connu est celui du {en_lettres(last)}, une révision est attendue le {en_lettres(revision)} : "
                "recalculer au lancement le coût horaire et les pénalités qui en dépendent.",
                DATE,
            )
        old = [day for day in dated if jour is not None and (jour - day).days > YEAR]
        if old:
            self.add(
                "D122",
                Niveau.AVERTISSEMENT,
                f"Des règles employées ont été vérifiées le {en_lettres(min(old))}, plus d'un an avant le lancement : "
                "les relire avant de s'y fier.",
                DATE,
            )

    def wage_elsewhere(self, marche: Marche, lots: Iterable[LotFile], livre: Rulebook) -> None:
        """Record that figures come from the minimum wage of metropolitan France where another one is in force."""
        apart: dict[str, str] = livre.donnees["calibrage/smic"]["taux_propres"]
        departement = marche.lieu_execution.departement if marche.lieu_execution is not None else None
        if isinstance(departement, str) and departement in apart and any(_uses_wage(papers) for papers in lots):
            self.add(
                "D123",
                Niveau.AVERTISSEMENT,
                f"{apart[departement]} a son propre SMIC, que les règles ne tiennent pas : les montants calculés le "
                "sont au taux de métropole. Écrire en euros le coût horaire et les pénalités qui en dépendent.",
                "lieu_execution.departement",
            )

    def _forbidden(self, papers: LotFile, prefix: str, references: References) -> None:
        choisi = papers.choisi
        said = choisi.conclusions.get(choisi.dispositif or "")
        if choisi.choisi_par != "acheteur" or said is None or said.statut != "interdit":
            return
        allowed = ", ".join(o.dispositif for o in choisi.options if o.statut == "possible")
        message = (
            f"Lot n° {papers.lot.numero} : « {choisi.dispositif} » est interdit. {said.motif} "
            f"Dispositifs possibles : {allowed}."
        )
        self.add(
            "D101",
            Niveau.ERREUR,
            message,
            f"{prefix}.dispositif",
            regle=said.regle,
            sources=said.sources,
            references=references,
        )

    def open_points(self, duties: dict[str, Conclusion], lots: Iterable[LotFile], livre: Rulebook) -> None:
        """Record a question for every point that a missing fact leaves open.

        Questions that only concern an option which was not retained come last, under a code of their own.
        """
        papers = list(lots)
        said = [*duties.values(), *(duty for lot in papers for duty in lot.duties.values())]
        for lot in papers:
            retained = lot.choisi.dispositif
            said += [c for d, c in lot.choisi.conclusions.items() if retained in (None, d)]
        for conclusion in said:
            self._open(conclusion, "Q001")
        for lot in papers:
            hours = hours_questions(lot.lot, lot.index, lot.heures, lot.calibrage, livre)
            for manquant in (*lot.choisi.manquants, *hours):
                self.question(manquant)
        for lot in papers:
            for conclusion in lot.choisi.conclusions.values():
                self._open(conclusion, NOT_RETAINED)
            for manquant in lot.choisi.sans_proposition:
                self.question(manquant, NOT_RETAINED)

    def _open(self, said: Conclusion, code: str) -> None:
        if said.statut != A_PRECISER:
            return
        for manquant in said.manquants:
            self.question(manquant, code)
        if not said.manquants:
            self.add("Q002", Niveau.QUESTION, said.motif, DATE, regle=said.regle)
