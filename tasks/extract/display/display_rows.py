"""From articles and the work rows of their bodies to the quotations of headlines and captions, one row each."""

from collections.abc import Iterator

import polars as pl

from quotidian.tasks.extract.display.find_display_quotes import (
    CAPTION,
    TITLE,
    DisplayQuote,
    find_display_quotes,
    may_quote,
)
from quotidian.tasks.extract.display.voices import Voices
from quotidian.tasks.store.slots import read_slots, type_slots
from quotidian.tasks.store.versions import hash_code, hash_facts, reach_modules
from quotidian.tasks.store.work import hash_bytes

SCHEMA = pl.Schema(
    {
        **dict.fromkeys(("article_id", "display_quote_id", "where"), pl.String),
        "value_index": pl.Int32,
        "text": pl.String,
        "cue": pl.String,
        "speaker_text": pl.String,
        **type_slots(DisplayQuote),
    }
)
HEARD = {
    "entities": ("name", "type", "titles", "words"),
    "mentions": ("start", "end", "type", "mention_kind", "entity_index"),
    "quotes": ("kind", "is_marked", "is_said", "parts", "speaker_entity_index"),
}
"""What headlines need of what was found in a body."""
BODIES_AT_ONCE = 64
Display = tuple[str, int | None, str]
"""A text beside the body: title or caption, its place in the metadata of the article, and the text."""


def display_version() -> str:
    """12 hex digits that change with the code and the facts by which headlines are read."""
    modules = reach_modules("extract.display.find_display_quotes")
    return hash_bytes(f"{hash_code(modules)} {hash_facts(modules)}".encode())[:12]


def read_display_quotes(articles: pl.DataFrame, annotations: pl.DataFrame) -> pl.DataFrame:
    """The rows of `SCHEMA`, in no order.

    articles: article_id, body_hash, title and metadata of the clean room; annotations: rows of the extract room, at least for their bodies.
    """
    shown: dict[str, list[tuple[str, list[Display]]]] = {}
    for article_id, body_hash, title, metadata in articles.select(
        "article_id", "body_hash", "title", "metadata"
    ).iter_rows():
        texts = [one for one in list_display(title, metadata) if may_quote(one[2])]
        if texts:
            shown.setdefault(body_hash, []).append((article_id, texts))
    rows = [
        describe_display(article_id, one, quote)
        for body_hash, voices in read_voices(annotations, [*shown])
        for article_id, texts in shown[body_hash]
        for one in texts
        for quote in find_display_quotes(one[2], one[0], voices)
    ]
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")


def read_voices(annotations: pl.DataFrame, wanted: list[str]) -> Iterator[tuple[str, Voices]]:
    """body_hash and who speaks in it, of some bodies, few of them in memory at a time."""
    own = annotations.filter(pl.col("body_hash").is_in(wanted)).unique("body_hash", keep="any")
    narrowed = (
        pl.col(name).list.eval(pl.struct(pl.element().struct.field(field) for field in fields)).alias(name)
        for name, fields in HEARD.items()
    )
    for body_hash, *found in own.select("body_hash", "body", *narrowed).iter_rows(buffer_size=BODIES_AT_ONCE):
        yield body_hash, Voices(*found)


def list_display(title: str | None, metadata: list[dict] | None) -> Iterator[Display]:
    """The headline and the captions of an article."""
    if title:
        yield TITLE, None, title
    for index, offer in enumerate(metadata or ()):
        if offer["field"] == CAPTION:
            yield CAPTION, index, offer["value"]


def describe_display(article_id: str, one: Display, quote: DisplayQuote) -> dict:
    """The row of one quotation."""
    where, index, text = one
    letter = "t" if index is None else f"c{index}."
    row = {"article_id": article_id, "where": where, "value_index": index, **read_slots(quote)}
    row["display_quote_id"] = f"{article_id}:{letter}{quote.start}-{quote.end}"
    row["text"] = text[quote.start : quote.end]
    for name, start, end in (
        ("cue", quote.cue_start, quote.cue_end),
        ("speaker_text", quote.speaker_start, quote.speaker_end),
    ):
        row[name] = None if start is None else text[start:end]
    return row
