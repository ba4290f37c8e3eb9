"""The Dask engine: a real scheduler and real workers in processes of their own, sharing the data folder."""

import contextlib
import json
import os
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Timer

import pytest
from invented import cut_small, require_same_links
from pages import read_lines
from ports import free_port

from quotidian.flows.process.progress import Progress
from quotidian.flows.running.dask_pool import ClusterLost, ClusterMissing, DaskPool
from quotidian.flows.running.engine import Inline
from quotidian.flows.running.time_limit import TimeLimit
from quotidian.flows.settings import Settings
from quotidian.tasks.deduplicate.units import Workers
from quotidian.tasks.publish.snapshot import read_manifest

pytestmark = [pytest.mark.server, pytest.mark.filterwarnings("ignore::DeprecationWarning")]
distributed = pytest.importorskip("distributed")
LETHAL = Path(__file__).parents[1] / "faults" / "lethal"
QUIET = {"OMP_NUM_THREADS": "1", "DASK_DISTRIBUTED__WORKER__DAEMON": "False"}


def start(folder: Path, *arguments: str) -> subprocess.Popen:
    """A `dask` process; it works in an empty folder, so that no relative path leads to the data."""
    command = [sys.executable, "-m", "dask", *arguments]
    with (folder / f"{arguments[0]}.log").open("ab") as log:
        return subprocess.Popen(
            command, cwd=folder, env=os.environ | QUIET, stdout=log, stderr=log, start_new_session=True
        )


def end(process: subprocess.Popen) -> None:
    """End a process with its children."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


class Cluster:
    """A scheduler on loopback, and workers by number."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.address = folder, f"tcp://127.0.0.1:{free_port()}"
        self.scheduler = start(folder, "scheduler", "--host", self.address, "--no-dashboard", "--no-show")
        self.workers: list[subprocess.Popen] = []

    def add_worker(self, *flags: str) -> subprocess.Popen:
        one = ("--nworkers", "1", "--nthreads", "1", "--no-dashboard", "--host", "127.0.0.1")
        self.workers.append(start(self.folder, "worker", self.address, *one, *flags))
        return self.workers[-1]

    def wait_for(self, workers: int) -> None:
        """Wait until the scheduler knows so many workers."""
        with distributed.Client(self.address, timeout=600, set_as_default=False) as client:
            client.wait_for_workers(workers, timeout=600)

    def close(self) -> None:
        for process in [*self.workers, self.scheduler]:
            end(process)


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    (tmp_path / "cluster").mkdir()
    cluster = Cluster(tmp_path / "cluster")
    yield cluster
    cluster.close()


def make_batch(seconds: float) -> Callable[[Path], int]:
    """A batch that takes its time and leaves a sign that it has begun; local, so that it travels whole to the workers."""

    def linger(sign: Path) -> int:
        sign.touch()
        time.sleep(seconds)
        return os.getpid()

    return linger


def read_hashes(snapshot: Path) -> dict[str, str]:
    return {entry["path"]: entry["sha256"] for entry in read_manifest(snapshot)["files"]}


def wait_until(path: Path) -> None:
    for _ in range(6_000):
        if path.exists():
            return
        time.sleep(0.1)
    pytest.fail(f"{path} did not appear")


def fill_line(line: str, address: str, folder: Path) -> list[str]:
    """The words of a command of the page, with this cluster's address, this folder and two workers in its place."""
    own = {"tcp://10.0.0.5:8786": address, "/shared": str(folder), "--nworkers 8": "--nworkers 2"}
    for written, real in own.items():
        line = line.replace(written, real)
    return shlex.split(line)


@pytest.fixture
def page_cluster(tmp_path: Path, monkeypatch) -> Iterator[list[str]]:
    """A cluster started with the commands of the page; the words of its command that runs on it."""
    address = f"tcp://127.0.0.1:{free_port()}"
    processes = []
    *lines, last = [line for line in read_lines("docs/scale.md") if "s3://" not in line]
    for words in (fill_line(line, address, tmp_path) for line in lines):
        if words[0] == "export":
            for word in words[1:]:
                monkeypatch.setenv(*word.split("="))
        else:
            assert words[0] == "dask"
            processes.append(start(tmp_path, *words[1:], "--no-dashboard"))
    with distributed.Client(address, timeout=600, set_as_default=False) as client:
        client.wait_for_workers(2, timeout=600)
    yield fill_line(last, address, tmp_path)[1:]
    for process in reversed(processes):
        end(process)


@pytest.mark.parametrize("recorded", [False, True], ids=["inline", "recorded"])
def test_the_same_bytes_as_on_one_machine(recorded, page_cluster, quotidian, seeds, tmp_path, tmp_path_factory) -> None:
    (tmp_path / "landing").symlink_to(seeds)
    home = tmp_path_factory.getbasetemp() / "prefect"
    quotidian(*page_cluster, *([] if recorded else ["--inline"]), PREFECT_HOME=home)
    local = json.loads(quotidian("run", seeds, "--inline", "--json", "--data", "local").stdout)
    assert read_hashes(tmp_path / "quotidian/published/current") == read_hashes(Path(local["snapshot"]))


def test_a_worker_that_is_killed_loses_no_batch(cluster, tmp_path: Path) -> None:
    first = cluster.add_worker("--no-nanny")
    cluster.wait_for(1)
    pool = DaskPool(Settings(data=tmp_path, engine="dask", dask_address=cluster.address))
    waiting = pool.submit(make_batch(5), tmp_path / "begun")
    wait_until(tmp_path / "begun")
    end(first)
    cluster.add_worker("--no-nanny")
    assert waiting.result(timeout=600) != first.pid
    pool.close()


@pytest.mark.parametrize("is_killed", [False, True], ids=["both stay", "one is killed"])
def test_two_workers_find_the_same_links(is_killed, cluster, tmp_path: Path, monkeypatch) -> None:
    cut_small(monkeypatch)
    first, _ = cluster.add_worker("--no-nanny"), cluster.add_worker("--no-nanny")
    cluster.wait_for(2)
    pool = DaskPool(Settings(data=tmp_path, engine="dask", dask_address=cluster.address))
    engine, calls = Inline(pool, Progress(quiet=True), TimeLimit(tmp_path, 60)), []

    def spread(door: Callable, batches: list) -> list:
        calls.append(len(batches))
        if is_killed and len(calls) == 3:
            Timer(0.2, end, [first]).start()
        return engine.spread(door, batches)

    require_same_links(Workers(tmp_path, spread))
    assert (first.poll() is not None) == is_killed
    assert len(calls) > 3
    pool.close()


def test_a_cluster_that_is_gone_ends_the_run(cluster, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr("quotidian.flows.running.dask_pool.WORKERLESS_SECONDS", 2)
    worker = cluster.add_worker("--no-nanny")
    cluster.wait_for(1)
    pool = DaskPool(Settings(data=tmp_path, engine="dask", dask_address=cluster.address))
    waiting = pool.submit(make_batch(600), tmp_path / "begun")
    wait_until(tmp_path / "begun")
    end(worker)
    with pytest.raises(ClusterLost, match="start it again"):
        waiting.result(timeout=600)
    pool.close()


def test_an_article_that_never_ends_is_set_aside(cluster, quotidian, tmp_path: Path, monkeypatch) -> None:
    with monkeypatch.context() as environment:
        environment.setenv("PYTHONPATH", str(LETHAL))
        environment.setenv("LETHAL_MARK", str(tmp_path / "struck"))
        cluster.add_worker()
        cluster.add_worker()
    cluster.wait_for(2)
    texts = ["ENDLESS-EXTRACT, said Smith.", *(f"Mayor Ann Smith said bridge {n} would open." for n in range(3))]
    (tmp_path / "in.jsonl").write_text("".join(json.dumps({"text": text}) + "\n" for text in texts))
    flags = ("--engine", "dask", "--dask-address", cluster.address, "--inline", "--json")
    report = json.loads(quotidian("run", "in.jsonl", *flags, QUOTIDIAN_ARTICLE_SECONDS=8).stdout)
    assert [(one["room"], one["reason"]) for one in report["set_aside"]] == [("extract", "took_too_long")]
    assert (report["rows"]["articles"], report["rows"]["rejects"]) == (3, 1)


def test_a_scheduler_that_is_not_there_is_said(quotidian, seeds) -> None:
    address = f"tcp://127.0.0.1:{free_port()}"
    done = quotidian("run", seeds, "--inline", "--engine", "dask", "--dask-address", address, code=2)
    assert f"No Dask scheduler answers at {address}" in done.stderr


def test_a_cluster_without_workers_is_said(cluster, tmp_path: Path) -> None:
    with pytest.raises(ClusterMissing, match="has no worker"):
        DaskPool(Settings(data=tmp_path, engine="dask", dask_address=cluster.address))


def test_a_worker_with_other_code_is_said(cluster, tmp_path: Path, monkeypatch) -> None:
    cluster.add_worker("--no-nanny")
    cluster.wait_for(1)
    monkeypatch.setattr("quotidian.tasks.clean.work.LIBRARIES", ("polars",))
    with pytest.raises(ClusterMissing, match="has other code"):
        DaskPool(Settings(data=tmp_path, engine="dask", dask_address=cluster.address))
