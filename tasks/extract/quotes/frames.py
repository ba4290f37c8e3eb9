"""Frames of saying: each cue in the parse with its speaker and the clause or phrase that it introduces."""

from dataclasses import dataclass, replace

from quotidian.tasks.extract.parsing.parse import Parse
from quotidian.tasks.extract.quotes.complements import find_complement, find_repeated_speaker
from quotidian.tasks.extract.quotes.cues import read_complements, read_cue_nouns, read_cue_verbs
from quotidian.tasks.extract.quotes.subjects import (
    INVERTED_AFTER,
    SUBJECTS,
    find_inverted_name,
    find_inverted_noun,
    find_main_subject,
    find_name_before_aside,
    find_named_role,
    find_opening,
    find_owner,
    find_speaker,
    find_words_before,
    is_contracted_have,
)

NOT_PREDICATES = frozenset(("amod", "compound", "aux", "auxpass", "nmod", "pobj", "nsubj", "dobj", "det", "case"))
SOURCE_TAGS = frozenset(("DT", "JJ", "NN", "NNS", "NNP", "NNPS"))
DOCUMENT_GERUNDS = frozenset(("reading", "filing", "briefing", "posting", "ruling"))
"""Documents that the parser takes for verbs ("according to an official reading.")."""
ATTRIBUTE_OPENERS = frozenset(("CD", "DT", "PRP$", "POS"))
"""Tags of words that open a noun phrase and are seldom the subject of the verb right behind them."""
CLOSE_CUE = 6
"""Tokens from a cue to a participle behind a comma that goes on with its speaker ("he said, adding …")."""
PROMISE_NOUNS = frozenset(("pledge", "promise", "vow"))
"""Cue nouns whose content may be an infinitive ("her pledge to …")."""


@dataclass(frozen=True, slots=True)
class Frame:
    """One cue. Token indexes; `speaker` is the head of the speaker's phrase, `content` the head of what was said.

    `cue_start` and `cue_end` span the cue with its particle; `kind` is verb, noun or source ("according to"); `left` is the first token of the phrase where the speaker stands apart from it or was found by words alone.
    """

    cue: int
    lemma: str
    kind: str
    cue_start: int
    cue_end: int
    speaker: int | None = None
    content: int | None = None
    complement: str = ""
    is_passive: bool = False
    rest: tuple[int, ...] = ()
    needs_marks: bool = False
    left: int | None = None


def find_frames(parse: Parse) -> list[Frame]:
    """All frames of saying in the order of their cues."""
    verbs, nouns = read_cue_verbs(), read_cue_nouns()
    frames: list[Frame] = []
    for token, word in enumerate(parse.words):
        if word in verbs and is_predicate(parse, token):
            frame = frame_verb(parse, token, verbs[word])
            for share in (share_speaker, leave_content, share_subject):
                frame = share(parse, frames, frame)
            frames.append(frame)
        elif word in verbs and is_mistagged_verb(parse, token):
            frames.append(Frame(token, verbs[word], "verb", token, token + 1, token - 1))
        elif word == "according" and parse.words[token + 1 : token + 2] == ["to"]:
            frames.append(frame_source(parse, token))
        elif word in nouns and parse.tags[token][:2] == "NN":
            frame = frame_noun(parse, token, nouns[word])
            if frame:
                frames.append(frame)
    return frames


def is_predicate(parse: Parse, token: int) -> bool:
    """Whether a cue is a verb that says something of somebody."""
    is_verb = parse.tags[token][:2] == "VB" and parse.deps[token] not in NOT_PREDICATES
    return is_verb and not is_attribute(parse, token)


def is_attribute(parse: Parse, token: int) -> bool:
    """Whether a participle describes the noun behind it ("the pledged votes", "the reported cases"), whatever the parser says."""
    if parse.tags[token] not in ("VBD", "VBN") or not token or token + 1 >= len(parse):
        return False
    return parse.tags[token - 1] in ATTRIBUTE_OPENERS and parse.tags[token + 1] in ("NN", "NNS")


def is_mistagged_verb(parse: Parse, token: int) -> bool:
    """Whether a cue that was taken for a plural noun ends a phrase like "Lopez notes." """
    if parse.tags[token] != "NNS" or not token or token + 1 >= len(parse):
        return False
    return parse.tags[token - 1] == "NNP" and parse.heads[token - 1] == token and parse.words[token + 1] in (".", ",")


def share_speaker(parse: Parse, before: list[Frame], frame: Frame) -> Frame:
    """A participle right behind a cue has its speaker, wherever the parser hung it ("he said, blaming …")."""
    if not before or parse.tags[frame.cue] != "VBG" or parse.child(frame.cue, *SUBJECTS) is not None:
        return frame
    last = before[-1]
    between = parse.words[last.cue_end : frame.cue]
    is_close = frame.cue - last.cue <= CLOSE_CUE and between[-1:] == [","] and between.count(",") == 1
    if (
        not is_close
        or last.speaker is None
        or last.kind != "verb"
        or parse.sentence_of[last.cue] != parse.sentence_of[frame.cue]
    ):
        return frame
    return replace(frame, speaker=last.speaker)


def leave_content(parse: Parse, before: list[Frame], frame: Frame) -> Frame:
    """A participle behind a comma goes on with who spoke, not with whom he spoke of ("Hall said the mayor was late, adding …")."""
    subject = frame.speaker
    if subject is None or parse.tags[frame.cue] != "VBG" or parse.words[frame.cue - 1] not in INVERTED_AFTER:
        return frame
    for last in reversed(before):
        if parse.sentence_of[last.cue] != parse.sentence_of[frame.cue]:
            break
        if last.speaker is not None and last.cue < subject and last.complement == "clause":
            first, end = parse.subtree(last.content)
            if first <= subject < end:
                return replace(frame, speaker=last.speaker)
    return frame


def share_subject(parse: Parse, before: list[Frame], frame: Frame) -> Frame:
    """Of "tensions soared when the Pentagon announced A, then ordered B", where the parser reached back to the tensions,
    the frame with the nearer speaker: the one of the cue before, where it is a name and the farther subject is none."""
    far = frame.speaker
    if not before or far is None or parse.heads[far] == frame.cue or parse.deps[frame.cue] not in ("conj", "dep"):
        return frame
    last = before[-1]
    near = last.speaker
    if near is None or not far < near < frame.cue or parse.sentence_of[near] != parse.sentence_of[frame.cue]:
        return frame
    is_same = parse.tags[last.cue] == parse.tags[frame.cue] and parse.heads[near] == last.cue
    is_name = parse.tags[near][:3] == "NNP" and parse.tags[far] in ("NN", "NNS")
    return replace(frame, speaker=near) if is_same and is_name else frame


def frame_verb(parse: Parse, verb: int, lemma: str) -> Frame:
    """The frame of a cue verb."""
    allowed = read_complements()[lemma]
    content, complement, rest = find_complement(parse, verb, allowed)
    particle = parse.child(verb, "prt")
    end = particle + 1 if particle == verb + 1 else verb + 1
    passive = parse.child(verb, "nsubjpass", "auxpass") is not None and not is_contracted_have(parse, verb)
    speaker = find_speaker(parse, verb)
    if speaker is None and not passive and parse.tags[verb] in ("VBG", "VB"):
        speaker = find_main_subject(parse, verb)
    left = None
    if speaker is None or (speaker < verb and parse.heads[speaker] != verb):
        is_open = not passive and (content is None or speaker is None)
        left = find_words_before(parse, verb) if is_open else None
        speaker = speaker if left is None else verb - 1
        role = find_named_role(parse, verb) if is_open and left is None else None
        if role is not None:
            left, speaker = role, verb - 2
    if speaker is None and not passive:
        speaker = find_name_before_aside(parse, verb)
        left = None if speaker is None else find_opening(parse, speaker)
    inverted = find_inverted_name(parse, verb) if speaker is None or content is not None else None
    inverted = inverted or find_inverted_noun(parse, verb)
    if inverted is not None or (speaker is not None and speaker == content and parse.words[verb - 1] == ","):
        speaker, content, complement, rest = speaker if inverted is None else inverted, None, "", ()
    repeated = find_repeated_speaker(parse, verb, speaker)
    if repeated is not None:
        speaker, left = repeated, speaker
    return Frame(verb, lemma, "verb", verb, end, speaker, content, complement, passive, rest, "marked" in allowed, left)


def frame_source(parse: Parse, token: int) -> Frame:
    """The frame of "according to"."""
    objects = [c for c in parse.children[token + 1] if parse.deps[c] == "pobj"]
    objects = objects or [c for c in parse.children[token] if parse.deps[c] == "pobj"]
    speaker = objects[0] if objects else find_source_name(parse, token + 2)
    return Frame(token, "according to", "source", token, token + 2, speaker)


def find_source_name(parse: Parse, first: int) -> int | None:
    """Last noun of the phrase right behind "according to", where the parser sees no object."""
    last = first
    while last < len(parse) and parse.tags[last] in SOURCE_TAGS:
        last += 1
    if last > first and last < len(parse) and parse.words[last] in DOCUMENT_GERUNDS:
        return last
    return last - 1 if last > first and parse.tags[last - 1][:2] == "NN" else None


def frame_noun(parse: Parse, noun: int, lemma: str) -> Frame | None:
    """The frame of a noun with a clause: "her warning that …"; None where no clause follows."""
    clauses = [c for c in parse.children[noun] if c > noun and parse.deps[c] in ("acl", "ccomp")]
    openers = ("that", "to") if lemma in PROMISE_NOUNS else ("that",)
    clauses = [c for c in clauses if parse.words[parse.subtree(c)[0]] in openers]
    if clauses:
        return Frame(noun, lemma, "noun", noun, noun + 1, find_owner(parse, noun), clauses[0], "clause")
    return frame_call(parse, noun, lemma) if lemma == "call" else None


def frame_call(parse: Parse, noun: int, lemma: str) -> Frame | None:
    """The frame of "his calls for lower taxes"; None where nobody's call is named, or nothing is called for."""
    asked = next((c for c in parse.children[noun] if c == noun + 1 and parse.words[c] == "for"), None)
    wanted = None if asked is None else parse.child(asked, "pobj", "pcomp")
    owner = find_owner(parse, noun)
    if wanted is None or owner is None:
        return None
    return Frame(noun, lemma, "noun", noun, noun + 1, owner, wanted, "thing")
