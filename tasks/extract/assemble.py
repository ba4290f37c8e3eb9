"""Puts drafts, speakers and names together into one annotation, with spans that keep the promises of the tables."""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace

from .annotation import Annotation, Entity, Mention, Quote, Sentence
from .names.link_names import Linked
from .parsing.parse import Parse
from .quotes.confidence import estimate_confidence
from .quotes.drafts import Draft
from .quotes.frames import Frame
from .quotes.page import Page
from .quotes.subjects import EXPLETIVES, NOUN_TAGS
from .settings import ExtractSettings
from .speakers.cast import Cast, Turn
from .speakers.labels import find_label
from .speakers.speakers import Speaker, identify_name, identify_speaker

INSERT = re.compile(r"\[[^\[\]]{1,80}\]")
FARTHEST_SUBJECT = 30
"""Tokens before a cue without a subject of its own that are searched for one."""
BEFORE_NOUNS = frozenset(("DT", "JJ", "PRP$", "CD"))
WITHHOLDING = ("declin", "refus", "fail", "without")
"""Starts of words that say that somebody did not speak ("declined to confirm", "without giving")."""
NOBODY = frozenset(("neither", "nobody", "none", "no"))
"""First words of speakers of whom none spoke ("Neither side has confirmed …")."""
UNSAID_WORDS = frozenset(("not", "n't", "never", "would", "could", "might", "may", "should", "if", "cannot"))


@dataclass(slots=True)
class Attribution:
    """A draft with its speaker."""

    draft: Draft
    speaker: Speaker | None


def assemble_annotation(
    page: Page, sentences: list[Sentence], linked: Linked, drafts: list[Draft], settings: ExtractSettings
) -> Annotation:
    """The annotation of a text from what the rules found."""
    attributions = attribute_drafts(page, linked, drafts)
    mentions = collect_mentions(page.parse, linked, attributions, sentences)
    places = {(mention.start, mention.end): index for index, mention in enumerate(mentions)}
    quotes = {}
    for attribution in attributions:
        quote = make_quote(page, attribution, places)
        if quote.confidence >= settings.min_confidence:
            quotes.setdefault((quote.start, quote.end), quote)
    entities = tuple(Entity(" ".join(words), label) for words, label in join_names(page.parse, linked))
    return Annotation(tuple(sentences), tuple(mentions), entities, tuple(quotes[key] for key in sorted(quotes)))


def join_names(parse: Parse, linked: Linked) -> list[tuple[tuple[str, ...], str]]:
    """Canonical names as the text spells them."""
    spelled = {}
    for link in linked.links:
        name = link.name
        text = " ".join(parse.text[parse.starts[name.first] : parse.ends[name.last - 1]].split())
        plain = " ".join(name.words)
        spelled.setdefault(name.words, plain if text == f"{plain}s" else text)
    return [((spelled[words],), label) for words, label in linked.entity_names]


def attribute_drafts(page: Page, linked: Linked, drafts: list[Draft]) -> list[Attribution]:
    """Identify speakers in the order of the text, so that each knows who spoke before."""
    cast, turns, attributions = Cast(page.parse, linked), [], []
    for draft in sorted(drafts, key=lambda draft: draft.start):
        speaker = None
        head = find_speaker_head(page.parse, draft) if draft.frame else None
        if head is not None:
            speaker = end_before_cue(page.parse, draft.frame, identify_speaker(cast, head, turns))
        elif draft.position == "orphan":
            speaker = read_label(page, cast, draft) or take_over_speaker(page, draft, attributions)
        if speaker and speaker.entity is not None:
            turns.append(Turn(speaker.entity, page.token_at(draft.start) if head is None else head))
        attributions.append(Attribution(draft, speaker))
    return attributions


def end_before_cue(parse: Parse, frame: Frame, speaker: Speaker) -> Speaker:
    """The speaker without cue and content, where the parser hung them on his phrase ("many farmers | have said it …")."""
    last = frame.cue_start
    if speaker.link is not None or not speaker.start < parse.starts[last] < speaker.end:
        return speaker
    while parse.starts[last - 1] > speaker.start and parse.tags[last - 1] not in NOUN_TAGS:
        last -= 1
    return replace(speaker, end=parse.ends[last - 1])


def find_speaker_head(parse: Parse, draft: Draft) -> int | None:
    """The frame's speaker; where the parse names none, the nearest subject before an active verb in its sentence, or the
    noun right behind the cue. Nobody who speaks stands in the content."""
    frame = draft.frame
    if frame.speaker is not None and not is_content(parse, draft, frame.speaker):
        return frame.speaker
    if frame.is_passive or frame.kind != "verb":
        return frame.speaker
    first = parse.sentence_range(parse.sentence_of[frame.cue])[0]
    for token in range(frame.cue - 1, max(first, frame.cue - FARTHEST_SUBJECT) - 1, -1):
        is_subject = parse.deps[token] == "nsubj" and parse.words[token] not in EXPLETIVES
        if is_subject and not is_content(parse, draft, token):
            return token
    return find_noun_behind(parse, frame.cue_end) if draft.position == "after" else None


def is_content(parse: Parse, draft: Draft, token: int) -> bool:
    return any(start <= parse.starts[token] < end for start, end in draft.parts)


def find_noun_behind(parse: Parse, first: int) -> int | None:
    """Last token of the first run of nouns from `first` on, no mark of punctuation in between ("said Mayor | Hall, who …")."""
    last = first
    while last < len(parse) and parse.tags[last] in BEFORE_NOUNS:
        last += 1
    noun = last
    while noun < len(parse) and parse.tags[noun] in NOUN_TAGS:
        noun += 1
    return noun - 1 if noun > last else None


def read_label(page: Page, cast: Cast, draft: Draft) -> Speaker | None:
    """The speaker that stands beside marked speech without a cue."""
    link = find_label(page, cast.linked, draft)
    if link is None:
        return None
    draft.position = "labelled"
    return identify_name(cast, cast.linked.links[link].name.last - 1, link)


def take_over_speaker(page: Page, draft: Draft, before: list[Attribution]) -> Speaker | None:
    """The speaker of the quotation before, for marked speech without a cue that follows it closely."""
    if not before:
        return None
    distance = page.paragraph_at(draft.start) - page.paragraph_at(before[-1].draft.end)
    return before[-1].speaker if distance <= 1 else None


def collect_mentions(
    parse: Parse, linked: Linked, attributions: list[Attribution], sentences: list[Sentence]
) -> list[Mention]:
    """Name mentions, and the pronouns and roles that speak, none across a sentence end and none overlapping."""
    mentions = []
    for link in linked.links:
        start, end = parse.starts[link.name.first], parse.ends[link.name.last - 1]
        mentions.append(Mention(start, end, linked.entity_names[link.entity][1], "name", link.entity))
    for attribution in attributions:
        speaker = attribution.speaker
        if speaker and speaker.link is None and (speaker.entity is not None or speaker.kind == "role"):
            kind = "pronoun" if speaker.is_pronoun else "role"
            if kind == "pronoun" and speaker.entity is None:
                continue
            label = linked.entity_names[speaker.entity][1] if speaker.entity is not None else "PERSON"
            mentions.append(Mention(speaker.start, speaker.end, label, kind, speaker.entity))
    return drop_overlaps(mentions, sentences)


def drop_overlaps(mentions: list[Mention], sentences: list[Sentence]) -> list[Mention]:
    """Names win over roles, earlier over later; what crosses a sentence end is dropped."""
    starts = [sentence.start for sentence in sentences]
    kept: list[Mention] = []
    for mention in sorted(mentions, key=lambda m: (m.mention_kind != "name", m.start, -m.end)):
        sentence = bisect_right(starts, mention.start) - 1
        place = bisect_left(kept, mention.start, key=lambda m: m.start)
        is_inside = sentence >= 0 and mention.end <= sentences[sentence].end
        is_free = (place == 0 or kept[place - 1].end <= mention.start) and (
            place == len(kept) or mention.end <= kept[place].start
        )
        if is_inside and is_free:
            kept.insert(place, mention)
    return kept


def make_quote(page: Page, attribution: Attribution, places: dict[tuple[int, int], int]) -> Quote:
    draft, speaker, parse = attribution.draft, attribution.speaker, page.parse
    parts = settle_parts(parse, draft.parts)
    frame = draft.frame
    span = (speaker.start, speaker.end) if speaker else (None, None)
    return Quote(
        kind=tell_kind(draft),
        is_marked=bool(draft.segments),
        start=parts[0][0],
        end=parts[-1][1],
        parts=parts,
        cue_lemma=frame.lemma if frame else None,
        cue_start=parse.starts[frame.cue_start] if frame else None,
        cue_end=parse.ends[frame.cue_end - 1] if frame else None,
        speaker_start=span[0],
        speaker_end=span[1],
        speaker_mention_index=places.get(span),
        speaker_entity_index=speaker.entity if speaker else None,
        speaker_kind=speaker.kind if speaker else "none",
        speaker_role=speaker.role if speaker else None,
        is_said=frame is None or is_said(parse, frame),
        has_insert=any(INSERT.search(parse.text, start, end) for start, end in parts),
        confidence=estimate_confidence(draft, speaker is not None),
    )


def settle_parts(parse: Parse, parts: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """The parts in order, none overlapping another, without the comma that leads over to the cue."""
    settled: list[tuple[int, int]] = []
    for start, end in sorted(parts):
        start = max(start, settled[-1][1]) if settled else start
        bare = parse.text[start:end].rstrip(" ,")
        if bare:
            settled.append((start, start + len(bare)))
    return tuple(settled) or tuple(sorted(parts)[:1])


def tell_kind(draft: Draft) -> str:
    """direct where all content stands in marks or reads as speech, mixed where some of it does, else indirect."""
    if draft.is_whole_marked or draft.is_lost_speech:
        return "direct"
    return "mixed" if draft.segments else "indirect"


def is_said(parse: Parse, frame: Frame) -> bool:
    """Whether the saying is reported as a fact, not denied ("did not say") or imagined ("would say")."""
    if frame.speaker is not None and parse.words[parse.subtree(frame.speaker)[0]] in NOBODY:
        return False
    below = [parse.words[child] for child in parse.children[frame.cue] if parse.deps[child] in ("aux", "neg", "mark")]
    governor = parse.words[parse.heads[frame.cue]] if parse.deps[frame.cue] in ("xcomp", "pcomp") else ""
    return not UNSAID_WORDS & set(below) and not governor.startswith(WITHHOLDING)
