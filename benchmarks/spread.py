"""Measures linking by number of workers: worker processes of this machine, and those of a Dask cluster that is started for it.

    spread.py [--keep FOLDER] [--rounds N] [--engines NAME ...] [--workers N ...] [--articles N]

Default: dask and local, 1 and 2 workers, 300000 articles.

Links an archive of invented sketches (those of `linking.py`, which --keep leaves in a folder) all at once, by turns: seconds on the clock,
which other work on the machine lengthens; processor seconds and the peak of memory of the process of the run, and of the other processes, with the
start of each, and on Dask with the scheduler; and whether the links are equal. One local worker is the process of the run itself; on Dask, units go
to the cluster even where it has one.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import polars as pl
from deduplicate import complete_frame
from linking import place_archive

from quotidian.flows.process.progress import Progress
from quotidian.flows.running.engine import Inline
from quotidian.flows.running.pool import ONE_THREAD, Pool, WorkerPool
from quotidian.flows.running.time_limit import TimeLimit
from quotidian.flows.settings import Settings
from quotidian.tasks.deduplicate.kept import Kept, texts_folder
from quotidian.tasks.deduplicate.link_articles import link_articles
from quotidian.tasks.deduplicate.settings import DeduplicateSettings
from quotidian.tasks.deduplicate.sketches import StoredSketches
from quotidian.tasks.deduplicate.units import HERE, Workers

ENGINES = ("dask", "local")
ONE = ("--nworkers", "1", "--nthreads", "1", "--no-dashboard", "--host", "127.0.0.1")


@contextmanager
def starting_cluster(workers: int, folder: Path) -> Iterator[str]:
    """A Dask scheduler with so many workers; its address."""
    notes = folder / "scheduler.json"
    lines = [["scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(notes)]]
    lines += [["worker", "--scheduler-file", str(notes), *ONE]] * workers
    log = (folder / "dask.log").open("ab")
    processes = [
        subprocess.Popen([sys.executable, "-m", "dask", *line], stdout=log, stderr=log, cwd=folder) for line in lines
    ]
    try:
        from distributed import Client

        while not notes.exists():
            time.sleep(0.1)
        with Client(scheduler_file=str(notes), set_as_default=False) as client:
            client.wait_for_workers(workers, timeout=120)
            address = client.scheduler.address
        yield address
    finally:
        for process in reversed(processes):
            process.terminate()
            process.wait()


@contextmanager
def opening_pool(engine: str, workers: int, folder: Path) -> Iterator[Pool | None]:
    """The pool of a run; None where it has no other process."""
    if engine == "local":
        pool = WorkerPool(workers) if workers > 1 else None
        yield pool
        if pool is not None:
            pool.close()
        return
    from quotidian.flows.running.dask_pool import DaskPool

    with starting_cluster(workers, folder) as address:
        pool = DaskPool(Settings(data=folder, engine="dask", dask_address=address))
        yield pool
        pool.close()


def measure(engine: str, workers: int, folder: Path) -> dict:
    """Link the archive of a folder; what it took."""
    articles = complete_frame(pl.read_parquet(folder / "archive.parquet", columns=["article_id", "published_date"]))
    sketches, work = StoredSketches(folder), folder / engine
    work.mkdir()
    with opening_pool(engine, workers, folder) as pool:
        limit = TimeLimit(work, 60)
        own = Workers(work, Inline(pool, Progress(quiet=True), limit).spread) if pool else HERE
        kept = Kept(folder=texts_folder(work / "links"))
        before = time.perf_counter(), time.process_time()
        links = link_articles(articles, sketches, DeduplicateSettings(), kept=kept, workers=own)
        seconds, here = time.perf_counter() - before[0], time.process_time() - before[1]
    hashes = [str(frame.hash_rows().sum()) for frame in links]
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    times = {"seconds": seconds, "processor": here, "processor_others": children.ru_utime + children.ru_stime}
    peaks = {"peak_mb": resource.getrusage(resource.RUSAGE_SELF), "peak_other_mb": children}
    found = {name: round(value, 1) for name, value in times.items()}
    found |= {name: usage.ru_maxrss // 1024 for name, usage in peaks.items()}
    return found | {"links": " ".join(hashes)}


def run_alone(engine: str, workers: int, count: int, keep: Path | None) -> dict:
    """One measurement in a process of its own, on a folder of its own."""
    with tempfile.TemporaryDirectory(dir=keep) as name:
        place_archive(count, Path(name), keep)
        command = [sys.executable, __file__, "--measure", engine, str(workers), name]
        alone = os.environ | dict.fromkeys(ONE_THREAD, "1")
        return json.loads(subprocess.run(command, capture_output=True, text=True, check=True, env=alone).stdout)


def run(count: int, engines: list[str], workers: list[int], rounds: int, keep: Path | None) -> None:
    """Print one line for each round, engine and number of workers."""
    links = set()
    for number in range(rounds):
        for engine in engines:
            for some in workers:
                found = run_alone(engine, some, count, keep)
                links.add(found.pop("links"))
                print(f"{count:8d} round {number + 1} {engine:5s} {some} workers", json.dumps(found), flush=True)
    print(f"{count:8d} links are equal: {len(links) == 1}", flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--engines", choices=ENGINES, nargs="+", default=ENGINES)
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--measure", nargs=3, help=argparse.SUPPRESS)
    parser.add_argument("--articles", type=int, default=300_000)
    options = parser.parse_args()
    if options.measure:
        engine, some, folder = options.measure
        print(json.dumps(measure(engine, int(some), Path(folder))))
    else:
        run(options.articles, options.engines, options.workers, options.rounds, options.keep)
