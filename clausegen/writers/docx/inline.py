"""Words inside a paragraph: runs, marks, fields, references and the anchors of comments."""

from __future__ import annotations

from clausegen.record import dataclass
from clausegen.writers.blocks import Inline
from clausegen.writers.docx.comments import Comments
from clausegen.writers.docx.controls import Controls
from clausegen.writers.docx.fields import Bookmarks
from clausegen.writers.docx.oxml import text_run
from clausegen.writers.docx.styles import character_style
from clausegen.writers.docx.styles_around import CHARACTER_STYLES
from clausegen.writers.docx.widths import TEXT_WIDTH
from clausegen.writers.interface import POINTILLES, UnknownTokenError

_MARKS = {
    "strong_open": ("Strong", 1),
    "strong_close": ("Strong", -1),
    "em_open": ("Emphasis", 1),
    "em_close": ("Emphasis", -1),
}
_BREAK = "<w:r><w:br/></w:r>"


@dataclass(slots=True)
class Inlines:
    """Writes the words of one document; comments, controls and bookmarks are collected on the way.

    Args:
        comments: comments met so far.
        controls: fields met so far.
        bookmarks: named headings.
        publiable: whether comments and fields are left out.
        width: room of the text on the page, which tables fill.
    """

    comments: Comments
    controls: Controls
    bookmarks: Bookmarks
    publiable: bool
    width: int = TEXT_WIDTH

    def runs(self, inline: Inline, *, bold: bool = False) -> str:
        """Return the runs of a paragraph.

        Args:
            inline: its tokens.
            bold: whether the paragraph's style is bold already: Word would undo bold written twice.

        Raises:
            UnknownTokenError: a token outside the dialect.
        """
        if len(inline) == 1 and inline[0].type == "text":
            # Most cells, and most paragraphs without a fact.
            return text_run(inline[0].content) if inline[0].content else ""
        return _Line(self, bold).write(inline)


class _Line:
    """One paragraph being written: text of the same style is joined into one run."""

    def __init__(self, inlines: Inlines, bold: bool) -> None:
        self._inlines = inlines
        self._ignored = "Strong" if bold else ""
        self._active = dict.fromkeys(CHARACTER_STYLES, 0)
        self._marked = False
        self._out: list[str] = []
        self._text: list[str] = []
        self._style: str | None = None

    def write(self, inline: Inline) -> str:
        for token in inline:
            if token.type in _MARKS:
                name, step = _MARKS[token.type]
                self._active[name] += step
                self._marked = any(self._active.values())
            elif token.type == "text":
                self._say(token.content, self._current())
            elif token.type == "softbreak":
                self._say(" ", self._current())
            elif token.type == "exposant":
                self._say(token.content, self._current("Exposant"))
            elif token.type == "code_inline":
                self._say(token.content, "Code")
            else:
                self._flush()
                self._out.append(self._special(token.type, token.content, token.meta))
        self._flush()
        return "".join(self._out)

    def _special(self, kind: str, content: str, meta: dict[str, object]) -> str:
        inlines = self._inlines
        if kind == "hardbreak":
            return _BREAK
        if kind == "champ":
            if inlines.publiable:
                return text_run(POINTILLES, self._current())
            return inlines.controls.control(meta["champ"], self._current())  # type: ignore[arg-type]
        if kind == "renvoi":
            return inlines.bookmarks.reference(str(meta["ancre"]), content, self._current())
        if kind in ("commentaire_open", "commentaire_close"):
            if inlines.publiable:
                return ""
            mark = inlines.comments.open if kind == "commentaire_open" else inlines.comments.close
            return mark(meta["commentaire"])  # type: ignore[arg-type]
        raise UnknownTokenError(kind)

    def _current(self, extra: str = "") -> str | None:
        if not self._marked and not extra:
            return None
        names = (n for n in CHARACTER_STYLES if (self._active[n] > 0 or n == extra) and n != self._ignored)
        return character_style(names)

    def _say(self, text: str, style: str | None) -> None:
        if style != self._style:
            self._flush()
            self._style = style
        self._text.append(text)

    def _flush(self) -> None:
        text = "".join(self._text)
        if text:
            self._out.append(text_run(text, self._style))
        self._text.clear()
