"""Which of many hints stand in a text: most are ruled out in one pass over it."""

from collections.abc import Sequence
from functools import cached_property

import numpy as np

# Three bytes are folded to so many bits; hints that meet by chance are then looked for.
BITS = 18


def fold_triples(data: bytes) -> np.ndarray:
    """A number below 2**BITS for every three bytes in a row."""
    codes = np.frombuffer(data, np.uint8).astype(np.int32)
    return (codes[:-2] ^ codes[1:-1] << 5 ^ codes[2:] << 10) & (1 << BITS) - 1


class Hints:
    """Words to look for in texts in lower case."""

    def __init__(self, hints: Sequence[str]) -> None:
        self._short = [hint for hint in hints if len(hint.encode()) < 3]
        self._long = [hint for hint in hints if len(hint.encode()) >= 3]

    @cached_property
    def _triples(self) -> tuple[np.ndarray, np.ndarray]:
        """The triples of all long hints in a row, and where those of each start."""
        folded = [fold_triples(hint.encode()) for hint in self._long]
        starts = np.cumsum([0, *map(len, folded[:-1])])
        return np.concatenate(folded), starts

    def find(self, lower: str) -> set[str]:
        """The hints that stand in a text."""
        return {hint for hint in self._short + self._may_stand(lower) if hint in lower}

    def _may_stand(self, lower: str) -> list[str]:
        """The long hints whose every triple stands in a text."""
        data = lower.encode("utf-8", "surrogatepass")
        if len(data) < 3 or not self._long:
            return []
        seen = np.zeros(1 << BITS, bool)
        seen[fold_triples(data)] = True
        triples, starts = self._triples
        return [self._long[place] for place in np.flatnonzero(np.logical_and.reduceat(seen[triples], starts))]
