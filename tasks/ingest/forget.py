"""Take-downs at the door: what was forgotten does not come in again.

`forgotten.csv` in the data folder holds hashes (kind, hash) and nothing else of what was taken down: of the input, of its
address, and of its bytes. An input that matches any of them becomes a reject with the reason `forgotten` under a
made-up name: no text, no title, no address. Deleting the lines of a take-down lets its source in again.
"""

import csv
import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from quotidian.tasks.store.files import write_aside

from .archive import Input, reject_input

FILE = "forgotten.csv"
FORGOTTEN = "forgotten"
Mark = tuple[str, str]
"""Kind (input, url, payload) and hash."""


def make_mark(kind: str, value: str | bytes) -> Mark:
    """What is kept of a thing that must not come in again."""
    words = value.encode() if isinstance(value, str) else value
    return kind, hashlib.blake2b(f"{kind} ".encode() + words, digest_size=16).hexdigest()


def mark_input(input_id: str, url: str | None, payload: bytes | None, reject_reason: str | None) -> set[Mark]:
    """Marks of an input. The bytes of a reject are none: they may be cut, or empty as those of others are."""
    marks = {make_mark("input", input_id)}
    if url:
        marks.add(make_mark("url", url))
    if payload and not reject_reason:
        marks.add(make_mark("payload", payload))
    return marks


def read_forgotten(data: Path) -> frozenset[Mark]:
    """All marks of the data folder."""
    path = data / FILE
    return parse_forgotten(path.read_text(encoding="utf-8")) if path.is_file() else frozenset()


def parse_forgotten(words: str) -> frozenset[Mark]:
    """The marks in the words of a file."""
    return frozenset((row["kind"], row["hash"]) for row in csv.DictReader(words.splitlines()))


def write_words(marks: Iterable[Mark]) -> str:
    """The words of a file that has these marks."""
    return "".join(["kind,hash\n", *(f"{kind},{digest}\n" for kind, digest in sorted(marks))])


def add_forgotten(data: Path, marks: Iterable[Mark]) -> None:
    """Keep marks besides those that are there."""
    known = read_forgotten(data)
    if not known.issuperset(marks):
        with write_aside(data / FILE) as aside:
            aside.write_text(write_words(known.union(marks)), encoding="utf-8")


def refuse_forgotten(inputs: Iterable[Input], forgotten: frozenset[Mark]) -> Iterator[Input]:
    """The inputs, those that were taken down as rejects."""
    if not forgotten:
        yield from inputs
        return
    for input_ in inputs:
        marks = mark_input(input_.input_id, input_.url, input_.payload, input_.reject_reason)
        yield input_ if forgotten.isdisjoint(marks) else refuse_input(input_.input_id)


def refuse_input(input_id: str) -> Input:
    """The reject that stands for an input: the same each time that it comes, and nothing of its own in it."""
    name = make_mark(FORGOTTEN, input_id)[1][:16]
    return reject_input(f"{FORGOTTEN}/{name}", FORGOTTEN, "taken down; forgotten.csv keeps it out")
