"""People with a nickname in marks inside their name ("Otto “Big Otto” Berg"), which the recogniser takes apart."""

import re
from bisect import bisect_left

from quotidian.tasks.extract.names.countries import find_country
from quotidian.tasks.extract.names.given_names import is_given
from quotidian.tasks.extract.names.mentions import Name, make_name, replace_names
from quotidian.tasks.extract.parsing.parse import Parse

WORD = r"[A-Z][\w’'-]{1,30}+"
NICKNAMED = re.compile(
    rf"\b(?P<given>{WORD}(?: {WORD}){{0,2}}+) (?:\(?\"[A-Z][\w.' -]{{0,30}}\"\)?|\(?'[A-Z][\w. -]{{0,30}}'\)?) "
    rf"(?P<surname>{WORD})(?: (?:Jr|Sr)\b\.?)?"
)
"""Given names, a nickname in marks, and a surname."""


def join_nicknames(parse: Parse, names: list[Name]) -> list[Name]:
    """The names, with one in place of the parts of each that has a nickname inside; in the order of the text."""
    joined = [name for match in NICKNAMED.finditer(parse.view) if (name := read_nicknamed(parse, match))]
    return replace_names(names, joined)


def read_nicknamed(parse: Parse, match: re.Match[str]) -> Name | None:
    """The person, from his given name on, where one is known as such and neither end of the name is a place."""
    given, start = match["given"].split(" "), match.start()
    while given and (not is_given(given[0]) or find_country(given[0])):
        start += len(given.pop(0)) + 1
    if not given or find_country(match["surname"]):
        return None
    first, last = bisect_left(parse.starts, start), bisect_left(parse.starts, match.end())
    is_whole = parse.sentence_of[first] == parse.sentence_of[last - 1]
    return make_name(parse, first, last, "PERSON") if is_whole else None
