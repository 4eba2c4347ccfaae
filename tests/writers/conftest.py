"""A piece that holds every kind of token, and ways to look inside what the writers made of it."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import date
from io import BytesIO

import pytest
from lxml import etree

from clausegen.text.dialect import parse
from clausegen.text.slots import Slots
from clausegen.text.tree import Champ, Proprietes, Texte, read_already

QUESTION = "Quel est le numéro SIRET de l'acheteur ?"


def _compose(
    markdown: str,
    slots: Slots | None = None,
    *,
    premier_article: int = 1,
    table: bool = False,
    jour: date | None = date(2026, 11, 24),
    personnalisees: dict[str, str] | None = None,
    entete: str = "2026-014 : Nettoyage",
) -> Texte:
    slots = slots or Slots()
    tokens = parse(markdown, slots, premier_article=premier_article)
    proprietes = Proprietes("Clause d'insertion", "2026-014", jour, personnalisees or {})
    return Texte(
        "ccap",
        read_already(tokens),
        tuple(slots.commentaires),
        tuple(slots.champs),
        proprietes,
        entete,
        premier_article,
        table,
    )


@pytest.fixture
def compose() -> Callable[..., Texte]:
    """Makes a piece from Markdown and slots."""
    return _compose


@pytest.fixture
def suite() -> Texte:
    """A piece with every kind of token."""
    slots = Slots()
    siret = slots.field(Champ("acheteur.siret", QUESTION))
    quand = slots.field(Champ("date_note", "À quelle date ?"))
    outer, end_outer = slots.comment("Choix de rédaction", "Choix de rédaction : durée retenue.\nRègle x.")
    inner, end_inner = slots.comment("Fait manquant", "Fait manquant : la date.")
    fact = slots.fact("Ville de Rennes & <Métropole>\n2, rue du Port")
    markdown = f"""# Clause sociale

:::cartouche
| | |
|---|---|
| Acheteur | {fact} |
| SIRET | {siret} |
:::

Entrée en matière sur
deux lignes, le 1er mars 2027.

{{#objet}}
## Objet

Le titulaire réalise une **action *d'insertion***, voir l'article {slots.reference("penalites")} et `clé`.

### Périmètre

Les lots sont les suivants :

| Lot | Intitulé | Heures |
|:-:|---|---:|
| 1 | Nettoyage | 1 200 |
| 2 | Vitrerie | 300 |

Suite :

- un ;
  - dedans ;
- deux.

1. premier
2. second

   suite du second

Autre liste :

3. trois
4. quatre

#### Détail

> Citation.

Le calcul est {outer}figé au {inner}{quand}{end_inner} au plus tard{end_outer} ; fin.

{{#penalites}}
## Pénalités

:::encadre
À retenir.

- point ;
:::

---

Voir l'article {slots.reference("objet")}.

{{#sig .sans-numero}}
## Signature

:::signatures
| Pour l'acheteur | Pour la structure |
|---|---|
| Le maire | La directrice |
:::
"""
    return _compose(markdown, slots, premier_article=12, table=True, personnalisees={"Empreinte": "ab12"})


@pytest.fixture
def opened() -> Callable[[bytes], dict[str, etree._Element]]:
    """Parses every part of a Word file."""

    def _open(data: bytes) -> dict[str, etree._Element]:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return {name: etree.fromstring(archive.read(name)) for name in archive.namelist()}

    return _open
