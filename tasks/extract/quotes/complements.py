"""What a cue verb takes as its content: a clause, an order, a plan, a thing, a person with what is said of him."""

from typing import NamedTuple

from quotidian.tasks.extract.names.stated import read_kin_nouns
from quotidian.tasks.extract.parsing.parse import Parse
from quotidian.tasks.extract.quotes.claims_of_others import find_claim_clause, rejects
from quotidian.tasks.extract.quotes.cues import read_cue_verbs
from quotidian.tasks.extract.quotes.grammar import (
    BEFORE_INVERSION,
    CONDITIONS,
    EXPLETIVES,
    FINITE,
    FINITE_OR_MODAL,
    FORMS_OF_SAY,
    MEANTIME,
    NOUNS,
    OBJECT_FORMS,
    OBJECTS,
    OPENERS,
    PERSONAL_TAGS,
    PROPER_NOUNS,
    RELATIVE_TAGS,
    SUBJECTS,
    THIRD_PERSONS,
)
from quotidian.tasks.extract.quotes.readings import Order, reading
from quotidian.tasks.extract.speakers.roles import read_person_nouns

TORN = THIRD_PERSONS | {"it"}
SHORTEST_CLAUSE = 5
"""Tokens."""
ADDRESSEE_VERBS = frozenset(("tell", "remind", "inform", "ask", "assure", "warn", "advise", "notify", "brief"))
"""Verbs whose direct object may be whom one speaks to."""
FARTHEST_THAT = 15
"""Tokens of addressee, time and place between a cue and "that"."""


class Complement(NamedTuple):
    """Head of what follows a verb as its content, which complement it is, and heads of what else belongs to it."""

    content: int | None
    kind: str
    rest: tuple[int, ...] = ()


PASSING_ON = frozenset(("cite", "echo", "quote"))
"""Verbs whose object may be who said something first."""
SILENCES = frozenset(("nothing", "little", "word"))
"""What somebody says who keeps silent."""
NO_CONTENT = Complement(None, "")


class Dependents(NamedTuple):
    """What hangs on a cue verb and follows it: all of it, and heads of a clause, a thing and an infinitive; and what it takes."""

    after: list[int]
    clause: int | None
    thing: int | None
    infinitive: int | None
    allowed: frozenset[str]


def find_complement(parse: Parse, verb: int, allowed: frozenset[str]) -> Complement:
    """What follows the verb as its content, of the kinds that it takes."""
    after = [child for child in parse.children[verb] if child > verb]
    clause = CLAUSES.first(parse, after)
    thing = first_with(parse, after, "dobj")
    infinitive = first_with(parse, after, "xcomp")
    near = Dependents(after, clause, thing, clause if infinitive is None else infinitive, allowed)
    return COMPLEMENTS.first(parse, verb, near) or NO_CONTENT


def first_with(parse: Parse, tokens: list[int], dep: str) -> int | None:
    return next((token for token in tokens if parse.deps[token] == dep), None)


@reading("We said it rained.", "[We] it rained")
def read_finite_clause(parse: Parse, after: list[int]) -> int | None:
    """The first finite clause that hangs on the cue."""
    for token in after:
        dep = parse.deps[token]
        if dep == "ccomp" or (dep == "xcomp" and parse.tags[token] in FINITE):
            return token
        if CONDITIONALS.first(parse, after, token):
            return token
    return None


@reading("The coach wondered aloud if it rained.", "[The coach] if it rained")
def read_condition(parse: Parse, after: list[int], token: int) -> bool | None:
    """A clause with "if" or "whether" right behind the cue is its content, though the parser has it for an adverbial."""
    mark = parse.child(token, "mark") if parse.deps[token] == "advcl" and token in after[:2] else None
    return (mark is not None and parse.words[mark] in CONDITIONS) or None


@reading("Berg said after the meeting he would not accept the plan.", "[Berg] he would not accept the plan")
def read_clause_behind_time(parse: Parse, after: list[int], token: int) -> bool | None:
    """A clause behind "after the meeting" is what somebody said, though the parser took both for an adverbial."""
    if parse.deps[token] != "advcl" or token not in after[:1] or parse.words[parse.heads[token]] not in FORMS_OF_SAY:
        return None
    opener, subject = parse.child(token, "prep"), parse.child(token, *SUBJECTS)
    is_time = opener is not None and parse.words[opener] in MEANTIME
    is_open = is_time and subject is not None and parse.subtree(opener)[1] == parse.subtree(subject)[0]
    return (is_open and opener == parse.heads[token] + 1) or None


CLAUSES = Order(read_finite_clause)
CONDITIONALS = Order(read_condition, read_clause_behind_time)


@reading(
    "Peter Hall came. It rained all day, he told reporters an official said on Sunday.",
    "[an official] “Peter Hall came. It rained all day”",
)
def refuse_bare_saying(parse: Parse, verb: int, near: Dependents) -> Complement | None:
    """A clause that only says who said it is no content ("he told reporters an official said on Sunday")."""
    return NO_CONTENT if near.clause is not None and is_bare_saying(parse, near.clause) else None


def is_bare_saying(parse: Parse, clause: int) -> bool:
    """Whether a clause is "somebody said" and no more."""
    if parse.words[clause] != "said" or parse.child(clause, "nsubj") is None:
        return False
    return parse.child(clause, "ccomp", "dobj", "xcomp", "mark", "advmod", "nsubjpass") is None


@reading("Ms. Berg said nothing about the fact that the roof leaks.", "")
def refuse_silence(parse: Parse, verb: int, near: Dependents) -> Complement | None:
    """Who says nothing about something, little of it or not a word, has not said it."""
    told = [token for token in near.after if parse.deps[token] in ("dobj", "npadvmod", "oprd")]
    return NO_CONTENT if near.clause is None and any(parse.words[token] in SILENCES for token in told) else None


@reading("We said it rained.", "[We] it rained")
def take_clause(parse: Parse, verb: int, near: Dependents) -> Complement | None:
    """A finite clause behind the cue is its content."""
    if near.clause is None or "clause" not in near.allowed:
        return None
    return Complement(near.clause, "clause", (near.thing,) if is_torn_off(parse, verb, near) else ())


def is_torn_off(parse: Parse, verb: int, near: Dependents) -> bool:
    """Whether the parser took the subject of a clause for an object of the cue ("argued | the man's long illness | was to blame")."""
    if near.thing is None or read_cue_verbs().get(parse.words[verb]) in ADDRESSEE_VERBS:
        return False
    first, last = parse.subtree(near.thing)
    is_bare = parse.child(near.clause, *SUBJECTS, "nsubjpass") is None and parse.tags[near.clause] in FINITE
    between = (child for child in near.after if near.thing < child < near.clause)
    is_next = first == verb + 1 and last <= parse.subtree(near.clause)[0]
    return is_bare and is_next and all(parse.deps[child] == "prep" for child in between)


@reading(
    "Ms. Roe dismissed the idea that the law would cost jobs.", "[Roe, not said] the idea that the law would cost jobs"
)
def take_claim(parse: Parse, verb: int, near: Dependents) -> Complement | None:
    """Somebody else's claim is what a verb rejects or judges ("denied a report that …", "called rumours that … nonsense")."""
    thing = first_with(parse, near.after, "oprd") if near.thing is None else near.thing
    if thing is None or not rejects(parse, verb):
        return None
    clause = find_claim_clause(parse, thing)
    if clause is None:
        return None
    judged = (child for child in near.after if parse.deps[child] == "oprd")
    return Complement(thing, "claim", (clause, *judged))


@reading("Ms. Berg called for the companies to act.", "[Berg] the companies to act")
def take_wish(parse: Parse, verb: int, near: Dependents) -> Complement | None:
    """ "For" right behind the cue opens a clause of what is wished ("called for taxes to be raised")."""
    if "for" not in near.allowed:
        return None
    for token in near.after:
        mark = parse.child(token, "mark")
        if mark == verb + 1 and parse.words[mark] == "for":
            return Complement(token, "wish")
    return None


@reading("Ms. Berg instructed the crew to leave the ship.", "[Berg] the crew to leave the ship")
def take_order(parse: Parse, verb: int, near: Dependents) -> Complement | None:
    """An infinitive with whom it is asked of is an order ("told the crew to leave")."""
    if near.infinitive is None or "order" not in near.allowed:
        return None
    return Complement(near.infinitive, "order", () if near.thing is None else (near.thing,))


@reading("The flood threatened to reach the town.", "")
def refuse_threat_of_thing(parse: Parse, verb: int, near: Dependents) -> Complement | None:
    """What threatens to happen, or promises to be hard, says nothing: only who has a name, or is "he", threatens to do something."""
    subject = parse.child(verb, "nsubj")
    is_thing = subject is not None and (parse.tags[subject] not in PERSONAL_TAGS or parse.words[subject] in EXPLETIVES)
    is_outlook = parse.words[verb] in ("promise", "promises") and parse.words[near.infinitive or verb] == "be"
    is_weather = is_outlook or parse.words[verb].startswith("threat")
    return NO_CONTENT if is_thing and is_weather and near.clause is None else None


@reading("Erik Dahl pointed the lamp at the guests.", "")
def refuse_aim(parse: Parse, verb: int, near: Dependents) -> Complement | None:
    """Who points a thing at somebody says nothing; who points one out does."""
    if near.thing is None or near.clause is not None or not parse.words[verb].startswith("point"):
        return None
    is_told = parse.child(verb, "prt") is not None or any(parse.words[child] == "to" for child in near.after)
    return None if is_told else NO_CONTENT


@reading("The mayor vowed to mend the roof.", "[The mayor] to mend the roof")
def take_plan(parse: Parse, verb: int, near: Dependents) -> Complement | None:
    """An infinitive is what somebody means to do ("vowed to stay")."""
    return Complement(near.infinitive, "plan") if near.infinitive is not None and "plan" in near.allowed else None


@reading("Ms. Berg has proposed taxing the plant.", "[Berg] taxing the plant")
def take_gerund(parse: Parse, verb: int, near: Dependents) -> Complement | None:
    """A gerund is a thing to do ("proposed taxing the plant")."""
    is_gerund = near.infinitive is not None and parse.tags[near.infinitive] == "VBG"
    return (
        Complement(near.infinitive, "plan") if is_gerund and not near.allowed.isdisjoint(("thing", "gerund")) else None
    )


@reading("Maria Lopez described the dam as a ruin.", "[Maria Lopez] the dam as a ruin")
def take_person(parse: Parse, verb: int, near: Dependents) -> Complement | None:
    """A person is content with what is said of him ("called the mayor a liar")."""
    if near.thing is None or "person" not in near.allowed:
        return None
    rest = (child for child in near.after if parse.deps[child] in ("prep", "oprd", "xcomp", "ccomp"))
    return Complement(near.thing, "person", tuple(rest))


@reading("Ms. Berg condemned what she called a “gift to the port.”", "[Berg] what she called a “gift to the port.”")
def take_judged(parse: Parse, verb: int, near: Dependents) -> Complement | None:
    """What somebody judges in words of his own is content with them ("condemned what he called a “breach”")."""
    if near.clause is None or not near.allowed >= {"thing", "marked"}:
        return None
    is_free = parse.words[parse.subtree(near.clause)[0]] == "what"
    subject = parse.child(near.clause, "nsubj")
    return Complement(near.clause, "thing") if is_free and is_third_person(parse, subject) else None


def is_third_person(parse: Parse, subject: int | None) -> bool:
    return subject is not None and (parse.words[subject] in THIRD_PERSONS or parse.words[subject] == "it")


@reading("Peter Hall, quoting Erik Dahl, said it rained.", "[Peter Hall] it rained")
def refuse_quoted_source(parse: Parse, verb: int, near: Dependents) -> Complement | None:
    """Whom somebody quotes or echoes is a source, and nothing that he says."""
    if near.thing is None or near.clause is not None or read_cue_verbs().get(parse.words[verb]) not in PASSING_ON:
        return None
    word = parse.words[near.thing]
    if read_cue_verbs()[parse.words[verb]] == "cite":
        return NO_CONTENT if word in read_person_nouns() or word in read_kin_nouns() else None
    is_person = parse.tags[near.thing] in PROPER_NOUNS or word in read_kin_nouns() or word in read_person_nouns()
    return NO_CONTENT if is_person else None


@reading("Peter Hall announced a plan.", "[Peter Hall] a plan")
def take_thing(parse: Parse, verb: int, near: Dependents) -> Complement | None:
    """A thing that is announced, described or denied is content ("announced her plan")."""
    return Complement(near.thing, "thing") if near.thing is not None and "thing" in near.allowed else None


@reading("She called it “The Long Bridge.”", "[She] it “The Long Bridge.”")
def take_named(parse: Parse, verb: int, near: Dependents) -> Complement | None:
    """What is named is content with its name ("dubbed the bridge a ruin"), but not whom somebody merely called."""
    thing = near.thing or near.clause
    if "name" not in near.allowed or thing is None or is_mere_call(parse, thing):
        return None
    is_called_so = first_with(parse, near.after, "oprd") is not None or has_second_noun(parse, thing)
    if is_summoned(parse, thing) and not is_called_so:
        return NO_CONTENT
    return Complement(thing, "person", tuple(child for child in near.after if parse.deps[child] == "oprd"))


@reading("The town left what the mayor called the worst plan of all.", "[the mayor] what … the worst plan of all")
def take_gapped_name(parse: Parse, verb: int, near: Dependents) -> Complement | None:
    """What is called, where "what", "which" or "that" stands for it, is content ("what the mayor called a ruin", "whom he described as a
    liar"); "what he called" belongs to what he does in the sentence."""
    if near.allowed.isdisjoint(("name", "person")) or near.clause is not None or near.thing is not None:
        return None
    gap = parse.child(verb, "dobj")
    if gap is None or gap > verb or parse.tags[gap] not in RELATIVE_TAGS:
        return None
    named = first_with(parse, near.after, "oprd")
    if named is None:
        named = next(
            (token for token in near.after if parse.words[token] == "as" and parse.deps[token] == "prep"), None
        )
    is_own = parse.words[gap] == "what" and is_third_person(parse, parse.child(verb, "nsubj"))
    if named is None or (is_own and not stands_free(parse, verb, named)):
        return None
    return Complement(named, "name", (gap,))


def stands_free(parse: Parse, verb: int, named: int) -> bool:
    """Whether "what he called “a ruin”", in marks, hangs on a preposition of something that he does without speaking ("left over what he called “a ruin”")."""
    above = parse.heads[parse.heads[verb]]
    first = parse.subtree(named)[0]
    is_marked = '"' in parse.words[first : first + 3]
    return is_marked and parse.deps[verb] == "pcomp" and parse.words[above] not in read_cue_verbs()


@reading("The mood sank after Hall calls Berg unqualified.", "[Hall] Berg unqualified")
def take_called(parse: Parse, verb: int, near: Dependents) -> Complement | None:
    """Who is called what is content also where the parser saw no object ("calls Clinton unqualified"); a thing called so
    is only named."""
    is_naming = parse.deps[verb] == "acl" or (parse.tags[verb] == "VBN" and parse.child(verb, "aux") is None)
    has_gap = any(parse.tags[child] in RELATIVE_TAGS and parse.deps[child] != "nsubj" for child in parse.children[verb])
    is_named = is_naming or has_gap or parse.child(verb, "poss") is not None
    if "name" not in near.allowed or is_named or near.thing is not None or near.clause is not None:
        return None
    named = [token for token in near.after if parse.deps[token] in ("oprd", "xcomp", "dative")]
    if not named or not (len(named) > 1 or has_second_noun(parse, named[0])):
        return None
    return Complement(named[0], "person", tuple(named[1:]))


def has_second_noun(parse: Parse, noun: int) -> bool:
    """Whether a phrase holds a noun and what it is called: a subject of its own, or an article right behind a noun."""
    if parse.child(noun, "nsubj") is not None:
        return True
    last = parse.subtree(noun)[1]
    places = range(noun + 1, last)
    return any(parse.words[place] in ("a", "an") and parse.tags[place - 1] in NOUNS for place in places)


ANSWERS = frozenset(("yes", "no", "goodbye"))
"""Answers of one word."""
SAMENESS = frozenset(("same", "opposite", "contrary"))
"""With these somebody is said to say what the text has just told."""


@reading("Asked whether she would run, the mayor said no.", "[] whether she would run · [the mayor] no")
def take_answer(parse: Parse, verb: int, near: Dependents) -> Complement | None:
    """ "Yes" and "no" right behind "say" are content, and so is "the same" ("said no to the plan", "said the opposite")."""
    if parse.words[verb] not in FORMS_OF_SAY or (verb + 1 not in near.after and near.thing is None):
        return None
    if parse.words[verb + 1] in ANSWERS and verb + 1 in near.after:
        return Complement(verb + 1, "thing")
    is_same = near.thing is not None and (
        parse.words[near.thing] in SAMENESS or parse.words[near.thing - 1 : near.thing + 1] == ["same", "thing"]
    )
    return Complement(near.thing, "thing") if is_same else None


SUMMONED = frozenset(
    (
        "witness",
        "witnesses",
        "police",
        "ambulance",
        "meeting",
        "meetings",
        "doctor",
        "press",
        "conference",
        "strike",
        "session",
        "halt",
        "attention",
        "number",
        "hotline",
        "emergency",
        "911",
        "999",
        "taxi",
        "cab",
        "lawyer",
        "lawyers",
        "friend",
        "friends",
        "family",
        "families",
        "relatives",
        "neighbours",
        "neighbors",
        "neighbour",
        "neighbor",
        "embassy",
        "backup",
        "hospital",
        "clinic",
    )
)
"""Whom and what somebody calls without calling it anything ("called no witnesses")."""


def is_summoned(parse: Parse, thing: int) -> bool:
    """Whether a noun is one of those whom people call ("called no witnesses", "called her mother", "called his neighbour")."""
    word = parse.words[thing]
    is_own = any(parse.tags[child] == "PRP$" for child in parse.children[thing])
    return word in SUMMONED or word in read_kin_nouns() or (is_own and word.removesuffix("s") in read_person_nouns())


def is_mere_call(parse: Parse, thing: int) -> bool:
    """Whether nothing is said of whom somebody called ("when she called him.", "called him at night")."""
    behind = thing + 1
    is_end = behind >= len(parse) or parse.words[behind] in (",", ".") or parse.tags[behind] in ("IN", "RP")
    return parse.words[thing] in OBJECT_FORMS and is_end


@reading("Maria Lopez called upon the firms to act.", "[Maria Lopez] the firms to act")
def take_behind_preposition(parse: Parse, verb: int, near: Dependents) -> Complement | None:
    """What a preposition of the cue brings is content ("warned of floods", "called on the firms to act")."""
    for child in near.after + ([] if near.thing is None else parse.children[near.thing]):
        if parse.deps[child] in ("prep", "prt") and parse.words[child] in near.allowed:
            found = PREPOSITIONS.first(parse, near, child)
            if found is not None:
                return found
    return None


@reading("The mayor called on the firm this week to act.", "[The mayor] the firm this week to act")
def read_order_on(parse: Parse, near: Dependents, preposition: int) -> Complement | None:
    """Who is called on is asked to do what follows ("called on the firms to act")."""
    if parse.words[preposition] not in ("on", "upon") or near.infinitive is None:
        return None
    return Complement(near.infinitive, "order", tuple(parse.children[preposition][:1]))


@reading("Ms. Berg asked for help to mend the roof.", "[Berg] help to mend the roof")
def read_object(parse: Parse, near: Dependents, preposition: int) -> Complement | None:
    """The object of the preposition is content, but not "more" alone: who "asked for more" mostly had too little."""
    target = parse.child(preposition, *OBJECTS)
    is_bare = target is not None and parse.words[target] == "more" and not parse.children[target]
    return None if target is None or is_bare else Complement(target, "thing")


PREPOSITIONS = Order(read_order_on, read_object)


@reading("Anna Berg surprised the town by announcing it would close the port.", "[Anna Berg] it would close the port")
def take_torn_clause(parse: Parse, verb: int, near: Dependents) -> Complement | None:
    """A clause of which the parser left the pronoun alone on a participle is content ("by announcing | it | would close the port")."""
    behind = verb + 2
    is_torn = near.thing == verb + 1 and parse.words[near.thing] in TORN and parse.tags[verb] == "VBG"
    if not is_torn or "clause" not in near.allowed or parse.tags[behind : behind + 1] != ["MD"]:
        return None
    return Complement(parse.heads[behind], "clause", (near.thing,)) if parse.heads[behind] > behind else None


@reading("She said painting it would keep rust off the steel.", "[She] painting it would keep rust off the steel")
def take_lost_clause(parse: Parse, verb: int, near: Dependents) -> Complement | None:
    """Behind "say" a noun with a verb in its phrase is a clause that the parser did not see ("says the movement that … appeals")."""
    if "clause" not in near.allowed or parse.words[verb] not in FORMS_OF_SAY:
        return None
    is_gerund = near.infinitive is not None and parse.tags[near.infinitive] == "VBG"
    lost = near.infinitive if is_gerund else near.thing
    if lost is None:
        return None
    first, last = parse.subtree(lost)
    has_verb = any(parse.tags[token] in FINITE_OR_MODAL for token in range(first, last))
    return Complement(lost, "clause") if has_verb and last - first >= SHORTEST_CLAUSE else None


@reading("Hall told one of his young friends on a weekly basis that the dam was safe.", "[Hall] that the dam was safe")
def take_clause_behind_addressee(parse: Parse, verb: int, near: Dependents) -> Complement | None:
    """A clause with "that" behind a long addressee is content, though the parser hung it on a noun there ("told a meeting of bakers that …")."""
    is_told = near.thing is not None and read_cue_verbs().get(parse.words[verb]) in ADDRESSEE_VERBS
    return take_late_clause(parse, verb, near) if is_told else None


@reading("Ms. Berg announced for the second time that the plant will close.", "[Berg] that the plant will close")
def take_late_clause(parse: Parse, verb: int, near: Dependents) -> Complement | None:
    """A clause with "that" behind time and place, which the parser hung on a noun there, is content ("said in May that …")."""
    if "clause" not in near.allowed:
        return None
    for token in range(verb + 1, min(verb + FARTHEST_THAT, len(parse))):
        if parse.words[token] == "that" and parse.deps[token] in OPENERS and token > verb + 1:
            head = parse.heads[token]
            is_own = head > token and parse.sentence_of[head] == parse.sentence_of[verb]
            return Complement(head, "clause") if is_own else None
        if ends_search(parse, token):
            return None
    return None


def ends_search(parse: Parse, token: int) -> bool:
    """Whether no addressee, time or place goes on across a token: a verb, another cue, a mark of punctuation."""
    return (
        parse.tags[token] in FINITE_OR_MODAL
        or (parse.tags[token] == "VBG" and parse.words[token] in read_cue_verbs())
        or parse.words[token] in BEFORE_INVERSION
        or parse.words[token] in (".", ";", ":")
    )


COMPLEMENTS = Order(
    refuse_bare_saying,
    refuse_silence,
    take_claim,
    take_judged,
    take_clause,
    take_torn_clause,
    take_wish,
    take_order,
    refuse_threat_of_thing,
    refuse_aim,
    take_plan,
    take_gerund,
    take_person,
    refuse_quoted_source,
    take_thing,
    take_named,
    take_called,
    take_gapped_name,
    take_answer,
    take_clause_behind_addressee,
    take_behind_preposition,
    take_lost_clause,
    take_late_clause,
)


def find_repeated_subject(parse: Parse, verb: int, subject: int | None) -> int | None:
    """The official in "he told reporters an official said on Sunday", who is "he"; None where nobody is named so."""
    if subject != verb - 1 or parse.words[subject] not in THIRD_PERSONS:
        return None
    clause = CLAUSES.first(parse, [child for child in parse.children[verb] if child > verb])
    if clause is None or not is_bare_saying(parse, clause):
        return None
    repeated = parse.child(clause, "nsubj")
    return repeated if parse.tags[repeated] in NOUNS else None
