"""What outlets say of one thing, and what cannot both be so; what only seems so."""

import polars as pl
import pytest
from polars.testing import assert_frame_equal
from reports import FRIDAY, MONDAY, TUESDAY, WEDNESDAY, Report, read_reports

from quotidian.tasks.deduplicate.statements.conflicts import find_conflicts

POST, MAIL = "Harbour Post", "Evening Mail"


def conflicts_of(one: str, other: str, **facts: object) -> list[tuple]:
    """kind, value and other value of the conflicts between two articles; `facts` are those of the other one."""
    reports = [Report(one, POST), Report(other, **{"outlet": MAIL, **facts})]
    return find_conflicts(read_reports(reports)).select("kind", "value", "other_value").rows()


@pytest.mark.parametrize(
    ("one", "other", "values"),
    [
        (
            "Police in Velmora said 12 people were killed in the fire at the mill.",
            "A hospital in Velmora said nine people were killed in the fire at the mill.",
            (12, 9),
        ),
        (
            "The fire at the mill killed 12 people, police said.",
            "Nine persons died in the blaze at the mill, the coast guard said.",
            (12, 9),
        ),
        (
            '"The repair of the tower will cost 18 million crowns," Mayor Helena Brandt said.',
            "The repair of the tower would cost 31 million crowns, Mayor Helena Brandt told reporters.",
            (18e6, 31e6),
        ),
        (
            "The ministry said that 40 soldiers were captured near the dam.",
            "The army said that 65 soldiers were captured near the dam.",
            (40, 65),
        ),
        (
            "The union said at least 300 workers had joined the strike at the port.",
            "The company said 120 workers had joined the strike at the port.",
            (300, 120),
        ),
        (
            "Turnout in the vote on the harbour reached 61 percent, the commission said.",
            "Turnout in the vote on the harbour reached 48 percent, observers said.",
            (61, 48),
        ),
        (
            "Between 30 and 40 houses were destroyed by the flood, the governor said.",
            "The flood destroyed 75 houses, rescuers said.",
            (30, 75),
        ),
        (
            "The airline said that 214 passengers were on board the plane.",
            "Officials said that 208 passengers were on board the plane.",
            (214, 208),
        ),
        (
            "The water in the harbour rose to 4 metres, the weather office said.",
            "The water in the harbour rose to 6 metres, a captain said.",
            (4, 6),
        ),
        (
            "The driver, Tomas Brandt, was 60 years old, police said.",
            "The driver, Tomas Brandt, was 61 years old, a court said.",
            (60, 61),
        ),
        (
            "The mayor said about 50 families had left the island of Sarn.",
            "Volunteers said about 90 families had left the island of Sarn.",
            (50, 90),
        ),
        (
            "Police said 12 people were killed in the attack, 30 were hurt and the road was shut.",
            "Police said 15 people were killed in the attack.",
            (12, 15),
        ),
    ],
    ids=[
        "toll",
        "toll in other words",
        "one speaker in two papers",
        "captured",
        "at least more than that",
        "percent",
        "outside a range",
        "passengers",
        "metres",
        "ages",
        "about",
        "one of several figures",
    ],
)
def test_figures_that_cannot_both_be_right(one: str, other: str, values: tuple) -> None:
    assert conflicts_of(one, other) == [("figure", *values)]


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        (
            "The ministry said that the envoy had signed the treaty with Velmora.",
            "The embassy said that the envoy had not signed the treaty with Velmora.",
            "negated",
        ),
        (
            '"The old bridge is safe for lorries," engineer Tomas Brandt said.',
            '"The old bridge is not safe for lorries," said Mira Olsen of the union.',
            "negated",
        ),
        (
            "A rival said that Mayor Helena Brandt had sold the island to a builder.",
            "Mayor Helena Brandt denied that she had sold the island to a builder.",
            "denied",
        ),
        (
            '"There is a leak in the fuel tank of the ferry," a diver said.',
            '"There is no leak in the fuel tank of the ferry," the company said.',
            "negated",
        ),
    ],
    ids=["not signed", "not safe", "denied", "no leak"],
)
def test_what_one_says_and_another_not(one: str, other: str, kind: str) -> None:
    assert conflicts_of(one, other) == [(kind, None, None)]


FIRE = "Police in Velmora said 12 people were killed in the fire at the mill."


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (FIRE, "The hospital said at least nine people were killed in the fire at the mill."),
        (FIRE, "The hospital said more than ten people were killed in the fire at the mill."),
        (FIRE, "The hospital said 10 to 14 people were killed in the fire at the mill."),
        (FIRE, "The hospital said dozens of people were killed in the fire at the mill."),
        (FIRE, "The hospital said twelve people were killed in the fire at the mill."),
        (FIRE, "The hospital said nine people were injured in the fire at the mill."),
        (FIRE, "The hospital said nine children were killed in the fire at the mill."),
        (FIRE, "The hospital said nine people were killed in the fire at the school."),
        (FIRE, "The hospital said nine people were killed in the north wing in the fire at the mill."),
        (FIRE, "The hospital said nine more people were killed in the fire at the mill."),
        (FIRE, "The hospital said nine people could be killed in the fire at the mill."),
        (FIRE, "The hospital said that if nine people were killed in the fire at the mill, the owner must pay."),
        (FIRE, "Were nine people killed in the fire at the mill? the hospital asked."),
        (
            "The army said 12 houses burned in the north of the town.",
            "The army said nine houses burned in the south of the town.",
        ),
        (
            "The army said 12 houses burned in the north and nine houses burned in the south.",
            "The governor said nine houses burned in the south.",
        ),
        (
            "The bank said prices rose by 5 percent in March.",
            "The office said prices rose by 7 percent in April.",
        ),
        (
            "The bank said the rate of the crown rose from 3 percent.",
            "The office said the rate of the crown rose to 5 percent.",
        ),
        (
            "The mayor said the town would spend 18 million crowns on the tower.",
            "The mayor said the town would spend 31 million dollars on the tower.",
        ),
        (
            "The mayor said the town would spend 18.4 million crowns on the tower.",
            "The council said the town would spend 18 million crowns on the tower.",
        ),
        (
            "The union said the company would build 30 ships in Velmora.",
            "The company said it had built 20 ships in Velmora.",
        ),
        (
            '"We lost 12 ships in the storm off the islands," Captain Henrik Dahl said.',
            '"We lost nine ships in the storm off the islands," Captain Lena Farrow said.',
        ),
        (
            "The club said it had sold 400 tickets for the match in Velmora.",
            "The league said it had sold 900 tickets for the match in Velmora.",
        ),
        (
            "Police said 12 of the 30 people on the bus were killed in the crash.",
            "Doctors said 30 people on the bus were killed in the crash or hurt.",
        ),
        (
            "The coast guard said the dead were two sailors from Sarn, aged 66 and 50, and two from Ostrel, aged 50 and 46.",
            "The ministry said the dead were two sailors from Sarn aged 66 and 50, and two from Ostrel 50 and 46 years old.",
        ),
        (
            "The mayor said there was no comment or apology from the owner of the ferry.",
            "The union said there were no comments or apologies from the owner of the ferry.",
        ),
        (
            "The mayor said the bridge was safe.",
            "The engineer said the bridge was not safe for lorries and trains.",
        ),
        (
            '"The old bridge was not safe for lorries," Tomas Brandt said of the years before.',
            '"The old bridge is safe for lorries," Mira Olsen said.',
        ),
        (
            '"I have never met the owner of the ferry," Helena Brandt said.',
            '"I have met the owner of the ferry," Henrik Dahl said.',
        ),
        (
            "The company said the ferry was not only late but full.",
            "The harbour said the ferry was late but full.",
        ),
        (
            "The minister said that the ships would not sail on Monday from Velmora.",
            "The minister said that the ships would sail on Friday from Velmora.",
        ),
        (
            "Mayor Helena Brandt did not deny that the town had sold the island.",
            "A rival said that the town had sold the island.",
        ),
        (
            "Mayor Helena Brandt denied that the town had not sold the island.",
            "A rival said that the town had sold the island.",
        ),
        (
            "Reporters asked whether the envoy had signed the treaty with Velmora.",
            "The embassy said that the envoy had not signed the treaty with Velmora.",
        ),
    ],
    ids=[
        "at least fewer",
        "more than fewer",
        "a range that holds it",
        "an order of magnitude",
        "the same, spelt out",
        "injured",
        "children",
        "another place",
        "a part",
        "more people",
        "what may be",
        "if",
        "a question",
        "north and south",
        "two parts of a sum",
        "two months",
        "from and to",
        "two currencies",
        "rounded",
        "plan and outcome",
        "we and we",
        "a pronoun for each",
        "twelve of thirty",
        "ages in a list",
        "no comments",
        "not for all",
        "then and now",
        "I and I",
        "not only",
        "two days",
        "not denied",
        "denied that not",
        "asked",
    ],
)
def test_what_is_no_conflict(one: str, other: str) -> None:
    assert conflicts_of(one, other) == []


OTHER = "A hospital in Velmora said nine people were killed in the fire at the mill."


@pytest.mark.parametrize(
    ("facts", "count"),
    [
        ({"day": TUESDAY}, 1),
        ({"day": None}, 1),
        ({"outlet": None}, 1),
        ({"day": WEDNESDAY}, 0),
        ({"story": "st_2"}, 0),
        ({"origin": "a0"}, 0),
        ({"outlet": POST}, 0),
        ({"is_latest": False}, 0),
    ],
    ids=[
        "the next day",
        "without a day",
        "no outlet named",
        "news of a later day",
        "another story",
        "a copy",
        "one outlet",
        "an earlier text of a page",
    ],
)
def test_whose_articles_conflict(facts: dict, count: int) -> None:
    assert len(conflicts_of(FIRE, OTHER, **facts)) == count


def test_a_denial_may_come_later() -> None:
    claim = "A rival said that Mayor Helena Brandt had sold the island to a builder."
    denial = "Mayor Helena Brandt denied that she had sold the island to a builder."
    assert [kind for kind, *_ in conflicts_of(claim, denial, day=FRIDAY)] == ["denied"]


def test_several_pairs_of_the_same_figures_are_one_row() -> None:
    texts = [FIRE, OTHER, FIRE.replace("Police", "Rescuers"), OTHER.replace("A hospital", "The mayor")]
    outlets = [POST, MAIL, "Coast Daily", "Island News"]
    said = read_reports([Report(text, outlet) for text, outlet in zip(texts, outlets, strict=True)])
    (row,) = find_conflicts(said).to_dicts()
    assert (row["quote_id"][:2], row["other_quote_id"][:2]) == ("a0", "a1")
    assert (row["outlet"], row["other_outlet"], row["counted"], row["unit"]) == (POST, MAIL, "people", None)
    assert (row["published_date"], row["exactness"], row["other_exactness"]) == (MONDAY, "exact", "exact")
    assert row["quantity_id"].startswith("a0:n")
    assert 0.5 < row["score"] < 1


def test_order_of_rows_changes_nothing() -> None:
    said = read_reports(
        [Report(FIRE, POST), Report(OTHER, MAIL), Report(OTHER.replace("nine", "eight"), "Coast Daily")]
    )
    expected = find_conflicts(said)
    assert expected.height == 3
    shuffled = said.sample(fraction=1, shuffle=True, seed=3).sort("age_rank", "quote_id")
    assert_frame_equal(find_conflicts(shuffled), expected)
    assert find_conflicts(said.clear()).schema == expected.schema
    assert expected["conflict_id"].is_sorted()
    assert expected["conflict_id"].dtype == pl.String
