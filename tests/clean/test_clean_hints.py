"""Hints are found as `in` finds them."""

from hypothesis import given, settings
from hypothesis import strategies as st

from quotidian.tasks.clean.hints import Hints

HINTS = ("share", "©", "[", "read more", "für", "→", "cookies", "ab", "abc")
PIECES = st.sampled_from([*HINTS, "sha", "re", " ", "\n", "cookie", "s", "ü", "\ud800"])


@settings(max_examples=200, deadline=None, derandomize=True)
@given(pieces=st.lists(PIECES, max_size=12))
def test_hints_are_found_wherever_they_stand(pieces: list[str]) -> None:
    text = "".join(pieces)
    assert Hints(HINTS).find(text) == {hint for hint in HINTS if hint in text}


def test_no_hints_are_found_without_any() -> None:
    assert Hints(()).find("share this") == set()
