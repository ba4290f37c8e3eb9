"""`quotidian init`: a settings file to edit, and the folders that it names."""

import sys
from collections.abc import Iterator
from pathlib import Path
from textwrap import wrap
from typing import Annotated

import tomlkit
from cyclopts import Parameter
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from quotidian.flows.settings import FILE, Settings
from quotidian.tasks.store.errors import UsageError
from quotidian.tasks.store.facts import FOLDER
from quotidian.tasks.store.files import write_aside

BESIDE = ("prefect.yaml", "README.md")
"""What a folder of its own needs besides settings; it is never replaced, not even by --force."""
COMMENT_WIDTH = 110
MACHINE = {"workers"}
"""Settings whose default hangs on the machine or on another setting: not written."""
HEAD = "Settings of Quotidian. Each line shows a default: take away its # to change it."


class FileExists(UsageError):
    """A settings file lies there already."""


def init(
    folder: Annotated[Path, Parameter(help="Where to write it.")] = Path(),
    /,
    *,
    force: Annotated[bool, Parameter(negative="", help="Replace a file that is there.")] = False,
) -> int:
    """Write quotidian.toml with every setting and its default, prefect.yaml and a README of the folder.

    A quotidian.toml that is there is replaced with --force only, the other two never.
    """
    return write_settings(folder, force)


def write_settings(folder: Path, force: bool) -> int:
    """Write `quotidian.toml` with every setting, its meaning and its default, into a folder; exit code 0."""
    path = folder / FILE
    if path.exists() and not force:
        raise FileExists(f"{path} exists: edit it, or replace it with --force.")
    folder.mkdir(parents=True, exist_ok=True)
    with write_aside(path) as aside:
        aside.write_text(describe_settings(), encoding="utf-8")
    beside = [name for name in BESIDE if copy_absent(FOLDER / "folder" / name, folder / name)]
    sys.stdout.write(
        f"Wrote {', '.join(str(folder / name) for name in (FILE, *beside))}. Next: put articles into a folder, then `quotidian run FOLDER`.\n"
    )
    return 0


def copy_absent(source: Path, target: Path) -> bool:
    """Copy a file unless one is there, which may be anybody's; say whether it was copied."""
    if target.exists() or target.is_symlink():
        return False
    with write_aside(target) as aside:
        aside.write_bytes(source.read_bytes())
    return True


def describe_settings() -> str:
    """The text of a settings file in which every default is commented out."""
    document = tomlkit.document()
    document.add(tomlkit.comment(HEAD))
    add_fields(document, Settings)
    for name, field in Settings.model_fields.items():
        if is_section(field):
            table = tomlkit.table()
            add_fields(table, field.annotation)
            document.add(name, table)
    return tomlkit.dumps(document)


def add_fields(place: tomlkit.TOMLDocument, model: type[BaseModel]) -> None:
    """Add each plain setting of a model: its meaning, and its default, commented out."""
    for name, field in model.model_fields.items():
        if is_section(field) or name in MACHINE:
            continue
        place.add(tomlkit.nl())
        for line in list_comments(name, field):
            place.add(tomlkit.comment(line))


def list_comments(name: str, field: FieldInfo) -> Iterator[str]:
    """What a setting means, and the line that sets its default."""
    yield from wrap(field.description or "", COMMENT_WIDTH)
    default = field.get_default(call_default_factory=True)
    if default is None:
        yield f"Without a default: {name} = …"
        return
    value = tomlkit.item(plain_value(default))
    yield f"{name} = {value.as_string()}"


def plain_value(value: object) -> object:
    """What TOML can hold."""
    if isinstance(value, tuple | list | set | frozenset):
        return [plain_value(item) for item in value]
    return str(value) if isinstance(value, Path) else value


def is_section(field: FieldInfo) -> bool:
    """Whether the settings of a room stand there."""
    return isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel)
