"""What was decided on the lines of an article so far, and the zones that follow from it."""

from collections.abc import Iterable
from dataclasses import dataclass

from .findings import Fact
from .lines import Line
from .looks import is_caption_like


@dataclass(frozen=True, slots=True)
class Verdict:
    """Why a line goes: its rule, kind and facts; `opens` names the rule of the block that it opens, if any; `score` is that of `learned`."""

    rule: str
    kind: str
    facts: tuple[Fact, ...] = ()
    opens: str = ""
    score: float | None = None


@dataclass(frozen=True, slots=True)
class Zones:
    """Index of the first and of the last line of the story; both None where no line reads like a story."""

    first: int | None
    last: int | None

    def name(self, index: int) -> str:
        if self.first is None or self.last is None:
            return "middle"
        return "head" if index < self.first else "tail" if index > self.last else "middle"


def find_zones(lines: list[Line], verdicts: dict[int, Verdict]) -> Zones:
    """Where the story starts and ends, by the lines that read like it and were not found to be junk."""
    return Zones(find_story(lines, verdicts), find_story(reversed(lines), verdicts))


def find_story(lines: Iterable[Line], verdicts: dict[int, Verdict]) -> int | None:
    """Index of the first of the lines that reads like a story and was not found to be junk."""
    return next((i.index for i in lines if i.index not in verdicts and i.is_story and not is_caption_like(i)), None)
