"""A piece and a dossier to one text: tokens, comments, fields."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from clausegen.dossier.dossier import Dossier
from clausegen.dossier.pieces import Gabarit
from clausegen.errors import ClausegenError
from clausegen.language.unknown import Unknown
from clausegen.record import replace
from clausegen.text.buyer import GabaritsAcheteur, shipped_fingerprint
from clausegen.text.dialect import parse
from clausegen.text.environment import environment
from clausegen.text.faults import EXPECTED, UNEXPECTED, fault
from clausegen.text.functions import TemplateFault
from clausegen.text.guard import check_text, check_tokens
from clausegen.text.session import Session, current
from clausegen.text.slots import clean
from clausegen.text.tree import Lecture, Proprietes, Texte, Token, read_already

HEADER_LENGTH = 70
"""Characters of the object that stand in the header: one line of the page."""

LONGEST = 2_000_000
"""Characters that a piece may hold when a buyer's templates write it."""


def render(
    gabarit: Gabarit,
    dossier: Dossier,
    empreinte: str,
    folder: Path | None = None,
    *,
    fautes: tuple[str, ...] = (),
    acheteur: GabaritsAcheteur | None = None,
    modules: dict[str, Any] | None = None,
) -> Texte:
    """Render one piece.

    Args:
        gabarit: which piece.
        dossier: the market.
        empreinte: fingerprint of the description, for the document's properties.
        folder: another folder of templates.
        fautes: faults in spite of which the piece is drafted; each becomes a comment on the title.
        acheteur: a buyer's own templates, over the others.
        modules: the shared macros made for other pieces of the same dossier; those of this one are added.

    Returns:
        The text, ready for any writer.

    Raises:
        ClausegenError: a fault of the template, with its name and line.
    """
    session = Session(dossier) if modules is None else Session(dossier, modules=modules)
    markdown = _filled(gabarit, session, folder, acheteur)
    start, end, slots = first_article(gabarit, dossier), last_article(gabarit, dossier), session.slots

    def read() -> tuple[Token, ...]:
        tokens = parse(markdown, slots, premier_article=start, dernier_article=end)
        _check_depth(gabarit, tokens)
        if acheteur is not None:
            try:
                check_tokens(tokens)
            except TemplateFault as error:
                raise fault(gabarit.id, error, acheteur) from error
        return tokens

    lecture = Lecture(read)
    if fautes:
        lecture = read_already(_anchored_to_title(lecture.tokens(), session, fautes))
    elif acheteur is not None or folder is not None:
        # Templates that nobody tested tell their faults here, and not when a file is written.
        lecture.tokens()
    return Texte(
        piece=gabarit.id,
        lecture=lecture,
        commentaires=tuple(session.slots.commentaires),
        champs=tuple(session.slots.champs),
        proprietes=properties(gabarit, dossier, empreinte, acheteur),
        entete=_header(dossier),
        premier_article=start,
        table=gabarit.table,
    )


def _filled(gabarit: Gabarit, session: Session, folder: Path | None, acheteur: GabaritsAcheteur | None) -> str:
    """Return what the templates of a piece write, facts as marks."""
    faults = EXPECTED if acheteur is None else (*EXPECTED, *UNEXPECTED)
    token = current.set(session)
    try:
        template = environment(folder, acheteur).get_template(f"{gabarit.id}/{gabarit.id}.md.j2")
        markdown = template.render(session.dossier.context())
        if acheteur is not None and len(markdown) + sum(map(len, session.slots.faits)) > LONGEST:
            raise TemplateFault(f"la pièce dépasse {LONGEST // 1_000_000} millions de caractères")
        if acheteur is not None:
            check_text(markdown, session.slots)
        return markdown
    except faults as error:
        raise fault(gabarit.id, error, acheteur) from error
    finally:
        current.reset(token)


def _check_depth(gabarit: Gabarit, tokens: tuple[Token, ...]) -> None:
    """Refuse a heading deeper than those that documents have a style for."""
    for token in tokens:
        if token.type == "heading_open" and token.tag in ("h5", "h6"):
            raise ClausegenError(
                f"Le gabarit de la pièce « {gabarit.id} » emploie un titre à {token.tag[1]} dièses : "
                "les titres en ont quatre au plus."
            )


def _anchored_to_title(tokens: tuple[Token, ...], session: Session, fautes: tuple[str, ...]) -> tuple[Token, ...]:
    """Wrap the title in comments that name faults of the description."""
    for faute in fautes:
        session.slots.comment("À vérifier", f"À vérifier : pièce rédigée malgré une erreur. {faute}")
        remark = session.slots.commentaires[-1]
        for place, token in enumerate(tokens):
            if token.type == "inline":
                start = Token("commentaire_open", "", 1, meta={"commentaire": remark})
                end = Token("commentaire_close", "", -1, meta={"commentaire": remark})
                # The title itself may be shared with other pieces.
                title = replace(token, children=[start, *(token.children or []), end])
                tokens = (*tokens[:place], title, *tokens[place + 1 :])
                break
    return tokens


def first_article(gabarit: Gabarit, dossier: Dossier) -> int:
    """Return the number of the piece's first article: the one that the buyer's own CCAP or RC reserves, else 1."""
    if gabarit.id not in ("ccap", "rc"):
        return 1
    number = getattr(dossier.marche.pieces, gabarit.id).article
    return 1 if isinstance(number, Unknown) else int(number)


def last_article(gabarit: Gabarit, dossier: Dossier) -> int | None:
    """Return the number that the buyer's own CCAP reserves for its last article; None when it is not told."""
    if gabarit.id != "ccap":
        return None
    number = dossier.marche.pieces.ccap.dernier_article
    return None if isinstance(number, Unknown) else int(number)


def _header(dossier: Dossier) -> str:
    objet, reference = _one_line(dossier.marche.objet), dossier.marche.reference
    short = objet if len(objet) <= HEADER_LENGTH else objet[: HEADER_LENGTH - 1].rstrip() + "…"
    return short if isinstance(reference, Unknown) else f"{_one_line(reference)} · {short}"


def _one_line(text: str) -> str:
    return clean(text).replace("\n", " ")


def properties(
    gabarit: Gabarit, dossier: Dossier, empreinte: str, acheteur: GabaritsAcheteur | None = None
) -> Proprietes:
    """Return what the file of a piece says of itself."""
    decision = dossier.papers.decision
    day = dossier.marche.date_note
    if isinstance(day, Unknown):
        day = dossier.marche.date_lancement
    custom = {
        "clausegen-description": empreinte,
        "clausegen-regles": decision.regles["empreinte"],
        "clausegen-gabarits": shipped_fingerprint(),
    }
    if acheteur is not None:
        custom["clausegen-gabarits-acheteur"] = acheteur.empreinte
    if decision.date_droit is not None:
        custom["clausegen-date-droit"] = decision.date_droit.isoformat()
    return Proprietes(gabarit.titre, _header(dossier), None if isinstance(day, Unknown) else day, custom)
