"""The subject of a cue by the grammar: the head of the phrase that says it, as far as the parse tells."""

from quotidian.tasks.extract.names.mentions import read_titles
from quotidian.tasks.extract.parsing.parse import Parse
from quotidian.tasks.extract.quotes.claims_of_others import is_rejected
from quotidian.tasks.extract.quotes.cues import inflect_verb, read_cue_verbs
from quotidian.tasks.extract.quotes.grammar import (
    BEFORE_INVERSION,
    BORROWING,
    EXPLETIVES,
    INVERTED,
    NOMINALS,
    OBJECT_FORMS,
    PASSIVE_SUBJECTS,
    PROPER_NOUNS,
    SUBJECTS,
    THIRD_PERSONS,
    VERBS,
    WEEKDAYS,
)
from quotidian.tasks.extract.quotes.nouns_before import find_name_before_aside, find_opening
from quotidian.tasks.extract.quotes.readings import Order, reading
from quotidian.tasks.extract.speakers.roles import read_person_nouns
from quotidian.tasks.extract.speakers.speaker_nouns import read_speaker_nouns

NOBODY = -1
"""The answer of a reading that is sure that nobody is named."""
FARTHEST_COMPANION = 15
"""Tokens from "with somebody" to a participle that says what the person does."""
RAISING_DEPTH = 6
"""How many verbs up the tree a participle or infinitive may borrow its subject from."""
ISSUED = frozenset(("statement", "response", "reply", "email", "e-mail", "letter", "message", "note", "memo", "tweet"))
"""What somebody issues to say something in his own name."""
GETTING_FORMS = {"get": ("got",), "see": ("saw", "seen"), "find": ("found",), "read": ("read",)}
GETTING = frozenset(
    form
    for verb in ("get", "obtain", "receive", "see", "read", "review", "find")
    for form in inflect_verb(verb, GETTING_FORMS.get(verb, ()))
)
"""Forms of verbs by which a document comes to somebody who has not written it."""
EVENTS = frozenset(("conference", "briefing", "ceremony", "event", "rally", "speech", "interview", "meeting"))
"""Occasions at which somebody speaks."""
IRREGULAR = {
    "make": ("made",),
    "give": ("gave", "given"),
    "send": ("sent",),
    "put": ("put", "putting"),
    "have": ("has", "had", "having"),
}
MAKERS = (
    "make", "issue", "give", "release", "repeat", "renew", "voice", "deliver", "raise", "file", "offer", "send", "publish",
    "level", "post", "reiterate", "put", "advance", "spread", "have", "persist",
)  # fmt: skip
MAKING = frozenset(form for verb in MAKERS for form in inflect_verb(verb, IRREGULAR.get(verb, ())))
"""Forms of verbs with which one makes a claim."""
PRESS = frozenset(
    ("newspaper", "paper", "tabloid", "magazine", "media", "press", "outlet", "website", "article", "broadcaster")
)
"""Who reports, where no name tells which."""
MOVERS = ("prompt", "lead", "cause", "force", "push", "drive", "compel", "persuade", "convince", "inspire", "spur")
MOVING_FORMS = {
    "lead": ("led",),
    "drive": ("drove", "driven"),
    "compel": ("compelled", "compelling"),
    "spur": ("spurred",),
}
MOVING = frozenset(form for verb in MOVERS for form in inflect_verb(verb, MOVING_FORMS.get(verb, ())))
"""Forms of verbs that have somebody do what follows ("prompted the council to order …")."""
OCCURRENCES = frozenset(("case", "cases", "instance", "instances", "time", "times", "day", "days", "year", "years"))
"""Nouns of times and cases, which say nothing."""
PRONOUNS = THIRD_PERSONS | {"it"}
TELLING = frozenset(inflect_verb("tell", ("told",)))
"""Forms of the verb that never stands before who says it."""
USING = frozenset(("use", "used", "uses", "using", "need", "needs", "needed", "choose", "chose"))
"""Verbs whose object is by what somebody says it."""
DOING = frozenset(("do", "does", "did"))
BY_LABELS = frozenset(("prep", "agent"))
WRITTEN_TO = frozenset(("emailed", "e-mailed", "texted", "messaged", "phoned"))
"""Verbs whose object is whom one writes to."""


def find_subject(parse: Parse, verb: int, depth: int = 0) -> int | None:
    """Head of the phrase that names who says, or None where nobody is named; `depth` counts the verbs that asked for it."""
    if depth > RAISING_DEPTH:
        return None
    subject = VERB_SUBJECTS.first(parse, verb, depth)
    return None if subject == NOBODY else subject


def find_upper_subject(parse: Parse, verb: int, depth: int) -> int:
    """The subject of a verb above, or NOBODY: no later reading is asked."""
    subject = find_subject(parse, verb, depth + 1)
    return NOBODY if subject is None else subject


@reading("The roof, he said, leaks.", "[he] The roof … leaks")
def read_own_subject(parse: Parse, verb: int, depth: int) -> int | None:
    """The subject of the cue, the nearest before it; behind a comma or mark the one that follows."""
    subjects = [
        child for child in parse.children[verb] if parse.deps[child] in SUBJECTS and may_speak(parse, verb, child)
    ]
    if not subjects:
        return None
    if subjects[-1] > verb and verb and parse.words[verb - 1] in BEFORE_INVERSION:
        return subjects[-1]
    before = [child for child in subjects if child < verb]
    if depth and len(before) > 1 and any(parse.deps[token] == "mark" for token in range(before[0], before[-1])):
        return before[0]  # "Berg, asked of news that the port closed, said": of another verb the parser has both
    return before[-1] if before else subjects[0]


def may_speak(parse: Parse, verb: int, token: int) -> bool:
    """Whether a noun can be who says: no day; behind a verb no "him", and behind "told" nobody, who was told."""
    is_object = token > verb and (parse.words[verb] in TELLING or parse.words[token] in OBJECT_FORMS)
    return not is_object and parse.words[token] not in WEEKDAYS


@reading("It was late, recalled a friend.", "[a friend] “It was late”")
def read_inverted_object(parse: Parse, verb: int, depth: int) -> int | None:
    """Behind a comma or mark the object of the cue is who speaks (", said a longtime adviser")."""
    before = verb - 1
    while before >= 0 and parse.words[before].isspace():
        before -= 1
    is_apart = before >= 0 and parse.words[before] in BEFORE_INVERSION and parse.tags[verb] in INVERTED
    head = parse.child(verb, "dobj", "attr", "oprd", "npadvmod") if is_apart and not depth else None
    if head is None or head < verb or not may_speak(parse, verb, head):
        return None
    if parse.tags[head] not in NOMINALS and not is_number_of(parse, head):
        return None
    if parse.words[head] in OBJECT_FORMS or parse.words[verb + 1] in OBJECT_FORMS:
        return None
    name = find_name_before_aside(parse, verb)
    return head if name is None or find_opening(parse, name) is None else None


def is_number_of(parse: Parse, token: int) -> bool:
    """Whether a number heads a noun phrase ("said | one | of the guards")."""
    return parse.tags[token] == "CD" and parse.words[token + 1 : token + 2] == ["of"]


@reading("He's said it rained. Peter Hall left.", "[He] it rained")
def read_contracted_have(parse: Parse, verb: int, depth: int) -> int | None:
    """ "He's said" is no passive: its subject speaks."""
    if not is_contracted_have(parse, verb):
        return None
    subject = parse.child(verb, "nsubjpass")
    return NOBODY if subject is None else subject


def is_contracted_have(parse: Parse, verb: int) -> bool:
    """Whether "he's said" was taken for a passive: a short 's before a participle that names no agent."""
    auxiliary = parse.child(verb, "auxpass")
    if auxiliary is None or parse.words[auxiliary] != "'s" or find_agent(parse, verb) is not None:
        return False
    subject = parse.child(verb, "nsubjpass")
    return subject is None or parse.words[subject] not in EXPLETIVES


@reading("Peter Hall was forced to stop and said that it rained.", "[Peter Hall] that it rained")
def read_raised_passive(parse: Parse, verb: int, depth: int) -> int | None:
    """What a passive happens to is the subject of a verb below it ("Hall was forced to stop and said …")."""
    return parse.child(verb, "nsubjpass") if depth else None


@reading("The plan was described by Maria Lopez as “a gift.”", "[Maria Lopez] The plan … a gift.")
def read_agent(parse: Parse, verb: int, depth: int) -> int | None:
    """A passive is said by whom it names after "by", else by nobody; "as reported by Hall" by him."""
    agent = find_agent(parse, verb)
    if parse.child(verb, *PASSIVE_SUBJECTS) is None:
        is_as = parse.words[verb - 1 : verb] == ["as"] and parse.tags[verb] == "VBN"
        return agent if is_as else None
    return NOBODY if agent is None else agent


def find_agent(parse: Parse, verb: int) -> int | None:
    """Whom a passive names after "by", also where the parser hung that on what somebody is called in marks ("described as “a joke” by Hall")."""
    agent = parse.child(verb, "agent")
    if agent is None:
        named = (parse.child(child, "pobj") for child in parse.children[verb] if parse.words[child] == "as")
        behind = (child for noun in named if noun is not None for child in parse.children[noun])
        agent = next(
            (child for child in behind if parse.words[child - 1 : child + 1] in (['"', "by"], ["'", "by"])), None
        )
    return None if agent is None else parse.child(agent, "pobj")


@reading(
    "Asked whether the bridge would close, the mayor said it would not.",
    "[] whether the bridge would close · [the mayor] it would not",
)
def read_spoken_to(parse: Parse, verb: int, depth: int) -> int | None:
    """Whom a participle before its sentence's subject is about is spoken to, and speaks not ("Asked whether …, she said …")."""
    return NOBODY if is_spoken_to(parse, verb) else None


def is_spoken_to(parse: Parse, verb: int) -> bool:
    """Whether a verb is a past participle without subject or auxiliary that stands before the verb that it hangs on."""
    if parse.tags[verb] != "VBN" or parse.deps[verb] != "advcl" or parse.heads[verb] < verb:
        return False
    return parse.child(verb, *SUBJECTS, *PASSIVE_SUBJECTS, "aux") is None


@reading(
    "Talks went on, with an official last week telling reporters that the port will close.",
    "[an official] that the port will close",
)
def read_companion(parse: Parse, verb: int, depth: int) -> int | None:
    """In ", with an official last week telling reporters …" the official speaks."""
    if depth or parse.tags[verb] != "VBG":
        return None
    for token in range(verb - 1, max(0, verb - FARTHEST_COMPANION), -1):
        if parse.words[token] == ",":
            return parse.child(token + 1, "pobj") if parse.words[token + 1] == "with" else None
        if parse.tags[token] in VERBS:
            return None
    return None


@reading(
    "The paper obtained a letter sent to the mayor on Monday saying that it rained.",
    "[a letter sent to the mayor on Monday] that it rained",
)
def read_received(parse: Parse, verb: int, depth: int) -> int | None:
    """A document says what follows, not who got or saw it ("obtained a letter … saying that …")."""
    above = parse.heads[verb]
    if parse.tags[verb] != "VBG" or parse.words[above] not in GETTING or parse.words[verb - 1] == ",":
        return None
    document = parse.child(above, "dobj")
    is_document = document is not None and read_speaker_nouns().get(parse.words[document]) == "document"
    return document if is_document and above < document < verb else None


@reading("The bank put out a memo saying it rained.", "[The bank] it rained")
def read_issuer(parse: Parse, verb: int, depth: int) -> int | None:
    """Who issues a statement saying something says it, and so does who emails somebody saying it; not who was sent it."""
    noun = parse.heads[verb]
    above = parse.heads[noun]
    if parse.deps[verb] != "acl" or parse.deps[noun] != "dobj" or parse.child(noun, "poss") is not None:
        return None
    if parse.child(above, *PASSIVE_SUBJECTS) is not None:
        return None
    is_issued = (parse.words[noun] in ISSUED and parse.words[above] not in GETTING) or parse.words[above] in WRITTEN_TO
    return find_subject(parse, above, depth + 1) if is_issued and describes_noun(parse, verb) else None


@reading("She spoke at a news conference announcing that the plant would close.", "[She] that the plant would close")
def read_announcer(parse: Parse, verb: int, depth: int) -> int | None:
    """At a news conference announcing something, who speaks there announces it."""
    noun = parse.heads[verb]
    is_there = describes_noun(parse, verb) and parse.words[noun] in EVENTS and parse.deps[noun] == "pobj"
    return find_upper_subject(parse, parse.heads[parse.heads[noun]], depth) if is_there else None


@reading("The 52-year-old asked in May whether it rained.", "[The 52-year-old] whether it rained")
def read_described_noun(parse: Parse, verb: int, depth: int) -> int | None:
    """A participle behind a noun is said by it ("the man claiming that …"), but not by a time or a case ("in many cases
    reporting …")."""
    is_said = describes_noun(parse, verb) and parse.words[parse.heads[verb]] not in OCCURRENCES
    return parse.heads[verb] if is_said else None


QUOTING = ("quot", "cit", "report")
"""Starts of verbs whose object says what follows "as saying"."""


def describes_noun(parse: Parse, verb: int) -> bool:
    """Whether a verb hangs on a noun, a pronoun or somebody's age."""
    head = parse.heads[verb]
    return parse.deps[verb] == "acl" and (parse.tags[head][:1] in "NP" or parse.words[head] == "old")


@reading(
    "The letter quotes Peter Hall as saying that it rained.",
    "[Peter Hall] that it rained",
)
def read_quoted(parse: Parse, verb: int, depth: int) -> int | None:
    """Who is quoted as saying something says it, not who quotes him."""
    above = find_quoting(parse, verb)
    if above is None or parse.child(above, *PASSIVE_SUBJECTS) is not None:
        return None
    quoted = next((child for child in parse.children[above] if child > above and parse.deps[child] == "dobj"), None)
    return NOBODY if quoted is None and parse.child(above, "nsubj") is not None else quoted


def find_quoting(parse: Parse, verb: int) -> int | None:
    """The verb by which somebody's saying is passed on ("| quoted | as saying")."""
    preposition = parse.heads[verb]
    above = parse.heads[preposition]
    is_passed = parse.deps[verb] == "pcomp" and parse.words[preposition] == "as"
    return above if is_passed and parse.words[above].startswith(QUOTING) else None


@reading("Erik Dahl sued Anna Berg for saying that it rained.", "[Anna Berg] that it rained")
def read_blamed(parse: Parse, verb: int, depth: int) -> int | None:
    """Whom somebody blames, thanks or sues for saying something has said it."""
    preposition = parse.heads[verb]
    above = parse.heads[preposition]
    if parse.deps[verb] != "pcomp" or parse.words[preposition] != "for":
        return None
    blamed = above if parse.deps[above] == "dobj" else parse.child(above, "dobj")
    is_before = blamed is not None and blamed < preposition and parse.words[parse.heads[blamed]] not in USING
    return blamed if is_before and is_people(parse, blamed) else None


def is_people(parse: Parse, noun: int) -> bool:
    """Whether an object is people: a name, a pronoun, or a word for a person or a group."""
    word = parse.words[noun]
    is_named = parse.tags[noun] in PROPER_NOUNS or word in OBJECT_FORMS
    return (
        is_named
        or word in read_person_nouns()
        or word in read_titles()
        or read_speaker_nouns().get(word) == "collective"
    )


@reading("Asked about the roof, he was quoted as saying, It leaks.", "[] the roof · [he] “It leaks”")
def read_above_preposition(parse: Parse, verb: int, depth: int) -> int | None:
    """A verb behind a preposition has the subject of the verb that the preposition hangs on ("left after saying …")."""
    return find_upper_subject(parse, parse.heads[verb], depth) if parse.deps[verb] in ("pcomp", "prep") else None


@reading(
    "Shop owners along the waterfront said that they had lost half of their customers and asked the council for help.",
    "[Shop owners along the waterfront] that they had lost half of their customers · [Shop owners along the waterfront] help",
)
def read_report_before(parse: Parse, verb: int, depth: int) -> int | None:
    """A verb joined to a reported clause goes with its cue where it has its tense ("Wang said relations are bad and called …")."""
    head = parse.heads[verb]
    cue = parse.heads[head]
    if parse.deps[verb] != "conj" or parse.deps[head] != "ccomp" or cue > head:
        return None
    subject = parse.child(head, "nsubj")
    is_told = subject is not None and parse.words[subject] in PRONOUNS
    is_same = parse.tags[verb] == parse.tags[cue] and (is_told or parse.tags[cue] != parse.tags[head])
    return find_upper_subject(parse, cue, depth) if is_same else None


@reading("The flood prompted the mayor to order the closing of the school.", "[the mayor] the closing of the school")
def read_moved(parse: Parse, verb: int, depth: int) -> int | None:
    """Whom something prompts or leads to say what follows says it ("prompted the council to order …")."""
    head = parse.heads[verb]
    is_moved = parse.deps[verb] == "xcomp" and parse.words[head] in MOVING and parse.tags[verb] == "VB"
    moved = parse.child(head, "dobj") if is_moved else None
    return moved if moved is not None and head < moved < verb else None


@reading("Peter Hall was forced to stop and said that it rained.", "[Peter Hall] that it rained")
def read_borrowed(parse: Parse, verb: int, depth: int) -> int | None:
    """A verb that hangs on another has the subject of that ("began to say", "came and said")."""
    head = parse.heads[verb]
    head = parse.heads[head] if parse.deps[verb] == "xcomp" and parse.words[head] == "ready" else head
    if parse.deps[verb] == "xcomp" and parse.words[head - 1] in DOING and parse.words[head] in ("is", "was"):
        head -= 1  # "all that Hall could | do | was warn that …"
    is_borrowing = parse.deps[verb] in BORROWING and (parse.tags[head][:1] in "VM" or parse.tags[head] == "IN")
    return find_upper_subject(parse, head, depth) if is_borrowing else None


VERB_SUBJECTS = Order(
    read_own_subject,
    read_inverted_object,
    read_contracted_have,
    read_raised_passive,
    read_agent,
    read_spoken_to,
    read_companion,
    read_received,
    read_issuer,
    read_announcer,
    read_described_noun,
    read_quoted,
    read_blamed,
    read_above_preposition,
    read_report_before,
    read_moved,
    read_borrowed,
)


def find_owner(parse: Parse, noun: int) -> int | None:
    """Whose saying a cue noun names, or None where nobody is named."""
    owner = OWNERS.first(parse, noun)
    return None if owner == NOBODY else owner


@reading(
    "The firm denied a newspaper’s report that the plant was for sale.",
    "[The firm, not said] a newspaper’s report that the plant was for sale",
)
def refuse_press(parse: Parse, noun: int) -> int | None:
    """A paper without a name that reported what somebody rejects is nobody ("denied a newspaper's report that …")."""
    owner = parse.child(noun, "poss")
    is_press = owner is not None and parse.words[owner] in PRESS and is_rejected(parse, noun)
    return NOBODY if is_press else None


@reading("The union renewed its calls for higher wages.", "[its] higher wages")
def read_possessive(parse: Parse, noun: int) -> int | None:
    """Whose it is ("her pledge that …")."""
    return parse.child(noun, "poss")


@reading("We read claims by Peter Hall that it rained.", "[Peter Hall] that it rained")
def read_by_whom(parse: Parse, noun: int) -> int | None:
    """By whom it is ("claims by agencies that …")."""
    near = parse.children[noun]
    if is_rejected(parse, noun):
        near = [
            *near,
            *(child for child in parse.children[parse.heads[noun]] if child > noun and parse.deps[child] == "prep"),
        ]
    by = next((c for c in near if parse.deps[c] in BY_LABELS and parse.words[c] in ("by", "from")), None)
    return None if by is None else parse.child(by, "pobj")


@reading(
    "The minister rejected a claim made by an aide that the bridge is closing.",
    "[The minister, not said] a claim made by an aide that the bridge is closing · [an aide] that the bridge is closing",
)
def read_agent_of_claim(parse: Parse, noun: int) -> int | None:
    """Who made the claim that is spoken of ("a claim made by an aide that …", "the claim the union made that …")."""
    for made in parse.children[noun]:
        if parse.deps[made] in ("acl", "relcl") and made > noun and parse.words[made] in MAKING:
            agent = find_agent(parse, made)
            return parse.child(made, "nsubj") if agent is None else agent
    return None


@reading("Peter Hall made a promise that it would rain.", "[Peter Hall] that it would rain")
def read_maker(parse: Parse, noun: int) -> int | None:
    """Who made it or said it so ("Clinton made a promise that …", "said in a statement that …")."""
    verb = parse.heads[noun]
    if parse.deps[noun] == "pobj":
        verb = parse.heads[verb]
    is_said = parse.words[parse.heads[noun]] == "in" and parse.words[verb] in read_cue_verbs()
    is_made = parse.deps[noun] in ("dobj", "pobj") and (parse.words[verb] in MAKING or is_said)
    is_object = is_made and verb < noun and parse.tags[verb] in VERBS
    return find_subject(parse, verb, 1) if is_object else None


OWNERS = Order(refuse_press, read_possessive, read_by_whom, read_agent_of_claim, read_maker)
