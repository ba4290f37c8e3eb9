"""Name mentions: the recogniser's spans with titles, possessives and line breaks cut off."""

from dataclasses import dataclass
from functools import cache, lru_cache

from quotidian.tasks.extract.names.countries import read_countries
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
        "―",
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
PARTICLES = frozenset(
    (
        "al",
        "bin",
        "bint",
        "da",
        "de",
        "del",
        "della",
        "den",
        "der",
        "di",
        "do",
        "dos",
        "du",
        "el",
        "ibn",
        "la",
        "le",
        "ould",
        "ten",
        "ter",
        "van",
        "von",
        "wa",
    )
)
"""Small words that a surname may start with; one may follow another ("van der")."""
LONE_PARTICLES = PARTICLES - {"al", "den", "do", "el", "la", "le", "ten", "wa"}
"""Those that are no word of English and no article, and hold without a given name before them ("de Blasio")."""
GLUED = frozenset(("anti", "ex", "mid", "neo", "non", "post", "pre", "pro", "then"))
"""Words that a hyphen glues to a name ("Anti-Okello", "then-President")."""
GLUED_BEHIND = frozenset(
    (
        "appointed",
        "backed",
        "based",
        "controlled",
        "era",
        "esque",
        "funded",
        "led",
        "like",
        "linked",
        "owned",
        "run",
        "style",
        "type",
    )
)
"""Words that a hyphen glues behind a name ("Warhol-like")."""
HYPHENS = frozenset(("-", "‐", "‑"))
DASHES = HYPHENS | {"–", "—", "--", "|", "/"}
STATES_LIKE_TOWNS = frozenset((("washington",), ("new", "york")))
"""States that are told from the town of the same name by the word behind them."""
SURNAMES_TOO = frozenset(
    (
        *(
            "king",
            "prince",
            "pope",
            "bishop",
            "judge",
            "major",
            "baron",
            "father",
            "sister",
            "marshal",
            "chief",
            "duke",
            "cardinal",
        ),
        *(
            "justice",
            "general",
            "coach",
            "officer",
            "author",
            "leader",
            "expert",
            "driver",
            "abbot",
            "queen",
            "lord",
            "sheikh",
            "imam",
        ),
        *(
            "rabbi",
            "pastor",
            "singer",
            "farmer",
            "farmer",
            "teacher",
            "golfer",
            "rival",
            "sultan",
            "emir",
            "don",
            "lady",
            "sir",
            "miss",
        ),
    )
)
"""Titles that are names too."""
FORMS_KEPT = 100_000
"""Names whose forms and parts are remembered, some 20 MB."""
SPEAKING_FOR = frozenset(("spokesman", "spokesperson", "spokespersons", "spokespeople", "spokeswoman"))
"""Those who speak for what stands before them ("State Department Spokesperson")."""
BEHIND_COMMA = frozenset(
    ("co", "corp", "corp.", "inc", "inc.", "jr", "jr.", "llc", "llp", "ltd", "ltd.", "plc", "sr", "sr.")
)
HONOURS = frozenset(("cbe", "frs", "kc", "mbe", "md", "mep", "mla", "mlc", "mp", "msp", "obe", "phd", "qc", "td"))
"""Letters behind a person's name."""
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
    return fold_words(name.words)


@lru_cache(maxsize=FORMS_KEPT)
def fold_words(words: tuple[str, ...]) -> Form:
    """Words in small letters without stops."""
    return tuple(word.lower().replace(".", "") or word for word in words)


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
    """The span cut where a line or a sentence ends inside it, where a bracket opens ("World Bank (WB"), and at the comma between two
    words that are all of it ("According to Stahl, Hauge had …")."""
    if last - first == 3 and parse.words[first + 1] == "," and parse.words[last - 1] not in BEHIND_COMMA:
        return [(first, first + 1), (last - 1, last)]
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
    if label in ("PERSON", "ORG"):
        last = cut_honours(parse, first, last)
    if label == "PERSON":
        last = cut_figures(parse, first, last)
        first, last = cut_glued(parse, first, last)
        first = take_first_name(parse, skip_titles(parse, skip_roles(parse, first, last), last))
        first, last = complete_person(parse, first, last)
    else:
        last -= last - first > 1 and words[last - 1] in SPEAKING_FOR
        first = cut_dateline(parse, first, last) if last - first > 2 else first
    if label == "GPE" and parse.words[last : last + 1] == ["state"] and tuple(words[first:last]) in STATES_LIKE_TOWNS:
        last += 1
    is_small_only = label in ("PERSON", "ORG") and all(is_small(parse, token) for token in range(first, last))
    is_name = any(word[0].isalnum() for word in words[first:last])
    is_score = label == "PRODUCT" and not any(character.isalpha() for word in words[first:last] for character in word)
    if first >= last or is_small_only or is_score or not is_name:
        return None
    return make_name(parse, first, last, label)


def cut_figures(parse: Parse, first: int, last: int) -> int:
    """The token behind a person's name without figures and marks behind it ("Serena Hartley | 6-4")."""
    end = last
    while last - first > 1 and not any(map(str.isalpha, parse.words[last - 1])):
        last -= 1
    return end if is_small(parse, last - 1) else last


def cut_honours(parse: Parse, first: int, last: int) -> int:
    """The token behind a name without the letters of an office or an honour behind it ("Anna Berg | MEP")."""
    while last - first > 2 and parse.words[last - 1] in HONOURS and parse.view[parse.starts[last - 1]].isupper():
        last -= 1
    return last


def cut_glued(parse: Parse, first: int, last: int) -> tuple[int, int]:
    """A person's name without what a hyphen glues to it ("Anti-Okello"), and without the headline word on the other side
    of a dash between blanks ("Weak - Petrosky")."""
    words = parse.words
    while last - first > 2 and words[first] in GLUED and words[first + 1] in HYPHENS:
        first += 2
    first = max(find_dash(parse, first, last) + 1, first)
    colon = next((token for token in range(first + 2, last) if words[token] == ":"), last)
    return first, colon


def is_name_part(word: str) -> bool:
    """Whether a word behind a hyphen may be part of a name ("Seo-jun", not "Warhol-like")."""
    return word.isalpha() and word not in GLUED_BEHIND


def find_dash(parse: Parse, first: int, last: int) -> int:
    """The last dash between blanks inside a name; -1 where there is none."""
    inside = (
        token for token in range(last - 2, first, -1) if parse.words[token] in DASHES and not is_joined(parse, token)
    )
    return next(inside, -1)


def is_joined(parse: Parse, token: int) -> bool:
    """Whether a token stands between two others without blanks ("Seo-jun")."""
    is_inside = 0 < token < len(parse) - 1
    return is_inside and parse.ends[token - 1] == parse.starts[token] and parse.ends[token] == parse.starts[token + 1]


def cut_dateline(parse: Parse, first: int, last: int) -> int:
    """First token of another name without a glued word, and without the dateline before a dash ("KAMPALA - The Supreme
    Court")."""
    words, dash = parse.words, find_dash(parse, first, last)
    if words[first] in GLUED and words[first + 1] in HYPHENS:
        return first + 2
    is_dateline = dash >= 0 and parse.view[parse.starts[first] : parse.ends[dash - 1]].isupper()
    return skip_articles(parse, dash + 1, last) if is_dateline else first


def skip_articles(parse: Parse, first: int, last: int) -> int:
    """First token behind articles and marks."""
    while first < last and parse.words[first] in EDGE_WORDS:
        first += 1
    return first


def skip_roles(parse: Parse, first: int, last: int) -> int:
    """First token behind the roles that stand inside a person's name with what comes before them ("Labour MP")."""
    for token in range(last - 2, first - 1, -1):
        word = parse.words[token].rstrip(".")
        if word in read_titles() and word not in SURNAMES_TOO:
            return token + 1
    while last - first > 2 and is_no_given_name(parse.words[first]):
        first += 1
    return first


def is_no_given_name(word: str) -> bool:
    """Whether a word before a person's name is one of an institution, or a people's ("American Hasim Rahman")."""
    return word in read_body_words() or read_countries().get(word, ("", ""))[1] == "people"


@cache
def read_body_words() -> frozenset[str]:
    """Words of institutions and organisations, which are no given name."""
    institutions = (row["word"] for row in read_facts("institution_words"))
    return frozenset(
        (*institutions, *(row["word"] for row in read_facts("organisation_words")), "republic", "archives")
    )


def complete_person(parse: Parse, first: int, last: int) -> tuple[int, int]:
    """A person's name with the rest of a hyphenated part ("Han Seo|-jun"), the particles before a surname, and the given
    name before them ("Pieter van der | Molen")."""
    words, sentence = parse.words, parse.sentence_of
    while last + 1 < len(parse) and words[last] in HYPHENS and is_joined(parse, last) and is_name_part(words[last + 1]):
        last += 2
    last = add_particled(parse, first, last)
    if first > 1 and words[first - 1] in HYPHENS and is_joined(parse, first - 1) and words[first - 2] in ("al", "el"):
        first -= 2
    start = first
    while start and is_particle(parse, start - 1) and sentence[start - 1] == sentence[first]:
        start -= 1
    is_named = (
        start
        and parse.tags[start - 1] == "NNP"
        and sentence[start - 1] == sentence[first]
        and words[start - 1].isalpha()
    )
    is_sure = first - start > 1 or parse.view[parse.starts[start]].isupper() or words[start] in LONE_PARTICLES
    is_surname = start < first and (is_sure or is_named)
    if not is_surname:
        return first, last
    return (start - 1 if is_named and words[start - 1] not in read_titles() else start), last


def is_particle(parse: Parse, token: int) -> bool:
    """Whether a token is a small word of a surname; "los" is one behind "de" only."""
    is_article = token > 0 and parse.words[token] in ("los", "las") and parse.words[token - 1] == "de"
    return is_article or parse.words[token] in PARTICLES


def add_particled(parse: Parse, first: int, last: int) -> int:
    """The token behind a person's name with the particles and the surname that follow a given name alone ("Pieter | van der Molen")."""
    place, words = last, parse.words
    while place < len(parse) and is_particle(parse, place) and is_small(parse, place):
        place += 1 + 2 * (words[place + 1 : place + 3] == ["'", "t"])
    is_sure = place - last > 1 or (words[last : last + 1] and words[last] in LONE_PARTICLES)
    is_surname = last < place < len(parse) and parse.tags[place] == "NNP" and not is_small(parse, place)
    if last - first != 1 or not is_sure or not is_surname or parse.sentence_of[place] != parse.sentence_of[first]:
        return last
    return place + 1


def cut_small_words(parse: Parse, first: int, last: int, label: str) -> tuple[int, int]:
    """The name without small words in front ("last Roads Party", "pro-Berg") and, of people and organisations, behind it
    ("Anna's Bakery with old friends"); parts of hyphenated words stay ("Ki-moon")."""
    if not is_small(parse, first) and not is_small(parse, last - 1):
        return first, last
    kept = [token for token in range(first, last) if not is_small(parse, token)]
    if not kept:
        return first, last
    while first < kept[0] and parse.words[first] not in PARTICLES:
        first += 1
    while label in ("PERSON", "ORG") and last - 1 > kept[-1] and parse.ends[last - 2] < parse.starts[last - 1]:
        last -= 1
    return first, last


def is_small(parse: Parse, token: int) -> bool:
    """Whether a token has no capital and no figure."""
    word = parse.view[parse.starts[token] : parse.ends[token]]
    return word == word.lower() and not any(character.isdigit() for character in word)


def is_headline(parse: Parse, token: int) -> bool:
    """Whether most words of a token's sentence have capitals, so that the word behind a name need be no part of it ("Tara Berg |
    Finally in Court")."""
    first, last = parse.sentence_range(parse.sentence_of[token])
    words = [place for place in range(first, last) if parse.words[place].isalpha()]
    return 2 * sum(not is_small(parse, place) for place in words) > len(words)


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


def replace_names(names: list[Name], better: list[Name]) -> list[Name]:
    """The names, in the order of the text, with others in place of those that these overlap."""
    covered = {token for name in better for token in range(name.first, name.last)}
    kept = [name for name in names if covered.isdisjoint(range(name.first, name.last))]
    return sorted([*kept, *better], key=lambda name: name.first) if better else names


def make_name(parse: Parse, first: int, last: int, label: str) -> Name:
    text = parse.view
    words = (text[parse.starts[i] : parse.ends[i]] for i in range(first, last))
    return Name(first, last, label, tuple(word for word in words if not word.isspace()))
