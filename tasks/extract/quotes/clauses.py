"""Which clauses stand around a cue: content of its own behind it, a main verb before it."""

from quotidian.tasks.extract.parsing.parse import FINITE_OR_MODAL, Parse
from quotidian.tasks.extract.quotes.frames import Frame
from quotidian.tasks.extract.quotes.page import Page
from quotidian.tasks.extract.quotes.phrases import find_phrase_right

CONTENT_DEPS = frozenset(("ccomp", "xcomp", "oprd", "dobj", "acomp", "attr"))
ADDRESSEE_VERBS = frozenset(("tell", "remind", "inform", "ask", "assure", "warn", "advise", "notify", "brief"))
"""Verbs whose direct object may be whom one speaks to."""
DEPENDENT_CLAUSES = frozenset(("relcl", "csubj", "csubjpass", "advcl", "acl", "pcomp", "nsubj", "nsubjpass"))
DEEPEST_CLAUSE = 30
"""Steps up the tree after which a verb counts as dependent."""
FARTHEST_VERB = 150
"""Tokens before a cue that are searched for the main verb of its content."""
SUBORDINATORS = frozenset(("while", "although", "though", "after", "before", "since", "asked", "despite"))


def has_content_after(page: Page, frame: Frame) -> bool:
    """Whether the verb goes on with content of its own, so that what stands before is none."""
    parse = page.parse
    right = frame.cue_end
    while right < len(parse) and parse.tags[right] == "RB":
        right += 1
    if opens_speech(page, frame):
        return True
    if any(is_reported_clause(page, child, frame.cue) for child in parse.children[frame.cue]):
        return frame.complement == "clause"
    if frame.content is not None and frame.content > frame.cue:
        return True
    for child in parse.children[frame.cue]:
        if child > frame.cue and parse.deps[child] in CONTENT_DEPS:
            is_addressee = parse.deps[child] == "dobj" and frame.lemma in ADDRESSEE_VERBS
            is_late = page.segment_of[child] >= 0 and frame.complement == ""
            is_loose = parse.deps[child] == "xcomp" and frame.complement == "" and parse.words[right] == ","
            if not is_addressee and not is_late and not is_loose and child != frame.speaker:
                return True
    return False


def find_openers(parse: Parse, cue: int) -> list[int]:
    """Words before a cue that open its clause or go with it ("when", "after", "later")."""
    return [child for child in parse.children[cue] if child < cue and parse.deps[child] in ("mark", "advmod")]


def is_reported_clause(page: Page, head: int, cue: int) -> bool:
    """Whether a clause before a cue is its content, not one that only goes before it ("While prices rise, he points …")."""
    parse = page.parse
    return parse.deps[head] == "ccomp" and head < cue and parse.words[parse.subtree(head)[0]] not in SUBORDINATORS


def opens_speech(page: Page, frame: Frame) -> bool:
    """Whether the cue opens speech behind it: "He added: …", or "He added, People …" with nothing said before."""
    parse, right = page.parse, find_phrase_right(page, frame)
    if frame.content is not None and frame.content < right:
        return False
    if parse.words[right] == ":":
        return True
    if parse.words[right] != "," or right + 1 >= page.sentence_end(frame.cue) or frame.speaker is None:
        return False
    start = parse.starts[right + 1]
    opens = parse.view[start].isupper() and (parse.tags[right + 1][:3] != "NNP" or right - frame.cue <= 1)
    is_dependent = parse.deps[frame.cue] == "relcl" or parse.tags[frame.cue] == "VBG"
    return opens and frame.speaker < frame.cue and (is_dependent or not has_finite_verb(page, frame))


def has_finite_verb(page: Page, frame: Frame) -> bool:
    """Whether the words before the cue have a main verb of their own."""
    parse, cue = page.parse, frame.cue
    if is_command(page, page.sentence_start(cue)):
        return True
    for token in range(max(page.sentence_start(cue), cue - FARTHEST_VERB), cue):
        if parse.tags[token] in FINITE_OR_MODAL:
            verb = parse.heads[token] if parse.deps[token] in ("aux", "auxpass") else token
            if verb < cue and is_main(page, verb, cue):
                return True
    return False


def is_command(page: Page, first: int) -> bool:
    """Whether a sentence opens with a verb in its bare form ("Let everybody know, …")."""
    return page.parse.tags[first] == "VB" and page.parse.deps[first] in ("ROOT", "ccomp")


def is_main(page: Page, verb: int, cue: int) -> bool:
    """Whether no dependent clause lies between a verb and the top of its sentence or the cue."""
    parse = page.parse
    for _ in range(DEEPEST_CLAUSE):
        if parse.heads[verb] == verb or verb == cue:
            return True
        if parse.deps[verb] in DEPENDENT_CLAUSES:
            return False
        verb = parse.heads[verb]
    return False
