"""Two people of one full name: parted where what they do, where they stand and what is told of them have nothing in common."""

from collections import Counter, defaultdict
from functools import cache, lru_cache
from itertools import combinations

import polars as pl

from quotidian.tasks.deduplicate.entities.readings import Person, Reading, split_listed
from quotidian.tasks.deduplicate.entities.uses import Values
from quotidian.tasks.extract.names.countries import read_countries
from quotidian.tasks.extract.names.person_names import bare_surname
from quotidian.tasks.store.facts import read_facts

SHARED = (frozenset(("law", "politics")), frozenset(("music", "stage")), frozenset(("stage", "letters")))
"""Fields that many a person is of both of."""
MOST_TIMES = 10
"""How many times as many articles the better known of two may have; beyond it an odd word says less than fame."""

FIELDS_KEPT = 100_000
"""Descriptions whose fields are remembered, some 50 MB."""
MOST_STORIES = 6
"""Stories in which a name may stand that is looked at without two fields: whom more know is one person."""


@cache
def read_fields(kind: str = "role") -> dict[str, str]:
    """Field of each word of a kind of seeds/role_fields.csv: the role of an economist is of business, that of a bowler of a sport,
    `sport/cricket`; `branch`es tell the field of a `head`, who alone tells none ("finance director")."""
    return {row["role"]: row["field"] for row in read_facts("role_fields") if row["kind"] == kind}


def find_doubted(used: pl.DataFrame, readings: dict[str, Reading]) -> list[str]:
    """Full keys of those names whose uses are of two fields, or described without a common word in a few stories: nothing can
    part others. `used` has key, titles and words (texts) of each use."""
    counts: Counter[str] = Counter()
    for key, count in used.group_by("key").len().iter_rows():
        counts[readings[key].key] += count
    fields, described, peoples = defaultdict(set), defaultdict(set), defaultdict(set)
    told = used.filter((pl.col("titles") != "") | (pl.col("words") != "")).select("key", "titles", "words").unique()
    for key, titles, words in told.iter_rows():
        root = readings[key].key
        if counts[root] > 1:
            listed = split_listed(words)
            fields[root] |= find_fields(listed, split_listed(titles))
            if list_telling(listed):
                described[root].add(list_telling(listed))
            if list_peoples(listed):
                peoples[root].add(list_peoples(listed))
    doubted = {
        root
        for root in fields
        if len(fields[root]) > 1
        or any(may_be_two(told[root], len(readings[root].stories)) for told in (described, peoples))
    }
    return sorted(key for key, reading in readings.items() if reading.key in doubted)


def may_be_two(described: set[frozenset[str]], stories: int) -> bool:
    """Whether two of the descriptions of a name in a few stories have no word in common."""
    if not 1 < stories <= MOST_STORIES:
        return False
    return any(left.isdisjoint(right) for left, right in combinations(described, 2))


def part_namesakes(people: list[Person], readings: dict[str, Reading], named: Values) -> dict[tuple[str, str], Reading]:
    """(key, article) -> the person, of those who have the name of a better known one and are somebody else; `people` are the
    uses of names that `find_doubted`, `named` has the keys of all names of an article."""
    by_reading = defaultdict(list)
    for person in people:
        by_reading[readings[person.key].key].append(person)
    parted: dict[tuple[str, str], Reading] = {}
    for key in sorted(by_reading):
        parted |= part_reading(readings[key], by_reading[key], named)
    return parted


def list_fields(person: Person) -> frozenset[str]:
    """Fields of the roles that an article states of a person."""
    return find_fields(person.words, person.titles) if person.words or person.titles else frozenset()


@lru_cache(maxsize=FIELDS_KEPT)
def find_fields(words: frozenset[str], titles: frozenset[str]) -> frozenset[str]:
    """`list_fields` of somebody with these describing words and titles."""
    known, told = read_fields(), words | titles
    inside = {word for title in titles if " " in title for word in title.split()}
    fields = frozenset(known[word] for word in told - inside if word in known)
    if fields or told.isdisjoint(read_fields("head")):
        return fields
    branches = read_fields("branch")
    return frozenset(branches[word] for word in words if word in branches)


def part_reading(reading: Reading, people: list[Person], named: Values) -> dict[tuple[str, str], Reading]:
    """`part_namesakes` of one full name."""
    groups = group_people(people, named)
    main, *others = sorted(
        groups, key=lambda group: (-len({one.article for one in group}), min(one.article for one in group))
    )
    known = len({one.article for one in main})
    fields = set().union(*map(list_fields, main))
    words = set().union(*(list_telling(one.words) for one in main))
    parted = {}
    for group in others:
        own = set().union(*map(list_fields, group))
        articles = {one.article for one in group}
        described = set().union(*(list_telling(one.words) for one in group))
        if known > MOST_TIMES * len(articles):
            continue
        is_foreign = are_foreign(main, group, named)
        is_apart = are_apart(own, fields) if own and fields else are_strangers(main, group, named)
        if is_foreign or (is_apart and not words & described):
            told = unite_peoples(group) if is_foreign else own or described
            somebody = Reading(f"{reading.key}\x1f{min(told)}", reading.name)
            for one in group:
                somebody.add(one)
            parted |= {(one.key, one.article): somebody for one in group}
    if not parted:
        return {}
    parted |= place_plain(people, parted, named)
    own = Reading(reading.key, reading.name)
    for one in people:
        if (one.key, one.article) not in parted:
            own.add(one)
    vars(reading).update(vars(own))
    return parted


def are_apart(own: set[str], fields: set[str]) -> bool:
    """Whether nobody is likely to be of both: lawyers go into politics, singers act, and a coach may be of any sport."""
    if any(are_one_field(left, right) for left in own for right in fields):
        return False
    return not any(own | fields <= both for both in SHARED)


def are_one_field(left: str, right: str) -> bool:
    """Whether two fields are one, or one is a part of the other ("sport", "sport/golf")."""
    short, long = sorted((left, right), key=len)
    return long == short or long.startswith(f"{short}/")


@lru_cache(maxsize=FIELDS_KEPT)
def list_telling(words: frozenset[str]) -> frozenset[str]:
    """Describing words; where a branch says what somebody is head of, without the head's ("finance director")."""
    return words if words.isdisjoint(read_fields("branch")) else words.difference(read_fields("head"))


@lru_cache(maxsize=FIELDS_KEPT)
def list_peoples(words: frozenset[str]) -> frozenset[str]:
    """Countries to whose people describing words tell that somebody belongs ("Ugandan")."""
    known = (read_countries().get(word, ("", "")) for word in words)
    return frozenset(country for country, kind in known if kind == "people")


def unite_peoples(people: list[Person]) -> frozenset[str]:
    """`list_peoples` of all uses."""
    return frozenset().union(*(list_peoples(one.words) for one in people))


def are_foreign(main: list[Person], group: list[Person], named: Values) -> bool:
    """Whether two of one name are told to be of two countries ("Ugandan midfielder", "Kenyan runner"), and stand in no story together nor beside
    one name."""
    left, right = unite_peoples(main), unite_peoples(group)
    if not left or not right or left & right or {one.story for one in main} & {one.story for one in group}:
        return False
    beside = [set().union(*(named[one.article] - {one.key} for one in people)) for people in (main, group)]
    return beside[0].isdisjoint(beside[1])


def are_strangers(main: list[Person], group: list[Person], named: Values) -> bool:
    """Whether two described people of one name stand in a story each, whose articles name nobody and nothing in common: of four such
    pairs in 1,186 articles three were two people."""
    for people in (main, group):
        if len({one.story for one in people}) > 1 or not any(list_telling(one.words) for one in people):
            return False
    own = set().union(*(named[one.article] - {one.key} for one in group))
    if any(own & named[one.article] - {one.key} for one in main):
        return False
    return bool(own) and any(named[one.article] - {one.key} for one in main)


def place_plain(
    people: list[Person], parted: dict[tuple[str, str], Reading], named: Values
) -> dict[tuple[str, str], Reading]:
    """(key, article) -> the namesake, of those whom no role describes and whose article names more of what the namesake's
    articles name than of what those of the better known one do."""
    plain = [one for one in people if not list_fields(one) and (one.key, one.article) not in parted]
    beside: dict[str, set[str]] = defaultdict(set)
    holders = {reading.key: reading for reading in parted.values()}
    for one in people:
        reading = parted.get((one.key, one.article))
        if reading is not None or list_fields(one):
            beside[reading.key if reading else ""] |= named[one.article]
    moved = {}
    for one in plain:
        own = named[one.article] - {one.key}
        shared = {key: len(own & names) for key, names in beside.items()}
        best = max(sorted(holders), key=lambda key: shared.get(key, 0), default=None)
        if best is not None and shared.get(best, 0) > shared.get("", 0):
            holders[best].add(one)
            moved[one.key, one.article] = holders[best]
    return moved


def list_signs(person: Person) -> list[tuple[str, ...]]:
    """What two uses of a name have in common where they are one person, whatever tells of them: a field, or a describing word, each of the same
    people where one is told."""
    words, peoples = list_telling(person.words), sorted(list_peoples(person.words))
    return [
        *(("field", field, *peoples) for field in list_fields(person)),
        *(("word", word, *peoples) for word in words),
    ]


def list_beside(person: Person, named: Values) -> list[str]:
    """The other names of an article: two uses that have one in common are of one person if they are in one story. The story
    alone is no sign, since a text that many articles carry makes one too."""
    surname = bare_surname(person.key)
    return [key for key in named[person.article] if surname not in key or surname not in key.split()]


class Heads:
    """Places joined step by step; `find` tells the first of the places that one is joined with."""

    def __init__(self, count: int):
        self.above = list(range(count))

    def find(self, place: int) -> int:
        """The head of a place."""
        above = self.above
        while above[place] != place:
            above[place] = place = above[above[place]]
        return place

    def join(self, left: int, right: int) -> bool:
        """Join two places; whether they were apart."""
        left, right = self.find(left), self.find(right)
        self.above[right] = left
        return left != right


def group_people(people: list[Person], named: Values) -> list[list[Person]]:
    """Uses of a name that have signs in common, step by step."""
    heads, stories, seen = Heads(len(people)), defaultdict(list), {}
    for place, person in enumerate(people):
        stories[person.story].append(place)
        for sign in list_signs(person):
            heads.join(seen.setdefault(sign, place), place)
    for places in stories.values():
        join_beside(places, people, named, heads)
    groups = defaultdict(list)
    for place, person in enumerate(people):
        groups[heads.find(place)].append(person)
    return list(groups.values())


def join_beside(places: list[int], people: list[Person], named: Values, heads: Heads) -> None:
    """Join the uses of a name in one story whose articles have another name in common."""
    apart = len(set(map(heads.find, places)))
    seen: dict[str, int] = {}
    for place in places if apart > 1 else ():
        for key in list_beside(people[place], named):
            first = seen.setdefault(key, place)
            if first != place and heads.join(first, place):
                apart -= 1
                if apart == 1:
                    return
