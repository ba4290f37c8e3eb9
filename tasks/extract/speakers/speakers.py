"""Who says it: the speaker's words, whether they name, describe or replace a person, and whom they mean."""

import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from typing import NamedTuple

from quotidian.tasks.extract.names.extend_names import find_place
from quotidian.tasks.extract.names.link_names import Link
from quotidian.tasks.extract.names.mentions import HONOURS, Name, read_titles
from quotidian.tasks.extract.names.reshape_names import has_office
from quotidian.tasks.extract.names.stated import read_kin_nouns
from quotidian.tasks.extract.parsing.parse import Parse
from quotidian.tasks.extract.quotes.cues import inflect_verb, read_cue_verbs
from quotidian.tasks.extract.quotes.edges import OCCASIONS, TIME_WORDS
from quotidian.tasks.extract.quotes.grammar import (
    ANY_SUBJECT,
    ARTICLES,
    DETERMINER_TAGS,
    LIVE_TIME,
    NOUNS,
    PLURAL_NOUNS,
    PRONOUN_TAGS,
    PROPER_NOUNS,
    RELATIVE_TAGS,
    RELATIVE_WORDS,
)
from quotidian.tasks.extract.quotes.phrases import find_word_start, is_hyphen
from quotidian.tasks.extract.quotes.readings import Order, move, reading
from quotidian.tasks.extract.speakers.cast import PERSONAL, Cast, Turn
from quotidian.tasks.extract.speakers.conjuncts import find_conjuncts
from quotidian.tasks.extract.speakers.organisations import THINGS, find_organisation
from quotidian.tasks.extract.speakers.roles import DEFINITE, HOLDERS, INDEFINITE, find_representative, read_person_nouns
from quotidian.tasks.extract.speakers.speaker_nouns import read_speaker_nouns

PLURAL = frozenset(("they", "we", "them", "their", "both", "these", "those"))
LONGEST_ROLE = 120
"""Characters; longer words before a name are a misparsed sentence."""
BEFORE_ROLES = ARTICLES | {"mr.", "mrs.", "ms.", "mr", "mrs", "ms", ",", '"'}
BEFORE_OWN_ROLES = ARTICLES | {"his", "her", "their", "its"}
OWNERS = frozenset(("compound", "poss", "nmod"))
"""Labels of a name before what belongs to it."""
LESSER_LABELS = frozenset(("poss", "pobj", "dobj", "compound", "nmod"))
ASKING = frozenset(("asked", "pressed", "questioned", "urged", "grilled", "challenged", "quizzed"))
REPLYING = frozenset(("reply", "answer", "respond", "retort", "counter"))
"""Cues that take up what another one said."""
TOPIC_WORDS = frozenset(("about", "by", "for", "if", "of", "on", "over", "whether", "why"))
"""Words between "asked" and a name that is not who was asked."""
OCCASION_WORDS = (TIME_WORDS | OCCASIONS | {"weekend", "email", "e-mail"}) - {"post"}
OCCASION_PREPOSITIONS = frozenset(("in", "on", "during", "over", "after", "before", "via"))
NEVER = {
    "who": frozenset(("EVENT", "FAC", "LAW", "LOC", "PRODUCT", "WORK_OF_ART")),
    **dict.fromkeys(("which", "that"), frozenset(("PERSON",))),
}
"""Types of names that a relative word never means."""
CONTRASTS = frozenset(("although", "if", "though", "while"))
CALLED = re.compile(
    r"(?: (?:from|in|of) (?:the )?[A-Z][^,.;:\"]{1,30})?(?: (?:called|nicknamed|named)|,?(?: who| whose)?,? (?:"
    r"(?:is |was )?(?:widely |locally |better )?known (?:to [a-z]+ )?(?:only )?(?:as|by)|goes (?:only )?by"
    r"|asked to be (?:called|(?:known|identified) (?:only )?as)|(?:gave|gives|giving) (?:(?:his|her|their) name (?:only )?as|only (?:his|her|their) (?:first|last|given) name,)"
    r"|(?:only )?identif(?:ied|ying) (?:himself|herself|themselves)(?: only)? as|(?:stage |first |last |nick)?name (?:is|was))"
    r"(?: the (?:stage |nick)?name)?(?: of)?) \"?"
)
"""Words between a role and the name that its holder has or gives himself."""
HEADED = frozenset(
    (
        *(
            "region",
            "district",
            "city",
            "town",
            "village",
            "republic",
            "province",
            "territory",
            "county",
            "state",
            "country",
        ),
        *("department", "ministry", "bank", "company", "firm", "party", "union", "committee", "council", "federation"),
        *(
            "club",
            "university",
            "hospital",
            "institute",
            "agency",
            "service",
            "fund",
            "centre",
            "center",
            "association",
        ),
        *("authority", "commission", "delegation", "mission", "administration", "academy", "museum", "school"),
    )
)
"""What somebody heads whose name may stand right behind it."""
NAMING = frozenset(("called", "named", "nicknamed"))
"""Words between a thing, too, and its name."""
FARTHEST_CALLED = 14
"""Tokens between a role and such a name."""
BEFORE_ONE = INDEFINITE | DEFINITE | {"one"}
"""Before a singular word for one of many."""
FARTHEST_PERSON = 8
"""Sentences back that are searched for whom "he" may mean."""
RIVAL = 0.5
"""Share of the likeliest person's weight from which another may be meant as well."""
VOICES_OF_OTHERS = frozenset(("spokesman", "spokeswoman", "spokesperson", "aide"))
COMPANIONS = frozenset(
    ("colleague", "partner", "friend", "classmate", "teammate", "boss", "rival", "opponent", "assistant", "companion")
)
"""People whom the text knows by somebody else."""
LONGEST_UNNAMED = 2
"""Sentences, those of what he said aside, in which one without a name is still "he"."""
MOST_PEOPLE = 6
"""People among whom he is looked for."""


SUBJECT = 2.0
"""Times as likely as others a subject is meant."""
MEETING_FORMS = {"meet": ("met",), "speak": ("spoke",), "sit": ("sat",), "see": ("saw",), "tell": ("told",)}
MEETING = frozenset(
    form
    for verb in (
        "meet",
        "visit",
        "greet",
        "receive",
        "welcome",
        "join",
        "host",
        "phone",
        "call",
        "see",
        "speak",
        "talk",
        "sit",
        "debate",
        "face",
        "tell",
    )
    for form in inflect_verb(verb, MEETING_FORMS.get(verb, ()))
)
"""Forms of verbs by which two people come together."""
BESIDE = frozenset(("to", "with"))


class Weighed(NamedTuple):
    """Somebody whom a pronoun may mean: characters of his nearest name before it, the entity, and a weight without unit."""

    start: int
    end: int
    entity: int
    weight: float


@dataclass(frozen=True, slots=True)
class Speaker:
    """The words for a speaker: characters, kind as in SPEAKER_KINDS, role as stated, and the entity that is meant.

    `link` is the index of the name among the article's links where the words are a name; `gender` is what a
    pronoun or title tells; `is_pronoun` marks words that were resolved by what stands before. `way` is what told who is
    meant, one of WAYS; `weighed` are the people among whom that was weighed, likeliest first.
    """

    start: int
    end: int
    kind: str
    role: str | None = None
    link: int | None = None
    entity: int | None = None
    is_pronoun: bool = False
    way: str = ""
    weighed: tuple[Weighed, ...] = ()


class Antecedent(NamedTuple):
    """Whom "he" or "she" means, None where nobody known is; what told it, and all who were weighed, likeliest first."""

    entity: int | None
    way: str
    weighed: tuple[Weighed, ...] = ()


NOBODY = Antecedent(None, "")
WAYS = (
    "name",
    "relative",
    "going_on",
    "representative",
    "weighed",
    "last_speaker",
    "organisation",
    "holder",
    "description",
)
"""What tells who is meant: his name, the noun of a relative clause or the subject of a main one, what ANTECEDENTS read of "he" and "she", an organisation
that acts, a holder of a role, or nothing but a description. Sayings without a cue have LAYOUTS besides."""
LAYOUTS = ("label", "before", "line")


def identify_speaker(cast: Cast, head: int, turns: list[Turn]) -> Speaker:
    """Identify the speaker whose phrase has the token `head`; `turns` tell who spoke before, latest last."""
    starts, ends = cast.parse.starts, cast.parse.ends
    return IDENTITIES.first(cast, head, turns) or Speaker(starts[head], ends[head], "none")


@reading("Jack Moss, who said it rained, left.", "[who = Jack Moss] it rained")
def read_relative(cast: Cast, head: int, turns: list[Turn]) -> Speaker | None:
    """ "Who" and "which" mean the noun that their clause is attached to; "who" is no place ("a baker from Kent, who said …"), and "which" nobody
    ("a book by Ann Lee, which said …")."""
    parse = cast.parse
    if not is_relative(parse, head):
        return None
    verb = parse.heads[head]
    noun = parse.heads[verb]
    while parse.deps[verb] in ("conj", "xcomp") and noun != verb:
        verb, noun = noun, parse.heads[noun]
    if parse.deps[verb] != "relcl" or noun == head or parse.words[noun] in RELATIVE_WORDS:
        return None
    noun = parse.heads[noun] if parse.words[noun] in TIME_WORDS else noun
    if parse.words[head] == "who":
        noun = reach_conjunct(cast, noun, head)
    if parse.words[head] in LEAVING:
        noun = LEAVING[parse.words[head]](cast, noun)
    start, end = parse.starts[head], parse.ends[head]
    if is_in_description(cast, noun) and parse.words[head - 1] == ",":
        return Speaker(start, end, "none", is_pronoun=True)
    meant = identify_speaker(cast, noun, turns)
    if meant.entity is not None and cast.type_of(meant.entity) in NEVER.get(parse.words[head], ()):
        return Speaker(start, end, "none", is_pronoun=True)
    role = (
        meant.role and meant.role[: len(meant.role) - max(0, meant.end - start)].rstrip(" ,")
        if meant.start < start < meant.end
        else meant.role
    )
    return Speaker(start, end, meant.kind, role or None, None, meant.entity, True, "relative", meant.weighed)


def reach_conjunct(cast: Cast, noun: int, who: int) -> int:
    """The person right before "who" where the parser hung its clause on a thing named beside him ("the speech and | Peter Hall, who said")."""
    parse, last = cast.parse, who - 1 - (cast.parse.words[who - 1] == ",")
    is_joined = (
        cast.label_at(noun) is None and parse.words[noun] not in read_person_nouns() and parse.deps[last] == "conj"
    )
    return last if is_joined and cast.label_at(last) == "PERSON" and parse.heads[last] >= noun else noun


def is_relative(parse: Parse, token: int) -> bool:
    """Whether a token is a relative word; the WHO is none."""
    return parse.words[token] in RELATIVE_WORDS and parse.tags[token] not in PROPER_NOUNS


def says_relative(parse: Parse, token: int) -> bool:
    """Whether a relative word is who says something: its clause is no part of a role ("minister of ports | who said")."""
    is_cue = parse.heads[token] > token and parse.words[parse.heads[token]] in read_cue_verbs()
    return parse.tags[token] in RELATIVE_TAGS and is_relative(parse, token) and is_cue


def is_in_description(cast: Cast, noun: int) -> bool:
    """Whether a person is named only in the description of another one ("Ann Lee, a backer of | Peter Hall, who …"): either may be meant."""
    parse, token, is_described = cast.parse, noun, False
    while cast.label_at(noun) == "PERSON" and parse.deps[token] in ("appos", "pobj", "prep"):
        is_described = is_described or parse.deps[token] == "appos"
        token = parse.heads[token]
        if cast.label_at(token) == "PERSON" and cast.link_at[token] != cast.link_at[noun]:
            return is_described
    return False


def leave_place(cast: Cast, noun: int) -> int:
    """The noun that a place or an organisation belongs to, and of the description of a person the name ("Anna Berg, a baker from Kent")."""
    parse, token = cast.parse, noun
    while cast.label_at(token) not in (None, "NORP", "PERSON") or parse.deps[token] == "prep":
        token = parse.heads[token]
    named = parse.heads[token]
    if parse.deps[token] == "appos" and cast.label_at(named) == "PERSON":
        return named if cast.label_at(token) is None else noun
    return token if parse.tags[token] in NOUNS else noun


def leave_person(cast: Cast, noun: int) -> int:
    """The noun that a person belongs to ("a book by | Ann Lee"), the name where he belongs to none."""
    parse, token = cast.parse, noun
    while cast.label_at(token) == "PERSON" or parse.deps[token] in ("agent", "prep"):
        if parse.heads[token] == token:
            return noun
        token = parse.heads[token]
    return token if parse.tags[token] in NOUNS else noun


LEAVING = {"who": leave_place, "which": leave_person, "that": leave_person}


@reading("Maria Lopez came. She said it rained.", "[She = Maria Lopez] it rained")
def read_personal(cast: Cast, head: int, turns: list[Turn]) -> Speaker | None:
    """ "He" and "she" are the person meant, where one fits; where two may be, nobody known is, and both are weighed."""
    gender = PERSONAL.get(cast.parse.words[head])
    meant = resolve_personal(cast, head, gender, turns) if gender else NOBODY
    if meant.entity is None and not meant.weighed:
        return None
    start, end = cast.parse.starts[head], cast.parse.ends[head]
    kind = "none" if meant.entity is None else "named"
    return Speaker(start, end, kind, None, None, meant.entity, True, meant.way, meant.weighed)


@reading("Pfarr Foods opened a plant. It said it rained.", "[It = Pfarr Foods] it rained")
def read_organisation(cast: Cast, head: int, turns: list[Turn]) -> Speaker | None:
    """ "It" and "they" are the organisation that just spoke or acted; of one without a name the role is what the text calls it."""
    parse = cast.parse
    body = find_organisation(cast, head) if parse.words[head] in THINGS else None
    start, end = parse.starts[head], parse.ends[head]
    if body is None:
        going_on = find_going_on(cast, head, turns)
        return None if going_on is None else Speaker(start, end, "named", None, None, going_on, True, "organisation")
    if body in cast.link_at:
        entity = cast.linked.links[cast.link_at[body]].entity
        return Speaker(start, end, "named", None, None, entity, True, "organisation")
    first, last = find_description_span(parse, body)
    first += parse.words[first] in BEFORE_OWN_ROLES
    return Speaker(start, end, "collective", parse.text[parse.starts[first] : parse.ends[last - 1]], is_pronoun=True)


def find_going_on(cast: Cast, head: int, turns: list[Turn]) -> int | None:
    """The organisation that "it" meant in the sentence before, where nothing but that has acted since ("It said A. It also said B")."""
    parse = cast.parse
    if not turns or not parse.words[turns[-1].token] == parse.words[head] == "it":
        return None
    entity, first = turns[-1].entity, turns[-1].token + 1
    is_near = parse.sentence_of[head] - parse.sentence_of[first - 1] == 1 and cast.type_of(entity) == "ORG"
    others = (token for token in range(first, head) if not cast.is_content(token))
    return entity if is_near and not any(parse.deps[token] in ANY_SUBJECT for token in others) else None


@reading("We all said it rained.", "[We] it rained")
def read_other_pronoun(cast: Cast, head: int, turns: list[Turn]) -> Speaker | None:
    """Any other pronoun is nobody known, "we" and "they" several."""
    parse, word = cast.parse, cast.parse.words[head]
    if parse.tags[head] not in PRONOUN_TAGS and not is_relative(parse, head):
        return None
    is_plural = word in PLURAL and word not in RELATIVE_WORDS
    return Speaker(parse.starts[head], parse.ends[head], "collective" if is_plural else "none", is_pronoun=True)


@reading(
    "Erik Dahl fell ill. Dahl’s mother, Anna Dahl, said it rained. “It was late,” Dahl said.",
    "[Anna Dahl, Dahl’s mother] it rained · [Dahl] “It was late”",
)
def refuse_namesake(cast: Cast, head: int, turns: list[Turn]) -> Speaker | None:
    """A bare surname that meant one person once may be another one of that name whom the text has just named in full ("Reed's mother, Ann Reed, said ….
    … Reed said"): nobody known is meant, and both are weighed."""
    index, links, parse = cast.link_at.get(head), cast.linked.links, cast.parse
    if index is None or len(links[index].name.words) > 1 or cast.label_at(head) != "PERSON":
        return None
    own, first = links[index], links[index].name.first
    used = [link for link in links[:index] if link.entity == own.entity and len(link.name.words) == 1]
    is_full = len(cast.linked.entity_names[own.entity][0]) > 1
    is_last = bool(turns) and turns[-1].entity != own.entity
    rival = (
        find_bearer(cast, own, turns[-1].entity if len(used) > 1 else None)
        if is_full and (len(used) <= 1 or is_last) and parse.words[first - 1].rstrip(".") not in read_titles()
        else None
    )
    if rival is None:
        return None
    weighed = tuple(
        Weighed(parse.starts[one.name.first], parse.ends[one.name.last - 1], one.entity, 1.0) for one in (rival, own)
    )
    return Speaker(*weighed[1][:2], "none", weighed=weighed)


def find_bearer(cast: Cast, own: Link, asked: int | None) -> Link | None:
    """Who of the same surname is named in full shortly before a name, and behind whom the person that it means is not; of a name that was used more often
    only who has just spoken, `asked`."""
    parse, first = cast.parse, own.name.first
    for index in cast.people_before(first):
        link = cast.linked.links[index]
        if asked is not None and link.entity != asked:
            return None
        if link.entity == own.entity or parse.sentence_of[first] - parse.sentence_of[link.name.first] > LONGEST_UNNAMED:
            return None
        if len(link.name.words) > 1 and link.name.words[-1] == own.name.words[0]:
            return link
    return None


@reading("Ms. Berg said “The roof leaks.”", "[Berg] “The roof leaks.”")
def read_name(cast: Cast, head: int, turns: list[Turn]) -> Speaker | None:
    """A phrase that is a name, or has one in apposition, is who bears it."""
    link = NAMES.first(cast, head)
    return None if link is None else COMPANIES.fold(cast, head, identify_name(cast, head, link))


@reading("Ms. Berg said “The roof leaks.”", "[Berg] “The roof leaks.”")
def read_name_at_head(cast: Cast, head: int) -> int | None:
    """The name at the head of the phrase; "an Iowa Democrat", "the Florida Republican" and "the Senate's top Democrat" are none, but one person."""
    parse, index = cast.parse, cast.link_at.get(head)
    if index is None or cast.type_of(cast.linked.links[index].entity) != "NORP" or parse.tags[head] in PLURAL_NOUNS:
        return index
    is_one = (parse.words[child] in BEFORE_ONE or parse.deps[child] == "poss" for child in parse.children[head])
    return None if any(is_one) else index


@reading(
    "Erik Dahl and Secretary of the Interior Peter Hall said it rained.",
    "[Erik Dahl and Secretary of the Interior Peter Hall] it rained",
)
def read_name_behind_office(cast: Cast, head: int) -> int | None:
    """A person's whole name behind his office, where the parser hung it on another name ("Secretary of the Interior | Peter Hall")."""
    parse, name = cast.parse, head + 1
    is_joined = parse.deps[head] == "conj" and parse.words[name : name + 1] == ["of"]
    if not is_joined or parse.words[head].rstrip(".") not in read_titles():
        return None
    while name < len(parse) and parse.tags[name] in OFFICE_TAGS and cast.label_at(name) != "PERSON":
        name += 1
    index = cast.link_at.get(name) if cast.label_at(name) == "PERSON" else None
    is_whole = index is not None and len(cast.linked.links[index].name.words) > 1 and parse.tags[name - 1] in NOUNS
    return index if is_whole else None


@reading("It rained, said Anna Berg MEP.", "[Anna Berg] “It rained”")
def read_name_before_honour(cast: Cast, head: int) -> int | None:
    """The name before the letters of an office or an honour ("said Anna Berg | MEP")."""
    return cast.link_at.get(head - 1) if cast.parse.words[head] in HONOURS else None


@reading(
    "“The roof leaks all night,” said a farmer who gave his name only as Hassan.",
    "[Hassan, farmer] “The roof leaks all night”",
)
def read_name_given(cast: Cast, head: int) -> int | None:
    """What somebody whom a role describes is called by others or by himself ("a farmer known as “Papa Joe”", "a woman who gave her name only as …")."""
    parse, links = cast.parse, cast.linked.links
    sentence = parse.sentence_of[head]
    for token in range(
        head + 1 if cast.label_at(head) is None else len(parse),
        min(head + FARTHEST_CALLED, parse.sentence_range(sentence)[1]),
    ):
        is_name = token in cast.link_at and links[cast.link_at[token]].name.first == token
        is_name = is_name and (cast.label_at(token) == "PERSON" or parse.words[token - 1] not in NAMING)
        if is_name and CALLED.fullmatch(parse.view, parse.ends[head], parse.starts[token]):
            return cast.link_at[token]
    return None


@reading("The coach, Anna Berg, said it rained.", "[Anna Berg, coach] it rained")
def read_name_in_apposition(cast: Cast, head: int) -> int | None:
    """A person's name in apposition to his description ("the coach, Anna Berg, said"); not where it may be that of whose kin he is ("the mother of the
    suspect, Carl Vega, said")."""
    if is_kin_of_somebody(cast, head):
        return None
    for child in cast.parse.children[head]:
        if cast.parse.deps[child] == "appos" and child in cast.link_at:
            index = cast.link_at[child]
            if cast.type_of(cast.linked.links[index].entity) == "PERSON":
                return index
    return None


def is_kin_of_somebody(cast: Cast, head: int) -> bool:
    """Whether a noun is the kin of a person whom the text describes without a name ("the mother of the suspect")."""
    parse = cast.parse
    of = next((child for child in parse.children[head] if parse.words[child] == "of"), None)
    other = None if of is None else parse.child(of, "pobj")
    is_kin = parse.words[head] in read_kin_nouns() and other is not None
    return is_kin and cast.label_at(other) is None and parse.words[other] in read_person_nouns()


@reading("The mayor of Harbour Town, Anna Berg, said it rained.", "[Anna Berg, mayor of Harbour Town] it rained")
def read_name_between_commas(cast: Cast, head: int) -> int | None:
    """A person's name between commas right before the cue, or at the end behind it, which the parser hung on another name in his description."""
    parse = cast.parse
    first, last = parse.subtree(head)
    last -= parse.words[last - 1] == ","
    is_apart = parse.words[last : last + 1] == [","]
    if read_speaker_nouns().get(parse.words[head], "role") != "role" or not (is_apart or parse.heads[head] < head):
        return None
    for index in dict.fromkeys(cast.link_at[token] for token in range(last - 1, first, -1) if token in cast.link_at):
        name = cast.linked.links[index].name
        hung_on = cast.link_at.get(parse.heads[name.last - 1])
        is_between = first < name.first and parse.words[name.first - 1] == "," and is_last(parse, name, last)
        if cast.label_at(name.first) == "PERSON" and is_between and hung_on not in (None, index):
            return index
    return None


@reading("It rained, said the president of Norway Peter Hall.", "[Peter Hall, president of Norway] “It rained”")
def read_name_at_end(cast: Cast, head: int) -> int | None:
    """A person's whole name at the end of his description, right behind what he heads ("the governor of the Kent region Anna Berg", "Finance minister
    of Arvania Petra Holm"); not where another office stands between ("the lawyer of President Peter Hall")."""
    parse = cast.parse
    last = cut_at_comma(parse, *parse.subtree(head))[1]
    index = cast.link_at.get(last - 1)
    if index is None or read_speaker_nouns().get(parse.words[head], "role") != "role":
        return None
    name = cast.linked.links[index].name
    before = name.first - 1
    is_apart = head < before and name.last == last and len(name.words) > 1
    is_headed = parse.words[before] in HEADED or cast.label_at(before) in ("GPE", "LOC", "ORG")
    place = find_place(parse, name.first)
    is_headed = is_headed or (place < name.first and has_office(parse, place))
    is_headed = is_headed and not any(word.rstrip(".") in read_titles() for word in parse.words[head + 1 : name.first])
    return index if is_apart and is_headed and cast.label_at(last - 1) == "PERSON" else None


def is_last(parse: Parse, name: Name, last: int) -> bool:
    """Whether a name, with what the parser hung on it in apposition to another one, ends before a token."""
    return name.last == last or (parse.deps[name.last - 1] == "appos" and parse.subtree(name.last - 1)[1] == last)


OFFICE_TAGS = NOUNS | {"DT", "IN"}
"""Tags of the words of an office."""
NAMES = Order(
    read_name_behind_office,
    read_name_at_head,
    read_name_before_honour,
    read_name_given,
    read_name_in_apposition,
    read_name_between_commas,
    read_name_at_end,
)


@move("Peter Hall and Maria Lopez said it rained.", "[Peter Hall and Maria Lopez] it rained")
def join_speakers(cast: Cast, head: int, speaker: Speaker) -> Speaker:
    """Speakers named together are one collective speaker, with the entity of the first ("Blinken and Xi said")."""
    joined = find_conjuncts(cast.parse, head)
    if not joined:
        return speaker
    parse, last = cast.parse, joined[-1]
    link = NAMES.first(cast, last)
    link = cast.link_at.get(last + 1) if link is None else link
    end = parse.ends[(cast.linked.links[link].name.last if link is not None else last + 1) - 1]
    return replace(speaker, end=end, kind="collective", role=None) if end > speaker.end else speaker


COMPANIES = Order(join_speakers)


def identify_name(cast: Cast, head: int, index: int) -> Speaker:
    parse, link = cast.parse, cast.linked.links[index]
    kind = "named"
    start, end = parse.starts[link.name.first], parse.ends[link.name.last - 1]
    role = read_role(cast, head, link.name.first, link.name.last)
    return Speaker(start, end, kind, role, index, link.entity, way="name")


def read_role(cast: Cast, head: int, first: int, last: int) -> str | None:
    """The role of a person whose name has tokens first to last, as his phrase states it."""
    return ROLES.first(cast.parse, head, first, last)


@reading("The coach, Anna Berg, said it rained.", "[Anna Berg, coach] it rained")
def read_role_before(parse: Parse, head: int, first: int, last: int) -> str | None:
    """The words before the name, without a comma among them ("State Department spokesman Ned Price")."""
    left = parse.subtree(head)[0]
    while left < first and (
        parse.words[left] in BEFORE_ROLES
        or parse.words[left].isspace()
        or is_opening_cue(parse, left)
        or LIVE_TIME.fullmatch(parse.words[left])
    ):
        left += 1
    if left >= first or head >= last or not any(parse.tags[token] in NOUNS for token in range(left, first)):
        return None
    if parse.words[first - 1] in ("and", "or"):
        return None
    is_called = CALLED.fullmatch(parse.view, parse.ends[head], parse.starts[first])
    before = parse.text[parse.starts[left] : parse.ends[head if is_called else first - 1]].strip(' ,:"“”–—-(')
    before = before.rpartition(")")[2].strip()
    return before if before and "," not in before and len(before) < LONGEST_ROLE else None


def is_opening_cue(parse: Parse, token: int) -> bool:
    """Whether a token is a cue at the start of a sentence, before its speaker ("Added Sen. Hall: …")."""
    is_first = token == parse.sentence_starts[parse.sentence_of[token]]
    return is_first and parse.words[token] in read_cue_verbs() and parse.words[token].endswith("ed")


@reading("It rained, said Peter Hall, a farmer.", "[Peter Hall, farmer] “It rained”")
def read_role_behind(parse: Parse, head: int, first: int, last: int) -> str | None:
    """What stands in apposition behind the name, up to its comma ("Anna Berg, dean of the school, said")."""
    for child in parse.children[head]:
        if parse.deps[child] == "appos" and child >= last and parse.tags[child] != "CD":
            while is_hyphen(parse, child + 1):
                child += 2
            a, b = cut_at_comma(parse, *parse.subtree(child))
            a = find_whole_word(parse, a)
            while a < b and (parse.words[a] in ARTICLES or parse.words[a] == "("):
                a += 1
            b = next((token for token in range(a, b) if says_relative(parse, token)), b)
            return parse.text[parse.starts[a] : parse.ends[b - 1]] if a < b else None
    return None


ROLES = Order(read_role_before, read_role_behind)


def find_whole_word(parse: Parse, token: int) -> int:
    """First token of a noun with the parts and the article before it that the parser may have hung elsewhere ("a vice-president")."""
    token = find_word_start(parse, token)
    return token - 1 if token and parse.tags[token - 1] in DETERMINER_TAGS else token


def cut_at_comma(parse: Parse, first: int, last: int) -> tuple[int, int]:
    """The phrase up to its first comma, bracket, dash or line break, or a stray stop that the parser did not read."""
    for token in range(first + 1, last):
        is_stop = "." in parse.text[parse.ends[token - 1] : parse.starts[token]]
        if is_hyphen(parse, token):
            continue
        if is_stop or parse.words[token] in (",", ":", "(", "-", "–", "—", '"') or "\n" in parse.words[token]:
            return first, token
    return first, last


def resolve_personal(cast: Cast, head: int, gender: str, turns: list[Turn]) -> Antecedent:
    """Whom "he" or "she" means. Nobody is called he in front of his own name ("he said Wang demanded …")."""
    return ANTECEDENTS.first(cast, head, turns, cast.people_behind(head), gender) or NOBODY


def may_be(cast: Cast, entity: int, gender: str) -> bool:
    """Whether a person may be of a gender, as far as titles and pronouns tell: nobody who was just "she" is "he"."""
    return cast.genders.get(entity, cast.called.get(entity, gender)) == gender


@reading("Maria Lopez came. Though she said it rained, Anna Berg left.", "[she = Anna Berg] it rained")
def read_main_subject(cast: Cast, head: int, turns: list[Turn], others: set[int], gender: str) -> Antecedent | None:
    """In a clause of contrast before its main one "he" is who acts there ("though he called it a failure, Hall voted for it"); in another clause it
    may be anybody ("as he said so, Hall left")."""
    parse, verb = cast.parse, cast.parse.heads[head]
    while parse.deps[verb] == "conj":
        verb = parse.heads[verb]
    main = parse.heads[verb]
    if parse.deps[verb] != "advcl" or main < head:
        return None
    acting = [child for child in parse.children[main] if child > head and parse.deps[child] in ANY_SUBJECT]
    found = [cast.linked.links[cast.link_at[token]].entity for token in acting if cast.label_at(token) == "PERSON"]
    if not found or not may_be(cast, found[0], gender):
        return None
    is_contrast = not CONTRASTS.isdisjoint(parse.words[child] for child in parse.children[verb] if child < head)
    return Antecedent(found[0], "relative") if is_contrast else NOBODY


@reading(
    "Peter Hall said it rained. He said Peter Hall would come.", "[Peter Hall] it rained · [He] Peter Hall would come"
)
def refuse_named_behind(cast: Cast, head: int, turns: list[Turn], others: set[int], gender: str) -> Antecedent | None:
    """Where who spoke last is named behind "he", nobody known is meant ("he said Wang demanded …")."""
    return NOBODY if turns and turns[-1].entity in others else None


@reading(
    "Senate leader Peter Hall met reporters. His spokesman said it rained. “It was late,” he said. He blamed the wind for the delay.",
    "[His spokesman] it rained · [he] “It was late” · [He] the wind for the delay",
)
def refuse_unnamed(cast: Cast, head: int, turns: list[Turn], others: set[int], gender: str) -> Antecedent | None:
    """Behind the saying of one person without a name "he" is that person, whom nobody knows ("a spokesman said …. He added …")."""
    return NOBODY if cast.unnamed is not None and follows_unnamed(cast, cast.unnamed, head, gender) else None


def follows_unnamed(cast: Cast, unnamed: int, head: int, gender: str) -> bool:
    """Whether a pronoun stands near enough to who spoke last without a name, and nobody is named between them but in his words."""
    parse = cast.parse
    first, last = parse.subtree(unnamed)
    is_other = tells_other_gender(parse.words[unnamed], gender)
    told = [token for token in range(min(last, head), head) if not cast.is_content(token)]
    sentences = {parse.sentence_of[token] for token in told} | {parse.sentence_of[head]}
    is_named = any(
        token in cast.link_at and cast.type_of(cast.linked.links[cast.link_at[token]].entity) == "PERSON"
        for token in told
    )
    return not is_other and not is_named and len(sentences) <= LONGEST_UNNAMED and first < head


def tells_other_gender(word: str, gender: str) -> bool:
    """Whether a word for a person tells that he is not of a gender."""
    is_woman = word.endswith("woman") or read_kin_nouns().get(word) == "female"
    is_man = not is_woman and (word.endswith("man") or read_kin_nouns().get(word) == "male")
    return (gender == "female" and is_man) or (gender == "male" and is_woman)


def follow_unnamed(cast: Cast, head: int | None, speaker: Speaker | None) -> int | None:
    """Head of the words for who spoke last where that is one person without a name: a role, the same once more ("the official"), or a pronoun that goes
    on with one."""
    if speaker is None or head is None:
        return cast.unnamed if speaker is None or speaker.entity is None else None
    if speaker.is_pronoun:
        return head if speaker.entity is None and cast.unnamed is not None and not speaker.weighed else None
    is_again = cast.unnamed is not None and cast.parse.words[cast.unnamed] == cast.parse.words[head]
    is_unnamed = speaker.kind == "role" and speaker.entity is None and (is_again or is_somebody(cast.parse, head))
    return head if is_unnamed else None


def follow_body(cast: Cast, head: int | None, speaker: Speaker | None) -> int | None:
    """Head of the words for who spoke last where that is an organisation."""
    if head is None or speaker is None:
        return None
    word = cast.parse.words[head]
    is_named = speaker.entity is not None and cast.type_of(speaker.entity) == "ORG"
    is_body = (
        speaker.kind == "collective"
        and cast.parse.tags[head] == "NN"
        and read_speaker_nouns().get(word) == "collective"
    )
    return head if is_named or is_body else None


def is_somebody(parse: Parse, head: int) -> bool:
    """Whether a noun is one person whom the text does not name: "a senator", "his brother", a spokesman; "the senator" has a name elsewhere."""
    word, first = parse.words[head], parse.subtree(head)[0]
    is_own = any(parse.deps[child] == "poss" for child in parse.children[head])
    is_new = parse.words[first] in INDEFINITE or parse.words[first] == "one" or is_own or word in VOICES_OF_OTHERS
    is_person = word.rpartition("-")[2] in read_person_nouns() or word in COMPANIONS
    return parse.tags[head] == "NN" and is_person and is_new


@reading(
    "Peter Hall met Norwegian diplomat Erik Dahl in Kent. The Norwegian Foreign Ministry said it rained. He blamed the wind for the delay. And he demanded a new boat.",
    "[Norwegian Foreign Ministry] it rained · [He = Erik Dahl] the wind for the delay · [he = Erik Dahl] a new boat",
)
def read_going_on(cast: Cast, head: int, turns: list[Turn], others: set[int], gender: str) -> Antecedent | None:
    """Who was "he" a moment ago stays so until somebody is named."""
    if not turns or not cast.goes_on(turns[-1], head):
        return None
    last = turns[-1].entity
    return Antecedent(last, "going_on") if may_be(cast, last, gender) else NOBODY


@reading(
    "Mr. Berg met senior Norwegian diplomat Erik Dahl in Kent. The Norwegian Foreign Ministry said it rained. He blamed the weather for the delay.",
    "[Norwegian Foreign Ministry] it rained · [He = Erik Dahl] the weather for the delay",
)
def read_representative(cast: Cast, head: int, turns: list[Turn], others: set[int], gender: str) -> Antecedent | None:
    """Behind the saying of an organisation "he" is who represents it, where the text tells."""
    last = turns[-1].entity if turns else None
    found = find_representative(cast.parse, cast.linked, cast.people_before(head), head, last)
    if found is None or not may_be(cast, found, gender):
        return None
    return NOBODY if found in others else Antecedent(found, "representative")


@reading(
    "Mayor Erik Dahl visited the port. The Transport Ministry said the bridge was safe. He blamed the storm for the delay.",
    "[Transport Ministry] the bridge was safe · [He] the storm for the delay",
)
def refuse_behind_body(cast: Cast, head: int, turns: list[Turn], others: set[int], gender: str) -> Antecedent | None:
    """Behind the saying of an organisation "he" may be its spokesman as well as who was named before and has not spoken: nobody known is meant."""
    if cast.body is None or cast.body > head:
        return None
    nearest = next(iter(cast.people_before(head)), None)
    sentence_of = cast.parse.sentence_of
    if nearest is None or sentence_of[cast.linked.links[nearest].name.first] >= sentence_of[cast.body]:
        return None
    entity = cast.linked.links[nearest].entity
    is_near = sentence_of[head] - sentence_of[cast.body] <= LONGEST_UNNAMED
    return NOBODY if is_near and all(turn.entity != entity for turn in turns) else None


@reading(
    "Maria Lopez came. Her daughter smiled. She said it was late.",
    "[She] it was late",
)
def refuse_acting_unnamed(cast: Cast, head: int, turns: list[Turn], others: set[int], gender: str) -> Antecedent | None:
    """Where somebody without a name has acted since the last person was named, "he" may be him ("Hall's father wept. “He was good,” he said"): nobody
    known is meant."""
    parse = cast.parse
    nearest = next(iter(cast.people_before(head)), None)
    first = parse.sentence_starts[max(0, parse.sentence_of[head] - 1)]
    last_named = -1 if nearest is None else cast.linked.links[nearest].name.last
    for token in range(max(first, last_named), head):
        is_acting = parse.deps[token] in ANY_SUBJECT and parse.deps[parse.heads[token]] in ("ROOT", "conj")
        if is_acting and not cast.is_content(token) and is_unnamed(cast, token, gender):
            return NOBODY
    return None


def is_unnamed(cast: Cast, noun: int, gender: str) -> bool:
    """Whether a noun is one person without a name, of whom it does not tell the other gender."""
    parse = cast.parse
    is_named = any(cast.label_at(child) == "PERSON" for child in parse.children[noun] if parse.deps[child] == "appos")
    return is_somebody(parse, noun) and not is_named and not tells_other_gender(parse.words[noun], gender)


@reading("Maria Lopez came. She said it rained.", "[She = Maria Lopez] it rained")
def read_likeliest(cast: Cast, head: int, turns: list[Turn], others: set[int], gender: str) -> Antecedent | None:
    """The likeliest of the people named before is meant: by distance, and by what each was in his sentence; nobody known, where
    another is more than half as likely (of 26 such answers in unseen news 11 were wrong), or where he just met another of his gender."""
    ranked = sorted(weigh_people(cast, head, turns, others, gender), key=lambda one: -one.weight)
    if not ranked:
        return None
    if not turns or turns[-1].entity != ranked[0].entity or has_acted(cast, turns[-1], head, gender):
        ranked = level_companion(cast, ranked)
    is_open = len(ranked) > 1 and ranked[1].weight > RIVAL * ranked[0].weight
    return Antecedent(None if is_open else ranked[0].entity, "weighed", tuple(ranked))


def has_acted(cast: Cast, turn: Turn, head: int, gender: str) -> bool:
    """Whether a "he" has done something since somebody spoke: it may be whom that was told to ("Hall told Dahl. He nodded. …, he said")."""
    parse = cast.parse
    return any(
        PERSONAL.get(parse.words[token]) == gender
        and parse.deps[token] == "nsubj"
        and parse.deps[parse.heads[token]] == "ROOT"
        and parse.words[parse.heads[token]] not in read_cue_verbs()
        and not cast.is_content(token)
        for token in range(turn.token + 1, head)
    )


def level_companion(cast: Cast, ranked: list[Weighed]) -> list[Weighed]:
    """Those weighed, where whom the likeliest of them just met or spoke to is as likely as he."""
    met = next((one for one in ranked[1:] if have_met(cast, ranked[0], one)), None)
    if met is None:
        return ranked
    return [ranked[0], met._replace(weight=ranked[0].weight), *(one for one in ranked[1:] if one is not met)]


def have_met(cast: Cast, first: Weighed, second: Weighed) -> bool:
    """Whether the first of two people met or spoke to the second in one clause, or something was done to him by the second: either may go on ("Berg met
    Lopez. She said …", "Berg was fined by Judge Roe. “…,” she said")."""
    parse, starts = cast.parse, cast.parse.starts
    one, other = (bisect_left(starts, person.end) - 1 for person in (first, second))
    other = parse.heads[other] if parse.deps[other] == "appos" else other
    verb, above = parse.heads[one], parse.heads[other]
    above = parse.heads[above] if parse.deps[other] == "pobj" and parse.words[above] in BESIDE else above
    is_beside = above == verb and other > verb and parse.deps[other] in ("dobj", "pobj", "dative")
    agent = parse.child(verb, "agent")
    if parse.deps[one] == "nsubjpass" and agent is not None and other > agent:
        return parse.heads[other] == agent or parse.heads[parse.heads[other]] == agent
    return is_beside and parse.deps[one] == "nsubj" and parse.words[verb] in MEETING


def weigh_people(cast: Cast, head: int, turns: list[Turn], others: set[int], gender: str) -> list[Weighed]:
    """How likely a pronoun means each of the people named before it, nearest first."""
    parse, weighed, seen = cast.parse, [], set(others)
    for index in cast.people_before(head):
        link = cast.linked.links[index]
        distance = parse.sentence_of[head] - parse.sentence_of[link.name.first]
        if distance > FARTHEST_PERSON or len(weighed) > MOST_PEOPLE:
            break
        if link.entity not in seen and link.entity in cast.standing and may_be(cast, link.entity, gender):
            seen.add(link.entity)
            weight = LIKELIHOODS.fold(cast, (link, turns), 1.0 / (1 + distance))
            start, end = parse.starts[link.name.first], parse.ends[link.name.last - 1]
            weighed.append(Weighed(start, end, link.entity, weight))
    return weighed


@move("Peter Hall spoke in Kent of Erik Dahl. He said it rained.", "[He = Peter Hall] it rained")
def prefer_subject(cast: Cast, about: tuple[Link, list[Turn]], score: float) -> float:
    """A subject is `SUBJECT` times as likely to be "he" afterwards."""
    parse, token = cast.parse, about[0].name.last - 1
    is_subject = parse.deps[token] in ANY_SUBJECT or parse.deps[parse.heads[token]] == "nsubj"
    return score * SUBJECT if is_subject else score


@move(
    "Peter Hall spoke in Kent. The bakers met Erik Dahl. It rained. He said it was late.",
    "[He = Peter Hall] it was late",
)
def doubt_object(cast: Cast, about: tuple[Link, list[Turn]], score: float) -> float:
    """An object, an owner or a part of a longer name is less likely to be "he" afterwards."""
    return score * 0.7 if cast.parse.deps[about[0].name.last - 1] in LESSER_LABELS else score


@move(
    "Peter Hall said it rained. The bakers met Erik Dahl. He said it was late.",
    "[Peter Hall] it rained · [He = Peter Hall] it was late",
)
def prefer_last_speaker(cast: Cast, about: tuple[Link, list[Turn]], score: float) -> float:
    """Who spoke last is likelier to speak again."""
    link, turns = about
    return score * 2.5 if turns and link.entity == turns[-1].entity else score


@move(
    "Erik Dahl asked Peter Hall to explain the delay. He did not do so, and said that it rained.",
    "[Erik Dahl] Peter Hall to explain the delay · [He = Peter Hall] that it rained",
)
def prefer_asked(cast: Cast, about: tuple[Link, list[Turn]], score: float) -> float:
    """Who was asked is likelier to answer than who asked; not whom it was asked about ("asked about Hall's remark")."""
    parse, name = cast.parse, about[0].name
    before = set(parse.words[max(0, name.first - 2) : name.first])
    is_asked = before & ASKING and before.isdisjoint(TOPIC_WORDS) and parse.deps[name.last - 1] not in OWNERS
    return score * 20 if is_asked else score


@move(
    "Peter Hall said it rained. Hall spokesman Erik Dahl closed the door. He said it was late.",
    "[Peter Hall] it rained · [He = Erik Dahl] it was late",
)
def doubt_owner(cast: Cast, about: tuple[Link, list[Turn]], score: float) -> float:
    """Who is named only to tell who somebody else is, is seldom "he" afterwards ("Hall spokesman Erik Dahl", "Hall's lawyer, Erik Dahl")."""
    parse, token = cast.parse, about[0].name.last - 1
    if parse.deps[token] not in OWNERS:
        return score
    owned = parse.heads[token]
    whole = parse.heads[owned] if parse.deps[owned] == "compound" else owned
    near = (owned, whole, *(child for child in parse.children[owned] if parse.deps[child] == "appos"))
    others = (cast.link_at[one] for one in near if cast.label_at(one) == "PERSON")
    return score * 0.2 if any(cast.linked.links[one].entity != about[0].entity for one in others) else score


@move(
    "“The roof leaks,” Mr. Hall told Mr. Dahl. “It does not,” he replied.",
    "[Hall] “The roof leaks” · [he = Dahl] “It does not”",
)
def doubt_replier(cast: Cast, about: tuple[Link, list[Turn]], score: float) -> float:
    """Who spoke last is not he who replies to that, where somebody else was spoken to."""
    parse, (link, turns) = cast.parse, about
    if not turns or turns[-1].entity != link.entity or cast.own_cue not in REPLYING:
        return score
    verb = parse.heads[turns[-1].token]
    is_told = any(child > verb and cast.label_at(child) == "PERSON" for child in parse.children[verb])
    return score * 0.05 if is_told else score


@move(
    "Maria Lopez ran the mill. Anna Berg taught her to bake and gave her a room. “It was small,” she said.",
    "[she = Maria Lopez] “It was small”",
)
def doubt_actor(cast: Cast, about: tuple[Link, list[Turn]], score: float) -> float:
    """Who does something to "her" is another one than she ("Berg asked her why it rained. “It is April,” she said")."""
    parse, token = cast.parse, about[0].name.last - 1
    if parse.deps[token] == "oprd" and parse.deps[parse.heads[token]] == "acl":
        token = parse.heads[parse.heads[token]]  # "a guard named Hall"
    verb, gender = parse.heads[token], PERSONAL.get(parse.words[cast.own_head])
    if parse.deps[token] != "nsubj":
        return score
    verbs = (verb, *(child for child in parse.children[verb] if parse.deps[child] in ("conj", "xcomp")))
    objects = (child for one in verbs for child in parse.children[one] if parse.deps[child] in ("dobj", "dative"))
    return score * 0.05 if any(PERSONAL.get(parse.words[child]) == gender for child in objects) else score


LIKELIHOODS = Order(
    prefer_subject, doubt_object, prefer_last_speaker, prefer_asked, doubt_owner, doubt_actor, doubt_replier
)


@reading(
    "Mr. Hall said it rained. The wind blew. The doors shut. The lamps went out. The cows slept. The hens slept. The dogs slept. The cats slept. The mice slept. He said it was late.",
    "[Hall] it rained · [He = Hall] it was late",
)
def read_last_speaker(cast: Cast, head: int, turns: list[Turn], others: set[int], gender: str) -> Antecedent | None:
    """Where nobody else is left, who spoke last is meant."""
    last = turns[-1].entity if turns else None
    is_person = last is not None and cast.type_of(last) == "PERSON"
    return Antecedent(last, "last_speaker") if is_person and may_be(cast, last, gender) else None


ANTECEDENTS = Order(
    read_main_subject,
    refuse_named_behind,
    refuse_unnamed,
    read_going_on,
    read_representative,
    refuse_behind_body,
    refuse_acting_unnamed,
    read_likeliest,
    read_last_speaker,
)


def find_saying_behind(parse: Parse, head: int) -> int:
    """First token of the saying that hangs on a noun and is no part of its phrase ("his letter saying …"), or the end."""
    for child in parse.children[head]:
        if child > head and parse.deps[child] == "acl" and parse.words[child] in read_cue_verbs():
            return max(head + 1, parse.subtree(child)[0])
    return len(parse)


def find_occasion_behind(parse: Parse, head: int) -> int:
    """First token of when or in what somebody spoke, which is no part of his phrase ("the mayor | in a letter on Friday said"), or the end."""
    for child in parse.children[head]:
        if child > head and parse.deps[child] == "prep" and parse.words[child] in OCCASION_PREPOSITIONS:
            first, last = parse.subtree(child)
            if not OCCASION_WORDS.isdisjoint(parse.words[first:last]) and first > head:
                return first
    return len(parse)


@reading("The report says it rained.", "[The report] it rained")
def read_description(cast: Cast, head: int, turns: list[Turn]) -> Speaker | None:
    """A common noun is a role, people in general or a document; a definite role is who was last called so."""
    parse, word = cast.parse, cast.parse.words[head]
    first, last = find_description_span(parse, head)
    start, end = parse.starts[first], parse.ends[last - 1]
    kind = read_speaker_nouns().get(word, "collective" if parse.tags[head] in PLURAL_NOUNS else "role")
    role = parse.text[start:end] if kind == "role" else None
    if role and role.split(" ", 1)[0].lower() in BEFORE_OWN_ROLES:
        role = role.split(" ", 1)[-1]
    people = cast.people_before(head)
    entity = HOLDERS.first(parse, cast.linked, people, head) if kind == "role" else None
    way = "description" if entity is None else "holder"
    return Speaker(start, end, kind if entity is None else "named", role, None, entity, way=way)


def find_description_span(parse: Parse, head: int) -> tuple[int, int]:
    """First token of the phrase that describes a speaker and the token after its last: up to its comma, or a saying in it."""
    first, last = cut_at_comma(parse, *parse.subtree(head))
    last = min(last, find_saying_behind(parse, head), find_occasion_behind(parse, head))
    first = min(first, head) if first <= head < last else head
    first = find_whole_word(parse, first)
    last = max(last, head + 1)
    while last > head + 1 and (parse.words[last - 1].isspace() or is_dangling(parse, last - 1)):
        last -= 1
    while first < head and (parse.words[first] in ('"', ",", "(", "'") or LIVE_TIME.fullmatch(parse.words[first])):
        first += 1
    return first, last


def is_dangling(parse: Parse, token: int) -> bool:
    """Whether a word ends no description: an article, or a preposition of its noun ("the head of the | “Tides” group")."""
    is_preposition = parse.tags[token] == "IN" and parse.tags[parse.heads[token]] in NOUNS
    return parse.words[token] in ARTICLES or is_preposition


IDENTITIES = Order(
    read_relative, read_personal, read_organisation, read_other_pronoun, refuse_namesake, read_name, read_description
)
