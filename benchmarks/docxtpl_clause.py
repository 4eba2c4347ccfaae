"""The usual way, to compare with: docxtpl fills one clause that was prepared in Word; nothing is decided.

`--preparer clause.docx` makes the prepared clause, `--chaud NOMBRE` says the time of a clause once all is loaded.
"""

from __future__ import annotations

import io
import sys
import time

PARAGRAPHS = 60
"""Paragraphs of a piece, on average, in the examples."""
_CONTEXT = {"objet": "Entretien des bâtiments", "lots": [{"numero": n, "heures": 100 * n} for n in range(1, 4)]}


def prepare(path: str) -> None:
    """Make the clause that a person would have prepared."""
    from docx import Document

    document = Document()
    document.add_heading("Clause sociale d'insertion", 1)
    document.add_paragraph("Objet du marché : {{ objet }}")
    document.add_paragraph("{%p for lot in lots %}")
    document.add_paragraph("Le titulaire du lot n° {{ lot.numero }} réalise {{ lot.heures }} heures d'insertion.")
    document.add_paragraph("{%p endfor %}")
    for number in range(1, PARAGRAPHS - 4):
        document.add_paragraph(
            f"Article {number}. {{% if lots|length > 1 %}}Chaque lot{{% else %}}Le marché{{% endif %}} porte "
            "sa clause ; un relevé des heures est remis chaque trimestre, un bilan à la fin."
        )
    document.save(path)


def fill(path: str) -> bytes:
    """Return the clause filled for a market."""
    from docxtpl import DocxTemplate

    template = DocxTemplate(path)
    template.render(_CONTEXT, autoescape=True)
    buffer = io.BytesIO()
    template.save(buffer)
    return buffer.getvalue()


def main() -> None:
    """Do what the arguments say."""
    if sys.argv[1] == "--preparer":
        prepare(sys.argv[2])
    elif sys.argv[1] == "--chaud":
        number, path = int(sys.argv[2]), sys.argv[3]
        fill(path)
        start = time.process_time()
        for _ in range(number):
            fill(path)
        print((time.process_time() - start) / number)
    else:
        fill(sys.argv[1])


if __name__ == "__main__":
    main()
