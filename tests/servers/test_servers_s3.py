"""Sources in a real S3 server on loopback, with the user's own credentials from the environment."""

import gzip
import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from ports import free_port

from quotidian.tasks.ingest.places import SourceClosed, SourceMissing, list_places
from quotidian.tasks.ingest.settings import IngestSettings
from quotidian.tasks.ingest.sources import read_sources

pytestmark = [pytest.mark.server, pytest.mark.filterwarnings("ignore::DeprecationWarning")]
s3fs = pytest.importorskip("s3fs")
SENTENCE = "The mayor said on Monday that the bridge would open in May, and thanked all who had worked on it."


@pytest.fixture
def bucket(s3: str) -> Iterator[str]:
    """A bucket with news."""
    store = s3fs.S3FileSystem()
    store.mkdir("news")
    lines = "\n".join(json.dumps({"id": n, "text": SENTENCE}) for n in range(3))
    store.pipe_file("news/2023/06/19/a.txt", SENTENCE.encode())
    store.pipe_file("news/2023/06/19/b.jsonl.gz", gzip.compress(lines.encode()))
    store.pipe_file("news/2023/06/20/c.html", f"<html><body><p>{SENTENCE}</p></body></html>".encode())
    yield "s3://news"
    store.rm("news", recursive=True)


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("", ["2023/06/19/a.txt", "2023/06/19/b.jsonl.gz", "2023/06/20/c.html"]),
        ("/2023/06/19", ["a.txt", "b.jsonl.gz"]),
        ("/2023/06/19/", ["a.txt", "b.jsonl.gz"]),
        ("/2023/06/19/a.txt", ["a.txt"]),
        ("/2023/06/*/*.*", ["19/a.txt", "19/b.jsonl.gz", "20/c.html"]),
        ("/./2023/06/19/", ["2023/06/19/a.txt", "2023/06/19/b.jsonl.gz"]),
        ("/./2023/06/19/*.txt", ["2023/06/19/a.txt"]),
        ("/./2023/06/19/a.txt", ["2023/06/19/a.txt"]),
    ],
)
def test_buckets_folders_files_and_globs(bucket: str, source: str, names: list[str]) -> None:
    assert [place.name for place in list_places(bucket + source)] == names


def test_what_lies_in_a_bucket_is_read(bucket: str) -> None:
    inputs = list(read_sources([bucket], IngestSettings()))
    assert [(i.source, i.record_id, i.reject_reason) for i in inputs] == [
        ("2023/06/19/a.txt", None, None),
        *(("2023/06/19/b.jsonl.gz", str(n), None) for n in range(3)),
        ("2023/06/20/c.html", None, None),
    ]


def test_a_copy_on_disk_is_the_same_input(bucket: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(SENTENCE)
    (local,) = read_sources([tmp_path], IngestSettings())
    (remote,) = read_sources([f"{bucket}/2023/06/19/a.txt"], IngestSettings())
    assert local.input_id == remote.input_id


def test_a_parquet_file_is_read_in_place(bucket: str) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    with s3fs.S3FileSystem().open("news/rows.parquet", "wb") as file:
        pq.write_table(pa.table({"text": [SENTENCE] * 3}), file)
    assert len(list(read_sources([f"{bucket}/rows.parquet"], IngestSettings()))) == 3


@pytest.mark.parametrize("source", ["s3://news/nowhere", "s3://nobucket", "s3://news/*.pdf"])
def test_what_is_not_there_is_said(bucket: str, source: str) -> None:
    with pytest.raises((SourceMissing, SourceClosed), match=source.replace("*", r"\*")):
        list_places(source)


def test_a_server_that_is_not_there_is_said(monkeypatch) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{free_port()}")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "key")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    s3fs.S3FileSystem.clear_instance_cache()
    with pytest.raises(SourceClosed, match="cannot be listed"):
        list_places("s3://other/news")


def test_a_run_from_the_command_line(bucket: str, quotidian) -> None:
    names = ("AWS_ENDPOINT_URL", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_DEFAULT_REGION")
    done = quotidian(
        "run", f"{bucket}/2023", "--inline", "--json", "--workers", "1", **{n: os.environ[n] for n in names}
    )
    report = json.loads(done.stdout)
    assert report["inputs_new"] == 5
    assert report["rows"]["articles"] == 5


def test_a_backfill_of_days_in_a_bucket(bucket: str, quotidian) -> None:
    names = ("AWS_ENDPOINT_URL", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_DEFAULT_REGION")
    known = {n: os.environ[n] for n in names}
    days = ("--from", "2023-06-19", "--to", "2023-06-21", "--workers", "1")
    command = ("backfill", f"{bucket}/{{date:%Y/%m/%d}}/", *days)
    plan = json.loads(quotidian(*command, "--plan", "--json", **known).stdout)
    assert [(day["state"], day["files"], day["inputs"]) for day in plan] == [
        ("new", 2, 4),
        ("new", 1, 1),
        ("missing", 0, 0),
    ]
    first = json.loads(quotidian(*command, "--inline", "--json", **known).stdout)
    assert [(day["state"], day["inputs_new"]) for day in first] == [("completed", 4), ("completed", 1), ("missing", 0)]
    s3fs.S3FileSystem().pipe_file("news/2023/06/20/d.txt", SENTENCE.encode())
    again = json.loads(quotidian(*command, "--inline", "--json", **known).stdout)
    assert [(day["state"], day["inputs_new"]) for day in again] == [("skipped", 0), ("completed", 1), ("missing", 0)]
    whole = json.loads(quotidian("run", bucket, "--inline", "--json", "--workers", "1", **known).stdout)
    assert (whole["inputs_seen"], whole["inputs_new"]) == (6, 0)
