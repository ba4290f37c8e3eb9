"""Frames of saying: each cue in the parse with its speaker and the clause or phrase that it introduces."""

from dataclasses import dataclass, replace

from .cues import read_complements, read_cue_nouns, read_cue_verbs
from .frame_speakers import (
    INVERTED_AFTER,
    SUBJECTS,
    find_main_subject,
    find_name_before_aside,
    find_owner,
    find_speaker,
    find_words_before,
    is_contracted_have,
)
from .parse import Parse

NOT_PREDICATES = frozenset(("amod", "compound", "aux", "auxpass", "nmod", "pobj", "nsubj", "dobj", "det", "case"))
FINITE_TAGS = frozenset(("VBD", "VBZ", "VBP"))
SOURCE_TAGS = frozenset(("DT", "JJ", "NN", "NNS", "NNP", "NNPS"))
QUESTION_MARKS = frozenset(("if", "whether"))
FARTHEST_THAT = 15
"""Tokens of addressee, time and place between a cue and "that"."""
CLOSE_CUE = 6
"""Tokens from a cue to a participle behind a comma that goes on with its speaker ("he said, adding …")."""
PROMISE_NOUNS = frozenset(("pledge", "promise", "vow"))
"""Cue nouns whose content may be an infinitive ("her pledge to …")."""


@dataclass(frozen=True, slots=True)
class Frame:
    """One cue. Token indexes; `speaker` is the head of the speaker's phrase, `content` the head of what was said.

    `cue_start` and `cue_end` span the cue with its particle; `kind` is verb, noun or source ("according to"); `left` is the first token of a speaker found by words alone.
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
        if word in verbs and parse.tags[token][:2] == "VB" and parse.deps[token] not in NOT_PREDICATES:
            frames.append(share_speaker(parse, frames, frame_verb(parse, token, verbs[word])))
        elif word in verbs and is_mistagged_verb(parse, token):
            frames.append(Frame(token, verbs[word], "verb", token, token + 1, token - 1))
        elif word == "according" and parse.words[token + 1 : token + 2] == ["to"]:
            frames.append(frame_source(parse, token))
        elif word in nouns and parse.tags[token][:2] == "NN":
            frame = frame_noun(parse, token, nouns[word])
            if frame:
                frames.append(frame)
    return frames


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
    if speaker is None and not passive:
        speaker = find_name_before_aside(parse, verb)
    return Frame(verb, lemma, "verb", verb, end, speaker, content, complement, passive, rest, "marked" in allowed, left)


def find_complement(parse: Parse, verb: int, allowed: frozenset[str]) -> tuple[int | None, str, tuple[int, ...]]:
    """Head of what follows the verb as its content, which complement it is, and heads of what belongs to it."""
    after = [child for child in parse.children[verb] if child > verb]
    clause = find_clause(parse, after)
    if clause is not None and is_bare_saying(parse, clause):
        return None, "", ()
    if clause is not None and "clause" in allowed:
        return clause, "clause", ()
    wish = find_wish(parse, verb, after) if "for" in allowed else None
    if wish is not None:
        return wish, "wish", ()
    thing = first_with(parse, after, "dobj")
    infinitive = first_with(parse, after, "xcomp")
    if infinitive is None and clause is not None:
        infinitive = clause
    if infinitive is not None and "order" in allowed:
        return infinitive, "order", () if thing is None else (thing,)
    is_gerund = infinitive is not None and parse.tags[infinitive] == "VBG" and "thing" in allowed
    if infinitive is not None and ("plan" in allowed or is_gerund):
        return infinitive, "plan", ()
    if thing is not None and "person" in allowed:
        return (
            thing,
            "person",
            tuple(child for child in after if parse.deps[child] in ("prep", "oprd", "xcomp", "ccomp")),
        )
    if thing is not None and "thing" in allowed:
        return thing, "thing", ()
    if "name" in allowed and (thing or clause) is not None:
        return thing or clause, "person", tuple(child for child in after if parse.deps[child] == "oprd")
    for child in after + ([] if thing is None else parse.children[thing]):
        if parse.deps[child] in ("prep", "prt") and parse.words[child] in allowed:
            if parse.words[child] in ("on", "upon") and infinitive is not None:
                return infinitive, "order", tuple(parse.children[child][:1])
            target = parse.child(child, "pobj", "pcomp")
            if target is not None:
                return target, "thing", ()
    late = find_late_clause(parse, verb) if "clause" in allowed else None
    return (None, "", ()) if late is None else (late, "clause", ())


def is_bare_saying(parse: Parse, clause: int) -> bool:
    """Whether a clause only says who said it ("he told reporters an official said on Sunday"), so that it is no content."""
    if parse.words[clause] != "said" or parse.child(clause, "nsubj") is None:
        return False
    return parse.child(clause, "ccomp", "dobj", "xcomp", "mark", "advmod", "nsubjpass") is None


def find_late_clause(parse: Parse, verb: int) -> int | None:
    """Head of a clause with "that" behind time and place, which the parser hung on a noun there ("said in May that …")."""
    for token in range(verb + 1, min(verb + FARTHEST_THAT, len(parse))):
        if parse.words[token] == "that" and parse.deps[token] in ("mark", "advmod") and token > verb + 1:
            head = parse.heads[token]
            return head if head > token and parse.sentence_of[head] == parse.sentence_of[verb] else None
        if (
            parse.tags[token] in FINITE_TAGS
            or parse.tags[token] == "MD"
            or parse.words[token] in INVERTED_AFTER
            or parse.words[token] in (".", ";", ":")
        ):
            return None
    return None


def find_clause(parse: Parse, after: list[int]) -> int | None:
    """Head of a finite clause among the words that depend on a cue and follow it."""
    for token in after:
        dep = parse.deps[token]
        if dep == "ccomp" or (dep == "xcomp" and parse.tags[token] in FINITE_TAGS):
            return token
        mark = parse.child(token, "mark") if dep == "advcl" and token in after[:2] else None
        if mark is not None and parse.words[mark] in QUESTION_MARKS:
            return token
    return None


def find_wish(parse: Parse, verb: int, after: list[int]) -> int | None:
    """Head of "called for taxes to be raised", where "for" opens a clause."""
    for token in after:
        mark = parse.child(token, "mark")
        if mark == verb + 1 and parse.words[mark] == "for":
            return token
    return None


def first_with(parse: Parse, tokens: list[int], dep: str) -> int | None:
    return next((token for token in tokens if parse.deps[token] == dep), None)


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
    return last - 1 if last > first and parse.tags[last - 1][:2] == "NN" else None


def frame_noun(parse: Parse, noun: int, lemma: str) -> Frame | None:
    """The frame of a noun with a clause: "her warning that …"; None where no clause follows."""
    clauses = [c for c in parse.children[noun] if c > noun and parse.deps[c] in ("acl", "ccomp")]
    openers = ("that", "to") if lemma in PROMISE_NOUNS else ("that",)
    clauses = [c for c in clauses if parse.words[parse.subtree(c)[0]] in openers]
    if not clauses:
        return None
    return Frame(noun, lemma, "noun", noun, noun + 1, find_owner(parse, noun), clauses[0], "clause")
