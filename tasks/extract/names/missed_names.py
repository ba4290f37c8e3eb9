"""Names that the recogniser missed in one place though the article, or the list of places, knows them."""

from collections import Counter, defaultdict
from functools import cache

from quotidian.tasks.extract.names.given_names import is_given
from quotidian.tasks.extract.names.mentions import HYPHENS, PARTICLES, Name, form, is_joined, make_name
from quotidian.tasks.extract.names.name_types import read_places
from quotidian.tasks.extract.parsing.parse import Parse
from quotidian.tasks.store.facts import read_facts

DOUBLED = frozenset(("PERSON", "ORG"))
"""Types of names behind which a hyphen may bring another half of a surname."""
NAME_TAGS = frozenset(("NNP", "NNPS", "NN", "JJ", "NNS", "FW"))
SHORTEST_SURNAME = 3
SHORTEST_GIVEN = 4
SHORTEST_KNOWN = 3
"""Letters of a listed organisation that is looked for."""
SHORTEST_SHOUTED = 5
"""Letters of a place that is looked for in capitals too."""
ACRONYM_LENGTHS = range(2, 9)
CAPITALS = ("Washington, D.C.", "Washington, DC", "Washington D.C.", "Washington DC")
"""Towns that are written with their district."""
DEFINED = frozenset(("ORG", "NORP", "FAC", "EVENT", "LAW", "LOC", "GPE"))
"""Types of names behind which an acronym in brackets is theirs."""

Lexicon = dict[str, dict[tuple[str, ...], str]]


def add_missed_names(parse: Parse, names: list[Name]) -> list[Name]:
    """All names with the missed ones, in the order of the text; names of common words are left out."""
    names = complete_known(parse, drop_common_words(parse, names))
    particled, covered = collect_particled(names), bytearray(len(parse))
    for name in names:
        covered[name.first : name.last] = b"\x01" * (name.last - name.first)
    names = [widen_name(parse, name, particled, covered) for name in names]
    lexicon = collect_spellings(parse, names)
    for name in names:
        covered[name.first : name.last] = b"\x01" * (name.last - name.first)
    added = add_acronyms(parse, names, covered)
    known, given = spell_organisations(), collect_given(parse, names)
    for token, word in enumerate(parse.words):
        if covered[token] or parse.tags[token] not in NAME_TAGS:
            continue
        name = match_name(parse, token, lexicon[word], covered) if word in lexicon else None
        if name is None and word in known and not is_shouted(parse, token):
            name = match_name(parse, token, known[word], covered)
        if name is None and word in given and is_alone(parse, token):
            name = make_name(parse, token, token + 1, "PERSON")
        if name:
            name = widen_name(parse, name, particled, covered)
            added.append(name)
            covered[name.first : name.last] = b"\x01" * (name.last - name.first)
    return sorted([*names, *added], key=lambda name: name.first)


def complete_known(parse: Parse, names: list[Name]) -> list[Name]:
    """The names, with known organisations and countries of several words in place of the parts of them that were found
    ("Islamic | State", "Guinea | - | Bissau")."""
    known, free, longer = spell_wholes(), 0, []
    owners = {token: name for name in names for token in range(name.first, name.last)}
    for token, word in enumerate(parse.words):
        if word in known and token >= free:
            name = match_longer(parse, token, known[word], owners)
            if name:
                longer.append(name)
                free = name.last
    covered = {token for name in longer for token in range(name.first, name.last)}
    kept = [name for name in names if name.first not in covered]
    return sorted([*kept, *longer], key=lambda name: name.first) if longer else names


def match_longer(
    parse: Parse, token: int, spellings: dict[tuple[str, ...], str], owners: dict[int, Name]
) -> Name | None:
    """The longest known name of several words from `token` on that holds whole names and is more than one of them."""
    follower = parse.words[token + 1] if token + 1 < len(parse) else ""
    fitting = (words for words in spellings if len(words) > 1 and words[1].lower() == follower)
    for words in sorted(fitting, key=len, reverse=True):
        last = token + len(words)
        if last > len(parse) or spell(parse, token, last) != words:
            continue
        inside = [owners[t] for t in range(token, min(last, len(parse))) if t in owners]
        is_more = any((one.first, one.last) != (token, last) for one in inside)
        is_whole = all(one.first >= token and one.last <= last for one in inside)
        if is_more and is_whole:
            return make_name(parse, token, last, spellings[words])
    return None


@cache
def spell_organisations() -> Lexicon:
    """Words and type of each alias and name of seeds/alias_organisations.csv and of seeds/institutions.csv, by the first word
    in small letters; acronyms of two letters are left to the recogniser."""
    listed = [row[column] for row in read_facts("alias_organisations") for column in ("alias", "name")]
    listed += [row["name"] for row in read_facts("institutions")]
    known: Lexicon = defaultdict(dict)
    for name in listed:
        words = tuple(name.replace("-", " - ").replace("'s", " 's").replace(",", " ,").split())
        if len(name.replace(".", "")) >= SHORTEST_KNOWN:
            known[words[0].lower()][words] = "LAW" if words[-1] == "Act" else "ORG"
    return known


@cache
def spell_wholes() -> Lexicon:
    """The organisations as `spell_organisations` has them, and the countries of several words of seeds/country_names.csv."""
    known: Lexicon = defaultdict(dict, {word: dict(spellings) for word, spellings in spell_organisations().items()})
    countries = (row["name"] for row in read_facts("country_names") if row["kind"] == "name")
    for name in (*countries, *CAPITALS):
        words = tuple(name.replace("-", " - ").replace(",", " ,").split())
        if len(words) > 1:
            known[words[0].lower()].setdefault(words, "GPE")
    return known


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
    present = set(parse.words)
    surnames = {name.words[-1].lower() for name in names if name.label == "PERSON"}
    small = find_small(parse, surnames)
    for name in names:
        double = name.words[-3:]
        if name.label == "PERSON" and len(name.words) > 3 and is_double(double):
            lexicon[double[0].lower()].setdefault(double, "PERSON")
    for name in names:
        if name.words[0][0].isupper():
            lexicon[name.words[0].lower()].setdefault(name.words, name.label)
    for name in names:
        surname = name.words[-1]
        is_full = name.label == "PERSON" and len(name.words) > 1 and surname[0].isupper()
        is_known = surname.lower() in small or (surname.lower(),) in read_places()
        if is_full and not is_known and len(surname) >= SHORTEST_SURNAME:
            lexicon[surname.lower()].setdefault((surname,), "PERSON")
    for word, spelled in spell_places().items():
        if word in present:
            for place, label in spelled:
                lexicon[word].setdefault(place, label)
    return lexicon


def collect_particled(names: list[Name]) -> list[tuple[str, ...]]:
    """Surnames with their particles, in small letters, of the people whom the article names in full ("di Falco"), the longest first."""
    people = (tuple(map(str.lower, name.words)) for name in names if name.label == "PERSON" and len(name.words) > 2)
    starts = ((words, next((n for n in range(1, len(words) - 1) if words[n] in PARTICLES), 0)) for words in people)
    return sorted({words[start:] for words, start in starts if start}, key=lambda words: (-len(words), words))


def widen_name(parse: Parse, name: Name, particled: list[tuple[str, ...]], covered: bytearray) -> Name:
    """A surname with the particles before it, where the article has it with them in a full name ("di | Falco"); and a full name with
    the second half of a double surname ("Ella Torvik|-Mohn"). What other names cover is not taken."""
    if name.label not in DOUBLED:
        return name
    if len(name.words) > 1:
        last = name.last + 2
        return make_name(parse, name.first, last, name.label) if has_half(parse, name.last, covered) else name
    for words in particled if form(name) not in read_places() else ():
        first = name.last - len(words)
        if first >= 0 and tuple(parse.words[first : name.last]) == words and not any(covered[first : name.first]):
            return make_name(parse, first, name.last, "PERSON")
    return name


def has_half(parse: Parse, token: int, covered: bytearray) -> bool:
    """Whether a hyphen at a token joins one more capitalised word to a name, behind which no other follows."""
    last = token + 2
    if (
        last > len(parse)
        or parse.words[token] not in HYPHENS
        or any(covered[token:last])
        or not is_joined(parse, token)
    ):
        return False
    half = parse.view[parse.starts[last - 1] : parse.ends[last - 1]]
    is_over = last == len(parse) or not parse.view[parse.starts[last]].isupper()
    return is_over and half[0].isupper() and not half.isupper()


def is_double(words: tuple[str, ...]) -> bool:
    """Whether three words are a surname with a hyphen in its middle ("Al-Amiri")."""
    return words[1] in HYPHENS and words[0][0].isupper() and words[2][0].isupper()


def collect_given(parse: Parse, names: list[Name]) -> set[str]:
    """Given names, in small letters, of the people whom the article names in full; without those that are other words too."""
    full = (name for name in names if name.label == "PERSON" and len(name.words) > 1)
    given = {name.words[0].lower() for name in full if len(name.words[0]) >= SHORTEST_GIVEN and is_given(name.words[0])}
    return {word for word in given if (word,) not in read_places()} - find_small(parse, given)


def find_small(parse: Parse, words: set[str]) -> set[str]:
    """Those of some words that the article writes small somewhere."""
    return {word for t, word in enumerate(parse.words) if word in words and parse.view[parse.starts[t]].islower()}


def is_alone(parse: Parse, token: int) -> bool:
    """Whether a token has a capital, and the words beside it have none."""
    near = [
        t for t in (token - 1, token + 1) if 0 <= t < len(parse) and parse.sentence_of[t] == parse.sentence_of[token]
    ]
    is_capital = parse.view[parse.starts[token]].isupper()
    return is_capital and not any(parse.view[parse.starts[t]].isupper() for t in near)


@cache
def spell_places() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """First word in small letters -> words and type of each place of seeds/places.csv, as written there and, of towns and
    countries, in capitals as in a dateline ("CAIRO - 13 July")."""
    spelled = defaultdict(list)
    for row in read_facts("places"):
        words = tuple(row["name"].replace("-", " - ").split())
        spelled[words[0].lower()].append((words, row["type"]))
        if row["type"] == "GPE" and len(row["name"]) >= SHORTEST_SHOUTED:
            spelled[words[0].lower()].append((tuple(word.upper() for word in words), row["type"]))
    return dict(spelled)


def is_shouted(parse: Parse, token: int) -> bool:
    """Whether a word in capitals stands among others, where it tells nothing."""
    near = [t for t in (token - 1, token + 1) if 0 <= t < len(parse) and parse.words[t].isalpha()]
    return bool(near) and all(parse.view[parse.starts[t] : parse.ends[t]].isupper() for t in near)


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
        if name.label not in DEFINED or len(name.words) < 2 or place + 1 >= len(parse) or covered[place]:
            continue
        (word,) = spell(parse, place, place + 1)
        is_bracketed = parse.words[name.last] == "(" and parse.words[place + 1] == ")"
        if is_bracketed and len(word) in ACRONYM_LENGTHS and word[:-1].isupper():
            added.append(make_name(parse, place, place + 1, "ORG"))
            covered[place] = 1
    return added


def spell(parse: Parse, first: int, last: int) -> tuple[str, ...]:
    return tuple(parse.view[parse.starts[i] : parse.ends[i]] for i in range(first, last))
