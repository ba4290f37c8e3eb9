"""Every pattern of the code and of the seeds, and how the code calls it."""

import ast
import importlib
import inspect
import pkgutil
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import quotidian.flows
import quotidian.tasks
from quotidian.tasks.clean.phrases import read_patterns

FUNCTIONS = frozenset(("compile", "search", "match", "fullmatch", "split", "findall", "finditer", "sub", "subn"))


@dataclass(frozen=True)
class Found:
    """A pattern, where it stands, and the methods by which the code calls it."""

    place: str
    regex: re.Pattern
    calls: frozenset[str]
    most: int = 0
    """Characters that it is given at most; 0 where the text is all that bounds it."""


@cache
def list_modules() -> tuple[ModuleType, ...]:
    """All modules of the project."""
    return tuple(
        importlib.import_module(found.name)
        for package in (quotidian.tasks, quotidian.flows)
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
        if not found.name.endswith("__main__")
    )


@cache
def read_source(module: ModuleType) -> ast.Module:
    return ast.parse(Path(inspect.getfile(module)).read_text(encoding="utf-8"))


def find_code_patterns() -> list[Found]:
    """The patterns of all modules: those that a name holds, those that a function makes, and those written where they are used."""
    found: dict[tuple, Found] = {}
    for module in list_modules():
        named = [(name, held) for name, value in vars(module).items() for held in unpack(value)]
        made = [(name, held) for name, value in list_makers(module) for held in unpack(value)]
        for name, regex in (*named, *made):
            place = f"{shorten(module)}.{name}"
            found.setdefault((regex.pattern, regex.flags), Found(place, regex, list_calls(name)))
        for number, call, regex in find_inline(module):
            found.setdefault(
                (regex.pattern, regex.flags), Found(f"{shorten(module)}:{number}", regex, frozenset([call]))
            )
    return list(found.values())


def shorten(module: ModuleType) -> str:
    return module.__name__.removeprefix("quotidian.").removeprefix("tasks.")


def unpack(value: Any) -> Iterator[re.Pattern]:
    """The patterns that a value is or holds."""
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, dict):
        yield from (held for item in value.values() for held in unpack(item))
    elif isinstance(value, list | tuple):
        yield from (held for item in value for held in unpack(item))


def list_makers(module: ModuleType) -> Iterator[tuple[str, Any]]:
    """The functions of a module that compile patterns and take nothing, with what they give."""
    for node in read_source(module).body:
        if isinstance(node, ast.FunctionDef) and not node.args.args and any(map(is_call, ast.walk(node))):
            yield node.name, getattr(module, node.name)()


def is_call(node: ast.AST) -> bool:
    """Whether a node calls a function of `re`."""
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in FUNCTIONS
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "re"
    )


def find_inline(module: ModuleType) -> Iterator[tuple[int, str, re.Pattern]]:
    """Patterns written as a whole where they are used, with line and call."""
    for node in ast.walk(read_source(module)):
        if is_call(node) and isinstance(node.args[0], ast.Constant) and node.func.attr != "compile":
            flags = eval_flags(node)
            yield node.lineno, node.func.attr, re.compile(node.args[0].value, flags)


def eval_flags(node: ast.Call) -> int:
    """The flags that a call names."""
    named = [n.attr for a in (*node.args[1:], *(k.value for k in node.keywords)) for n in ast.walk(a) if is_flag(n)]
    return sum(getattr(re, name) for name in named)


def is_flag(node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "re"


def find_escaped() -> list[str]:
    """Calls of `re` in functions that neither name their pattern nor take nothing: nobody else sees these patterns."""
    return [
        f"{shorten(module)}.{function.name}"
        for module in list_modules()
        for function in ast.walk(read_source(module))
        if isinstance(function, ast.FunctionDef)
        for node in ast.walk(function)
        if is_call(node) and not isinstance(node.args[0], ast.Constant)
        if function.args.args or function not in read_source(module).body
    ]


@cache
def gather_calls() -> dict[str, frozenset[str]]:
    """For each name, the methods of patterns that are called on it, or on what a loop takes from it."""
    calls: dict[str, set[str]] = {}
    for module in list_modules():
        for node in ast.walk(read_source(module)):
            if isinstance(node, ast.Attribute) and node.attr in FUNCTIONS and (name := read_name(node.value)):
                calls.setdefault(name, set()).add(node.attr)
    return {name: frozenset(methods) for name, methods in calls.items()}


def read_name(node: ast.AST) -> str | None:
    """The name of what is called, subscripts and calls aside."""
    if isinstance(node, ast.Subscript):
        return read_name(node.value)
    if isinstance(node, ast.Call):
        return read_name(node.func)
    return node.id if isinstance(node, ast.Name) else None


def list_calls(name: str) -> frozenset[str]:
    """The methods called on a name; the hardest where nobody names it."""
    return gather_calls().get(name) or frozenset(["finditer"])


def find_seed_patterns() -> list[Found]:
    """The junk patterns, each once, as they are called: on a whole line up to its length, or on a whole text."""
    found: dict[tuple, Found] = {}
    for row, pattern in enumerate(read_patterns(), start=2):
        call = {"start": "match", "inside": "finditer"}.get(pattern.where, "fullmatch")
        most = pattern.max_chars if call == "fullmatch" else 0
        place = f"junk_patterns.csv:{row} {pattern.rule}"
        found.setdefault((pattern.words, call, most), Found(place, pattern.regex, frozenset([call]), most))
    return list(found.values())


def list_uses(found: Found, is_matched: bool = False) -> list[Callable]:
    """What the code does with a pattern: starts at the front, takes the whole, or looks everywhere."""
    if is_matched or found.calls <= {"match"}:
        return [found.regex.match]
    if found.calls <= {"match", "fullmatch"}:
        return [found.regex.fullmatch]
    return [lambda text: sum(1 for _ in found.regex.finditer(text))]
