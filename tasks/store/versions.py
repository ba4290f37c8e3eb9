"""Versions of rooms: a hash of everything of the code that can change what a room makes."""

import ast
import hashlib
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import astuple, dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path

from .facts import FOLDER
from .files import write_aside

ROOMS = Path(__file__).parent.parent
PACKAGE = "quotidian.tasks."
EXEMPT = frozenset(
    f"store.{name}"
    for name in (
        "batches",
        "deadline",
        "drop",
        "errors",
        "file_format",
        "files",
        "history",
        "listing",
        "soundness",
        "versions",
        "work",
    )
)
"""Modules that keep results, end work or name failures, and so cannot change what a result says."""
DOCUMENTED = ast.Module | ast.ClassDef | ast.FunctionDef


@dataclass(frozen=True)
class Program:
    """What counts of a module: a hash of its program, the modules of the rooms that it imports anywhere in it, as
    `room.name` (or `room.folder.name`), and the CSV files of `seeds/` that it reads."""

    digest: str
    imports: tuple[str, ...]
    facts: tuple[str, ...]


known_programs: dict[str, Program] = {}
"""Programs of modules by the hash of package and source."""


@cache
def read_module(module: str) -> Program:
    """The program of a module named `room.name` or `room.folder.name`."""
    source = (ROOMS / module.replace(".", "/")).with_suffix(".py").read_text(encoding="utf-8")
    return know_program(source, module.rpartition(".")[0])


def know_program(source: str, package: str) -> Program:
    """`read_program`, once for each source."""
    name = hash_words(f"{package}\n{source}")
    if name not in known_programs:
        known_programs[name] = read_program(source, package)
    return known_programs[name]


@contextmanager
def remembering_programs(path: Path) -> Iterator[None]:
    """Take programs from a file, where sources are as they were when it was written, and write it where others came: to read all of them
    takes most of a second. The file may be deleted."""
    before = recall_programs(path)
    known_programs.update(before)
    yield
    if known_programs.keys() != before.keys():
        programs = {name: astuple(program) for name, program in known_programs.items()}
        with write_aside(path) as aside:
            aside.write_text(json.dumps({"made_by": name_reader(), "programs": programs}))


def recall_programs(path: Path) -> dict[str, Program]:
    """The programs in a file; none where it is missing, broken, or made by another release or another Python."""
    try:
        kept = json.loads(path.read_text())
        if kept["made_by"] != name_reader():
            return {}
        return {
            name: Program(digest, (*imports,), (*facts,)) for name, (digest, imports, facts) in kept["programs"].items()
        }
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return {}


def name_reader() -> str:
    """Hash of what a program depends on beside its source: this module, Python, and which modules there are."""
    modules = sorted(path.relative_to(ROOMS).as_posix() for path in ROOMS.rglob("*.py"))
    return hash_words("\n".join([sys.version, Path(__file__).read_text(encoding="utf-8"), *modules]))


def read_program(source: str, package: str) -> Program:
    """A program of a package such as `extract.quotes`, blind to comments, docstrings and layout."""
    tree = ast.parse(source)
    imports, facts = [], []
    for node in ast.walk(tree):
        if isinstance(node, DOCUMENTED):
            strip_docstring(node)
        elif isinstance(node, ast.ImportFrom):
            imports += list_imports(node, package)
        elif isinstance(node, ast.Call) and getattr(node.func, "id", "") == "read_facts":
            facts.append(ast.literal_eval(node.args[0]))
    return Program(hash_words(ast.dump(tree)), tuple(imports), tuple(facts))


def strip_docstring(node: ast.Module | ast.ClassDef | ast.FunctionDef) -> None:
    """Take the docstring away, so that documentation does not change a version."""
    if ast.get_docstring(node, clean=False) is not None:
        node.body = node.body[1:] or [ast.Pass()]


def list_imports(node: ast.ImportFrom, package: str) -> Iterator[str]:
    """Names below `tasks`, such as `extract.quotes.marks`, of the modules that a line of a package imports, as far as they have files."""
    if node.level:
        above = package.split(".")[: package.count(".") + 2 - node.level]
        base = ".".join([*above, *([node.module] if node.module else [])])
    elif f"{node.module}.".startswith(PACKAGE):
        base = node.module.removeprefix(PACKAGE[:-1]).lstrip(".")
    else:
        return
    for found in [base, *(f"{base}.{alias.name}".lstrip(".") for alias in node.names)]:
        if has_file(found):
            yield found


def has_file(module: str) -> bool:
    return bool(module) and (ROOMS / module.replace(".", "/")).with_suffix(".py").is_file()


def hash_words(words: str) -> str:
    return hashlib.blake2b(words.encode(), digest_size=16).hexdigest()


@cache
def reach_modules(start: str) -> tuple[str, ...]:
    """The modules that `start` needs, itself included, sorted by name.

    What is `EXEMPT` does not count: how results are kept does not change what they say.
    """
    reached, left = set(), [start]
    while left:
        module = left.pop()
        if module in reached or module in EXEMPT:
            continue
        reached.add(module)
        left += read_module(module).imports
    return tuple(sorted(reached))


def hash_code(modules: tuple[str, ...]) -> str:
    """Hash of the programs of modules."""
    return hash_words("\n".join(f"{module} {read_module(module).digest}" for module in modules))


def facts_of(modules: tuple[str, ...]) -> tuple[str, ...]:
    """Names of the CSV files that modules read: the words in their calls of `read_facts`."""
    return tuple(sorted({name for module in modules for name in read_module(module).facts}))


def hash_facts(modules: tuple[str, ...]) -> str:
    """Hash of the CSV files of `seeds/` that modules read."""
    digest = hashlib.blake2b(digest_size=16)
    for name in facts_of(modules):
        digest.update(name.encode() + b"\n" + (FOLDER / f"{name}.csv").read_bytes())
    return digest.hexdigest()


@cache
def hash_room(room: str) -> dict[str, str]:
    """Hashes of the code and the facts that the door of a room reaches."""
    modules = reach_modules(f"{room}.task")
    return {"code": hash_code(modules), "facts": hash_facts(modules)}


@cache
def library_version(name: str) -> str:
    """The installed version, which is read from a file."""
    return version(name)


def room_version(room: str, libraries: tuple[str, ...], **settings: object) -> str:
    """12 hex digits that change with what the room's door reaches of code and facts, the libraries named, and
    `settings`."""
    parts = {
        **hash_room(room),
        "libraries": {name: library_version(name) for name in libraries},
        "settings": settings,
    }
    return hashlib.blake2b(json.dumps(parts, sort_keys=True, default=str).encode(), digest_size=6).hexdigest()
