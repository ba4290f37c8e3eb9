"""The audit names the holes of a Python, and says where it knows nothing of one."""

import runpy
import sys
from pathlib import Path

import pytest

AUDIT = runpy.run_path(str(Path(__file__).parents[2] / "benchmarks" / "audit_python.py"))
WORDS = {
    "old": ((3, 11, 7), "3.11.7 has known holes", 9),
    "half mended": ((3, 11, 13), "3.11.13 has known holes", 2),
    "mended": ((3, 11, 14), "none of the holes listed here", 0),
    "another": ((3, 12, 0), "only the holes of 3.11 are listed here", 0),
}


@pytest.mark.parametrize(("version", "words", "count"), WORDS.values(), ids=WORDS)
def test_a_python_is_described(version: tuple[int, int, int], words: str, count: int) -> None:
    said = AUDIT["describe_python"](version)
    assert words in said
    assert said.count("CVE-") == count == len(AUDIT["list_holes"](version))


def test_holes_fail_the_audit(monkeypatch: pytest.MonkeyPatch) -> None:
    assert AUDIT["main"]() == bool(AUDIT["list_holes"](sys.version_info[:3]))
    monkeypatch.setattr("sys.version_info", (3, 11, 0, "final", 0))
    assert AUDIT["main"]() == 1
