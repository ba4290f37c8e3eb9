"""Table quotes: words or content that an article attributes to a speaker."""

import dataframely as dy

from . import columns as c
from .kinds import QUOTE_KINDS, SPEAKER_CLASSES, SPEAKER_KINDS, STANCES
from .table import ARTICLE, ENTITY, SENTENCE, Table


class Quotes(dy.Schema):
    """One row for each quotation: words or content that the article attributes to a speaker."""

    quote_id = c.quote_id(primary_key=True)
    article_id = c.article_id()
    first_sentence_id = c.sentence_id("Sentence in which it starts.")
    last_sentence_id = c.sentence_id("Sentence in which it ends.")
    kind = c.choice(
        QUOTE_KINDS,
        "direct: the speaker's words; indirect: their content; mixed: content with some of the words in marks.",
    )
    is_marked = c.flag("Whether quotation marks stand in the text; false for direct speech whose marks were lost.")
    start = c.offset("Where the content starts, without cue, speaker and outer marks.")
    end = c.offset("Where it ends; what interrupts the content lies inside (see quote_parts).")
    text = c.text("body[start:end].")
    content = c.text("The words without what interrupts them: the parts, joined by an ellipsis.")
    cue = c.text("The words that say that it was said, as they stand.", nullable=True)
    cue_lemma = c.text("Base form of the cue.", shared=True, nullable=True)
    cue_start = c.offset("Where the cue starts.", nullable=True)
    cue_end = c.offset("Where it ends.", nullable=True)
    speaker_text = c.text("The words that name the speaker, as they stand.", shared=True, nullable=True)
    speaker_start = c.offset("Where the speaker's words start.", nullable=True)
    speaker_end = c.offset("Where they end.", nullable=True)
    speaker_mention_id = c.mention_id("The mention that is the speaker.", nullable=True)
    speaker_entity_id = c.entity_id("Who speaks, the same across articles.", nullable=True)
    speaker_kind = c.choice(SPEAKER_KINDS, "What kind of speaker the text gives.")
    speaker_role = c.text("The role as stated, such as State Department spokesman.", nullable=True)
    speaker_class = c.choice(
        SPEAKER_CLASSES,
        "What kind of source the speaker is, by the role stated or the noun that stands for him; null where neither tells.",
        nullable=True,
    )
    anonymity = c.text(
        "The words that grant the speaker anonymity, as they stand; speaker_kind is then anonymous.", nullable=True
    )
    anonymity_reason = c.text("Why it was granted, in the words of the article.", nullable=True)
    stance = c.choice(
        STANCES,
        "What the speaker does with the content; supposes covers what is left open. Where is_said is false, what he did not do, or what he rejects.",
    )
    is_said = c.flag(
        "False where the speaker denies or doubts the content, or the text denies or only imagines the saying (did not say, would or will say)."
    )
    has_insert = c.flag("Whether an editor's insert in square brackets stands in it.")
    statement_id = c.statement_id()
    confidence = c.share("How sure the extractor is of content and speaker together.")
    day = c.day()
    span_is_ordered = c.slice_rule()
    cue_is_whole = c.whole_rule("cue", "cue_start")
    speaker_is_whole = c.whole_rule("speaker_text", "speaker_start")


QUOTES = Table(
    "quotes",
    Quotes,
    ("article_id", "start", "end"),
    by_day=True,
    foreign_keys={
        "article_id": ARTICLE,
        "first_sentence_id": SENTENCE,
        "last_sentence_id": SENTENCE,
        "speaker_mention_id": ("mentions", "mention_id"),
        "speaker_entity_id": ENTITY,
        "statement_id": ("statements", "statement_id"),
    },
)
