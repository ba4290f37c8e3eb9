"""What one speaker says on a later day of what was said before."""

import polars as pl
import pytest
from reports import FRIDAY, MONDAY, TUESDAY, WEDNESDAY, Report, read_reports

from quotidian.tasks.deduplicate.statements.changes import find_changes

POST, MAIL = "Harbour Post", "Evening Mail"
NOBODY = pl.Series([], dtype=pl.String)


def changes_of(one: str, other: str, **facts: object) -> list[tuple]:
    """kind, value and later value of the changes between two articles, the other a later one of another story."""
    reports = [Report(one, POST), Report(other, **{"outlet": MAIL, "day": FRIDAY, "story": "st_2", **facts})]
    return find_changes(read_reports(reports), NOBODY).select("kind", "value", "later_value").rows()


BUILD = '"We will build 18 new schools in the valley," Mayor Helena Brandt said.'


@pytest.mark.parametrize(
    ("one", "other", "change"),
    [
        (BUILD, '"We will build 21 new schools in the valley," Helena Brandt said.', ("figure", 18, 21)),
        (
            "Helena Brandt said the repair of the tower would cost 18 million crowns.",
            "Helena Brandt said the repair of the tower would cost 31 million crowns.",
            ("figure", 18e6, 31e6),
        ),
        (
            '"I will run for mayor of Velmora," Henrik Dahl said.',
            '"I will not run for mayor of Velmora," Henrik Dahl said.',
            ("reversed", None, None),
        ),
        (
            '"We no longer support the treaty with Sarn," said Lena Farrow.',
            '"We support the treaty with Sarn," said Lena Farrow.',
            ("reversed", None, None),
        ),
        (
            "Lena Farrow said that she had met the owner of the ferry.",
            "Lena Farrow denied that she had met the owner of the ferry.",
            ("denied", None, None),
        ),
        (
            BUILD,
            '"We will build 18 new schools in the whole valley," Helena Brandt said again.',
            ("repeated", None, None),
        ),
    ],
    ids=["schools", "cost", "runs not", "supports again", "denies it", "says it again"],
)
def test_a_speaker_says_otherwise_or_again(one: str, other: str, change: tuple) -> None:
    assert changes_of(one, other) == [change]


@pytest.mark.parametrize(
    ("one", "other", "facts"),
    [
        (BUILD, BUILD.replace("18", "21").replace("Helena Brandt", "Lena Farrow"), {}),
        (BUILD, BUILD.replace("18", "21"), {"day": MONDAY}),
        (BUILD, BUILD.replace("18", "21"), {"day": None}),
        (BUILD, BUILD.replace("18", "at least 15"), {}),
        (BUILD, BUILD.replace("18 new schools", "21 new houses"), {}),
        (BUILD, BUILD.replace("18 new schools in the valley", "21 new schools in the islands"), {}),
        (BUILD, BUILD.replace("18", "21").replace("We will build", "We built"), {}),
        (BUILD, BUILD, {"story": "st_1"}),
        (BUILD, BUILD, {"day": TUESDAY}),
        (BUILD, BUILD, {"origin": "a0"}),
        (
            '"I will run for mayor of Velmora," Henrik Dahl said.',
            '"I will not run for mayor of Ostrel," Henrik Dahl said.',
            {},
        ),
        (
            '"I will run for mayor of Velmora," Henrik Dahl said.',
            '"I may not run for mayor of Velmora," Henrik Dahl said.',
            {},
        ),
        (
            "Lena Farrow said that the ferry was late.",
            "Lena Farrow did not deny that the ferry was late.",
            {},
        ),
        (
            "Henrik Dahl said that the ferry and the harbour of Velmora needed new lamps.",
            "Henrik Dahl said that fishermen at the harbour of Velmora deserved better lamps than the ferry had got.",
            {},
        ),
        (
            '"He sold 12 ships," Lena Farrow said.',
            '"He sold 20 ships," Lena Farrow said.',
            {},
        ),
    ],
    ids=[
        "somebody else",
        "the same day",
        "no day",
        "at least fewer",
        "houses",
        "another place",
        "plan and outcome",
        "the same story",
        "the next day",
        "a copy",
        "another town",
        "what may be",
        "not denied",
        "words in common only",
        "too few words",
    ],
)
def test_what_is_no_change(one: str, other: str, facts: dict) -> None:
    assert changes_of(one, other, **facts) == []


def test_the_last_day_before_counts() -> None:
    figures = ((18, MONDAY), (21, TUESDAY), (21, WEDNESDAY), (25, FRIDAY))
    reports = [Report(BUILD.replace("18", str(figure)), POST, day, f"st_{day}") for figure, day in figures]
    changes = find_changes(read_reports(reports), NOBODY).filter(kind="figure").sort("published_date")
    assert changes.select("value", "later_value", "published_date", "later_published_date").rows() == [
        (18, 21, MONDAY, TUESDAY),
        (21, 25, WEDNESDAY, FRIDAY),
    ]


def test_names_that_may_mean_several_change_nothing() -> None:
    later = Report(BUILD.replace("18", "21"), MAIL, FRIDAY)
    said = read_reports([Report(BUILD, POST), later])
    assert find_changes(said, NOBODY).height == 1
    assert find_changes(said, said["speaker_entity_id"]).height == 0
