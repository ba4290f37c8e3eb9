"""What a text states right beside a name: titles, sex, and the words that describe who or what it is."""

from dataclasses import dataclass
from functools import cache

from quotidian.tasks.extract.names.mentions import GLUED, Name, read_titles
from quotidian.tasks.extract.parsing.parse import Parse
from quotidian.tasks.store.facts import read_facts

LONGEST_TITLE = 3
"""Words of a title ("secretary of state")."""
BESIDE = frozenset((",", "(", '"', "-", "–", "—"))
LEAST_LETTERS = 3
"""Of a describing word that is no title ("MP")."""
DESCRIBING_TAGS = frozenset(("NN", "NNS", "NNP", "NNPS", "JJ"))
COMMON_NOUNS = frozenset(("NN", "NNS"))
SEVERAL = "of several"
"""Told of a name that two people of an article bear, where either may be meant."""
FARTHEST = 12
"""Tokens of a description on one side of a name."""


@dataclass(frozen=True, slots=True)
class Stated:
    """What stands right beside one name: its titles, nearest first; sex as `male`, `female`, `other` (Mx.) or empty; describing words."""

    titles: tuple[str, ...] = ()
    sex: str = ""
    words: frozenset[str] = frozenset()


@cache
def read_kin_nouns() -> dict[str, str]:
    """Gender of each noun of seeds/kin_nouns.csv."""
    return {row["noun"]: row["gender"] for row in read_facts("kin_nouns")}


def read_stated(parse: Parse, name: Name) -> Stated:
    """What the text states beside a name of a person."""
    titles = find_titles(parse, name)
    genders = [read_titles()[title] for title in titles if read_titles()[title]]
    sex = genders[0] if genders else find_kinship(parse, name)
    return Stated(titles, sex, find_description(parse, name))


def find_titles(parse: Parse, name: Name) -> tuple[str, ...]:
    """Titles right before a name, nearest first ("former | President | Ruto")."""
    found, last = [], name.first
    while last > 0 and parse.sentence_of[last - 1] == parse.sentence_of[name.first]:
        size = next(
            (n for n in range(min(LONGEST_TITLE, last), 0, -1) if spell_title(parse, last - n, last) in read_titles()),
            0,
        )
        if not size:
            break
        found.append(spell_title(parse, last - size, last))
        last -= size
    return tuple(found)


def spell_title(parse: Parse, first: int, last: int) -> str:
    """Words of a possible title without stops."""
    return " ".join(word.rstrip(".") for word in parse.words[first:last])


def find_kinship(parse: Parse, name: Name) -> str:
    """Sex that a word of kinship right before a name or in apposition behind it tells ("his wife, Lydia Berg")."""
    kin, words = read_kin_nouns(), parse.words
    before = name.first - 1
    while before > 0 and words[before] in BESIDE:
        before -= 1
    if before >= 0 and parse.sentence_of[before] == parse.sentence_of[name.first] and words[before] in kin:
        return kin[words[before]]
    after = words[name.last : name.last + 3]
    is_apposition = len(after) == 3 and after[0] == "," and after[1] in ("his", "her", "the", "a") and after[2] in kin
    if is_apposition:
        return kin[after[2]] if words[name.last + 3 : name.last + 4] != ["'s"] else ""
    beside = (words[token] for token in find_apposition(parse, name) if parse.heads[token] == name.last - 1)
    return next((kin[word] for word in beside if word in kin), "")


def find_description(parse: Parse, name: Name) -> frozenset[str]:
    """Nouns, names and adjectives in front of a name within its noun phrase, and of the apposition behind it."""
    first = name.first
    while first > max(0, name.first - FARTHEST) and parse.tags[first - 1] in DESCRIBING_TAGS:
        first -= 1
    tokens = [*range(first, name.first), *find_apposition(parse, name), *find_described(parse, name)]
    words = (parse.words[token] for token in tokens if parse.tags[token] in DESCRIBING_TAGS)
    words = (word for word in words if word not in GLUED)
    return frozenset(word for word in words if (len(word) >= LEAST_LETTERS or word in read_titles()) and word.isalpha())


def find_described(parse: Parse, name: Name) -> range:
    """Tokens of the phrase to which a name is added behind a comma ("the head of the harbour police in Ostrel, Brian Marlow,
    said"): to its noun, or to the last name in it."""
    head = parse.heads[name.last - 1]
    while parse.deps[head] == "pobj" and parse.deps[parse.heads[head]] == "prep":
        above = parse.heads[parse.heads[head]]
        if parse.tags[above] not in COMMON_NOUNS and parse.tags[head] in COMMON_NOUNS:
            break  # "according to its president, Brian Marlow"
        head = above
    is_added = parse.deps[name.last - 1] == "appos" and parse.tags[head] in COMMON_NOUNS
    if not is_added or parse.words[name.first - 1] != "," or not name.first - FARTHEST < head < name.first:
        return range(0)
    first = head
    while first > 0 and parse.tags[first - 1] in DESCRIBING_TAGS:
        first -= 1
    return range(first, name.first - 1)


def find_apposition(parse: Parse, name: Name) -> range:
    """Tokens of the phrase between a comma behind a name and the next one ("…, chief economist of Helvar Bank in Oslo.")."""
    start = name.last + 1
    if parse.words[name.last : start] != [","]:
        return range(0)
    last = start
    sentence = parse.sentence_of[name.first]
    while last < min(len(parse), start + FARTHEST) and parse.sentence_of[last] == sentence and parse.words[last] != ",":
        last += 1
    is_noun = any(parse.heads[token] == name.last - 1 and parse.deps[token] == "appos" for token in range(start, last))
    return range(start, last) if is_noun else range(0)
