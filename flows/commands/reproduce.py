"""`quotidian reproduce`: one archived input through clean and extract, in a worker process of its own."""

import sys
from collections.abc import Callable
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Annotated, Any

import polars as pl
from cyclopts import Parameter

from quotidian.flows.commands.flags import Data
from quotidian.flows.running.pool import WorkerPool
from quotidian.flows.running.time_limit import TimeLimit, TookTooLong, run_limited
from quotidian.flows.settings import Settings, load_settings
from quotidian.flows.storage.mirror import hold_data, refresh_data
from quotidian.tasks.clean.row import clean_input
from quotidian.tasks.clean.work import clean_folder, clean_version, read_inputs
from quotidian.tasks.extract.row import extract_body
from quotidian.tasks.extract.work import extract_version, rejected_folder
from quotidian.tasks.ingest.archive import archive_folder
from quotidian.tasks.store.batches import Parts
from quotidian.tasks.store.errors import QuotidianError, UsageError
from quotidian.tasks.store.set_aside import WHY
from quotidian.tasks.store.work import WorkFolder


class NoSuchInput(UsageError):
    """No archived input has this id, or more than one begins with it."""


class StillDies(QuotidianError):
    """The process that worked on the article died again."""


def reproduce(
    article: Annotated[
        str, Parameter(help="input_id, article_id or hash of a body, as an error or a reject names it.")
    ],
    /,
    *,
    data: Data = None,
) -> int:
    """Clean and extract one archived input by itself, to see it fail; take it back where it no longer does."""
    return reproduce_article(article, data)


def reproduce_article(key: str, data: str | None) -> int:
    """Run the article; an error of the code comes with its traceback, a death of the worker as StillDies."""
    settings = load_settings(data=data)
    refresh_data(settings.place, "archive", "work")
    file, input_id = find_input(key, settings)
    limit, pool = TimeLimit(settings.place.folder / "work", settings.article_seconds), WorkerPool(1)
    try:
        cleaned = run_alone(pool, limit, "clean", try_clean, [(file, [input_id])], settings)
        say(f"clean: {describe_cleaned(cleaned)}")
        if cleaned.get("reject_reason") is None:
            body = [(cleaned["body"], [cleaned["body_hash"]])]
            extracted = run_alone(pool, limit, "extract", try_extract, body, settings)
            say(f"extract: {', '.join(f'{number} {name}' for name, number in extracted.items())}")
    finally:
        pool.close()
    if take_back(input_id, cleaned.get("body_hash"), settings):
        say("It was set aside before: the next run takes it again.")
    return 0


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def find_input(key: str, settings: Settings) -> tuple[str, str]:
    """Archive file and input_id of what begins with `key`, else of an input with that body; raises NoSuchInput."""
    located = archive_folder(settings.place.folder).locate()
    bodies = clean_folder(settings.place.folder, clean_version(settings.clean, settings.ingest)).scan(
        "input_id", "body_hash"
    )
    same_body = bodies.filter(pl.col("body_hash") == key).sort("input_id").head(1).collect()
    found = located.filter(pl.col("input_id").str.starts_with(key) | pl.col("input_id").is_in(same_body["input_id"]))
    if found.height != 1:
        count = f"{found.height} archived inputs begin" if found.height else "No archived input begins"
        raise NoSuchInput(f"{count} with {key}: give the id as the message or table has it.")
    return found["file"].item(), found["input_id"].item()


def run_alone(pool: WorkerPool, limit: TimeLimit, room: str, function: Callable, batch: Parts, *args: Any) -> dict:
    """The function's result from a worker; raises StillDies where that dies, TookTooLong where it does not end."""
    try:
        return pool.submit(run_limited, limit, function, batch, *args).result()[1]
    except BrokenProcessPool:
        show_late(limit, function, batch)
        raise StillDies(
            f"The worker died in {room}: run it where there is more memory, or report the article with the versions "
            "that `quotidian settings` and `pip freeze` print."
        ) from None


def show_late(limit: TimeLimit, function: Callable, batch: Parts) -> None:
    """Raise TookTooLong where the worker was ended for that, after showing where it hung."""
    try:
        limit.raise_late(function, batch)
    except TookTooLong as late:
        sys.stderr.write(late.stacks)
        raise


def try_clean(batch: Parts, settings: Settings) -> dict:
    """The work row of the clean room for one (file, [input_id]); runs in a worker."""
    return clean_input(next(read_inputs(batch)), settings.clean, settings.ingest)


def try_extract(batch: Parts, settings: Settings) -> dict[str, int]:
    """How many of each thing the extract room finds in one (body, [body_hash]); runs in a worker."""
    ((body, (body_hash,)),) = batch
    row = extract_body(body_hash, body, settings.extract)
    return {name: len(row[name]) for name in ("sentences", "mentions", "entities", "quotes")}


def describe_cleaned(cleaned: dict) -> str:
    """What the clean room made of the input."""
    if cleaned.get("reject_reason"):
        return f"rejected, {cleaned['reject_reason']}: {cleaned['reject_detail']}"
    return f"an article of {len(cleaned['body'])} characters"


def take_back(input_id: str, body_hash: str | None, settings: Settings) -> bool:
    """Forget that the input was set aside; whether there was something to forget."""
    data = settings.place.folder
    with hold_data(settings.place, f"quotidian reproduce {input_id}"):
        cleaned = clean_folder(data, clean_version(settings.clean, settings.ingest))
        extracted = rejected_folder(data, extract_version(settings.extract))
        return remove_reject(cleaned, input_id) or remove_reject(extracted, body_hash)


def remove_reject(folder: WorkFolder, key: str | None) -> bool:
    """Remove the file of a lone reject that was set aside."""
    found = folder.locate(reason=pl.col("reject_reason")).filter(
        (pl.col(folder.key) == key) & pl.col("reason").is_in(WHY)
    )
    for file in found["file"]:
        Path(file).unlink()
    return found.height > 0
