"""The dateline that a story starts with: the place, the day, and the agency that it came from."""

import re
from functools import cache

from quotidian.tasks.store.facts import read_facts

from .findings import Fact, Finding

KIND = "credit"
# What a dateline is: torn apart or without its dash by the scraper; whole, with an agency; whole, without one.
BROKEN_RULE = "broken_dateline"
AGENCY_RULE = "agency_dateline"
PLACE_RULE = "place_dateline"
# The rules that each setting of CleanSettings.remove_datelines removes.
REMOVED_RULES = {
    "broken": (BROKEN_RULE,),
    "agency": (BROKEN_RULE, AGENCY_RULE),
    "all": (BROKEN_RULE, AGENCY_RULE, PLACE_RULE),
}
DASH = r"(?:[—–:-]{1,2}|―)"
# The hyphens of a word can end it, its letters cannot: else many hyphens could be cut in too many ways.
WORD = r"[A-Z][\w.'’]*+(?:-[\w.'’]*+)*"
CAPITAL_WORD = r"[A-Z](?=[A-Z.'’-])[A-Z.'’]*+(?:-[A-Z.'’]*+)*"
PLACE = rf"{WORD}(?:[ /]{WORD}){{0,3}}"
CAPITALS = rf"{CAPITAL_WORD}(?:[ /](?:{CAPITAL_WORD}|DE|DU|EL)){{0,3}}"
REGION = r"(?:, (?!(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec))[A-Z][\w.]*+(?: [A-Z][\w.]*+){0,3})?"
# Around an agency's mark: blanks, or a stroke between them.
STROKE = r"(?=[\s/|])\s*+(?:[/|]\s*+)?"
DAY = r"(?:,? (?P<date>(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.? \d{1,2}(?:,? \d{4})?|\d{1,2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?(?: \d{4})?))?"
# A dateline on lines of its own stands below a headline at most.
SPLIT_CHARS = 600
START_LINES = 4
# Words in capitals that open a line and are no place.
NO_PLACES = frozenset(
    [
        "UPDATE",
        "UPDATED",
        "BREAKING",
        "EXCLUSIVE",
        "WATCH",
        "VIDEO",
        "PHOTOS",
        "ANALYSIS",
        "OPINION",
        "EXPLAINER",
        "LIVE",
        "NEW",
        "CORRECTION",
        "EDITORIAL",
        "COLUMN",
        "REVIEW",
        "NOTE",
        "EDITOR'S",
        "EDITOR’S",
        "EDITORS",
        "EDITORS'",
        "EDITORS’",
        "AUTHOR'S",
        "AUTHOR’S",
        "NASA",
        "NATO",
        "UNICEF",
        "UNESCO",
        "FIFA",
        "UEFA",
        "OPEC",
        "ASEAN",
        "AIDS",
        "COVID",
        "ISIS",
        "ISIL",
        "READ",
        "MORE",
        "RELATED",
        "ALSO",
    ]
)

# Words of the names of outlets ("TODAY NICARAGUA – ").
OUTLET_WORDS = frozenset(
    (
        "TODAY",
        "NEWS",
        "TIMES",
        "POST",
        "DAILY",
        "WEEKLY",
        "HERALD",
        "TRIBUNE",
        "TV",
        "RADIO",
        "ONLINE",
        "PRESS",
        "JOURNAL",
    )
)


@cache
def read_agencies() -> dict[str, str]:
    """Marks of agencies and outlets as they stand in datelines, with their names."""
    return {row["mark"]: row["name"] for row in read_facts("agencies")}


@cache
def read_places() -> frozenset[str]:
    """Places that datelines name without their country, in capitals."""
    return frozenset(row["place"].upper() for row in read_facts("dateline_places"))


@cache
def agency_marks() -> str:
    """Alternatives for every mark, the longest first."""
    return "|".join(map(re.escape, sorted(read_agencies(), key=lambda mark: (-len(mark), mark))))


@cache
def dateline_forms() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Rules and forms of datelines that name an agency, the most certain first."""
    mark = rf"(?P<agency>{agency_marks()})"
    inner = rf"\((?:[\w .]{{1,30}}[/ ])?{mark}(?:[ /,][^()\n]{{0,40}})?\)"
    forms = (
        # WASHINGTON, Nov 20 (Reuters) - ; Sana'a, Yemen (AFP):
        (AGENCY_RULE, rf"(?P<dateline_place>{PLACE}){REGION}{DAY}\s*{inner}\s*{DASH}\s*"),
        # BEIJING (AP) where the dash was lost; "Palestinian Authority (PA) officials" is none
        (BROKEN_RULE, rf"(?P<dateline_place>{CAPITALS}){REGION}{DAY}\s*{inner}\s+(?=[A-Z“\"‘'])"),
        # ORLANDO, Florida (WESH) — with the mark of any outlet; (JERSEY CITY, N.J.) --
        (
            AGENCY_RULE,
            rf"(?P<dateline_place>{CAPITALS}){REGION}{DAY}\s*\((?P<agency>[A-Z][\w .,&/-]{{1,40}})\)\s*[—–-]{{1,2}}\s+",
        ),
        (AGENCY_RULE, rf"(?:[A-Z]{{2,4}} News ?)?\((?P<dateline_place>{CAPITALS}){REGION}\)\s*[—–-]{{1,2}}\s+"),
        # MOSCOW, March 7. /TASS/.
        (AGENCY_RULE, rf"(?P<dateline_place>{PLACE}){REGION}{DAY}\.? /{mark}/\.?\s*{DASH}?\s*"),
        # (Reuters) — ; AP —
        (AGENCY_RULE, rf"{inner}(?:\s*+{DASH})?\s++(?=[A-Z“\"‘'])"),
        # Beijing / CNN / –, also on lines of their own
        (
            BROKEN_RULE,
            rf"(?P<dateline_place>{PLACE}){REGION}{STROKE}{mark}{STROKE}{DASH}\s*",
        ),
        (AGENCY_RULE, rf"(?P<dateline_place>{CAPITALS}){REGION}{DAY}[,.]?\s*[/|–—-]\s*{mark}\s*[/|–—-]+\s*"),
        (BROKEN_RULE, rf"{mark}\s++{DASH}\s++(?=[A-Z“\"‘'])"),
    )
    return tuple((rule, re.compile(form)) for rule, form in forms)


@cache
def place_forms() -> tuple[re.Pattern[str], ...]:
    """Datelines that name a place in capitals and no agency."""
    return tuple(
        re.compile(form)
        for form in (
            rf"(?P<dateline_place>{CAPITALS}){REGION}{DAY}\s*(?:[—–]|--?(?=\s))\s*(?=[A-Z“\"‘'\d])",
            rf"(?P<dateline_place>{CAPITALS}){REGION}{DAY}(?:: |\s+)(?=[A-Z“\"‘'][a-z\w.])",
        )
    )


def find_dateline(text: str) -> list[Finding]:
    """The dateline of a text, with its place and agency as facts: at its start, or below a headline or summary."""
    for start in list_starts(text):
        for rule, form in dateline_forms():
            if match := form.match(text, start):
                return [make_finding(match, rule)]
        match = place_forms()[0].match(text, start)
        if match and is_place(match.group("dateline_place")):
            return [make_finding(match, PLACE_RULE)]
    return find_bare_place(place_forms()[1].match(text), text)


def list_starts(text: str) -> list[int]:
    """Where the first lines of a text start, as far down as a dateline can stand."""
    starts = [0]
    while len(starts) < START_LINES:
        line_end = text.find("\n", starts[-1], SPLIT_CHARS)
        if line_end < 0:
            break
        start = line_end + 1
        while text.startswith("\n", start):
            start += 1
        starts.append(start)
    return starts


def is_place(words: str) -> bool:
    """Whether words in capitals before a dash can be a place."""
    return words in read_places() or not (words.split()[0] in NO_PLACES or OUTLET_WORDS & set(words.split()))


def find_bare_place(match: re.Match[str] | None, text: str) -> list[Finding]:
    """A dateline without a dash: only places that are known, cut from capitals that follow them."""
    if not match:
        return []
    words = match.group("dateline_place").split(" ")
    for size in range(len(words), 0, -1):
        place = " ".join(words[:size])
        if place in read_places():
            end = match.end() if size == len(words) else match.start() + len(place) + 1
            fact = Fact("dateline_place", place, match.start(), match.start() + len(place))
            rule = PLACE_RULE if text[match.end("dateline_place") :].startswith(":") else BROKEN_RULE
            return [Finding(match.start(), end, rule, KIND, (fact,))]
    return []


def find_split_dateline(text: str) -> list[Finding]:
    """A dateline on three lines, such as "Beijing", "CNN", "–", below a headline."""
    if not any(line.strip() in read_agencies() for line in text[:SPLIT_CHARS].split("\n")):
        return []
    match = split_form().search(text, 0, SPLIT_CHARS)
    return [make_finding(match, BROKEN_RULE)] if match else []


@cache
def split_form() -> re.Pattern[str]:
    """Place, agency and dash, each on a line."""
    return re.compile(rf"^(?P<dateline_place>{PLACE}){REGION}\n+(?P<agency>{agency_marks()})\n+{DASH}\n+", re.MULTILINE)


def make_finding(match: re.Match[str], rule: str) -> Finding:
    """The dateline of a match."""
    facts = tuple(
        Fact(field, match.group(field), *match.span(field))
        for field in ("dateline_place", "agency", "date")
        if field in match.re.groupindex and match.group(field)
    )
    return Finding(match.start(), match.end(), rule, KIND, facts)


def name_agency(mark: str) -> str:
    """The agency's name, or the mark where it is not on the list."""
    agencies = read_agencies()
    return agencies.get(mark) or agencies.get(mark.removeprefix("The "), mark)
