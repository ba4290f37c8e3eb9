"""Everybody who says it: the speakers that one phrase names together, and for whom people in office speak."""

from collections.abc import Iterator
from dataclasses import replace

from quotidian.tasks.extract.parsing.parse import Parse
from quotidian.tasks.extract.quotes.drafts import Saying
from quotidian.tasks.extract.quotes.grammar import PLURAL_NOUNS, SINGULAR_NOUNS
from quotidian.tasks.extract.speakers.cast import Cast, Turn
from quotidian.tasks.extract.speakers.conjuncts import DETERMINERS, JOINING, find_conjuncts
from quotidian.tasks.extract.speakers.speakers import Speaker, identify_name, identify_speaker


def list_speakers(cast: Cast, saying: Saying, head: int, first: Speaker, turns: list[Turn]) -> tuple[Speaker, ...]:
    """The speaker whose phrase has the token `head`, by his own words alone, then those whom "and" joins to him, each once.

    Only what the grammar joins counts: of "Hall, who works with Berg, said" Hall alone speaks.
    """
    heads = [head, *find_people(cast, head)]
    found = [first, *(identify_speaker(cast, token, turns) for token in heads[1:])]
    ends = [find_end(cast.parse, token) for token in heads[1:]] + [len(cast.parse.text)]
    alone = [stand_alone(cast, one, end) for one, end in zip(found, ends, strict=True)]
    listed = [alone[0]]
    for other in alone[1:]:
        is_new = other.entity is None or all(other.entity != one.entity for one in listed)
        if is_new and other.start >= listed[-1].end and is_beside_cue(cast.parse, saying, other):
            listed.append(other)
    return (*listed, *(find_represented(cast, head) if len(heads) == 1 and first.entity is None else ()))


def find_people(cast: Cast, head: int) -> list[int]:
    """Heads of what is joined to the head, without further descriptions of one person ("the former mayor and | senator | said")."""
    parse, joined = cast.parse, find_conjuncts(cast.parse, head)
    is_one = all(
        token not in cast.link_at and parse.tags[token] in SINGULAR_NOUNS and parse.child(token, *DETERMINERS) is None
        for token in joined
    )
    is_described = head not in cast.link_at and parse.tags[head] in SINGULAR_NOUNS
    return [] if is_one and is_described else joined


def find_end(parse: Parse, conjunct: int) -> int:
    """Where the words before a conjunct and its "and" end."""
    token = min(parse.subtree(conjunct)[0], conjunct) - 1
    while token > 0 and (parse.words[token] in JOINING or parse.words[token] == ","):
        token -= 1
    return parse.ends[token]


def stand_alone(cast: Cast, speaker: Speaker, end: int) -> Speaker:
    """A speaker by his own words: his name, or his description up to `end`, where that of the next one is joined to it."""
    if speaker.link is not None:
        return identify_name(cast, cast.linked.links[speaker.link].name.last - 1, speaker.link)
    return replace(speaker, end=end) if speaker.start < end < speaker.end else speaker


def is_beside_cue(parse: Parse, saying: Saying, speaker: Speaker) -> bool:
    """Whether a joined speaker stands outside the content, and before the cue where the first one does."""
    if any(speaker.start < end and start < speaker.end for start, end in saying.parts):
        return False
    frame = saying.frame
    cue = parse.starts[frame.cue_start]
    return frame.subject is None or frame.subject > frame.cue or speaker.end <= cue


def find_represented(cast: Cast, head: int) -> Iterator[Speaker]:
    """Those in whose names several people in office speak ("the ministers of | Peru | and | Chile | said")."""
    parse = cast.parse
    of = parse.child(head, "prep")
    if parse.tags[head] not in PLURAL_NOUNS or of is None or parse.words[of] != "of":
        return
    first = parse.child(of, "pobj")
    heads = [] if first is None else [first, *find_conjuncts(parse, first)]
    links = [cast.link_at.get(token) for token in heads]
    if len(links) > 1 and None not in links:
        for token, link in zip(heads, links, strict=True):
            yield replace(identify_name(cast, token, link), kind="represented", role=None)
