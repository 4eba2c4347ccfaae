"""The parser's refusals in French, with what to do: its own words are English and speak to programmers."""

from __future__ import annotations

import re
from typing import Any

import yaml

from clausegen.diagnostics import Diagnostic, Niveau, Position
from clausegen.files.treepath import shown

# What YAML does not admit: the library knows it, and compiling that set twice would cost more than reading a file.
_CONTROL = yaml.reader.Reader.NON_PRINTABLE
_MOST = 10

_TABULATION = (
    "Une tabulation sert de retrait. YAML n'admet que des espaces : remplacer chaque tabulation par deux espaces."
)

# What the parser says (problem, then context) → where to look, and the French sentence. The first that matches wins.
_SENTENCES: tuple[tuple[str, bool, str], ...] = (
    (
        "mapping values are not allowed",
        False,
        "« : » inattendu : mettre entre guillemets un texte qui contient « : », ou vérifier le retrait.",
    ),
    (
        "sequence entries are not allowed",
        False,
        "« - » inattendu : un élément de liste commence une ligne, sous la clé et non à côté d'elle.",
    ),
    (
        "unexpected end of stream while scanning a quoted scalar",
        True,
        "Un guillemet droit est ouvert et n'est jamais fermé.",
    ),
    (
        "unexpected document indicator",
        True,
        "Un guillemet droit est ouvert et n'est pas fermé avant la ligne de tirets ou de points.",
    ),
    ("invalid unicode character escape", False, "Cet échappement « \\u » ne désigne aucun caractère."),
    (
        "unknown escape character",
        False,
        "Entre guillemets droits, une barre oblique inverse s'écrit deux fois : cet échappement n'existe pas.",
    ),
    ("expected hexdecimal", False, "Un échappement « \\x » ou « \\u » attend des chiffres hexadécimaux."),
    ("expected hexadecimal", False, "Un échappement « \\x » ou « \\u » attend des chiffres hexadécimaux."),
    ("expected escape sequence", False, "Un échappement « \\x » ou « \\u » attend des chiffres hexadécimaux."),
    (
        "tab character",
        False,
        _TABULATION,
    ),
    ("nesting", False, "Trop de blocs s'emboîtent."),
    (
        "could not find expected ':'",
        True,
        "Cette ligne n'a pas de « : » : il manque « clé: valeur », ou un guillemet n'est pas fermé plus haut.",
    ),
    (
        "flow sequence",
        False,
        "La liste ouverte par « [ », {debut}, n'est pas fermée par « ] », ou il manque une virgule avant ce passage.",
    ),
    (
        "flow mapping",
        False,
        "Le bloc ouvert par « {{ », {debut}, n'est pas fermé par « }} », ou il manque une virgule avant ce passage.",
    ),
    (
        "expected '-' indicator",
        False,
        "Ligne inattendue dans une liste : chaque élément commence par « - », au même retrait que les autres.",
    ),
    ("expected <block end>", False, "Ligne inattendue : vérifier son retrait, et les guillemets de la ligne d'avant."),
    ("expected key", False, "Ligne inattendue : vérifier son retrait, et les guillemets de la ligne d'avant."),
    (
        "document start",
        False,
        "Ligne inattendue après la fin du document : vérifier son retrait, aligné sur celui des autres clés.",
    ),
    (
        "incompatible yaml",
        False,
        "La version de YAML annoncée en tête n'est pas connue : supprimer la ligne « %YAML ».",
    ),
    ("directive", False, "Une ligne qui commence par « % » n'est pas admise ici."),
    ("undefined tag handle", False, "Une étiquette (« ! ») n'est pas admise : mettre le texte entre guillemets."),
    ("while scanning a tag", False, "Une étiquette (« ! ») n'est pas admise : mettre le texte entre guillemets."),
    ("while parsing a tag", False, "Une étiquette (« ! ») n'est pas admise : mettre le texte entre guillemets."),
    (
        "while scanning an a",
        False,
        "« & » et « * » nomment une ancre ou un alias : un texte qui commence ainsi s'écrit entre guillemets.",
    ),
    (
        "while scanning a block scalar",
        False,
        "Après « | » ou « > », le texte commence à la ligne suivante, en retrait.",
    ),
    ("expected node content", False, "Une valeur manque ici, ou un signe est en trop."),
)
_DEFAULT = "Ce passage n'est pas du YAML : vérifier le retrait, les guillemets et les « : »."


def control_characters(text: str, fichier: str) -> list[Diagnostic]:
    """Return one finding for each character that a YAML file cannot hold, the first ones."""
    found: list[Diagnostic] = []
    for match in _CONTROL.finditer(text):
        before = text[: match.start()]
        place = Position(
            len(re.findall(r"\r\n?|\n", before)) + 1, match.start() - max(before.rfind("\n"), before.rfind("\r"))
        )
        message = f"Le caractère de contrôle U+{ord(match[0]):04X}, invisible, n'est pas admis : le supprimer."
        found.append(Diagnostic("F002", Niveau.ERREUR, message).at(fichier, place))
        if len(found) == _MOST:
            break
    return found


def explain(error: yaml.YAMLError, text: str, fichier: str) -> Diagnostic:
    """Return a refusal of the parser as a finding.

    Args:
        error: what the parser raised.
        text: what it read, to quote the character at fault.
        fichier: its name.
    """
    problem_mark, context_mark = getattr(error, "problem_mark", None), getattr(error, "context_mark", None)
    said = f"{getattr(error, 'problem', None) or error} {getattr(error, 'context', None) or ''}".lower()
    if "cannot start any token" in said:
        return _character(problem_mark, text, fichier)
    for needle, at_context, sentence in _SENTENCES:
        if needle in said:
            code = "F004" if needle == "tab character" else "F008" if needle == "nesting" else "F003"
            if "{debut}" in sentence:
                sentence, at_context = _opened(sentence, context_mark), _at_the_end(problem_mark, text)
            mark = (context_mark if at_context else problem_mark) or problem_mark or context_mark
            return Diagnostic(code, Niveau.ERREUR, sentence).at(fichier, _position(mark))
    return Diagnostic("F003", Niveau.ERREUR, _DEFAULT).at(fichier, _position(problem_mark or context_mark))


def _character(mark: Any, text: str, fichier: str) -> Diagnostic:
    place = _position(mark)
    lines = re.split(r"\r\n?|\n", text)
    line = lines[place.ligne - 1] if place and place.ligne <= len(lines) else ""
    char = line[place.colonne - 1] if place and place.colonne <= len(line) else ""
    if char == "\t" or not char:
        message = _TABULATION
        return Diagnostic("F004", Niveau.ERREUR, message).at(fichier, place)
    message = f"Un texte ne peut pas commencer par « {shown(char)} » : le mettre entre guillemets droits."
    return Diagnostic("F003", Niveau.ERREUR, message).at(fichier, place)


def _opened(sentence: str, mark: Any) -> str:
    place = _position(mark) or Position(1, 1)
    return sentence.format(debut=f"ligne {place.ligne}, colonne {place.colonne}")


def _at_the_end(mark: Any, text: str) -> bool:
    """Tell whether the parser only gave up at the end of the text: the opening says more than that."""
    return mark is None or mark.line >= len(re.split(r"\r\n?|\n", text.rstrip()))


def _position(mark: Any) -> Position | None:
    return None if mark is None else Position(mark.line + 1, mark.column + 1)
