"""Take-downs: an article leaves the archive, the work of all versions, the links and all snapshots, and stays away.

In the order in which a kill at any moment leaves something that the next run finishes:

1. a journal names what goes, and the marks by which it is known when it comes again (`start_forgetting`);
2. the marks are kept (`forgotten.csv`), so that no source brings it back;
3. archive, work and links lose it; in the archive a reject without any text takes its place (`forget_stored` does both);
4. a new snapshot is published, as by any run;
5. every snapshot that holds it is removed, and then the journal (`finish_forgetting`).

Older snapshots are removed rather than rewritten: their tables hold words of the article in many places (names, statements,
titles of stories), which only the versions of that day could make again. Readers of a removed snapshot are not waited for.
"""

import json
import shutil
from dataclasses import asdict, dataclass
from pathlib import Path

import polars as pl

from quotidian.tasks.ingest.archive import archive_folder
from quotidian.tasks.ingest.forget import Mark, add_forgotten, mark_input, refuse_input
from quotidian.tasks.store.drop import drop_rows, list_files
from quotidian.tasks.store.errors import QuotidianError
from quotidian.tasks.store.files import write_aside
from quotidian.tasks.store.listing import remove_listings
from quotidian.tasks.store.work import hash_bytes

from .history import list_snapshots
from .prune import remove_snapshot
from .snapshot import BUILDING, current_snapshot

JOURNAL = ".forgetting.json"
WATCHES = "watches"
"""The folder in the data folder where `quotidian watch` keeps what it told."""
REPORT = "report"
"""The folder in the data folder where `quotidian report` writes its pages."""


class ForgetUnfinished(QuotidianError):
    """A take-down was stopped on its way."""


@dataclass(frozen=True)
class Forgetting:
    """What a take-down removes: inputs, their articles, and the bodies that no other input has; and what keeps them out."""

    input_ids: list[str]
    article_ids: list[str]
    body_hashes: list[str]
    marks: list[Mark]


def start_forgetting(data: Path, targets: pl.DataFrame) -> None:
    """Write the journal, with the marks of the targets that are named. The data folder must be locked.

    targets: input_id, article_id, is_named; those that are not named have the same bytes.
    """
    remove_damaged(data)
    ids = targets["input_id"].unique().sort()
    marks = sorted(collect_marks(data, targets.filter("is_named")["input_id"]))
    before = read_journal(data)
    articles = targets["article_id"].unique().sort().to_list()
    journal = Forgetting(ids.to_list(), articles, list_own_bodies(data, ids), marks)
    if before is not None:
        journal = Forgetting(
            *(sorted({*a, *b}) for a, b in zip(asdict(before).values(), asdict(journal).values(), strict=True))
        )
    with write_aside(data / JOURNAL) as aside:
        aside.write_text(json.dumps(asdict(journal)), encoding="utf-8")


def collect_marks(data: Path, ids: pl.Series) -> set[Mark]:
    """Marks of archived inputs."""
    folder = archive_folder(data)
    rows = folder.read(folder.locate().filter(pl.col("input_id").is_in(ids.implode())))
    columns = rows.select("input_id", "url", "payload", "reject_reason")
    return {mark for row in columns.iter_rows() for mark in mark_input(*row)}


def list_own_bodies(data: Path, ids: pl.Series) -> list[str]:
    """body_hash of the inputs in all versions of the clean room, without those that another input has too."""
    files = [path for folder in work_folders(data, "clean") for path in list_files(folder)]
    if not files:
        return []
    rows = pl.concat([pl.read_parquet(path, columns=["input_id", "body_hash"]) for path in files]).drop_nulls()
    is_own = pl.col("input_id").is_in(ids.implode())
    own, others = rows.filter(is_own), rows.filter(~is_own)
    return own.join(others, on="body_hash", how="anti")["body_hash"].unique().sort().to_list()


def work_folders(data: Path, room: str) -> list[Path]:
    """The folders of all versions of a room."""
    return sorted(path for path in (data / "work" / room).glob("*") if path.is_dir())


def remove_damaged(data: Path) -> None:
    """Remove work whose bytes are not those that its name promises: nobody can tell what it holds, and it is made again."""
    for room in ("clean", "extract", "sketch"):
        for path in (path for folder in work_folders(data, room) for path in list_files(folder)):
            if hash_bytes(path.read_bytes()) != path.stem:
                path.unlink()


def read_journal(data: Path) -> Forgetting | None:
    """The take-down that is under way, if any."""
    path = data / JOURNAL
    return parse_journal(path.read_text(encoding="utf-8")) if path.exists() else None


def parse_journal(words: str | bytes) -> Forgetting:
    """The take-down in the words of a journal; one of an earlier version, whose marks were kept before, has none."""
    values = json.loads(words)
    return Forgetting(**values | {"marks": [(kind, digest) for kind, digest in values.get("marks", ())]})


def require_finished(data: Path) -> None:
    """Raise ForgetUnfinished where a take-down was stopped on its way."""
    if (data / JOURNAL).exists():
        raise ForgetUnfinished("A take-down was stopped on its way: run `quotidian forget` to finish it.")


def forget_stored(data: Path) -> None:
    """Keep the journal's marks, and take what it names out of archive, work and links. The data folder must be locked."""
    journal = read_journal(data)
    if journal is None:
        return
    add_forgotten(data, journal.marks)
    inputs, bodies = (pl.Series(values, dtype=pl.String) for values in (journal.input_ids, journal.body_hashes))
    archive_folder(data).write([refuse_input(input_id).row() for input_id in journal.input_ids])
    drop_rows(data / "archive", "input_id", inputs)
    for room, column, values in (
        ("clean", "input_id", inputs),
        ("extract", "body_hash", bodies),
        ("sketch", "body_hash", bodies),
    ):
        for folder in work_folders(data, room):
            drop_rows(folder, column, values)
    for folder in work_folders(data, "links"):
        if holds(folder / "articles.parquet", "article_id", journal.article_ids):
            shutil.rmtree(folder)
    remove_leftovers(data)


def holds(path: Path, column: str, values: list[str]) -> bool:
    """Whether a file has any of the values, or cannot tell."""
    try:
        return pl.read_parquet(path, columns=[column], hive_partitioning=False)[column].is_in(values).any()
    except (OSError, pl.exceptions.PolarsError):
        return True


def remove_leftovers(data: Path) -> None:
    """Remove what may hold any text and nothing reads: files that killed runs left, those set aside as damaged, and the report."""
    for room in ("archive", "work"):
        remove_listings(data / room)
        for path in (data / room).rglob(".*.tmp"):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    for name in ("damaged", "texts"):  # texts are kept for the next linking
        shutil.rmtree(data / "work" / name, ignore_errors=True)
    for path in (
        data / REPORT,
        data / WATCHES / "told",
        *data.glob(f".{REPORT}.*"),
    ):  # what it shows stands in no other form that could be taken out
        path.unlink() if path.is_symlink() else shutil.rmtree(path, ignore_errors=True)
    for path in (data / "published" / "snapshots").glob(f"{BUILDING}*"):
        shutil.rmtree(path)


def list_holding(published: Path, input_ids: list[str]) -> list[Path]:
    """Snapshots that have any of the inputs as article or reject."""
    return [path for path in list_snapshots(published) if any(holds(f, "input_id", input_ids) for f in own_files(path))]


def own_files(snapshot: Path) -> list[Path]:
    """Files of a snapshot that name inputs."""
    return sorted([*(snapshot / "articles").rglob("*.parquet"), *(snapshot / "rejects").rglob("*.parquet")])


def finish_forgetting(data: Path) -> list[str]:
    """Remove the snapshots that hold what the journal names, then the journal; return their names.

    Raises ForgetUnfinished where the current one still does.
    """
    journal, published = read_journal(data), data / "published"
    if journal is None:
        return []
    holding = list_holding(published, journal.input_ids)
    if current_snapshot(published) in holding:
        raise ForgetUnfinished("The current snapshot still holds what was to be taken down: report this.")
    for snapshot in holding:
        remove_snapshot(snapshot)
    (data / JOURNAL).unlink()
    return [snapshot.name for snapshot in holding]
