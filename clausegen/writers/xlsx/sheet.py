"""One sheet as the part of a workbook: rows, what may be typed in them, and how it prints."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import lru_cache

from clausegen.dossier.workbook import LIGNE, Case, Feuille, Formule, Ligne, Regle, Suite, column_letter, numbered
from clausegen.french.typography import typography
from clausegen.language.unknown import Unknown
from clausegen.regex import late
from clausegen.text.slots import clean
from clausegen.text.tree import Champ
from clausegen.writers.docx.oxml import HEAD, R, element, escape
from clausegen.writers.interface import field_text
from clausegen.writers.xlsx.look import MAIN, Look

_LONGEST = 32_767
_HELP_LENGTH, _REFUSAL_LENGTH, _HEADER_LENGTH = 255, 225, 90
_ESCAPE = late(r"_(x[0-9A-Fa-f]{4})_")
_FORMULA_SIGNS = ("=", "+", "-", "@")
_LINE = 15.5
"""Height of a line, in points."""
_TALLEST = 24
_DAY_ZERO = date(1899, 12, 30)
_LINKED = {"titre": 26.0, "section": 24.0}
_WRAPPED = ("entete", "etiquette", "fixe", "champ", "total", "paragraphe")
_MARGINS = '<pageMargins left="0.5" right="0.5" top="0.75" bottom="0.75" header="0.3" footer="0.3"/>'
_A4 = '<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/>'
# Without a password; widths, filters and sorting stay in people's hands.
_PROTECTION = '<sheetProtection sheet="1" formatColumns="0" formatRows="0" sort="0" autoFilter="0"/>'

Shown = str | int | float | date | Formule | None


class Sheet:
    """One sheet being written.

    Args:
        feuille: the sheet.
        look: the cell formats of the workbook.
        publiable: whether comments and fields are left out.
    """

    def __init__(self, feuille: Feuille, look: Look, publiable: bool) -> None:
        self._feuille = feuille
        self._look = look
        self._publiable = publiable
        self.remarks: dict[str, str] = {}

    def part(self, sujet: str, selected: bool) -> str:
        """Return the part of the sheet.

        Args:
            sujet: what its header says: the market's reference and object.
            selected: whether it is the one that shows on opening.
        """
        content = (
            HEAD,
            f'<worksheet xmlns="{MAIN}" xmlns:r="{R}">',
            '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>',
            self._view(selected),
            '<sheetFormatPr defaultRowHeight="15"/>',
            self._columns(),
            "<sheetData>",
            *self._rows(),
            "</sheetData>",
            _PROTECTION,
            element("autoFilter", {"ref": self._feuille.filtre}) if self._feuille.filtre else "",
            *(_alert(plage, rank) for rank, plage in enumerate(self._feuille.alertes, 1)),
            self._validations(),
            _MARGINS,
            _A4,
            _header_footer(sujet),
            '<legacyDrawing r:id="rId1"/>' if self.remarks else "",
            "</worksheet>",
        )
        return "".join(content)

    def _view(self, selected: bool) -> str:
        attributes: dict[str, object] = {"showGridLines": 0, "workbookViewId": 0}
        if selected:
            attributes["tabSelected"] = 1
        pane = ""
        if self._feuille.entete:
            top = f"A{self._feuille.entete + 1}"
            frozen = {
                "ySplit": self._feuille.entete,
                "topLeftCell": top,
                "activePane": "bottomLeft",
                "state": "frozen",
            }
            pane = element("pane", frozen) + element(
                "selection", {"pane": "bottomLeft", "activeCell": top, "sqref": top}
            )
        return element("sheetViews", None, element("sheetView", attributes, pane))

    def _columns(self) -> str:
        columns = (
            element("col", {"min": number, "max": number, "width": width, "customWidth": 1})
            for number, width in enumerate(self._feuille.largeurs, 1)
        )
        return element("cols", None, "".join(columns)) if self._feuille.largeurs else ""

    def _rows(self) -> list[str]:
        out: list[str] = []
        number = 1
        for entry in self._feuille.contenu:
            if isinstance(entry, Suite):
                model = self._row(LIGNE, entry.modele)
                out += [numbered(model, entry.premiere + rank, rank + 1) for rank in range(entry.nombre)]
                number += entry.nombre
            else:
                out.append(self._row(number, entry))
                number += 1
        return out

    def _row(self, number: int | str, cases: Ligne) -> str:
        cells: list[str] = []
        lines = 1
        for position, case in enumerate(cases):
            place = f"{column_letter(position)}{number}"
            if case.valeur is None and not case.commentaire:
                # Most cells of a table to fill.
                cells.append(f'<c r="{place}" s="{self._look.of(case.style, case.format)}"/>')
                continue
            shown, style = self._shown(case)
            cells.append(self._cell(place, shown, style, case))
            if isinstance(shown, str):
                lines = max(lines, self._lines(case, shown, position))
        first = cases[0].style if cases else ""
        if lines > 1 or first in _LINKED:
            # Applications do not all work out the height of a row on opening.
            height = _LINKED.get(first, _LINE * min(lines, _TALLEST))
            return f'<row r="{number}" ht="{height}" customHeight="1">{"".join(cells)}</row>'
        return f'<row r="{number}">{"".join(cells)}</row>'

    def _lines(self, case: Case, shown: str, position: int) -> int:
        widths = self._feuille.largeurs
        if case.style not in _WRAPPED or position >= len(widths):
            return 1
        per_line = max(1, int(widths[position] * (0.92 if case.style == "entete" else 1.05)))
        return sum(-(-max(1, len(part)) // per_line) for part in shown.split("\n"))

    def _cell(self, place: str, shown: Shown, style: str, case: Case) -> str:
        if case.commentaire and not self._publiable:
            self.remarks[place] = typography(clean(case.commentaire))
        if isinstance(shown, str):
            # A person's text is never read as a formula, an error or a number.
            index = self._look.of(style, case.format, shown[:1] in _FORMULA_SIGNS)
            return f'<c r="{place}" s="{index}" t="inlineStr"><is><t xml:space="preserve">{escape(shown)}</t></is></c>'
        index = self._look.of(style, case.format)
        if shown is None:
            return f'<c r="{place}" s="{index}"/>'
        if isinstance(shown, Formule):
            return f'<c r="{place}" s="{index}"><f>{escape(shown.texte)}</f></c>'
        number = (shown - _DAY_ZERO).days if isinstance(shown, date) else shown
        return f'<c r="{place}" s="{index}"><v>{number}</v></c>'

    def _shown(self, case: Case) -> tuple[Shown, str]:
        value = case.valeur
        if isinstance(value, Unknown):
            question = value.question or "Que faut-il écrire ici ?"
            text = field_text(Champ(value.chemin, question), publiable=self._publiable)
            return clean(text)[:_LONGEST], "champ"
        if isinstance(value, str):
            # « _x0041_ » would be read as the letter of that number: its own sign is written so.
            text = _ESCAPE.sub(r"_x005F_\1_", clean(value))
            return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…", case.style
        if isinstance(value, Decimal):
            return (int(value) if value == value.to_integral_value() else float(value)), case.style
        return value, case.style

    def _validations(self) -> str:
        rules = [_validation(regle) for regle in self._feuille.regles]
        return element("dataValidations", {"count": len(rules)}, "".join(rules)) if rules else ""


def _alert(plage: str, rank: int) -> str:
    first = plage.partition(":")[0]
    formula = element("formula", None, escape(f'AND({first}<>"",{first}<>0)'))
    rule = element("cfRule", {"type": "expression", "dxfId": 0, "priority": rank}, formula)
    return element("conditionalFormatting", {"sqref": plage}, rule)


@lru_cache(maxsize=1_024)
def _validation(regle: Regle) -> str:
    attributes: dict[str, object] = {}
    if regle.genre:
        attributes["type"] = regle.genre
    if regle.genre in ("date", "decimal"):
        attributes["operator"] = "greaterThanOrEqual"
    attributes["allowBlank"] = int(regle.genre != "list")
    if regle.aide:
        attributes["showInputMessage"] = 1
    if regle.message:
        attributes |= {"showErrorMessage": 1, "errorStyle": "stop", "error": regle.message[:_REFUSAL_LENGTH]}
    if regle.aide:
        attributes["prompt"] = regle.aide[:_HELP_LENGTH]
    attributes["sqref"] = regle.plage
    return element(
        "dataValidation", attributes, element("formula1", None, escape(regle.formule)) if regle.formule else ""
    )


def _header_footer(sujet: str) -> str:
    # An ampersand begins a code in headers and footers: a person's own is doubled.
    subject = typography(clean(sujet).replace("\n", " "))[:_HEADER_LENGTH].replace("&", "&&")
    header = element("oddHeader", None, escape(f"&L{subject}"))
    footer = element("oddFooter", None, escape("&L&A&R&P / &N"))
    return element("headerFooter", None, header + footer)
