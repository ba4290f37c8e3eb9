"""Finds the frames of saying: each cue in the parse, with its subject and what it takes as its content."""

from dataclasses import replace
from functools import cache

from quotidian.tasks.extract.names.mentions import read_titles
from quotidian.tasks.extract.parsing.parse import Parse
from quotidian.tasks.extract.quotes.claims_of_others import find_claim_clause, is_rejected
from quotidian.tasks.extract.quotes.complements import find_complement
from quotidian.tasks.extract.quotes.cues import read_complements, read_cue_nouns, read_cue_verbs
from quotidian.tasks.extract.quotes.frames import Frame
from quotidian.tasks.extract.quotes.grammar import (
    ARTICLES,
    ATTRIBUTE_OPENERS,
    COMMON_NOUNS,
    EXPLETIVES,
    NOT_PREDICATES,
    NOUNS,
    OBJECTS,
    PASSIVE_SUBJECTS,
    PAST_FORMS,
    PERSONAL_TAGS,
    PHRASE_TAGS,
    PROPER_NOUNS,
    VERBS,
)
from quotidian.tasks.extract.quotes.readings import Order, reading
from quotidian.tasks.extract.quotes.settle_subject import settle_subject
from quotidian.tasks.extract.quotes.subjects import find_owner, find_subject, is_contracted_have, is_spoken_to
from quotidian.tasks.extract.speakers.roles import read_person_nouns
from quotidian.tasks.extract.speakers.speaker_nouns import read_speaker_nouns

DOCUMENT_GERUNDS = frozenset(("reading", "filing", "briefing", "posting", "ruling"))
"""Documents that the parser takes for verbs ("according to an official reading.")."""
PASSING_ON = frozenset(
    ("quote", "quotes", "quoted", "quoting", "cite", "cites", "cited", "citing", "report", "reports", "reported")
)
FARTHEST_QUOTED = 12
"""Tokens within which "as saying" follows whom somebody quotes."""
PLAIN_CUES = frozenset(("add", "explain", "note", "say", "stress", "tell"))
PUTTING = frozenset(("put", "puts"))
PLACING = frozenset(("into", "on", "under", "behind", "back", "away", "aside", "down", "up"))
"""Where somebody puts a thing ("as he put it into the box")."""
CLAUSE_OPENERS = frozenset(("that", "he", "she", "it", "they", "we", "i", "to"))
MISTAGGED_CLAUSES = frozenset(("acl", "ccomp", "advcl", "relcl", "xcomp"))
RULING = frozenset(("rule", "rules", "ruled", "ruling"))
CLAUSE_ENDS = frozenset((",", '"', "'"))
"""Marks behind which who said something may follow."""
MEASURES = frozenset(
    (
        "formula",
        "recipe",
        "need",
        "needs",
        "taste",
        "tastes",
        "size",
        "age",
        "ability",
        "merit",
        "seniority",
        "tradition",
        "custom",
        "criteria",
        "principle",
        "principles",
        "scale",
        "wishes",
        "income",
        "colour",
        "color",
        "type",
        "weight",
        "project",
        "design",
        "schedule",
    )
)
"""By these something goes; they say nothing ("paid according to a formula")."""
OWN_MEASURES = frozenset(
    ("index", "height", "means", "condition", "situation", "gender", "sex", "rank", "level", "mood", "needs")
)
"""By these something goes, where they are somebody's ("according to his body mass index")."""
GOING = frozenset(("go", "goes", "going", "gone", "went"))
CALLS = frozenset(
    ("recall", "remember", "read", "note", "see", "ask", "tell", "imagine", "notice", "guess", "write", "check")
)
"""What a text calls on its reader to do."""
WORDS_OF_SOMEBODY = frozenset(("words", "account", "version"))
"""What is said according to these is said by whose they are ("according to her words")."""
ADJECTIVES = frozenset(("JJ", "JJR"))
INTENTIONS = frozenset(
    (
        *("decision", "decisions", "plan", "plans", "right", "power", "authority", "chance", "opportunity", "attempt"),
        *("attempts", "effort", "efforts", "need", "time", "way", "ways", "ability", "desire", "pressure", "reason"),
        *("willingness", "intention", "permission", "obligation", "duty"),
    )
)
"""Nouns of what somebody may do, or means to."""
OPENING_NOUNS = frozenset(("statement", "comment", "post", "tweet", "message", "remark", "announcement"))
"""Cue nouns behind which a colon opens what is said."""
TELLING_NOUNS = frozenset(
    (
        *("message", "argument", "answer", "response", "advice", "warning", "claim", "point", "explanation"),
        *("complaint", "demand", "view", "hope", "fear", "belief", "concern", "conclusion", "impression"),
    )
)
"""Nouns of which "is that" tells what somebody says, or thinks in words that stand in marks."""
THINKING_NOUNS = frozenset(("view", "hope", "fear", "belief", "concern", "conclusion", "impression", "point", "claim"))
PROMISE_NOUNS = frozenset(("pledge", "promise", "vow"))
"""Cue nouns whose content may be an infinitive ("her pledge to …")."""


OTHER_CUES = TELLING_NOUNS | RULING | PUTTING | {"according", "words"}
SPOKEN_OWNERS = frozenset(("my", "our", "your"))


@cache
def read_cue_words() -> frozenset[str]:
    """All words that may make a frame."""
    return OTHER_CUES.union(read_cue_verbs(), read_cue_nouns())


def find_frames(parse: Parse) -> list[Frame]:
    """All frames of saying in the order of their cues."""
    cues = read_cue_words()
    frames: list[Frame] = []
    for token, word in enumerate(parse.words):
        if word in cues:
            frame = FRAMES.first(parse, frames, token)
            if frame is not None:
                frames.append(frame)
    return frames


@reading("We said it rained.", "[We] it rained")
def read_verb(parse: Parse, before: list[Frame], token: int) -> Frame | None:
    """A cue verb that says something of somebody makes a frame."""
    lemma = read_cue_verbs().get(parse.words[token])
    is_verb = lemma is not None and parse.tags[token] in VERBS and parse.deps[token] not in NOT_PREDICATES
    if not is_verb or ATTRIBUTES.first(parse, token):
        return None
    return settle_subject(parse, before, frame_verb(parse, token, lemma))


@reading(
    "The letter quotes the firm as saying that it rained.",
    "[the firm] that it rained",
)
def read_quoting(parse: Parse, token: int) -> bool | None:
    """Who quotes somebody as saying something only passes it on."""
    if parse.words[token] not in PASSING_ON:
        return None
    for place in range(token + 1, min(token + FARTHEST_QUOTED, len(parse)) - 1):
        is_own = parse.heads[place] == token or not parse.words[token].startswith("report")
        if parse.words[place : place + 2] == ["as", "saying"] and is_own:
            return True
    return None


@reading("Some 40 pledged votes and three open ones decide the matter.", "")
def read_attribute(parse: Parse, token: int) -> bool | None:
    """A participle that describes the noun behind it says nothing ("the pledged votes"), whatever the parser says."""
    if parse.tags[token] not in PAST_FORMS or not token or token + 1 >= len(parse):
        return None
    is_attribute = parse.tags[token - 1] in ATTRIBUTE_OPENERS and parse.tags[token + 1] in COMMON_NOUNS
    return is_attribute or None


@reading("The decision to ask Anna Berg for help came late.", "")
def read_intended(parse: Parse, token: int) -> bool | None:
    """What there is a plan, a right or a need to say is not yet said ("the decision to ask her"), nor is what something makes it easier to say."""
    above = parse.heads[token]
    if parse.words[token - 1 : token] != ["to"]:
        return None
    is_judged = parse.deps[token] in ("xcomp", "advcl") and parse.tags[above] in ADJECTIVES
    is_eased = is_judged and any(parse.words[child] == "it" for child in parse.children[above])
    return is_eased or (parse.deps[token] == "acl" and parse.words[above] in INTENTIONS) or None


@reading("The test ruled out that the roof leaked.", "")
def read_thing_ruling_out(parse: Parse, token: int) -> bool | None:
    """What rules something out says nothing of it, where it is nobody."""
    return (parse.words[token] in RULING and parse.words[token + 1 : token + 2] == ["out"]) or None


@reading("Recall that the bridge was closed in May. Read more in “The Long Bridge.”", "")
def read_call_on_reader(parse: Parse, token: int) -> bool | None:
    """What a sentence calls on its reader to do nobody has said ("Recall that …", "Read more")."""
    is_first = token == parse.sentence_starts[parse.sentence_of[token]]
    is_call = is_first and parse.tags[token] == "VB" and parse.deps[token] == "ROOT"
    return ((is_call or parse.words[token - 1] == "(") and parse.words[token] in CALLS) or None


ATTRIBUTES = Order(read_thing_ruling_out, read_quoting, read_attribute, read_intended, read_call_on_reader)


@reading("The bridge is safe, McRae notes.", "[McRae] The bridge is safe")
def read_mistagged_verb(parse: Parse, before: list[Frame], token: int) -> Frame | None:
    """A cue that was taken for a plural noun ends a phrase like "Lopez notes." or "the ruling states.", not one behind a preposition ("after the Kent attacks,")."""
    lemma = read_cue_verbs().get(parse.words[token])
    if lemma is None or parse.tags[token] != "NNS" or not token or token + 1 >= len(parse):
        return None
    is_document = (
        read_speaker_nouns().get(parse.words[token - 1]) == "document"
        and parse.words[token - 2] in ARTICLES
        and parse.words[token - 3] in CLAUSE_ENDS
    )
    is_name = (parse.tags[token - 1] == "NNP" or is_document) and parse.heads[token - 1] == token
    is_verb = is_name and parse.words[token + 1] in (".", ",") and parse.deps[token] != "pobj"
    left = token - 2 if is_document else None
    return Frame(token, lemma, "verb", token, token + 1, token - 1, left=left) if is_verb else None


@reading(
    "Dahl charges that mills that stand to gain gave money to the school.",
    "[Dahl] that mills that stand to gain gave money to the school",
)
def read_mistagged_opener(parse: Parse, before: list[Frame], token: int) -> Frame | None:
    """A cue that was taken for a plural noun stands between a name and the clause that hangs on it ("Lopez claims he …")."""
    lemma = read_cue_verbs().get(parse.words[token])
    if lemma is None or parse.tags[token] != "NNS" or not token or token + 1 >= len(parse):
        return None
    is_name = parse.heads[token - 1] == token and parse.view[parse.starts[token - 1]].isupper()
    if not is_name or parse.tags[token - 1] not in NOUNS or parse.words[token + 1] not in CLAUSE_OPENERS:
        return None
    if parse.words[token + 1] == "that" and parse.deps[token + 1] != "mark":
        return None
    clauses = [child for child in parse.children[token] if child > token and parse.deps[child] in MISTAGGED_CLAUSES]
    content = next((child for child in clauses if parse.subtree(child)[0] == token + 1), None)
    if content is None:
        return None
    kind = "plan" if parse.words[token + 1] == "to" else "clause"
    return Frame(token, lemma, "verb", token, token + 1, token - 1, content, kind)


@reading(
    "Today the fleet is in service with the latest ships equipped with new engines, added president.",
    "[president] Today the fleet is in service with the latest ships equipped with new engines",
)
def read_bare_title(parse: Parse, before: list[Frame], token: int) -> Frame | None:
    """A participle behind a comma and an office without an article end what machine translation has him say ("…, added president.")."""
    lemma, noun = read_cue_verbs().get(parse.words[token]), token + 1
    is_closing = parse.words[token - 1 : token] == [","] and parse.words[noun + 1 : noun + 2] == ["."]
    if lemma not in PLAIN_CUES or not is_closing or parse.tags[token] not in PAST_FORMS:
        return None
    is_office = parse.tags[noun] == "NN" and (
        parse.words[noun] in read_titles() or parse.words[noun] in read_person_nouns()
    )
    return Frame(token, lemma, "verb", token, noun, noun, left=token) if is_office else None


@reading("“The roof leaks,” according to Ms. Berg.", "[Berg] “The roof leaks”")
def read_source(parse: Parse, before: list[Frame], token: int) -> Frame | None:
    """ "According to" has its source for a subject."""
    if parse.words[token : token + 2] != ["according", "to"]:
        return None
    objects = [child for child in parse.children[token + 1] if parse.deps[child] == "pobj"]
    objects = objects or [child for child in parse.children[token] if parse.deps[child] == "pobj"]
    subject = objects[0] if objects else find_source_name(parse, token + 2)
    if subject is not None and parse.words[subject] in WORDS_OF_SOMEBODY:
        preposition = next((child for child in parse.children[subject] if parse.words[child] in ("by", "of")), subject)
        owner = parse.child(subject, "poss") or parse.child(preposition, "pobj")
        is_person = owner is not None and (
            parse.tags[owner] in PROPER_NOUNS or parse.words[owner] in read_person_nouns()
        )
        subject = owner if is_person or parse.child(subject, "poss") is not None else subject
    if subject is not None and is_measure(parse, subject, parse.heads[token]):
        return None
    return Frame(token, "according to", "source", token, token + 2, subject)


def is_measure(parse: Parse, noun: int, verb: int) -> bool:
    """Whether something goes by a noun, and it says nothing ("everything will go according to plan")."""
    is_own = any(parse.tags[child] == "PRP$" for child in parse.children[noun])
    is_plan = parse.words[noun] in ("plan", "plans") and parse.words[verb] in GOING
    return is_plan or parse.words[noun] in MEASURES or (is_own and parse.words[noun] in OWN_MEASURES)


def find_source_name(parse: Parse, first: int) -> int | None:
    """The last noun of the phrase right behind "according to", where the parser sees no object there, or a verb ("to | show
    insiders")."""
    last = first + (parse.tags[first : first + 1] == ["VB"])
    while last < len(parse) and parse.tags[last] in PHRASE_TAGS:
        last += 1
    if last > first and last < len(parse) and parse.words[last] in DOCUMENT_GERUNDS:
        return last
    return last - 1 if last > first and parse.tags[last - 1] in NOUNS else None


@reading("We read claims by Peter Hall that it rained.", "[Peter Hall] that it rained")
def read_noun_with_clause(parse: Parse, before: list[Frame], token: int) -> Frame | None:
    """A cue noun with a clause makes a frame ("her warning that …")."""
    lemma = read_cue_nouns().get(parse.words[token])
    if lemma is None or parse.tags[token] not in NOUNS:
        return None
    clauses = [child for child in parse.children[token] if child > token and parse.deps[child] in ("acl", "ccomp")]
    openers = ("that", "to") if lemma in PROMISE_NOUNS else ("that",)
    clauses = [clause for clause in clauses if parse.words[parse.subtree(clause)[0]] in openers]
    if not clauses and is_rejected(parse, token):
        clauses = [clause for clause in (find_claim_clause(parse, token),) if clause is not None]
    if not clauses:
        return None
    return Frame(token, lemma, "noun", token, token + 1, find_owner(parse, token), clauses[0], "clause")


@reading(
    "Erik Dahl spoke in Kent. His message was that the port must stay open.",
    "[His = Erik Dahl] that the port must stay open",
)
def read_noun_that_is(parse: Parse, before: list[Frame], token: int) -> Frame | None:
    """What somebody's message, argument or answer is, is its content; his hope or view only where it holds words in marks."""
    word, verb = parse.words[token], parse.heads[token]
    if word not in TELLING_NOUNS or parse.deps[token] != "nsubj" or parse.words[verb] not in ("is", "was"):
        return None
    clause = parse.child(verb, "ccomp")
    owner = find_owner(parse, token)
    is_that = clause is not None and clause > verb and parse.words[parse.subtree(clause)[0]] == "that"
    if owner is None or not is_that or parse.words[owner] in SPOKEN_OWNERS:
        return None
    return Frame(token, "message", "noun", token, verb + 1, owner, clause, "clause", needs_marks=word in THINKING_NOUNS)


@reading("The union renewed its calls for higher wages.", "[its] higher wages")
def read_call(parse: Parse, before: list[Frame], token: int) -> Frame | None:
    """What somebody's call is for is its content ("his calls for lower taxes")."""
    lemma = read_cue_nouns().get(parse.words[token])
    if lemma != "call" or parse.tags[token] not in NOUNS:
        return None
    asked = next((child for child in parse.children[token] if child == token + 1 and parse.words[child] == "for"), None)
    wanted = None if asked is None else parse.child(asked, *OBJECTS)
    owner = find_owner(parse, token)
    if wanted is None or owner is None:
        return None
    return Frame(token, lemma, "noun", token, token + 1, owner, wanted, "thing")


@reading("From Ms. Berg's post: The roof leaks.", "[Berg] “The roof leaks”")
def read_noun_before_colon(parse: Parse, before: list[Frame], token: int) -> Frame | None:
    """A statement, comment or post before a colon opens what somebody says in it ("issued the following statement: …")."""
    lemma = read_cue_nouns().get(parse.words[token])
    if lemma not in OPENING_NOUNS or parse.tags[token] not in NOUNS or parse.words[token + 1 : token + 2] != [":"]:
        return None
    is_said = any(frame.kind == "verb" and parse.sentence_of[frame.cue] == parse.sentence_of[token] for frame in before)
    owner = None if is_said else find_owner(parse, token)
    return None if owner is None else Frame(token, lemma, "noun", token, token + 1, owner)


def may_speak(parse: Parse, noun: int) -> bool:
    """Whether a subject is somebody: a name, "he", who has a title, or people in general."""
    word = parse.words[noun]
    is_named = parse.tags[noun] in PERSONAL_TAGS and word not in EXPLETIVES
    return is_named or word in read_titles() or read_speaker_nouns().get(word) == "collective"


@reading("Ms. Berg ruled out a sale of the port.", "[Berg, not said] a sale of the port")
def read_ruling_out(parse: Parse, before: list[Frame], token: int) -> Frame | None:
    """What somebody rules out he denies ("ruled out a sale", "ruled out that …"); what a thing rules out nobody does."""
    if (
        parse.words[token] not in RULING
        or parse.words[token + 1 : token + 2] != ["out"]
        or parse.tags[token] not in VERBS
    ):
        return None
    frame = replace(frame_verb(parse, token, "rule out"), cue_end=token + 2)
    is_person = frame.subject is not None and may_speak(parse, frame.subject)
    return settle_subject(parse, before, frame) if is_person and not frame.is_passive and frame.content else None


@reading("As Anna Berg put it, the roof is a hole.", "[Anna Berg] the roof is a hole")
def read_putting(parse: Parse, before: list[Frame], token: int) -> Frame | None:
    """ "As she put it" and "she put it this way:" say something; who puts it somewhere does not."""
    if parse.words[token] not in PUTTING or parse.words[token + 1 : token + 2] != ["it"]:
        return None
    behind = parse.words[token + 2 : token + 4]
    mark = parse.child(token, "mark", "advmod")
    is_as = mark is not None and mark < token and parse.words[mark] == "as" and PLACING.isdisjoint(behind[:1])
    subject = find_subject(parse, token)
    if subject is None or subject > token or not (is_as or behind == ["this", "way"]):
        return None
    return Frame(token, "put it", "verb", token, token + 2, subject)


@reading(
    "Erik Dahl left in May. In his own words, “I was tired of the lies.”",
    "[his = Erik Dahl] “I was tired of the lies.”",
)
def read_own_words(parse: Parse, before: list[Frame], token: int) -> Frame | None:
    """What stands "in his own words" is said by whose they are."""
    owner, preposition = parse.child(token, "poss"), parse.heads[token]
    if parse.words[token] != "words" or owner is None or parse.words[preposition] != "in":
        return None
    is_apart = token + 1 < len(parse) and parse.words[token + 1] in (",", ":")
    is_whose = parse.words[owner] in ("his", "her", "their", "its") or parse.tags[owner] in PROPER_NOUNS
    if not is_apart or not is_whose or parse.subtree(token)[0] != preposition + 1:
        return None
    return Frame(preposition, "according to", "source", preposition, token + 1, owner)


FRAMES = Order(
    read_ruling_out,
    read_putting,
    read_verb,
    read_mistagged_verb,
    read_mistagged_opener,
    read_bare_title,
    read_source,
    read_noun_with_clause,
    read_noun_before_colon,
    read_noun_that_is,
    read_call,
    read_own_words,
)


def frame_verb(parse: Parse, verb: int, lemma: str) -> Frame:
    """The frame of a cue verb as the parse has it."""
    allowed = read_complements()[lemma]
    content, complement, rest = find_complement(parse, verb, allowed)
    particle = parse.child(verb, "prt")
    end = particle + 1 if particle == verb + 1 else verb + 1
    is_passive = parse.child(verb, *PASSIVE_SUBJECTS) is not None and not is_contracted_have(parse, verb)
    is_passive = is_passive or is_spoken_to(parse, verb)
    subject = find_subject(parse, verb)
    needs_marks = "marked" in allowed and complement != "claim"
    return Frame(verb, lemma, "verb", verb, end, subject, content, complement, is_passive, rest, needs_marks)
