"""First law: one page in several files, which declare different things of it, is one input in any order and split."""

import json
from datetime import date
from pathlib import Path
from zipfile import ZipFile

import polars as pl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quotidian.flows.backfill.dates import fill_date
from quotidian.tasks.clean.pending import pending_inputs
from quotidian.tasks.clean.settings import CleanSettings
from quotidian.tasks.clean.task import clean_batch
from quotidian.tasks.clean.work import SCHEMA, clean_folder
from quotidian.tasks.ingest.archive import Input, append_new, archive_folder
from quotidian.tasks.ingest.settings import IngestSettings

STORY = b"The mayor said on Monday that the bridge would open in May, and thanked all who had worked on it."
NAMES = st.sampled_from(["a.warc", "b.warc", "c.warc"])
WORDS = st.none() | st.sampled_from(["2023-06-18", "2023-06-19", "World"])
ARRIVALS = st.builds(
    Input,
    source=NAMES,
    payload=st.sampled_from([STORY, STORY * 2]),
    media_type=st.sampled_from(["text/plain", "text/html; scope=fragment"]),
    url=st.sampled_from(["https://x.com/1", "https://x.com/2", None]),
    outlet=WORDS,
    published=WORDS,
    position=st.integers(1, 2),
)


def ingest_and_clean(data: Path, batches: list[list[Input]]) -> tuple[int, pl.DataFrame, pl.DataFrame]:
    """Inputs counted as new, archive and cleaned rows after one run for each batch."""
    new, version = 0, "v"
    for batch in batches:
        new += append_new(archive_folder(data), batch)[1]
        for parts in pending_inputs(data, version, 1):
            clean_batch(parts, data, version, CleanSettings(), IngestSettings())
    archived = archive_folder(data)
    cleaned = clean_folder(data, version)
    assert pending_inputs(data, version, 1) == []
    located = cleaned.read(cleaned.locate())
    assert located.equals(cleaned.scan(*SCHEMA.names()).collect().sort("input_id"))
    return new, archived.read(archived.locate()), located


@settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(arrivals=st.lists(ARRIVALS, min_size=1, max_size=8), data=st.data())
def test_any_order_and_split_gives_the_same(arrivals: list[Input], data, tmp_path_factory) -> None:
    shuffled = data.draw(st.permutations(arrivals))
    cut = data.draw(st.integers(0, len(shuffled)))
    once = ingest_and_clean(tmp_path_factory.mktemp("once"), [arrivals])
    split = ingest_and_clean(tmp_path_factory.mktemp("split"), [shuffled[:cut], shuffled[cut:], shuffled])
    assert once[0] == split[0] == len({arrival.input_id for arrival in arrivals})
    assert once[1].equals(split[1])
    assert once[2].equals(split[2])


def test_tables_do_not_tell_which_file_came_first(run_here, table_hashes, tmp_path: Path) -> None:
    record = {"url": "https://x.com/1", "text": STORY.decode() * 3, "title": "Bridge to open"}
    paths = [tmp_path / "early.jsonl", tmp_path / "late.jsonl"]
    for path in paths:
        path.write_text(json.dumps(record) + "\n")
    forward = [run_here(tmp_path / "forward", path) for path in paths][-1]
    backward = [run_here(tmp_path / "backward", path) for path in reversed(paths)][-1]
    assert table_hashes(forward.published.snapshot) == table_hashes(backward.published.snapshot)
    articles = pl.read_parquet(f"{backward.published.snapshot}/articles/**/*.parquet", hive_partitioning=False)
    assert articles["source"].to_list() == ["early.jsonl"]


def test_tables_do_not_tell_whether_days_came_in_alone(run_here, table_hashes, tmp_path: Path) -> None:
    days = [date(2023, 6, 18), date(2023, 6, 19)]
    for day in days:
        folder = tmp_path / "landing" / str(day)
        folder.mkdir(parents=True)
        (folder / "a.txt").write_bytes(STORY * 3)
        (folder / "lines.jsonl").write_text(json.dumps({"text": f"{STORY.decode()} It was {day}."}) + "\nno record\n")
        with ZipFile(folder / "pack.zip", "w") as pack:
            pack.writestr(
                "in/b.txt", f"Ann Castle said on {day} that the harbour had frozen over, and nobody had seen that."
            )
    whole, alone = tmp_path / "landing", [fill_date(f"{tmp_path}/landing/{{date}}", day) for day in days]
    forward = [run_here(tmp_path / "forward", source) for source in (whole, *alone)]
    backward = [run_here(tmp_path / "backward", source) for source in (*reversed(alone), whole)]
    assert [(result.seen, result.new) for result in forward] == [(8, 8), (4, 0), (4, 0)]
    assert [(result.seen, result.new) for result in backward] == [(4, 4), (4, 4), (8, 0)]
    assert table_hashes(forward[-1].published.snapshot) == table_hashes(backward[-1].published.snapshot)


def test_an_archive_of_an_earlier_version_is_read(tmp_path: Path) -> None:
    archive = archive_folder(tmp_path)
    old = pl.DataFrame([Input("a.txt", STORY, url="https://x.com/1").row()], schema=archive.schema)
    archive.path.mkdir(parents=True)
    old.drop("arrival", "captured").write_parquet(archive.path / "0.parquet")
    new, archived, cleaned = ingest_and_clean(tmp_path, [[Input("b.txt", STORY, url="https://x.com/1")]])
    assert (new, archived["source"].to_list(), cleaned["source"].to_list()) == (0, ["a.txt"], ["a.txt"])
