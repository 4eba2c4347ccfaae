"""What the state of a file says: remains of a model, points without comment, quotations, traces."""

from dataclasses import replace
from datetime import date

import pytest

from clausegen.reading.document import Bloc, ChampLu, CommentaireLu, Document, Genre, Revision

CODES = ("R22", "R37", "R41", "R42")


def alone(text, piece=None, **more):
    return Document("essai.docx", (Bloc(1, Genre.PARAGRAPHE, text, text, **more),), piece=piece)


def headings(*numbers):
    blocs = [
        Bloc(i, Genre.ARTICLE, f"Titre {n}", f"Titre {n}", niveau=n.count(".") + 1, numero=n)
        for i, n in enumerate(numbers, 1)
    ]
    return Document("ccap.docx", tuple(blocs))


def test_no_fault_on_any_piece(exemples, lire):
    for exemple in exemples.values():
        for piece in exemple.pieces.values():
            for dossier in (exemple.dossier, None):
                assert lire(piece, CODES, dossier=dossier) == [], (exemple.nom, piece.piece)


@pytest.mark.parametrize(
    "remains",
    [
        "[montant à compléter]",
        "{{ lot.numero }}",
        "XXX",
        "TODO",
        "lorem ipsum",
        "[à compléter : date]",
        "[1.3.7 Suivi]",
    ],
)
@pytest.mark.parametrize("piece", ["ccap", "rc", "convention"])
def test_a_remains_is_found_in_a_piece(remains, piece, exemples, lire):
    document = exemples["espaces-verts"].pieces[piece]
    block = next(b for b in document.corps() if b.genre is Genre.PARAGRAPHE and not b.champs and b.texte.endswith("."))
    changed = tuple(
        replace(b, texte=f"{b.texte[:-1]}, soit {remains}.") if b.rang == block.rang else b for b in document.blocs
    )
    found = lire(replace(document, blocs=changed), CODES)
    assert [(f[0], f[2]) for f in found] == [("R37", remains)]


def test_an_empty_field_is_only_pointed_at(lire):
    words = "[à compléter : Quel montant ?]"
    document = alone(f"Pénalité de {words}.", champs=(ChampLu(12, 12 + len(words), "x", "Quel montant ?", True),))
    assert lire(document, ("R37",)) == []
    assert [f[2] for f in lire(document, ("R37",), tout=True)] == [words]


def test_highlighted_words(lire):
    assert [f[2] for f in lire(alone("Durée de douze mois.", surlignes=((9, 14),)), ("R37",))] == ["douze"]


@pytest.mark.parametrize(
    ("numbers", "foreign"),
    [
        (["4.5.1", "4.5.2", "4.5.3", "1.3.4", "4.5.4", "4.5.5", "13.2"], ["Titre 1.3.4"]),
        (["4.5.3", "1.3.4", "1.3.5", "4.5.4"], ["Titre 1.3.4"]),
        (["1", "1.1", "1.2", "2", "2.1", "3"], []),
        (["4.5.1", "4.5.2", "1", "1.1", "1.2"], []),
        (["12", "12.1", "13", "13.1"], []),
    ],
)
def test_a_number_foreign_to_the_sequence(numbers, foreign, lire):
    assert [f[2] for f in lire(headings(*numbers), ("R37",))] == foreign


def test_typed_numbers_are_read_too(lire):
    texts = ["4.5.3 Coordonnées du facilitateur :", "    1.3.4 Modalités de réalisation", "4.5.4 Globalisation"]
    blocs = tuple(Bloc(i, Genre.PARAGRAPHE, t, t) for i, t in enumerate(texts, 1))
    assert [f[2] for f in lire(Document("ccap.docx", blocs), ("R37",))] == ["1.3.4"]


def test_dots_are_a_form_for_the_candidate(lire):
    text = "Le titulaire réalise au moins …… heures d'insertion."
    assert [f[2] for f in lire(alone(text, "ccap"), ("R37",))] == ["……"]
    assert lire(alone(text, "ae"), ("R37",)) == []
    assert [f[2] for f in lire(alone("Le signataire a lu l'article …………… du CCAP.", "ae"), ("R37",))] == ["……………"]
    assert [f[2] for f in lire(alone("Chaque manquement donne lieu à une pénalité de ……………", "ccap"), ("R37",))] == [
        "……………"
    ]
    assert lire(alone("Nom du correspondant : ……………", "ccap"), ("R37",)) == []
    assert lire(alone("Fait à ……, le ……", "convention"), ("R37",)) == []


def test_an_unverified_point_needs_its_comment(exemples, lire):
    piece = exemples["mobilier-penitentiaire"].pieces["ccap"]
    assert lire(piece, ("R22",)) == []
    stripped = tuple(
        replace(b, commentaires=()) if "412" in b.texte or "412" in "".join(c.texte for c in b.commentaires) else b
        for b in piece.blocs
    )
    section = [b for b in stripped if "412" in b.texte]
    assert section and any(b.commentaires for b in stripped)
    titles = {piece.titres_de(b.rang)[-1].rang for b in section}
    bare = tuple(
        replace(b, commentaires=()) if (t := piece.titres_de(b.rang)) and t[-1].rang in titles else b for b in stripped
    )
    assert {f[0] for f in lire(replace(piece, blocs=bare), ("R22",))} == {"R22"}
    nothing = tuple(replace(b, commentaires=()) for b in piece.blocs)
    assert lire(replace(piece, blocs=nothing), ("R22",)) == [], "the version to publish has none"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "« Les clauses du marché précisent les conditions d'exécution des prestations, qui doivent être liées à son objet. »",
            False,
        ),
        ("« Les clauses du marché précisent (…) les conditions d'exécution des prestations »", False),
        (
            "« Les clauses du marché définissent les conditions d'exécution des prestations, qui doivent être liées à son objet. »",
            True,
        ),
        (
            "« La commande publique contribue à l'atteinte des objectifs de développement durable, dans leurs dimensions économique, sociale et environnementale »",
            True,
        ),
        ("« pénalités d'insertion »", False),
        ("Le document « Engagements du titulaire au titre de la clause » est joint.", False),
    ],
)
def test_a_quotation_is_exact(text, found, lire):
    assert bool(lire(alone(text), ("R41",))) is found


def test_a_quotation_has_a_date(lire):
    text = "« Elles peuvent également prendre en compte des considérations relatives à l'économie, à l'innovation, au domaine social »"
    assert lire(alone(text), ("R41",), jour=date(2026, 9, 1)) == []
    assert len(lire(alone(text), ("R41",), jour=date(2026, 1, 1))) == 1


def test_the_version_to_publish_shows_no_trace(lire):
    clean = alone("Le titulaire réalise l'action.", "ccap")
    assert lire(clean, ("R42",)) == []
    block = replace(
        clean.blocs[0],
        commentaires=(CommentaireLu(0, 2, "À revoir", "J. Martin"),),
        revisions=(Revision(3, 12, True, "titulaire", "J. Martin"),),
        surlignes=((13, 20),),
    )
    dirty = replace(clean, blocs=(block,), auteurs=("clausegen", "J. Martin"))
    assert [f[2] for f in lire(dirty, ("R42",))] == ["", "Le", "titulaire", "réalise"]
    assert lire(replace(dirty, projet=("Le titulaire réalise l'action.",)), ("R42",)) == [], "a working version"
    assert lire(replace(dirty, piece=None), ("R42",)) == [], "a text from elsewhere"
