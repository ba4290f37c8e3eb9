"""What a cue verb takes as its content: a clause, an order, a plan, a thing, a person with what is said of him."""

from quotidian.tasks.extract.parsing.parse import FINITE_OR_MODAL, FINITE_TAGS, Parse
from quotidian.tasks.extract.quotes.cues import read_cue_verbs
from quotidian.tasks.extract.quotes.subjects import INVERTED_AFTER, OBJECT_FORMS

QUESTION_MARKS = frozenset(("if", "whether"))
SAYING = frozenset(("say", "said", "says", "saying"))
SHORTEST_CLAUSE = 5
"""Tokens."""
FARTHEST_THAT = 15
"""Tokens of addressee, time and place between a cue and "that"."""


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
    if "name" in allowed and (thing or clause) is not None and not is_mere_call(parse, thing or clause):
        return thing or clause, "person", tuple(child for child in after if parse.deps[child] == "oprd")
    for child in after + ([] if thing is None else parse.children[thing]):
        if parse.deps[child] in ("prep", "prt") and parse.words[child] in allowed:
            if parse.words[child] in ("on", "upon") and infinitive is not None:
                return infinitive, "order", tuple(parse.children[child][:1])
            target = parse.child(child, "pobj", "pcomp")
            if target is not None:
                return target, "thing", ()
    if "clause" in allowed and parse.words[verb] in SAYING:
        lost = infinitive if infinitive is not None and parse.tags[infinitive] == "VBG" else thing
        if lost is not None and is_lost_clause(parse, lost):
            return lost, "clause", ()
    late = find_late_clause(parse, verb) if "clause" in allowed else None
    return (None, "", ()) if late is None else (late, "clause", ())


def is_lost_clause(parse: Parse, thing: int) -> bool:
    """Whether what is said is a clause that the parser took for a noun ("says the movement that is sweeping …")."""
    first, last = parse.subtree(thing)
    has_verb = any(parse.tags[token] in FINITE_OR_MODAL for token in range(first, last))
    return has_verb and last - first >= SHORTEST_CLAUSE


def is_bare_saying(parse: Parse, clause: int) -> bool:
    """Whether a clause only says who said it ("he told reporters an official said on Sunday"), so that it is no content."""
    if parse.words[clause] != "said" or parse.child(clause, "nsubj") is None:
        return False
    return parse.child(clause, "ccomp", "dobj", "xcomp", "mark", "advmod", "nsubjpass") is None


def find_repeated_speaker(parse: Parse, verb: int, speaker: int | None) -> int | None:
    """The official in "he told reporters an official said on Sunday", who is "he"; None where nobody is named so."""
    if speaker != verb - 1 or parse.words[speaker] not in ("he", "she", "they"):
        return None
    clause = find_clause(parse, [child for child in parse.children[verb] if child > verb])
    if clause is None or not is_bare_saying(parse, clause):
        return None
    repeated = parse.child(clause, "nsubj")
    return repeated if parse.tags[repeated][:2] == "NN" else None


def is_mere_call(parse: Parse, thing: int) -> bool:
    """Whether nothing is said of whom somebody called ("when she called him.")."""
    return parse.words[thing] in OBJECT_FORMS and parse.words[thing + 1 : thing + 2] in ([","], ["."], [])


def find_late_clause(parse: Parse, verb: int) -> int | None:
    """Head of a clause with "that" behind time and place, which the parser hung on a noun there ("said in May that …")."""
    for token in range(verb + 1, min(verb + FARTHEST_THAT, len(parse))):
        if parse.words[token] == "that" and parse.deps[token] in ("mark", "advmod") and token > verb + 1:
            head = parse.heads[token]
            return head if head > token and parse.sentence_of[head] == parse.sentence_of[verb] else None
        if (
            parse.tags[token] in FINITE_OR_MODAL
            or (parse.tags[token] == "VBG" and parse.words[token] in read_cue_verbs())
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
