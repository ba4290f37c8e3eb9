"""Which names of people in one article are one person: short forms join the full name that title, sex and suffix agree with."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import partial

from quotidian.tasks.extract.names.given_names import is_given, usual_gender
from quotidian.tasks.extract.names.mentions import Form, Name, form
from quotidian.tasks.extract.names.name_types import is_aged
from quotidian.tasks.extract.names.person_names import (
    PersonName,
    bare_surname,
    is_misspelled,
    join_hyphens,
    may_be_given,
    may_be_one,
    read_person_name,
)
from quotidian.tasks.extract.names.stated import Stated, read_kin_nouns, read_stated
from quotidian.tasks.extract.parsing.parse import Parse

DOMINANT = 2
"""How many times as often a person is named in full as anybody else whom a bare name may mean."""

PARENTS = frozenset(("father", "mother"))
"""Kin who may be told as such without anybody else ("a father of two")."""


@dataclass(slots=True)
class Chain:
    """The names of one person: those in full, all of them, and what stands beside them."""

    full: dict[Form, PersonName] = field(default_factory=dict)
    names: list[Name] = field(default_factory=list)
    stated: list[Stated] = field(default_factory=list)
    full_count: int = 0
    is_relative: bool = False
    is_passing: bool = False
    """Named in full once, without a title, and not as who does anything."""
    first: int = 0
    place: int = 0

    def add(self, name: Name, stated: Stated) -> None:
        """One more name of the person."""
        self.names.append(name)
        self.stated.append(stated)

    def own_names(self) -> list[PersonName]:
        """The full names without those that only have something glued before another one ("Angels Tony Berg")."""
        tails = {tuple(key[cut:]) for key in self.full for cut in range(1, len(key) - 1)}
        inner = tails & self.full.keys()
        longer = {key for key in self.full for tail in inner if len(key) > len(tail) and key[-len(tail) :] == tail}
        glued = {key for key in longer if not is_given(key[0])}
        return [name for key, name in self.full.items() if key not in glued]

    @property
    def sexes(self) -> set[str]:
        """What titles and words of kinship tell."""
        return {stated.sex for stated in self.stated} - {""}

    def may_be(self, sex: str) -> bool:
        """Whether a sex is stated of the person, or nothing else is, not even by a given name that is almost never of it."""
        usual = {usual_gender(name.given) for name in self.full.values()} - {""}
        return sex in (self.sexes or usual or {sex})

    @property
    def is_junior(self) -> bool:
        """Whether the person is always told from an elder one of the name ("Jr.")."""
        return all(name.suffix for name in self.full.values())

    def may_be_son(self, titles: Iterable[str]) -> bool:
        """Whether a bare name with titles may mean somebody who is told from a junior by nothing else."""
        is_other = bool(titles) and (self.titles | self.words).isdisjoint(titles)
        return self.is_relative or self.is_passing or is_other

    @property
    def titles(self) -> set[str]:
        """All titles of the person."""
        return {title for stated in self.stated for title in stated.titles}

    @property
    def words(self) -> frozenset[str]:
        """All words that describe the person."""
        return frozenset().union(*(stated.words for stated in self.stated))


def chain_people(parse: Parse, names: list[Name]) -> list[Chain]:
    """One chain for each person, in the order of their first names in the text."""
    told = [(name, read_person_name(form(name)), read_stated(parse, name)) for name in names]
    chains = chain_full_names([one for one in told if one[1].is_full])
    for chain in chains:
        chain.is_relative = not chain.titles and any(map(partial(is_told_as_kin, parse), chain.names, chain.stated))
        chain.is_passing = chain.full_count == 1 and not chain.titles and not is_acting(parse, chain.names[0])
    called = [(chain, chain.own_names()) for chain in chains]
    bare: dict[tuple[str, str], Chain] = {}
    short = [one for one in told if not one[1].is_full]
    for name, person, stated in (one for one in short if one[2].sex):
        chain = pick_chain(called, name, person, stated)
        (find_bare(bare, person.surname, stated.sex) if chain is None else chain).add(name, stated)
    sure = {id(chain): len(chain.names) for chain in (*chains, *bare.values())}
    holders: dict[str, Chain] = {}
    surnames = {one.surname for _, own in called for one in own}
    for name, person, stated in (one for one in short if not one[2].sex):
        chain = None
        if not is_family(parse, name, surnames):
            chain = pick_chain(called, name, person, stated, holders.get(person.surname))
        if chain is not None:
            holders[person.surname] = chain
        if chain is None or yields(chain, stated, person.surname, bare, sure):
            chain = find_bare(bare, person.surname, person.suffix)
        chain.add(name, stated)
    chains = [*chains, *bare.values()]
    for chain in chains:
        order = sorted(range(len(chain.names)), key=lambda place: chain.names[place].first)
        chain.names = [chain.names[place] for place in order]
        chain.stated = [chain.stated[place] for place in order]
    return sorted(chains, key=lambda chain: chain.names[0].first)


def is_told_as_kin(parse: Parse, name: Name, stated: Stated) -> bool:
    """Whether the text tells somebody as a relative of another ("Ida Norell, the daughter of the president"), or two at once by their given
    names ("Mina and Ida Norell")."""
    before = parse.words[max(name.first - 2, 0) : name.first]
    is_pair = len(before) > 1 and before[1] in ("and", "&") and is_given(before[0]) and len(name.words) > 1
    is_pair = is_pair and (name.first < 3 or not is_given(parse.words[name.first - 3]))
    return is_pair or any(word in read_kin_nouns() and word not in PARENTS for word in stated.words)


def is_acting(parse: Parse, name: Name) -> bool:
    """Whether somebody does something, or his age says that the text is about him."""
    return parse.deps[name.last - 1] in ("nsubj", "nsubjpass") or is_aged(parse, name.last)


def is_family(parse: Parse, name: Name, surnames: set[str]) -> bool:
    """Whether a name is a surname in the plural, that of a family ("the Halls")."""
    word = form(name)[-1]
    is_plural = word.endswith("s") and word not in surnames and word[:-1] in surnames
    return is_plural and name.first > 0 and parse.words[name.first - 1] == "the"


def yields(
    chain: Chain, stated: Stated, surname: str, bare: dict[tuple[str, str], Chain], sure: dict[int, int]
) -> bool:
    """Whether a short name is sooner the one who is of the other sex and nowhere named in full, since the article speaks of him more often:
    "President Obama" beside "Mr. Obama" and a single Michelle Obama."""
    others = [one for (key, own), one in bare.items() if key == surname and own]
    is_called_so = bool(chain.titles & set(stated.titles))
    return len(others) == 1 and not is_called_so and sure.get(id(others[0]), 0) > sure[id(chain)]


def find_bare(bare: dict[tuple[str, str], Chain], key: str, mark: str) -> Chain:
    """The chain of a name whose full form the article does not tell; "Mr. Berg" and "Mrs. Berg" are two, so are Otto I and
    Otto II, and a plain "Berg" is the one of them that there is."""
    told = [chain for (known, own), chain in bare.items() if known == key and own]
    if not mark and len(told) == 1:
        return told[0]
    if mark and (key, "") in bare and (key, mark) not in bare and not told:
        bare[key, mark] = bare.pop((key, ""))
    return bare.setdefault((key, mark), Chain())


def chain_full_names(told: list[tuple[Name, PersonName, Stated]]) -> list[Chain]:
    """Chains of the names in full, the longest forms first."""
    counts = Counter(form(name) for name, _, _ in told)
    people = {form(name): person for name, person, _ in told}
    sexes = {key: {stated.sex for name, _, stated in told if form(name) == key} - {""} for key in people}
    chains: list[Chain] = []
    owner: dict[Form, Chain] = {}
    by_word: dict[str, dict[int, Chain]] = defaultdict(dict)
    for key in sorted(people, key=lambda key: (-len(key), -counts[key], key)):
        near = {place: chain for word in list_words(key, people[key]) for place, chain in by_word[word].items()}
        fitting = [near[place] for place in sorted(near) if may_join(near[place], key, people[key], sexes, owner)]
        chain = fitting[0] if len(fitting) == 1 else pick_frequent(fitting)
        if chain is None:
            chain = Chain(place=len(chains))
            chains.append(chain)
        chain.full[key] = people[key]
        for word in list_words(key, people[key]):
            by_word[word][chain.place] = chain
        chain.full_count += counts[key]
        owner[key] = chain
    for name, _, stated in told:
        owner[form(name)].add(name, stated)
    for chain in chains:
        chain.first = min(name.first for name in chain.names)
    return chains


def list_words(key: Form, person: PersonName) -> set[str]:
    """What two names of one person have one of in common: words, and the surname without its particle."""
    return {*join_hyphens(key), bare_surname(person.surname)}


def pick_frequent(chains: list[Chain]) -> Chain | None:
    """The chain that is clearly more often named in full than the others, if one is."""
    ranked = sorted(chains, key=lambda chain: -chain.full_count)
    if not ranked or (len(ranked) > 1 and ranked[0].full_count < DOMINANT * ranked[1].full_count):
        return None
    return ranked[0]


def may_join(
    chain: Chain, key: Form, person: PersonName, sexes: dict[Form, set[str]], owner: dict[Form, Chain]
) -> bool:
    """Whether a full name agrees with all names of a chain."""
    stated = set().union(*(sexes[other] for other in chain.full)) if owner else set()
    if sexes[key] and stated and not sexes[key] & stated:
        return False
    return all(
        may_be_one(person, other) or is_part(key, form_, person, other) or is_slip(person, other)
        for form_, other in chain.full.items()
    )


def is_slip(left: PersonName, right: PersonName) -> bool:
    """Whether two names differ by a letter of the given name that one of them lost."""
    is_same = (left.surname, left.suffix, left.middles) == (right.surname, right.suffix, right.middles)
    return is_same and is_misspelled(left.given, right.given)


def is_part(short: Form, full: Form, person: PersonName, other: PersonName) -> bool:
    """Whether a name of several words is the end or the start of a longer one ("Sheikh Mohamud", "Pedro Castillo" of "Pedro
    Castillo Terrones")."""
    left, right = join_hyphens(short), join_hyphens(full)
    return person.suffix == other.suffix and len(left) > 1 and left in (right[-len(left) :], right[: len(left)])


def pick_chain(
    called: list[tuple[Chain, list[PersonName]]],
    name: Name,
    person: PersonName,
    stated: Stated,
    holder: Chain | None = None,
) -> Chain | None:
    """The person whom a bare name means; None where the article tells nobody, or leaves it open.

    `holder` is who was called so last: of several who may be, he stays so, unless another is far more often named in full. (Of 50 such names of
    politicians in annotated news 49 are his; a wife is seldom called by the surname alone, and so in full.)
    A junior whom the text only tells as a relative, or names once in passing, is not meant where "Jr." is missing, nor by a title that he has not: his father may be.
    """
    fitting = find_called(called, person, name.first)
    if not person.suffix:
        is_titled = bool(stated.titles) and not stated.sex
        fitting = [
            chain for chain in fitting if not (chain.is_junior and chain.may_be_son(stated.titles if is_titled else ()))
        ]
    if stated.titles and not stated.sex:
        fitting = [chain for chain in fitting if not chain.is_relative]
    if stated.sex:
        fitting = [chain for chain in fitting if chain.may_be(stated.sex)]
        known = narrow_by_place(fitting, name, stated)
        fitting = [chain for chain in known if stated.sex in chain.sexes] or fitting
    for narrow in (narrow_by_title, narrow_by_place, narrow_by_suffix):
        if len(fitting) < 2:
            break
        fitting = narrow(fitting, name, stated)
    if len(fitting) == 1:
        return fitting[0]
    frequent = pick_frequent(fitting)
    if holder is None or all(holder is not chain for chain in fitting):
        return frequent if frequent and comes_first(frequent, fitting) else None
    return holder if frequent in (None, holder) else None


def comes_first(chain: Chain, others: list[Chain]) -> bool:
    """Whether nobody of another given name that is known is named in full before a person: who comes later and is always named in full is seldom
    called by the surname alone ("Ivanka Trump")."""
    own = {name.given for name in chain.full.values()}
    earlier = {name.given for one in others if one.first < chain.first for name in one.full.values()}
    return not any(map(is_given, earlier - own))


def find_called(called: list[tuple[Chain, list[PersonName]]], person: PersonName, first: int) -> list[Chain]:
    """People, with their names, of that surname, else of that given name, by a nickname only where it comes behind the name in full ("Bob" is no
    Robert whom the last line thanks), else of that middle name."""
    word = person.surname
    named = [one for one in called if one[0].first < first]
    for people, test in (
        (called, lambda one: bare_surname(one.surname) == bare_surname(word) and person.suffix in ("", one.suffix)),
        (called, lambda one: bare_surname(one.surname) == word[:-1] and word.endswith("s")),
        (called, lambda one: len(one.given) > 1 and word == one.given),
        (named, lambda one: len(one.given) > 1 and may_be_given(word, one.given)),
        (called, lambda one: word in one.middles or word in f"{' '.join(one.middles)} {one.surname}".split()),
    ):
        found = [chain for chain, names in people if any(test(one) for one in names)]
        if found:
            return found
    return []


def narrow_by_title(chains: list[Chain], name: Name, stated: Stated) -> list[Chain]:
    """Those who hold a title that stands before the bare name; where they held it once, whom the text describes so ("former mayor Ann Hall and the
    new mayor, Tom Hall")."""
    titles = set(stated.titles)
    holders = [chain for chain in chains if chain.titles & titles]
    if "former" not in titles and holders and all("former" in chain.titles for chain in holders):
        holders = [chain for chain in chains if chain.words & titles and "former" not in chain.titles] or holders
    return holders or chains


def narrow_by_suffix(chains: list[Chain], name: Name, stated: Stated) -> list[Chain]:
    """Those without "Jr." where the elder of that given name is named, too: the bare name is his."""
    elders = {one.given for chain in chains for one in chain.full.values() if not one.suffix}
    return [chain for chain in chains if not all(one.suffix and one.given in elders for one in chain.full.values())]


def narrow_by_place(chains: list[Chain], name: Name, stated: Stated) -> list[Chain]:
    """Those whom the text has named in full before the bare name."""
    return [chain for chain in chains if chain.first < name.first] or chains
