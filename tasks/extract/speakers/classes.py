"""The class of a source by the role that the text states: official, politician, expert, company and others."""

import re
from dataclasses import replace
from functools import cache, lru_cache

from quotidian.tasks.extract.annotation import Entity, Quote
from quotidian.tasks.extract.speakers.speakers import Speaker
from quotidian.tasks.store.facts import read_facts

PHRASE_ENDS = frozenset(("of", "for", "at", "in", "from", "with", "to", "on", "who"))
ROLES_KEPT = 65_536
"""Roles whose class a process remembers: texts hold any number."""
WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")


@cache
def read_classes(weight: str) -> tuple[dict[str, str], tuple[tuple[tuple[str, ...], str], ...]]:
    """Classes by single words, and of several words in order, the longest first: the rows of a weight of seeds/speaker_classes.csv.

    Weak words ("spokesman", "president") tell their class, if any, only where no other word of the role does.
    """
    rows = [(tuple(r["words"].split()), r["class"]) for r in read_facts("speaker_classes") if r["weight"] == weight]
    phrases = sorted((row for row in rows if len(row[0]) > 1), key=lambda row: (-len(row[0]), row[0]))
    return {words[0]: name for words, name in rows if len(words) == 1}, tuple(phrases)


def classify_speaker(text: str, speaker: Speaker | None, kind: str) -> str | None:
    """The class of a speaker: anonymous and document by kind, else by his stated role or the noun he is called by; None where neither tells."""
    if speaker is None or kind == "none":
        return None
    if kind in {"anonymous", "document"}:
        return kind
    words = speaker.role or (text[speaker.start : speaker.end] if kind != "named" else "")
    return classify_role(words)


@lru_cache(ROLES_KEPT)
def classify_role(role: str) -> str | None:
    """The class that the words of a role tell: its main noun or another word before "of", "for", "at" and "in"; for a weak main
    noun also the words behind ("a spokesman for the airline"), and else its own."""
    words = [word.lower() for word in WORD.findall(role)]
    ends = (place for place, word in enumerate(words) if place and word in PHRASE_ENDS)
    end = next(ends, len(words))
    head, behind = words[:end], words[end:]
    found = find_class(head, "strong")
    if found is None and find_class(head, "weak") is not None:
        found = find_class(behind, "strong") or find_class(head, "weak")
    return found or None


def find_class(words: list[str], weight: str) -> str | None:
    """The class of the last listed word of some, or of the longest listed words among them; "" where a listed word tells none."""
    singles, phrases = read_classes(weight)
    found = (name for phrase, name in phrases if contains(words, phrase))
    return next(found, next((singles[word] for word in reversed(words) if word in singles), None))


def class_by_entity(quotes: list[Quote], entities: tuple[Entity, ...]) -> list[Quote]:
    """Quotations with the class that the article states of their speaker elsewhere: with another quotation, by a title or beside a name."""
    known: dict[int, str] = {}
    for quote in quotes:
        if quote.speaker_class and quote.speaker_kind == "named" and quote.speaker_entity_index is not None:
            known.setdefault(quote.speaker_entity_index, quote.speaker_class)
    for index, entity in enumerate(entities):
        found = {classify_role(words) for words in (*entity.titles, *entity.words)} - {None}
        if entity.type == "PERSON" and len(found) == 1:
            known.setdefault(index, found.pop())
    return [fill_class(quote, known) for quote in quotes]


def fill_class(quote: Quote, known: dict[int, str]) -> Quote:
    """A quotation with the class of its named speaker, where its own words tell none."""
    if quote.speaker_class or quote.speaker_kind != "named" or quote.speaker_entity_index not in known:
        return quote
    return replace(quote, speaker_class=known[quote.speaker_entity_index])


def contains(words: list[str], listed: tuple[str, ...]) -> bool:
    """Whether words stand in a list next to each other."""
    return any(tuple(words[place : place + len(listed)]) == listed for place in range(len(words) - len(listed) + 1))
