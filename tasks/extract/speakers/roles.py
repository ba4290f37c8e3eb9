"""Which person a role or an organisation stands for: "the spokesman" is the last one whom the article called so."""

from collections.abc import Iterable
from functools import cache

from quotidian.tasks.extract.names.link_names import Linked
from quotidian.tasks.extract.parsing.parse import Parse
from quotidian.tasks.extract.quotes.grammar import DESCRIPTION_TAGS, NOUNS
from quotidian.tasks.extract.quotes.readings import Order, reading
from quotidian.tasks.store.facts import read_facts

BODIES = frozenset(("company", "organisation"))
MOST_SENTENCES = 15
"""Sentences back that are searched for the holder of a role."""
INDEFINITE = frozenset(("a", "an", "another"))
DEATHS = frozenset(("death", "murder", "killing", "assassination", "funeral"))
DYING = frozenset(("died", "killed", "murdered", "slain", "assassinated", "buried"))
DEFINITE = frozenset(("the", "this", "that"))


@cache
def read_person_nouns() -> frozenset[str]:
    """Common nouns for one person by what he does ("spokesman", "lawyer"): single words of seeds/speaker_classes.csv, but those of bodies."""
    rows = read_facts("speaker_classes")
    return frozenset(row["words"] for row in rows if row["class"] not in BODIES and " " not in row["words"])


def find_role_nouns(parse: Parse, first: int, last: int) -> frozenset[str]:
    """The nouns by which the text calls the person named by tokens first to last: before the name, or in apposition."""
    nouns = set()
    before = first - 1
    if before >= 0 and parse.tags[before] in NOUNS and parse.sentence_of[before] == parse.sentence_of[first]:
        nouns.add(parse.words[before])
    for child in parse.children[last - 1]:
        if parse.deps[child] == "appos" and parse.tags[child] in NOUNS:
            nouns.add(parse.words[child])
    head = parse.heads[last - 1]
    if parse.deps[last - 1] == "appos" and parse.tags[head] in NOUNS:
        nouns.add(parse.words[head])
    return frozenset(nouns)


@reading("Judge Peter Hall sat down. The judge said it rained.", "[The judge = Peter Hall] it rained")
def read_holder(parse: Parse, linked: Linked, people: Iterable[int], head: int) -> int | None:
    """A bare definite role is the nearest person before it whom the text called by the same noun ("the spokesman").

    `people` are the indexes of links to people named before the role, nearest first. A role with words of its own
    ("the Florida senator") is left open: on annotated news half of them mean somebody else; words behind it ("the head of the
    harbour police") must be among those that describe the person. Open is also one of whom the article tells the death, and one
    behind whom another of that role is spoken of ("a judge").
    """
    if parse.subtree(head)[0] != head - 1 or parse.words[head - 1] not in DEFINITE:
        return None
    sentence = parse.sentence_of[head]
    for index in people:
        name = linked.links[index].name
        if sentence - parse.sentence_of[name.first] > MOST_SENTENCES:
            return None
        entity = linked.links[index].entity
        is_called_so = parse.words[head] in find_role_nouns(parse, name.first, name.last)
        if is_called_so and find_own_nouns(parse, head) <= set(linked.facts[entity].words):
            is_open = is_another_named(parse, name.last, head) or is_dead(parse, linked, entity)
            return None if is_open else entity
    return None


def find_own_nouns(parse: Parse, head: int) -> set[str]:
    """The nouns behind "of" that belong to a role ("the head of the | harbour police")."""
    return {
        parse.words[token]
        for child in parse.children[head]
        if child > head and parse.words[child] == "of"
        for token in range(*parse.subtree(child))
        if parse.tags[token] in NOUNS
    }


def is_another_named(parse: Parse, first: int, head: int) -> bool:
    """Whether between two tokens another one of a role is spoken of, without a name ("a judge", "another officer")."""
    return any(
        parse.words[token] == parse.words[head] and parse.words[token - 1] in INDEFINITE
        for token in range(max(1, first), head)
    )


def is_dead(parse: Parse, linked: Linked, entity: int) -> bool:
    """Whether an article tells the death of somebody: "the late", "was killed", "died", "the murder of"."""
    return any(
        tells_death(parse, link.name.first, link.name.last - 1) for link in linked.links if link.entity == entity
    )


def tells_death(parse: Parse, first: int, last: int) -> bool:
    """Whether the words around one name, of tokens first to last, tell a death."""
    head = parse.heads[last]
    is_of = parse.words[head] == "of" and parse.words[parse.heads[head]] in DEATHS
    is_killed = parse.words[head] in DYING and parse.deps[last] in ("nsubjpass", "dobj")
    has_died = parse.words[head] == "died" and parse.deps[last] == "nsubj"
    return "late" in parse.words[max(0, first - 2) : first] or is_of or is_killed or has_died


HOLDERS = Order(read_holder)


def find_representative(parse: Parse, linked: Linked, people: Iterable[int], head: int, last: int | None) -> int | None:
    """The person who speaks for the organisation `last` that spoke in the sentence before: the nearest one whose description
    shares a proper word with its name ("senior Chinese diplomat Wang Yi" and "the Chinese Foreign Ministry")."""
    sentence = parse.sentence_of[head]
    if last is None or linked.entity_names[last][1] != "ORG":
        return None
    spoke = [link.name for link in linked.links if link.entity == last and link.name.first < head]
    if not spoke or parse.sentence_of[spoke[-1].first] != sentence - 1:
        return None
    words = {word.lower() for name in spoke for word in name.words}
    for index in people:
        link = linked.links[index]
        if sentence - parse.sentence_of[link.name.first] > MOST_SENTENCES:
            return None
        if words & find_description(parse, link.name.first):
            return link.entity
    return None


def find_description(parse: Parse, first: int) -> set[str]:
    """Capitalised words of the noun phrase right before a name, in small letters."""
    words, token = set(), first - 1
    while token >= 0 and parse.tags[token] in DESCRIPTION_TAGS:
        if parse.view[parse.starts[token]].isupper():
            words.add(parse.words[token])
        token -= 1
    return words
