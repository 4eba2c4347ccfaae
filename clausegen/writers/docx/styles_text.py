"""The styles of the text itself: title, articles, paragraphs, lists, quotations, frames."""

from __future__ import annotations

from clausegen.writers.docx.look import (
    BODY,
    FRAME_INDENT,
    GREY,
    INK,
    LINE,
    LIST_INDENT,
    LIST_STEP,
    PANEL,
    Style,
    bold,
    border,
    colour,
    fill,
    size,
    spacing,
)


def _heading(level: int, half_points: int, before: int, after: int) -> Style:
    return Style(
        f"Heading{level}",
        f"heading {level}",
        next="BodyText",
        paragraph={
            "keepNext": {},
            "keepLines": {},
            "numPr": f'<w:numPr><w:ilvl w:val="{level - 1}"/><w:numId w:val="1"/></w:numPr>',
            "suppressAutoHyphens": {},
            "spacing": spacing(before, after, 252),
            "outlineLvl": {"val": level - 1},
        },
        run={**bold(), **colour(INK), **size(half_points)},
        priority=9,
    )


def _unnumbered(level: int) -> Style:
    return Style(
        f"Heading{level}SansNumero",
        f"Titre {level} sans numéro",
        based_on=f"Heading{level}",
        next="BodyText",
        paragraph={"numPr": '<w:numPr><w:numId w:val="0"/></w:numPr>', "ind": {"left": 0, "firstLine": 0}},
        custom=True,
        priority=9,
    )


def _continue(level: int) -> Style:
    suffix = "" if level == 1 else f" {level}"
    return Style(
        f"ListContinue{level}",
        f"List Continue{suffix}",
        based_on="BodyText",
        paragraph={"spacing": spacing(0, 60, 269), "ind": {"left": LIST_INDENT + LIST_STEP * level}},
    )


_BOX = "".join(border(side, 4, 8, LINE) for side in ("top", "left", "bottom", "right"))

TEXT: tuple[Style, ...] = (
    Style("BodyText", "Body Text", paragraph={"spacing": spacing(120, 60, 269), "jc": {"val": "both"}}, priority=1),
    Style(
        "TexteIntroductif",
        "Texte introductif",
        based_on="BodyText",
        next="BodyText",
        paragraph={"keepNext": {}, "spacing": spacing(120, 100, 269)},
        custom=True,
        priority=1,
    ),
    Style(
        "Title",
        "Title",
        next="BodyText",
        paragraph={
            "keepNext": {},
            "keepLines": {},
            "pBdr": f"<w:pBdr>{border('bottom', 12, 8, INK)}</w:pBdr>",
            "suppressAutoHyphens": {},
            "spacing": spacing(120, 300),
        },
        run={**bold(), **colour(INK), **size(36)},
        priority=8,
    ),
    _heading(1, 26, 360, 80),
    _heading(2, BODY, 220, 40),
    Style(
        "Heading3",
        "heading 3",
        next="BodyText",
        paragraph=_heading(3, BODY, 180, 20).paragraph,
        run={"i": {}, "iCs": {}, **colour(INK), **size(BODY)},
        priority=9,
    ),
    *(_unnumbered(level) for level in (1, 2, 3)),
    Style("ListBullet", "List Bullet", based_on="BodyText", paragraph={"spacing": spacing(0, 60, 269)}),
    Style("ListNumber", "List Number", based_on="BodyText", paragraph={"spacing": spacing(0, 60, 269)}),
    *(_continue(level) for level in (1, 2, 3)),
    Style(
        "Quote",
        "Quote",
        based_on="BodyText",
        paragraph={"spacing": spacing(120, 120, 269), "ind": {"left": 567, "right": 567}},
        run=colour(GREY),
    ),
    Style(
        "Encadre",
        "Encadré",
        paragraph={
            "keepLines": {},
            "pBdr": f"<w:pBdr>{_BOX}</w:pBdr>",
            "shd": fill(PANEL),
            "spacing": spacing(140, 80, 264),
            "ind": {"left": FRAME_INDENT, "right": FRAME_INDENT},
        },
        custom=True,
    ),
    Style("EncadreListe", "Encadré liste", based_on="Encadre", paragraph={"spacing": spacing(0, 60, 264)}, custom=True),
    Style("Filet", "Filet", paragraph={"pBdr": f"<w:pBdr>{border('bottom', 4, 1, LINE)}</w:pBdr>"}, custom=True),
    Style(
        "ApresTableau",
        "Après tableau",
        based_on="BodyText",
        next="BodyText",
        paragraph={"spacing": spacing(200, 60, 269)},
        custom=True,
    ),
    Style(
        "ApresTableauIntroductif",
        "Après tableau introductif",
        based_on="ApresTableau",
        next="BodyText",
        paragraph={"keepNext": {}},
        custom=True,
    ),
    Style(
        "Separateur",
        "Séparateur",
        paragraph={"spacing": {"before": 0, "after": 0, "line": 160, "lineRule": "exact"}},
        run=size(2),
        custom=True,
        priority=99,
    ),
)
