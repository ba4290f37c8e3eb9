"""Whom "he" and "she" mean within the words of a quotation: resolved where one person alone can be meant, else not at all."""

from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple

from quotidian.tasks.extract.names.link_names import Linked
from quotidian.tasks.extract.quotes.page import Page
from quotidian.tasks.extract.speakers.attribute import Attribution
from quotidian.tasks.extract.speakers.cast import PERSONAL


class SpokenOf(NamedTuple):
    """A pronoun in somebody's words, in characters, and the entity that it means."""

    start: int
    end: int
    entity: int


def find_spoken_of(page: Page, linked: Linked, attributions: list[Attribution]) -> list[SpokenOf]:
    """The pronouns in quotations whose person is sure, in the order of the text; of quotations in each other the inner one decides."""
    people = [link for link in linked.links if linked.entity_names[link.entity][1] == "PERSON"]
    firsts = [link.name.first for link in people]
    found: dict[int, SpokenOf | None] = {}
    for attribution in sorted(attributions, key=lambda one: (one.saying.end - one.saying.start, one.saying.start)):
        for token in list_pronouns(page, attribution):
            if token not in found:
                scope = slice(bisect_left(firsts, find_scope(page, attribution)), bisect_left(firsts, token))
                behind = slice(bisect_left(firsts, token), bisect_left(firsts, page.sentence_end(token)))
                near = [(link.name.first, link.entity) for link in people[scope]]
                later = {link.entity for link in people[behind]}
                found[token] = choose_person(page, linked, attribution, token, near, later)
    return [found[token] for token in sorted(found) if found[token] is not None]


def list_pronouns(page: Page, attribution: Attribution) -> Iterator[int]:
    """Tokens of a saying's words that are "he", "she" or a form of them."""
    for start, end in attribution.saying.parts:
        for token in range(page.token_at(start), page.token_at(end)):
            if page.parse.words[token] in PERSONAL:
                yield token


def find_scope(page: Page, attribution: Attribution) -> int:
    """First token of the sentence before that in which a saying starts."""
    sentence = page.parse.sentence_of[page.token_at(attribution.saying.start)]
    return page.parse.sentence_range(max(0, sentence - 1))[0]


def choose_person(
    page: Page,
    linked: Linked,
    attribution: Attribution,
    token: int,
    near: list[tuple[int, int]],
    later: set[int],
) -> SpokenOf | None:
    """The one person that a pronoun can mean: named before it in its sentence, the saying or the sentence before, of the sex that
    the article states, and not who speaks, who calls himself "I" between marks.

    Where the sex of the one is not stated, he must be named in the saying itself; where the pronoun is reported without marks, it
    may be the speaker, unless the article states another sex of him.
    """
    parse, gender = page.parse, PERSONAL[page.parse.words[token]]
    speakers = {one.entity for one in attribution.everybody}
    if None in speakers or not speakers:
        return None
    if not is_direct(page, attribution, token) and any(may_be(linked, one, gender) for one in speakers):
        return None
    options = {entity for _, entity in near if entity not in speakers and may_be(linked, entity, gender)}
    rivals = {entity for entity in later - speakers if may_be(linked, entity, gender)}
    if len(options) != 1 or rivals - options:
        return None
    (entity,) = options
    is_stated = linked.facts[entity].sex == gender
    start, end = attribution.saying.start, attribution.saying.end
    is_within = any(one == entity and start <= parse.starts[first] < end for first, one in near)
    return SpokenOf(parse.starts[token], parse.ends[token], entity) if is_stated or is_within else None


def is_direct(page: Page, attribution: Attribution, token: int) -> bool:
    """Whether a token stands between marks, or in speech that lost them."""
    return attribution.saying.is_lost_speech or page.segment_of[token] >= 0


def may_be(linked: Linked, entity: int, gender: str) -> bool:
    """Whether an article states no other sex of a person, nor, where it states none, his given name."""
    return (linked.facts[entity].sex or linked.usual_gender(entity)) in ("", gender)
