"""A limit to the rejects of one file: of millions of bad lines the first thousands tell what the others would."""

from collections import Counter
from collections.abc import Iterator

from .archive import Input, reject_input

REASON = "more_rejects"


class RejectLimit:
    """Lets through all inputs of a file but rejects beyond a number, and counts those."""

    def __init__(self, name: str, most: int) -> None:
        self._name, self._left = name, most
        self._rest: Counter[str] = Counter()

    def admit(self, input_: Input) -> bool:
        """Whether an input is one row of the archive; else it is counted."""
        if input_.reject_reason is None:
            return True
        self._left -= 1
        if self._left < 0:
            self._rest[input_.reject_reason] += 1
        return self._left >= 0

    def tell_rest(self) -> Iterator[Input]:
        """The reject that stands for all that were counted, if any were."""
        if self._rest:
            reasons = ", ".join(f"{count} {reason}" for reason, count in sorted(self._rest.items()))
            yield reject_input(self._name, REASON, f"rejected besides: {reasons}", position=self._rest.total())
