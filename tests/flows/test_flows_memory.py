"""Memory that is given back and taken again."""

import ctypes
import os
import subprocess
import sys

import pytest

WORK = """
import resource
import sys
import numpy as np
if sys.argv[1] == "keep":
    from quotidian.flows.process.memory import keep_memory
    keep_memory()
before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
for _ in range(20):
    arrays = [np.ones(1_000_000) for _ in range(8)]
    del arrays
print(resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before)
"""


def count_faults(how: str) -> int:
    """Pages that a new process is given while it makes the same arrays again and again."""
    environment = os.environ | {"NUMPY_MADVISE_HUGEPAGE": "0"}
    done = subprocess.run(
        [sys.executable, "-c", WORK, how], env=environment, capture_output=True, text=True, check=True
    )
    return int(done.stdout)


@pytest.mark.skipif(not hasattr(ctypes.CDLL(None), "mallopt"), reason="the C library has no mallopt")
def test_arrays_take_the_memory_of_those_before():
    assert count_faults("keep") < count_faults("leave") / 5


def test_processes_that_are_started_keep_memory_of_polars(monkeypatch):
    monkeypatch.setenv("_RJEM_MALLOC_CONF", "")
    monkeypatch.delenv("_RJEM_MALLOC_CONF")
    from quotidian.flows.process.memory import keep_memory

    keep_memory()
    assert os.environ["_RJEM_MALLOC_CONF"] == "dirty_decay_ms:10000"


def test_a_choice_of_the_user_for_polars_stands(monkeypatch):
    monkeypatch.setenv("_RJEM_MALLOC_CONF", "dirty_decay_ms:0")
    from quotidian.flows.process.memory import keep_memory

    keep_memory()
    assert os.environ["_RJEM_MALLOC_CONF"] == "dirty_decay_ms:0"
