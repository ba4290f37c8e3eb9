"""Which names in one article are the same person, organisation or place, and of which type it is."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from quotidian.tasks.extract.names.chain_people import chain_people
from quotidian.tasks.extract.names.chain_things import chain_things
from quotidian.tasks.extract.names.given_names import usual_gender
from quotidian.tasks.extract.names.institutions import part_by_country
from quotidian.tasks.extract.names.mentions import Form, Name, fold_words, form
from quotidian.tasks.extract.names.missed_names import add_missed_names
from quotidian.tasks.extract.names.name_types import decide_types, find_called_firms, find_placed
from quotidian.tasks.extract.names.owners import find_owner
from quotidian.tasks.extract.names.person_names import read_person_name
from quotidian.tasks.extract.names.same_names import part_same_names
from quotidian.tasks.extract.names.stated import Stated
from quotidian.tasks.extract.parsing.parse import Parse


@dataclass(frozen=True, slots=True)
class Link:
    """A name with the index of its entity."""

    name: Name
    entity: int


@dataclass(frozen=True, slots=True)
class Facts:
    """What the article states of one entity: titles, sex (as in `Stated`), country, describing words, and the
    sex each time that it is stated."""

    titles: tuple[str, ...] = ()
    sex: str = ""
    country: str | None = None
    words: tuple[str, ...] = ()
    sexes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Linked:
    """All names of an article, and for each entity its canonical words and type, and what is stated of it."""

    links: list[Link]
    entity_names: list[tuple[Form, str]]
    facts: list[Facts] = field(default_factory=list)

    @cached_property
    def counts(self) -> Counter[int]:
        """How often each entity is named."""
        return Counter(link.entity for link in self.links)

    def usual_gender(self, entity: int) -> str:
        """The gender that a person's given name, or the only one, usually tells, empty where it tells none or is not known."""
        name = read_person_name(fold_words(self.entity_names[entity][0]))
        return usual_gender(name.given or name.surname)


def link_names(parse: Parse, names: list[Name]) -> Linked:
    """Group the names of one article into entities, with one type for each form of a name."""
    names = add_missed_names(parse, names)
    types = decide_types(parse, names)
    apart = dict.fromkeys(find_called_firms(parse, names, types), "ORG")
    apart |= dict.fromkeys(find_placed(parse, names, types), "GPE")
    people = chain_people(parse, [name for name in names if types[form(name)] == "PERSON" and name not in apart])
    people = part_same_names(parse, people)
    things = chain_things(parse, [name for name in names if types[form(name)] != "PERSON"], types)
    things = part_by_country(parse, things)
    groups = [(chain.names, choose_person(chain.names), gather_facts(chain.stated)) for chain in people]
    groups += [(one, choose_canonical(one), Facts(country=find_owner(parse, one))) for one in things]
    groups += [(one, one[0].words, Facts()) for one in group_forms(apart)]
    links, entities, facts = [], [], []
    for index, (members, canonical, told) in enumerate(sorted(groups, key=lambda group: group[0][0].first)):
        label = apart.get(members[0]) or types[fold_words(canonical)]
        entities.append((canonical, label))
        facts.append(told)
        links += [Link(Name(name.first, name.last, label, name.words), index) for name in members]
    links.sort(key=lambda link: link.name.first)
    return Linked(links, entities, facts)


def group_forms(names: Iterable[Name]) -> list[list[Name]]:
    """Names of one form together, in the order of the text."""
    groups = defaultdict(list)
    for name in sorted(names, key=lambda name: name.first):
        groups[form(name)].append(name)
    return list(groups.values())


def gather_facts(stated: list[Stated]) -> Facts:
    """What stands beside the names of one person; of two sexes the one that is stated more often."""
    told = tuple(one.sex for one in stated if one.sex)
    sexes = Counter(told)
    sex = min(sexes, key=lambda sex: (-sexes[sex], sex), default="")
    titles = {title for one in stated for title in one.titles}
    words = {word for one in stated for word in one.words}
    return Facts(tuple(sorted(titles)), sex, None, tuple(sorted(words)), told)


def choose_person(members: list[Name]) -> Form:
    """The fullest form that has the given name and the surname of the most frequent full one: middle names count, and words
    that are glued to one mention do not."""
    counts = Counter(name.words for name in members)
    parts = {words: read_person_name(fold_words(words)) for words in counts}
    full = [words for words in counts if parts[words].is_full]
    if not full:
        return choose_canonical(members)
    usual = parts[max(full, key=lambda words: counts[words])]
    same = [w for w in full if (parts[w].given, parts[w].surname) == (usual.given, usual.surname)]
    return max(same, key=lambda words: (len(words), counts[words]))


def choose_canonical(members: list[Name]) -> Form:
    """The fullest form, of equal ones the most frequent, of these the first."""
    counts = Counter(name.words for name in members)
    return max(counts, key=lambda words: (len(words), counts[words]))
