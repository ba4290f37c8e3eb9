"""Two people of one full name: parted where what they do, where they stand and what is told of them have nothing in common."""

from collections import Counter, defaultdict
from functools import cache, lru_cache
from itertools import combinations

from quotidian.tasks.deduplicate.entities.readings import Person, Reading
from quotidian.tasks.deduplicate.entities.uses import Values
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
def read_fields() -> dict[str, str]:
    """Field of each role of seeds/role_fields.csv: a bowler is of sport, an economist of business."""
    return {row["role"]: row["field"] for row in read_facts("role_fields")}


def part_namesakes(people: list[Person], readings: dict[str, Reading], named: Values) -> dict[tuple[str, str], Reading]:
    """(key, article) -> the person, of those who have the name of a better known one and are somebody else; `named` has the
    keys of all names of an article."""
    by_reading = defaultdict(list)
    for person in people:
        by_reading[readings[person.key].key].append(person)
    parted: dict[tuple[str, str], Reading] = {}
    for key in sorted(by_reading):
        uses = by_reading[key]
        if len(uses) > 1 and may_be_two(uses):
            parted |= part_reading(readings[key], uses, named)
    return parted


def may_be_two(uses: list[Person]) -> bool:
    """Whether the uses of a name are of two fields, or described without a common word in a few stories: else nothing can part
    them."""
    if len({field for person in uses for field in list_fields(person)}) > 1:
        return True
    if not 1 < len({person.story for person in uses}) <= MOST_STORIES:
        return False
    described = {person.words for person in uses if person.words}
    return any(left.isdisjoint(right) for left, right in combinations(described, 2))


def list_fields(person: Person) -> frozenset[str]:
    """Fields of the roles that an article states of a person."""
    return find_fields(person.words, person.titles) if person.words or person.titles else frozenset()


@lru_cache(maxsize=FIELDS_KEPT)
def find_fields(words: frozenset[str], titles: frozenset[str]) -> frozenset[str]:
    """`list_fields` of somebody with these describing words and titles."""
    known = read_fields()
    inside = {word for title in titles if " " in title for word in title.split()}
    return frozenset(known[word] for word in (words | titles) - inside if word in known)


def part_reading(reading: Reading, people: list[Person], named: Values) -> dict[tuple[str, str], Reading]:
    """`part_namesakes` of one full name."""
    groups = group_people(people, named)
    main, *others = sorted(
        groups, key=lambda group: (-len({one.article for one in group}), min(one.article for one in group))
    )
    known = len({one.article for one in main})
    fields = set().union(*map(list_fields, main))
    words = set().union(*(one.words for one in main))
    parted = {}
    for group in others:
        own = set().union(*map(list_fields, group))
        articles = {one.article for one in group}
        described = set().union(*(one.words for one in group))
        is_other = are_apart(own, fields) if own and fields else are_strangers(main, group, named)
        if is_other and not words & described and known <= MOST_TIMES * len(articles):
            somebody = Reading(f"{reading.key}\x1f{min(own or described)}", reading.name)
            for one in group:
                somebody.add(one)
            parted |= {(one.key, one.article): somebody for one in group}
    parted |= place_plain(people, parted, named)
    kept = [one for one in people if (one.key, one.article) not in parted]
    reading.stories &= {one.story for one in kept}
    reading.articles &= {one.article for one in kept}
    return parted


def are_apart(own: set[str], fields: set[str]) -> bool:
    """Whether nobody is likely to be of both: lawyers go into politics, singers act."""
    return not own & fields and not any(own | fields <= both for both in SHARED)


def are_strangers(main: list[Person], group: list[Person], named: Values) -> bool:
    """Whether two described people of one name stand in a story each, whose articles name nobody and nothing in common: of four such
    pairs in 1,186 articles three were two people."""
    if any(len({one.story for one in people}) > 1 or not any(one.words for one in people) for people in (main, group)):
        return False
    own, others = (set().union(*(named[one.article] - {one.key} for one in people)) for people in (main, group))
    return bool(own and others) and not own & others


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


def list_signs(person: Person, beside: frozenset[str]) -> list[tuple[str, ...]]:
    """What two uses of a name have in common where they are one person: a field, a describing word, or another name in the
    same story, of those `beside`; the story alone is none, since a text that many articles carry makes one too."""
    surname = bare_surname(person.key)
    return [
        *(("story", person.story, key) for key in beside if surname not in key.split()),
        *(("field", field) for field in list_fields(person)),
        *(("word", word) for word in person.words),
    ]


def group_people(people: list[Person], named: Values) -> list[list[Person]]:
    """Uses of a name that have signs in common, step by step."""
    head = list(range(len(people)))

    def find(place: int) -> int:
        while head[place] != place:
            head[place] = place = head[head[place]]
        return place

    seen: dict[tuple[str, ...], int] = {}
    stories = Counter(person.story for person in people)
    for place, person in enumerate(people):
        beside = named[person.article] if stories[person.story] > 1 else frozenset()
        for sign in list_signs(person, beside):
            head[find(place)] = find(seen.setdefault(sign, place))
    groups = defaultdict(list)
    for place, person in enumerate(people):
        groups[find(place)].append(person)
    return list(groups.values())
