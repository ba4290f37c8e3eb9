"""Tables with one row for each input: articles, what cleaning changed in them, and what was rejected."""

import dataframely as dy
import polars as pl

from . import columns as c
from .kinds import (
    COPY_KINDS,
    CREDIT_KINDS,
    DATE_PROBLEMS,
    DATE_SOURCES,
    EDIT_KINDS,
    METADATA_FIELDS,
    ORIGINS,
    STEPS,
)

RAW_POINT = "code point of the raw text, half-open"


class Articles(dy.Schema):
    """One row for each article: what it is, where it came from, its clean body, and what was found in it."""

    article_id = c.article_id(primary_key=True)
    input_id = c.input_id(unique=True)
    source = c.source()
    record_id = c.text("The id that the record itself declares.", shared=True, nullable=True)
    url = c.text("Address of the article, as declared.", shared=True, nullable=True)
    outlet = c.text("Who published it.", shared=True, nullable=True)
    title = c.text("Headline.", nullable=True)
    byline = c.text("Authors as printed.", shared=True, nullable=True)
    section = c.text("Section of the outlet, such as Politics.", shared=True, nullable=True)
    agency = c.text("Wire service that the text came from.", shared=True, nullable=True)
    dateline_place = c.text("Place named in the dateline.", shared=True, nullable=True)
    published_date = c.published_date(nullable=True)
    published_at = c.moment("Moment of publication, where the source tells it.", nullable=True)
    date_source = c.choice(DATE_SOURCES, "What told the date.")
    language = c.text("Language of the body, ISO 639-1.", shared=True, nullable=True)
    language_score = c.share("How sure the language detector is.", nullable=True)
    body = c.text("The text of the article without junk, credits and header.")
    body_chars = c.count("Length of body.", "code points")
    word_count = c.count("Words in body: runs of letters, digits and inner apostrophes or hyphens.", "words")
    sentence_count = c.count("Rows of sentences.", "sentences")
    mention_count = c.count("Rows of mentions.", "mentions")
    quote_count = c.count("Rows of quotes.", "quotations")
    removed_chars = c.count("Characters of the raw text that cleaning took away.", "code points")
    copy_group = c.article_id()
    copy_kind = c.choice(
        COPY_KINDS,
        "How the article relates to the first of its copy_group; original where it is that one or stands alone.",
    )
    copy_score = c.share("How much of the copy is in the first of its copy_group; 1 for an original.")
    story_id = c.story_id()
    revision = c.index("How many earlier texts the same URL had.")
    is_latest = c.flag("False where the same URL has a later text.")
    quality_flags = c.text(
        "Words that warn of the text, with a space between them; empty where there is nothing to warn of.", shared=True
    )
    translation_rate = dy.Float64(
        description="Traces of machine translation: doubled words, plural possessives of one name, misplaced brackets, stray stops. "
        "0 where all are of one kind; edited news stays below 1, from 2 on quality_flags says machine_translated.",
        min=0.0,
        metadata={"unit": "for each thousand words"},
    )
    clean_version = c.text("Version of the clean room that made body and metadata of the raw text.", shared=True)
    extractor_version = c.text(
        "Version of the extract room that found sentences, mentions and quotations.", shared=True
    )


class Edits(dy.Schema):
    """One row for each change from raw text to body. Text between edits is identical in both."""

    article_id = c.article_id(primary_key=True)
    edit_index = c.index("Place among the edits of the article.", primary_key=True)
    raw_start = c.offset("Where the change starts in the raw text.", RAW_POINT)
    raw_end = c.offset("Where it ends in the raw text.", RAW_POINT)
    body_start = c.offset("Where the replacement starts in body.")
    body_end = c.offset("Where it ends in body.")
    raw_text = c.text("What stood in the raw text.")
    body_text = c.text("What stands in body instead; empty where the text was taken away.")
    rule = c.text("The rule that made the change.", shared=True)
    kind = c.choice(EDIT_KINDS, "What kind of thing was changed.")

    @dy.rule()
    def spans_hold_their_texts(cls) -> pl.Expr:
        raw = pl.col("raw_end") - pl.col("raw_start") == pl.col("raw_text").str.len_chars()
        return raw & (pl.col("body_end") - pl.col("body_start") == pl.col("body_text").str.len_chars())


class Credits(dy.Schema):
    """One row for each credit or pointer that cleaning took out of the raw text and kept as data."""

    article_id = c.article_id(primary_key=True)
    credit_index = c.index("Place among the credits of the article.", primary_key=True)
    kind = c.choice(CREDIT_KINDS, "What is credited or pointed to.")
    text = c.text("The name, place or headline itself.")
    raw_start = c.offset("Where it starts in the raw text.", RAW_POINT)
    raw_end = c.offset("Where it ends in the raw text.", RAW_POINT)


class Metadata(dy.Schema):
    """One row for each value that a source offered for a field of an article, used or not."""

    article_id = c.article_id(primary_key=True)
    value_index = c.index(
        "Place among the values of the article: field by field, the most trusted first.", primary_key=True
    )
    field = c.choice(METADATA_FIELDS, "What the value is offered for; published tells published_date and published_at.")
    origin = c.choice(
        ORIGINS,
        "Where it came from. declared: the record or feed; json_ld, meta, link, time, title: that part of the page; "
        "header: the lines that a scraper wrote above the text; url: the path of the address; dateline, text: the article.",
    )
    key = c.text("Name of it there, such as og:title, or the rule that found it in the text.", nullable=True)
    value = c.text("The value as offered; addresses are canonical.")
    problem = c.choice(DATE_PROBLEMS, "Why a date was not used.", nullable=True)
    is_used = c.flag(
        "Whether the row of articles has it; for published, two may be: the day from one, the time from another."
    )

    @dy.rule()
    def no_problem_is_used(cls) -> pl.Expr:
        return pl.col("problem").is_null() | ~pl.col("is_used")


class Rejects(dy.Schema):
    """One row for each input that did not become an article, with the reason."""

    input_id = c.input_id(primary_key=True)
    source = c.source()
    step = c.choice(STEPS, "The room that rejected it.")
    reason = c.text("One word for the reason, the same for all inputs of the kind.", shared=True)
    detail = c.text("What exactly was wrong.")
