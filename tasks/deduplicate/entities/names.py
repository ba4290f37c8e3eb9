"""Keys of names: two names with one key name the same person, organisation or place.

A key joins spellings, never names that merely look alike: case, accents, possessives, dots, titles, leading
"the" and legal forms are set aside, "Ministry of X" reads "X Ministry", and known aliases are looked up.
"""

import re
import unicodedata
from functools import cache, lru_cache

from quotidian.tasks.deduplicate.entities.remembered import remembered
from quotidian.tasks.extract.names.countries import find_modifier
from quotidian.tasks.store.facts import read_facts

DOTTED = re.compile(r"\b(?:[^\W\d_]\s?\.\s?){2,}")
POSSESSIVE = re.compile(r"'s(?=$|\s)|'(?=$|\s)")
TOKEN = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
OFFICE = re.compile(r"^(.*?)\b(ministry|department|office|bureau) (?:of|for) (?:the )?(.+)$")
FOREIGN_AFFAIRS = "foreign affairs ministry"
"""News writes "Foreign Ministry" for every Ministry of Foreign Affairs."""
SHORT_ACRONYM = 3
"""Letters of an acronym that counts in capitals only (US, LA, ICE, IRA); longer ones are written as words, too (Unicef)."""
LEGAL_FORMS = frozenset(
    ("inc", "incorporated", "corp", "corporation", "co", "ltd", "limited", "plc", "llc", "lp", "ag", "sa", "nv", "gmbh")
)
KEYS_KEPT = 1_000_000
"""Names whose keys are remembered, some 200 MB; an archive of 20,000 articles has 70,000."""
SUFFIXES = frozenset(("jr", "sr", "junior", "senior", "ii", "iii", "iv"))


def fold_name(name: str) -> str:
    """A name in lower case, without accents, possessive and the dots of initials."""
    name = unicodedata.normalize("NFKC", name).replace("’", "'").replace("‘", "'").replace("`", "'")
    if "." in name:
        name = DOTTED.sub(lambda m: m.group().replace(".", "").replace(" ", "") + " ", name)
    folded = name.casefold()
    if not folded.isascii():
        folded = "".join(c for c in unicodedata.normalize("NFD", folded) if not unicodedata.combining(c))
    return POSSESSIVE.sub("", folded)


def tokenize_name(name: str) -> list[str]:
    """Folded words of a name, "Ministry of X" turned to "X Ministry", and foreign affairs to a Foreign Ministry."""
    return spell_words(name).split()


@lru_cache(maxsize=KEYS_KEPT)
@remembered
def spell_words(name: str) -> str:
    """`tokenize_name` with a space between."""
    tokens = TOKEN.findall(fold_name(name))
    if len(tokens) > 1 and tokens[0] == "the":
        tokens = tokens[1:]
    office = OFFICE.match(" ".join(tokens))
    turned = turn_office(*office.groups()) if office else " ".join(tokens)
    return turned.replace(FOREIGN_AFFAIRS, "foreign ministry")


def turn_office(front: str, office: str, rest: str) -> str:
    """The words of an office in their usual order; its country stays behind it ("foreign ministry of kenya", "health ministry of kenya")."""
    what, _, owner = rest.rpartition(" of ")
    owner = owner.removeprefix("the ")
    if (front or what) and find_modifier(owner.split()):
        return f"{front}{what} {office} of {owner}".replace("  ", " ")
    return f"{front}{rest} {office}"


@cache
def known_aliases() -> dict[str, tuple[str, ...]]:
    """Words of a listed alias -> words of its canonical name, from the three alias files."""
    rows = (*read_facts("place_names"), *read_facts("alias_organisations"), *read_facts("alias_people"))
    return {spell_words(row["alias"]): tuple(cut_legal_form(tokenize_name(row["name"]))) for row in rows}


@cache
def place_aliases() -> frozenset[str]:
    """Aliases of places that are one word, as a surname may be ("Washington")."""
    tokens = (tokenize_name(row["alias"]) for row in read_facts("place_names"))
    return frozenset(words[0] for words in tokens if len(words) == 1)


@cache
def short_acronyms() -> frozenset[str]:
    """Listed aliases that a word or a name looks like when it is not in capitals."""
    rows = (*read_facts("place_names"), *read_facts("alias_organisations"))
    keys = {spell_words(row["alias"]) for row in rows if row["alias"].isupper()}
    return frozenset(key for key in keys if len(key) <= SHORT_ACRONYM)


@cache
def known_names() -> frozenset[str]:
    """Words of all listed aliases and canonical names."""
    return frozenset(known_aliases()).union(" ".join(words) for words in known_aliases().values())


@cache
def known_countries() -> dict[str, str]:
    """Words of an alias that one country's articles use ("EPA" in the United States), and of its name -> its ISO 3166 code."""
    rows = [row for row in read_facts("alias_organisations") if row["country"]]
    return {spell_words(row[column]): row["country"] for column in ("name", "alias") for row in rows}


def alias_country(name: str) -> str | None:
    """The country whose articles use a listed alias; None where all do, and for other names."""
    return known_countries().get(spell_words(name))


@cache
def titles() -> frozenset[str]:
    """Words before a person's name that are no part of it."""
    return frozenset(row["title"] for row in read_facts("titles"))


@lru_cache(maxsize=KEYS_KEPT)
def name_key(name: str, type_: str = "") -> str:
    """Key of a name: folded words with a space between; empty where a name has no letter or digit.

    Titles are cut off where `type_` is PERSON (General Franco, but not General Motors).
    """
    return spell_key(name, type_ if type_ == "PERSON" else "")


@remembered
def spell_key(name: str, type_: str) -> str:
    """`name_key` of a person, or of anything else."""
    tokens = tokenize_name(name)
    known = find_alias(tokens, name, type_)
    if known is None:
        tokens = cut_titles(tokens) if type_ == "PERSON" else cut_legal_form(tokens)
        known = find_alias(tokens, name, type_)
    return " ".join(tokens if known is None else known)


def find_alias(tokens: list[str], name: str, type_: str) -> tuple[str, ...] | None:
    """Words of the name that folded words are an alias of; none for a person whose surname is called like a place, and for a
    word that looks like a short acronym ("La" is not L.A.)."""
    key = " ".join(tokens)
    if type_ == "PERSON" and key in place_aliases():
        return None
    is_word = key in short_acronyms() and not "".join(filter(str.isupper, name)).endswith(key.upper())
    return None if is_word else known_aliases().get(key)


def cut_titles(tokens: list[str]) -> list[str]:
    """Words of a person's name without titles before it."""
    start = 0
    while size := next((size for size in (3, 2, 1) if is_title(tokens[start : start + 4], size)), 0):
        start += size
    return tokens[start:]


def is_title(tokens: list[str], size: int) -> bool:
    """Whether the first `size` words are a title and something comes after them."""
    return len(tokens) > size and " ".join(tokens[:size]) in titles()


def cut_legal_form(tokens: list[str]) -> list[str]:
    """Words of a company's name without its legal form."""
    while len(tokens) > 1 and tokens[-1] in LEGAL_FORMS:
        tokens = tokens[:-1]
    return tokens


def has_legal_form(name: str) -> bool:
    """Whether a name ends in a legal form."""
    tokens = tokenize_name(name)
    return len(cut_legal_form(tokens)) < len(tokens)


def strip_initials(key: str) -> str:
    """A key of several words without single letters between the first and the last."""
    first, *middle, last = key.split() if " " in key else (key, "")
    return " ".join([first, *(word for word in middle if len(word) > 1), last]).strip()
