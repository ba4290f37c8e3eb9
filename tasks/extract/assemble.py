"""Puts sayings, speakers and names together into one annotation, with spans that keep the promises of the tables."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from .annotation import Annotation, Entity, Mention, Quote, QuoteSpeaker, Sentence, SpeakerCandidate
from .names.link_names import Linked
from .parsing.parse import Parse
from .quantities.find_quantities import find_quantities
from .quotes.confidence import estimate_confidence
from .quotes.drafts import Saying
from .quotes.page import Page
from .quotes.said import is_said
from .quotes.stance import tell_stance
from .settings import ExtractSettings
from .speakers.anonymity import Grant, find_grant, find_grants, is_grant
from .speakers.attribute import Attribution, attribute_sayings
from .speakers.candidates import list_candidates
from .speakers.classes import class_by_entity, classify_speaker
from .speakers.sexes import count_sexes
from .speakers.speakers import Speaker
from .speakers.spoken_of import find_spoken_of

DOUBLED = ("''", "``")
"""Two single marks that stand for a double one."""
INSERT = re.compile(r"\[[^\[\]]{1,80}\]")


def assemble_annotation(
    page: Page, sentences: list[Sentence], linked: Linked, sayings: list[Saying], settings: ExtractSettings
) -> Annotation:
    """The annotation of a text from what the rules found."""
    grants = find_grants(page.parse)
    attributions = attribute_sayings(page, linked, [saying for saying in sayings if not is_grant(grants, saying)])
    mentions = collect_mentions(page, linked, attributions, sentences)
    places = {(mention.start, mention.end): index for index, mention in enumerate(mentions)}
    quotes = {}
    for attribution in attributions:
        quote = make_quote(page, attribution, places, grants)
        if quote.confidence >= settings.min_confidence:
            quotes.setdefault((quote.start, quote.end), quote)
    sexes = count_sexes(page.parse.view, sentences, linked.facts, mentions)
    entities = tuple(
        Entity(" ".join(words), label, facts.titles, facts.sex, facts.country, facts.words, *told)
        for (words, label), facts, told in zip(join_names(page.parse, linked), linked.facts, sexes, strict=True)
    )
    ordered = class_by_entity([quotes[key] for key in sorted(quotes)], entities)
    quantities = find_quantities(page.parse, [(m.start, m.end) for m in mentions if m.mention_kind == "name"])
    return Annotation(tuple(sentences), tuple(mentions), entities, tuple(ordered), tuple(quantities))


def join_names(parse: Parse, linked: Linked) -> list[tuple[tuple[str, ...], str]]:
    """Canonical names as the text spells them."""
    spelled = {}
    for link in linked.links:
        name = link.name
        text = " ".join(parse.text[parse.starts[name.first] : parse.ends[name.last - 1]].split())
        plain = " ".join(name.words)
        is_told = text == f"{plain}s" or plain.startswith(f"{text} ")
        spelled.setdefault(name.words, plain if is_told else text)
    return [((spelled[words],), label) for words, label in linked.entity_names]


def collect_mentions(
    page: Page, linked: Linked, attributions: list[Attribution], sentences: list[Sentence]
) -> list[Mention]:
    """Name mentions, the pronouns and roles that speak, and pronouns in what is said; none across a sentence end, none overlapping."""
    mentions, parse = [], page.parse
    for link in linked.links:
        start, end = parse.starts[link.name.first], parse.ends[link.name.last - 1]
        mentions.append(Mention(start, end, linked.entity_names[link.entity][1], "name", link.entity))
    for speaker in list_described(attributions):
        if speaker.entity is not None or speaker.kind == "role":
            kind = "pronoun" if speaker.is_pronoun else "role"
            if kind == "pronoun" and speaker.entity is None:
                continue
            label = linked.entity_names[speaker.entity][1] if speaker.entity is not None else "PERSON"
            mentions.append(Mention(speaker.start, speaker.end, label, kind, speaker.entity))
    for one in find_spoken_of(page, linked, attributions):
        mentions.append(Mention(one.start, one.end, "PERSON", "pronoun", one.entity))
    return drop_overlaps(mentions, sentences)


def list_described(attributions: list[Attribution]) -> Iterator[Speaker]:
    """Speakers that pronouns and descriptions mean; of several together each by his own words."""
    for attribution in attributions:
        for speaker in attribution.everybody:
            if speaker.link is None:
                yield speaker


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


def make_quote(
    page: Page, attribution: Attribution, places: dict[tuple[int, int], int], grants: dict[int, Grant]
) -> Quote:
    saying, speaker, parse = attribution.saying, attribution.speaker, page.parse
    parts = settle_parts(parse, tuple(close_marks(page, *part) for part in saying.parts))
    frame, stance = saying.frame, tell_stance(parse, saying)
    span = (speaker.start, speaker.end) if speaker else (None, None)
    grant = find_grant(parse, grants, saying, speaker)
    kind = "anonymous" if grant else speaker.kind if speaker else "none"
    return Quote(
        kind=tell_kind(saying),
        is_marked=bool(saying.segments),
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
        speaker_kind=kind,
        speaker_role=speaker.role if speaker else None,
        speaker_class=classify_speaker(parse.text, speaker, kind),
        anonymity=grant.words if grant else None,
        anonymity_reason=grant.reason if grant else None,
        speakers=tuple(make_quote_speaker(one, places) for one in attribution.everybody),
        candidates=tuple(
            SpeakerCandidate(one.start, one.end, places.get((one.start, one.end)), one.entity, one.probability)
            for one in list_candidates(speaker)
        ),
        stance=stance,
        is_said=is_said(parse, saying, stance),
        has_insert=any(INSERT.search(parse.text, start, end) for start, end in parts),
        confidence=estimate_confidence(
            saying, speaker.way if speaker else "", speaker is not None and speaker.entity is not None
        ),
    )


def make_quote_speaker(speaker: Speaker, places: dict[tuple[int, int], int]) -> QuoteSpeaker:
    how = "named" if speaker.link is not None else "pronoun" if speaker.is_pronoun else "role"
    how = "represented" if speaker.kind == "represented" else how
    mention = places.get((speaker.start, speaker.end))
    return QuoteSpeaker(speaker.start, speaker.end, mention, speaker.entity, how)


def close_marks(page: Page, start: int, end: int) -> tuple[int, int]:
    """A part with both marks of the marked words at its edge, or with none where they are all of it."""
    text = page.parse.text
    for index in page.segments_between(start, end):
        one = page.segments[index]
        if one.start <= start and one.outer_end < end and one.is_closed:
            is_doubled = text[max(0, one.outer_start - 1) : one.outer_start + 1] in DOUBLED
            start = min(start, one.outer_start - is_doubled)
        elif one.start > start and one.end <= end and one.is_closed:
            end = max(end, one.outer_end + (text[one.outer_end - 1 : one.outer_end + 1] in DOUBLED))
    return start, end


def settle_parts(parse: Parse, parts: tuple[tuple[int, int], ...]) -> tuple[tuple[int, int], ...]:
    """The parts in order, none overlapping another, without the comma that leads over to the cue."""
    settled: list[tuple[int, int]] = []
    for start, end in sorted(parts):
        start = max(start, settled[-1][1]) if settled else start
        bare = parse.text[start:end].rstrip(" ,")
        if bare:
            settled.append((start, start + len(bare)))
    return tuple(settled) or tuple(sorted(parts)[:1])


def tell_kind(saying: Saying) -> str:
    """direct where all content stands in marks or reads as speech, mixed where some of it does, else indirect."""
    if saying.is_whole_marked or saying.is_lost_speech:
        return "direct"
    return "mixed" if saying.segments else "indirect"
