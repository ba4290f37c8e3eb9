"""Who says it: the speaker's words, whether they name, describe or replace a person, and whom they mean."""

from dataclasses import dataclass, replace
from functools import cache

from quotidian.tasks.extract.parsing.parse import Parse
from quotidian.tasks.extract.quotes.cues import read_cue_verbs
from quotidian.tasks.extract.speakers.cast import PERSONAL, Cast, Turn
from quotidian.tasks.extract.speakers.roles import find_representative, resolve_role
from quotidian.tasks.store.facts import read_facts

PLURAL = frozenset(("they", "we", "them", "their", "both", "these", "those"))
RELATIVE = frozenset(("who", "which", "that", "whom", "whose"))
LONGEST_ROLE = 120
"""Characters; longer words before a name are a misparsed sentence."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """The words for a speaker: characters, kind as in SPEAKER_KINDS, role as stated, and the entity that is meant.

    `link` is the index of the name among the article's links where the words are a name; `gender` is what a
    pronoun or title tells; `is_pronoun` marks words that were resolved by what stands before.
    """

    start: int
    end: int
    kind: str
    role: str | None = None
    link: int | None = None
    entity: int | None = None
    is_pronoun: bool = False


@cache
def read_speaker_nouns() -> dict[str, str]:
    """Kind of speaker for each noun of seeds/speaker_nouns.csv, plurals spelled out there."""
    return {row["noun"]: row["kind"] for row in read_facts("speaker_nouns")}


def identify_speaker(cast: Cast, head: int, turns: list[Turn]) -> Speaker:
    """Identify the speaker whose phrase has the token `head`; `turns` tell who spoke before, latest last."""
    parse = cast.parse
    word = parse.words[head]
    if parse.tags[head] in ("PRP", "PRP$", "WP", "WDT", "WP$") or word in RELATIVE:
        return identify_pronoun(cast, head, turns)
    link = find_link(cast, head)
    if link is not None:
        return join_speakers(cast, head, identify_name(cast, head, link))
    return identify_description(cast, head)


def join_speakers(cast: Cast, head: int, speaker: Speaker) -> Speaker:
    """Speakers named together ("Blinken and Xi said") as one collective speaker; its entity is that of the first."""
    parse, last = cast.parse, head
    while (other := parse.child(last, "conj")) is not None and other > last and parse.tags[other][:2] in ("NN", "PR"):
        last = other
    if last == head or "and" not in parse.words[head:last]:
        return speaker
    link = cast.link_at.get(last, cast.link_at.get(last + 1))
    end = parse.ends[(cast.linked.links[link].name.last if link is not None else last + 1) - 1]
    return replace(speaker, end=end, kind="collective", role=None) if end > speaker.end else speaker


def find_link(cast: Cast, head: int) -> int | None:
    """The name that the phrase is: at its head, or in apposition to it where the phrase describes a person."""
    if head in cast.link_at:
        return cast.link_at[head]
    for child in cast.parse.children[head]:
        if cast.parse.deps[child] == "appos" and child in cast.link_at:
            index = cast.link_at[child]
            if cast.type_of(cast.linked.links[index].entity) == "PERSON":
                return index
    return None


def identify_name(cast: Cast, head: int, index: int) -> Speaker:
    parse, link = cast.parse, cast.linked.links[index]
    kind = "named"
    start, end = parse.starts[link.name.first], parse.ends[link.name.last - 1]
    return Speaker(start, end, kind, read_role(cast, head, link.name.first, link.name.last), index, link.entity)


def read_role(cast: Cast, head: int, first: int, last: int) -> str | None:
    """The role before the name ("State Department spokesman") or after it in apposition ("dean of …")."""
    parse = cast.parse
    left = parse.subtree(head)[0]
    while left < first and (
        parse.words[left] in ("the", "a", "an", "mr.", "mrs.", "ms.", "mr", "mrs", "ms", ",", '"')
        or parse.words[left].isspace()
    ):
        left += 1
    before = (
        parse.text[parse.starts[left] : parse.ends[first - 1]].strip(' ,"“”') if left < first and head < last else ""
    )
    before = before.rpartition(")")[2].strip()
    has_noun = any(parse.tags[token][:2] == "NN" for token in range(left, first))
    if before and has_noun and "," not in before and len(before) < LONGEST_ROLE:
        return before
    for child in parse.children[head]:
        if parse.deps[child] == "appos" and child >= last and parse.tags[child] != "CD":
            while is_hyphen(parse, child + 1):
                child += 2
            a, b = cut_at_comma(parse, *parse.subtree(child))
            a = find_whole_word(parse, a)
            while a < b and parse.words[a] in ("a", "an", "the"):
                a += 1
            return parse.text[parse.starts[a] : parse.ends[b - 1]] if a < b else None
    return None


def is_hyphen(parse: Parse, token: int) -> bool:
    """Whether a token joins two parts of one word ("co-founder"); a dash stands between blanks."""
    is_inside = 0 < token < len(parse) - 1 and parse.words[token] == "-"
    return is_inside and parse.ends[token - 1] == parse.starts[token] == parse.starts[token + 1] - 1


def find_whole_word(parse: Parse, token: int) -> int:
    """First token of a noun with the parts and the article before it that the parser may have hung elsewhere ("a vice-president")."""
    while is_hyphen(parse, token - 1):
        token -= 2
    return token - 1 if token and parse.tags[token - 1] in ("DT", "PRP$") else token


def cut_at_comma(parse: Parse, first: int, last: int) -> tuple[int, int]:
    """The phrase up to its first comma, bracket, dash or line break, or a stray stop that the parser did not read."""
    for token in range(first + 1, last):
        is_stop = "." in parse.text[parse.ends[token - 1] : parse.starts[token]]
        if is_hyphen(parse, token):
            continue
        if is_stop or parse.words[token] in (",", "(", "-", "–", "—", '"') or "\n" in parse.words[token]:
            return first, token
    return first, last


def identify_pronoun(cast: Cast, head: int, turns: list[Turn]) -> Speaker:
    """A pronoun, resolved to the person meant where one fits."""
    parse, word = cast.parse, cast.parse.words[head]
    start, end = parse.starts[head], parse.ends[head]
    if word in RELATIVE:
        return identify_relative(cast, head, turns)
    if word in PERSONAL:
        entity = resolve_personal(cast, head, PERSONAL[word], turns)
        return Speaker(start, end, "named" if entity is not None else "none", None, None, entity, True)
    kind = "collective" if word in PLURAL else "none"
    return Speaker(start, end, kind, None, None, None, True)


def identify_relative(cast: Cast, head: int, turns: list[Turn]) -> Speaker:
    """ "who" and "which" mean the noun that their clause is attached to."""
    parse = cast.parse
    start, end = parse.starts[head], parse.ends[head]
    verb = parse.heads[head]
    noun = parse.heads[verb]
    while parse.deps[verb] in ("conj", "xcomp") and noun != verb:
        verb, noun = noun, parse.heads[noun]
    if parse.deps[verb] != "relcl" or noun == head:
        return Speaker(start, end, "none", None, None, None, True)
    meant = identify_speaker(cast, noun, turns) if parse.words[noun] not in RELATIVE else None
    if meant is None:
        return Speaker(start, end, "none", None, None, None, True)
    return Speaker(start, end, meant.kind, meant.role, None, meant.entity, True)


def resolve_personal(cast: Cast, head: int, gender: str, turns: list[Turn]) -> int | None:
    """The person that "he" or "she" means: the subject before it in its sentence, else who spoke last, else the last subject.

    Nobody is called he in front of his own name ("he said Wang demanded …"). Behind the saying of an organisation it is who
    represents it, where the text tells.
    """
    parse, sentence = cast.parse, cast.parse.sentence_of[head]
    others = cast.people_behind(head)
    last = turns[-1].entity if turns else None
    if last is not None and (last in others or cast.goes_on(turns[-1], head)):
        return None if last in others or cast.genders.get(last, gender) != gender else last
    representative = find_representative(parse, cast.linked, cast.people_before(head), head, last)
    if representative is not None and cast.genders.get(representative, gender) == gender:
        return None if representative in others else representative
    best, best_score = None, 0.0
    seen: set[int] = set()
    for index in cast.people_before(head):
        link = cast.linked.links[index]
        distance = sentence - parse.sentence_of[link.name.first]
        if distance > 8 or len(seen) > 6:
            break
        if link.entity in seen or link.entity in others or cast.genders.get(link.entity, gender) != gender:
            continue
        score = 1.0 / (1 + distance)
        token = link.name.last - 1
        if parse.deps[token] in ("nsubj", "nsubjpass") or parse.deps[parse.heads[token]] == "nsubj":
            score *= 2
        if parse.deps[token] in ("poss", "pobj", "dobj", "compound", "nmod"):
            score *= 0.7
        if link.entity == last:
            score *= 2.5
        if score > best_score:
            best, best_score = link.entity, score
        seen.add(link.entity)
    if best is None and last is not None and cast.genders.get(last, gender) == gender:
        return last
    return best


def find_saying_behind(parse: Parse, head: int) -> int:
    """First token of the saying that hangs on a noun and is no part of its phrase ("his letter saying …"), or the end."""
    for child in parse.children[head]:
        if child > head and parse.deps[child] == "acl" and parse.words[child] in read_cue_verbs():
            return max(head + 1, parse.subtree(child)[0])
    return len(parse)


def identify_description(cast: Cast, head: int) -> Speaker:
    """A common noun: a role, people in general, a document; a definite role means who was last called so."""
    parse, word = cast.parse, cast.parse.words[head]
    first, last = cut_at_comma(parse, *parse.subtree(head))
    last = min(last, find_saying_behind(parse, head))
    first = min(first, head) if first <= head < last else head
    first = find_whole_word(parse, first)
    last = max(last, head + 1)
    while last > head + 1 and parse.words[last - 1].isspace():
        last -= 1
    while first < head and parse.words[first] in ('"', ",", "(", "'"):
        first += 1
    start, end = parse.starts[first], parse.ends[last - 1]
    kind = read_speaker_nouns().get(word, "collective" if parse.tags[head] in ("NNS", "NNPS") else "role")
    role = parse.text[start:end] if kind == "role" else None
    if role and role.split(" ", 1)[0].lower() in ("the", "a", "an", "his", "her", "their", "its"):
        role = role.split(" ", 1)[-1]
    people = cast.people_before(head)
    entity = resolve_role(parse, cast.linked, people, head) if kind == "role" else None
    return Speaker(start, end, kind if entity is None else "named", role, None, entity)
