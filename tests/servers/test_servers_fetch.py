"""`quotidian fetch` as people and schedules run it: killed, interrupted, twice at once, and chained with a run."""

import json
import os
import re
import shlex
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import polars as pl
import pytest
from pages import find_blocks, read_lines, read_page
from warcio.archiveiterator import ArchiveIterator

from quotidian.flows.commands.fetch import FeedsFailed, fetch_then_run
from quotidian.flows.commands.run import run_inline
from quotidian.flows.settings import Settings
from quotidian.flows.storage.lock import lock_data
from quotidian.tasks.ingest.fetch.report import FetchReport
from quotidian.tasks.ingest.fetch.settings import FetchSettings

pytestmark = pytest.mark.server

PAGES = 24  # of the news site in conftest.py
PAGES_A_FILE = 4
QUICK = {
    "QUOTIDIAN_FETCH__ALLOW_PRIVATE": "true",
    "QUOTIDIAN_FETCH__DELAY_SECONDS": "0",
    "QUOTIDIAN_FETCH__BACKOFF_SECONDS": "0",
    "QUOTIDIAN_FETCH__PAGES_A_FILE": str(PAGES_A_FILE),
}

FETCH = FetchSettings(allow_private=True, delay_seconds=0, backoff_seconds=0)


@pytest.fixture
def start(feeds: Path) -> Iterator[Callable[[], subprocess.Popen]]:
    """Start a fetch of the feeds into the folder landing; ended at the end of the test."""
    running: list[subprocess.Popen] = []

    def start_fetch() -> subprocess.Popen:
        command = [Path(sys.executable).parent / "quotidian", "fetch", feeds, "--to", "landing"]
        own = {k: v for k, v in os.environ.items() if not k.startswith(("QUOTIDIAN_", "PREFECT_"))} | QUICK
        running.append(subprocess.Popen(command, cwd=feeds.parent, env=own, stderr=subprocess.PIPE, text=True))
        return running[-1]

    yield start_fetch
    for process in running:
        process.kill()
        process.communicate()


def await_files(folder: Path, number: int) -> None:
    """Wait until so many files are whole."""
    await_sign(lambda: len(list(folder.glob("*.warc.gz"))) >= number)


def await_sign(is_seen: Callable[[], bool]) -> None:
    """Wait until something is seen, on a busy machine for long."""
    for _ in range(30_000):
        if is_seen():
            return
        time.sleep(0.02)
    pytest.fail("nothing was seen")


def count_pages(folder: Path) -> Counter[str]:
    """How often each page is saved, all digests checked; every file must be whole."""
    found: Counter[str] = Counter()
    for path in sorted(folder.glob("*.warc.gz")):
        with path.open("rb") as file:
            for record in ArchiveIterator(file, check_digests="raise"):
                record.content_stream().read()
                found.update([record.rec_headers.get_header("WARC-Target-URI")] * (record.rec_type == "response"))
    return found


def test_a_killed_fetch_leaves_whole_files_only_and_the_next_does_the_rest(
    feeds: Path, start: Callable, quotidian: Callable
) -> None:
    folder = feeds.parent / "landing"
    process = start()
    await_files(folder, 2)
    process.kill()
    process.wait()
    before = count_pages(folder)
    assert len(before) >= 2 * PAGES_A_FILE
    report = json.loads(quotidian("fetch", feeds, "--to", folder, "--json", **QUICK).stdout)
    pages = count_pages(folder)
    assert len(pages) == PAGES
    left = PAGES - len(before)
    assert report["pages_new"] in (left, left + PAGES_A_FILE)  # more where it was killed before it noted a file
    assert not list(folder.glob(".*.tmp"))


def test_ctrl_c_keeps_all_that_was_fetched(news, feeds: Path, start: Callable, quotidian: Callable) -> None:
    folder = feeds.parent / "landing"
    news.answered = PAGES_A_FILE + 2
    process = start()
    await_sign(lambda: news.asked > news.answered)  # pages of a site are fetched in turn: the others are saved
    process.send_signal(signal.SIGINT)
    _, complaint = process.communicate(timeout=600)
    assert process.returncode == 130
    assert "what was finished is kept" in complaint
    assert "Traceback" not in complaint
    assert not list(folder.glob(".*.tmp"))
    assert len(count_pages(folder)) == PAGES_A_FILE + 2
    news.opened.set()
    quotidian("fetch", feeds, "--to", folder, **QUICK)
    assert count_pages(folder) == dict.fromkeys(count_pages(folder), 1)
    assert len(count_pages(folder)) == PAGES


def test_a_second_fetch_into_the_same_folder_is_refused(feeds: Path, quotidian: Callable) -> None:
    folder = feeds.parent / "landing"
    with lock_data(folder, 0, "quotidian fetch other.csv"):
        complaint = quotidian("fetch", feeds, "--to", folder, code=3, **QUICK).stderr
    assert "is held by `quotidian fetch other.csv`" in complaint


def test_the_commands_of_the_page_fetch_and_run_its_feeds(feeds: Path, quotidian: Callable) -> None:
    site = feeds.read_text().splitlines()[1].removesuffix("/feed,Harbour Post")
    (page,) = (block.text for block in find_blocks(read_page("docs/fetch.md")) if block.language == "csv")
    (feeds.parent / "feeds.csv").write_text(re.sub(r"https://\w+\.example", site, page))
    fetch, run = (shlex.split(line)[1:] for line in read_lines("docs/fetch.md"))
    assert "2: 2 read, 0 unchanged, 0 failed" in quotidian(*fetch, **QUICK).stdout
    assert f"articles    {PAGES}" in quotidian(*run, "--inline").stdout


def test_the_summary_tells_people_what_happened(feeds: Path, quotidian: Callable) -> None:
    with feeds.open("a") as file:
        file.write("http://127.0.0.1:9/feed,Nobody\n")
    first = quotidian("fetch", feeds, "--to", "landing", **QUICK).stdout
    assert "2: 1 read, 0 unchanged, 1 failed (1 unreachable)" in first
    assert f"{PAGES}, 0.0 MB in 6 files" in first
    assert "Next: `quotidian run landing`." in first
    feeds.write_text("url\nhttp://127.0.0.1:9/feed\n")
    assert "1 failed" in quotidian("fetch", feeds, "--to", "landing", code=1, **QUICK).stdout


def test_fetch_and_run_are_one_chain(feeds: Path, tmp_path: Path) -> None:
    settings = Settings(data=tmp_path / "data", workers=1, corrections=tmp_path / "none")
    fetched: list[FetchReport] = []
    run = partial(run_inline, settings=settings, days=(None, None))
    report = fetch_then_run(feeds, tmp_path / "landing", FETCH, run, fetched.append)
    assert (fetched[0].pages_new, report.result.new) == (PAGES, PAGES)
    articles = pl.read_parquet(f"{tmp_path}/data/published/current/articles/**/*.parquet")
    assert set(articles["outlet"]) == {"Harbour Post"}
    assert sorted(articles["title"]) == sorted(f"Harbour bridge {n} reopens" for n in range(PAGES))


def test_the_chain_runs_what_is_there_even_where_every_feed_fails(tmp_path: Path) -> None:
    feeds = tmp_path / "feeds.csv"
    feeds.write_text("url\nhttp://127.0.0.1:9/feed\n")
    ran: list[list[str]] = []
    with pytest.raises(FeedsFailed, match="All 1 feeds failed, the first by unreachable"):
        fetch_then_run(feeds, tmp_path / "landing", FETCH, ran.append)
    assert ran == [[str(tmp_path / "landing")]]
