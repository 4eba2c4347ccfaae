"""The commands: name, module, one line of help. Nothing heavy is imported to list them."""

from __future__ import annotations

COMMANDES: dict[str, tuple[str, str]] = {
    "init": ("clausegen.cli.init", "pose les questions utiles et écrit la description d'un marché"),
    "import": ("clausegen.cli.import_", "tire une description d'un avis, de données publiées ou d'un plan d'achats"),
    "draft": ("clausegen.cli.draft", "rédige les pièces de chaque marché dans un dossier"),
    "check": ("clausegen.cli.check", "vérifie des descriptions de marché et dit tout ce qui ne va pas"),
    "explain": ("clausegen.cli.explain", "explique la décision : obligations, options, heures, articles"),
    "review": ("clausegen.cli.review", "relit une pièce Word retouchée, ou une clause écrite ailleurs"),
    "diff": ("clausegen.cli.diff", "compare deux versions d'un marché, ou une seule sous le droit de deux jours"),
    "export": ("clausegen.cli.export", "donne les codes et textes à porter dans l'avis et les données essentielles"),
    "rules": ("clausegen.cli.rules", "montre le droit tel que clausegen le tient, et lance ses cas d'essai"),
    "schema": ("clausegen.cli.schema", "affiche le schéma JSON de marche.yaml"),
}
"""Each module defines `AIDE`, its longer French help, and `run`, the function that carries the command out."""

SOUS_COMMANDES: dict[str, dict[str, str]] = {
    "rules": {
        "list": "liste les règles à une date",
        "show": "montre une règle, son histoire, ses sources et ses cas",
        "test": "lance les cas gardés dans les règles",
    },
}
"""Commands that hold others; their module defines `AIDES`, a help for each, and `run_<name>` in place of `run`."""

OPTIONS_GLOBALES: dict[str, str] = {
    "--version": "affiche la version et quitte",
    "--debug": "affiche le détail technique si clausegen se trompe lui-même",
    "--install-completion": "installe la complétion pour le shell employé",
    "--show-completion": "affiche le script de complétion, à copier soi-même",
    "-h, --help": "affiche cette aide et quitte",
}


def _lines(rows: dict[str, str]) -> list[str]:
    spaced = {name: text.replace(" :", chr(0xA0) + ":").replace("'", "’") for name, text in rows.items()}
    return [f"  {name:<22}{text}" for name, text in spaced.items()]


def general_help() -> str:
    """Return what `clausegen --help` prints."""
    lines = [
        "Usage\u00a0: clausegen [OPTIONS] COMMANDE [ARGUMENTS]…",
        "",
        "Rédige les clauses sociales des marchés publics\u00a0: décision motivée, heures calibrées, pièces Word.",
        "",
        "Commandes\u00a0:",
        *_lines({name: text for name, (_, text) in COMMANDES.items()}),
        "",
        "Options\u00a0:",
        *_lines(OPTIONS_GLOBALES),
        "",
        "Aide d’une commande\u00a0: clausegen COMMANDE --help",
    ]
    return "\n".join(lines)


def group_help(name: str) -> str:
    """Return what `clausegen NAME --help` prints for a command that holds others."""
    short = COMMANDES[name][1].replace("'", "’")
    lines = [
        f"Usage\u00a0: clausegen {name} [OPTIONS] COMMANDE [ARGUMENTS]…",
        "",
        f"{short[0].upper()}{short[1:]}.",
        "",
        "Commandes\u00a0:",
        *_lines(SOUS_COMMANDES[name]),
        "",
        "Options\u00a0:",
        *_lines({"-h, --help": OPTIONS_GLOBALES["-h, --help"]}),
        "",
        f"Aide d’une commande\u00a0: clausegen {name} COMMANDE --help",
    ]
    return "\n".join(lines)
