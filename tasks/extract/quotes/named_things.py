"""What stands in marks because it is called so: titles, mottos, nicknames, terms. Nobody says it."""

import re
from functools import cache

from quotidian.tasks.extract.quotes.frames import Frame
from quotidian.tasks.extract.quotes.grammar import DETERMINER_TAGS
from quotidian.tasks.extract.quotes.page import Page
from quotidian.tasks.store.facts import read_facts

NAMING = frozenset(
    (
        "called",
        "named",
        "titled",
        "entitled",
        "dubbed",
        "nicknamed",
        "termed",
        "christened",
        "styled",
        "subtitled",
        "captioned",
        "labelled",
        "labeled",
    )
)
"""Participles before what a thing is called."""
NAMING_AS = frozenset(
    ("known", "billed", "branded", "advertised", "marketed", "described", "recognised", "recognized", "regarded")
)
"""The same with "as"."""
NAMED_NOUNS = frozenset(
    (
        "theme",
        "motto",
        "slogan",
        "title",
        "name",
        "headline",
        "nickname",
        "caption",
        "label",
        "tagline",
        "subtitle",
        "hashtag",
        "password",
    )
)
"""Nouns of which a colon or "is" gives the words that somebody chose, not what he said."""
WORD = re.compile(r"[A-Za-z][\w'-]*")
SMALL_WORDS = frozenset(
    ("a", "an", "and", "as", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with", "is")
)
"""Words that titles write small."""
LONGEST_NAME = 6
"""Words of the name of a book, a film or a plan."""
FARTHEST_NAMING = 4
"""Tokens before a mark among which such a word stands."""


def is_named_so(page: Page, index: int) -> bool:
    """Whether a marked segment is what a thing is called (known as the “…”, a film titled “…”, the motto: “…”)."""
    parse, first = page.parse, page.token_at(page.segments[index].outer_start)
    token = page.skip_blank_left(first)
    while token is not None and token > first - FARTHEST_NAMING and parse.tags[token] in DETERMINER_TAGS:
        token -= 1
    if token is None or token < 0:
        return False
    word = parse.words[token]
    if word in {":", *BEING}:
        return names_behind(page, token)
    is_named = word in NAMING or (word == "as" and token > 0 and parse.words[token - 1] in NAMING_AS)
    return is_named and is_bare_participle(page, token if word in NAMING else token - 1)


@cache
def read_work_nouns() -> frozenset[str]:
    """Nouns of seeds/work_nouns.csv: what has a name in marks right behind it (the film “…”)."""
    return frozenset(row["noun"] for row in read_facts("work_nouns"))


def is_name_of_work(page: Page, index: int) -> bool:
    """Whether a marked segment is the name of a book, a song, a plan: right behind its noun, short, and with nobody in it who acts."""
    parse, segment = page.parse, page.segments[index]
    token = page.skip_blank_left(page.token_at(segment.outer_start))
    if token is None or parse.words[token] not in read_work_nouns():
        return False
    tokens = range(*page.segment_tokens(index))
    words = [one for one in tokens if parse.words[one][0].isalnum()]
    return len(words) <= LONGEST_NAME and not any(parse.tags[one] == "PRP" for one in words)


BEING = frozenset(("is", "was", "are", "were", "be", "became", "reads", "read"))


def is_title(page: Page, index: int) -> bool:
    """Whether a segment is written as titles and mottos are, all but small words with capitals ("Harbours of Hope")."""
    segment = page.segments[index]
    words = [word for word in WORD.findall(page.parse.view[segment.start : segment.end]) if word not in SMALL_WORDS]
    before = page.skip_blank_left(page.token_at(segment.outer_start))
    is_one = len(words) == 1 and before is not None and page.parse.words[before] == "of"
    return (
        (len(words) > 1 or is_one)
        and all(word[0].isupper() for word in words)
        and not all(word.isupper() for word in words)
    )


def names_behind(page: Page, token: int) -> bool:
    """Whether a noun of NAMED_NOUNS is the subject before a colon or a form of to be."""
    parse = page.parse
    first = page.sentence_start(token)
    before = [parse.words[place] for place in range(max(first, token - 12), token)]
    if parse.words[token] == ":":
        return bool(before) and (
            before[-1] in NAMED_NOUNS or (before[-1] in BEING and has_named_subject(page, token - 1))
        )
    return has_named_subject(page, token)


def has_named_subject(page: Page, verb: int) -> bool:
    """Whether the subject of a verb is a theme, a motto, a title."""
    subject = page.parse.child(verb, "nsubj")
    return subject is not None and page.parse.words[subject] in NAMED_NOUNS


def is_bare_participle(page: Page, token: int) -> bool:
    """Whether a participle describes a thing (a film called “…”, the film is called “…”), with nobody who calls it so."""
    parse = page.parse
    is_clause = parse.deps[token] in {"acl", "amod", "advcl", "appos", "ROOT", "dep", "nmod"}
    work = parse.child(token, "nsubjpass")
    is_work = work is not None and parse.words[work] in read_work_nouns() and parse.child(token, "agent") is None
    has_subject = parse.child(token, "nsubj", "agent", "auxpass", "aux") is not None
    return is_work or (parse.tags[token] in {"VBN", "VBD", "JJ"} and is_clause and not has_subject)


def is_naming(page: Page, frame: Frame, index: int | None) -> bool:
    """Whether the cue of a frame is only the participle that a name in marks follows."""
    if index is None or frame.kind != "verb":
        return False
    between = range(frame.cue_end, page.token_at(page.segments[index].outer_start))
    return is_named_so(page, index) and all(
        page.parse.tags[token] in DETERMINER_TAGS or page.parse.words[token] == "as" for token in between
    )
