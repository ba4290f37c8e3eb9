"""How junk looks: features of a line and its place, weighed by seeds/junk_looks.csv.

The weights are set by hand. A line is junk by its looks alone from `JUNK_SCORE` on, so no single look is
enough, and the stop of a sentence outweighs a place among junk.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from quotidian.tasks.store.facts import read_facts

from .furniture import is_furniture
from .lines import Line

JUNK_SCORE = 0.99
SHORT_WORDS = 4
# A longer line with an address in it tells something.
ADDRESS_WORDS = 8
HEADLINE_WORDS = range(5, 26)
# A subheading of a story seldom has as many words as a headline of another one.
LONE_HEADLINE_WORDS = 8
# Shorter lines return in lists and tables.
REPEATED_WORDS = 8
# The longest captions of agencies; a longer paragraph is never taken for junk by its looks.
LOOK_CHARS = 900
CAPITALS_WORDS = 8
TITLE_SHARE = 0.8
WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z.]*"
FULL_DATE = re.compile(
    rf"{WEEKDAY},? {MONTH} \d{{1,2}},? \d{{4}}|\b(?:on|in|taken) (?:{MONTH} \d{{1,2}},|\d{{1,2}} {MONTH},?) (?:19|20)\d\d\b"
)
CAPTION_WORDS = re.compile(
    r"[,(] (?:center |far |second |third )?(?:left|right|center|centre|top|bottom|above|below|foreground|background)\b"
    r"|\b(?:pictured|from left|left to right|at left|at right|file photo|photographed|artist['’]s (?:impression|concept|rendering|illustration))\b"
    r"|\b(?:poses?|speaks?|walks?|looks? on|gestures?|arrives?|waves?|reacts?|stands?|attends?|performs?|smiles?|celebrates?|dunks|shoots|drives|passes|unveils?|leaves?|puts|holds?|sits?|shows?|rides?|appears?)"
    r" (?:\w+ ){0,8}(?:during|in|at|on|outside|near|for|with|after|before|to|through|past|as|the|a)\b",
)
ATTRIBUTION = re.compile(r"[—–―\"“‘'«„-]")
FIGURES = re.compile(r"\d|\S{1,3}?[$£€₩¥]\s?\d|.{0,40}\b\d{1,3}-\d{1,3}\b")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a line stands: its zone (head, middle, tail) and the company it keeps."""

    zone: str = "middle"
    is_before_title: bool = False
    is_after_opener: bool = False
    is_in_about: bool = False
    is_after_colon: bool = False
    is_in_list: bool = False
    is_repeated: bool = False
    is_twin: bool = False
    is_in_headlines: bool = False
    is_after_title: bool = False
    is_lone: bool = False
    is_beside_credit: bool = False
    junk_neighbours: int = 0


PLAIN = Place()


@cache
def read_weights() -> dict[str, float]:
    """The weight of each look."""
    return {row["look"]: float(row["weight"]) for row in read_facts("junk_looks")}


def score_look(line: Line, place: Place) -> float:
    """How much a line looks like junk; from `JUNK_SCORE` on it is taken for it."""
    weights = read_weights()
    looks = [*describe_line(line), *describe_place(place)]
    if place.is_in_headlines:
        looks = [look for look in looks if look not in ("bullet", "figures", "attribution")]
    score = sum(weights[look] for look in looks)
    caption = weights["caption_words"] + (weights["caption_by_credit"] if place.is_beside_credit else 0)
    # Looked for last, and only where it decides: it takes the longest.
    return score + caption if score + caption >= JUNK_SCORE and CAPTION_WORDS.search(line.text) else score


def describe_place(place: Place) -> Iterator[str]:
    """The looks of a place."""
    if place.zone != "middle":
        yield f"in_{place.zone}"
    flags = {
        "before_title": place.is_before_title,
        "after_opener": place.is_after_opener,
        "in_about": place.is_in_about,
        "after_colon": place.is_after_colon,
        "in_list": place.is_in_list and not place.is_after_opener and not place.is_in_headlines,
        "repeated": place.is_repeated,
        "twin": place.is_twin,
        "headline_run": place.is_in_headlines,
        "after_title": place.is_after_title,
        "lone_headline": place.is_lone,
        "beside_credit": place.is_beside_credit,
    }
    yield from (look for look, holds in flags.items() if holds)
    yield from ["beside_junk"] * place.junk_neighbours


def describe_line(line: Line) -> Iterator[str]:
    """The looks of a line by itself."""
    if line.ends_in_stop:
        yield from ("sentence", "story") if line.is_story else ("sentence",) if line.is_sentence else ()
    else:
        yield "no_stop"
    if line.word_count <= SHORT_WORDS:
        yield "short"
    if is_headline(line):
        yield "headline_shape"
        if line.capital_share >= TITLE_SHARE:
            yield "title_case"
    if is_furniture(line):
        yield "furniture"
    if line.is_upper and line.word_count >= CAPITALS_WORDS:
        yield "all_capitals"
    yield from describe_content(line)


def may_be_junk(line: Line, place: Place) -> bool:
    """Whether a line could score enough at all: sentences need a mark of captions or company, and most have none."""
    if len(line.text) > LOOK_CHARS:
        return False
    return not line.is_sentence or place != PLAIN or line.has_year or is_furniture(line)


def describe_content(line: Line) -> Iterator[str]:
    """The looks of what a line holds, the words of captions aside."""
    if line.has_bullet:
        yield "bullet"
    elif FIGURES.match(line.text):
        yield "figures"
    if line.text.endswith(":"):
        yield "colon_end"
    if ATTRIBUTION.match(line.text):
        yield "attribution"
    if line.word_count <= ADDRESS_WORDS and line.has_address:
        yield "has_address"
    if line.has_year and FULL_DATE.search(line.text):
        yield "full_date"


def is_headline(line: Line) -> bool:
    """Whether a line has the shape of a headline."""
    return (
        line.word_count in HEADLINE_WORDS
        and line.starts_large
        and not line.ends_in_stop
        and not line.text.endswith((":", ",", ";"))
    )


def is_caption_like(line: Line) -> bool:
    """Whether a line tells a full date in the words of a caption."""
    return (
        len(line.text) <= LOOK_CHARS
        and line.has_year
        and FULL_DATE.search(line.text) is not None
        and CAPTION_WORDS.search(line.text) is not None
    )
