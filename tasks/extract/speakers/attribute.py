"""Who speaks: gives each saying its speaker, once it is known what was said. Nobody speaks from within his own words.

First whose words name the speaker (VOICES), then whom they mean (`speakers.py`). Sayings without a cue have what stands
beside them, or who spoke before (UNCUED).
"""

import re
from dataclasses import dataclass, replace

from quotidian.tasks.extract.names.link_names import Linked
from quotidian.tasks.extract.parsing.parse import Parse
from quotidian.tasks.extract.quotes.drafts import Saying
from quotidian.tasks.extract.quotes.frames import Frame
from quotidian.tasks.extract.quotes.grammar import (
    ANY_SUBJECT,
    BEFORE_NOUNS,
    DASHES,
    EXPLETIVES,
    NOUNS_AND_PRONOUN,
    OBJECT_FORMS,
    PROPER_NOUNS,
)
from quotidian.tasks.extract.quotes.page import Page
from quotidian.tasks.extract.quotes.readings import Order, move, reading
from quotidian.tasks.extract.quotes.resumed import is_reply, match_signature
from quotidian.tasks.extract.quotes.spoken_lines import NO_NAMES
from quotidian.tasks.extract.quotes.subjects import NOBODY, TELLING, find_quoting
from quotidian.tasks.extract.speakers.anonymity import GRANT
from quotidian.tasks.extract.speakers.cast import Cast, Turn
from quotidian.tasks.extract.speakers.joint import list_speakers
from quotidian.tasks.extract.speakers.labels import LABELS
from quotidian.tasks.extract.speakers.roles import INDEFINITE, read_person_nouns
from quotidian.tasks.extract.speakers.speakers import (
    Speaker,
    follow_body,
    follow_unnamed,
    identify_name,
    identify_speaker,
)

LEADING_TO_GRANT = re.compile(r",|\b(?:who|speaking|talking|insisting|asking)\b")
ASKING = frozenset(("ask", "inquire"))
"""Cues that somebody else answers."""
PRINTING = frozenset(("write", "report"))
"""Cues of papers, which may name behind them whom they quote."""
PASSING_ON = frozenset(("quote", "cite"))
"""Cues whose object has said what stands before them."""
PLAIN_NAME = re.compile(r"([A-Z][\w'-]{1,30}(?: [A-Z][\w'-]{1,30}){1,3})(?=,[^\n]{1,60}(?:\n|$)|\n|$)")
"""A name of several words that ends its line, or what somebody is behind it."""
FEWEST_NAMES, LONGEST_LABEL = 2, 4
"""Words of a name before a colon that nothing else tells for one."""
FARTHEST_SUBJECT = 30
"""Tokens before a cue without a subject of its own that are searched for one."""


@dataclass(frozen=True, slots=True)
class Attribution:
    """A saying with its speaker; `together` are all who say it, by their own words and the speaker first, where they may be several."""

    saying: Saying
    speaker: Speaker | None
    together: tuple[Speaker, ...] = ()

    @property
    def everybody(self) -> tuple[Speaker, ...]:
        """All who say it, the speaker first."""
        return self.together or ((self.speaker,) if self.speaker else ())


def attribute_sayings(page: Page, linked: Linked, sayings: list[Saying]) -> list[Attribution]:
    """Identify speakers in the order of the text, so that each knows who spoke before."""
    said = (part for saying in sayings for part in saying.parts)
    cast, turns, attributions = Cast(page.parse, linked, said, page.segment_of), [], []
    for saying in sorted(sayings, key=lambda saying: saying.start):
        head, cast.own_words = find_voice(page.parse, saying), saying.parts
        cast.own_head = 0 if head is None else head
        cast.own_cue = saying.frame.lemma if saying.frame else ""
        if head is not None:
            speaker = PHRASES.fold(page.parse, saying.frame, identify_speaker(cast, head, turns))
            attribution = Attribution(saying, speaker, list_speakers(cast, saying, head, speaker, turns))
        elif saying.position == "line":
            attribution = Attribution(replace(saying, position="labelled"), read_line_name(page, cast, saying, turns))
        elif saying.position == "orphan":
            attribution = UNCUED.first(page, cast, saying, attributions) or Attribution(saying, None)
        else:
            attribution = Attribution(saying, None)
        attributions.append(attribution)
        speaker = attribution.speaker
        cast.unnamed = follow_unnamed(cast, head, speaker)
        cast.body = follow_body(cast, head, speaker)
        if speaker and speaker.entity is not None and not is_aside(cast, head, speaker.entity):
            cast.note_pronoun(speaker.entity, head, is_sure=len(speaker.weighed) == 1)
            turns.append(Turn(speaker.entity, page.token_at(saying.start) if head is None else head))
    return attributions


def is_aside(cast: Cast, head: int | None, entity: int) -> bool:
    """Whether somebody's words are told beside what another one does in the sentence: who acts is likelier to go on ("asked about Hall, who has called
    it a hoax, Berg shrugged", "on the day that Hall vowed to stay, Berg left")."""
    if head is None or not (cast.parse.words[head] == "who" or is_within_relative(cast.parse, head)):
        return False
    acting = cast.people_acting(*cast.parse.sentence_range(cast.parse.sentence_of[head]))
    return any(other != entity for other in acting)


def is_within_relative(parse: Parse, head: int) -> bool:
    """Whether a subject acts in a relative clause of a noun."""
    verb = parse.heads[head]
    while parse.heads[verb] != verb and parse.deps[verb] != "relcl":
        verb = parse.heads[verb]
    return parse.deps[verb] == "relcl"


def find_voice(parse: Parse, saying: Saying) -> int | None:
    """Head of the words that name who says it, or None where none do."""
    head = None if saying.frame is None else VOICES.first(parse, saying)
    return None if head == NOBODY else head


@reading("He's said it rained. Peter Hall left.", "[He] it rained")
def read_subject(parse: Parse, saying: Saying) -> int | None:
    """The subject of the cue speaks, unless it stands within what was said."""
    subject = saying.frame.subject
    if subject is None or is_content(parse, saying, subject):
        return None
    if parse.words[subject] == "'s":
        return NOBODY  # "let's start by saying"
    above = find_quoting(parse, saying.frame.cue)
    if above is not None and parse.heads[subject] == above and parse.deps[subject] == "nsubj":
        return NOBODY  # "a paper quoted as saying": who passes it on has not said it
    if parse.words[subject] in OBJECT_FORMS and above is None:
        return None
    return skip_dateline(parse, subject)


def skip_dateline(parse: Parse, token: int) -> int:
    """The head of the name behind the dash where a token is a dateline in capitals ("WASHINGTON -- President Obama, …, said")."""
    first = token + 2
    is_start = token == parse.sentence_starts[parse.sentence_of[token]]
    is_shouted = parse.view[parse.starts[token] : parse.ends[token]].isupper()
    if not is_start or not is_shouted or first >= len(parse) or parse.words[token + 1] not in DASHES:
        return token
    last = first
    while last < len(parse) and parse.tags[last] in PROPER_NOUNS:
        last += 1
    return last - 1 if last > first else token


@reading("We met the driver, who was accused of theft.", "[] of theft")
def keep_other_subject(parse: Parse, saying: Saying) -> int | None:
    """Only a verb in the active looks for another subject than its own."""
    frame = saying.frame
    if frame.kind == "verb" and not frame.is_passive:
        return None
    return NOBODY if frame.subject is None or is_content(parse, saying, frame.subject) else frame.subject


@reading("Ms. Berg said so, but “the roof leaks,” added.", "[Berg] “the roof leaks”")
def read_nearest_subject(parse: Parse, saying: Saying) -> int | None:
    """Where the parse names none, the nearest subject before the cue in its sentence speaks."""
    cue = saying.frame.cue
    if find_quoting(parse, cue) is not None:
        return None
    first = parse.sentence_range(parse.sentence_of[cue])[0]
    for token in range(cue - 1, max(first, cue - FARTHEST_SUBJECT) - 1, -1):
        is_subject = parse.deps[token] == "nsubj" and parse.words[token] not in EXPLETIVES
        if is_subject and not is_content(parse, saying, token):
            return token
    return None


@reading("“The roof leaks,” read the letter.", "[the letter] “The roof leaks”")
def read_noun_behind(parse: Parse, saying: Saying) -> int | None:
    """The noun right behind a cue that follows its content speaks ("…, said Mayor | Hall, who …")."""
    if saying.position != "after" or parse.words[saying.frame.cue] in TELLING:
        return None
    last = saying.frame.cue_end
    while last < len(parse) and parse.tags[last] in BEFORE_NOUNS:
        last += 1
    noun = last
    while noun < len(parse) and parse.tags[noun] in NOUNS_AND_PRONOUN:
        noun += 1
    return noun - 1 if noun > last else None


@reading(
    "“The bridge is closed until autumn,” the paper quotes the words of Peter Hall.",
    "[Peter Hall] “The bridge is closed until autumn”",
)
def read_quoted_words(parse: Parse, saying: Saying) -> int | None:
    """Whose words somebody quotes behind them has said them ("“…,” Interfax quotes the words of Hall", "“…,” Tass quotes Hall", "“…,” writes Tass,
    quoting Hall")."""
    frame = saying.frame
    if saying.position == "after" and saying.is_whole_marked and frame.lemma in PRINTING:
        beside = next(
            (child for child in parse.children[frame.cue] if parse.words[child] in ("quoting", "citing")), None
        )
        return None if beside is None else parse.child(beside, "dobj")
    if saying.position != "after" or frame.lemma not in PASSING_ON or frame.is_passive:
        return None
    quoted = next(
        (child for child in parse.children[frame.cue] if child > frame.cue and parse.deps[child] == "dobj"), None
    )
    if quoted is None or parse.words[quoted] not in ("words", "statement"):
        return quoted if quoted is not None and is_person(parse, quoted) else None
    of = parse.child(quoted, "prep")
    owner = parse.child(quoted, "poss")
    return parse.child(of, "pobj") if owner is None and of is not None else owner


def is_person(parse: Parse, noun: int) -> bool:
    """Whether a noun is a name, or a word for a person."""
    return parse.tags[noun] in PROPER_NOUNS or parse.words[noun] in read_person_nouns()


VOICES = Order(read_quoted_words, read_subject, keep_other_subject, read_nearest_subject, read_noun_behind)


def is_content(parse: Parse, saying: Saying, token: int) -> bool:
    return any(start <= parse.starts[token] < end for start, end in saying.parts)


@move(
    "Today the fleet is in service with the latest ships equipped with new engines, added president.",
    "[president] Today the fleet is in service with the latest ships equipped with new engines",
)
def start_behind_cue(parse: Parse, frame: Frame, speaker: Speaker) -> Speaker:
    """A speaker's words start behind the cue, where the parser took that for a part of them ("…, added | president")."""
    start = parse.starts[frame.cue]
    if speaker.start != start or speaker.link is not None or frame.subject is None or frame.subject < frame.cue_end:
        return speaker
    start = parse.starts[frame.cue_end]
    return replace(speaker, start=start, role=speaker.role and parse.text[start : speaker.end])


@move("The firm sent letters seeking to confirm its address.", "[letters] its address")
def end_before_cue(parse: Parse, frame: Frame, speaker: Speaker) -> Speaker:
    """A speaker's words end before the cue, where the parser hung that on his phrase ("many farmers | have said it …")."""
    last = frame.cue_start
    if speaker.link is not None or not speaker.start < parse.starts[last] < speaker.end:
        return speaker
    while parse.starts[last - 1] > speaker.start and parse.tags[last - 1] not in NOUNS_AND_PRONOUN:
        last -= 1
    return replace(speaker, end=parse.ends[last - 1])


@move(
    "The minister denied an allegation by the opposition that the tender was rigged.",
    "[The minister, not said] an allegation by the opposition that the tender was rigged · [the opposition] that the tender was rigged",
)
def end_before_content(parse: Parse, frame: Frame, speaker: Speaker) -> Speaker:
    """A speaker's words end before what he claims, where the parser hung that on them ("a claim by the union | that …")."""
    first = len(parse) if frame.content is None or frame.kind != "noun" else parse.subtree(frame.content)[0]
    if first == len(parse) or not speaker.start < parse.starts[first] < speaker.end:
        return speaker
    end = parse.ends[first - 1]
    role = speaker.role and speaker.role[: len(speaker.role) - (speaker.end - end)]
    return replace(speaker, end=end, role=role)


@move(
    "The vote is lost, said an aide to the mayor who was not authorised to speak.",
    "[an aide to the mayor] “The vote is lost”",
)
def end_before_grant(parse: Parse, frame: Frame, speaker: Speaker) -> Speaker:
    """A speaker's words end before those that keep him unnamed ("an aide | who was not authorised to speak")."""
    match = GRANT.search(parse.view, speaker.start, speaker.end)
    if match is None or speaker.link is not None:
        return speaker
    end = speaker.start + len(LEADING_TO_GRANT.split(parse.view[speaker.start : match.start()], maxsplit=1)[0].rstrip())
    role = speaker.role and speaker.role[: max(0, len(speaker.role) - (speaker.end - end))].rstrip(" ,")
    return replace(speaker, end=end, role=role or None) if end > speaker.start else speaker


PHRASES = Order(start_behind_cue, end_before_cue, end_before_content, end_before_grant)


@reading("Peter Hall: “It rained all day and all night.”", "[Peter Hall] “It rained all day and all night.”")
def read_label(page: Page, cast: Cast, saying: Saying, before: list[Attribution]) -> Attribution | None:
    """A name that stands beside marked speech without a cue speaks."""
    link = LABELS.first(page, cast.linked, saying)
    if link is None:
        return None
    speaker = identify_name(cast, cast.linked.links[link].name.last - 1, link)
    return Attribution(replace(saying, position="labelled"), replace(speaker, way="label"))


@reading(
    "Chile's foreign ministry called for calm.\nPope Clement: “I pray for the families of all the dead.”",
    "[Chile's foreign ministry] calm · [Pope Clement] “I pray for the families of all the dead.”",
)
def read_plain_label(page: Page, cast: Cast, saying: Saying, before: list[Attribution]) -> Attribution | None:
    """A name that the recogniser has not found speaks, where it and a colon open a sentence before marked speech."""
    parse, start = page.parse, page.segments[min(saying.segments)].outer_start
    if saying.frame is not None or page.character_before(start) != ":":
        return None
    colon = page.token_at(start) - 1
    while colon > 0 and parse.words[colon] != ":":
        colon -= 1
    first = max(page.sentence_start(colon), page.token_at(page.paragraphs[page.paragraph_of_token(colon)]))
    capitals = [parse.text[parse.starts[token]].isupper() for token in range(first, colon)]
    is_label = len(capitals) in range(FEWEST_NAMES, LONGEST_LABEL + 1) and all(capitals)
    is_known = any(cast.label_at(token) not in (None, "WORK_OF_ART") for token in range(first, colon))
    if not is_label or is_known or not NO_NAMES.isdisjoint(parse.words[first:colon]):
        return None
    speaker = Speaker(parse.starts[first], parse.ends[colon - 1], "none", way="label")
    return Attribution(replace(saying, position="labelled"), speaker)


@reading("“I cried at the third picture.” —Mei-ling Chou, teacher", "[Mei-ling Chou] “I cried at the third picture.”")
def read_plain_signature(page: Page, cast: Cast, saying: Saying, before: list[Attribution]) -> Attribution | None:
    """A name that the recogniser has not found speaks, where it stands alone behind the dash that signs marked speech."""
    match = match_signature(page.parse.view, page.segments[max(saying.segments)].outer_end)
    name = None if match is None else PLAIN_NAME.match(page.parse.view, match.end())
    if name is None:
        return None
    return Attribution(replace(saying, position="labelled"), Speaker(*name.span(1), "none", way="label"))


@reading(
    "“It rained all day,” said Peter Hall. He left.\n“It rained all day and all night again in the valley.”",
    "[Peter Hall] “It rained all day” · [Peter Hall] “It rained all day and all night again in the valley.”",
)
def read_speaker_before(page: Page, cast: Cast, saying: Saying, before: list[Attribution]) -> Attribution | None:
    """Who spoke before goes on in marked speech without a cue that follows closely, unless somebody else has acted since, or words before a colon or
    behind a dash say whose it is."""
    first, last = page.segments[min(saying.segments)], page.segments[max(saying.segments)]
    is_signed = match_signature(page.parse.view, last.outer_end) is not None
    is_labelled = page.character_before(first.outer_start) == ":" and (
        not has_subject(page, first.outer_start) or ends_with_name(page, cast, first.outer_start, before)
    )
    if (
        is_signed
        or is_labelled
        or not before
        or answers(page, before[-1].saying, saying)
        or has_words_behind(page, saying)
    ):
        return None
    distance = page.paragraph_at(saying.start) - page.paragraph_at(before[-1].saying.end)
    if distance > 1:
        return None
    speaker = before[-1].speaker
    acting = cast.people_acting(page.token_at(before[-1].saying.end), page.token_at(saying.start))
    if acting and speaker and acting[-1] != speaker.entity:
        return None
    first, last = page.token_at(before[-1].saying.end), page.token_at(saying.start)
    if is_asking(before[-1].saying) or is_another_acting(page, cast, first, last, speaker.entity if speaker else None):
        return None
    return replace(before[-1], saying=saying, speaker=speaker and replace(speaker, way="before"))


def read_line_name(page: Page, cast: Cast, saying: Saying, turns: list[Turn]) -> Speaker:
    """Who speaks by the layout: the name that stands for him, whether it is known as one or not."""
    line = next(line for line in page.spoken_lines if line.start == saying.start)
    first, last = page.token_at(line.name_start), page.token_at(line.name_end)
    head = next((token for token in range(last - 1, first - 1, -1) if token in cast.link_at), None)
    if head is None:
        return Speaker(line.name_start, line.name_end, "none", way="line")
    speaker = replace(identify_name(cast, head, cast.link_at[head]), way="line")
    before, behind = page.parse.text[line.name_start : speaker.start], page.parse.text[speaker.end : line.start]
    if page.parse.text[speaker.end : line.name_end].strip():
        return Speaker(line.name_start, line.name_end, "none", way="line")  # the name was found in part only
    return replace(speaker, role=(before.strip(" ,") or behind.strip(" ,:()\n–—-")) or None)


def ends_with_name(page: Page, cast: Cast, start: int, before: list[Attribution]) -> bool:
    """Whether a word in capitals, which does not name who spoke before, stands right before the colon that opens speech."""
    last = page.token_at(start) - 2
    known = cast.linked.links[cast.link_at[last]].entity if last in cast.link_at else None
    is_other = known is None or not before or before[-1].speaker is None or before[-1].speaker.entity != known
    return page.parse.text[page.parse.starts[last]].isupper() and is_other


def has_subject(page: Page, start: int) -> bool:
    """Whether somebody acts in the words that lead to speech in their sentence ("She went on: “…”")."""
    last = page.token_at(start) - 1
    first = page.sentence_start(last)
    return any(page.parse.deps[token] in ANY_SUBJECT for token in range(first, last))


def has_words_behind(page: Page, saying: Saying) -> bool:
    """Whether the sentence of marked speech goes on behind it, with words that may tell whose it is ("“…,” a governor was heard to say")."""
    segment, view = page.segments[max(saying.segments)], page.parse.view
    behind = view[segment.outer_end :].split("\n", 1)[0].strip(" \"'")
    return behind[:1].isalpha() and (view[segment.end - 1] == "," or behind[0].islower())


def is_another_acting(page: Page, cast: Cast, first: int, last: int, entity: int | None) -> bool:
    """Whether a name that is not the speaker's, or somebody new without a name ("a student"), is the subject of a main clause among some tokens that
    nobody says."""
    parse = cast.parse
    for token in range(first, last):
        is_somebody = parse.tags[token] in PROPER_NOUNS or is_new_person(parse, token)
        is_subject = parse.deps[token] in ANY_SUBJECT and is_somebody and not cast.is_content(token)
        if is_subject and parse.deps[parse.heads[token]] in ("ROOT", "conj"):
            named = cast.linked.links[cast.link_at[token]].entity if token in cast.link_at else None
            if named is None or named != entity:
                return True
    return False


UNCUED = Order(read_label, read_plain_label, read_plain_signature, read_speaker_before)


def is_new_person(parse: Parse, noun: int) -> bool:
    """Whether a noun is one person whom an article introduces ("a student")."""
    is_new = any(parse.words[child] in INDEFINITE for child in parse.children[noun])
    return parse.tags[noun] == "NN" and is_new and parse.words[noun] in read_person_nouns()


def is_asking(saying: Saying) -> bool:
    """Whether somebody is told to have asked something, so that another one answers."""
    return saying.frame is not None and saying.frame.lemma in ASKING and not saying.segments


def answers(page: Page, before: Saying, saying: Saying) -> bool:
    """Whether marked speech in a paragraph of its own may answer what was said before it."""
    return bool(before.segments) and is_reply(page, max(before.segments), min(saying.segments))
