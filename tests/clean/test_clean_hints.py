"""No hint that stands in a text is ruled out, and most others are."""

from hypothesis import given, settings
from hypothesis import strategies as st

from quotidian.tasks.clean.hints import FEW, Hints
from quotidian.tasks.clean.phrases import fold_case

WORDS = ("share", "©", "[", "read more", "für", "→", "cookies", "ab", "abc")
HINTS = tuple(word.encode() for word in WORDS)
# Few hints are not worth ruling out.
MANY = Hints((*HINTS, *(f"number{place}".encode() for place in range(FEW))))
PIECES = st.sampled_from([*WORDS, "sha", "re", " ", "\n", "cookie", "s", "ü", "\ud800"])


@settings(max_examples=200, deadline=None, derandomize=True)
@given(pieces=st.lists(PIECES, max_size=12))
def test_hints_are_likely_wherever_they_stand(pieces: list[str]) -> None:
    text = fold_case("".join(pieces))
    assert MANY.list_likely(text) >= {hint for hint in HINTS if hint in text}


def test_hints_are_ruled_out_by_their_letters() -> None:
    assert MANY.list_likely(b"share this ") == {hint for hint in HINTS if len(hint) < 3} | {b"share"}


def test_few_hints_are_all_likely() -> None:
    assert Hints((b"cookies", b"ab")).list_likely(b"share this") == {b"cookies", b"ab"}


def test_no_hints_are_likely_without_any() -> None:
    assert Hints(()).list_likely(b"share this") == set()
