"""Comments for the reviewing lawyer: their anchors in the text and their part."""

from __future__ import annotations

from dataclasses import field
from datetime import date

from clausegen.record import dataclass
from clausegen.text.tree import AUTHOR, INITIALS, Commentaire
from clausegen.writers.docx.oxml import HEAD, W, element, paragraph, text_run
from clausegen.writers.interface import UnknownTokenError, comment_text


@dataclass(slots=True)
class Comments:
    """The comments met so far in one document; each anchor gets an id of its own, in reading order."""

    date: date | None
    _texts: list[str] = field(default_factory=list)
    _open: dict[int, list[int]] = field(default_factory=dict)

    def open(self, commentaire: Commentaire) -> str:
        """Return the mark that begins a comment's anchor."""
        identifier = len(self._texts)
        self._texts.append(comment_text(commentaire))
        self._open.setdefault(commentaire.numero, []).append(identifier)
        return f'<w:commentRangeStart w:id="{identifier}"/>'

    def close(self, commentaire: Commentaire) -> str:
        """Return the marks that end a comment's anchor and refer to the comment."""
        waiting = self._open.get(commentaire.numero)
        if not waiting:
            raise UnknownTokenError("commentaire_close sans commentaire_open")
        identifier = waiting.pop()
        return (
            f'<w:commentRangeEnd w:id="{identifier}"/><w:r><w:rPr><w:rStyle w:val="CommentReference"/></w:rPr>'
            f'<w:commentReference w:id="{identifier}"/></w:r>'
        )

    def part(self) -> str | None:
        """Return the comments part, or None when there is no comment.

        Raises:
            UnknownTokenError: an anchor was never closed.
        """
        if any(self._open.values()):
            raise UnknownTokenError("commentaire_open sans commentaire_close")
        if not self._texts:
            return None
        content = "".join(self._comment(identifier, text) for identifier, text in enumerate(self._texts))
        return f'{HEAD}<w:comments xmlns:w="{W}">{content}</w:comments>'

    def _comment(self, identifier: int, text: str) -> str:
        attributes: dict[str, object] = {"w:id": identifier, "w:author": AUTHOR}
        if self.date is not None:
            attributes["w:date"] = f"{self.date.isoformat()}T00:00:00Z"
        attributes["w:initials"] = INITIALS
        mark = '<w:r><w:rPr><w:rStyle w:val="CommentReference"/></w:rPr><w:annotationRef/></w:r>'
        first, *others = text.split("\n")
        content = paragraph("CommentText", mark + text_run(first))
        content += "".join(paragraph("CommentText", text_run(line)) for line in others if line.strip())
        return element("w:comment", attributes, content)
