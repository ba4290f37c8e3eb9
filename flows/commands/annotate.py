"""`quotidian annotate`: texts in, annotations out, nothing cleaned and nothing archived."""

import json
import sys
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import IO, Annotated

from cyclopts import Parameter

from quotidian.flows.commands.flags import Workers
from quotidian.flows.process.progress import Progress
from quotidian.flows.running.pool import WorkerPool
from quotidian.flows.settings import load_settings
from quotidian.tasks.extract.settings import ExtractSettings
from quotidian.tasks.store.errors import UsageError

TEXTS_A_BATCH = 16
BATCHES_AHEAD = 4
"""Batches waiting for each worker, so that memory does not follow the length of the input."""

Text = tuple[object, str]


class BadInput(UsageError):
    """The input is not there, or a line of it is no object with id and text."""


def annotate(
    input_: Annotated[
        str, Parameter(help='JSON lines of {"id", "text"}; - for standard input.', allow_leading_hyphen=True)
    ],
    output: Annotated[
        str, Parameter(help="JSON lines of the annotations; - for standard output.", allow_leading_hyphen=True)
    ] = "-",
    /,
    *,
    workers: Workers = None,
) -> int:
    """Find sentences, entities and quotations in texts exactly as given, without cleaning or archiving them."""
    return annotate_file(input_, output, workers)


def annotate_file(input_: str, output: str, workers: int | None) -> int:
    """Annotate each line; the output has the same ids in the same order."""
    if output.startswith("-") and output != "-":
        raise BadInput(f"{output} is no option of annotate; a file of that name is ./{output}.")
    settings = load_settings(workers=workers)
    pool, progress = WorkerPool(settings.workers), Progress()
    try:
        with open_input(input_) as lines, open_output(output) as out:
            progress.start("annotate", None)
            for annotated in map_batches(pool, read_texts(lines, input_), settings.extract):
                out.writelines(annotated)
                progress.advance("annotate", len(annotated))
    finally:
        progress.stop()
        pool.close()
    return 0


def map_batches(pool: WorkerPool, texts: Iterator[Text], settings: ExtractSettings) -> Iterator[list[str]]:
    """Lines of output by batch, in the order of the input."""
    running = deque()
    while batch := list(islice(texts, TEXTS_A_BATCH)):
        running.append(pool.submit(annotate_texts, batch, settings))
        if len(running) > BATCHES_AHEAD * pool.workers:
            yield running.popleft().result()
    while running:
        yield running.popleft().result()


def annotate_texts(batch: list[Text], settings: ExtractSettings) -> list[str]:
    """Lines of output of some texts; runs in a worker."""
    from quotidian.tasks.extract.annotate import annotate_text, load_model

    model = load_model(settings.model)
    return [
        json.dumps(describe_text(id_, text, annotate_text(text, model, settings)), ensure_ascii=False) + "\n"
        for id_, text in batch
    ]


def describe_text(id_: object, text: str, annotation) -> dict:
    """One object of the output. Offsets are code points of the text as given."""
    return {
        "id": id_,
        "sentences": [[s.start, s.end] for s in annotation.sentences],
        "entities": [[m.start, m.end, m.type] for m in annotation.mentions if m.mention_kind == "name"],
        "quotes": [describe_quote(quote, text, annotation.entities) for quote in annotation.quotes],
    }


def describe_quote(quote, text: str, entities: tuple) -> dict:
    """One quotation of the output."""
    return {
        "spans": [list(part) for part in quote.parts],
        "kind": quote.kind,
        "is_marked": quote.is_marked,
        "stance": quote.stance,
        "is_said": quote.is_said,
        "cue": None if quote.cue_start is None else text[quote.cue_start : quote.cue_end],
        "speaker_start": quote.speaker_start,
        "speaker_end": quote.speaker_end,
        "speaker": name_speaker(quote, entities),
        "speaker_kind": quote.speaker_kind,
        "confidence": quote.confidence,
    }


def name_speaker(quote, entities: tuple) -> str | None:
    """The fullest name of who speaks; of an organisation without a name, for which "it" stands, what the text calls it."""
    if quote.speaker_entity_index is not None:
        return entities[quote.speaker_entity_index].name
    return quote.speaker_role if quote.speaker_kind == "collective" else None


def read_texts(lines: IO[str], name: str) -> Iterator[Text]:
    """(id, text) of each line that is not blank; raises BadInput with the number of the line."""
    for number, line in enumerate(lines, start=1):
        line = line.removeprefix("\ufeff")
        if not line.strip():
            continue
        try:
            record = json.loads(line)
            if not isinstance(record["text"], str):
                raise TypeError
            yield record["id"], record["text"]
        except (ValueError, KeyError, TypeError):
            raise BadInput(f'{name}, line {number}, is no JSON object with "id" and "text".') from None


@contextmanager
def open_input(name: str) -> Iterator[IO[str]]:
    """Standard input for -, else the file."""
    if name == "-":
        yield sys.stdin
        return
    if not Path(name).exists():
        raise BadInput(f"{name} does not exist: name a file of JSON lines, or - for standard input.")
    with Path(name).open(encoding="utf-8") as file:
        yield file


@contextmanager
def open_output(name: str) -> Iterator[IO[str]]:
    """Standard output for -, else the file, which appears when it is whole."""
    if name == "-":
        yield sys.stdout
        return
    from quotidian.tasks.store.files import write_aside

    with write_aside(Path(name)) as aside, aside.open("w", encoding="utf-8") as file:
        yield file
