"""Dates of publication, from what a source declares, from addresses and from lines of text."""

import re
import warnings
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from dateutil import parser

# Web news begins about here; an earlier date that no metadata declares is more often a misread number.
FIRST_YEAR = 1990
LAST_YEAR = 2100
# What systems write that know no date: the zero of their clock.
ZERO_DAYS = (date(1970, 1, 1), date(1900, 1, 1), date(1, 1, 1))
ISO = re.compile(
    r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[Tt ]+(\d{1,2}:\d{2}(?::\d{2})?)(?:[.,]\d+)?\s*((?:UTC|GMT)\s?[+-]\d{1,2}(?::?\d{2})?(?!\d)|[+-]\d{2}(?::?\d{2})?(?!\d)|[Zz]|[A-Z][A-Za-z]{1,20}(?:/[A-Z][A-Za-z_-]{1,30}){1,2}|[A-Z]{2,4}(?![A-Za-z]|\s?[+-]\d))?)?"
)
COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(?:(\d{2})(?:[.,]\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?")
HALF_DAY = re.compile(r"\d\s?[ap]\.?m\b", re.IGNORECASE)
# "/Date(1683108000000+0200)/", as some services print what they count.
EPOCH_CALL = re.compile(r"\\?/Date\((\d{9,13})(?:[+-]\d{4})?\)\\?/")
EPOCH = re.compile(r"\d{9,10}(?:\.\d+)?|\d{12,13}")
SLASHED = re.compile(r"(?<!\d)(\d{1,2})[./-](\d{1,2})[./-](\d{4}|\d{2})\b")
YEAR_FIRST = re.compile(r"(\d{4})[./](\d{1,2})[./](\d{1,2})(?=T\d|\b)")
# A month in letters, or a whole year: two figures are guessed to be one.
WHOLE_DATE = re.compile(r"[^\W\d_]{3}|(?<!\d)(?:19|20)\d{2}(?:\d{4})?(?!\d)")
# What a line says of the dates in it.
CHANGED = re.compile(r"\b(?:updated|modified|edited|revised|corrected)\b", re.IGNORECASE)
PUBLISHED = re.compile(r"\b(?:published|posted|created|issued)\b", re.IGNORECASE)
FIELD_END = re.compile(r"[|•·;]\s*(?:last\s+)?\Z", re.IGNORECASE)
# The day in Kiribati (UTC+14) is at most one ahead of any other.
ZONE_DAYS = 1
# Hours that the clocks of publishers are behind UTC at most (Hawaii), and ahead of it (New Zealand in summer).
WEST_HOURS, EAST_HOURS = 10, 13
# What a page prints has no seconds.
SAME_MOMENT = timedelta(minutes=1)
URL_DATE = re.compile(r"/((?:19|20)\d{2})[/-](0?[1-9]|1[0-2])[/-](0?[1-9]|[12]\d|3[01])(?=[/_.-]|T\d|$)")
URL_MARKED = re.compile(r"/((?:19|20)\d{2})([._])(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])(?=[/_.-]|$)")
# At the end of an address a day is that of the article; in the middle it may be what that is about.
URL_LAST = re.compile(r"[_-]((?:19|20)\d{2})([_-])(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])(?=(?:\.\w{1,5})?/?\Z)")
URL_COMPACT = re.compile(r"[/_-]((?:19|20)\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?=[/_.-]|$)")
URL_MONTH = r"(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
URL_DAY = r"(0?[1-9]|[12]\d|3[01])"
URL_END = r"(?=[/_.-]|$)"
URL_WORDS = re.compile(rf"/((?:19|20)\d{{2}})[/-]{URL_MONTH}[/-]{URL_DAY}{URL_END}", re.IGNORECASE)
# The day before the year: between slashes, or as a part of an address by itself.
URL_DAY_FIRST = re.compile(rf"/{URL_DAY}([/-]){URL_MONTH}\2((?:19|20)\d{{2}})(?=/|$)", re.IGNORECASE)
URL_MONTH_FIRST = re.compile(rf"/{URL_MONTH}([/-]){URL_DAY}\2((?:19|20)\d{{2}})(?=/|$)", re.IGNORECASE)
MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
MONTH = r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?\.?|July?\.?|Aug(?:ust|\.)?|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
DAY = r"\d{1,2}(?:st|nd|rd|th)?"
MONTH_FIRST = re.compile(rf"\b({MONTH})\s+({DAY})(?:\s*,\s*|\s+)((?:19|20)\d{{2}})", re.IGNORECASE)
DAY_FIRST = re.compile(rf"\b({DAY})[\s-]+(?:of\s+)?({MONTH})[\s,-]+((?:19|20)\d{{2}})", re.IGNORECASE)
CLOCK = re.compile(
    r"(?:\b|(?<![^\W\d])T)(\d{1,2})[:.](\d{2})(:[0-5]\d)?(?:\s*([ap]\.?m\b\.?)|([ap])\b)?", re.IGNORECASE
)
ZONES = {
    **dict.fromkeys(("UTC", "GMT", "UT", "Z", "z", "WET"), 0),
    **{"EST": -300, "EDT": -240, "CST": -360, "CDT": -300, "MST": -420, "MDT": -360, "PST": -480, "PDT": -420},
    **{"AKST": -540, "AKDT": -480, "HST": -600, "ADT": -180, "NDT": -150, "ART": -180, "BRT": -180},
    **{"BST": 60, "WEST": 60, "WAT": 60, "CET": 60, "MET": 60, "MEZ": 60, "CAT": 120, "SAST": 120, "EET": 120},
    **{"CEST": 120, "MEST": 120, "MESZ": 120, "EEST": 180, "MSK": 180, "EAT": 180, "PKT": 300, "IST": 330},
    **{"NPT": 345, "WIB": 420, "HKT": 480, "SGT": 480, "PHT": 480, "MYT": 480, "AWST": 480, "JST": 540, "KST": 540},
    **{"ACST": 570, "AEST": 600, "AEDT": 660},
    **{"NZST": 720, "NZDT": 780},
}
REGIONS = {"ET": "America/New_York", "CT": "America/Chicago", "MT": "America/Denver", "PT": "America/Los_Angeles"}
# Whose clocks these are writes the month before the day, or behind it.
MONTH_LEADS = frozenset((*REGIONS, "EST", "EDT", "CST", "CDT", "MST", "MDT", "PST", "PDT", "AKST", "AKDT", "HST"))
DAY_LEADS = frozenset(
    (
        "BST",
        "WEST",
        "WAT",
        "CET",
        "CEST",
        "CAT",
        "SAST",
        "EET",
        "EEST",
        "MSK",
        "EAT",
        "IST",
        "AEST",
        "AEDT",
        "NZST",
        "NZDT",
    )
)
OFFSET = r"[+-]\d{1,2}(?::?\d{2})?(?!\d)"
# "GMT+0100" is an hour ahead of GMT.
ZONE = re.compile(
    rf"(?<![A-Za-z])(?:(?:GMT|UTC)\s?{OFFSET}|{OFFSET}|(?:{'|'.join(sorted((*ZONES, *REGIONS), key=len, reverse=True))})\b)"
)


class Moment(NamedTuple):
    """A day, the moment in UTC where time and zone are told, and what is wrong with it ('' for nothing).

    `is_utc`: the day is that of UTC, which need not be the publisher's.
    """

    day: date | None
    at: datetime | None = None
    flaw: str = ""
    is_utc: bool = False


UNDATED = Moment(None)
UNREADABLE = Moment(None, None, "date_unreadable")
AMBIGUOUS = Moment(None, None, "date_ambiguous")
IMPLAUSIBLE = Moment(None, None, "date_implausible")


def read_declared_date(text: str) -> Moment:
    """The moment that a declared string tells: ISO 8601, seconds or milliseconds since 1970, RFC 2822, or words."""
    text = text.strip()[:100].replace("−", "-")
    for read in (
        read_epoch,
        read_iso,
        read_words,
        read_numbers,
        read_mail,
        read_iso_inside,
        read_numbers_inside,
        read_any,
    ):
        moment = read(text)
        if moment is not None:
            return judge_possible(moment)
    return UNREADABLE


def read_text_date(text: str) -> Moment | None:
    """The moment that a line of an article tells, such as "Published 10:02 AM EST Nov 19, 2019"; None for none."""
    moment = read_words(text) or read_iso_inside(text) or read_numbers(text, anchored=False)
    return judge_plausible(moment) if moment else None


def cut_publication(line: str) -> str:
    """The part of a line of dates that tells of the publication; empty where all tells of a change, as "Last updated 19 June 2023".

    What stands before a change by itself ("19 June 2023 | Updated 8 PM", "19 June 2023 8 PM, updated 20 June 2023") tells of the publication."""
    changed, published = CHANGED.search(line), PUBLISHED.search(line)
    if changed is None:
        return line
    if published is None:
        before, after = line[: changed.start()], line[changed.end() :]
        return before if FIELD_END.search(before) or read_text_date(after) else ""
    return line[published.start() :] if changed.start() < published.start() else line[: changed.start()]


def read_url_date(url: str) -> tuple[str, Moment] | None:
    """The day in the path of an address, such as /2023/06/19/, /2023/jun/19/ or -20230619, with the words that tell it."""
    if match := URL_DATE.search(url) or URL_COMPACT.search(url) or URL_WORDS.search(url):
        year, month, number = match.groups()
    elif match := URL_MARKED.search(url) or URL_LAST.search(url):
        year, month, number = match.group(1, 3, 4)
    elif match := URL_DAY_FIRST.search(url):
        number, month, year = match.group(1, 3, 4)
    elif match := URL_MONTH_FIRST.search(url):
        month, number, year = match.group(1, 3, 4)
    else:
        return None
    day = make_day(year, month if month.isdigit() else MONTHS.index(month[:3].lower()) + 1, number)
    return (match.group()[1:], judge_plausible(Moment(day))) if day else None


def judge_plausible(moment: Moment) -> Moment:
    """A date that nobody declared and that lies before the news web is flagged and not used."""
    return IMPLAUSIBLE if moment.day and moment.day.year < FIRST_YEAR else judge_possible(moment)


def judge_possible(moment: Moment) -> Moment:
    """A date on which nothing was published, though it is declared, is flagged and not used."""
    impossible = moment.day and (moment.day in ZERO_DAYS or moment.day.year > LAST_YEAR)
    return IMPLAUSIBLE if impossible else moment


def judge_captured(moment: Moment, captured: date | None) -> Moment:
    """A day after that on which a crawler saw the article, zones aside, is flagged and not used."""
    is_later = moment.day and captured and (moment.day - captured).days > ZONE_DAYS
    return IMPLAUSIBLE if is_later else moment


def read_epoch(text: str) -> Moment | None:
    """Seconds or milliseconds since 1970."""
    text = EPOCH_CALL.sub(r"\1", text)
    if not EPOCH.fullmatch(text):
        return None
    seconds = float(text)
    at = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds / 1000 if seconds >= 1e11 else seconds)
    return Moment(at.date(), at.replace(microsecond=0), is_utc=True)


def read_iso(text: str) -> Moment | None:
    """ISO 8601, with or without time and zone, or eight digits."""
    match = ISO.match(text)
    if match:
        return read_iso_match(text, match)
    match = COMPACT.fullmatch(text)
    if not match:
        return None
    clock = ":".join(filter(None, match.group(4, 5, 6)))
    return combine(make_day(*match.group(1, 2, 3)), clock, match.group(7))


def read_iso_inside(text: str) -> Moment | None:
    """ISO 8601 anywhere in a line."""
    match = ISO.search(text)
    return read_iso_match(text, match) if match else None


def read_iso_match(text: str, match: re.Match[str]) -> Moment:
    """The moment of a date in ISO 8601, also where its clock counts half a day."""
    told = read_clock(text[match.end(3) :]) if HALF_DAY.search(text, match.end(3)) else match.group(4, 5)
    return combine(make_day(*match.group(1, 2, 3)), *told)


def read_words(text: str) -> Moment | None:
    """A date with the month in words, and the clock around it where there is one."""
    match = MONTH_FIRST.search(text)
    month, day, year = match.group(1, 2, 3) if match else (None, None, None)
    if not match:
        match = DAY_FIRST.search(text)
        if not match:
            return None
        day, month, year = match.group(1, 2, 3)
    number = MONTHS.index(month[:3].lower()) + 1
    rest = f"{text[: match.start()]} {text[match.end() :]}"
    return combine(make_day(year, number, re.sub(r"\D", "", day)), *read_clock(rest))


def read_clock(text: str) -> tuple[str | None, str | None]:
    """The first time of day in a text as HH:MM or HH:MM:SS, and the zone that stands behind it."""
    match = CLOCK.search(text)
    if not match:
        return None, None
    hour = int(match.group(1))
    if half := match.group(4) or match.group(5):
        hour = hour % 12 + 12 * (half[0].lower() == "p")
    zone = ZONE.match(text[match.end() :].lstrip(" ("))
    return f"{hour:02}:{match.group(2)}{match.group(3) or ''}", zone.group() if zone else None


def read_numbers(text: str, anchored: bool = True) -> Moment | None:
    """A date in numbers with slashes, dots or dashes; flagged where day and month could be either way round."""
    match = YEAR_FIRST.match(text) if anchored else YEAR_FIRST.search(text)
    if match:
        return combine(make_day(*match.groups()), *read_clock(text[match.end() :]))
    match = SLASHED.match(text) if anchored else SLASHED.search(text)
    if not match:
        return None
    if len(match.group(3)) == 2:
        day = read_short_year(*map(int, match.groups()))
        return combine(day, *read_clock(text[match.end() :])) if day else AMBIGUOUS
    first, second, year = map(int, match.groups())
    clock, zone = read_clock(text[match.end() :])
    if first <= 12 and second <= 12 and first != second and zone not in (*MONTH_LEADS, *DAY_LEADS):
        return AMBIGUOUS
    month, day = (second, first) if first > 12 or (zone in DAY_LEADS and second <= 12) else (first, second)
    return combine(make_day(year, month, day), clock, zone)


def read_numbers_inside(text: str) -> Moment | None:
    """A date in numbers anywhere in a text, such as behind a time of day."""
    return read_numbers(text, anchored=False)


def read_short_year(*numbers: int) -> date | None:
    """The day of three numbers of two figures, where only one order of year, month and day makes one."""
    orders = ((0, 1, 2), (2, 1, 0), (2, 0, 1))
    days = {make_day(widen_year(numbers[y]), numbers[m], numbers[d]) for y, m, d in orders} - {None}
    return days.pop() if len(days) == 1 else None


def widen_year(year: int) -> int:
    """The year that two figures mean: 70 to 99 are of the last century."""
    return year + (2000 if year < 70 else 1900)


def read_mail(text: str) -> Moment | None:
    """RFC 2822, as feeds write dates."""
    try:
        at = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return Moment(at.date(), to_utc(at) if at.tzinfo else None, is_utc=at.tzinfo is not None and not at.utcoffset())


def read_any(text: str) -> Moment | None:
    """Whatever dateutil reads as a whole date: two readings with different defaults must agree. "1-2-3" is none."""
    if not WHOLE_DATE.search(text):
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", parser.UnknownTimezoneWarning)
            readings = {
                parser.parse(text, default=datetime(year, year % 12 + 1, year % 28 + 1)) for year in (2001, 2014)
            }
    except (ValueError, OverflowError, TypeError, RecursionError):
        return None
    days = {reading.date() for reading in readings}
    return Moment(days.pop()) if len(days) == 1 and FIRST_YEAR <= min(days).year <= LAST_YEAR else None


def make_day(year: str | int, month: str | int, day: str | int) -> date | None:
    """The day, or None where there is no such day."""
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def combine(day: date | None, clock: str | None, zone: str | None) -> Moment:
    """A moment from its parts; without a zone the moment in UTC stays open."""
    if day is None:
        return UNREADABLE
    offset = read_zone(zone)
    if not clock or offset is None:
        return Moment(day)
    numbers = [int(part) for part in clock.split(":")]
    if numbers[0] > 23 or max(numbers[1:]) > 59:
        return Moment(day)
    at = datetime(day.year, day.month, day.day, *numbers, tzinfo=offset)
    if at.utcoffset() and not any(numbers):  # so systems write a day of their own zone
        return Moment(day)
    return Moment(day, to_utc(at), is_utc=not at.utcoffset())


def to_utc(at: datetime) -> datetime | None:
    """The same moment in UTC; None where that leaves the calendar."""
    try:
        return at.astimezone(UTC)
    except OverflowError:
        return None


def read_zone(zone: str | None) -> timezone | ZoneInfo | None:
    """The time zone of an abbreviation or offset; None for none or an unknown one."""
    if not zone:
        return None
    if zone in REGIONS or "/" in zone:
        return find_region(REGIONS.get(zone, zone))
    if zone in ZONES:
        return timezone(timedelta(minutes=ZONES[zone]))
    match = re.fullmatch(r"(?:GMT|UTC)?\s?([+-])(\d{1,2}):?(\d{2})?", zone)
    if not match or int(match.group(2)) > 14 or int(match.group(3) or 0) > 59:
        return None
    minutes = int(match.group(2)) * 60 + int(match.group(3) or 0)
    return timezone(timedelta(minutes=-minutes if match.group(1) == "-" else minutes))


def find_region(name: str) -> ZoneInfo | None:
    """The time zone of a region of the world, such as Europe/Paris; None for one that is not known."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return None


def choose_dates(moments: Sequence[Moment]) -> tuple[Moment, list[int]]:
    """The first moment that tells a day, and its place; a later one may add the time that it lacks, or the publisher's day.

    Without any, no day and no place.
    """
    days = [place for place, moment in enumerate(moments) if moment.day is not None]
    if not days:
        return UNDATED, []
    first = moments[days[0]]
    local = next((place for place in days[1:] if is_local_day(first, moments[place])), None)
    if local is not None:
        return first._replace(day=moments[local].day, is_utc=False), [days[0], local]
    timed = [place for place in days if moments[place].day == first.day and moments[place].at is not None]
    if not timed or timed[0] == days[0]:
        return first, days[:1]
    return moments[timed[0]], [days[0], timed[0]]


def is_local_day(first: Moment, other: Moment) -> bool:
    """Whether the other tells the day that a moment in UTC had where it was published: the same moment, or a day that it can be."""
    if not first.is_utc or first.at is None or other.is_utc or other.day is None or other.day == first.day:
        return False
    if other.at is not None:
        return abs(other.at - first.at) <= SAME_MOMENT
    hour, ahead = first.at.hour, (other.day - first.at.date()).days
    return (ahead == -1 and hour < WEST_HOURS) or (ahead == 1 and hour >= 24 - EAST_HOURS)
