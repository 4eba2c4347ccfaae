"""Fields to complete: content controls, and the glossary part that gives their question back once emptied."""

from __future__ import annotations

from dataclasses import field
from functools import lru_cache
from hashlib import sha256

from clausegen.record import dataclass
from clausegen.text.tree import Champ
from clausegen.writers.docx.oxml import HEAD, W, element, escape, ordered, paragraph, text_run, val
from clausegen.writers.interface import field_text

# Word refuses to open a control whose title or tag is longer.
_LONGEST = 64


@dataclass(slots=True)
class Controls:
    """The content controls met so far in one document; their ids follow reading order."""

    _count: int = 0
    _names: dict[str, str] = field(default_factory=dict)

    def control(self, champ: Champ, style: str | None) -> str:
        """Return the content control of a field to complete.

        Args:
            champ: the field.
            style: character style that the answer will take.
        """
        self._count += 1
        text = field_text(champ, publiable=False)
        name = self._names.setdefault(text, f"clausegen {len(self._names) + 1}")
        properties = {
            "alias": val("alias", shorten(champ.question.strip())),
            "tag": val("tag", shorten(champ.chemin)),
            "id": val("id", self._count),
            "placeholder": f"<w:placeholder>{val('docPart', name)}</w:placeholder>",
            "showingPlcHdr": "<w:showingPlcHdr/>",
            "richText": "<w:richText/>",
        }
        if style:
            properties["rPr"] = ordered("w:rPr", {"rStyle": val("rStyle", style)})
        content = text_run(text, "PlaceholderText")
        return f"<w:sdt>{ordered('w:sdtPr', properties)}<w:sdtContent>{content}</w:sdtContent></w:sdt>"

    def part(self) -> str | None:
        """Return the glossary part, or None when there is no field."""
        if not self._names:
            return None
        parts = "".join(_doc_part(name, text) for text, name in self._names.items())
        return f'{HEAD}<w:glossaryDocument xmlns:w="{W}"><w:docParts>{parts}</w:docParts></w:glossaryDocument>'


def shorten(text: str) -> str:
    """Return a text that fits a control's title: cut between words, with an ellipsis, when it is too long."""
    if len(text) <= _LONGEST:
        return text
    cut = text[: _LONGEST - 1]
    return (cut.rsplit(" ", 1)[0] or cut) + "…"


@lru_cache(maxsize=1_024)
def _doc_part(name: str, text: str) -> str:
    digest = sha256(text.encode()).hexdigest().upper()
    # A GUID is demanded: made from the text, so that the same text gives the same file.
    guid = f"{{{digest[:8]}-{digest[8:12]}-4{digest[13:16]}-A{digest[17:20]}-{digest[20:32]}}}"
    properties = (
        element("w:name", {"w:val": name})
        + f'<w:category><w:name w:val="{escape("Général")}"/><w:gallery w:val="placeholder"/></w:category>'
        + '<w:types><w:type w:val="bbPlcHdr"/></w:types><w:behaviors><w:behavior w:val="content"/></w:behaviors>'
        + val("guid", guid)
    )
    body = paragraph("Normal", text_run(text, "PlaceholderText"))
    return f"<w:docPart><w:docPartPr>{properties}</w:docPartPr><w:docPartBody>{body}</w:docPartBody></w:docPart>"
