"""Tables with one row for each piece of an article: sentences, mentions, quotations and their parts."""

import dataframely as dy
import polars as pl

from . import columns as c
from .kinds import MENTION_KINDS, QUOTE_KINDS, SPEAKER_KINDS


class Sentences(dy.Schema):
    """One row for each sentence of a body, headlines and list lines included."""

    sentence_id = c.sentence_id(primary_key=True)
    article_id = c.article_id()
    sentence_index = c.index("Place among the sentences of the article.")
    paragraph_index = c.index("Place of its paragraph in the article.")
    start = c.offset("Where the sentence starts.")
    end = c.offset("Where it ends.")
    text = c.text("body[start:end].")
    token_count = c.count("Tokens that are not blank.", "tokens")
    mention_count = c.count("Rows of mentions that start in it.", "mentions")
    quote_count = c.count("Rows of quotes that start in it.", "quotations")
    span_is_ordered = c.slice_rule()


class Mentions(dy.Schema):
    """One row for each place where a body names somebody or something, or refers to a speaker."""

    mention_id = c.mention_id(primary_key=True)
    article_id = c.article_id()
    sentence_id = c.sentence_id()
    entity_id = c.entity_id(nullable=True)
    start = c.offset("Where the mention starts.")
    end = c.offset("Where it ends.")
    text = c.text("body[start:end].")
    type = c.entity_type()
    mention_kind = c.choice(MENTION_KINDS, "How it refers.")
    span_is_ordered = c.slice_rule()


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
    is_said = c.flag("False where the text denies or only imagines the saying (did not say, would say).")
    has_insert = c.flag("Whether an editor's insert in square brackets stands in it.")
    statement_id = c.statement_id()
    confidence = c.share("How sure the extractor is of content and speaker together.")
    span_is_ordered = c.slice_rule()

    @dy.rule()
    def cue_is_whole(cls) -> pl.Expr:
        return pl.col("cue").is_null() == pl.col("cue_start").is_null()

    @dy.rule()
    def speaker_is_whole(cls) -> pl.Expr:
        return pl.col("speaker_text").is_null() == pl.col("speaker_start").is_null()


class QuoteParts(dy.Schema):
    """One row for each unbroken piece of a quotation; most have one, '"A," he said, "B."' has two."""

    quote_id = c.quote_id(primary_key=True)
    part_index = c.index("Place among the parts of the quotation.", primary_key=True)
    start = c.offset("Where the part starts.")
    end = c.offset("Where it ends.")
    text = c.text("body[start:end].")
    span_is_ordered = c.slice_rule()
