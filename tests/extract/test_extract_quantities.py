"""Numbers that count or measure something: value, unit, what is counted, and how exact."""

import pytest

from quotidian.tasks.extract.parsing.parse_text import parse_text
from quotidian.tasks.extract.quantities.find_quantities import find_quantities
from quotidian.tasks.extract.quantities.numbers import find_numbers
from quotidian.tasks.extract.settings import ExtractSettings

SETTINGS = ExtractSettings()


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("twenty-five thousand three hundred and four nets", [25_304]),
        ("two and a half million nets", [2.5e6]),
        ("half a million nets", [5e5]),
        ("13 and a half hours", [13.5]),
        ("tens of thousands of nets", [1e4]),
        ("three-fourths of the nets", [0.75]),
        ("1,00,000 nets and 2,000 boats", [1e5, 2e3]),
        ("$3.2bn for 5 crore nets", [3.2e9, 5e7]),
        ("3 million and a net", [3e6]),
        ("one net or two", [1, 2]),
        ("the third net of version 1.2.3", []),
        ("twice as many nets", [2]),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_numbers_have_values_in_digits_and_in_words(text, values):
    assert [number.value for number in find_numbers(text)] == values


def read(annotate, text):
    """Words, value or range, unit, what is counted, and exactness of each quantity."""
    return [
        (
            text[q.start : q.end],
            q.value if q.value_high is None else (q.value, q.value_high),
            q.unit,
            q.counted,
            q.exactness,
        )
        for q in annotate(text).quantities
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Nearly 2,000 people left the port.", ("2,000", 2000, None, "people", "less_than")),
        ("The port lost eighteen cranes.", ("eighteen", 18, None, "cranes", "exact")),
        ("At least a dozen of the old cranes fell.", ("a dozen", 12, None, "old cranes", "at_least")),
        (
            "Up to 1 million animal and plant species may go.",
            ("1 million", 1e6, None, "animal and plant species", "at_most"),
        ),
        ("Hundreds of dockers marched.", ("Hundreds", 100, None, "dockers", "vague")),
        ("The port cost US$18 million in aid.", ("US$18 million", 18e6, "USD", "aid", "exact")),
        ("The port cost £2.5m.", ("£2.5m", 2.5e6, "GBP", None, "exact")),
        ("The port cost about 300,000 naira.", ("300,000 naira", 3e5, "NGN", None, "about")),
        ("The port cost $40.", ("$40", 40, "dollar", None, "exact")),
        ("More than 3.5 per cent of sales were lost.", ("3.5 per cent", 3.5, "percent", "sales", "more_than")),
        ("Sales fell by a third.", ("a third", 0.333333, "share", None, "exact")),
        ("Billions of dollars went to the port.", ("Billions", 1e9, "dollar", None, "vague")),
        ("It grew over the 10 years of the plan.", ("10 years", 10, "year", None, "exact")),
        ("Half of 1 percent was lost.", ("Half of 1 percent", 0.5, "percent", None, "exact")),
        ("A quarter of a million euros was lost.", ("A quarter of a million euros", 25e4, "EUR", None, "exact")),
        ("Half the cranes fell.", ("Half", 0.5, "share", "cranes", "exact")),
        ("The port lies 5 km from town.", ("5 km", 5, "kilometre", None, "exact")),
        ("A 30-metre crane fell.", ("30-metre", 30, "metre", None, "exact")),
        ("Ann Lee, 54, runs the port.", ("54", 54, "year", "age", "exact")),
        ("A 15-year-old boy saw it.", ("15-year-old", 15, "year", "age", "exact")),
        ("Between 20 and 30 million tonnes pass.", ("20 and 30 million tonnes", (20e6, 30e6), "tonne", None, "range")),
        ("It costs $3.2bn to $4bn.", ("$3.2bn to $4bn", (3.2e9, 4e9), "dollar", None, "range")),
        ("The number of the dead rose to 45.", ("45", 45, None, None, "exact")),
        ("The tank holds 100, 000 litres.", ("100, 000 litres", 1e5, "litre", None, "exact")),
        ("They want a 12 - mile road.", ("12 - mile", 12, "mile", None, "exact")),
        ("An 8 - year - old boat sank.", ("8 - year - old", 8, "year", "age", "exact")),
        ("She was seen at the age of 91.", ("91", 91, "year", "age", "exact")),
        ("The docker, 26, left the port.", ("26", 26, "year", "age", "exact")),
        ("About three in 10 stayed.", ("three in 10", 0.3, "share", None, "about")),
        ("Nine out of ten of the dockers stayed.", ("Nine out of ten", 0.9, "share", None, "exact")),
        ("It took a three- to four-day stay.", ("three- to four-day", (3, 4), "day", None, "range")),
        ("It left nine dead last year.", ("nine", 9, None, None, "exact")),
        ("Of them she chose just three.", ("three", 3, None, None, "exact")),
        ("The dockers came, 537 of whom were late.", ("537", 537, None, None, "exact")),
        ("It is a five-person team.", ("five", 5, None, "person", "exact")),
        ("Rates rose by one-eighth of 1 percent.", ("one-eighth of 1 percent", 0.125, "percent", None, "exact")),
        (
            "Between half and two - thirds of homes fell.",
            ("half and two - thirds", (0.5, 0.666667), "share", "homes", "range"),
        ),
        ("The port cost $65.4 billion.", ("$65.4 billion", 65.4e9, "dollar", None, "exact")),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_quantity_has_value_unit_what_is_counted_and_exactness(annotate, text, found):
    assert read(annotate, text) == [found]


def test_both_ends_of_a_rise_have_the_unit(annotate):
    found = read(annotate, "Prices rose from 3 to 5 per cent last week.")
    assert [(words, value, unit) for words, value, unit, *_ in found] == [
        ("3", 3, "percent"),
        ("5 per cent", 5, "percent"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The port opened on 20 March 2023, and closed on March 21, 2023.",
        "The gates open at 9.30am and 17:45.",
        "The port won 3-2.",
        "It was shortly after 3 p. m. when they came, and 8 : 00 am when they left.",
        "They called 911 in the second half of February.",
        "It came between 4 and 11 May.",
        "He works for one of the Big Four firms.",
        "See Article 5, Room 12 and target 3 of the plan.",
        "The Boeing 737 landed in the 1990s, after the 2012 vote.",
        "Dover met for the third time, and for the 89th.",
        "The G7 and the F-16 came.",
        "One official spoke; the two met one day.",
        "The second-half goal was a two-way race.",
        "She lives at 131 West Harbour Street.",
        "Visit https://port.example/2022/07/15/cranes-41b0.",
    ],
)
def test_dates_times_scores_and_labels_are_no_quantities(annotate, text):
    assert read(annotate, text) == []


def test_a_number_within_a_name_is_none(model):
    text = "They watched 60 Minutes for 20 minutes."
    parse, name = parse_text(text, model, SETTINGS), (text.index("60"), text.index(" for"))
    assert [text[q.start : q.end] for q in find_quantities(parse, [])] == ["60 Minutes", "20 minutes"]
    assert [text[q.start : q.end] for q in find_quantities(parse, [name])] == ["20 minutes"]
