"""How a question is put: its words, what can be picked, what is usual, what holds if it is left open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from clausegen.assistant import fields
from clausegen.assistant.implications import hours
from clausegen.assistant.questions import SUITE, Choix, Question
from clausegen.assistant.script import Fiche, Script
from clausegen.assistant.values import Valeurs, get
from clausegen.description.vocabulary import LIBELLES, VocabulaireOuvert
from clausegen.files.treepath import parse_path
from clausegen.law.decision import Decision, LotDecision

_YES_NO = (Choix("oui", "oui"), Choix("non", "non"))


def question(
    fiche: Fiche, chemin: str, valeurs: Valeurs, script: Script, vocab: VocabulaireOuvert, decision: Decision
) -> Question:
    """Return a question ready to be put.

    Args:
        fiche: what the script says of it.
        chemin: the key, with its lot.
        valeurs: what was given, of which some proposals depend.
        script: its words.
        vocab: the words that the rules own.
        decision: what is decided so far, for the options of a lot.
    """
    fait = script.fait(chemin)
    champ = fields.champ(fiche.cle)
    genre = fiche.genre or (champ.genre if champ else fields.TEXTE)
    text = fiche.question or fait.get("question", "Que faut-il écrire ici ?")
    rank = next((step for step in parse_path(chemin) if isinstance(step, int)), None)
    if rank is not None and len(get(valeurs, "lots") or ()) > 1:
        name = get(valeurs, f"lots[{rank}].intitule")
        text = f"Lot n° {rank + 1}{f' ({name})' if name else ''} : {text[:1].lower()}{text[1:]}"
    return Question(
        chemin,
        fiche.titre,
        text,
        fait.get("aide", champ.description if champ else ""),
        fiche.exemple or fait.get("exemple", ""),
        genre,
        _choices(genre, fiche, champ, chemin, valeurs, vocab, decision),
        _default(script.defaut(chemin)),
        fiche.obligatoire,
    )


def _choices(
    genre: str,
    fiche: Fiche,
    champ: fields.Champ | None,
    chemin: str,
    valeurs: Valeurs,
    vocab: VocabulaireOuvert,
    decision: Decision,
) -> tuple[Choix, ...]:
    if genre in (fields.OUI_NON, "presence"):
        return _YES_NO
    if genre == "secteur":
        before = _sector_before(chemin, valeurs)
        words = sorted(vocab.secteurs, key=lambda word: word != before)
        return tuple(Choix(w, vocab.secteurs[w], "comme le lot précédent" if w == before else "") for w in words)
    if genre == "dispositif":
        rank = next(step for step in parse_path(chemin) if isinstance(step, int))
        if rank < len(decision.lots):
            return _devices(decision.lots[rank])
        # Nothing is decided of a lot that nobody has described yet.
        return tuple(Choix(word, label) for word, label in LIBELLES["dispositif"].items())
    if genre != fields.CHOIX or champ is None:
        return ()
    labels = {word: str(entry["libelle"]) for word, entry in (fiche.choix or {}).items()}
    named = dict(champ.mots) | labels
    usual = _usual(fiche.propose, valeurs)
    listed = [*labels, *(word for word, _ in champ.mots if word not in labels)]
    order = sorted(listed, key=lambda word: word not in usual)
    other = {word: tuple(entry.get("mots", ())) for word, entry in (fiche.choix or {}).items()}
    return tuple(Choix(word, named[word], usual.get(word, ""), other.get(word, ())) for word in order)


def _sector_before(chemin: str, valeurs: Valeurs) -> str:
    """Return the sector of the lot before, when somebody gave it."""
    rank = next(step for step in parse_path(chemin) if isinstance(step, int))
    return str(get(valeurs, f"lots[{rank - 1}].calibrage.secteur") or "") if rank else ""


def _usual(propose: Sequence[Mapping[str, Any]], valeurs: Valeurs) -> dict[str, str]:
    """Return the usual word and why: by a word given before, or by its first characters, the longest first."""
    for entry in propose:
        said, table = str(get(valeurs, entry["selon"]) or ""), entry["valeurs"]
        begin = [key for key in table if said.startswith(key)] if entry.get("debut") else [said]
        if word := table.get(max(begin, key=len, default="")):
            return {word: f"proposé : {entry['dit']}"}
    return {}


def _devices(lot: LotDecision) -> tuple[Choix, ...]:
    """Return the options of a lot that the law leaves open, the proposal first; those it closes are not shown."""
    labels = LIBELLES["dispositif"]
    proposed = next((o.dispositif for o in lot.options if o.recommande), None)
    found = []
    if proposed is not None:
        kept = hours(lot.heures) if lot.dispositif == proposed else ""
        found.append(Choix("auto", f"garder la proposition : {labels[proposed]}{kept}"))
    for option in lot.options:
        if option.statut == "interdit" or option.dispositif == proposed:
            continue
        note = "" if option.statut == "possible" else "à vérifier, il manque des faits"
        found.append(Choix(option.dispositif, labels[option.dispositif], note))
    return tuple(found)


def _default(valeur: Any) -> str:
    if valeur is None:
        return ""
    if isinstance(valeur, bool):
        return "oui" if valeur else "non"
    if isinstance(valeur, Mapping):
        return ", ".join(f"{item} par {key}" if key == "par" else str(item) for key, item in valeur.items())
    return str(valeur)


def next_lot(script: Script, rank: int) -> Question:
    """Return the question that goes on with a list of lots."""
    words = script.lot_suivant
    titre = script.par_cle["lots"].titre
    text = words["question"].format(numero=rank + 1)
    return Question(f"lots[{rank}].intitule", titre, text, words["aide"], words["exemple"], "lot-suivant")


def go_on(script: Script, nombre: int, exemples: str) -> Question:
    """Return the question between what decides and what fills the pieces."""
    fields_left = f"{nombre} champs" if nombre > 1 else "un champ"
    text = script.suite["question"].format(nombre=fields_left, exemples=exemples)
    return Question(SUITE, script.suite["titre"], text, script.suite["aide"], "", fields.OUI_NON, _YES_NO)
