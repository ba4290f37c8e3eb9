"""Real kills of warm runs: `python kill_runs.py LANDING FOLDER KILLS SEED`.

One process loads the code and the model, and forks a run for each kill, which saves the seconds of starting. The run is
killed after a random part of the time that an undisturbed one takes; another run on the same data follows,
and its tables are compared. Batches run in the forked process itself. Says on the way how many are done, and prints the count of
kills by how far they came, and of reruns whose tables are those of the undisturbed run, as JSON.
"""

import json
import os
import random
import shutil
import signal
import sys
import time
import traceback
from collections import Counter
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "shared"))  # as pytest has it

from conftest import hash_current
from here_pool import HerePool

from quotidian.flows import run as runs
from quotidian.flows.running.engine import Inline
from quotidian.flows.settings import Settings
from quotidian.tasks.clean.article import clean_article
from quotidian.tasks.clean.cleaned import Declared
from quotidian.tasks.deduplicate import compute_links as work  # noqa: F401  saves each run the seconds of importing it
from quotidian.tasks.extract.annotate import annotate_text, load_model

MARKS = {
    "ingest": "archive/*",
    "clean": "work/clean/*/*",
    "extract": "work/extract/*/*",
    "sketches": "work/sketch/*/*",
    "links": "work/links/*",
    "publish began": "published/snapshots/*",
}
"""What lies on the disk once a phase is done."""


def warm_up(settings: Settings) -> None:
    """Load what every run needs. No frame is made: polars' threads would not outlive the fork."""
    text = "Mayor Ann Smith said on Monday the bridge would open in May."
    clean_article(text, Declared(), settings.clean)
    annotate_text(text, load_model(settings.extract.model), settings.extract)


def fork_run(landing: Path, settings: Settings) -> int:
    """Run the pipeline in a fork of this process; return its id."""
    pid = os.fork()
    if pid:
        return pid
    try:
        runs.execute([str(landing)], settings, (None, None), Inline, "inline")
        os._exit(0)
    except BaseException:
        traceback.print_exc()
        os._exit(1)


def await_run(pid: int) -> float:
    """Wait for a run that must go well; return its seconds."""
    started = time.monotonic()
    if os.waitpid(pid, 0)[1]:
        sys.exit("a plain run failed")
    return time.monotonic() - started


def kill_after(pid: int, seconds: float) -> bool:
    """Kill a run after some seconds; whether it was still at work."""
    time.sleep(seconds)
    os.kill(pid, signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == -signal.SIGKILL


def name_phase(data: Path) -> str:
    """How far a killed run came."""
    if (data / "published" / "current").is_symlink():
        return "switched"
    reached = [phase for phase, mark in MARKS.items() if any(path.suffix != ".tmp" for path in data.glob(mark))]
    return f"after {reached[-1]}" if reached else "before ingest"


def main(landing: Path, folder: Path, kills: int, seed: int) -> None:
    runs.take_pool = lambda workers: HerePool()
    moments, phases, same = random.Random(seed), Counter(), 0
    settings = Settings(data=folder / "undisturbed", corrections=folder / "none", workers=1)
    warm_up(settings)
    seconds = await_run(fork_run(landing, settings))
    expected = hash_current(settings.place.folder)
    while phases.total() < kills:
        own = settings.model_copy(update={"data": str(folder / f"killed-{phases.total()}")})
        if kill_after(fork_run(landing, own), moments.uniform(0, seconds)):
            phases[name_phase(own.place.folder)] += 1
            await_run(fork_run(landing, own))
            same += hash_current(own.place.folder) == expected
            print(f"{phases.total()} kills, {same} with the same tables after", file=sys.stderr, flush=True)
        shutil.rmtree(own.place.folder)
    print(json.dumps({"kills": kills, "same": same, "phases": phases, "tables": len(expected)}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
