"""Table articles: what each is, where it came from, and its clean body."""

import dataframely as dy

from . import columns as c
from .kinds import ARTICLE_COPY_KINDS, DATE_SOURCES
from .table import ARTICLE, Table


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
    captured_at = c.moment(
        "Moment when a crawler saw the article, as the record tells it: the date of the WARC record, or a field such as crawled_at. "
        "The article is not younger than that.",
        nullable=True,
    )
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
        ARTICLE_COPY_KINDS,
        "How the article relates to the one that it copies (copies.original_id). original: it stands alone, or is known to be the first of its "
        "copy_group; unordered: it stands for a copy_group of which nothing tells the first; revision: a later text of its own URL.",
    )
    copy_score = c.share("How much of it is in the article that it copies; 1 where it copies none.")
    origin_id = c.text(
        "Equal for articles that are not independent of each other: those of one copy_group, and those of one story that credit one agency "
        "or outlet, or are credited by others. An article_id among them.",
        shared=True,
    )
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
    day = c.day()


ARTICLES = Table(
    "articles",
    Articles,
    ("article_id",),
    by_day=True,
    foreign_keys={"copy_group": ARTICLE, "story_id": ("stories", "story_id")},
)
