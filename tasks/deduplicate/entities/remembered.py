"""What a name alone tells, and so never changes: remembered, and kept from one linking to the next."""

from collections.abc import Callable
from functools import wraps

import polars as pl

from quotidian.tasks.deduplicate.kept import Kept

Tell = Callable[..., str | None]
TOLD: dict[str, dict[str, str | None]] = {}
"""Name of a function -> what it was asked -> what it told."""
BETWEEN = "\x1f"
"""Between the texts that a function is asked together."""


def remembered(tell: Tell) -> Tell:
    """A function of texts alone that remembers what it told."""
    told = TOLD[tell.__name__] = {}

    @wraps(tell)
    def recall(*asked: str) -> str | None:
        joined = BETWEEN.join(asked)
        if joined not in told:
            told[joined] = tell(*asked)
        return told[joined]

    return recall


def recall_told(kept: Kept) -> None:
    """Take over what was told in an earlier linking."""
    for (function,), rows in kept.recall("told").group_by("function"):
        TOLD[function].update(zip(rows["asked"].to_list(), rows["answer"].to_list(), strict=True))


def keep_told(kept: Kept) -> None:
    """Keep what was told, for the next linking."""
    schema = {"asked": pl.String, "answer": pl.String}
    frames = [
        pl.DataFrame({"asked": list(told), "answer": list(told.values())}, schema=schema).select(
            pl.lit(function).alias("function"), "asked", "answer"
        )
        for function, told in sorted(TOLD.items())
    ]
    kept.after["told"] = pl.concat(frames)
