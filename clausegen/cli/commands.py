"""The commands: name, module, one line of help. Nothing heavy is imported to list them."""

from __future__ import annotations

COMMANDES: dict[str, tuple[str, str]] = {
    "draft": ("clausegen.cli.draft", "rédige les pièces de chaque marché dans un dossier"),
    "check": ("clausegen.cli.check", "vérifie des descriptions de marché et dit tout ce qui ne va pas"),
    "explain": ("clausegen.cli.explain", "explique la décision : obligations, options, heures, articles"),
    "schema": ("clausegen.cli.schema", "affiche le schéma JSON de marche.yaml"),
}
"""Each module defines `AIDE`, its longer French help, and `run`, the function that carries the command out."""

OPTIONS_GLOBALES: dict[str, str] = {
    "--version": "affiche la version et quitte",
    "--debug": "affiche le détail technique si clausegen se trompe lui-même",
    "--install-completion": "installe la complétion pour le shell employé",
    "--show-completion": "affiche le script de complétion, à copier soi-même",
    "-h, --help": "affiche cette aide et quitte",
}


def general_help() -> str:
    """Return what `clausegen --help` prints."""
    lines = [
        "Usage\u00a0: clausegen [OPTIONS] COMMANDE [ARGUMENTS]…",
        "",
        "Rédige les clauses sociales des marchés publics\u00a0: décision motivée, heures calibrées, pièces Word.",
        "",
        "Commandes\u00a0:",
        *(f"  {name:<22}{text.replace(' :', chr(0xA0) + ':')}" for name, (_, text) in COMMANDES.items()),
        "",
        "Options\u00a0:",
        *(f"  {name:<22}{text}" for name, text in OPTIONS_GLOBALES.items()),
        "",
        "Aide d’une commande\u00a0: clausegen COMMANDE --help",
    ]
    return "\n".join(lines)
