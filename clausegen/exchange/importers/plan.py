"""A purchase plan: one market a row, columns known by their synonyms."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from clausegen.diagnostics import Diagnostic, Niveau
from clausegen.errors import ClausegenError
from clausegen.exchange.importers.content import Contenu
from clausegen.exchange.importers.interface import AvisLu, Fait, Genre, LotLu, Tables
from clausegen.exchange.importers.sheets import Cellule, Feuille, read_sheets
from clausegen.exchange.importers.words import bare, translated, unknown

_HEADER_WITHIN = 10
_YES = ("oui", "yes", "x", "true", "1", "o", "vrai")
_EURO = ("e", "en", "euro", "euros")
_NO = ("non", "no", "false", "0", "n", "faux", "")
_DEPARTEMENT = re.compile(r"(?:0[1-9]|[1-8]\d|9[0-5]|2[AB]|97[1-6])", re.IGNORECASE)


def read_notices(contenu: Contenu, tables: Tables) -> list[AvisLu]:
    """Return each row of a plan.

    Raises:
        ClausegenError: no sheet has a column that names the market, or no row is filled in.
    """
    columns, words = tables["plan-achats"]["colonnes"], tables["libelles"]
    for feuille in read_sheets(contenu):
        found = _header(feuille, columns)
        if found is None:
            continue
        first, header, unread = found
        avis = [
            _row(feuille, n, header, words)
            for n in range(first + 1, len(feuille.lignes))
            if _filled(feuille, n, header)
        ]
        avis = [_noted(each, unread) for each in avis]
        left = [n for n in range(first + 1, len(feuille.lignes)) if _orphan(feuille, n, header)]
        if not avis:
            raise ClausegenError("Le plan d'achats n'a aucune ligne remplie sous ses en-têtes.")
        if left:
            lines = ", ".join(str(n + 1) for n in left[:10])
            message = f"Des lignes sans objet sont laissées de côté : {lines}."
            avis[0].remarques.append(Diagnostic("I013", Niveau.AVERTISSEMENT, message))
        avis[0].remarques += _without_result(feuille, first, header)
        return avis
    raise ClausegenError(
        "Aucun tableau d'achats n'est reconnu : il faut, dans les dix premières lignes, une ligne d'en-têtes avec au "
        "moins une colonne « Objet » (ou « Titre du projet », « Intitulé »…) et une autre colonne connue."
    )


def _without_result(feuille: Feuille, first: int, header: Mapping[str, int]) -> list[Diagnostic]:
    """Return a remark on the formulas, in rows and columns that are read, whose result the file does not hold."""
    filled = (row for n, row in enumerate(feuille.lignes) if n > first and _filled(feuille, n, header))
    cells = (row[column] for row in filled for column in sorted(header.values()) if column < len(row))
    places = [cell.place for cell in cells if cell.place in feuille.sans_resultat]
    if not places:
        return []
    message = (
        f"Des formules n'ont pas de résultat dans le fichier, et sont lues comme des cellules vides : "
        f"{', '.join(places[:10])}{', …' if len(places) > 10 else ''}. "
        "Ouvrir le classeur dans un tableur, l'enregistrer, puis relancer."
    )
    return [Diagnostic("I013", Niveau.AVERTISSEMENT, message)]


def _header(feuille: Feuille, columns: Mapping[str, list[str]]) -> tuple[int, dict[str, int], list[str]] | None:
    """Return the row of the headings, the column of each known one, and the headings that are not known."""
    for rank, row in enumerate(feuille.lignes[:_HEADER_WITHIN]):
        labels = [_heading(cell.texte) for cell in row]
        header: dict[str, int] = {}
        for key, names in columns.items():
            places = [labels.index(_heading(name)) for name in names if _heading(name) in labels]
            free = [place for place in places if place not in header.values()]
            if free:
                header[key] = free[0]
        if "objet" in header and len(header) > 1:
            unread = [row[n].texte for n in range(len(row)) if labels[n] and n not in header.values()]
            return rank, header, unread
    return None


def _heading(text: str) -> str:
    """Return a heading whatever the place of its euro sign: « Montant HT (€) », « Montant (€ HT) »."""
    return " ".join(word for word in bare(text).split() if word not in _EURO)


def _noted(avis: AvisLu, unread: list[str]) -> AvisLu:
    if unread:
        names = ", ".join(f"« {name[:40]} »" for name in unread[:8])
        message = f"Colonnes qui ne correspondent à aucune clé, laissées de côté : {names}."
        avis.remarques.append(Diagnostic("I014", Niveau.INFORMATION, message))
    return avis


def _cell(feuille: Feuille, rank: int, header: Mapping[str, int], key: str) -> Cellule | None:
    row = feuille.lignes[rank]
    place = header.get(key)
    return row[place] if place is not None and place < len(row) else None


def _filled(feuille: Feuille, rank: int, header: Mapping[str, int]) -> bool:
    cell = _cell(feuille, rank, header, "objet")
    return cell is not None and bool(cell.texte) and not bare(cell.texte).startswith(("total", "sous total"))


def _orphan(feuille: Feuille, rank: int, header: Mapping[str, int]) -> bool:
    objet = _cell(feuille, rank, header, "objet")
    return (objet is None or not objet.texte) and sum(1 for cell in feuille.lignes[rank] if cell.texte) > 1


class _Row:
    """One row, read key by key."""

    def __init__(self, feuille: Feuille, rank: int, header: Mapping[str, int], words: Mapping[str, Any]) -> None:
        self._feuille, self._rank, self._header, self.words = feuille, rank, header, words

    def fact(self, key: str, precision: str = "") -> Fait | None:
        """Return what a column states; None for a blank or for a word that says « unknown »."""
        cell = _cell(self._feuille, self._rank, self._header, key)
        if cell is None or unknown(cell.texte, self.words["inconnus"]):
            return None
        return Fait(cell.texte, cell.place, precision)

    def word(self, avis: AvisLu, key: str, table: str, chemin: str) -> Fait | None:
        """Return a column in words of the description; a label that the table does not hold is told."""
        found = self.fact(key)
        if found is None:
            return None
        word = translated(found.valeur, self.words[table])
        if word:
            return Fait(word, found.origine, found.valeur)
        message = f"« {found.valeur[:60]} » ({found.origine}) n'est pas un libellé connu : il est laissé de côté."
        avis.remarques.append(Diagnostic("I008", Niveau.INFORMATION, message, chemin))
        return None


def _row(feuille: Feuille, rank: int, header: Mapping[str, int], words: Mapping[str, Any]) -> AvisLu:
    row = _Row(feuille, rank, header, words)
    avis = AvisLu(format="plan d'achats", genre=Genre.PROGRAMMATION, identifiant=f"{feuille.nom}, ligne {rank + 1}")
    avis.intitule, avis.reference = row.fact("objet"), row.fact("reference")
    avis.description = row.fact("description")
    avis.valeur = row.fact("valeur", "EUR")
    if avis.valeur is None and (with_tax := row.fact("valeur_ttc", "TTC")):
        avis.valeur = with_tax
    avis.cpv = row.fact("cpv")
    avis.duree = row.fact("duree", "mois") or row.fact("duree_ans", "an")
    avis.reconductions = row.fact("reconductions")
    if (date := row.fact("date")) is not None:
        avis.envoi = Fait(date.valeur, date.origine, "date prévue")
    avis.nature = row.word(avis, "nature", "natures", "nature")
    avis.contrat = row.word(avis, "contrat", "contrats", "contrat")
    if (form := row.fact("contrat")) and (word := translated(form.valeur, words["formes"])):
        avis.forme = Fait(word, form.origine, form.valeur)
    avis.ccag = row.word(avis, "ccag", "ccag", "ccag")
    avis.procedure = row.word(avis, "procedure", "procedures", "procedure")
    avis.acheteur.nom, avis.acheteur.siret = row.fact("acheteur"), row.fact("siret")
    _place(avis, row.fact("lieu"))
    _social(avis, row)
    _lots(avis, row.fact("lots"))
    return avis


def _place(avis: AvisLu, lieu: Fait | None) -> None:
    if lieu is None:
        return
    codes = re.findall(r"\b\d{5}\b", lieu.valeur)
    if len(codes) == 1:
        avis.code_postal = Fait(codes[0], lieu.origine, lieu.valeur)
    elif _DEPARTEMENT.fullmatch(lieu.valeur):
        avis.departement = lieu
    elif not re.search(r"\d", lieu.valeur):
        avis.commune = Fait(lieu.valeur, lieu.origine, lieu.valeur, sur=False)


def _social(avis: AvisLu, row: _Row) -> None:
    social, reserve = row.fact("social"), row.fact("reserve")
    if social is not None and bare(social.valeur) not in _NO:
        said = "prévue" if bare(social.valeur) in _YES else f"« {social.valeur[:80]} »"
        avis.sociaux.append(Fait(f"{said} au plan d'achats", social.origine, social.valeur))
    if reserve is not None and bare(reserve.valeur) not in _NO:
        said = "prévue" if bare(reserve.valeur) in _YES else f"« {reserve.valeur[:80]} »"
        avis.reserves.append(Fait(f"{said} au plan d'achats", reserve.origine, reserve.valeur))


def _lots(avis: AvisLu, lots: Fait | None) -> None:
    """A plan counts lots and does not describe them: they are numbered, and nothing more is known."""
    if lots is None or not re.fullmatch(r"[0-9]{1,2}", lots.valeur) or not 1 <= int(lots.valeur) <= 60:
        return
    for number in range(1, int(lots.valeur) + 1):
        avis.lots.append(LotLu(numero=Fait(str(number), lots.origine, f"{lots.valeur} lots annoncés")))
