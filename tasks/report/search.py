"""What the search of the report finds: speakers, stories, articles, and the statements that most articles carry.

The index is data in the search page, made into an index when the first words are asked for: it works from a
folder on a disk as well as from a server, and nothing is loaded from anywhere.
"""

import json
from collections.abc import Iterator

import polars as pl

from .articles import anchor_quote, look_up
from .choose import Choice, shorten
from .source import Source

STATEMENT_CHARS = 300

Entry = tuple[str, str, str, str]
"""Kind, title, address below the root of the report, further words."""


def list_entries(source: Source, choice: Choice, statements: int) -> list[Entry]:
    """Everything that the search finds, in the order of its pages."""
    aliases = source.scan("entity_aliases", "entity_id", "alias").sort("entity_id", "alias")
    own = aliases.join(choice.speakers.lazy().select("entity_id"), on="entity_id", how="semi")
    forms = dict(own.group_by("entity_id", maintain_order=True).agg(pl.col("alias").str.join(" · ")).collect().rows())
    speakers = [
        ("speaker", name, f"speaker/{key}.html", forms.get(key, ""))
        for key, name in choice.speakers.select("entity_id", "name").rows()
    ]
    stories = [
        ("story", title, f"story/{key}.html", f"{articles} articles")
        for key, title, articles in choice.stories.select(
            "story_id", shorten(pl.col("title")), "article_count"
        ).iter_rows()
    ]
    articles = [
        ("article", row["label"], f"article/{row['article_id']}.html", describe_origin(row))
        for row in choice.articles.iter_rows(named=True)
    ]
    return [*speakers, *stories, *articles, *list_statements(source, choice, statements)]


def describe_origin(article: dict) -> str:
    """Who published an article, when, and its name in the source."""
    return " · ".join(str(part) for part in (article["reporter"], article["published_date"], article["source"]) if part)


def list_statements(source: Source, choice: Choice, limit: int) -> Iterator[Entry]:
    """The statements that most articles carry, each with the first of its quotations that has a page."""
    order = ["independent_count", "article_count", "statement_id"]
    rows = source.scan("statements", "statement_id", "text", "speaker_entity_id", *order[:2])
    ranked = rows.sort(order, descending=[True, True, False]).with_row_index("rank")
    paged = source.scan("quotes", "quote_id", "article_id", "statement_id").join(
        choice.articles.lazy().select("article_id"), on="article_id", how="semi"
    )
    first = paged.group_by("statement_id").agg(pl.col("quote_id").min())
    found = ranked.join(first, on="statement_id").sort("rank").head(limit).collect()
    names = look_up(source, "entities", "entity_id", "name", set(found["speaker_entity_id"]))
    shown = found.with_columns(text=shorten(pl.col("text"), STATEMENT_CHARS))
    for text, speaker, quote in shown.select("text", "speaker_entity_id", "quote_id").iter_rows():
        address = f"article/{quote.split(':')[0]}.html#{anchor_quote(quote)}"
        yield "statement", text, address, names.get(speaker, "")


def dump_entries(entries: list[Entry]) -> str:
    """The entries as JSON that no text in it can end: it stands inside a <script> of data."""
    words = json.dumps(entries, ensure_ascii=False, separators=(",", ":"))
    return words.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
