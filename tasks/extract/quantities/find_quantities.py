"""Quantities: numbers that count or measure something, with unit and what is counted."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from quotidian.tasks.extract.annotation import Quantity
from quotidian.tasks.extract.parsing.parse import Parse
from quotidian.tasks.extract.quantities.counted import find_counted
from quotidian.tasks.extract.quantities.exactness import tell_exactness
from quotidian.tasks.extract.quantities.numbers import TIMES, Number, find_numbers
from quotidian.tasks.extract.quantities.units import Unit, read_units, unit_after, unit_before
from quotidian.tasks.extract.quotes.grammar import PROPER_NOUNS

MONTHS = r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)"
DATE_BEFORE = re.compile(rf"\b{MONTHS}\.?,? (?:\d{{1,2}}, ?)?\Z")
DATE_AFTER = re.compile(rf"(?: (?:and|to|or) \d{{1,2}})? (?:of )?{MONTHS}\b")
CLOCK_AFTER = re.compile(r"\s?(?:[ap]\.? ?m\b|o'clock|gmt\b|utc\b|[ei]st\b|hours? gmt)", re.IGNORECASE)
CLOCK_BEFORE = re.compile(r"\b(?:[ap]\.?m\.? ?[-–] ?|at [01]?\d[:.][0-5])\Z", re.IGNORECASE)
GLUED_BEFORE = re.compile(r"(?:[^\W\d_][-–']?|[\d][.:/,]|[#/:@&_'’])\Z")
HYPHEN_BEFORE = re.compile(r"\w[-–]\Z")
COMPOUND = re.compile(r"[-–](?!odd\b|plus\b)[^\W\d_]")
GLUED_AFTER = re.compile(r"[^\W\d_]|[:/]\d| : [0-5]\d\b|[-–]?(?:st|nd|rd|th)\b|\.\d|'s\b")
LABEL = re.compile(
    r"\b(?:articles?|sections?|pages?|chapters?|numbers?|nos?\.?|rooms?|flights?|routes?|phases?|levels?|types?|grades?|groups?|rounds?"
    r"|seasons?|episodes?|verses?|lines?|gates?|platforms?|versions?|paragraphs?|stages?|wards?|districts?|units?|tier|lots?|blocks?|highway|plot|targets?|steps?|goals?|items?|questions?|parts?|weeks?|days?|games?|lanes?|zones?|options?|categor(?:y|ies)|clauses?|amendments?|channels?) \Z",
    re.IGNORECASE,
)
SINGULAR = PROPER_NOUNS | {"NN"}
DASHES = ("-", "–", "—")
RANGE_JOINTS = ("-", "–", "—", " - ", " – ", " to ", " or ", "- to ", "- or ")
RATIO_JOINTS = (" in ", " out of ", " of every ")
WHOLES = frozenset((3, 4, 5, 6, 8, 10, 12, 20, 50, 100, 1000))
"""Of how many a share is told: three in 10."""
FROM = re.compile(r"\bfrom (?:about |around |some )?\Z", re.IGNORECASE)
BY = re.compile(r"\bby (?:about |around |nearly |almost |over )?\Z", re.IGNORECASE)
BETWEEN = re.compile(r"\bbetween (?:about |around |some )?\Z", re.IGNORECASE)
FIRST_YEAR, LAST_YEAR = 1500, 2100
SCORE = 30
"""Two figures up to this with a dash between and nothing counted are the score of a match."""
PART_OF = re.compile(r"\b(?:first|second|latter|last|other|better|top|bottom) \Z", re.IGNORECASE)
"""Before "half" it says which one: no share."""
CALLED = re.compile(r"\b(?:call|dial)(?:s|ed|led|ing)? \Z", re.IGNORECASE)
"""Before the number of a telephone."""
OF_THEM = re.compile(r" of (?:which|whom|them|those|us|these)\b")
ONLY = re.compile(r"\b(?:just|only) \Z", re.IGNORECASE)
ENDING = re.compile(r"[.;!?]")
CASUALTIES = re.compile(r" (?:others? )?(?:dead|killed|injured|wounded|missing|hurt)\b")
IN_ONE_WORD = re.compile(
    r" ?[-–] ?(person|people|member|man|woman|nation|country|vote|seat|page|point|story|storey|room|bed|judge)\b"
)
"""Nouns of which a word for something tells the number: a five-person team."""
NAMED = re.compile(r"[A-Z][a-z]+ \Z")
AGED = re.compile(r"\b(?:ages?|aged|turned|turns|age of)(?: \d{1,2} and)? \Z", re.IGNORECASE)
AGE_BEHIND = re.compile(r"[,.)]")
OLDEST = 115
LEAST_CUT = 1000
"""Numbers from which on digits are written with commas; labels are not."""
FIGURES_OF_SPEECH = frozenset(["day", "second", "night", "degree"])
STATING = frozenset(["IN", "TO", "RP", "RB", "RBR", "JJR", "VB", "VBD", "VBG", "VBN", "VBP", "VBZ", "$"])
"""Tags of the word before a figure that stands alone and is a quantity all the same: the toll rose to 45."""
GLUED_LETTER = re.compile(r"\d[km]\Z", re.IGNORECASE)
ADDRESS = re.compile(r" (?:[A-Z0-9]\w{0,20}\.? ){1,3}(?:Street|St|Avenue|Ave|Road|Rd|Lane|Drive|Boulevard|Square)\b")
LENGTHS = re.compile(
    r"m(?:[ -](?:tall|high|long|wide|deep|away|below|above|from|sprint|race|final|freestyle|hurdles|relay|butterfly)|-)",
    re.IGNORECASE,
)
"""Behind "100m" what says that it is metres and no million; nothing is read of such a length."""


class Measure(NamedTuple):
    """A number with the units around it: `start` and `end` take them in."""

    number: Number
    start: int
    end: int
    unit: str | None


def find_quantities(parse: Parse, names: Iterable[tuple[int, int]]) -> list[Quantity]:
    """The quantities of a text in their order, none in one of `names` (spans of names), none over a sentence end."""
    spans = sorted(names)
    measures = [measure for measure in read_measures(parse.view) if not is_inside(measure, spans)]
    return list(read_quantities(parse, measures))


def is_inside(measure: Measure, spans: list[tuple[int, int]]) -> bool:
    """Whether a number is part of a name."""
    place = bisect_right(spans, (measure.number.start, len(spans) and spans[-1][1])) - 1
    return place >= 0 and measure.number.start < spans[place][1]


def read_measures(view: str) -> Iterator[Measure]:
    """The numbers of a text with their units, without dates, times, labels and numbers within words."""
    for number in find_numbers(view):
        money, unit = unit_before(view, number.start), unit_after(view, number.end)
        start = money.place if money else number.start
        if is_number(view, number, start, money or unit):
            end = unit.place if unit and not money else number.end
            yield Measure(number, start, end, (money or unit or Unit(None, 0)).name)


def is_number(view: str, number: Number, start: int, unit: Unit | None) -> bool:
    """Whether a number may count or measure something."""
    is_joined = (unit is None or number.is_share) and COMPOUND.match(view, number.end)
    if is_joined and not IN_ONE_WORD.match(view, number.end):
        return False
    if number.is_share and PART_OF.search(view, max(0, start - 8), start):
        return False
    if number.is_spelt:
        return not HYPHEN_BEFORE.search(view, max(0, start - 2), start) and not is_named(view, number)
    first, end = max(0, start - 16), number.end
    if GLUED_BEFORE.search(view, first, start) or (unit is None and GLUED_AFTER.match(view, end)):
        return False
    if unit is None and (LENGTHS.match(view, end - 1) or ADDRESS.match(view, end)):
        return False
    if unit is None and CALLED.search(view, first, start):
        return False
    if CLOCK_AFTER.match(view, end) or CLOCK_BEFORE.search(view, first, start) or LABEL.search(view, first, start):
        return False
    is_day = number.value <= 31 and (DATE_AFTER.match(view, end) or DATE_BEFORE.search(view, first, start))
    return not is_day and not (unit is None and is_year(view, number))


def is_named(view: str, number: Number) -> bool:
    """Whether a number in words is part of what bears it ("the Big Four companies")."""
    is_capital = view[number.start].isupper() and view[number.end : number.end + 2].strip()[:1].islower()
    return is_capital and bool(NAMED.search(view, max(0, number.start - 16), number.start))


def is_year(view: str, number: Number) -> bool:
    """Whether a bare number of four digits is a year."""
    return (
        number.end - number.start == 4
        and "," not in view[number.start : number.end]
        and FIRST_YEAR <= number.value <= LAST_YEAR
    )


def read_quantities(parse: Parse, measures: list[Measure]) -> Iterator[Quantity]:
    """A quantity for each number, one for the two of a range."""
    place = 0
    while place < len(measures):
        low, high = measures[place], measures[place + 1] if place + 1 < len(measures) else None
        if high and is_range(parse.view, low, high):
            found, place = [make_range(parse, low, high)], place + 2
        elif high and is_ratio(parse, low, high):
            share = round(low.number.value / high.number.value, 6)
            exactness = tell_exactness(parse.view, low.start, low.end, None)
            found, place = [Quantity(low.start, high.end, share, None, "share", None, exactness)], place + 2
        elif high and parse.view[low.end : high.start] in DASHES:  # the score of a match, or a number of a telephone
            found, place = [], place + 2
        else:
            found, place = [make_quantity(parse, lend_unit(parse.view, low, high) if high else low)], place + 1
        yield from filter(None, found)


def is_ratio(parse: Parse, low: Measure, high: Measure) -> bool:
    """Whether two numbers tell a share ("three in 10", "nine out of ten"), and not how many things there were in how many others."""
    is_joined = parse.view[low.end : high.start] in RATIO_JOINTS and low.unit is None and high.unit is None
    return (
        is_joined
        and 0 < low.number.value < high.number.value
        and high.number.value in WHOLES
        and (parse.view[low.end : high.start] != " in " or find_counted(parse, high.number, high.end, None) is None)
    )


def lend_unit(view: str, low: Measure, high: Measure) -> Measure:
    """The first number of "from 3 to 5 per cent" with the unit of the second."""
    is_rise = view[low.end : high.start] == " to " and FROM.search(view, max(0, low.start - 24), low.start)
    if not is_rise or low.unit or low.number.is_spelt != high.number.is_spelt:
        return low
    return low._replace(unit=high.unit, number=low.number._replace(value=scale_low(view, low, high)))


def is_range(view: str, low: Measure, high: Measure) -> bool:
    """Whether two numbers are the ends of one range."""
    joint = view[low.end : high.start]
    if joint == " and ":
        is_joined = bool(BETWEEN.search(view, max(0, low.start - 24), low.start))
    else:
        is_joined = joint in RANGE_JOINTS and not FROM.search(view, max(0, low.start - 24), low.start)
    return is_joined and (low.unit is None or low.unit == high.unit) and scale_low(view, low, high) < high.number.value


def scale_low(view: str, low: Measure, high: Measure) -> float:
    """The lower end of a range; "20 to 30 million" begins at 20 million."""
    scaled = view[high.number.start : high.number.end].lstrip("0123456789.,")
    is_bare = not low.number.is_spelt and view[low.number.start : low.number.end].strip("0123456789.,") == ""
    if not (scaled and is_bare and low.number.value < 1000 <= high.number.value):
        return low.number.value
    digits = view[high.number.start : high.number.end - len(scaled)].replace(",", "")
    return low.number.value * high.number.value / float(digits) if digits.strip(".") else low.number.value


def make_range(parse: Parse, low: Measure, high: Measure) -> Quantity | None:
    """The quantity of a range; None for the score of a match."""
    counted = find_counted(parse, high.number, high.end, high.unit)
    is_score = parse.view[low.end : high.start].strip() in DASHES and high.number.value <= SCORE
    if is_score and high.unit is None and counted is None:
        return None
    span = low.start, high.end
    unit = high.unit or ("share" if high.number.is_share else None)
    return Quantity(*span, scale_low(parse.view, low, high), round_value(high.number.value), unit, counted, "range")


def make_quantity(parse: Parse, measure: Measure) -> Quantity | None:
    """The quantity of one number; None where nothing says what it counts and it is spelt out, or a label."""
    number = measure.number
    joined = IN_ONE_WORD.match(parse.view, number.end)
    counted = joined[1] if joined else find_counted(parse, number, measure.end, measure.unit)
    unit = measure.unit or ("share" if number.is_share else None)
    if parse.view[number.start : number.end].lower() in TIMES:
        counted = "times"
    if is_age(parse, measure):
        unit, counted = "year", "age"
    if not is_told(parse, measure, counted) or (number.is_spelt and number.value == 1 and unit in FIGURES_OF_SPEECH):
        return None
    if unit is None and counted and counted.lower() in read_units()[0]:  # millions of dollars
        unit, counted = read_units()[0][counted.lower()], None
    exactness = "vague" if number.is_vague else tell_exactness(parse.view, measure.start, measure.end, unit)
    return Quantity(measure.start, measure.end, round_value(number.value), None, unit, counted, exactness)


def round_value(value: float) -> float:
    """A value without what multiplying left behind it."""
    return round(float(f"{value:.12g}"), 6)


def is_told(parse: Parse, measure: Measure, counted: str | None) -> bool:
    """Whether something tells that a number is a quantity: a unit, a noun, or where it stands."""
    if counted or measure.unit or is_bare_share(parse.view, measure.number) or is_elliptic(parse.view, measure.number):
        return True
    return not measure.number.is_spelt and not is_label(parse, measure.number)


def is_elliptic(view: str, number: Number) -> bool:
    """Whether a number counts what was named before ("537 of which", "she took just three."), or the dead ("left nine dead")."""
    start, end = number.start, number.end
    if CASUALTIES.match(view, end):
        return True
    is_last = ENDING.match(view, end) and ONLY.search(view, max(0, start - 5), start)
    return number.value != 1 and bool(OF_THEM.match(view, end) or is_last)


def is_age(parse: Parse, measure: Measure) -> bool:
    """Whether a number tells somebody's age: "Ann Lee, 54, said", "aged 54", "a 15-year-old"."""
    view, number = parse.view, measure.number
    if measure.unit == "year":
        return view[number.end : measure.end].lower().rstrip("s").endswith("old")
    if measure.unit or number.is_spelt or number.value != int(number.value) or not 0 < number.value <= OLDEST:
        return False
    if AGED.search(view, max(0, number.start - 16), number.start):
        return True
    token = bisect_left(parse.starts, number.start)
    is_behind_name = token > 1 and parse.words[token - 1] == "," and parse.tags[token - 2] in SINGULAR
    return is_behind_name and bool(AGE_BEHIND.match(view, number.end))


def is_bare_share(view: str, number: Number) -> bool:
    """Whether a share stands for itself: sales fell by half."""
    return number.is_share and bool(BY.search(view, max(0, number.start - 16), number.start))


def is_label(parse: Parse, number: Number) -> bool:
    """Whether a number belongs to the name before it (Boeing 737), or begins a line (a list); not "52,724"."""
    if number.value >= LEAST_CUT and "," in parse.view[number.start : number.end]:
        return False
    token = bisect_left(parse.starts, number.start)
    if token == 0 or parse.sentence_of[token - 1] != parse.sentence_of[token]:
        return True
    return parse.tags[token - 1] not in STATING or bool(GLUED_LETTER.search(parse.view, number.end - 2, number.end))
