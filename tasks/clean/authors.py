"""Who wrote an article: the people that a byline names, without outlets, agencies, degrees and titles."""

import re
from collections.abc import Collection
from functools import cache

from quotidian.tasks.store.facts import read_facts

from .datelines import read_agencies
from .outlets import fold_name
from .values import repair_value

DASH = re.compile(r"(?<!\s)\s++[–—-]++\s++")
BETWEEN = re.compile(r"(?:(?<!\s)\s++(?:[,;|/•·]|(?:and|&|with|as told to)\s)|[,;|/•·])\s*+(?:and\s)?", re.IGNORECASE)
PLAIN_BETWEEN = re.compile(r",\s(?:and\s)?|\s(?:and|&)\s")
# What stands behind a name and is none: where from, for whom, when.
BEHIND = re.compile(
    r"(?<!\s)\s++(?:(?:in|for|at|from|of|to|on)\s++(?=(?:the\s)?[A-Z\d])|[(\[@]"
    r"|(?i:published|updated|last updated|posted|follow|contributions?|special to|is an?|was)\b"
    r"|(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?,?\s++\d|\d).*|[(\[@].*",
    re.DOTALL,
)
# "ann@post.example (Ann Lee)", as feeds write authors.
MAILED = re.compile(r"(?<![^\s@])[^\s@]++@[^\s@]++ \(([^()]++)\)")
# "Lee, Ann; Ray, Bob": semicolons between people, a comma inside each.
LAST_FIRST = re.compile(r"\s*(?P<last>[^\s,]+(?: [^\s,]+)?),\s?(?P<first>[^\s,]+(?: [^\s,]+)?)\s*")
NO_NAME = re.compile(r"[\d@/:]|\.(?:com|org|net|in|co|tv)\b|www\.", re.IGNORECASE)
ACRONYM = re.compile(r"[A-Z]{2,5}")
# Words of a name: longer ones are sentences or bodies.
NAME_WORDS = range(1, 7)


@cache
def read_words(kind: str) -> frozenset[str]:
    """Words of seeds/author_words.csv of a kind: degree, role, rank, body, label, particle or opener."""
    return frozenset(row["word"] for row in read_facts("author_words") if row["kind"] == kind)


@cache
def opener_form() -> re.Pattern[str]:
    """What a byline begins with."""
    words = "|".join(re.escape(word) for word in sorted(read_words("opener"), key=lambda word: (-len(word), word)))
    return re.compile(rf"\s*(?:(?:{words})(?:\s+|:\s*|\Z))+", re.IGNORECASE)


def read_authors(value: str, outlets: Collection[str]) -> tuple[str, ...]:
    """The people that a byline names, in its order, each once; `outlets` are folded names of those that publish it.

    A byline that begins with a comma has lost its name, and what is left is none.
    """
    value = MAILED.sub(r"\1", repair_value(value))
    if value.startswith(","):
        return ()
    people = (name_person(part, outlets) for part in split_byline(value))
    return tuple(dict.fromkeys(person for person in people if person))


def write_byline(value: str, people: tuple[str, ...]) -> str:
    """The byline as it stands where it holds nothing but the people, else their names with commas between."""
    value = drop_opener(repair_value(value))
    return value if tuple(part for part in PLAIN_BETWEEN.split(value) if part) == people else ", ".join(people)


def drop_opener(words: str) -> str:
    """The words without the "By" before them."""
    opener = opener_form().match(words)
    return words[opener.end() :] if opener else words


def split_byline(value: str) -> list[str]:
    """The parts of a byline, each without what opens it; last names before a comma go behind."""
    turned = [match for match in map(LAST_FIRST.fullmatch, value.split(";")) if match]
    if ";" in value and len(turned) == value.count(";") + 1:
        return [f"{match['first']} {match['last']}" for match in turned]
    return [drop_opener(part) for part in BETWEEN.split(value) if part]


def name_person(part: str, outlets: Collection[str]) -> str | None:
    """The person that a part of a byline names; None where it names another thing."""
    if part in read_agencies() or fold_name(part) in outlets:
        return None
    part = BEHIND.sub("", part).strip(" .,:-–—")
    parts = DASH.split(part)
    if len(parts) > 1 and name_person(parts[-1], outlets) is None:
        part = parts[0]
    words = drop_titles(part.split())
    name = " ".join(words)
    if len(words) not in NAME_WORDS or NO_NAME.search(name) or name in read_agencies() or fold_name(name) in outlets:
        return None
    if is_body(words) or not any(c.isalpha() for c in name):
        return None
    return name


def drop_titles(words: list[str]) -> list[str]:
    """The words of a name without degrees and what somebody is."""
    place = next((i for i, word in enumerate(words) if word.lower() in read_words("role")), None)
    if place is not None:
        words = words[:place]
        while words and words[-1].lower() in read_words("rank"):
            words = words[:-1]
        words = words if len(words) > 1 else []
    while len(words) > 1 and is_degree(words[-1]):
        words = words[:-1]
    return [] if len(words) == 1 and is_degree(words[0]) else words


def is_degree(word: str) -> bool:
    """Whether a word is a degree: "MS" is one, "Ms" and "Do" are not."""
    return word.rstrip(",").lower() in read_words("degree") and not (
        word.istitle() and word.isalpha() and len(word) < 4
    )


def is_body(words: list[str]) -> bool:
    """Whether the words name an outlet, a desk or a system, no person, or stand around bylines."""
    if words[0] == "The" or words[0].lower() in read_words("label") or words[-1].lower() in read_words("body"):
        return True
    if len(words) == 1:
        return bool(ACRONYM.fullmatch(words[0])) or words[0].islower()
    small = [word for word in words if word[0].islower() and word not in read_words("particle")]
    return 0 < len(small) < len(words)
