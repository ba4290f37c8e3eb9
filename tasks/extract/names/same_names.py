"""Two people of one whole name in one article: from where the text tells of the second one on, the name is left open."""

import re
from collections import Counter
from dataclasses import replace
from functools import cache

from quotidian.tasks.extract.names.chain_people import Chain
from quotidian.tasks.extract.names.mentions import Name, form
from quotidian.tasks.extract.names.person_names import bare_surname, read_person_name
from quotidian.tasks.extract.names.stated import SEVERAL, Stated, read_kin_nouns
from quotidian.tasks.extract.parsing.parse import Parse

WINDOW = 90
"""Characters before a name that are searched for what tells him from another one."""
ANOTHER = r"\b(?i:another|(?:a|an|the|one) (?:different|second|other|unrelated))"
SECOND = re.compile(
    rf"{ANOTHER}(?: [a-z][\w-]*){{1,3}},? (?:also )?(?:named|called) $|\b(?:(?i:his|her|their) (?:[a-z]+ )?namesake|,? (?:who is )?also (?:named|called)),? $|, also $"
)
"""Words before a name of a second person who bears it ("another man named | Ann Lee", "his namesake, | Ann Lee", "the mayor, also | Ann Lee")."""
ALONE = re.compile(rf"{ANOTHER} (?:[A-Z][\w.]* ){{0,2}}$")
"""Words before it that also compare ("we need another | Ann Lee") unless it is told who that is."""
TOLD = re.compile(r" ?[,(]")
COUNTED = re.compile(r"\b(?i:two|three|four|several|both)(?: [a-z][\w-]*){0,3} (?:named|called) $")
"""Words before the name of several people ("two men named | Ann Lee")."""
AGED = re.compile(r", (\d{2})(?:,|\.| and\b)")
"""The age of somebody, behind his name."""
LEAST_AGE, LEAST_YEARS = 16, 2
"""Years, and how many of them two people of one name are apart: from one day to the next somebody is a year older."""
SHARING = re.compile(r"\bshared? (?:a|the|his|her|their)(?: same)? name\b|\bsame name\b|\bnamesakes?\b")
"""Words that tell somewhere in a text that two people bear one name."""
UNRELATED = re.compile(
    r"\b(?:two|both|they|men|women|pair|who) (?:are|were) (?:not related|unrelated|no relation)\b|\bno relation\b"
)
"""The same, unless the text names others of that surname."""


def part_same_names(parse: Parse, chains: list[Chain]) -> list[Chain]:
    """The chains, each of whose name two people bear parted in two: his until the second one is told of, and all names behind it, `SEVERAL` told of
    each, since either of them may be meant."""
    is_sharing, is_unrelated = (pattern.search(parse.view) is not None for pattern in (SHARING, UNRELATED))
    surnames = Counter(
        surname for chain in chains for surname in {bare_surname(name.surname) for name in chain.full.values()}
    )
    parts = []
    for chain in chains:
        is_alone = all(surnames[bare_surname(name.surname)] == 1 for name in chain.full.values())
        parts += part_chain(parse, chain, is_sharing or (is_unrelated and is_alone))
    return sorted(parts, key=lambda part: part.names[0].first)


def part_chain(parse: Parse, chain: Chain, is_told: bool) -> list[Chain]:
    """The parts of one chain; the chain where nothing tells of a second person."""
    whole = [place for place, name in enumerate(chain.names) if read_person_name(form(name)).is_full]
    if len(whole) < 2:
        return [chain]
    second = find_second(parse, chain, whole, is_told)
    if second is None:
        return [chain]
    cut = max(second, whole[1])
    rest = Chain(dict(chain.full), chain.names[cut:], [mark(stated) for stated in chain.stated[cut:]])
    return [replace(chain, names=chain.names[:cut], stated=chain.stated[:cut]), rest]


def mark(stated: Stated) -> Stated:
    """What stands beside a name of which either of two people may be meant."""
    return replace(stated, words=stated.words | {SEVERAL})


def find_second(parse: Parse, chain: Chain, whole: list[int], is_told: bool) -> int | None:
    """The place, among the names of a chain, of the first that is, or may be, of another person; `whole` are those of whole names."""
    ages, told = set(), []
    for place in whole:
        name = chain.names[place]
        if tells_of_second(parse, name, place > whole[0]):
            return place
        age = AGED.match(parse.view, parse.ends[name.last - 1])
        if age and int(age[1]) >= LEAST_AGE:
            ages.add(int(age[1]))
            if max(ages) - min(ages) >= LEAST_YEARS:
                return place
        words = chain.stated[place].words
        if is_told and words:
            if any(words.isdisjoint(other) for other in told):
                return place
            told.append(words)
    return None


def tells_of_second(parse: Parse, name: Name, is_known: bool) -> bool:
    """Whether words before a name tell that two bear it; `is_known` where the text has named somebody so before."""
    start, end = parse.starts[name.first], parse.ends[name.last - 1]
    before = parse.view[max(0, start - WINDOW) : start].replace("\n", " ")
    if COUNTED.search(before) or (is_known and is_behind_kin(before, parse.view[start:end])):
        return True
    return is_known and bool(SECOND.search(before) or (ALONE.search(before) and TOLD.match(parse.view, end)))


def is_behind_kin(before: str, name: str) -> bool:
    """Whether the same name stands before a name, and nothing between them but what relatives they are ("Ann Lee, the mother of the skater | Ann Lee",
    "Ann Lee, whose daughter | Ann Lee")."""
    place = before.rfind(name)
    return place >= 0 and between_kin().fullmatch(before, place + len(name)) is not None


@cache
def between_kin() -> re.Pattern[str]:
    """Words between the names of two relatives."""
    kin = "|".join(sorted(read_kin_nouns()))
    first = r"(?:,(?: \d\d,)?(?: (?:the|a|and|whose|himself|herself|who is)){0,2}| and (?:his|her)|'s)"
    return re.compile(
        rf"{first}(?: [a-z][\w-]*){{0,2}}? (?:{kin}),?(?: of)?(?: (?:the|a|his|her))?(?: [a-z][\w-]*){{0,3}},? "
    )
