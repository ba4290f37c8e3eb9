"""People of one surname: which full names are one person, and whom a bare name means.

A block holds the names of one surname. It is decided from what its own articles say: the parts of the names, which of them
stand apart in one article, the titles and the sex that are stated, and the stories.
"""

from collections import defaultdict
from functools import lru_cache
from typing import NamedTuple

from quotidian.tasks.deduplicate.entities.names import KEYS_KEPT, name_key
from quotidian.tasks.deduplicate.entities.readings import COMMON_TITLES, PERSON, Person, Reading, split_listed
from quotidian.tasks.deduplicate.entities.remembered import BETWEEN, remembered
from quotidian.tasks.extract.names.person_names import (
    LEAST_SPELLING,
    PersonName,
    bare_surname,
    full_forms,
    is_misspelled,
    may_be_given,
    may_be_middles,
    read_person_name,
)

SURE = 0.8
"""Probability from which on a bare name is given to a person; with .7 to .9 the gold pairs are the same, below it Bill
becomes Hillary Clinton."""
STORY_WEIGHT, TITLE_WEIGHT = 20.0, 5.0
"""How much more likely a person is whom the story names in full, and one who holds the stated title."""
UNKNOWN = 0.03
"""Weight of somebody unknown for each article that has only the bare name."""
NOBODY = 1.0
"""Weight of somebody whom no article knows: no archive knows most people. A name that fewer than five articles know in full tells nobody of other
stories, unless he has the title there; of 66 such names of 1,186 articles most were somebody else (a Ban Ki-moon who was a film, "New Moon")."""
GIVEN_SHARE = 0.05
"""What is left of the weight of a person of other stories, where the name is his given one ("Ted"): who is known by it ("Hillary") is in many articles."""
DOMINANT = 0.8
"""Share of the articles of a name with middle names that the one without them follows."""


@lru_cache(maxsize=KEYS_KEPT)
def read_key(key: str) -> PersonName:
    """Parts of a name's key."""
    given, middles, surname, suffix = split_key(key).split(BETWEEN)
    return PersonName(given, tuple(middles.split()), surname, suffix)


@remembered
def split_key(key: str) -> str:
    """`read_key` as a text."""
    name = read_person_name(tuple(key.split()))
    return BETWEEN.join((name.given, " ".join(name.middles), name.surname, name.suffix))


def block_of(key: str) -> str:
    """The surname by which names meet: without particles and suffix."""
    return bare_surname(read_key(key).surname)


def list_called(key: str) -> set[str]:
    """What people may be called whom a bare name means: the name, its surname, or the name whose apostrophe got lost."""
    return {key, block_of(key), *([key[:-1]] if key.endswith("s") else [])}


@lru_cache(maxsize=KEYS_KEPT)
def list_other_keys(key: str, aliases: str) -> tuple[tuple[str, bool], ...]:
    """Keys of the forms of a name, without its own, and whether they are full names."""
    others = {name_key(alias, PERSON) for alias in split_listed(aliases)} - {key}
    return tuple((other, read_key(other).is_full) for other in sorted(others))


def join_readings(
    readings: dict[str, Reading],
    together: set[frozenset[str]],
    apart: frozenset[frozenset[str]],
    kept_apart: set[frozenset[str]],
) -> dict[str, Reading]:
    """Full key -> the person, among the full names of one block; equal persons are the same object.

    `together` has pairs of keys that are two people in one article, `apart` those that corrections keep apart; those that
    would have been joined are added to `kept_apart`.
    """
    if len(readings) == 1:
        return readings
    groups = Groups(sorted(readings, key=lambda key: (-len(readings[key].articles), key)), apart | together)
    for same_given in group_by_given(readings).values():
        join_middles(same_given, groups)
    join_given(readings, groups)
    join_tails(readings, groups)
    kept_apart |= groups.met & apart
    return groups.collect(readings)


class Groups:
    """Keys joined step by step, never over a pair that must stay apart."""

    def __init__(self, keys: list[str], barred: frozenset[frozenset[str]]):
        self.members = {key: [key] for key in keys}
        self.head = {key: key for key in keys}
        self.barred = defaultdict(set)
        for pair in barred:
            for key in pair & self.head.keys():
                self.barred[key] |= pair - {key}
        self.met: set[frozenset[str]] = set()
        """Barred pairs that would have been joined."""

    def join(self, left: str, right: str) -> bool:
        """Join the groups of two keys, unless members of them must stay apart."""
        left, right = self.head[left], self.head[right]
        if left == right:
            return True
        others = set(self.members[right])
        pairs = {frozenset((a, b)) for a in self.members[left] for b in self.barred[a] & others}
        if pairs:
            self.met |= pairs
            return False
        for key in self.members[right]:
            self.head[key] = left
        self.members[left] += self.members.pop(right)
        return True

    def collect(self, readings: dict[str, Reading]) -> dict[str, Reading]:
        """Key -> the reading of its group, under the key of its most used name."""
        found = {}
        for keys in self.members.values():
            if len(keys) == 1:
                found[keys[0]] = readings[keys[0]]
                continue
            first = min(keys, key=lambda key: (-len(readings[key].articles), key))
            whole = Reading(first, readings[first].name)
            for key in keys:
                whole.merge(readings[key])
            found.update(dict.fromkeys(keys, whole))
        return found


def group_by_given(readings: dict[str, Reading]) -> dict[tuple[str, str], list[Reading]]:
    """Readings by given name and suffix, the most used first."""
    groups = defaultdict(list)
    for reading in sorted(readings.values(), key=lambda one: (-len(one.articles), one.key)):
        groups[reading.name.given, reading.name.suffix].append(reading)
    return dict(sorted(groups.items()))


def join_middles(same_given: list[Reading], groups: Groups) -> None:
    """Join names of one given name whose middle names agree; the one without them follows where one choice is left."""
    plain = [one for one in same_given if not one.name.middles]
    classes: list[list[Reading]] = []
    for one in sorted(same_given, key=lambda one: (-len(one.name.middles), -len(one.articles), one.key)):
        if not one.name.middles:
            continue
        fitting = [c for c in classes if all(may_be_middles(one.name.middles, other.name.middles) for other in c)]
        if len(fitting) == 1 and groups.join(fitting[0][0].key, one.key):
            fitting[0].append(one)
        else:
            classes.append([one])
    for one in plain[1:]:
        groups.join(plain[0].key, one.key)
    counts = [len(set().union(*(one.articles for one in members))) for members in classes]
    total = sum(counts)
    for members, count in zip(classes, counts, strict=True):
        if plain and count >= DOMINANT * total:
            groups.join(plain[0].key, members[0].key)


def join_given(readings: dict[str, Reading], groups: Groups) -> None:
    """Join names whose given names differ by a nickname or a spelling, then those by an initial, where one choice is left."""
    for shortest in (2, 1):
        wholes = groups.collect(readings)
        distinct = {id(one): one for one in wholes.values() if len(one.name.given) >= shortest}
        if len(distinct) > 1:
            join_choices(sorted(distinct.values(), key=lambda one: one.key), groups)


def join_choices(distinct: list[Reading], groups: Groups) -> None:
    """`join_given` of some people of a block."""
    choices = find_choices(distinct)
    for one in distinct:
        fitting = choices[one.key]
        if len(fitting) > 1:
            told = [other for other in fitting if shares_evidence(one, other)]
            fitting = told if len({other.name.given for other in told}) == 1 else []
        for other in fitting:
            is_alone = len(choices[other.key]) == 1 or shares_evidence(one, other)
            if is_alone and (is_nickname(one, other) or shares_evidence(one, other)):
                groups.join(other.key, one.key)


def join_tails(readings: dict[str, Reading], groups: Groups) -> None:
    """Join a name with words before it that may be none of it ("Trooper William Hakim") with the name that it ends in, where
    one story has both and the longer one is not better known."""
    wholes = groups.collect(readings)
    for key in sorted(readings):
        words = key.split()
        for cut in range(1, len(words) - 1):
            tail = readings.get(" ".join(words[cut:]))
            if tail is None or not wholes[tail.key].stories & readings[key].stories:
                continue
            if len(wholes[tail.key].articles) >= len(readings[key].articles):
                groups.join(tail.key, key)
            break


def find_choices(distinct: list[Reading]) -> dict[str, list[Reading]]:
    """Key -> the other people of the block who may be the same by another given name."""
    by_sign = defaultdict(list)
    for one in distinct:
        for sign in (*list_signs(one.name.given), initial_sign(one.name.given)):
            by_sign[sign].append(one)
    found: dict[str, list[Reading]] = {}
    for one in distinct:
        given = one.name.given
        asked = (*list_signs(given), f"{given[:1]} alone", *([f"{given} all"] if len(given) == 1 else []))
        met = {other.key: other for sign in asked for other in by_sign[sign]}
        found[one.key] = [met[key] for key in sorted(met) if met[key] is not one and may_join(one, met[key])]
    return found


def initial_sign(given: str) -> str:
    """What tells whether an initial may be a name's: its first letter, alone or with others behind it."""
    return f"{given} alone" if len(given) == 1 else f"{given[:1]} all"


@lru_cache(maxsize=KEYS_KEPT)
def list_signs(given: str) -> frozenset[str]:
    """What two given names have in common where they may be one: a full form, or all letters but one."""
    signs = {given, *full_forms().get(given, ())}
    if len(given) + 1 >= LEAST_SPELLING:
        signs |= {given[:place] + given[place + 1 :] for place in range(1, len(given) - 1)}
    return frozenset(signs)


def may_join(left: Reading, right: Reading) -> bool:
    """Whether two names with different given names may be one person's."""
    if left.name.suffix != right.name.suffix or {left.sex, right.sex} == {"male", "female"}:
        return False
    if left.name.given == right.name.given:
        return False
    if not may_be_middles(left.name.middles, right.name.middles):
        return False
    return may_be_given(left.name.given, right.name.given) or (
        is_misspelled(left.name.given, right.name.given) and bool(left.stories & right.stories)
    )


def is_nickname(left: Reading, right: Reading) -> bool:
    """Whether the given names are whole words, none of them only an initial."""
    return len(left.name.given) > 1 and len(right.name.given) > 1


def shares_evidence(left: Reading, right: Reading) -> bool:
    """Whether two names stand in one story, or hold one title."""
    return bool(left.stories & right.stories) or bool(left.titles.keys() & right.titles.keys())


class Choice(NamedTuple):
    """Whom a bare name means: the key of a person, or None, and all candidates with their probabilities, likeliest first."""

    key: str | None
    candidates: tuple[tuple[str, float], ...]


def choose_person(name: Person, people: list[Reading], bare_count: int = 0) -> Choice:
    """Whom a bare name means among the people who may be called so; `bare_count` articles have nothing but the bare name,
    and where they are many beside few that know a full one, it may be somebody whom none does."""
    fitting = [one for one in people if not name.sex or one.may_be(name.sex)]
    elders = find_elders(name.story, fitting)
    holders = find_holders(name, fitting)
    weights = {
        one.key: weigh_person(name, one, one.key in holders) * (STORY_WEIGHT if one.key in elders else 1.0)
        for one in fitting
    }
    total = sum(weights.values()) + UNKNOWN * bare_count + (0.0 if holders else NOBODY)
    shares = tuple(
        sorted(((key, weight / total) for key, weight in weights.items()), key=lambda pair: (-pair[1], pair[0]))
    )
    sure = (one.key for one in fitting if tell_claim(name, one, weights[one.key], total, holders) >= SURE)
    key = next((key for key in sure if key not in elders - holders), None)
    return Choice(key, shares)


def tell_claim(name: Person, person: Reading, weight: float, total: float, holders: set[str]) -> float:
    """The probability that a bare name means a person, less where he is called so by his given name in other stories, and holds no title of it."""
    is_far = name.story not in person.stories and person.key not in holders
    is_given_alone = name.key == person.name.given != person.name.surname
    own = weight * GIVEN_SHARE if is_far and is_given_alone else weight
    return own / (total - weight + own)


def find_elders(story: str, people: list[Reading]) -> set[str]:
    """Keys of those whose junior alone the story names ("Tom Reed Jr."): of father and son neither is nearer, and the father is only sure by a title."""
    juniors = {one.name.given for one in people if one.name.suffix and story in one.stories}
    return {one.key for one in people if one.name.given in juniors and not one.name.suffix and story not in one.stories}


def find_holders(name: Person, people: list[Reading]) -> set[str]:
    """Keys of those before whose full name the title of a bare one stands; where it stands before none, of those beside whom it stands."""
    titles = name.titles - COMMON_TITLES
    before = {one.key for one in people if not titles.isdisjoint(one.titles)}
    return before or {one.key for one in people if not titles.isdisjoint(one.roles)}


def weigh_person(name: Person, person: Reading, holds_title: bool) -> float:
    """How likely a bare name is to mean a person: by articles, and by story and title in common."""
    weight = float(len(person.articles))
    if name.story in person.stories:
        weight *= STORY_WEIGHT
    return weight * (TITLE_WEIGHT if holds_title else 1.0)
