"""Take-downs at the door: what was forgotten does not come in again.

`forgotten.csv` in the data folder holds hashes (kind, hash) and nothing else of what was taken down: of the input, of its
address, and of its bytes. An input that matches any of them becomes a reject with the reason `forgotten` under a
made-up name: no text, no title, no address. Its last line is a seal, the hash of the others: a file that was damaged, cut or emptied
lets nothing in, but stops the run. Who deletes the lines of a take-down on purpose, to let its source in again, seals the rest anew.
"""

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

import polars as pl

from quotidian.tasks.store.errors import QuotidianError
from quotidian.tasks.store.files import write_aside

from .archive import Input, archive_folder, reject_input

FILE = "forgotten.csv"
FORGOTTEN = "forgotten"
SEAL = "seal"
HOW_TO_MEND = (
    "could come in again: put it back from a backup, or, if it is as you want it, run `quotidian forget --seal`."
)
Mark = tuple[str, str]
"""Kind (input, url, payload) and hash."""


class ForgottenDamaged(QuotidianError):
    """What keeps take-downs out is damaged or gone."""


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
    """All marks of the data folder; raises ForgottenDamaged."""
    return parse_forgotten(read_words(data / FILE))


def read_words(path: Path) -> str:
    """The words of a file, none where there is none."""
    return path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""


def parse_forgotten(words: str) -> frozenset[Mark]:
    """The marks in the words of a file, none in no words; raises ForgottenDamaged where its seal is not its own."""
    marks = parse_marks(words)
    if words and words != write_words(marks):
        raise ForgottenDamaged(
            f"{FILE} in the data folder is not as it was written: articles that were taken down {HOW_TO_MEND}"
        )
    return marks


def parse_marks(words: str) -> frozenset[Mark]:
    """The marks in the words of a file, sealed or not."""
    rows = (line.split(",") for line in words.splitlines()[1:])
    return frozenset((row[0], row[1]) for row in rows if len(row) == 2 and row[0] != SEAL)


def write_words(marks: Iterable[Mark]) -> str:
    """The words of a file that has these marks, with their seal."""
    words = "".join(["kind,hash\n", *(f"{kind},{digest}\n" for kind, digest in sorted(marks))])
    return f"{words}{SEAL},{make_mark(SEAL, words)[1]}\n"


def require_marks(data: Path) -> None:
    """Raise ForgottenDamaged where inputs were taken down, and nothing is there to keep them out."""
    folder = archive_folder(data)
    if read_words(data / FILE):
        read_forgotten(data)
        return
    files = folder.files()
    if files and folder.open(files).filter(pl.col("reject_reason") == FORGOTTEN).head(1).collect().height:
        raise ForgottenDamaged(
            f"{FILE} in the data folder is missing or empty, though articles were taken down that {HOW_TO_MEND}"
        )


def seal_again(data: Path) -> int:
    """Seal the file as it stands; return how many marks it has."""
    marks = parse_marks(read_words(data / FILE))
    with write_aside(data / FILE) as aside:
        aside.write_text(write_words(marks), encoding="utf-8")
    return len(marks)


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
