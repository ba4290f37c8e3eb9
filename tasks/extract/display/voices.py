"""Who an article names and quotes, as far as its headline and captions may mean them."""

import re
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from quotidian.tasks.extract.display.words import (
    read_function_words,
    read_headline_words,
    read_person_words,
    read_title_words,
)
from quotidian.tasks.extract.parsing.view import PLAIN
from quotidian.tasks.extract.quotes.marks import find_segments
from quotidian.tasks.extract.speakers.speaker_nouns import read_speaker_nouns

SPEAKING = frozenset(("PERSON", "ORG", "GPE"))
POSTPOSED = frozenset(("of", "for", "from", "behind"))
"""What may follow the noun of a role: "father of victim"."""
SHORT_TITLES = {"pm": "prime minister"}
TOKEN = re.compile(r"\w+(?:[-'.&]\w+)*")
LEAST_WORDS = 3
"""Words that two quotations share, one after another, or content words that a paraphrase takes over: fewer are in many quotations."""
LEAST_SHARE = 0.8
"""Share of the content words of a paraphrase that the quotation of the body must have."""


class Who(NamedTuple):
    """The speaker that some words mean: index of the entity, None where it is not sure, and the kind of speaker."""

    entity: int | None
    kind: str


class Said(NamedTuple):
    """One quotation of the body: its place among them, its words, those of content, who says it, whether it stands in marks, and the words in
    marks within it."""

    index: int
    words: str
    content: frozenset[str]
    entity: int | None
    is_marked: bool
    nested: tuple[str, ...]

    def has(self, words: str) -> bool:
        """Whether some words stand in it, one after another, and not in marks within it: those are of somebody else."""
        return f" {words} " in f" {self.words} " and not any(f" {words} " in f" {inner} " for inner in self.nested)


@dataclass(frozen=True)
class Voices:
    """What the extract room found in a body: rows of its entities, mentions and quotations, as in the work store."""

    body: str
    entities: list[dict]
    mentions: list[dict]
    quotes: list[dict]

    @cached_property
    def aliases(self) -> dict[str, set[int]]:
        """Each name of the body that may speak, in small letters, with the entities that it means."""
        found: dict[str, set[int]] = {}
        for index, entity in enumerate(self.entities):
            if entity["type"] in SPEAKING:
                found.setdefault(fold_name(entity["name"]), set()).add(index)
        for one in self.mentions:
            if one["mention_kind"] == "name" and one["type"] in SPEAKING and one["entity_index"] is not None:
                found.setdefault(fold_name(self.body[one["start"] : one["end"]]), set()).add(one["entity_index"])
        return found

    @cached_property
    def surnames(self) -> dict[str, set[int]]:
        """Last words of the names of people that the body names in full, and of all others whose name holds the word."""
        found: dict[str, set[int]] = {}
        for index in self.people:
            found.setdefault(fold_name(self.entities[index]["name"]).split()[-1], set()).add(index)
        return found

    @cached_property
    def name_words(self) -> frozenset[str]:
        """The words of all names that may speak."""
        return frozenset(word for name in self.aliases for word in name.split())

    @cached_property
    def people(self) -> list[int]:
        """People whom the body names with two words at least."""
        return [i for i, e in enumerate(self.entities) if e["type"] == "PERSON" and len(e["name"].split()) > 1]

    @cached_property
    def said(self) -> list[Said]:
        """The quotations of the body."""
        return [self.read_quote(index, quote) for index, quote in enumerate(self.quotes) if quote["is_said"]]

    def read_quote(self, index: int, quote: dict) -> Said:
        """A quotation of the body as it is compared."""
        text = " ".join(self.body[part["start"] : part["end"]] for part in quote["parts"])
        words, inner = fold_words(text), find_segments(text, text.translate(PLAIN), [0])
        nested = tuple(fold_words(text[one.start : one.end]) for one in inner) if quote["kind"] == "direct" else ()
        return Said(index, words, content_words(words), quote["speaker_entity_index"], quote["is_marked"], nested)

    def is_quoted(self, entity: int | None) -> bool:
        """Whether the body quotes somebody."""
        return entity is not None and any(one.entity == entity for one in self.said)

    def find_holder(self, role: str) -> int | None:
        """The one person whom the body names in full, calls by a role, and quotes."""
        asked = {role, SHORT_TITLES.get(role, role)}
        held = [i for i in self.people if asked & {*self.entities[i]["titles"], *self.entities[i]["words"]}]
        return held[0] if len(held) == 1 and self.is_quoted(held[0]) else None

    def knows(self, name: str) -> bool:
        """Whether the body has a name, whoever it means."""
        return name in self.aliases or name in self.surnames

    def find_named(self, name: str) -> int | None:
        """The one entity that a name can mean; a person only where the body names him in full."""
        found = self.aliases.get(name, set()) | self.surnames.get(name, set())
        if len(found) != 1:
            return None
        index = next(iter(found))
        is_person = self.entities[index]["type"] == "PERSON"
        return index if not is_person or index in self.people else None

    def find_repeated(self, words: str, is_exact: bool) -> list[Said]:
        """The quotations of the body that have some words one after another, or, unless `is_exact`, most of what they tell."""
        if words.count(" ") + 1 >= LEAST_WORDS:
            found = [one for one in self.said if one.has(words)]
            if found or is_exact:
                return found
        told = content_words(words)
        if is_exact or len(told) < LEAST_WORDS:
            return []
        return [one for one in self.said if len(told & one.content) >= LEAST_SHARE * len(told)]

    def supports(self, entity: int, words: str, share: float) -> bool:
        """Whether the quotations of somebody in the body have a share of the content words, two at least."""
        told = content_words(words)
        known = frozenset().union(*(one.content for one in self.said if one.entity == entity))
        return len(told & known) >= max(2, share * len(told))


def tell_speaker(voices: Voices, words: str) -> Who | None:
    """Whom the words for a speaker mean; None where they are no words for one."""
    tokens = fold_words(words).split()
    if tokens and tokens[0] in ("the", "a", "an"):
        tokens = tokens[1:]
    if not tokens:
        return None
    for first in range(len(tokens)):
        name = " ".join(tokens[first:])
        if (first == 0 or is_title(tokens[first - 1])) and voices.knows(name):
            return Who(voices.find_named(name), "named")
    kind = None if any(token in voices.surnames for token in tokens) else tell_role(tokens)
    return Who(voices.find_holder(" ".join(tokens)), kind) if kind else None


def is_title(word: str) -> bool:
    """Whether a word may stand before a name: a title, a noun for what somebody does, or whose he is ("Iran's")."""
    return word.endswith("'s") or word in read_title_words() | read_person_words()


def tell_role(tokens: list[str]) -> str | None:
    """The kind of speaker that a phrase describes by its main noun, the last one or the one before "of"; None where it names none."""
    end = next((place for place, word in enumerate(tokens) if place and word in POSTPOSED), len(tokens))
    head = tokens[end - 1]
    if head in read_speaker_nouns():
        return read_speaker_nouns()[head]
    if head in read_headline_words("document"):
        return "document"
    nouns, singular = read_person_words() | read_title_words(), head.removesuffix("s")
    if singular != head and singular in nouns:
        return "collective"
    return "role" if head in nouns else None


def fold_name(name: str) -> str:
    """A name in small letters with plain marks and single blanks."""
    return " ".join(name.translate(PLAIN).lower().removesuffix("'s").split())


def fold_words(text: str) -> str:
    """The words of a text in small letters, with single blanks."""
    return " ".join(TOKEN.findall(text.translate(PLAIN).lower()))


def content_words(words: str) -> frozenset[str]:
    """The words of folded text that tell something."""
    return frozenset(word for word in words.split() if word.replace("'", "") not in read_function_words())
