"""Who says it, as far as the parse tells: the head of the phrase that is the subject of a cue."""

from collections.abc import Iterator

from quotidian.tasks.extract.parsing.parse import FINITE_TAGS, Parse

SUBJECTS = ("nsubj", "csubj")
FARTHEST_COMPANION = 15
"""Tokens from "with somebody" to a participle that says what the person does."""
RAISING_DEPTH = 6
"""How many verbs up the tree a participle or infinitive may borrow its subject from."""
INVERTED_AFTER = frozenset((",", '"', "?", "!", "-", "--", "–", "—"))
NOUN_TAGS = frozenset(("NN", "NNP", "NNS", "NNPS", "PRP"))
LONGEST_SUBJECT = 15
"""Tokens between a comma and the cue that may name the speaker."""
INVERTED_TAGS = frozenset(("VBD", "VBZ", "VBN", "VBP"))
"""Tags of a cue behind a mark or comma that its speaker may follow (", read the email")."""
BORROWING = frozenset(("conj", "xcomp", "advcl", "acl", "ccomp", "dep", "parataxis"))
"""Labels of verbs that share the subject of the verb above them."""
OBJECT_FORMS = frozenset(("him", "her", "them", "me", "us"))
BEHIND_NAMES = frozenset((",", ".", "in", "on", "at", "of", "who"))
"""What may follow the name of a speaker behind his cue."""
ISSUED = frozenset(("statement", "response", "reply", "email", "e-mail", "letter", "message", "note", "memo", "tweet"))
"""What somebody issues to say something in his own name."""
WRITTEN_TO = frozenset(("emailed", "e-mailed", "texted", "messaged", "phoned"))
"""Verbs whose object is whom one writes to."""
EXPLETIVES = frozenset(("it", "there"))


def find_speaker(parse: Parse, verb: int, depth: int = 0) -> int | None:
    """Head of the phrase that names who says, or None where nobody is named."""
    if depth > RAISING_DEPTH:
        return None
    subjects = [child for child in parse.children[verb] if parse.deps[child] in SUBJECTS]
    if subjects:
        if subjects[-1] > verb and verb and parse.words[verb - 1] in INVERTED_AFTER:
            return subjects[-1]
        return max((child for child in subjects if child < verb), default=subjects[0])
    inverted = find_inverted_subject(parse, verb) if depth == 0 else None
    if inverted is not None:
        return inverted
    passive = parse.child(verb, "nsubjpass")
    if is_contracted_have(parse, verb) or (depth and passive is not None):
        return passive
    if passive is not None or parse.child(verb, "auxpass") is not None:
        return find_agent(parse, verb)
    companion = find_companion(parse, verb) if depth == 0 and parse.tags[verb] == "VBG" else None
    if companion is not None:
        return companion
    head, dep = parse.heads[verb], parse.deps[verb]
    if head == verb:
        return None
    if dep == "acl" and (parse.tags[head][:1] in "NP" or parse.words[head] == "old"):
        author = find_author(parse, head, depth)
        return head if author is None else author
    if dep == "pcomp":
        companion = parse.child(head, "pobj")
        return companion if companion is not None and companion < verb else find_speaker(parse, head, depth + 1)
    if dep == "prep":
        return find_speaker(parse, head, depth + 1)
    if dep == "conj" and goes_with_report(parse, verb, head):
        return find_speaker(parse, parse.heads[head], depth + 1)
    if dep in BORROWING and (parse.tags[head][:1] in "VM" or parse.tags[head] == "IN"):
        return find_speaker(parse, head, depth + 1)
    return None


def find_author(parse: Parse, noun: int, depth: int) -> int | None:
    """Who issued what says something, or wrote to whom: "his office put out a statement saying …", "emailed us saying …"."""
    verb = parse.heads[noun]
    is_issued = parse.words[noun] in ISSUED or parse.words[verb] in WRITTEN_TO
    if not is_issued or parse.deps[noun] != "dobj" or parse.child(noun, "poss") is not None:
        return None
    return find_speaker(parse, verb, depth + 1)


def is_contracted_have(parse: Parse, verb: int) -> bool:
    """Whether "he's said" was taken for a passive: a short 's before a participle that names no agent."""
    auxiliary = parse.child(verb, "auxpass")
    return auxiliary is not None and parse.words[auxiliary] == "'s" and find_agent(parse, verb) is None


def find_companion(parse: Parse, verb: int) -> int | None:
    """The person in ", with an official last week telling reporters"."""
    for token in range(verb - 1, max(0, verb - FARTHEST_COMPANION), -1):
        if parse.words[token] == ",":
            return parse.child(token + 1, "pobj") if parse.words[token + 1] == "with" else None
        if parse.tags[token][:2] == "VB":
            return None
    return None


def goes_with_report(parse: Parse, verb: int, head: int) -> bool:
    """Whether a verb joined to a reported clause belongs to its cue by tense ("Wang said relations are bad and called …")."""
    cue = parse.heads[head]
    return parse.deps[head] == "ccomp" and cue < head and parse.tags[verb] == parse.tags[cue] != parse.tags[head]


def walk_before(parse: Parse, verb: int, last: int) -> Iterator[int]:
    """Tokens before a cue that may belong to a phrase that names its speaker, from `last` back to a verb or relative word."""
    for token in range(last, max(0, verb - LONGEST_SUBJECT), -1):
        if parse.tags[token][:2] in ("VB", "MD", "WP", "WD"):
            return
        yield token


def find_words_before(parse: Parse, verb: int) -> int | None:
    """First token of a noun phrase between a comma and a cue, where the parser did not see a subject in it."""
    is_noun = verb > 0 and (parse.tags[verb - 1] in NOUN_TAGS or parse.words[verb - 1] == "old")
    if parse.tags[verb] not in INVERTED_TAGS or not is_noun or parse.deps[verb - 1] == "npadvmod":
        return None
    if parse.tags[verb] == "VBN" and parse.words[verb + 1 : verb + 2] == ["by"]:
        return None
    for token in walk_before(parse, verb, verb - 1):
        if parse.words[token] in INVERTED_AFTER and parse.tags[token] != "HYPH":
            return token + 1 if parse.tags[token + 1] not in ("CC", "IN", "WP", "WDT", "RB") else None
    return None


def find_named_role(parse: Parse, verb: int) -> int | None:
    """First token of ", a spokeswoman, Anna White," right before a cue that closes a clause, where the parser saw no subject."""
    if verb < 5 or parse.words[verb - 1] != "," or parse.tags[verb] not in FINITE_TAGS:
        return None
    first = verb - 1
    while parse.tags[first - 1] == "NNP" and first > 2:
        first -= 1
    if first == verb - 1 or parse.words[first - 1] != "," or parse.tags[first - 2][:2] != "NN":
        return None
    for token in walk_before(parse, verb, first - 2):
        if parse.words[token] in INVERTED_AFTER:
            return token + 1 if parse.tags[token + 1] == "DT" else None
    return None


def find_name_before_aside(parse: Parse, verb: int) -> int | None:
    """The name in "Warren, a spokesman in Baghdad, said", where the parser hung it elsewhere."""
    if verb < 3 or parse.words[verb - 1] != "," or parse.tags[verb] not in FINITE_TAGS:
        return None
    comma = next((token for token in walk_before(parse, verb, verb - 2) if parse.words[token] == ","), None)
    if comma is None or parse.tags[comma - 1] != "NNP":
        return None
    is_described = parse.tags[comma + 1] in ("DT", "PRP$", "JJ", "NN", "CD") or parse.tags[verb - 2] in ("NN", "NNS")
    return comma - 1 if is_described else None


def find_opening(parse: Parse, last: int) -> int | None:
    """First token of a name that ends with `last` and opens behind a comma or closing mark."""
    first = last
    while first and parse.tags[first - 1] == "NNP":
        first -= 1
    before = first - 1
    while before > 0 and parse.words[before].isspace():
        before -= 1
    return first if before > 0 and parse.words[before] in INVERTED_AFTER else None


def find_owner(parse: Parse, noun: int) -> int | None:
    """Whose saying a cue noun names: "her pledge", "claims by agencies", "Clinton made a promise", "said in a statement"."""
    owner = parse.child(noun, "poss")
    by = next((c for c in parse.children[noun] if parse.deps[c] == "prep" and parse.words[c] == "by"), None)
    if owner is None and by is not None:
        owner = parse.child(by, "pobj")
    if owner is not None:
        return owner
    verb = parse.heads[noun]
    if parse.deps[noun] == "pobj":
        verb = parse.heads[verb]
    is_object = parse.deps[noun] in ("dobj", "pobj") and verb < noun and parse.tags[verb][:2] == "VB"
    return find_speaker(parse, verb, 1) if is_object else None


def find_main_subject(parse: Parse, verb: int) -> int | None:
    """Subject of the main verb above a participle or infinitive that has none."""
    root = verb
    while parse.heads[root] != root:
        root = parse.heads[root]
    subject = parse.child(root, "nsubj")
    return subject if subject is not None and parse.words[subject] not in EXPLETIVES and root != verb else None


def find_inverted_subject(parse: Parse, verb: int) -> int | None:
    """The speaker in ", said a longtime adviser" where the parser took it for an object."""
    before = verb - 1
    while before >= 0 and parse.words[before].isspace():
        before -= 1
    if before < 0 or parse.words[before] not in INVERTED_AFTER or parse.tags[verb] not in INVERTED_TAGS:
        return None
    head = parse.child(verb, "dobj", "attr", "oprd", "npadvmod")
    name = find_name_before_aside(parse, verb)
    if (
        head is None
        or parse.words[verb + 1] in OBJECT_FORMS
        or (name is not None and find_opening(parse, name) is not None)
    ):
        return None
    is_subject = parse.tags[head][:2] in ("NN", "PR") and parse.words[head] not in OBJECT_FORMS
    return head if is_subject and head > verb else None


def find_inverted_name(parse: Parse, verb: int) -> int | None:
    """Last word of the name in ", said Jim Bopp, a member, told …", which the parser made the subject of another verb."""
    if verb == 0 or parse.words[verb - 1] != "," or parse.tags[verb] not in ("VBD", "VBZ"):
        return None
    if any(child < verb and parse.deps[child] in SUBJECTS for child in parse.children[verb]):
        return None
    last = verb + 1
    while last < len(parse) and parse.view[parse.starts[last]].isupper():
        last += 1
    is_name = last > verb + 1 and last < len(parse) and parse.words[last] in BEHIND_NAMES
    return last - 1 if is_name else None


def find_inverted_noun(parse: Parse, verb: int) -> int | None:
    """Head of the phrase right behind the cue in ", said a spokesman for the city, who ran …", where the parser made it the
    subject of a verb behind it."""
    if not verb or parse.words[verb - 1] not in INVERTED_AFTER or parse.tags[verb] not in FINITE_TAGS:
        return None
    children = parse.children[verb]
    clause = next((child for child in children if child > verb and parse.deps[child] == "ccomp"), None)
    if clause is None or any(child < verb and parse.deps[child] in SUBJECTS for child in children):
        return None
    subject = parse.child(clause, *SUBJECTS)
    is_next = subject is not None and parse.subtree(subject)[0] == verb + 1 and parse.tags[subject] in ("NN", "NNS")
    return subject if is_next else None


def find_agent(parse: Parse, verb: int) -> int | None:
    """Whom a passive names after "by"."""
    agent = parse.child(verb, "agent")
    return None if agent is None else parse.child(agent, "pobj")
