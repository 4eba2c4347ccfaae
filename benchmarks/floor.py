"""What any program of this kind pays at least: a command, a checked file, kept rules, templates, XML, one zip a piece.

Nothing is decided, and nothing of clausegen is imported: the ratios of `run.py` are taken against this.
"""

from __future__ import annotations

import io
import marshal
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import Annotated

import typer

PIECES = 10
"""As many as a market has."""
PARAGRAPHS = 60
"""Paragraphs of a piece, on average, in the examples."""
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TEMPLATE = """{% for lot in lots %}
Article {{ loop.index }}. Le titulaire du lot n° {{ lot.numero }} réalise {{ lot.heures }} heures d'insertion.
{% if lot.heures > 100 %}Un bilan est remis chaque trimestre.{% else %}Un bilan est remis à la fin.{% endif %}
{% endfor %}"""


def _cache(folder: Path) -> None:
    """Make what an earlier run would have left: rules as plain values, and an empty folder for byte code."""
    rules = {f"regle-{n}": {"versions": [{"depuis": 2024, "texte": "x" * 200}] * 8} for n in range(150)}
    (folder / "rules").write_bytes(marshal.dumps(rules))
    (folder / "code").mkdir(exist_ok=True)


def run(marche: Annotated[str, typer.Argument()], cache: Annotated[str, typer.Option()] = "") -> None:
    """Write the pieces of a market in which nothing is decided."""
    import yaml
    from jinja2 import FileSystemBytecodeCache, FunctionLoader
    from jinja2.sandbox import ImmutableSandboxedEnvironment
    from lxml import etree
    from pydantic import BaseModel

    class Lot(BaseModel):
        numero: int
        heures: int

    class Marche(BaseModel):
        objet: str
        lots: list[Lot]

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    read = Marche.model_validate(yaml.load(Path(marche).read_text(encoding="utf-8"), Loader=loader))
    folder = Path(cache)
    marshal.loads((folder / "rules").read_bytes())
    env = ImmutableSandboxedEnvironment(
        loader=FunctionLoader(lambda name: f"{{# {name} #}}{_TEMPLATE}"),
        bytecode_cache=FileSystemBytecodeCache(str(folder / "code")),
    )
    with tempfile.TemporaryDirectory() as out:
        for piece in range(PIECES):
            text = env.get_template(f"piece-{piece}").render(lots=read.lots)
            lines = (text.splitlines() * PARAGRAPHS)[:PARAGRAPHS]
            body = etree.Element(f"{{{_W}}}body", nsmap={"w": _W})
            for line in lines:
                run_ = etree.SubElement(etree.SubElement(body, f"{{{_W}}}p"), f"{{{_W}}}r")
                etree.SubElement(run_, f"{{{_W}}}t").text = line
            buffer = io.BytesIO()
            with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
                archive.writestr("word/document.xml", etree.tostring(body))
            (Path(out) / f"{piece}.docx").write_bytes(buffer.getvalue())


def main() -> None:
    """Run the command; `--preparer` makes the cache instead."""
    if sys.argv[1] == "--preparer":
        _cache(Path(sys.argv[2]))
        return
    app = typer.Typer(add_completion=False, rich_markup_mode=None)
    app.command()(run)
    app()


if __name__ == "__main__":
    main()
