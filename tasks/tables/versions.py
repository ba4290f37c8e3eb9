"""Versions of rooms: a hash of everything of the code that can change what a room makes."""

import ast
import hashlib
import json
from functools import cache
from importlib.metadata import version
from pathlib import Path

from .facts import FOLDER

ROOMS = Path(__file__).parent.parent


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
def hash_code(room: str, without: str | None = None) -> str:
    """Hash of the program text of a room's modules, blind to comments, docstrings and layout.

    Modules whose names start with `without` do not count.
    """
    digest = hashlib.blake2b(digest_size=16)
    for path in sorted((ROOMS / room).rglob("*.py")):
        if without and path.name.startswith(without):
            continue
        tree = strip_docstrings(ast.parse(path.read_text(encoding="utf-8")))
        digest.update(f"{path.name}\n{ast.dump(tree)}\n".encode())
    return digest.hexdigest()


@cache
def facts_of(room: str) -> tuple[str, ...]:
    """Names of the CSV files that a room reads: the words in its calls of `read_facts`."""
    names = set()
    for path in (ROOMS / room).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "read_facts":
                names.add(ast.literal_eval(node.args[0]))
    return tuple(sorted(names))


def hash_facts(room: str) -> str:
    """Hash of the CSV files of `seeds/` that a room reads."""
    digest = hashlib.blake2b(digest_size=16)
    for name in facts_of(room):
        digest.update(name.encode() + b"\n" + (FOLDER / f"{name}.csv").read_bytes())
    return digest.hexdigest()


def room_version(room: str, libraries: tuple[str, ...], **settings: object) -> str:
    """12 hex digits that change with the room's code and facts, the libraries named, and `settings`."""
    parts = {
        "code": hash_code(room),
        "facts": hash_facts(room),
        "libraries": {name: version(name) for name in libraries},
        "settings": settings,
    }
    return hashlib.blake2b(json.dumps(parts, sort_keys=True, default=str).encode(), digest_size=6).hexdigest()
