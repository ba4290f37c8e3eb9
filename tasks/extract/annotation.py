"""What the extract room finds in one text: sentences, mentions, entities and quotations, as plain values.

All offsets are half-open code points of the text exactly as it was given.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, headline or list line; `token_count` counts tokens that are not blank."""

    start: int
    end: int
    paragraph_index: int
    token_count: int


@dataclass(frozen=True, slots=True)
class Mention:
    """One place that names something, or refers to a speaker.

    `type` is one of the NAME_TYPES of the tables, `mention_kind` is name, pronoun or role, and
    `entity_index` points into the entities of the same annotation (None for a role that nobody is known to hold).
    """

    start: int
    end: int
    type: str
    mention_kind: str
    entity_index: int | None


@dataclass(frozen=True, slots=True)
class Entity:
    """One named thing within the article, under its fullest name, and what the article states right beside its names.

    `titles` of a person and `words` that describe it are in small letters and sorted; `sex` is `male`, `female`, `other` or
    empty, from titles and words of kinship; `country` is the ISO 3166 code of whose an institution is.
    The counts are of titles, words of kinship and pronouns that state a person's sex.
    """

    name: str
    type: str
    titles: tuple[str, ...] = ()
    sex: str = ""
    country: str | None = None
    words: tuple[str, ...] = ()
    he_count: int = 0
    she_count: int = 0
    they_count: int = 0


@dataclass(frozen=True, slots=True)
class QuoteSpeaker:
    """One of those who say a quotation, by his own words; `how` is one of HOW_SPEAKING of the tables."""

    start: int
    end: int
    mention_index: int | None
    entity_index: int | None
    how: str


@dataclass(frozen=True, slots=True)
class SpeakerCandidate:
    """One of those who may say a quotation: the words that name him, the speaker's own or the name nearest before a pronoun."""

    start: int
    end: int
    mention_index: int | None
    entity_index: int | None
    probability: float


@dataclass(frozen=True, slots=True)
class Quote:
    """One quotation: content, cue and speaker.

    `start` and `end` leave out the outer quotation marks. `parts` are the unbroken pieces: one equal to
    (start, end), or several where cue or marks stand in between. `speakers` are all who say it, the speaker first, `candidates` who may be
    the speaker, likeliest first. Indexes point into the annotation's tuples.
    """

    kind: str
    is_marked: bool
    start: int
    end: int
    parts: tuple[tuple[int, int], ...]
    cue_lemma: str | None
    cue_start: int | None
    cue_end: int | None
    speaker_start: int | None
    speaker_end: int | None
    speaker_mention_index: int | None
    speaker_entity_index: int | None
    speaker_kind: str
    speaker_role: str | None
    speakers: tuple[QuoteSpeaker, ...]
    candidates: tuple[SpeakerCandidate, ...]
    speaker_class: str | None
    anonymity: str | None
    anonymity_reason: str | None
    stance: str
    is_said: bool
    has_insert: bool
    confidence: float


@dataclass(frozen=True, slots=True)
class Quantity:
    """One number that counts or measures something; of a range `value` is the lower end and `value_high` the upper.

    `unit` is a currency, a measure or percent, `counted` the words for what is counted, `exactness` one of EXACTNESS.
    """

    start: int
    end: int
    value: float
    value_high: float | None
    unit: str | None
    counted: str | None
    exactness: str


@dataclass(frozen=True, slots=True)
class Annotation:
    """All that was found in one text, each tuple sorted by start (entities by first mention)."""

    sentences: tuple[Sentence, ...] = ()
    mentions: tuple[Mention, ...] = ()
    entities: tuple[Entity, ...] = ()
    quotes: tuple[Quote, ...] = ()
    quantities: tuple[Quantity, ...] = ()
