from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from clausegen.cli.app import main
from clausegen.diagnostics import Diagnostic, Niveau
from clausegen.errors import ClausegenError
from clausegen.law.decision import Decision, LotDecision
from clausegen.workflow.draft import Piece, Redaction
from clausegen.workflow.examine import Examen

DECISION = Decision(
    version=1,
    marche={"reference": "2026-01", "objet": "Essai", "contrat": "marche", "ccag": "FCS"},
    date_droit=None,
    regles={"version": "2026-11-24", "empreinte": "sha256:0"},
    seuil=None,
    obligations=(),
    lots=(LotDecision(1, "clause", "regle", (), None, ()), LotDecision(2, "aucun", "acheteur", (), None, ())),
    parties={"acheteur": "acheteur", "cocontractant": "titulaire"},
    references_ccag=None,
    derogations=(),
    valeurs_par_defaut=(),
    sources={},
)

Sortie = Callable[..., tuple[int, str, str]]


@pytest.fixture
def clausegen(capsys: pytest.CaptureFixture[str]) -> Sortie:
    """Run the program in this process and return its code, stdout and stderr (plain spaces)."""

    def run(*args: Any) -> tuple[int, str, str]:
        capsys.readouterr()
        code = main([str(arg) for arg in args])
        captured = capsys.readouterr()
        out, err = (text.replace("\u00a0", " ").replace("\u202f", " ") for text in captured)
        return code, out, err

    return run


class Atelier:
    """Stands for `clausegen.workflow`: what is found in a file follows from the words it holds."""

    def __init__(self) -> None:
        self.dates: list[Any] = []
        self.demandes: list[dict[str, Any]] = []
        self.gabarits: list[Any] = []
        self.contenu = b"contenu"
        self.constats: tuple[Diagnostic, ...] = ()
        self.pieces: tuple[str, ...] | None = None

    def examiner(self, chemin: Path, *, date_droit: Any = None, gabarits_acheteur: Any = None) -> Examen:
        self.dates.append(date_droit)
        self.gabarits.append(gabarits_acheteur)
        try:
            text = chemin.read_text(encoding="utf-8")
        except OSError as error:
            raise ClausegenError(f"Le fichier « {chemin} » ne peut pas être lu.") from error
        found = tuple(
            Diagnostic(f"D{rank}01", niveau, f"Constat : {niveau}.", "lots[0]", str(chemin), rank, 1)
            for rank, niveau in enumerate(Niveau, 1)
            if f"un-{niveau}" in text
        )
        decision = None if "illisible" in text else DECISION
        return Examen(str(chemin), chemin, None, decision, found)

    def rediger(self, _examen: Examen, *, formats: Any, documents: Any, **options: Any) -> Redaction:
        self.demandes.append({"formats": formats, "documents": documents, **options})
        names = self.pieces if self.pieces is not None else documents or ("note", "ccap")
        pieces = tuple(Piece(i, f"{i}.{f}", self.contenu) for i in names for f in formats)
        return Redaction(pieces, self.constats)


@pytest.fixture
def atelier(monkeypatch: pytest.MonkeyPatch) -> Atelier:
    made = Atelier()
    monkeypatch.setattr("clausegen.cli.findings.examiner", made.examiner)
    monkeypatch.setattr("clausegen.cli.explain.examiner", made.examiner)
    monkeypatch.setattr("clausegen.cli.draft.rediger", made.rediger)
    monkeypatch.setattr("clausegen.cli.draft.documents_connus", lambda: ("note", "ccap", "convention"))
    return made


@pytest.fixture
def ecrire(tmp_path: Path) -> Callable[..., Path]:
    def write(name: str, *words: str) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"version: 1\nobjet: x\n# {' '.join(words)}\n", encoding="utf-8")
        return path

    return write
