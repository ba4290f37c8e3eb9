"""From finished work and links to the rows of the published tables, for some articles at a time."""

import polars as pl

from quotidian.tasks.deduplicate.archive_links import ArchiveLinks
from quotidian.tasks.extract.display.display_rows import read_display_quotes
from quotidian.tasks.extract.flatten import (
    flatten_mentions,
    flatten_quantities,
    flatten_quotes,
    flatten_sentences,
    join_innermost,
    read_quote_parts,
    read_quote_speakers,
    read_speaker_candidates,
)
from quotidian.tasks.tables.catalog import TABLES


def assemble_tables(articles: pl.DataFrame, annotations: pl.DataFrame, links: ArchiveLinks) -> dict[str, pl.DataFrame]:
    """Rows of the tables that lie in folders by day, each with a column `portion` besides its own.

    articles: rows of the clean room with article_id, revision, is_latest, clean_version, extractor_version and portion;
    annotations: rows of the extract room, at least for the bodies of these articles; links: those of these articles, at least.
    """
    nested = articles.select("article_id", "body_hash").join(annotations, on="body_hash")
    sentences = flatten_sentences(nested)
    mentions = locate_mentions(flatten_mentions(nested), sentences, links)
    quotes = locate_quotes(flatten_quotes(nested), sentences, mentions, links)
    parts = read_quote_parts(nested)
    tables = {
        "articles": count_pieces(articles, sentences, mentions, quotes).join(
            links.articles, on="article_id", how="left"
        ),
        "edits": list_edits(articles),
        "credits": list_credits(articles),
        "metadata": list_metadata(articles),
        "sentences": count_starts(sentences, mentions, quotes),
        "mentions": mentions,
        "quotes": quotes,
        "quote_parts": parts,
        "quote_speakers": name_speakers(read_quote_speakers(nested), quotes, mentions, links),
        "speaker_candidates": name_candidates(read_speaker_candidates(nested), quotes, mentions, links),
        "quote_entities": find_subjects(parts, mentions),
        "quantities": locate_quantities(flatten_quantities(nested), sentences, parts),
        "display_quotes": join_display(read_display_quotes(articles, annotations), quotes, links),
    }
    portions = articles.select("article_id", "portion", day="published_date")
    shaped = {
        name: frame.drop("portion", strict=False).join(portions, on="article_id") for name, frame in tables.items()
    }
    return {name: shape_rows(frame, name) for name, frame in shaped.items()}


def shape_rows(frame: pl.DataFrame, name: str) -> pl.DataFrame:
    """The columns of the table in their order and types, and `portion`, in the table's order of rows."""
    table = TABLES[name]
    types = {column: declared.dtype for column, declared in table.schema.columns().items()}
    extra = [c for c in ("portion",) if c in frame.columns]
    return frame.select(*(pl.col(c).cast(t) for c, t in types.items()), *extra).sort(*table.sort_by)


def sentence_of(items: pl.DataFrame, place: str, sentences: pl.DataFrame) -> pl.Series:
    """For each row the sentence_id of the last sentence of its article that starts at or before `place`."""
    starts = sentences.select("article_id", "sentence_id", pl.col("start").alias("place")).sort("article_id", "place")
    asked = items.select("article_id", pl.col(place).alias("place")).with_row_index("row").sort("article_id", "place")
    found = asked.join_asof(starts, on="place", by="article_id", strategy="backward", check_sortedness=False)
    return found.sort("row")["sentence_id"]


def locate_mentions(mentions: pl.DataFrame, sentences: pl.DataFrame, links: ArchiveLinks) -> pl.DataFrame:
    """Mentions with sentence_id and entity_id."""
    key = ["article_id", "entity_index"]
    joined = mentions.join(links.entity_links, on=key, how="left", maintain_order="left")
    return joined.with_columns(sentence_id=sentence_of(joined, "start", sentences))


def locate_quotes(
    quotes: pl.DataFrame, sentences: pl.DataFrame, mentions: pl.DataFrame, links: ArchiveLinks
) -> pl.DataFrame:
    """Quotes with their sentences, speaker_mention_id, speaker_entity_id and statement_id."""
    speakers = mentions.select("article_id", speaker_mention_index="mention_index", speaker_mention_id="mention_id")
    joined = (
        quotes.join(speakers, on=["article_id", "speaker_mention_index"], how="left", maintain_order="left")
        .join(links.quotes.drop("article_id"), on="quote_id", how="left", maintain_order="left")
        .with_columns(last=pl.col("end") - 1)
    )
    return joined.with_columns(
        first_sentence_id=sentence_of(joined, "start", sentences),
        last_sentence_id=sentence_of(joined, "last", sentences),
    )


def name_speakers(
    speakers: pl.DataFrame, quotes: pl.DataFrame, mentions: pl.DataFrame, links: ArchiveLinks
) -> pl.DataFrame:
    """Rows of quote_speakers, with article_id.

    The first is who speaks in quotes, corrections applied; where a correction names somebody else, he alone speaks, also where
    no words of the article name a speaker.
    """
    found = mentions.select("article_id", "mention_index", "mention_id")
    told = quotes.select("quote_id", told="speaker_entity_id")
    named = (
        speakers.join(found, on=["article_id", "mention_index"], how="left", maintain_order="left")
        .join(links.entity_links, on=["article_id", "entity_index"], how="left", maintain_order="left")
        .join(told, on="quote_id", how="left", maintain_order="left")
        .sort("quote_id", "rank")
    )
    is_first, is_own = pl.col("rank") == 1, pl.col("entity_id").eq_missing("told")
    kept = named.filter(is_first | is_own.first().over("quote_id"))
    known = kept.with_columns(entity_id=pl.when(is_first).then("told").otherwise("entity_id"))
    silent = quotes.filter(pl.col("speaker_entity_id").is_not_null()).join(speakers, on="quote_id", how="anti")
    added = silent.select("article_id", "quote_id", entity_id="speaker_entity_id", rank=1, how=pl.lit("named"))
    return pl.concat([known, added.with_columns(pl.col("rank").cast(pl.Int64))], how="diagonal")


def name_candidates(
    candidates: pl.DataFrame, quotes: pl.DataFrame, mentions: pl.DataFrame, links: ArchiveLinks
) -> pl.DataFrame:
    """Rows of speaker_candidates, with article_id: each entity once for a quotation; whom a correction names is the only one, and sure."""
    key = ["article_id", "entity_index"]
    found = mentions.select("article_id", "mention_index", "mention_id")
    named = candidates.join(found, on=["article_id", "mention_index"], how="left", maintain_order="left").join(
        links.entity_links, on=key, how="left", maintain_order="left"
    )
    own = quotes.select("article_id", "quote_id", "speaker_entity_id", entity_index="speaker_entity_index").join(
        links.entity_links, on=key, how="left"
    )
    corrected = own.filter(~pl.col("entity_id").eq_missing(pl.col("speaker_entity_id")))
    kept = join_candidates(named.join(corrected, on="quote_id", how="anti", maintain_order="left"))
    told = corrected.filter(pl.col("speaker_entity_id").is_not_null()).select(
        "article_id", "quote_id", entity_id="speaker_entity_id", rank=pl.lit(1, pl.Int64), probability=1.0
    )
    return pl.concat([kept, told], how="diagonal")


def join_candidates(named: pl.DataFrame) -> pl.DataFrame:
    """Candidates of a quotation that are one entity after linking as one, with the probability of both; ranked anew."""
    who = pl.coalesce("entity_id", pl.col("start").cast(pl.String))
    joined = named.sort("quote_id", "rank").with_columns(
        pl.col("probability").sum().over("quote_id", who).clip(upper_bound=1.0),
        is_first=pl.col("rank").rank("ordinal").over("quote_id", who) == 1,
    )
    ranked = joined.filter("is_first").sort("quote_id", -pl.col("probability"), "rank")
    return ranked.with_columns(rank=pl.int_range(1, pl.len() + 1, dtype=pl.Int64).over("quote_id"))


def find_subjects(parts: pl.DataFrame, mentions: pl.DataFrame) -> pl.DataFrame:
    """Rows of quote_entities: the mentions of entities within each part of a quotation; with article_id."""
    spans = parts.select("article_id", "quote_id", first="start", last="end")
    named = mentions.filter(pl.col("entity_id").is_not_null())
    inside = (pl.col("start") >= pl.col("first")) & (pl.col("end") <= pl.col("last"))
    found = spans.lazy().join(named.lazy(), on="article_id").filter(inside)
    how = pl.col("mention_kind").replace({"name": "named"})
    return (
        found.select("article_id", "quote_id", "entity_id", "mention_id", how=how)
        .unique(("quote_id", "mention_id"))
        .collect()
    )


def locate_quantities(quantities: pl.DataFrame, sentences: pl.DataFrame, parts: pl.DataFrame) -> pl.DataFrame:
    """Quantities with sentence_id, and the quote_id of the innermost quotation whose words they are."""
    spans = parts.select("article_id", "quote_id", first="start", last="end")
    places = quantities.select("article_id", "quantity_id", "start", "end")
    own = join_innermost(places, spans).select("quantity_id", "quote_id")
    joined = quantities.join(own, on="quantity_id", how="left", maintain_order="left")
    return joined.with_columns(sentence_id=sentence_of(joined, "start", sentences))


def join_display(display: pl.DataFrame, quotes: pl.DataFrame, links: ArchiveLinks) -> pl.DataFrame:
    """Quotations of headlines and captions with speaker_entity_id, and body_quote_id and statement_id of what they repeat; whom
    a correction names for the quotation of the body speaks here, too."""
    repeated = quotes.select(
        *("article_id", "statement_id", "quote_index"), body_quote_id="quote_id", told="speaker_entity_id"
    )
    own = links.entity_links.rename({"entity_index": "speaker_entity_index"})
    joined = display.join(
        repeated,
        left_on=["article_id", "body_quote_index"],
        right_on=["article_id", "quote_index"],
        how="left",
        maintain_order="left",
    ).join(own, on=["article_id", "speaker_entity_index"], how="left", maintain_order="left")
    speaker = pl.when(pl.col("body_quote_id").is_not_null()).then("told").otherwise("entity_id")
    return joined.with_columns(speaker_entity_id=speaker)


def count_by(frame: pl.DataFrame, key: str, name: str) -> pl.DataFrame:
    """Number of rows for each value of `key`, as column `name`."""
    return frame.group_by(key).agg(pl.len().cast(pl.Int64).alias(name))


def count_pieces(
    articles: pl.DataFrame, sentences: pl.DataFrame, mentions: pl.DataFrame, quotes: pl.DataFrame
) -> pl.DataFrame:
    """Articles with body_chars, sentence_count, mention_count and quote_count."""
    counted = articles.with_columns(body_chars=pl.col("body").str.len_chars())
    for frame, name in ((sentences, "sentence_count"), (mentions, "mention_count"), (quotes, "quote_count")):
        counted = counted.join(count_by(frame, "article_id", name), on="article_id", how="left")
        counted = counted.with_columns(pl.col(name).fill_null(0))
    return counted


def count_starts(sentences: pl.DataFrame, mentions: pl.DataFrame, quotes: pl.DataFrame) -> pl.DataFrame:
    """Sentences with how many mentions and quotations start in each."""
    started = quotes.select(sentence_id="first_sentence_id")
    for frame, name in ((mentions, "mention_count"), (started, "quote_count")):
        sentences = sentences.join(count_by(frame, "sentence_id", name), on="sentence_id", how="left")
        sentences = sentences.with_columns(pl.col(name).fill_null(0))
    return sentences


def list_edits(articles: pl.DataFrame) -> pl.DataFrame:
    """Rows of edits."""
    return explode_list(articles, "edits", "edit_index")


def list_credits(articles: pl.DataFrame) -> pl.DataFrame:
    """Rows of credits."""
    return explode_list(articles, "credits", "credit_index")


def list_metadata(articles: pl.DataFrame) -> pl.DataFrame:
    """Rows of metadata."""
    return explode_list(articles, "metadata", "value_index")


def explode_list(articles: pl.DataFrame, column: str, index: str) -> pl.DataFrame:
    """One row for each struct of the list `column`, with its place in `index`."""
    some = articles.filter(pl.col(column).list.len() > 0)
    places = pl.int_ranges(0, pl.col(column).list.len(), dtype=pl.Int32).alias(index)
    return some.select("article_id", column, places).explode(column, index, empty_as_null=False).unnest(column)
