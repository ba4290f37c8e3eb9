"""Time grows no faster than the text, in every pattern of the code and of seeds/.

Each pattern is tried with strings made from it (tests/shared/adversaries.py). A pattern that somebody can make slow
fails here before a text does it to a run.
"""

import re
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import chain

import growth
import pytest
from adversaries import TAILS, build_adversary, list_adversaries
from patterns import Found, find_code_patterns, find_escaped, find_seed_patterns, list_uses

from quotidian.tasks.clean.notices import read_notices

# A text of so many characters is tried where nothing else bounds what a pattern is given.
SIZE = 8_000
# Processor seconds: strings that are done at this pace, for each character, are not looked at again.
PACE = 1.5e-7
BATCH = 12
# What ends sooner is fast enough, for a text of so many characters or more; for a shorter one, for so much of it.
FAST, ENOUGH = 0.006, 2_000
# Seconds after which a pattern that does not end is stopped, and has failed: many, since others may have the processor. A timer of
# processor time would not do, since the clock that the patterns are measured by becomes coarse beside it.
PATIENCE = 90
# Strings for each pattern, twice as many with their tails.
MOST = 200

# Patterns that are given a part of the text: as many characters at most.
WINDOWS = {
    "clean.lines.STOP": 8,
    "clean.lines.LINK_END": 100,
    "clean.passages.ABBREVIATION": 12,
    "clean.spacing.ABBREVIATION": 12,
    "clean.titles.DATELINE": 160,
    "clean.quality.ELLIPSIS": 12,
}
# Patterns that a loop takes out of a tuple and calls at one place only.
MATCHED = ("clean.datelines.dateline_forms",)
# Alternatives that are patterns of their own, each of them tried: one after the other they are as linear.
JOINED = {"clean.notices.any_notice"}
# Patterns built from what a caller gives: junk patterns are tried on their own, the other is one word between edges.
BUILT = {"clean.phrases.regex", "share.queries.hint_names"}


class Stopped(Exception):
    """A pattern that does not end."""


@contextmanager
def stopping(seconds: float) -> Iterator[None]:
    """Stop what takes longer: a pattern listens to signals as it goes."""

    def stop(*_: object) -> None:
        raise Stopped

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def find_slow(found: Found) -> list[str]:
    """The first string, of those made from a pattern, for which its time outgrows the length, if any."""
    size = WINDOWS.get(found.place) or found.most or SIZE
    cases = [(*pair, tail) for pair in list_adversaries(read_words(found), found.regex.flags, MOST) for tail in TAILS]
    for use in list_uses(found, found.place in MATCHED):
        for case in chain.from_iterable(suspect(found, use, list(batch), size) for batch in batched(cases)):
            texts = {chars: encode(found, build_adversary(*case, chars)) for chars in (size // 4, size, 4 * size)}
            if never_ends(lambda chars, texts=texts, use=use: use(texts[chars]), size, wider=size == SIZE):
                return [repr(case)]
    return []


def read_words(found: Found) -> str:
    words = found.regex.pattern
    return words.decode("latin-1") if isinstance(words, bytes) else words


def encode(found: Found, text: str) -> str | bytes:
    return text.encode("latin-1", "replace") if isinstance(found.regex.pattern, bytes) else text


def batched(cases: list) -> Iterator[list]:
    yield from (cases[start : start + BATCH] for start in range(0, len(cases), BATCH))


def suspect(found: Found, use: Callable, cases: list, size: int) -> list:
    """The cases that are not done at `PACE`; those that are, are timed together."""
    start = time.process_time()
    for case in cases:
        try:
            with stopping(PATIENCE):
                use(encode(found, build_adversary(*case, size)))
        except Stopped:
            return [case]
    if time.process_time() - start < PACE * size * len(cases) or not cases:
        return []
    half = len(cases) // 2
    return (
        cases
        if len(cases) == 1
        else [*suspect(found, use, cases[:half], size), *suspect(found, use, cases[half:], size)]
    )


def never_ends(work: Callable[[int], object], size: int, wider: bool) -> bool:
    """Whether work outgrows its size, or does not end."""
    try:
        with stopping(PATIENCE):
            return growth.outgrows(work, size, FAST * min(1, size / ENOUGH), wider)
    except Stopped:
        return True


def test_every_pattern_of_the_code_is_found():
    assert set(find_escaped()) == BUILT


@pytest.mark.parametrize("words", [r"(?:a-?)+ b", r"(?:\w+-)+\w+ said"])
def test_slow_patterns_are_found(words, monkeypatch):
    monkeypatch.setattr(f"{__name__}.PATIENCE", 1)
    monkeypatch.setattr(f"{__name__}.SIZE", 2_000)
    assert find_slow(Found("a pattern", re.compile(words), frozenset({"search"})))


def test_patterns_that_join_others_join_patterns_that_are_tried():
    tried = {found.regex.pattern for found in find_code_patterns()}
    assert {form.pattern for _, form in read_notices()} <= tried


@pytest.mark.parametrize(
    "found", [one for one in find_code_patterns() if one.place not in JOINED], ids=lambda found: found.place
)
def test_patterns_of_the_code_are_linear(found):
    assert find_slow(found) == []


@pytest.mark.parametrize("found", find_seed_patterns(), ids=lambda found: found.place)
def test_junk_patterns_are_linear(found):
    assert find_slow(found) == []
