"""The workbook writer: sheets given as plain data to the bytes of an XLSX file, the same each time."""

from __future__ import annotations

import re
import zipfile
from copy import copy
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.formatting.rule import FormulaRule
from openpyxl.packaging.custom import StringProperty
from openpyxl.styles import Border, Font, NamedStyle, PatternFill, Protection, Side
from openpyxl.styles.alignment import Alignment
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from clausegen.dossier.workbook import Case, Classeur, Feuille, Formule, Regle, column_letter
from clausegen.french.typography import typography
from clausegen.language.unknown import Unknown
from clausegen.text.slots import clean
from clausegen.text.tree import Champ, Proprietes
from clausegen.writers.docx.parts import core_properties, extended_properties
from clausegen.writers.interface import OptionsEcriture, field_text

EXTENSION = "xlsx"
_EPOCH = (1980, 1, 1, 0, 0, 0)
_LONGEST = 32_767
_HELP_LENGTH, _REFUSAL_LENGTH, _HEADER_LENGTH = 255, 225, 90
_FONT = "Calibri"
_FORMATS = {
    "texte": "General",
    "rang": "0",
    "nombre": "#,##0",
    "heures": "#,##0.00",
    "euros": '#,##0.00\\ "€"',
    "pourcent": "0%",
    "etp": "0.00",
    "jour": "dd/mm/yyyy",
    "mois": "[$-40C]mmmm\\ yyyy",
}
_RIGHT = ("nombre", "heures", "euros", "pourcent", "etp")
_FILLS = {"entete": "1F3864", "saisie": "FFF8E1", "calcul": "F2F2F2", "total": "E3E8F1"}
_A4 = 9
_ESCAPE = re.compile(r"_(x[0-9A-Fa-f]{4})_")
_LINE = 15.5
"""Height of a line, in points."""


def write_workbook(classeur: Classeur, proprietes: Proprietes, options: OptionsEcriture) -> bytes:
    """Return the file of a workbook: the same bytes for the same data.

    Args:
        classeur: the sheets.
        proprietes: what the file says of itself.
        options: `publiable` leaves comments and fields out.
    """
    book = Workbook()
    book.remove(book.active)
    styles = _styles(book)
    for feuille in classeur.feuilles:
        _Sheet(book.create_sheet(feuille.nom), feuille, styles, options).fill(proprietes)
    for name, plage in classeur.noms.items():
        book.defined_names[name] = DefinedName(name, attr_text=plage)
    for name, text in proprietes.personnalisees.items():
        book.custom_doc_props.append(StringProperty(name=name, value=text))
    book.calculation.fullCalcOnLoad = True
    return _settled(book, proprietes)


def _settled(book: Workbook, proprietes: Proprietes) -> bytes:
    """Save, then take the clock and the library's name out of the file."""
    raw, buffer = BytesIO(), BytesIO()
    book.save(raw)
    own = {"docProps/core.xml": core_properties(proprietes), "docProps/app.xml": extended_properties()}
    with zipfile.ZipFile(raw) as saved, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in saved.namelist():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            entry.external_attr = 0
            archive.writestr(entry, own[name].encode() if name in own else saved.read(name))
    return buffer.getvalue()


def _styles(book: Workbook) -> dict[str, str]:
    """Declare the styles; return the name of each, by style of `Case`."""
    side = Side("thin", "808080")
    box = Border(side, side, side, side)
    top = Alignment(vertical="top", wrap_text=True)
    shown = {
        "titre": (Font(_FONT, 16, b=True, color="1F3864"), Alignment(vertical="center"), None),
        "reference": (Font(_FONT, 11, i=True), Alignment(vertical="top"), None),
        "notice": (Font(_FONT, 11), Alignment(vertical="top"), None),
        "section": (Font(_FONT, 13, b=True, color="1F3864"), Alignment(vertical="bottom"), None),
        "paragraphe": (Font(_FONT, 11), top, None),
        "entete": (Font(_FONT, 11, b=True, color="FFFFFF"), Alignment(vertical="center", wrap_text=True), box),
        "etiquette": (Font(_FONT, 11, b=True), top, box),
        "fixe": (Font(_FONT, 11), top, box),
        "saisie": (Font(_FONT, 11), top, box),
        "calcul": (Font(_FONT, 11), top, box),
        "total": (Font(_FONT, 11, b=True), top, box),
        "champ": (Font(_FONT, 11, i=True, color="7F3F00"), top, box),
    }
    for name, (font, alignment, border) in shown.items():
        fill = PatternFill("solid", fgColor=_FILLS[name]) if name in _FILLS else PatternFill()
        book.add_named_style(
            NamedStyle(
                f"clausegen {name}",
                font=font,
                alignment=alignment,
                border=border or Border(),
                fill=fill,
                protection=Protection(locked=name != "saisie"),
            )
        )
    return {name: f"clausegen {name}" for name in shown}


class _Sheet:
    """One sheet being written."""

    def __init__(self, sheet: Worksheet, feuille: Feuille, styles: dict[str, str], options: OptionsEcriture) -> None:
        self._sheet = sheet
        self._feuille = feuille
        self._styles = styles
        self._publiable = options.publiable
        self._ready: dict[tuple[str, str], Any] = {}

    def fill(self, proprietes: Proprietes) -> None:
        for row, cases in enumerate(self._feuille.lignes, 1):
            for column, case in enumerate(cases, 1):
                self._cell(row, column, case)
        for position, width in enumerate(self._feuille.largeurs):
            self._sheet.column_dimensions[column_letter(position)].width = width
        self._heights()
        for regle in self._feuille.regles:
            self._sheet.add_data_validation(_validation(regle))
        warning = DifferentialStyle(font=Font(b=True, color="9C0006"), fill=PatternFill(bgColor="FFE3E3"))
        for plage in self._feuille.alertes:
            first = plage.partition(":")[0]
            rule = FormulaRule(formula=[f'AND({first}<>"",{first}<>0)'])
            rule.dxf = warning
            self._sheet.conditional_formatting.add(plage, rule)
        self._look()
        self._print(proprietes)

    def _cell(self, row: int, column: int, case: Case) -> None:
        value, style = self._value(case)
        cell = self._sheet.cell(row, column)
        key = (style, case.format)
        if key in self._ready:
            cell._style = copy(self._ready[key])
        else:
            cell.style = self._styles[style]
            cell.number_format = _FORMATS[case.format]
            if case.format in _RIGHT and style != "entete":
                cell.alignment = Alignment(horizontal="right", vertical="top")
            elif case.format in ("rang", "jour", "mois"):
                cell.alignment = Alignment(horizontal="left", vertical="top")
            self._ready[key] = copy(cell._style)
        if isinstance(value, Formule):
            cell.value = f"={value.texte}"
        elif isinstance(value, str):
            cell.value = value
            # A person's text is never read as a formula, an error or a number.
            cell.data_type = "s"
            if value[:1] in ("=", "+", "-", "@"):
                cell.quotePrefix = True
        else:
            cell.value = value
        if case.commentaire and not self._publiable:
            cell.comment = _comment(case.commentaire)

    def _value(self, case: Case) -> tuple[str | int | float | date | Formule | None, str]:
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

    def _heights(self) -> None:
        """Give a row the height of its longest cell: applications do not all work it out on opening."""
        widths = self._feuille.largeurs
        for row, cases in enumerate(self._feuille.lignes, 1):
            lines = 1
            for position, case in enumerate(cases):
                wraps = case.style in ("entete", "etiquette", "fixe", "champ", "total", "paragraphe")
                if wraps and isinstance(case.valeur, str | Unknown) and position < len(widths):
                    shown = self._value(case)[0]
                    per_line = max(1, int(widths[position] * (0.92 if case.style == "entete" else 1.05)))
                    lines = max(lines, sum(-(-max(1, len(part)) // per_line) for part in str(shown).split("\n")))
            first = cases[0].style if cases else ""
            height = {"titre": 26.0, "section": 24.0}.get(first, _LINE * min(lines, 24))
            if lines > 1 or first in ("titre", "section"):
                self._sheet.row_dimensions[row].height = height

    def _look(self) -> None:
        sheet, feuille = self._sheet, self._feuille
        sheet.sheet_view.showGridLines = False
        if feuille.entete:
            sheet.freeze_panes = f"A{feuille.entete + 1}"
        if feuille.filtre:
            sheet.auto_filter.ref = feuille.filtre
        protection = sheet.protection
        protection.sheet = True
        # Without a password; widths, filters and sorting stay in people's hands.
        protection.formatColumns = protection.formatRows = protection.autoFilter = protection.sort = False

    def _print(self, proprietes: Proprietes) -> None:
        sheet = self._sheet
        sheet.page_setup.paperSize = _A4
        sheet.page_setup.orientation = "landscape"
        sheet.page_setup.fitToWidth = 1
        sheet.page_setup.fitToHeight = 0
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        margins = sheet.page_margins
        margins.left = margins.right = 0.5
        margins.top = margins.bottom = 0.75
        if self._feuille.entete:
            sheet.print_title_rows = f"{self._feuille.entete}:{self._feuille.entete}"
        # An ampersand begins a code in headers and footers: a person's own is doubled.
        subject = typography(clean(proprietes.sujet).replace("\n", " "))[:_HEADER_LENGTH].replace("&", "&&")
        sheet.oddHeader.left.text = subject
        sheet.oddFooter.left.text = "&A"
        sheet.oddFooter.right.text = "&P / &N"


def _comment(text: str) -> Comment:
    comment = Comment(typography(clean(text)), "clausegen")
    comment.width, comment.height = 320, 40 + 20 * (1 + len(text) // 45)
    return comment


def _validation(regle: Regle) -> DataValidation:
    found = DataValidation(
        type=regle.genre or None,
        operator="greaterThanOrEqual" if regle.genre in ("date", "decimal") else None,
        formula1=regle.formule or None,
        allow_blank=regle.genre != "list",
        sqref=regle.plage,
    )
    if regle.message:
        found.error, found.showErrorMessage, found.errorStyle = regle.message[:_REFUSAL_LENGTH], True, "stop"
    if regle.aide:
        found.prompt, found.showInputMessage = regle.aide[:_HELP_LENGTH], True
    return found
