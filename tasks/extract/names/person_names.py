"""Parts of a person's name: given name, middle names, surname with its particles, and suffix."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cache, lru_cache

from quotidian.tasks.extract.names.given_names import is_given
from quotidian.tasks.extract.names.mentions import FORMS_KEPT, PARTICLES, Form
from quotidian.tasks.store.facts import read_facts

SUFFIXES = frozenset(("jr", "sr", "junior", "senior", "ii", "iii", "iv"))
LEAST_SPELLING = 6
"""Letters of a given name that may be misspelled by one letter."""
SLAVIC_ENDS = ("skyy", "skyi", "skiy", "skii", "skyj", "skij")
"""Spellings of the end of a surname in other letters, which English writes "sky" too."""
SIDES = frozenset((",", "-", ".", '"', "'", "(", ")"))
"""Tokens that stand between the words of a name and are none of it."""


@dataclass(frozen=True, slots=True)
class PersonName:
    """A person's name in small letters; a name of one part has a surname only."""

    given: str
    middles: tuple[str, ...]
    surname: str
    suffix: str

    @property
    def is_full(self) -> bool:
        """Whether there is a given name, if only its initial."""
        return bool(self.given)


@lru_cache(maxsize=FORMS_KEPT)
def read_person_name(words: Form) -> PersonName:
    """The parts of a name: what follows the first particle is the surname ("pieter | van der molen"), else the last word."""
    tokens = join_hyphens(words)
    suffix = tokens.pop() if len(tokens) > 1 and tokens[-1] in SUFFIXES else ""
    start = find_surname(tokens)
    given, *middles = tokens[:start] or [""]
    return PersonName(given, tuple(middles), " ".join(tokens[start:]), suffix)


def join_hyphens(words: Form) -> list[str]:
    """The words of a name, the parts of hyphenated ones put together again."""
    tokens: list[str] = []
    is_open = False
    for word in words:
        if word in ("-", "‐", "‑"):
            is_open = bool(tokens)
        elif is_open:
            tokens[-1] += f"-{word}"
            is_open = False
        elif word not in SIDES:
            tokens.append(word)
    return tokens


def find_surname(tokens: list[str]) -> int:
    """Place of the first word of the surname."""
    last = len(tokens) - 1
    return next((place for place, token in enumerate(tokens[:last]) if token in PARTICLES), max(last, 0))


@lru_cache(maxsize=FORMS_KEPT)
def bare_surname(surname: str) -> str:
    """The surname without particles and Arabic article ("al-Assad", "Assad"), in one of its spellings ("Zelenskyy", "Zelensky")."""
    last = surname.split()[-1] if surname else ""
    head, _, rest = last.partition("-")
    last = rest if head in ("al", "el") and rest else last
    spelled = next((last.removesuffix(end) for end in SLAVIC_ENDS if last.endswith(end)), None)
    return f"{spelled}sky" if spelled else last


@cache
def read_nicknames() -> frozenset[tuple[str, str]]:
    """(short, full) first names of seeds/alias_first_names.csv."""
    return frozenset((row["short"], row["full"]) for row in read_facts("alias_first_names"))


@cache
def full_forms() -> dict[str, tuple[str, ...]]:
    """Nickname -> the given names that it stands for."""
    forms = defaultdict(list)
    for short, full in sorted(read_nicknames()):
        forms[short].append(full)
    return {short: tuple(full) for short, full in forms.items()}


def may_be_given(left: str, right: str) -> bool:
    """Whether two given names may be one person's: the same, one the other's initial, or a nickname of it."""
    short, long = sorted((left, right), key=len)
    is_initial = len(short) == 1 and long.startswith(short)
    if left == right or is_initial:
        return True
    lefts, rights = full_forms().get(left, ()), full_forms().get(right, ())
    return right in lefts or left in rights or any(full in rights for full in lefts)


def is_misspelled(left: str, right: str) -> bool:
    """Whether a letter inside one given name is missing in the other ("Gerado"), one of which no list knows; a last letter may
    tell a woman from a man."""
    short, long = sorted((left, right), key=len)
    if len(long) < LEAST_SPELLING or len(long) != len(short) + 1 or (is_given(left) and is_given(right)):
        return False
    return any(long[:place] + long[place + 1 :] == short for place in range(1, len(long) - 1))


def may_be_middles(left: tuple[str, ...], right: tuple[str, ...]) -> bool:
    """Whether the middle names of one stand in the other in the same order, initials for whole ones; an initial that comes
    first is that of the first one ("W." is not Herbert Walker)."""
    short, long = sorted((left, right), key=len)
    if short and len(short[0].rstrip(".")) == 1 and not long[0].startswith(short[0].rstrip(".")):
        return False
    rest = iter(long)
    return all(any(one.startswith(other) or other.startswith(one) for other in rest) for one in short)


def may_be_one(left: PersonName, right: PersonName) -> bool:
    """Whether two full names may be one person's."""
    if left.suffix != right.suffix or bare_surname(left.surname) != bare_surname(right.surname):
        return False
    return may_be_given(left.given, right.given) and may_be_middles(left.middles, right.middles)
