"""`quotidian show`: one article as a marked-up proof."""

import json as json_
import sys
from pathlib import Path
from typing import Annotated

import polars as pl
from cyclopts import Parameter
from rich.text import Text

from quotidian.flows.commands.flags import Data, Json
from quotidian.flows.commands.published import require_snapshot
from quotidian.flows.process.terminal import open_console
from quotidian.tasks.store.errors import UsageError

MENTION, QUOTE, SPEAKER, CUE, REMOVED = "cyan", "bold yellow", "bold green underline", "green", "dim strike"
PIECES = ("mentions", "quotes", "display_quotes", "edits")
HEAD = ("article_id", "source", "outlet", "published_date", "byline", "section", "agency", "quality_flags")


class NoSuchArticle(UsageError):
    """No published article, or more than one, answers to the name."""


def show(
    article: Annotated[str, Parameter(help="article_id, the first digits of one, or a source name.")],
    /,
    *,
    data: Data = None,
    json: Json = False,
) -> int:
    """Show a published article with its mentions, quotations and speakers, and what was removed."""
    return show_article(article, data, json)


def show_article(name: str, data: str | None, json: bool) -> int:
    """Print the article to the terminal, or its rows as JSON."""
    _, snapshot = require_snapshot(data)
    article = find_article(snapshot, name)
    rows = {table: read_pieces(snapshot, table, article["article_id"]) for table in PIECES}
    if json:
        values = {"article": article} | {table: frame.to_dicts() for table, frame in rows.items()}
        sys.stdout.write(json_.dumps(values, indent=1, default=str, ensure_ascii=False) + "\n")
        return 0
    console = open_console()
    console.print(describe_head(article))
    console.print(mark_body(article["body"], *(rows[table] for table in ("mentions", "quotes", "edits"))))
    console.print(describe_legend())
    for line in (*list_quotes(rows["quotes"]), *list_display(rows["display_quotes"])):
        console.print(line)
    return 0


def find_article(snapshot: Path, name: str) -> dict:
    """The one article with this id (or start of an id) or source name; raises NoSuchArticle."""
    named = pl.col("article_id").str.starts_with(name) | (pl.col("source") == name)
    found = pl.scan_parquet(f"{snapshot}/articles/**/*.parquet", hive_partitioning=False).filter(named).collect()
    if found.height == 1:
        return found.row(0, named=True)
    if found.is_empty():
        raise NoSuchArticle(f"No published article is called {name}: give an article_id or the name of a source file.")
    some = ", ".join(found["article_id"].head(5))
    raise NoSuchArticle(f"{found.height} published articles are called {name} ({some}): give more of the article_id.")


def read_pieces(snapshot: Path, table: str, article_id: str) -> pl.DataFrame:
    """Rows of a table that belong to the article."""
    scan = pl.scan_parquet(f"{snapshot}/{table}/**/*.parquet", hive_partitioning=False)
    return scan.filter(pl.col("article_id") == article_id).collect()


def describe_head(article: dict) -> Text:
    """Headline and what is known of the article."""
    facts = [f"{name} {article[name]}" for name in HEAD if article[name]]
    return Text.assemble((article["title"] or "(no headline)", "bold"), "\n", (" · ".join(facts), "dim"), "\n")


def describe_legend() -> Text:
    """What the colours mean."""
    words = (("mention", MENTION), ("quotation", QUOTE), ("speaker", SPEAKER), ("cue", CUE), ("removed", REMOVED))
    return Text("\n") + Text(" · ").join([Text(word, style) for word, style in words])


def mark_body(body: str, mentions: pl.DataFrame, quotes: pl.DataFrame, edits: pl.DataFrame) -> Text:
    """The body with styles, and in it the removed text where it stood."""
    marked = Text(body)
    for start, end in mentions.select("start", "end").rows():
        marked.stylize(MENTION, start, end)
    for style, start, end in (
        (QUOTE, "start", "end"),
        (CUE, "cue_start", "cue_end"),
        (SPEAKER, "speaker_start", "speaker_end"),
    ):
        for span in quotes.select(start, end).drop_nulls().rows():
            marked.stylize(style, *span)
    return insert_removed(marked, edits)


def insert_removed(marked: Text, edits: pl.DataFrame) -> Text:
    """Put what cleaning took away back in, struck through."""
    gone = edits.filter(pl.col("raw_text").str.strip_chars() != "").sort("edit_index")
    pieces, place = [], 0
    for start, end, raw in gone.select("body_start", "body_end", "raw_text").rows():
        pieces += [marked[place:start], Text(raw, REMOVED), Text(" ")]
        place = end if end > place else start
    return Text.assemble(*pieces, marked[place:])


def list_quotes(quotes: pl.DataFrame) -> list[Text]:
    """One line for each quotation: speaker, kind, words."""
    columns = ("speaker_text", "kind", "confidence", "text")
    return [
        Text.assemble(
            "\n",
            (speaker or "(nobody named)", SPEAKER),
            f" [{kind}, {confidence:.2f}] ",
            (" ".join(text.split()), QUOTE),
        )
        for speaker, kind, confidence, text in quotes.select(columns).rows()
    ]


def list_display(quotes: pl.DataFrame) -> list[Text]:
    """One line for each quotation of the headline and of captions: speaker, place, kind, words."""
    columns = ("speaker_text", "where", "kind", "text")
    return [
        Text.assemble("\n", (speaker or "(nobody named)", SPEAKER), f" [{place}, {kind}] ", (text, QUOTE))
        for speaker, place, kind, text in quotes.select(columns).rows()
    ]
