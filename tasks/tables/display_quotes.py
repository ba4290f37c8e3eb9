"""Table display_quotes: what headlines and captions say that somebody said."""

import dataframely as dy
import polars as pl

from . import columns as c
from .kinds import DISPLAY_PLACES, QUOTE_KINDS, SPEAKER_BASES, SPEAKER_KINDS, STANCES
from .table import ARTICLE, ENTITY, QUOTE, Table

DISPLAY_POINT = "code point of the title or caption, half-open"


class DisplayQuotes(dy.Schema):
    """One row for each quotation of a headline, or of the caption of a picture.

    They are texts of their own, in words that editors chose, and most headlines repeat what the body quotes: these quotations are no
    rows of quotes, and count in no statement, conflict, speaker or story.
    """

    display_quote_id = c.text(
        "The quotation: article_id, ':t', start, '-', end of a headline; ':c', value_index, '.', start, '-', end of a caption.",
        shared=True,
        primary_key=True,
    )
    article_id = c.article_id()
    where = c.choice(
        DISPLAY_PLACES, "The text that start and end count in: articles.title, or metadata.value of a caption."
    )
    value_index = c.index("The row of metadata that has the caption; null for a headline.", nullable=True)
    kind = c.choice(
        QUOTE_KINDS,
        "direct: the speaker's words; indirect: their content; mixed: content with some of the words in marks.",
    )
    is_marked = c.flag("Whether quotation marks stand in or around it.")
    start = c.offset("Where the content starts, without cue, speaker and outer marks.", DISPLAY_POINT)
    end = c.offset("Where it ends.", DISPLAY_POINT)
    text = c.text("title[start:end], or that slice of the caption.")
    cue = c.text("The words that say that it was said; null where a colon, a dash or marks do.", nullable=True)
    cue_lemma = c.text("Base form of the cue.", shared=True, nullable=True)
    cue_start = c.offset("Where the cue starts.", DISPLAY_POINT, nullable=True)
    cue_end = c.offset("Where it ends.", DISPLAY_POINT, nullable=True)
    speaker_text = c.text("The words that name the speaker, as they stand.", shared=True, nullable=True)
    speaker_start = c.offset("Where the speaker's words start.", DISPLAY_POINT, nullable=True)
    speaker_end = c.offset("Where they end.", DISPLAY_POINT, nullable=True)
    speaker_entity_id = c.entity_id(
        "Who speaks, the same across articles; null where the body does not name somebody in full whom alone these words can mean.",
        nullable=True,
    )
    speaker_kind = c.choice(SPEAKER_KINDS, "What kind of speaker the text gives.")
    speaker_basis = c.choice(
        SPEAKER_BASES,
        "What tells who speaks: the words here (a name, or a role that the body gives to one person whom it quotes), or the body, which has "
        "the same content from one speaker; null where nothing does.",
        nullable=True,
    )
    stance = c.choice(STANCES, "What the speaker does with the content.")
    is_said = c.flag("False where the speaker denies or doubts the content.")
    body_quote_id = c.quote_id(
        "The quotation of the body that has the same words, or most of what they tell, by nobody else; null where none has.",
        nullable=True,
    )
    statement_id = c.statement_id("The thing said, where the body quotes it, too.", nullable=True)
    day = c.day()
    span_is_ordered = c.slice_rule()
    cue_is_whole = c.whole_rule("cue", "cue_start")
    speaker_is_whole = c.whole_rule("speaker_text", "speaker_start")

    @dy.rule()
    def caption_has_its_row(cls) -> pl.Expr:
        return (pl.col("where") == "caption") == pl.col("value_index").is_not_null()


DISPLAY_QUOTES = Table(
    "display_quotes",
    DisplayQuotes,
    ("article_id", "where", "value_index", "start", "end"),
    by_day=True,
    foreign_keys={
        "article_id": ARTICLE,
        "speaker_entity_id": ENTITY,
        "body_quote_id": QUOTE,
        "statement_id": ("statements", "statement_id"),
    },
)
