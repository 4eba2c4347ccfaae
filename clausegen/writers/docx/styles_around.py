"""The styles around the text: header, footer, table of contents, comments, fields, and characters."""

from __future__ import annotations

from itertools import combinations

from clausegen.writers.docx.look import (
    FIELD_FILL,
    FIELD_INK,
    GREY,
    INK,
    LINE,
    PANEL,
    SMALL,
    Properties,
    Style,
    bold,
    border,
    colour,
    fill,
    size,
    spacing,
)

CHARACTER_STYLES = ("Strong", "Emphasis", "Exposant")
_PLACEHOLDER_RUN: Properties = {**colour(FIELD_INK), "shd": fill(FIELD_FILL)}


def _characters() -> list[Style]:
    """Return a style for each way of combining bold, italics and superscript, since a run has only one style."""
    properties: dict[str, Properties] = {
        "Strong": bold(),
        "Emphasis": {"i": {}, "iCs": {}},
        "Exposant": {"vertAlign": {"val": "superscript"}},
    }
    styles = []
    for count in (1, 2, 3):
        for names in combinations(CHARACTER_STYLES, count):
            run = {key: value for name in names for key, value in properties[name].items()}
            custom = names not in (("Strong",), ("Emphasis",))
            styles.append(
                Style("".join(names), " ".join(names), "character", "DefaultParagraphFont", run=run, custom=custom)
            )
    return styles


AROUND: tuple[Style, ...] = (
    Style(
        "Header",
        "header",
        paragraph={
            "pBdr": f"<w:pBdr>{border('bottom', 4, 4, LINE)}</w:pBdr>",
            "suppressAutoHyphens": {},
        },
        run={**colour(GREY), **size(SMALL)},
        priority=99,
    ),
    Style("Footer", "footer", paragraph={"jc": {"val": "right"}}, run={**colour(GREY), **size(SMALL)}, priority=99),
    Style(
        "TOCHeading",
        "TOC Heading",
        next="BodyText",
        paragraph={"keepNext": {}, "keepLines": {}, "spacing": spacing(240, 120)},
        run={**bold(), **colour(INK), **size(26)},
        priority=39,
    ),
    Style(
        "TOC1",
        "toc 1",
        next="Normal",
        paragraph={
            "tabs": '<w:tabs><w:tab w:val="left" w:pos="567"/></w:tabs>',
            "spacing": spacing(60, 20),
            "ind": {"left": 567, "right": 567, "hanging": 567},
        },
        priority=39,
    ),
    Style(
        "TOC2",
        "toc 2",
        next="Normal",
        paragraph={
            "tabs": '<w:tabs><w:tab w:val="left" w:pos="1247"/></w:tabs>',
            "spacing": spacing(0, 20),
            "ind": {"left": 1247, "right": 567, "hanging": 680},
        },
        run=size(SMALL),
        priority=39,
    ),
    Style("CommentText", "annotation text", run=size(SMALL), priority=99),
    Style("CommentReference", "annotation reference", "character", "DefaultParagraphFont", run=size(16), priority=99),
    Style("Hyperlink", "Hyperlink", "character", "DefaultParagraphFont", run=colour(INK), priority=99),
    Style(
        "PlaceholderText", "Placeholder Text", "character", "DefaultParagraphFont", run=_PLACEHOLDER_RUN, priority=99
    ),
    Style(
        "Code",
        "Code",
        "character",
        "DefaultParagraphFont",
        run={"noProof": {}, "shd": fill(PANEL)},
        custom=True,
    ),
    *_characters(),
)
