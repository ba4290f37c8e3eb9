"""Repair spacing: odd and doubled spaces, runs of empty lines, stops and commas that stand alone."""

import re
from collections.abc import Iterable, Iterator

from .dates import CHANGED, read_text_date
from .encoding import is_printable
from .trace import Change, Trace, apply_changes

KIND = "spacing"
# Whole runs of blanks, except a single space, a line end and an empty line.
ODD_BLANKS = re.compile(r"[^\S \n]\s*| \s+|\n{1,2}[^\S\n]\s*|\n{3,}\s*")
# The same where all blanks are spaces and line ends, which is found faster.
PLAIN_STARTS = ("  ", " \n", "\n ", "\n\n\n")
PLAIN_BLANKS = re.compile(r"(?:  | \n|\n |\n\n |\n\n\n)\s*")
# "unresolved. . The", "relationship. ." at the end; not the spaced ellipsis ". . ."
STRAY_STOP = re.compile(r" \.(?<=[\w)\]”’\"'][.!?] \.)(?! \.)(?=\s|\Z)")
# "first meeting. , in Anchorage": the stop is the stray one, unless it belongs to an abbreviation.
STOP_COMMA = re.compile(r"\. ,(?<=[\w)\]”’\"']\. ,)(?=\s|\Z)")
LOOSE_MARK = re.compile(r" (?<=[\w)\]”’\"'] ) *([,;.])(?![.\w])(?! [.])")
ABBREVIATION = re.compile(
    r"(?:\b[A-Za-z]|\.[A-Za-z]|\b(?:Inc|Corp|Co|Ltd|Jr|Sr|Bros|No|St|etc|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec"
    r"|Calif|Mass|Conn|Minn|Penn|Tenn|Wash|Wis|Ariz|Colo|Fla|Ill|Ind|Kan|Mich|Miss|Mo|Mont|Neb|Nev|Okla|Ore|Tex|Va|Vt))\Z"
)

# The head of a text, and its lines that may be a date of publication.
HEAD_CHARS = 2_000
SHORT_LINE = re.compile(r"^[^\n]{6,120}$", re.MULTILINE)
# Numbers of dates and times that were cut into tokens: "7 : 40", "04 / 28 / 09", "2012 - 04 - 04", "22 . 34", "p . m .", "Mar . 14".
CUT_NUMBERS = re.compile(
    r"(?<=\d)(?: [:.] ?|[:.] )(?=\d\d(?!\d))|(?<=\d) / (?=\d)|(?<=\d) - (?=\d\d - \d)|(?<=\d - \d\d) - (?=\d)"
    r"|(?<=\b[ap]) ?\. ?(?=m\b)|(?<=\b[ap] \. m) \.|(?<=[A-Za-z]{3}) \.(?= \d)|(?<=\bSept) \.(?= \d)",
    re.IGNORECASE,
)
# An address above a text that was cut into tokens.
CUT_ADDRESS = re.compile(r"^https? ?: ?/ ?/ \S[^\n]{3,500}$", re.MULTILINE)


def repair_spacing(trace: Trace) -> Trace:
    """The text with its blanks in order: single spaces, at most one empty line, none at the ends."""
    return apply_changes(trace, find_blanks(trace.text))


def repair_stops(trace: Trace) -> Trace:
    """The text without stops that stand alone and without spaces before commas and stops."""
    if " ." in trace.text:
        trace = apply_changes(trace, find_stray_stops(trace.text))
    if " ," in trace.text or " ." in trace.text or " ;" in trace.text:
        trace = apply_changes(trace, find_loose_marks(trace.text))
    return trace


def close_head(trace: Trace) -> Trace:
    """The text without the blanks that a tokeniser left in dates and addresses at its head."""
    text = trace.text[:HEAD_CHARS]
    return apply_changes(trace, [*find_cut_numbers(text), *find_cut_addresses(text)])


def find_cut_numbers(head: str) -> Iterator[Change]:
    """Blanks within the numbers of short lines that tell a date without them, or when something was changed."""
    for line in SHORT_LINE.finditer(head):
        found = list(CUT_NUMBERS.finditer(head, *line.span()))
        if found and tells_time(CUT_NUMBERS.sub(close_blanks, line.group())):
            for cut in found:
                yield Change(cut.start(), cut.end(), close_blanks(cut), "cut_number", KIND)


def close_blanks(match: re.Match[str]) -> str:
    """What was found, without its blanks."""
    return match.group().replace(" ", "")


def tells_time(line: str) -> bool:
    """Whether a line tells a date, or when something was changed."""
    return CHANGED.search(line) is not None or read_text_date(line) is not None


def find_cut_addresses(head: str) -> Iterator[Change]:
    """Blanks within lines that are addresses."""
    for line in CUT_ADDRESS.finditer(head):
        for blank in re.finditer(" +", line.group()):
            start = line.start() + blank.start()
            yield Change(start, start + len(blank.group()), "", "cut_address", KIND)


def find_blanks(text: str) -> Iterator[Change]:
    """Runs of blanks that are more, or others, than they should be."""
    first, last = len(text) - len(text.lstrip()), len(text.rstrip())
    if first:
        yield Change(0, first, "", "blank_ends", KIND)
    is_plain = is_printable(text)
    if not is_plain or any(start in text for start in PLAIN_STARTS):
        odd = PLAIN_BLANKS if is_plain else ODD_BLANKS
        yield from shorten_odd(odd.finditer(text, first, last))
    if first < last < len(text):
        yield Change(last, len(text), "", "blank_ends", KIND)


def shorten_odd(found: Iterable[re.Match[str]]) -> Iterator[Change]:
    """What becomes of runs of blanks."""
    for match in found:
        yield Change(match.start(), match.end(), shorten_blanks(match.group()), "blanks", KIND)


def shorten_blanks(blanks: str) -> str:
    """One space, one line end, or one empty line, whichever the blanks amount to."""
    return ("\n" * min(blanks.count("\n"), 2)) or " "


def find_stray_stops(text: str) -> Iterator[Change]:
    """Stops that stand alone after a sentence that has its own."""
    for match in STRAY_STOP.finditer(text):
        yield Change(match.start(), match.end(), "", "stray_stop", KIND)


def find_loose_marks(text: str) -> Iterator[Change]:
    """Commas and stops with a space before them, and the stray stop before a comma."""
    for match in STOP_COMMA.finditer(text):
        keeps_stop = ABBREVIATION.search(text, max(0, match.start() - 12), match.start())
        yield Change(match.start(), match.end(), ".," if keeps_stop else ",", "stray_stop", KIND)
    for match in LOOSE_MARK.finditer(text):
        yield Change(match.start(), match.end(), match.group(1), "loose_mark", KIND)
