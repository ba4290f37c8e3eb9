"""Which of many hints may stand in a text: most are ruled out in one pass over it."""

from collections.abc import Sequence
from functools import cached_property

import numpy as np

# Three bytes are folded to so many bits, five of each; hints that meet by chance are to be looked for.
BITS = 15
# As few hints are looked for one by one.
FEW = 30


def fold_triples(data: bytes) -> np.ndarray:
    """A number below 2**BITS for every three bytes in a row."""
    codes = np.frombuffer(data, np.uint8).astype(np.int16) & 31
    return codes[:-2] | codes[1:-1] << 5 | codes[2:] << 10


class Hints:
    """Words to look for in texts in lower case, all as bytes."""

    def __init__(self, hints: Sequence[bytes]) -> None:
        self._short = [hint for hint in hints if len(hint) < 3]
        self._long = [hint for hint in hints if len(hint) >= 3]

    @cached_property
    def _triples(self) -> tuple[np.ndarray, np.ndarray]:
        """The triples of all long hints in a row, and where those of each start."""
        folded = [fold_triples(hint) for hint in self._long]
        starts = np.cumsum([0, *map(len, folded[:-1])])
        return np.concatenate(folded), starts

    def list_likely(self, text: bytes) -> set[bytes]:
        """All hints but those of which a triple does not stand in a text."""
        if len(text) < 3:
            return set(self._short)
        if len(self._long) <= FEW:
            return {*self._short, *self._long}
        seen = np.zeros(1 << BITS, bool)
        seen[fold_triples(text)] = True
        triples, starts = self._triples
        likely = np.flatnonzero(np.logical_and.reduceat(seen[triples], starts))
        return {*self._short, *(self._long[place] for place in likely)}
