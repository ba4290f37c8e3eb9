"""The page of a speaker: what they said and where, their names, and the articles that mention them."""

from collections.abc import Iterator

import polars as pl

from .articles import anchor_quote
from .choose import Choice, label_articles, scan_articles
from .source import Source

CHUNK_SPEAKERS = 100
QUOTES = ("quote_id", "article_id", "content", "statement_id", "is_said", "kind", "speaker_role", "cue", "confidence")


def describe_speakers(source: Source, speakers: pl.DataFrame, choice: Choice, limit: int) -> Iterator[dict]:
    """What the page of each speaker shows; lists end after `limit` rows."""
    quotes, mentions = read_said(source, speakers, limit), read_mentioned(source, speakers, limit)
    wanted = pl.concat([quotes.select("article_id"), mentions.select("article_id")]).unique()
    articles = label_articles(
        source, scan_articles(source).join(wanted.lazy(), on="article_id", how="semi").sort("article_id").collect()
    )
    facts = {row["article_id"]: row for row in articles.iter_rows(named=True)}
    said, named = group_by_entity(quotes), group_by_entity(mentions)
    aliases = group_by_entity(read_aliases(source, speakers))
    paged = set(choice.articles["article_id"])
    for speaker in speakers.iter_rows(named=True):
        key = speaker["entity_id"]
        own = said.get(key, [])
        yield {
            "speaker": speaker,
            "aliases": aliases.get(key, []),
            "roles": sorted({q["speaker_role"] for q in own if q["speaker_role"]}),
            "statements": group_statements(own),
            "quotes_shown": len(own),
            "quotes_found": own[0]["quotes_found"] if own else 0,
            "mentions": named.get(key, []),
            "articles": facts,
            "paged": paged,
        }


def read_said(source: Source, speakers: pl.DataFrame, limit: int) -> pl.DataFrame:
    """Quotations of the speakers, the newest `limit` of each, with how many articles carry the statement."""
    own = speakers.lazy().select("entity_id")
    days = source.scan("articles", "article_id", "published_date")
    carried = source.scan("statements", "statement_id", "article_count", "independent_count")
    speakers = source.scan("quote_speakers", "quote_id", "entity_id", "how").filter(pl.col("how") != "represented")
    spoken = speakers.join(own, on="entity_id", how="semi").select("quote_id", "entity_id").unique()
    joined = source.scan("quotes", *QUOTES).join(spoken, on="quote_id").join(days, on="article_id")
    ordered = joined.join(carried, on="statement_id", how="left").sort(
        "entity_id", "published_date", "quote_id", descending=[False, True, False], nulls_last=True
    )
    counted = ordered.with_columns(quotes_found=pl.len().over("entity_id"))
    return counted.group_by("entity_id", maintain_order=True).head(limit).collect()


def read_mentioned(source: Source, speakers: pl.DataFrame, limit: int) -> pl.DataFrame:
    """Articles that mention each of the speakers, those with most mentions first: entity_id, article_id, count."""
    own = speakers.lazy().select("entity_id")
    rows = source.scan("mentions", "article_id", "entity_id").join(own, on="entity_id", how="semi")
    counted = rows.group_by("entity_id", "article_id").agg(count=pl.len())
    ordered = counted.sort("entity_id", "count", "article_id", descending=[False, True, False])
    return ordered.group_by("entity_id", maintain_order=True).head(limit).collect()


def read_aliases(source: Source, speakers: pl.DataFrame) -> pl.DataFrame:
    """Rows of entity_aliases, the most frequent first."""
    own = speakers.lazy().select("entity_id")
    rows = source.scan("entity_aliases", "entity_id", "alias", "mention_count").join(own, on="entity_id", how="semi")
    return rows.sort("entity_id", "mention_count", "alias", descending=[False, True, False]).collect()


def group_by_entity(rows: pl.DataFrame) -> dict[str, list[dict]]:
    """Rows by entity_id, in their order."""
    grouped: dict[str, list[dict]] = {}
    for row in rows.iter_rows(named=True):
        grouped.setdefault(row["entity_id"], []).append(row)
    return grouped


def group_statements(quotes: list[dict]) -> list[list[dict]]:
    """Quotations of one statement together, in the order of the first of each."""
    statements: dict[str, list[dict]] = {}
    for quote in quotes:
        statements.setdefault(quote["statement_id"], []).append(quote | {"anchor": anchor_quote(quote["quote_id"])})
    return list(statements.values())
