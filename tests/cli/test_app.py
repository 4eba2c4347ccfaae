import subprocess
import sys
from importlib import import_module
from typing import Any

import pytest

from clausegen import __version__
from clausegen.cli import app
from clausegen.cli.commands import COMMANDES, OPTIONS_GLOBALES, SOUS_COMMANDES, general_help
from clausegen.errors import ClausegenError
from clausegen.french.typography import typography

HEAVY = ("typer", "click", "pydantic", "jinja2", "docx", "lxml", "rich", "yaml", "markdown_it", "inspect", "typing")
ENGLISH = (
    "usage:",
    "options:",
    "arguments:",
    "commands:",
    "show this",
    "required",
    "default",
    "install completion",
    "<str>",
)


@pytest.mark.parametrize("option", ["--help", "--version"])
def test_answers_without_heavy_imports(option: str) -> None:
    code = (
        "import sys; before = set(sys.modules); from clausegen.cli.app import main; code = main([sys.argv[1]]);"
        f"print([m for m in {HEAVY!r} if m in sys.modules and m not in before], file=sys.stderr); sys.exit(code)"
    )
    done = subprocess.run([sys.executable, "-c", code, option], capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0
    assert done.stderr.strip() == "[]"
    assert "clausegen" in done.stdout


def test_help_is_true(clausegen: Any) -> None:
    code, out, err = clausegen("--help")
    assert (code, err) == (0, "")
    for name, (module, short) in COMMANDES.items():
        loaded = import_module(module)
        runs = [f"run_{sub}" for sub in SOUS_COMMANDES.get(name, ())] or ["run"]
        assert all(callable(getattr(loaded, run)) for run in runs) and loaded.AIDE.strip()
        assert name in out and short in out.replace("’", "'")
    for option in OPTIONS_GLOBALES:
        assert option in out
    assert typography(general_help()) == general_help()
    assert clausegen("-h")[1] == out


@pytest.mark.parametrize("name", COMMANDES)
def test_help_of_each_command_is_french_and_complete(clausegen: Any, name: str) -> None:
    from typer.main import get_command

    from clausegen.cli.runner import add_command, new_app

    code, out, err = clausegen(name, "--help")
    assert (code, err) == (0, "")
    assert out.startswith(f"Usage : clausegen {name} [OPTIONS]")
    assert "affiche cette aide et quitte" in out
    assert not [word for word in ENGLISH if word in out.lower()]
    application = new_app(completion=False)
    add_command(application, name)
    for param in get_command(application).params:
        assert (param.metavar if param.param_type_name == "argument" else param.opts[0]) in out
        assert getattr(param, "help", "x")


def test_version(clausegen: Any) -> None:
    assert clausegen("--version") == (0, f"clausegen {__version__}\n", "")


def test_no_command(clausegen: Any) -> None:
    code, out, err = clausegen()
    assert (code, out) == (2, "")
    assert "Commandes :" in err


@pytest.mark.parametrize(
    ("args", "mots"),
    [
        (["chek"], "Commande inconnue : « chek » ; vouliez-vous dire « check » ?"),
        (["zzz"], "Commande inconnue : « zzz ». Commandes : init, "),
        (["--verison"], "vouliez-vous dire « --version » ?"),
        (["check", "--fromat", "json", "a"], "Option inconnue : « --fromat » ; vouliez-vous dire « --format » ?"),
        (["check", "--zzzzzz"], "Option inconnue : « --zzzzzz ».\nUsage : clausegen check [OPTIONS]"),
        (["draft"], "Argument manquant : « MARCHE… ».\nUsage : clausegen draft [OPTIONS] MARCHE…"),
        (["explain"], "Argument manquant : « MARCHE »."),
        (["explain", "a", "b"], "Argument en trop : « b »."),
        (["draft", "a", "-o"], "L'option « -o » attend une valeur."),
        (["draft", "a", "--publiable=3"], "L'option « --publiable » ne prend pas de valeur."),
        (["check"], "Argument manquant : « CHEMIN… »."),
        (
            ["check", "a", "--format", "jsn"],
            "« jsn » n'est pas une valeur possible (texte, json, sarif, junit, github). Vouliez-vous dire « json »",
        ),
        (
            ["check", "a", "--date", "15/12/2026"],
            "« 15/12/2026 » est refusé, une date s'écrit année-mois-jour : écrire 2026-12-15.",
        ),
        (["explain", "a", "--lot", "un"], "« un » n'est pas un numéro de lot"),
    ],
)
def test_calls_refused_in_french(clausegen: Any, args: list[str], mots: str) -> None:
    code, out, err = clausegen(*args)
    assert (code, out) == (2, "")
    assert mots in err.replace("’", "'")
    assert "Traceback" not in err


def test_one_misspelled_option_is_enough_to_say_it(clausegen: Any) -> None:
    assert "Aide : clausegen check --help" in clausegen("check", "--zzzzzz")[2]


@pytest.mark.parametrize(
    ("error", "code", "mots"),
    [
        (ClausegenError("Non."), 2, "Erreur : Non."),
        (KeyboardInterrupt(), 130, "Interrompu."),
        (KeyError("cle"), 3, "votre fichier n'est pas en cause"),
        (RecursionError("profond"), 3, "RecursionError : profond"),
        (MemoryError(), 3, "--debug"),
    ],
)
def test_every_outcome_has_its_code(
    clausegen: Any, monkeypatch: pytest.MonkeyPatch, error: BaseException, code: int, mots: str
) -> None:
    def fail(_args: list[str]) -> int:
        raise error

    monkeypatch.setattr(app, "_dispatch", fail)
    found, out, err = clausegen("check", "a")
    assert (found, out) == (code, "")
    assert mots in err.replace("’", "'")
    assert "Traceback" not in err


def test_debug_shows_the_traceback(clausegen: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[list[str]] = []

    def fail(args: list[str]) -> int:
        seen.append(args)
        raise KeyError("cle")

    monkeypatch.setattr(app, "_dispatch", fail)
    code, _, err = clausegen("check", "--debug", "a", "--", "--debug")
    assert code == 3
    assert "Traceback" in err
    assert seen == [["check", "a", "--", "--debug"]]


def test_a_reader_that_leaves_is_no_fault() -> None:
    code = (
        "import sys; from clausegen.cli import app\n"
        "def much(args):\n"
        "    print('x\\n' * 1000000)\n"
        "    return 0\n"
        "app._dispatch = much; sys.exit(app.main(['x']))"
    )
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None and process.stderr is not None
    process.stdout.readline()
    process.stdout.close()
    errors = process.stderr.read()
    process.stderr.close()
    assert process.wait() == 2
    assert errors == b""


def test_output_is_utf8_whatever_the_locale() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "clausegen", "--help"],
        capture_output=True,
        env={"LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PATH": ""},
    )
    assert done.returncode == 0
    assert "rédige" in done.stdout.decode("utf-8")
