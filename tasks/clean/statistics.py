"""Tables of figures, as extractors write the tables of a page, and boxes of what is for and against a thing."""

import re
from collections.abc import Iterator
from itertools import groupby, takewhile

from .lines import Line

LEAST_ROWS = 3
# Of the only row below the names of columns: a quotation of a share has last price, change and share of it.
LEAST_FIGURES = 3
# A cell of so many words says something; its table is part of the story.
PROSE_WORDS = 8
# "107.5mg", "$10,000", "(12%)", "700 HP", "12.4/100", "-0.77%"; "Dec 5" and "Room 12" are none.
FIGURE = re.compile(
    r"[^\w\n]{0,3}\d[\d.,:/x–-]*\s?[^\W\d_]{0,4}[^\w\n]{0,3}|.{1,40}\s[$£€]?\d[\d.,]*\s?[^\W\d_]{0,4}%?"
)
# A table of days is a calendar, which people read.
DAY = re.compile(
    r"\b(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun|Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?"
    r"|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?,?\s\d)|\d\s(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
)
FOR = frozenset(("pros", "the pros", "the good", "likes", "what we like", "we like", "reasons to buy"))
AGAINST = frozenset(
    ("cons", "the cons", "the bad", "dislikes", "what we don't like", "we don't like", "reasons to avoid")
)
LABEL_CHARS = 40
DIVIDER = re.compile(r"[|\s:=-]+")


def find_tables(lines: list[Line]) -> Iterator[list[Line]]:
    """The rows of each table whose rows are figures in the main; the words of other tables are the story's."""
    for is_row, rows in groupby(lines, is_table_row):
        block = list(rows)
        if is_row and is_statistics([read_cells(line) for line in block]):
            yield block


def is_table_row(line: Line) -> bool:
    """Whether a line is a row of cells between bars."""
    return line.text.startswith("|") and line.text.endswith("|") and line.text.count("|") > 2


def read_cells(line: Line) -> list[str]:
    """The cells of a row that hold something; none of one that draws a line."""
    return [] if DIVIDER.fullmatch(line.text) else [cell.strip() for cell in line.text.split("|") if cell.strip()]


def is_told(cell: str) -> bool:
    """Whether a cell holds prose or a day."""
    return len(cell.split()) >= PROSE_WORDS or DAY.search(cell) is not None


def is_statistics(rows: list[list[str]]) -> bool:
    """Whether at least half of the rows of a table hold a figure, one of few rows several; and no cell prose or a day."""
    told = [row for row in rows if row]
    least = 1 if len(told) >= LEAST_ROWS else LEAST_FIGURES
    if len(told) < 2 or any(is_told(cell) for row in told for cell in row):
        return False
    return 2 * sum(sum(map(is_figure, row)) >= least for row in told) >= len(told)


def is_figure(cell: str) -> bool:
    return FIGURE.fullmatch(cell) is not None


def find_boxes(lines: list[Line]) -> Iterator[list[Line]]:
    """The lines of each box beside a review that lists what is for a thing and what against it; one list alone is none."""
    place = 0
    while place < len(lines):
        ahead = read_list(lines, place, FOR)
        behind = read_list(lines, place + len(ahead), AGAINST) if ahead else []
        if behind:
            yield ahead + behind
        place += len(ahead + behind) or 1


def read_list(lines: list[Line], place: int, labels: frozenset[str]) -> list[Line]:
    """A label and the items below it, if they stand at a place."""
    if (
        place >= len(lines)
        or len(lines[place].text) > LABEL_CHARS
        or lines[place].text.lower().replace("’", "'").rstrip(":") not in labels
    ):
        return []
    items = list(takewhile(lambda line: line.has_bullet, lines[place + 1 :]))
    return [lines[place], *items] if items else []
