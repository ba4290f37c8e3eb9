"""Which organisation "it" and "they" mean: the one that just spoke or acted, where no other can be meant."""

from functools import cache

from quotidian.tasks.extract.names.name_types import read_organisation_words
from quotidian.tasks.extract.quotes.grammar import NOUNS, OBJECTS, PLURAL_NOUNS, SUBJECTS
from quotidian.tasks.extract.speakers.cast import Cast
from quotidian.tasks.extract.speakers.roles import read_person_nouns
from quotidian.tasks.extract.speakers.speaker_nouns import read_speaker_nouns
from quotidian.tasks.store.facts import read_facts

THINGS = frozenset(("it", "they"))
LONGEST_SILENCE = 2
"""Sentences back that are searched; behind more of them an organisation has to be named again."""
FORMS_OF_BE = frozenset(("is", "'s", "was", "be", "are", "were", "been", "'re"))
INSIDE_NOUNS = frozenset(("relcl", "acl"))
"""Labels of clauses that only describe a noun."""
DOCUMENTS = frozenset(("WORK_OF_ART", "LAW"))


@cache
def read_body_nouns() -> frozenset[str]:
    """Common nouns for one organisation ("union", "court"): words of organisations, and heads of institutions that speak as groups."""
    heads = {row["word"] for row in read_facts("institution_words") if row["is_head"] == "yes"}
    groups = {noun for noun, kind in read_speaker_nouns().items() if kind == "collective"}
    return frozenset(read_organisation_words() | (heads & groups))


def find_organisation(cast: Cast, head: int) -> int | None:
    """Last token of the name or noun of the organisation that a pronoun means; None where none acted, or more than one may be
    meant."""
    parse, looked, places = cast.parse, 0, set()
    sentence, word = parse.sentence_of[head], parse.words[head]
    if parse.words[parse.heads[head]] in FORMS_OF_BE:
        return None
    while sentence >= 0 and looked <= LONGEST_SILENCE:
        first, last = parse.sentence_range(sentence)
        tokens = [token for token in range(first, min(last, head)) if not cast.is_content(token)]
        if any(is_rival(cast, token, word) for token in tokens):
            return None
        bodies = list_bodies(cast, tokens)
        places |= list_places(cast, tokens)
        if bodies:
            return pick_only(cast, bodies, places)
        looked += any(parse.deps[token] in SUBJECTS for token in tokens)
        sentence -= 1
    return None


def list_bodies(cast: Cast, tokens: list[int]) -> list[int]:
    """Tokens at the end of names of organisations, of acting countries, and nouns for one organisation."""
    return [
        token for token in tokens if (is_named_body(cast, token) if token in cast.link_at else is_body(cast, token))
    ]


def is_named_body(cast: Cast, token: int) -> bool:
    """Whether a name of an organisation, or of a country that acts, ends at a token."""
    link = cast.linked.links[cast.link_at[token]]
    type_ = cast.type_of(link.entity)
    return token == link.name.last - 1 and (type_ == "ORG" or (type_ == "GPE" and is_acting(cast, token)))


def is_body(cast: Cast, token: int) -> bool:
    """Whether a common noun is one organisation."""
    is_one = cast.parse.tags[token] == "NN" and cast.parse.deps[token] not in ("compound", "nmod")
    return is_one and cast.parse.words[token] in read_body_nouns()


def is_acting(cast: Cast, token: int) -> bool:
    """Whether a noun, or a name by the noun at its head ("the | Bank | of Ghana"), is the subject of a clause that does not only describe another
    noun."""
    parse = cast.parse
    if token in cast.link_at:
        name = cast.linked.links[cast.link_at[token]].name
        token = next(
            (one for one in range(name.first, name.last) if parse.heads[one] not in range(name.first, name.last)), token
        )
    return parse.deps[token] in SUBJECTS and parse.deps[parse.heads[token]] not in INSIDE_NOUNS


def is_rival(cast: Cast, token: int, word: str) -> bool:
    """Whether what is no organisation may be meant: a document, or an earlier pronoun, by "it"; people by "they", also those whom an
    organisation acts on ("interviewed twenty members")."""
    parse = cast.parse
    if word == "they" and parse.deps[token] in ("dobj", *OBJECTS) and parse.tags[token] in PLURAL_NOUNS:
        return parse.words[token] in read_person_nouns()
    if parse.deps[token] not in SUBJECTS or parse.heads[token] == token:
        return False
    if parse.words[token] in THINGS:
        return True
    if word == "they":
        is_several = any(parse.deps[child] == "conj" for child in parse.children[token])
        return (parse.tags[token] in PLURAL_NOUNS and token not in cast.link_at) or (
            is_several and parse.tags[token] in NOUNS
        )
    if token in cast.link_at:
        return cast.type_of(cast.linked.links[cast.link_at[token]].entity) in DOCUMENTS
    return read_speaker_nouns().get(parse.words[token]) == "document"


def list_places(cast: Cast, tokens: list[int]) -> set[int]:
    """Entities of the countries and towns that are named among some tokens."""
    named = (cast.linked.links[cast.link_at[token]].entity for token in tokens if token in cast.link_at)
    return {entity for entity in named if cast.type_of(entity) == "GPE"}


def pick_only(cast: Cast, bodies: list[int], places: set[int]) -> int | None:
    """The one organisation that acts, where no other one is named beside it; of countries none where another one of `places` is named since."""
    acting = [token for token in bodies if is_acting(cast, token)]
    meant = {name_body(cast, token) for token in bodies if token in acting or token in cast.link_at}
    is_place = acting and cast.label_at(acting[-1]) == "GPE"
    return acting[-1] if acting and len(meant) == 1 and not (is_place and len(places) > 1) else None


def name_body(cast: Cast, token: int) -> int | str:
    """The entity of a name, or the noun."""
    return cast.linked.links[cast.link_at[token]].entity if token in cast.link_at else cast.parse.words[token]
