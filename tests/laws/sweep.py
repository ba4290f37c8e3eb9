"""The sweep of growth, with figures: `python tests/laws/sweep.py` runs its tests and prints how many were tried and which grows most.

A growth is the processor time of a size over that of a quarter of it (4 is linear, 16 quadratic), the least of five tries. What ends
before the floor of its test is fast enough at any growth, and is counted only.
"""

import math
import sys
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
sys.path.append(str(TESTS / "shared"))  # as pytest has it

import growth  # noqa: E402

FILES = ("laws/test_laws_linear.py", "laws/test_laws_linear_rooms.py", "ingest/test_ingest_growth.py")
OF_ITSELF = ("slow_patterns_are_found", "quadratic", "reach", "every_pattern_of_the_code_is_found")
"""Parts of the names of tests that try the sweep."""
TRIES = 5


class Sweep:
    """Counts the tests of each function, and keeps the growth of each that was timed."""

    def __init__(self) -> None:
        self.tried: dict[str, int] = defaultdict(int)
        self.grown: dict[str, dict[str, float]] = defaultdict(dict)
        self.failed: list[str] = []

    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        self.function, _, self.case = item.name.partition("[")
        self.tried[self.function] += 1

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self.failed.append(report.nodeid)

    def time_growth(self, work: Callable[[int], object], size: int, floor: float) -> bool:
        """In place of `growth.stays_slow`: the same question, and the answer's figure is kept."""
        first = growth.measure(work, size)
        if first < floor:
            return False
        times = math.ceil(growth.LONG / first)
        slow = min(growth.measure(work, size, times) / times for _ in range(TRIES))
        quick = min(growth.measure(work, size // 4, 4 * times) / (4 * times) for _ in range(TRIES))
        grown = self.grown[self.function]
        grown[self.case] = max(grown.get(self.case, 0), slow / quick)
        return slow >= floor and slow > growth.GROWTH * quick


def main() -> int:
    sweep = Sweep()
    growth.stays_slow = sweep.time_growth
    code = pytest.main(["-q", "-p", "no:cacheprovider", "-m", "", *(str(TESTS / name) for name in FILES)], [sweep])
    print("| test | tried | timed | largest growth | of |\n|---|---|---|---|---|")
    for function, count in sweep.tried.items():
        if grown := sweep.grown[function] if not any(part in function for part in OF_ITSELF) else None:
            case, most = max(grown.items(), key=lambda pair: pair[1])
            print(f"| {function} | {count} | {len(grown)} | {most:.1f} | {case.rstrip(']')} |")
    print(f"failed: {len(sweep.failed)}")
    return int(code)


if __name__ == "__main__":
    sys.exit(main())
