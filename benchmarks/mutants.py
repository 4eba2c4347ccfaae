"""Small faults put into a module, one at a time: what a test that says nothing would let through.

A fault is a whole module that differs by one node; `put` lends its functions to the module in use.

Types, docstrings, decorators and the words of raised errors are left alone: no behaviour hangs on them.
"""

from __future__ import annotations

import ast
import copy
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import FunctionType, ModuleType
from typing import Any

_COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
_ARITHMETIC: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult,
}
_TWINS = {"any": "all", "all": "any", "min": "max", "max": "min", "ROUND_FLOOR": "ROUND_CEILING"}
_LEFT = ("annotation", "returns", "decorator_list", "type_comment")


@dataclass(frozen=True, slots=True)
class Mutant:
    """One fault.

    Args:
        fichier: path below the package.
        fonction: the function, or the name of what a module-level statement binds.
        ligne: line number.
        source: that line, as it stands.
        avant: the node replaced.
        apres: what stands instead.
        arbre: the whole module with its fault.
        bound: names bound by the module-level statement that bears the fault.
    """

    fichier: str
    fonction: str
    ligne: int
    source: str
    avant: str
    apres: str
    arbre: ast.Module
    bound: tuple[str, ...] = ()


def mutants(fichier: str, text: str) -> Iterator[Mutant]:
    """Yield every mutant of a module.

    Args:
        fichier: path below the package, to name it.
        text: the source.
    """
    tree = ast.parse(text)
    lines = text.splitlines()
    places = list(_places(tree, (), ""))
    for path, function in places:
        node = _at(tree, path)
        for other in _variants(node, _at(tree, path[:-1]) if path else None, path[-1][0] if path else ""):
            changed = copy.deepcopy(tree)
            holder, (name, index) = _at(changed, path[:-1]), path[-1]
            ast.copy_location(other, node)
            ast.fix_missing_locations(other)
            if index is None:
                setattr(holder, name, other)
            else:
                getattr(holder, name)[index] = other
            line = getattr(node, "lineno", 1)
            top = tree.body[path[0][1] or 0]
            names = _bound(top)
            told = function or ", ".join(names) or "module"
            yield Mutant(fichier, told, line, lines[line - 1].strip(), _text(node), _text(other), changed, names)


def unchanged(fichier: str, text: str) -> Mutant:
    """Return a module without any fault: a test that fails on it says nothing of the others."""
    return Mutant(fichier, "", 1, "", "", "", ast.parse(text))


def put(mutant: Mutant, module: ModuleType) -> None:
    """Put a fault into a module that is in use: the functions keep their identity and change their code."""
    space: dict[str, Any] = {"__name__": module.__name__, "__file__": module.__file__}
    exec(compile(mutant.arbre, str(module.__file__), "exec"), space)
    for name in mutant.bound:
        old = vars(module)[name]
        for other in [m for key, m in sys.modules.items() if key.startswith(("clausegen", "tests", "test_"))]:
            if vars(other).get(name) is old:
                setattr(other, name, space[name])
    for name, old in list(vars(module).items()):
        new = space.get(name)
        if isinstance(old, type) and isinstance(new, type) and old.__module__ == module.__name__:
            for key, member in vars(old).items():
                _graft(member, vars(new).get(key), str(module.__file__))
            if hasattr(old, "__dataclass_fields__"):  # written for the class, with the defaults of its fields
                setattr(old, "__init__", vars(new)["__init__"])  # noqa: B010
        elif getattr(old, "__module__", None) == module.__name__:
            _graft(old, new, str(module.__file__))


def _graft(old: Any, new: Any, file: str) -> None:
    if isinstance(old, property) and isinstance(new, property):
        old, new = old.fget, new.fget
    old, new = getattr(old, "__wrapped__", old), getattr(new, "__wrapped__", new)
    # What is written for a data class stays as it is: it holds cells, or comes from another file.
    if isinstance(old, FunctionType) and isinstance(new, FunctionType) and new.__code__.co_filename == file:
        old.__code__ = new.__code__
        old.__defaults__, old.__kwdefaults__ = new.__defaults__, new.__kwdefaults__


Step = tuple[str, "int | None"]


def _places(node: ast.AST, path: tuple[Step, ...], function: str) -> Iterator[tuple[tuple[Step, ...], str]]:
    """Yield the path of every node that can bear a fault, with its function."""
    for name, value in ast.iter_fields(node):
        if name in _LEFT or (isinstance(node, ast.Raise) and name in ("exc", "cause")):
            continue
        items = list(enumerate(value)) if isinstance(value, list) else [(None, value)]
        for index, child in items:
            if not isinstance(child, ast.AST) or _docstring(child) or isinstance(child, (ast.Import, ast.ImportFrom)):
                continue
            if isinstance(child, ast.Call) and isinstance(child.func, ast.Name) and child.func.id == "TypeVar":
                continue
            if isinstance(child, ast.If) and isinstance(child.test, ast.Name) and child.test.id == "TYPE_CHECKING":
                continue
            here = function
            if isinstance(child, (ast.FunctionDef, ast.ClassDef)):
                here = f"{function}.{child.name}" if function else child.name
            where: tuple[Step, ...] = (*path, (name, index))
            yield where, here
            yield from _places(child, where, here)


def _docstring(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _at(tree: ast.AST, path: tuple[Step, ...]) -> ast.AST:
    found: ast.AST = tree
    for name, index in path:
        value = getattr(found, name)
        found = value if index is None else value[index]
    return found


def _bound(top: ast.stmt) -> tuple[str, ...]:
    if isinstance(top, ast.Assign):
        return tuple(n.id for t in top.targets for n in ast.walk(t) if isinstance(n, ast.Name))
    if isinstance(top, ast.AnnAssign) and isinstance(top.target, ast.Name):
        return (top.target.id,)
    return ()


def _text(node: ast.AST) -> str:
    first, *rest = ast.unparse(node).splitlines()
    return f"{first} …" if rest else first


def _variants(node: ast.AST, parent: ast.AST | None, field: str) -> Iterator[ast.AST]:
    if isinstance(node, ast.BinOp) and _names_a_type(node, parent):
        return
    kind: Callable[[ast.AST], Iterator[ast.AST]] | None = _KINDS.get(type(node))
    if kind is not None:
        yield from kind(node)
    tested = field == "test" or (field == "ifs" and isinstance(parent, ast.comprehension))
    if tested and isinstance(node, ast.expr):
        yield ast.UnaryOp(ast.Not(), copy.deepcopy(node))


def _names_a_type(node: ast.BinOp, parent: ast.AST | None) -> bool:
    """Tell `int | None` from the union of two sets, and `Terme = Decimal | Unknown` too."""
    sides = (node.left, node.right)
    if any(isinstance(side, ast.Constant) and side.value is None for side in sides):
        return True
    classes = all(isinstance(side, ast.Name) and side.id[0].isupper() and not side.id.isupper() for side in sides)
    return isinstance(parent, ast.Assign) and isinstance(node.op, ast.BitOr) and classes


def _compare(node: ast.Compare) -> Iterator[ast.AST]:
    for rank, operator in enumerate(node.ops):
        for other in _COMPARISONS[type(operator)]:
            changed = copy.deepcopy(node)
            changed.ops[rank] = other()
            yield changed


def _boolean(node: ast.BoolOp) -> Iterator[ast.AST]:
    changed = copy.deepcopy(node)
    changed.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
    yield changed
    for rank in range(len(node.values)):
        kept = [copy.deepcopy(v) for index, v in enumerate(node.values) if index != rank]
        yield kept[0] if len(kept) == 1 else ast.BoolOp(type(node.op)(), kept)


def _arithmetic(node: ast.BinOp) -> Iterator[ast.AST]:
    other = _ARITHMETIC.get(type(node.op))
    if other is not None:
        changed = copy.deepcopy(node)
        changed.op = other()
        yield changed
    elif isinstance(node.op, ast.BitOr):
        yield copy.deepcopy(node.left)
        yield copy.deepcopy(node.right)


def _constant(node: ast.Constant) -> Iterator[ast.AST]:
    if isinstance(node.value, bool):
        yield ast.Constant(not node.value)
    elif isinstance(node.value, int):
        yield ast.Constant(node.value + 1)
        yield ast.Constant(node.value - 1)
    elif isinstance(node.value, str):
        yield ast.Constant(f"{node.value}XX")


def _unary(node: ast.UnaryOp) -> Iterator[ast.AST]:
    if isinstance(node.op, (ast.Not, ast.USub)):
        yield copy.deepcopy(node.operand)


def _return(node: ast.Return) -> Iterator[ast.AST]:
    if node.value is not None and not (isinstance(node.value, ast.Constant) and node.value.value is None):
        yield ast.Return(ast.Constant(None))


def _dropped(node: ast.AST) -> Iterator[ast.AST]:
    if not isinstance(node, ast.AnnAssign):
        yield ast.Pass()


def _assigned(node: ast.Assign) -> Iterator[ast.AST]:
    """A first assignment that is dropped fails at once: only those that complete or replace a value are."""
    if any(not isinstance(target, (ast.Name, ast.Tuple)) for target in node.targets):
        yield ast.Pass()


def _loop_word(node: ast.AST) -> Iterator[ast.AST]:
    yield ast.Break() if isinstance(node, ast.Continue) else ast.Continue()
    yield ast.Pass()


def _slice(node: ast.Slice) -> Iterator[ast.AST]:
    if node.lower is not None:
        yield ast.Slice(None, copy.deepcopy(node.upper), copy.deepcopy(node.step))
    if node.upper is not None:
        yield ast.Slice(copy.deepcopy(node.lower), None, copy.deepcopy(node.step))


def _name(node: ast.Name) -> Iterator[ast.AST]:
    if node.id in _TWINS and isinstance(node.ctx, ast.Load):
        yield ast.Name(_TWINS[node.id], ast.Load())


def _condition(node: ast.IfExp) -> Iterator[ast.AST]:
    yield copy.deepcopy(node.body)
    yield copy.deepcopy(node.orelse)


_KINDS: dict[type[ast.AST], Callable[..., Iterator[ast.AST]]] = {
    ast.Compare: _compare,
    ast.BoolOp: _boolean,
    ast.BinOp: _arithmetic,
    ast.Constant: _constant,
    ast.UnaryOp: _unary,
    ast.Return: _return,
    ast.Expr: _dropped,
    ast.AugAssign: _dropped,
    ast.Raise: _dropped,
    ast.Assign: _assigned,
    ast.Continue: _loop_word,
    ast.Break: _loop_word,
    ast.Slice: _slice,
    ast.Name: _name,
    ast.IfExp: _condition,
}
