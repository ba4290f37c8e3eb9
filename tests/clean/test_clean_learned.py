"""Junk that no pattern knows: taken where what was learned is sure, and nothing of a story with it."""

import pytest

from quotidian.tasks.clean.article import clean_article, rebuild_raw
from quotidian.tasks.clean.cleaned import Declared
from quotidian.tasks.clean.features import list_tokens, name_words
from quotidian.tasks.clean.learned import BITS, UNIT, read_weights, tell_probability
from quotidian.tasks.clean.lines import split_lines
from quotidian.tasks.clean.settings import CleanSettings

BEFORE = (
    "The ferry company in Northport said on Friday that it would sell two of its six boats before the summer season.\n"
    "Fewer people cross the bay in winter than ten years ago, and the older boats need engines that nobody makes."
)
BEHIND = (
    "The council will vote on the plan in June, and the dockers have asked for a meeting before that, the mayor said."
)
UNSEEN = {
    "call": "Sign in to read the full Harbour Post story",
    "note on the author": "Ann Lee is a reporter for the Harbour Post. Follow her on Twitter for more stories",
}
STORY = {
    "squad": "Goalkeepers: Lind (Northport), Arrow (Selby)\nDefenders: Marsh, Oke, Tamm\nForwards: Bell, Ruiz",
    "tour dates": "March 4 – Northport, Harbour Hall\nMarch 6 – Selby, Town Theatre\nMarch 9 – Ostend, The Dome",
    "questions": "Why sell them now?\nWe cannot pay for new engines, and nobody will lend us the money for them this year.\nWhat is next?",
    "subheads": "What the company says\nIt will keep four boats, and it will run them more often than it does today.\nThe price of a ticket",
    "results": "Northport 2, Selby 1\nOstend 0, Tamm 0\nKelsby 3, Marsh 3",
    "winners": "Best Song\nOlive Dunn – WINNER\nBest Album\nThe Harbour Lights",
    "calls in speech": "“Sign up, share it with your friends and follow us to the harbour,” she told the crowd on the pier.",
    "steps": "- Fill the kettle\n- Add two spoons of tea\n- Share with a friend",
}


def clean(raw: str):
    return clean_article(raw, Declared(), CleanSettings())


@pytest.mark.parametrize("line", UNSEEN.values(), ids=UNSEEN)
def test_what_no_pattern_knows_goes_with_how_sure_that_is(line):
    raw = f"{BEFORE}\n{line}\n{BEHIND}"
    cleaned = clean(raw)
    assert cleaned.body == f"{BEFORE}\n{BEHIND}"
    assert [(edit.rule, edit.kind) for edit in cleaned.edits] == [("learned", "junk")]
    assert 0.97 < cleaned.edits[0].score < 1
    assert rebuild_raw(cleaned.body, cleaned.edits) == raw


def test_a_line_that_people_keep_stays():
    line = UNSEEN["note on the author"]
    cleaned = clean_article(f"{BEFORE}\n{line}\n{BEHIND}", Declared(), CleanSettings(kept_lines=(line.upper(), "***")))
    assert line in cleaned.body
    assert "Advertisement" not in clean(f"{BEFORE}\nAdvertisement\n{BEHIND}").body


def test_other_rules_have_no_score():
    cleaned = clean(f"{BEFORE}\nAdvertisement\n{BEHIND}")
    assert [edit.score for edit in cleaned.edits] == [None]


def test_two_lines_in_a_row_are_one_edit_as_sure_as_the_less_sure():
    raw = "{}\n{}\n{}\n{}".format(BEFORE, *UNSEEN.values(), BEHIND)
    scores = [clean(f"{BEFORE}\n{line}\n{BEHIND}").edits[0].score for line in UNSEEN.values()]
    (edit,) = clean(raw).edits
    assert edit.score == pytest.approx(min(scores), abs=0.02)


@pytest.mark.parametrize("lines", STORY.values(), ids=STORY)
def test_lines_of_stories_stay(lines):
    raw = f"{BEFORE}\n{lines}\n{BEHIND}"
    assert clean(raw).body == raw


def test_a_text_without_a_story_is_not_judged():
    line = UNSEEN["call"]
    assert [e for e in clean(f"{line}\nFerry sold\n{line}").edits if e.rule == "learned"] == []


def test_weights_are_whole_numbers_and_hold_no_words():
    weights = read_weights()
    assert 1_000 < len(weights) < 40_000
    assert all(0 <= number < 1 << BITS and abs(weight) < 20 * UNIT for number, weight in weights.items())


@pytest.mark.parametrize(("score", "probability"), [(0, 0.5), (3500, 0.971), (-3500, 0.029), (20_000, 1.0)])
def test_scores_are_log_odds_in_thousandths(score, probability):
    assert tell_probability(score) == probability


def test_features_name_words_and_pairs_and_hide_figures():
    (line,) = split_lines("Sign up 24/7, it’s free")
    names = name_words(list_tokens(line))
    assert {"wsign", "bsign up", "bup #", "fsign", "lfree", "wit's"} <= names
    assert not any(name.startswith("w#") for name in names)


@pytest.mark.parametrize(
    "lines",
    [
        "Did you follow him?\nNo.\nDo you read the comments?\nNever.\nAre you worried?\nNot at all.",
        "12 March: Northport Harbour Hall\n14 March: Selby Town Theatre",
        "Monday\nRain in the north.\nTuesday\nDry.",
        "Lind; Marsh, Oke, Tamm (Bell 67), Ruiz; Arrow",
        "Northport 2, Selby 1 (Marsh 12, Tamm 88)",
    ],
    ids=["interview", "tour", "forecast", "line-up", "result"],
)
def test_lists_of_a_story_stay(lines):
    first, second = BEFORE.split("\n")
    raw = f"{first}\n{lines}\n{second}\n{BEHIND}"
    assert clean(raw).body == raw
