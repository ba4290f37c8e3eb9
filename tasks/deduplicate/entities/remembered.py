"""What a name alone tells, and so never changes: remembered, and kept from one linking to the next."""

from collections.abc import Callable
from functools import wraps

import polars as pl

from quotidian.tasks.deduplicate.kept import Kept

Tell = Callable[..., str | None]
TOLD: dict[str, dict[str, str | None]] = {}
"""Name of a function -> what it was asked in this linking -> what it told."""
RECALLED: dict[str, dict[str, str | None]] = {}
"""The same of an earlier linking of this archive."""
BETWEEN = "\x1f"
"""Between the texts that a function is asked together."""


def remembered(tell: Tell) -> Tell:
    """A function of texts alone that remembers what it told."""
    told, recalled = TOLD.setdefault(tell.__name__, {}), RECALLED.setdefault(tell.__name__, {})

    @wraps(tell)
    def recall(*asked: str) -> str | None:
        joined = BETWEEN.join(asked)
        if joined not in told:
            told[joined] = recalled[joined] if joined in recalled else tell(*asked)
        return told[joined]

    return recall


def recall_told(kept: Kept) -> None:
    """Take over what was told in an earlier linking, and nothing else: names of another archive, or of an article that is gone, are never kept."""
    forget_told()
    for (function,), rows in kept.recall("told").group_by("function"):
        RECALLED[function].update(zip(rows["asked"].to_list(), rows["answer"].to_list(), strict=True))


def forget_told() -> None:
    """Forget all that was told: of a large archive some 200 MB."""
    for answers in (*TOLD.values(), *RECALLED.values()):
        answers.clear()


def keep_told(kept: Kept) -> None:
    """Keep what was told in this linking, for the next one, after what is kept for it already, and remember none of it."""
    schema = {"asked": pl.String, "answer": pl.String}
    before = [kept.after["told"]] if "told" in kept.after else []
    frames = []
    for function, told in sorted(TOLD.items()):
        known = RECALLED[function] if before else {}
        new = {asked: answer for asked, answer in told.items() if asked not in known}
        rows = pl.DataFrame({"asked": list(new), "answer": list(new.values())}, schema=schema)
        frames.append(rows.select(pl.lit(function).alias("function"), "asked", "answer"))
    kept.after["told"] = pl.concat([*before, *frames])
    forget_told()
