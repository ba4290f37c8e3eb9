"""Claims that somebody takes up without making them: whose they are, and whether he rejects them ("denied reports that …")."""

from quotidian.tasks.extract.parsing.parse import Parse
from quotidian.tasks.extract.quotes.cues import (
    read_complements,
    read_cue_nouns,
    read_cue_verbs,
    read_denial_verbs,
    read_stances,
)
from quotidian.tasks.extract.quotes.grammar import FINITE_OR_MODAL, NOUNS, PHRASE_ENDS, VERBS

REJECTING = frozenset(("denies", "doubts"))
"""Stances of cue verbs whose object is another's claim."""
JUDGING = frozenset(("person", "name"))
"""What a cue verb takes that blames or names: claims that are its object are another's."""
APPROVING = frozenset(("defend", "hail", "praise", "tout"))
MERE_CLAIMS = frozenset(
    (
        "idea",
        "notion",
        "rumour",
        "rumor",
        "theory",
        "view",
        "charge",
        "criticism",
        "implication",
        "belief",
        "perception",
        "fear",
    )
)
MERE_CLAIMS |= frozenset(("story", "contention", "narrative", "myth", "insinuation", "impression", "possibility"))
"""Nouns of what is thought or told, that report no saying themselves."""
FARTHEST_CLAUSE = 15
"""Tokens from a claim to "that", with who made it between them."""
FARTHEST_PARTICLE = 3
"""Tokens from a verb to the last place of its particle ("brushed them all aside")."""
CLAUSE_LABELS = frozenset(("acl", "ccomp", "advcl", "dep"))


def find_claim_clause(parse: Parse, noun: int) -> int | None:
    """Head of the clause with "that" behind a noun which tells what is claimed, wherever the parser hung it ("a claim made
    by an aide that …"); None where there is none."""
    if not is_claim(parse.words[noun]):
        return None
    for token in range(noun + 1, min(noun + FARTHEST_CLAUSE, len(parse))):
        if parse.words[token] == "that":
            clause = parse.heads[token]
            return clause if clause > token and opens_claim(parse, clause) else None
        if parse.tags[token] in FINITE_OR_MODAL or parse.tags[token] == "VBG" or parse.words[token] in PHRASE_ENDS:
            return None
    return None


def is_claim(noun: str) -> bool:
    """Whether a noun, in the singular or plural, is one of what somebody claims or thinks."""
    singular = noun[:-3] + "y" if noun.endswith("ies") else noun.removesuffix("s")
    return noun in read_cue_nouns() or noun in MERE_CLAIMS or singular in MERE_CLAIMS


def opens_claim(parse: Parse, clause: int) -> bool:
    first = parse.subtree(clause)[0]
    if parse.words[first] != "that" or first == clause:
        return False
    return parse.deps[clause] in CLAUSE_LABELS or (parse.deps[clause] == "relcl" and parse.deps[first] == "mark")


def find_governor(parse: Parse, noun: int) -> int | None:
    """The verb that a noun is object, passive subject or prepositional object of; of joined nouns that of the first."""
    while parse.deps[noun] == "conj" and parse.tags[parse.heads[noun]] in NOUNS:
        noun = parse.heads[noun]
    above = parse.heads[noun]
    if parse.deps[noun] == "pobj":
        above = parse.heads[above]
    is_governed = parse.deps[noun] in ("dobj", "pobj", "nsubjpass", "nsubj", "oprd") and parse.tags[above] in VERBS
    return above if is_governed else None


def is_rejected(parse: Parse, noun: int) -> bool:
    """Whether the verb above a claim rejects, doubts or judges it."""
    verb = find_governor(parse, noun)
    return verb is not None and rejects(parse, verb)


def rejects(parse: Parse, verb: int) -> bool:
    """Whether a verb says that its object is no truth of its subject's."""
    lemma = read_cue_verbs().get(parse.words[verb])
    if lemma is not None and (read_stances()[lemma] in REJECTING or judges(lemma)):
        return True
    particles = read_denial_verbs().get(parse.words[verb])
    if particles is None:
        return False
    behind = parse.words[verb + 1 : verb + 1 + FARTHEST_PARTICLE]
    return not particles or not particles.isdisjoint(behind)


def judges(lemma: str) -> bool:
    """Whether a cue verb blames or names, and says nothing by a clause of its own."""
    return lemma not in APPROVING and not JUDGING.isdisjoint(read_complements()[lemma])
