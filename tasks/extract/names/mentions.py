"""Name mentions: the recogniser's spans with titles, possessives and line breaks cut off."""

from dataclasses import dataclass
from functools import cache

from quotidian.tasks.extract.parsing.parse import Parse
from quotidian.tasks.store.facts import read_facts
from quotidian.tasks.tables.kinds import NAME_TYPES

EDGE_WORDS = frozenset(
    [
        "the",
        "a",
        "an",
        "this",
        "that",
        "these",
        "those",
        "his",
        "her",
        "its",
        "their",
        "our",
        "my",
        "your",
        "'s",
        "'",
        '"',
        ",",
        ".",
        "-",
        "–",
        "—",
        "(",
        "[",
        ":",
        ";",
        "&",
        "and",
        "or",
        "of",
    ]
)
NAME_STARTS = frozenset(("al", "bin", "da", "de", "del", "di", "dos", "du", "el", "ibn", "la", "le", "van", "von"))
"""Small words that a name may start with."""
KEPT_LAST = frozenset(("inc", "inc.", "corp.", "co.", "ltd.", "jr.", "sr."))


@dataclass(frozen=True, slots=True)
class Name:
    """One place where the text names something: token span, label, and the words of the name."""

    first: int
    last: int
    label: str
    words: tuple[str, ...]


Form = tuple[str, ...]
"""Words of a name in small letters without stops: equal names have equal forms."""


def form(name: Name) -> Form:
    """The form under which equal names are counted."""
    return tuple(word.lower().replace(".", "") or word for word in name.words)


@cache
def read_titles() -> dict[str, str]:
    """Titles of seeds/titles.csv in lower case without stops, with the gender that they tell, or ''."""
    return {row["title"]: row["gender"] for row in read_facts("titles")}


def find_names(parse: Parse) -> list[Name]:
    """The names that the recogniser found, of the types that the tables know, in the order of the text."""
    names = []
    for entity in parse.entities:
        if entity.label in NAME_TYPES:
            for first, last in split_at_breaks(parse, entity.start, entity.end):
                name = trim_name(parse, first, last, entity.label)
                if name:
                    names.append(name)
    return names


def split_at_breaks(parse: Parse, first: int, last: int) -> list[tuple[int, int]]:
    """The span cut where a line or a sentence ends inside it, and where a bracket opens ("World Bank (WB")."""
    pieces, start = [], first
    for token in range(first, last):
        word = parse.words[token]
        new_sentence = token > start and parse.sentence_of[token] != parse.sentence_of[token - 1]
        if "\n" in word or word == "(" or new_sentence:
            pieces.append((start, token))
            start = token if new_sentence else token + 1
    return [(a, b) for a, b in [*pieces, (start, last)] if a < b]


def trim_name(parse: Parse, first: int, last: int, label: str) -> Name | None:
    """The name without articles, marks and possessive at its edges, and a person's without title."""
    words = parse.words
    first, last = cut_small_words(parse, first, last, label)
    while first < last and (words[first] in EDGE_WORDS or words[first].isspace()):
        first += 1
    while (
        first < last
        and (words[last - 1] in EDGE_WORDS or words[last - 1].isspace())
        and words[last - 1] not in KEPT_LAST
    ):
        last -= 1
    if label == "PERSON":
        first = take_first_name(parse, skip_titles(parse, first, last))
    is_small_only = label in ("PERSON", "ORG") and all(is_small(parse, token) for token in range(first, last))
    if first >= last or is_small_only or not any(word[0].isalnum() for word in words[first:last]):
        return None
    return make_name(parse, first, last, label)


def cut_small_words(parse: Parse, first: int, last: int, label: str) -> tuple[int, int]:
    """The name without small words in front ("last Roads Party", "pro-Berg") and, of people and organisations, behind it
    ("Anna's Bakery with old friends"); parts of hyphenated words stay ("Ki-moon")."""
    if not is_small(parse, first) and not is_small(parse, last - 1):
        return first, last
    kept = [token for token in range(first, last) if not is_small(parse, token)]
    if not kept:
        return first, last
    while first < kept[0] and parse.words[first] not in NAME_STARTS:
        first += 1
    while label in ("PERSON", "ORG") and last - 1 > kept[-1] and parse.ends[last - 2] < parse.starts[last - 1]:
        last -= 1
    return first, last


def is_small(parse: Parse, token: int) -> bool:
    """Whether a token has no capital and no figure."""
    word = parse.view[parse.starts[token] : parse.ends[token]]
    return word == word.lower() and not any(character.isdigit() for character in word)


def skip_titles(parse: Parse, first: int, last: int) -> int:
    """First token after the titles that a person's name starts with, of one or two words each."""
    titles = read_titles()
    while first < last - 1:
        one = parse.words[first].rstrip(".")
        two = f"{one} {parse.words[first + 1]}"
        if two in titles and first < last - 2:
            first += 2
        elif one in titles:
            first += 1
        else:
            break
    return first


def take_first_name(parse: Parse, first: int) -> int:
    """Where a name starts with an initial, the capitalised word before it ("Antony" of "Antony J. Blinken")."""
    word = parse.words[first]
    before = parse.words[first - 1].rstrip(".") if first else ""
    is_initial = len(word) == 2 and word.endswith(".")
    if is_initial and before.isalpha() and parse.tags[first - 1] == "NNP" and before not in read_titles():
        return first - 1 if parse.sentence_of[first - 1] == parse.sentence_of[first] else first
    return first


def make_name(parse: Parse, first: int, last: int, label: str) -> Name:
    text = parse.view
    words = (text[parse.starts[i] : parse.ends[i]] for i in range(first, last))
    return Name(first, last, label, tuple(word for word in words if not word.isspace()))
