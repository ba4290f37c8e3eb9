"""Which person a role or an organisation stands for: "the spokesman" is the last one whom the article called so."""

from collections.abc import Iterable
from functools import cache
from itertools import islice

from quotidian.tasks.extract.names.link_names import Link, Linked
from quotidian.tasks.extract.parsing.parse import Parse
from quotidian.tasks.extract.quotes.grammar import DESCRIPTION_TAGS, NOUNS
from quotidian.tasks.extract.quotes.readings import Order, reading
from quotidian.tasks.store.facts import read_facts

BODIES = frozenset(("company", "organisation"))
MOST_SENTENCES = 15
"""Sentences back that are searched for the holder of a role."""
MOST_NAMES = 200
"""Names of people back that are looked at, so that an article of very many does not cost out of proportion to its length."""
MAIN_TIMES = 3
"""How often somebody is named, measured by others who are called by the same role, where he alone is meant by it."""
INDEFINITE = frozenset(("a", "an", "another"))
DEATHS = frozenset(("death", "murder", "killing", "assassination", "funeral"))
DYING = frozenset(("died", "killed", "murdered", "slain", "assassinated", "buried"))
DEFINITE = frozenset(("the", "this", "that"))
OTHERS = frozenset(
    (
        "vice",
        "deputy",
        "assistant",
        "lt",
        "lieutenant",
        "attorney",
        "shadow",
        "former",
        "ex",
        "late",
        "onetime",
        "then",
        "erstwhile",
    )
)
"""Words before a role that make another one of it: a vice president is not the president, and a former one no longer."""


@cache
def read_person_nouns() -> frozenset[str]:
    """Common nouns for one person by what he does ("spokesman", "lawyer"): single words of seeds/speaker_classes.csv, but those of bodies."""
    rows = read_facts("speaker_classes")
    return frozenset(row["words"] for row in rows if row["class"] not in BODIES and " " not in row["words"])


@cache
def read_title_roles() -> dict[str, frozenset[str]]:
    """The common nouns of whom a title is short for, or another word: "Sen." is a senator, and Justice Hall a judge."""
    return {row["title"]: frozenset(row["role"].split(";")) for row in read_facts("titles") if row["role"]}


def is_called(parse: Parse, first: int, last: int, role: tuple[str, ...], head: int) -> bool:
    """Whether the text calls the person named by tokens first to last by the words of a role: before the name, or in apposition; not by
    the very words of `head`, which the parser may have hung on a name before them."""
    tokens = [child for child in parse.children[last - 1] if parse.deps[child] == "appos"]
    if first and parse.sentence_of[first - 1] == parse.sentence_of[first]:
        tokens.append(first - 1)
    if parse.deps[last - 1] == "appos":
        tokens.append(parse.heads[last - 1])
    return any(is_role(parse, token, role) for token in tokens if parse.tags[token] in NOUNS and token != head)


def is_role(parse: Parse, noun: int, role: tuple[str, ...]) -> bool:
    """Whether the words up to a noun are those of a role, and none before them makes another one of it ("deputy mayor", "ex-president")."""
    *own, last = role
    start, word = noun - len(own), parse.words[noun].rstrip(".")
    if last != word and last not in read_title_roles().get(word, ()):
        return False
    before = start - 1 - (parse.words[start - 1] == "-")
    return parse.words[start:noun] == own and (before < 0 or parse.words[before].rstrip(".") not in OTHERS)


@reading("Sen. Peter Hall sat down. The senator said it rained.", "[The senator = Peter Hall] it rained")
def read_holder(parse: Parse, linked: Linked, people: Iterable[int], head: int) -> int | None:
    """A definite role is the person before it whom the text called so, before or behind his name ("the spokesman"); of several the one of whom
    it speaks far more often, else nobody.

    `people` are the indexes of links to people named before the role, nearest first. The text must have given somebody all words of the role ("the
    prime minister"): where it gave him the last alone, half of those on annotated news mean somebody else ("the Florida senator"). Words behind it ("the
    head of the harbour police") must be among those that describe the person. Open is also one of whom the article tells the death, and one behind whom
    another of that role is spoken of ("a judge").
    """
    first = parse.subtree(head)[0]
    role = tuple(parse.words[first + 1 : head + 1])
    if parse.words[first] not in DEFINITE or not role:
        return None
    links = [linked.links[index] for index in islice(people, MOST_NAMES)]
    name = pick_main(linked, [link for link in links if is_called(parse, link.name.first, link.name.last, role, head)])
    if name is None or parse.sentence_of[head] - parse.sentence_of[name.name.first] > MOST_SENTENCES:
        return None
    if not find_own_nouns(parse, head) <= set(linked.facts[name.entity].words):
        return None
    behind = parse.subtree(name.name.last - 1)[1]  # "Anna Berg, a judge" is no other judge
    is_open = is_another_named(parse, behind, head) or is_dead(parse, linked, name.entity)
    return None if is_open else name.entity


def pick_main(linked: Linked, called: list[Link]) -> Link | None:
    """The nearest link to who alone is called so, or is named `MAIN_TIMES` times as often as all others of some people together, None where nobody
    is."""
    counts = {link.entity: linked.counts[link.entity] for link in called}
    total = sum(counts.values())
    return next((link for link in called if counts[link.entity] >= MAIN_TIMES * (total - counts[link.entity])), None)


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
