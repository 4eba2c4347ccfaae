"""The file of a workbook, made directly: a spreadsheet library costs more to import than all other pieces to write."""

from __future__ import annotations

from clausegen.dossier.workbook import Classeur
from clausegen.text.tree import Proprietes
from clausegen.writers.docx.oxml import HEAD, R, element, escape
from clausegen.writers.docx.package import Package
from clausegen.writers.docx.parts import core_properties, custom_properties, extended_properties
from clausegen.writers.interface import OptionsEcriture
from clausegen.writers.xlsx.look import MAIN, Look
from clausegen.writers.xlsx.remarks import comments_part, drawing_part
from clausegen.writers.xlsx.sheet import Sheet

EXTENSION = "xlsx"
_BOOK = "xl/workbook.xml"
_SHEETML = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_DRAWING = "application/vnd.openxmlformats-officedocument.vmlDrawing"


def write_workbook(classeur: Classeur, proprietes: Proprietes, options: OptionsEcriture) -> bytes:
    """Return the file of a workbook: the same bytes for the same data.

    Args:
        classeur: the sheets.
        proprietes: what the file says of itself.
        options: `publiable` leaves comments and fields out.
    """
    look, package = Look(), Package()
    package.reserve("", "officeDocument", _BOOK, f"{_SHEETML}.sheet.main+xml")
    listed: list[str] = []
    for number, feuille in enumerate(classeur.feuilles, 1):
        path = f"xl/worksheets/sheet{number}.xml"
        sheet = Sheet(feuille, look, options.publiable)
        identifier = package.reserve(_BOOK, "worksheet", path, f"{_SHEETML}.worksheet+xml")
        # The rows come first: what they hold decides whether the sheet has comments.
        package.fill(path, sheet.part(proprietes.sujet, number == 1))
        if sheet.remarks:
            drawing, comments = f"xl/drawings/vmlDrawing{number}.vml", f"xl/comments{number}.xml"
            package.add(path, "vmlDrawing", drawing, drawing_part(sheet.remarks), _DRAWING)
            package.add(path, "comments", comments, comments_part(sheet.remarks), f"{_SHEETML}.comments+xml")
        listed.append(element("sheet", {"name": feuille.nom, "sheetId": number, "r:id": identifier}))
    package.add(_BOOK, "styles", "xl/styles.xml", look.part(), f"{_SHEETML}.styles+xml")
    package.fill(_BOOK, _book(listed, classeur))
    package.add("", "core-properties", "docProps/core.xml", core_properties(proprietes))
    package.add("", "extended-properties", "docProps/app.xml", extended_properties())
    if proprietes.personnalisees:
        custom = custom_properties(proprietes.personnalisees)
        package.add("", "custom-properties", "docProps/custom.xml", custom)
    return package.zipped()


def _book(sheets: list[str], classeur: Classeur) -> str:
    content = (
        '<workbookPr/><bookViews><workbookView activeTab="0"/></bookViews>'
        + element("sheets", None, "".join(sheets))
        + element("definedNames", None, _names(classeur))
        + '<calcPr calcId="191029" fullCalcOnLoad="1"/>'
    )
    return HEAD + element("workbook", {"xmlns": MAIN, "xmlns:r": R}, content)


def _names(classeur: Classeur) -> str:
    """Return the names of ranges, those of each sheet's own filter and printed headings included, in order."""
    found: list[tuple[str, dict[str, object], str]] = [(name, {}, plage) for name, plage in classeur.noms.items()]
    for rank, feuille in enumerate(classeur.feuilles):
        sheet = "'" + feuille.nom.replace("'", "''") + "'"
        if feuille.filtre:
            first, _, last = feuille.filtre.partition(":")
            plage = f"{sheet}!{_fixed(first)}:{_fixed(last)}"
            found.append(("_xlnm._FilterDatabase", {"localSheetId": rank, "hidden": 1}, plage))
        if feuille.entete:
            plage = f"{sheet}!${feuille.entete}:${feuille.entete}"
            found.append(("_xlnm.Print_Titles", {"localSheetId": rank}, plage))
    found.sort(key=lambda entry: entry[0].casefold())
    return "".join(element("definedName", {"name": name, **more}, escape(plage)) for name, more, plage in found)


def _fixed(cell: str) -> str:
    letters = cell.rstrip("0123456789")
    return f"${letters}${cell[len(letters) :]}"
