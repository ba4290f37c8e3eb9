"""From nested work rows to flat rows with ids: what every later room reads.

Each function takes work rows joined to the articles that carry them (article_id, body and the nested
columns of `work.SCHEMA`) and returns one row for each item, sorted by article and place.
"""

import polars as pl


def span_id(letter: str, start: str = "start", end: str = "end") -> pl.Expr:
    """article_id, ':', letter, start, '-', end."""
    return pl.format("{}:" + letter + "{}-{}", "article_id", start, end)


def article_of(column: str) -> pl.Expr:
    """article_id, with which the id of each of its pieces begins, or which the column is itself."""
    return pl.col(column).str.split(":").list.first()


def body_slice(start: str = "start", end: str = "end") -> pl.Expr:
    """body[start:end] in code points; null where the span is null."""
    return pl.col("body").str.slice(pl.col(start), pl.col(end) - pl.col(start))


def explode_items(rows: pl.DataFrame, column: str, index: str) -> pl.DataFrame:
    """One row for each struct of the list `column`, its fields as columns, its place in `index`."""
    some = rows.filter(pl.col(column).list.len() > 0).sort("article_id")
    places = pl.int_ranges(0, pl.col(column).list.len(), dtype=pl.Int32).alias(index)
    return some.select("article_id", "body", column, places).explode(column, index, empty_as_null=False).unnest(column)


def flatten_sentences(rows: pl.DataFrame) -> pl.DataFrame:
    """article_id, sentence_id, sentence_index, paragraph_index, start, end, text, token_count."""
    items = explode_items(rows, "sentences", "sentence_index")
    return items.with_columns(sentence_id=span_id("s"), text=body_slice()).drop("body")


def flatten_mentions(rows: pl.DataFrame) -> pl.DataFrame:
    """article_id, mention_id, mention_index, entity_index, start, end, text, type, mention_kind."""
    items = explode_items(rows, "mentions", "mention_index")
    return items.with_columns(mention_id=span_id("m"), text=body_slice()).drop("body")


def flatten_entities(rows: pl.DataFrame) -> pl.DataFrame:
    """article_id, entity_index, the fields of an entity, mention_count, aliases (the forms of its name mentions, sorted)."""
    entities = explode_items(rows, "entities", "entity_index").drop("body")
    mentions = flatten_mentions(rows).filter(pl.col("entity_index").is_not_null())
    named = mentions.filter(pl.col("mention_kind") == "name")
    forms = named.group_by("article_id", "entity_index").agg(aliases=pl.col("text").unique().sort())
    counts = mentions.group_by("article_id", "entity_index").agg(mention_count=pl.len().cast(pl.Int64))
    key = ["article_id", "entity_index"]
    joined = entities.join(counts, on=key, how="left").join(forms, on=key, how="left")
    empty = pl.col("aliases").fill_null(pl.lit([], dtype=pl.List(pl.String)))
    return joined.with_columns(pl.col("mention_count").fill_null(0), empty).sort(key)


def flatten_quotes(rows: pl.DataFrame) -> pl.DataFrame:
    """article_id, quote_id, quote_index, the fields of a quote, and text, cue, speaker_text, content.

    content is the parts joined by an ellipsis: the words without what interrupts them.
    """
    items = explode_items(rows, "quotes", "quote_index")
    quotes = items.with_columns(
        quote_id=span_id("q"),
        text=body_slice(),
        cue=body_slice("cue_start", "cue_end"),
        speaker_text=body_slice("speaker_start", "speaker_end"),
    )
    said = (
        flatten_quote_parts(quotes)
        .group_by("quote_id", maintain_order=True)
        .agg(content=pl.col("text").str.join(" … "))
    )
    return quotes.drop("body", "parts", "speakers", "candidates").join(
        said, on="quote_id", how="left", maintain_order="left"
    )


def flatten_quantities(rows: pl.DataFrame) -> pl.DataFrame:
    """article_id, quantity_id, the fields of a quantity, and text."""
    items = explode_items(rows, "quantities", "quantity_index")
    return items.with_columns(quantity_id=span_id("n"), text=body_slice()).drop("body", "quantity_index")


def flatten_quote_parts(quotes: pl.DataFrame) -> pl.DataFrame:
    """article_id, quote_id, part_index, start, end, text of exploded quotes that still have body and parts."""
    places = pl.int_ranges(0, pl.col("parts").list.len(), dtype=pl.Int32).alias("part_index")
    some = quotes.filter(pl.col("parts").list.len() > 0)
    parts = (
        some.select("article_id", "quote_id", "body", "parts", places)
        .explode("parts", "part_index", empty_as_null=False)
        .unnest("parts")
    )
    return parts.with_columns(text=body_slice()).drop("body")


def read_quote_speakers(rows: pl.DataFrame) -> pl.DataFrame:
    """article_id, quote_id, rank, the fields of a speaker, and text, from nested work rows."""
    return rank_items(rows, "speakers")


def read_speaker_candidates(rows: pl.DataFrame) -> pl.DataFrame:
    """article_id, quote_id, rank, the fields of a candidate, and text, from nested work rows."""
    return rank_items(rows, "candidates")


def rank_items(rows: pl.DataFrame, column: str) -> pl.DataFrame:
    """One row for each struct of the list `column` of each quotation, with its place from 1 as rank, and text."""
    quotes = explode_items(rows, "quotes", "quote_index").with_columns(quote_id=span_id("q"))
    places = pl.int_ranges(1, pl.col(column).list.len() + 1, dtype=pl.Int64).alias("rank")
    some = quotes.filter(pl.col(column).list.len() > 0)
    items = (
        some.select("article_id", "quote_id", "body", column, places)
        .explode(column, "rank", empty_as_null=False)
        .unnest(column)
    )
    return items.with_columns(text=body_slice()).drop("body")


def read_quote_parts(rows: pl.DataFrame) -> pl.DataFrame:
    """Rows of quote_parts, from nested work rows."""
    return flatten_quote_parts(explode_items(rows, "quotes", "quote_index").with_columns(quote_id=span_id("q")))


def join_innermost(quantities: pl.DataFrame, spans: pl.DataFrame) -> pl.DataFrame:
    """Quantities with the columns of the part of a quotation that they stand in, of the innermost quotation where several hold one; those
    in none are left out. `spans` has article_id, quote_id, first and last, the characters of each part; sorted by quantity_id."""
    inside = (pl.col("start") >= pl.col("first")) & (pl.col("end") <= pl.col("last"))
    found = quantities.lazy().join(spans.lazy(), on="article_id").filter(inside)
    nearest = found.sort("quantity_id", pl.col("last") - pl.col("first"), "quote_id")
    return nearest.unique("quantity_id", keep="first", maintain_order=True).collect()
