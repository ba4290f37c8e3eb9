"""The names of one article, and who spoke where: what a pronoun or a role is looked up in."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from quotidian.tasks.extract.names.link_names import Link, Linked
from quotidian.tasks.extract.parsing.parse import Parse
from quotidian.tasks.extract.quotes.grammar import COMMON_NOUNS, PLURAL_NOUNS

PERSONAL = {"he": "male", "she": "female", "him": "male", "her": "female", "his": "male", "hers": "female"}
MOST_TIMES = 3
"""Times as many pronouns of one gender as of the other that tell it: some mean somebody without a name."""
OBJECTS = frozenset(("dative", "dobj", "iobj", "pobj"))
SAINTS = frozenset(("saint", "saints", "sts", "sts."))
FARTHEST_SAINT = 3
"""Tokens from such a word to the last name of those that churches bear ("Saints Peter and Paul")."""
LONGEST_PAUSE = 2
"""Sentences after which a person has to be named again."""


def cover_tokens(parse: Parse, spans: Iterable[tuple[int, int]]) -> bytearray:
    """One byte for each token, 1 where it starts in a span."""
    covered = bytearray(len(parse))
    for start, end in spans:
        first, last = bisect_left(parse.starts, start), bisect_left(parse.starts, end)
        covered[first:last] = b"\x01" * (last - first)
    return covered


class Turn(NamedTuple):
    """Who spoke where: an entity, and the token that names or replaces it."""

    entity: int
    token: int


class Cast:
    """The names of one article, looked up by token, and who was mentioned when."""

    def __init__(
        self, parse: Parse, linked: Linked, said: Iterable[tuple[int, int]] = (), segment_of: Sequence[int] = ()
    ) -> None:
        self.parse, self.linked, self.segment_of = parse, linked, segment_of
        self.said = cover_tokens(parse, said)
        self.link_at: dict[int, int] = {}
        for index, link in enumerate(linked.links):
            for token in range(link.name.first, link.name.last):
                self.link_at[token] = index
        self.people = [i for i, link in enumerate(linked.links) if self.type_of(link.entity) == "PERSON"]
        self.people_tokens = [linked.links[i].name.first for i in self.people]
        self.genders = self.read_genders()
        self.standing = {link.entity for link in linked.links if not self.is_no_one(link)}
        """Entities that are named at least once for themselves and as one: not only to tell a thing apart ("a Rolex watch"), or as many ("the Marine
        Commandos")."""
        self.own_words: tuple[tuple[int, int], ...] = ()
        """Characters of what is said just now: nobody speaks from within his own words."""
        self.own_head = 0
        """Token of the words for who says that."""
        self.own_cue = ""
        """Lemma of the cue of that."""
        self.called: dict[int, str] = {}
        """Gender of the pronoun that meant who spoke last, and of those that could mean nobody else."""
        self.surely_called: dict[int, str] = {}
        self.unnamed: int | None = None
        """Head of the words for who spoke last, where that is one person without a name ("a spokesman")."""
        self.body: int | None = None
        """Head of the words for who spoke last, where that is an organisation."""

    def is_content(self, token: int) -> bool:
        """Whether somebody is quoted with a token."""
        return bool(self.said[token])

    def type_of(self, entity: int) -> str:
        return self.linked.entity_names[entity][1]

    def label_at(self, token: int) -> str | None:
        """Type of what a token names."""
        return self.type_of(self.linked.links[self.link_at[token]].entity) if token in self.link_at else None

    def note_pronoun(self, entity: int, head: int | None, is_sure: bool) -> None:
        """Keep by which pronoun a speaker was called, until the next one speaks unless nobody else could be meant."""
        gender = None if head is None else PERSONAL.get(self.parse.words[head])
        if gender and is_sure:
            self.surely_called.setdefault(entity, gender)
        self.called = self.surely_called | ({entity: gender} if gender else {})

    def is_no_one(self, link: Link) -> bool:
        """Whether a name is here part of a common noun behind it, that of many or of something ("its Marine Commandos"), or of saints."""
        token, tags = link.name.last - 1, self.parse.tags
        is_part = self.parse.deps[token] == "compound" and tags[self.parse.heads[token]] in COMMON_NOUNS
        is_part = is_part or self.parse.words[link.name.first - 1] == "its"
        is_part = is_part or (len(link.name.words) == 1 and self.parse.words[link.name.first - 1] == "the")
        is_saint = not SAINTS.isdisjoint(self.parse.words[max(0, link.name.first - FARTHEST_SAINT) : link.name.first])
        return is_part or is_saint or (tags[token] in PLURAL_NOUNS and tags[link.name.first - 1] in ("DT", "PRP$"))

    def read_genders(self) -> dict[int, str]:
        """Gender of each person as a title or a word of kinship states it, else as pronouns do that can mean nobody else, else as the
        given name usually tells."""
        stated = {entity: self.linked.facts[entity].sex for entity in self.list_people()}
        return self.usual_genders() | self.count_pronouns() | {entity: sex for entity, sex in stated.items() if sex}

    def list_people(self) -> set[int]:
        """Entities of the people who are named."""
        return {self.linked.links[index].entity for index in self.people}

    def usual_genders(self) -> dict[int, str]:
        """Gender that the given names of people usually tell: nobody calls a Peter "she" without saying more."""
        told = {entity: self.linked.usual_gender(entity) for entity in self.list_people()}
        return {entity: gender for entity, gender in told.items() if gender}

    def count_pronouns(self) -> dict[int, str]:
        """Gender that pronouns outside of marks tell of people who alone are named in their sentence before them, or in the
        sentence before where nobody is: the one that is told `MOST_TIMES` times as often as the other, where the given name is
        usually of the other with one more of that."""
        counts: dict[int, Counter[str]] = defaultdict(Counter)
        for token, word in enumerate(self.parse.words):
            if word in PERSONAL and (not self.segment_of or self.segment_of[token] < 0):
                named = self.people_near(token)
                if len(named) == 1:
                    counts[min(named)][PERSONAL[word]] += 1
        ranked = {entity: count.most_common() for entity, count in counts.items()}
        return {
            entity: found[0][0]
            for entity, found in ranked.items()
            if found[0][1] >= MOST_TIMES * (sum(count for _, count in found[1:]) + self.is_unusual(entity, found[0][0]))
        }

    def is_unusual(self, entity: int, gender: str) -> bool:
        """Whether a given name usually tells the other gender."""
        return self.linked.usual_gender(entity) not in ("", gender)

    def people_near(self, token: int) -> set[int]:
        """People named in the sentence of a token before it, or in the sentence before where nobody is."""
        sentence = self.parse.sentence_of[token]
        for one in (sentence, sentence - 1):
            found = self.people_among(self.parse.sentence_range(one)[0], token) if one >= 0 else []
            if found:
                return {link.entity for link in found}
        return set()

    def people_among(self, first: int, last: int) -> list[Link]:
        """Links to the people whose names begin among some tokens, in their order."""
        start, end = (bisect_left(self.people_tokens, token) for token in (first, last))
        return [self.linked.links[index] for index in self.people[start:end]]

    def people_before(self, token: int):
        """Links to people named before `token`, nearest first."""
        for place in range(bisect_left(self.people_tokens, token) - 1, -1, -1):
            start = self.parse.starts[self.people_tokens[place]]
            if not any(first <= start < last for first, last in self.own_words):
                yield self.people[place]

    def people_acting(self, first: int, last: int) -> list[int]:
        """Entities of the people who are subjects among some tokens, in their order."""
        links = self.people_among(first, last)
        return [link.entity for link in links if self.parse.deps[link.name.last - 1] in ("nsubj", "nsubjpass")]

    def goes_on(self, turn: Turn, token: int) -> bool:
        """Whether a person whom "he" or "she" meant goes on: he spoke at most two sentences before, and nobody is named since."""
        parse = self.parse
        is_near = parse.sentence_of[token] - parse.sentence_of[turn.token] in range(LONGEST_PAUSE + 1)
        return is_near and not self.people_among(turn.token + 1, token) and parse.words[turn.token] in PERSONAL

    def people_behind(self, token: int) -> set[int]:
        """Entities of the people behind a pronoun in its sentence whom it cannot mean: subjects, and whom its own verb has beside it
        ("she told Hall", "she said of Hall")."""
        end = self.parse.sentence_range(self.parse.sentence_of[token])[1]
        links = self.people_among(token + 1, end)
        return {link.entity for link in links if self.is_beside(link.name.last - 1, self.parse.heads[token])}

    def is_beside(self, name: int, verb: int) -> bool:
        """Whether a name is a subject, or an object of a verb, of an infinitive of it ("went on to call Hall a liar"), or of a preposition
        that belongs to one of them."""
        parse, head = self.parse, self.parse.heads[name]
        while parse.deps[head] in ("dative", "prep", "xcomp") and head != verb:
            head = parse.heads[head]
        return parse.deps[name] == "nsubj" or (head == verb and parse.deps[name] in OBJECTS)
