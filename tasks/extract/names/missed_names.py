"""Names that the recogniser missed in one place though the article, or the list of places, knows them."""

from collections import Counter, defaultdict
from functools import cache

from quotidian.tasks.extract.names.mentions import Name, make_name
from quotidian.tasks.extract.names.name_types import read_places
from quotidian.tasks.extract.parsing.parse import Parse
from quotidian.tasks.store.facts import read_facts

NAME_TAGS = frozenset(("NNP", "NNPS", "NN", "JJ", "NNS", "FW"))
SHORTEST_SURNAME = 3
ACRONYM_LENGTHS = range(2, 9)

Lexicon = dict[str, dict[tuple[str, ...], str]]


def add_missed_names(parse: Parse, names: list[Name]) -> list[Name]:
    """All names with the missed ones, in the order of the text; names of common words are left out."""
    names = drop_common_words(parse, names)
    lexicon = collect_spellings(parse, names)
    covered = bytearray(len(parse))
    for name in names:
        covered[name.first : name.last] = b"\x01" * (name.last - name.first)
    added = add_acronyms(parse, names, covered)
    for token, word in enumerate(parse.words):
        if word in lexicon and not covered[token] and parse.tags[token] in NAME_TAGS:
            name = match_name(parse, token, lexicon[word], covered)
            if name:
                added.append(name)
                covered[name.first : name.last] = b"\x01" * (name.last - name.first)
    return sorted([*names, *added], key=lambda name: name.first)


def drop_common_words(parse: Parse, names: list[Name]) -> list[Name]:
    """Leave out single words that the article writes small more often ("Government", "the government")."""
    singles = {name.words[0].lower() for name in names if len(name.words) == 1}
    small = Counter(
        word
        for word, start in zip(parse.words, parse.starts, strict=True)
        if word in singles and parse.view[start].islower()
    )
    capital = Counter(name.words[0].lower() for name in names if len(name.words) == 1 and name.words[0][0].isupper())
    return [
        name
        for name in names
        if len(name.words) > 1 or name.label == "NORP" or small[name.words[0].lower()] <= capital[name.words[0].lower()]
    ]


def collect_spellings(parse: Parse, names: list[Name]) -> Lexicon:
    """Spellings to look for by their first word in small letters: all names, surnames, and known places."""
    lexicon: Lexicon = defaultdict(dict)
    small = {word for word, start in zip(parse.words, parse.starts, strict=True) if parse.view[start].islower()}
    for name in names:
        if name.words[0][0].isupper():
            lexicon[name.words[0].lower()].setdefault(name.words, name.label)
    for name in names:
        surname = name.words[-1]
        is_full = name.label == "PERSON" and len(name.words) > 1 and surname[0].isupper()
        is_known = surname.lower() in small or (surname.lower(),) in read_places()
        if is_full and not is_known and len(surname) >= SHORTEST_SURNAME:
            lexicon[surname.lower()].setdefault((surname,), "PERSON")
    for place, label in spell_places():
        lexicon[place[0].lower()].setdefault(place, label)
    return lexicon


@cache
def spell_places() -> tuple[tuple[tuple[str, ...], str], ...]:
    """Words and type of each place of seeds/places.csv, as written there."""
    return tuple((tuple(row["name"].replace("-", " - ").split()), row["type"]) for row in read_facts("places"))


def match_name(parse: Parse, token: int, spellings: dict[tuple[str, ...], str], covered: bytearray) -> Name | None:
    """The longest known spelling that starts at `token` and covers no other name."""
    for words in sorted(spellings, key=len, reverse=True):
        last = token + len(words)
        fits = last <= len(parse) and not any(covered[token:last]) and spell(parse, token, last) == words
        if fits and parse.sentence_of[token] == parse.sentence_of[last - 1]:
            return make_name(parse, token, last, spellings[words])
    return None


def add_acronyms(parse: Parse, names: list[Name], covered: bytearray) -> list[Name]:
    """Acronyms in brackets right behind a longer name of an organisation: "the World Bank Group (WBG)"."""
    added = []
    for name in names:
        place = name.last + 1
        if name.label != "ORG" or len(name.words) < 2 or place + 1 >= len(parse) or covered[place]:
            continue
        (word,) = spell(parse, place, place + 1)
        is_bracketed = parse.words[name.last] == "(" and parse.words[place + 1] == ")"
        if is_bracketed and len(word) in ACRONYM_LENGTHS and word[:-1].isupper():
            added.append(make_name(parse, place, place + 1, "ORG"))
            covered[place] = 1
    return added


def spell(parse: Parse, first: int, last: int) -> tuple[str, ...]:
    return tuple(parse.view[parse.starts[i] : parse.ends[i]] for i in range(first, last))
