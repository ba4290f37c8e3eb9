"""Versions of rooms: a hash of everything of the code that can change what a room makes."""

import ast
import hashlib
import json
from collections.abc import Iterator
from functools import cache
from importlib.metadata import version
from pathlib import Path

from .facts import FOLDER

ROOMS = Path(__file__).parent.parent
PACKAGE = "quotidian.tasks."


def strip_docstrings(tree: ast.AST) -> ast.AST:
    """The same program without docstrings, so that documentation does not change a version."""
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if (
            isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
            and body
            and ast.get_docstring(node) is not None
        ):
            node.body = body[1:] or [ast.Pass()]
    return tree


@cache
def read_module(module: str) -> ast.AST:
    """The program of a module named `room.name`, blind to comments, docstrings and layout."""
    source = (ROOMS / module.replace(".", "/")).with_suffix(".py").read_text(encoding="utf-8")
    return strip_docstrings(ast.parse(source))


def list_imports(module: str) -> Iterator[str]:
    """`room.name` of the modules of the rooms that a module imports anywhere in it, as far as they have files."""
    room = module.split(".")[0]
    for node in ast.walk(read_module(module)):
        if not isinstance(node, ast.ImportFrom):
            continue
        name = f"{PACKAGE}{room}.{node.module or ''}" if node.level else node.module or ""
        base = name.removeprefix(PACKAGE).rstrip(".") if name.startswith(PACKAGE) else None
        for found in [base, *(f"{base}.{alias.name}" for alias in node.names)] if base else ():
            if (ROOMS / found.replace(".", "/")).with_suffix(".py").is_file():
                yield found


@cache
def reach_modules(start: str) -> tuple[str, ...]:
    """The modules that `start` needs, itself included, sorted by name.

    Room `tables` does not count: how results are stored does not change what they say.
    """
    reached, left = set(), [start]
    while left:
        module = left.pop()
        if module in reached or module.startswith("tables."):
            continue
        reached.add(module)
        left += list_imports(module)
    return tuple(sorted(reached))


@cache
def hash_code(modules: tuple[str, ...]) -> str:
    """Hash of the program text of modules."""
    digest = hashlib.blake2b(digest_size=16)
    for module in modules:
        digest.update(f"{module}\n{ast.dump(read_module(module))}\n".encode())
    return digest.hexdigest()


@cache
def facts_of(modules: tuple[str, ...]) -> tuple[str, ...]:
    """Names of the CSV files that modules read: the words in their calls of `read_facts`."""
    names = set()
    for module in modules:
        for node in ast.walk(read_module(module)):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "read_facts":
                names.add(ast.literal_eval(node.args[0]))
    return tuple(sorted(names))


def hash_facts(modules: tuple[str, ...]) -> str:
    """Hash of the CSV files of `seeds/` that modules read."""
    digest = hashlib.blake2b(digest_size=16)
    for name in facts_of(modules):
        digest.update(name.encode() + b"\n" + (FOLDER / f"{name}.csv").read_bytes())
    return digest.hexdigest()


def room_version(room: str, libraries: tuple[str, ...], **settings: object) -> str:
    """12 hex digits that change with what the room's door reaches of code and facts, the libraries named, and
    `settings`."""
    modules = reach_modules(f"{room}.task")
    parts = {
        "code": hash_code(modules),
        "facts": hash_facts(modules),
        "libraries": {name: version(name) for name in libraries},
        "settings": settings,
    }
    return hashlib.blake2b(json.dumps(parts, sort_keys=True, default=str).encode(), digest_size=6).hexdigest()
