"""Essential data of the commande publique, JSON and XML, of every schema since 2019: a past market, to be renewed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from clausegen.diagnostics import Diagnostic, Niveau
from clausegen.errors import ClausegenError
from clausegen.exchange.importers.content import Contenu
from clausegen.exchange.importers.detect import records
from clausegen.exchange.importers.interface import AcheteurLu, AvisLu, Fait, Genre, LotLu, Tables
from clausegen.exchange.importers.tree import Noeud, from_json
from clausegen.exchange.importers.words import bare, translated, unknown

_MARKETS = ("marche", "contrat-concession", "marches")


def read_notices(contenu: Contenu, tables: Tables) -> list[AvisLu]:
    """Return each market of a file.

    Raises:
        ClausegenError: the file holds none.
    """
    words = tables["libelles"]
    found = [_market(node, words) for node in _markets(contenu)]
    if not found:
        raise ClausegenError("Ces données essentielles ne contiennent aucun marché.")
    return found


def _markets(contenu: Contenu) -> Iterator[Noeud]:
    if contenu.racine is not None:
        racine = contenu.racine
        yield from (racine.enfants if racine.nom == "marches" else [racine])
        return
    for pointer, record in records(contenu.valeur):
        if isinstance(record, dict) and "marches" in record:
            tree = from_json("racine", record, pointer)
            for holder in tree.nommes("marches"):
                inner = [child for child in holder.enfants if child.nom in _MARKETS and _reads(child)]
                yield from (inner or ([holder] if _reads(holder) else []))
        elif isinstance(record, dict):
            yield from_json("marche", record, pointer)


def _reads(node: Noeud) -> bool:
    return bool(_first(node, "objet") or _first(node, "id"))


def _first(node: Noeud, *noms: str) -> Noeud | None:
    """Return the first child of a name, whatever its case and its separators: open data writes `codecpv`."""
    for nom in noms:
        found = node.un(nom)
        if found is not None and found.complet:
            return found
    wanted = {nom.lower().replace("/", ".") for nom in noms}
    for child in node.enfants:
        if child.complet and child.nom.lower().replace("_", ".") in wanted:
            return child
    return None


def _fact(node: Noeud | None, words: Mapping[str, Any], precision: str = "", sur: bool = True) -> Fait | None:
    if node is None or unknown(node.complet, words["inconnus"]):
        return None
    return Fait(node.complet, node.origine, precision, sur)


def _market(node: Noeud, words: Mapping[str, Any]) -> AvisLu:
    concession = node.nom == "contrat-concession" or _first(node, "autoriteConcedante/id") is not None
    label = "contrat de concession" if concession else "marché"
    avis = AvisLu(format=f"données essentielles, {label}", genre=Genre.DONNEES)
    avis.reference = _fact(_first(node, "id"), words)
    avis.identifiant = avis.reference.valeur if avis.reference else ""
    published = _first(node, "datePublicationDonnees")
    avis.publication = published.complet[:10] if published is not None else ""
    avis.intitule = _fact(_first(node, "objet"), words)
    avis.cpv = _fact(_first(node, "codeCPV"), words)
    avis.valeur = _fact(_first(node, "valeurGlobale" if concession else "montant"), words, "EUR", sur=False)
    avis.duree = _fact(_first(node, "dureeMois"), words, "mois")
    _nature(avis, node, words, concession)
    if not concession:
        avis.procedure = _word(avis, _first(node, "procedure"), words, "procedures", "procedure")
    avis.ccag = _word(avis, _first(node, "ccag"), words, "ccag", "ccag")
    _where(avis, node, words)
    buyer = _first(node, "acheteur/id", "autoriteConcedante/id", "acheteur.id", "idAcheteur")
    name = _first(node, "acheteur/nom", "acheteur.nom", "autoriteConcedante/nom")
    avis.acheteur = AcheteurLu(siret=_fact(buyer, words), nom=_fact(name, words))
    for found in (*node.tous("considerationsSociales/considerationSociale"), *node.nommes("considerationssociales")):
        _social(avis, found, words)
    if node.nommes("modifications") and any(child.enfants or child.texte for child in node.nommes("modifications")):
        message = "Le marché a été modifié en cours d'exécution : montant et durée sont ceux du contrat initial."
        avis.remarques.append(Diagnostic("I013", Niveau.INFORMATION, message, "valeur_estimee_ht"))
    lot = LotLu(numero=Fait("1", node.origine, "un lot est un enregistrement", sur=False))
    lot.intitule = avis.intitule
    avis.lots = [lot]
    return avis


def _word(avis: AvisLu, node: Noeud | None, words: Mapping[str, Any], table: str, chemin: str) -> Fait | None:
    if node is None or unknown(node.complet, words["inconnus"]):
        return None
    word = translated(node.complet, words[table])
    if not word:
        message = f"« {node.complet[:60]} » n'est pas un libellé connu : il est laissé de côté."
        avis.remarques.append(Diagnostic("I008", Niveau.INFORMATION, message, chemin))
        return None
    return Fait(word, node.origine, node.complet)


def _nature(avis: AvisLu, node: Noeud, words: Mapping[str, Any], concession: bool) -> None:
    nature = _first(node, "nature", "_type")
    if nature is not None:
        kind, contract = translated(nature.complet, words["natures"]), translated(nature.complet, words["contrats"])
        if kind:
            avis.nature = Fait(kind, nature.origine, nature.complet)
        if contract:
            avis.contrat = Fait(contract, nature.origine, nature.complet)
        if regime := translated(nature.complet, words["regimes"]):
            avis.regime = Fait(regime, nature.origine, nature.complet)
    if concession:
        avis.contrat = Fait("concession", node.origine, "concession")
        avis.procedure = Fait("concession", node.origine, "concession")
        return
    framework = [
        n for n in node.tous("techniques/technique") if translated(n.complet, words["contrats"]) == "accord-cadre"
    ]
    if framework:
        avis.contrat = Fait("accord-cadre", framework[0].origine, framework[0].complet)
    modes = [n for n in node.tous("modalitesExecution/modaliteExecution") if translated(n.complet, words["formes"])]
    formes = {translated(n.complet, words["formes"]) for n in modes}
    if formes:
        avis.forme = Fait(formes.pop() if len(formes) == 1 else "mixte", modes[0].origine, modes[0].complet)


def _where(avis: AvisLu, node: Noeud, words: Mapping[str, Any]) -> None:
    code = _fact(_first(node, "lieuExecution/code", "lieuExecution.code", "lieuexecution.code"), words)
    kind = _first(node, "lieuExecution/typeCode", "lieuExecution.typeCode")
    label = bare(kind.complet) if kind is not None else ""
    if code is None:
        return
    if label in ("code postal", "code commune", "code arrondissement"):
        avis.code_postal = Fait(code.valeur, code.origine, kind.complet if kind is not None else "")
    elif label == "code departement":
        avis.departement = code


def _social(avis: AvisLu, node: Noeud, words: Mapping[str, Any]) -> None:
    for part in node.complet.split(","):
        key = bare(part)
        if key in words["reserves"]:
            avis.reserves.append(
                Fait(f"« {words['sociaux'][key]} » aux données essentielles", node.origine, part.strip())
            )
        elif key in words["sociaux"]:
            avis.sociaux.append(
                Fait(f"« {words['sociaux'][key]} » aux données essentielles", node.origine, part.strip())
            )
        elif key in words["sans_social"]:
            avis.sociaux.append(Fait("", node.origine, part.strip()))
