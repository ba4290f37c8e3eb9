"""Odd texts: nothing raises, and no pattern runs away (one that does never ends; benchmarks/clean.py has the seconds)."""

import pytest

from quotidian.tasks.clean.article import clean_article, rebuild_raw
from quotidian.tasks.clean.cleaned import Cleaned, Declared, Rejected
from quotidian.tasks.clean.settings import CleanSettings

SIZE = 200_000
HOSTILE = {
    "letters": "a" * SIZE,
    "blanks": "x" + " " * SIZE + "y",
    "stray stops": "a. , b. . " * (SIZE // 10),
    "short lines": "a\n" * (SIZE // 2),
    "bylines": "By Ann Lee\n" * (SIZE // 11),
    "names": ("Ann Lee and " * 11 + "\n") * (SIZE // 130),
    "brackets": "(Photo: " * (SIZE // 8),
    "open brackets": "(" * SIZE,
    "entities": "&amp;" * (SIZE // 5),
    "tags": "<p " * (SIZE // 3),
    "dates": "Nov 19, 2019 " * (SIZE // 13),
    "date lines": ("Published Nov 19, 2019 at 10:00 " + "11 12 " * 15 + "x\n") * (SIZE // 130),
    "mojibake": "Itâ€™s " * (SIZE // 8),
    "mojibake without blanks": "Itâ€™s" * (SIZE // 8),
    "quotes": "said. “ " * (SIZE // 8),
    "capitals": "AB " * (SIZE // 3),
    "boundaries": "word The word " * (SIZE // 14),
    "theme": "Jannah Theme License is not validated " * (SIZE // 38),
    "separators": ("- | , " * 20 + "\n") * (SIZE // 121),
    "newsletters": ("get sign up the newsletter inbox " * 10 + "\n") * (SIZE // 331),
}


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_hostile_texts_are_cleaned_and_rebuilt(name):
    raw = HOSTILE[name]
    outcome = clean_article(raw, Declared(), CleanSettings(languages=()))
    assert isinstance(outcome, Cleaned | Rejected)
    if isinstance(outcome, Cleaned):
        assert rebuild_raw(outcome.body, outcome.edits) == raw


@pytest.mark.parametrize(
    "raw",
    ["\ufffd", "🙂", "—", "\u200b", "0", "\n.\n", "\ud7ff" * 3, "𝔘𝔫𝔦", "\u0000a", "(AP)", "—\nCNN\n–", "By", "date"],
)
def test_tiny_texts_do_not_raise(raw):
    assert isinstance(clean_article(raw, Declared(), CleanSettings()), Cleaned | Rejected)


def test_the_result_does_not_depend_on_what_was_cleaned_before():
    raws = ["By Ann Lee\nThe bridge is shut.", "Itâ€™s a test.", "date 2023-06-19\nNorthport is quiet."]
    forward = [clean_article(raw, Declared(), CleanSettings()) for raw in raws]
    backward = [clean_article(raw, Declared(), CleanSettings()) for raw in reversed(raws)]
    assert forward == backward[::-1]
