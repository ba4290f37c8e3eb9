"""Rows of the work store: a sketch for each body. Workers import this, and none of what links articles.

A sketch holds all that linking needs of a body, so that one new article costs no second reading of the others.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
import polars as pl

from quotidian.tasks.extract.flatten import flatten_entities, flatten_quotes, span_id
from quotidian.tasks.extract.index import Versions, index_articles
from quotidian.tasks.store.batches import Parts, cut_batches
from quotidian.tasks.store.deadline import deadline
from quotidian.tasks.store.versions import room_version
from quotidian.tasks.store.work import WorkFolder, has_each_once, hash_bytes

from .copies.credits import find_credits
from .sketch import SKETCH_SCHEMA, sketch_article, sketch_quotes
from .statements.figures import FIGURES, add_figures

WORD_CHARS = 6  # with its blank, in English
LIBRARIES = ("rapidfuzz", "rensa", "scipy", "numpy")
ENTITY = {
    "entity_index": pl.Int32,
    "name": pl.String,
    "type": pl.String,
    "titles": pl.List(pl.String),
    "sex": pl.String,
    "country": pl.String,
    "words": pl.List(pl.String),
    **dict.fromkeys(("he_count", "she_count", "they_count"), pl.Int32),
    "mention_count": pl.Int64,
    "aliases": pl.List(pl.String),
}
QUOTE = {
    "start": pl.Int32,
    "end": pl.Int32,
    "kind": pl.String,
    "is_said": pl.Boolean,
    "is_denied": pl.Boolean,
    "stance": pl.String,
    "speaker_kind": pl.String,
    "speaker_text": pl.String,
    "speaker_entity_index": pl.Int32,
    "content": pl.String,
    "figures": FIGURES,
    "says_no": pl.Boolean,
    "claim_words": pl.List(pl.UInt32),
    **SKETCH_SCHEMA,
}
SCHEMA = pl.Schema(
    {
        "body_hash": pl.String,
        **SKETCH_SCHEMA,
        "credited": pl.List(pl.String),
        "entities": pl.List(pl.Struct(ENTITY)),
        "quotes": pl.List(pl.Struct(QUOTE)),
    }
)


def deduplicate_version() -> str:
    """Version of the room: code, facts and libraries."""
    return room_version("deduplicate", LIBRARIES)


def sketch_version(extract: str, version: str | None = None) -> str:
    """Version of the sketches: that of the room (where it is not told, it is found), and the extraction that they are
    made from."""
    return hash_bytes(f"{version or deduplicate_version()} {extract}".encode())[:12]


def sketch_folder(data: Path, extract: str, version: str | None = None) -> WorkFolder:
    """The work folder of the sketches of an extraction; its rows have `SCHEMA`, key body_hash."""
    return WorkFolder(
        data / "work" / "sketch" / sketch_version(extract, version), SCHEMA, "body_hash", listed=("text_hash",)
    )


def pending_sketches(data: Path, versions: Versions, workers: int) -> list[Parts]:
    """Batches of the bodies of finished articles that have no sketch yet, each of one version of the extraction."""
    index = index_articles(data, versions).unique("body_hash", keep="any")
    bodies = index.select("body_hash", "extractor_version", file="extract_file", size=pl.col("word_count") * WORD_CHARS)
    batches = []
    for (version,), rows in sorted(bodies.group_by("extractor_version")):
        done = sketch_folder(data, version).keys()
        batches += cut_batches(rows.filter(~pl.col("body_hash").is_in(done.implode())), "body_hash", workers)
    return batches


def read_effects(links: Path) -> list[dict]:
    """What each line of the corrections did, from a folder of links: file, line, has_effect, detail."""
    return pl.read_parquet(links / "effects.parquet").to_dicts()


def read_listed(links: Path) -> list[dict]:
    """What the lines of the lists of knowledge did, from a folder of links: file, lines, line, has_effect, detail."""
    return pl.read_parquet(links / "listed.parquet").to_dicts()


def sketch_bodies(parts: Parts) -> pl.DataFrame:
    """Work rows of the bodies of a batch, from files of the extract room."""
    found = [pl.scan_parquet(file).filter(pl.col("body_hash").is_in(ids)).collect() for file, ids in parts]
    bodies = pl.concat(found)
    once = keep_once(bodies)
    nested = once.sort("body_hash").rename({"body_hash": "article_id"})
    names = [[entity["name"] for entity in entities] for entities in nested["entities"]]
    sketches = [
        sketch_body(*body, found) for body, found in zip(nested["article_id", "body"].rows(), names, strict=True)
    ]
    credited = [find_credits(body) for body in nested["body"]]
    words = nested.select("article_id", credited=pl.Series(credited, dtype=pl.List(pl.String))).hstack(
        pl.DataFrame(sketches, schema=SKETCH_SCHEMA)
    )
    entities = nest_items(flatten_entities(nested), "entities", ENTITY)
    said = add_figures(flatten_quotes(nested), nested)
    quotes = nest_items(said.hstack(sketch_quotes(said["content"])), "quotes", QUOTE)
    rows = words.join(entities, on="article_id", how="left").join(quotes, on="article_id", how="left")
    return rows.rename({"article_id": "body_hash"}).select(SCHEMA.names()).cast(dict(SCHEMA))


def sketch_body(body_hash: str, body: str, names: list[str]) -> dict:
    """The sketch of one body."""
    with deadline(body_hash):
        return sketch_article(body, None, names)


def nest_items(flat: pl.DataFrame, name: str, fields: dict[str, pl.DataType]) -> pl.DataFrame:
    """One row for each body that has items: article_id (its hash), and the items in a list `name`."""
    items = flat.group_by("article_id", maintain_order=True).agg(pl.struct(*fields).alias(name))
    return items.with_columns(pl.col(name).cast(pl.List(pl.Struct(fields))))


def read_sketches(data: Path, articles: pl.DataFrame, *columns: str) -> pl.DataFrame:
    """article_id, body_hash and columns of the sketch of each article, each of the extraction that the article stands in."""
    own = articles.select("article_id", "body_hash", "extractor_version")
    schema = {"article_id": pl.String, "body_hash": pl.String, **{name: SCHEMA[name] for name in columns}}
    frames = [
        rows.drop("extractor_version")
        .lazy()
        .join(sketch_folder(data, version).scan("body_hash", *columns), on="body_hash")
        for (version,), rows in own.group_by("extractor_version")
    ]
    return pl.concat([pl.LazyFrame(schema=schema), *frames]).collect()


class Sketches(Protocol):
    """Sketches that are read where they are asked for."""

    def locate(self, bodies: pl.DataFrame) -> pl.DataFrame:
        """body_hash, made_by, text_hash and file of those of some bodies (body_hash, made_by) that have a sketch."""

    def read(self, located: pl.DataFrame) -> pl.DataFrame:
        """body_hash and the columns of SKETCH_SCHEMA of located sketches."""


@dataclass(frozen=True)
class GivenSketches:
    """Sketches of a frame of body_hash and the columns of SKETCH_SCHEMA."""

    rows: pl.DataFrame

    def locate(self, bodies: pl.DataFrame) -> pl.DataFrame:
        return bodies.join(self.rows.select("body_hash", "text_hash"), on="body_hash").with_columns(file=pl.lit(""))

    def read(self, located: pl.DataFrame) -> pl.DataFrame:
        return self.rows.join(located, on="body_hash", how="semi")


@dataclass(frozen=True)
class StoredSketches:
    """Sketches of the work store; made_by is the version that extracted a body."""

    data: Path

    def locate(self, bodies: pl.DataFrame) -> pl.DataFrame:
        schema = {"body_hash": pl.String, "made_by": pl.String, "text_hash": pl.UInt64, "file": pl.String}
        found = [pl.DataFrame(schema=schema)]
        for (version,), own in bodies.group_by("made_by"):
            rows = sketch_folder(self.data, version).locate(own["body_hash"], text_hash="text_hash")
            found.append(own.join(rows, on="body_hash").select(*schema))
        return pl.concat(found)

    def read(self, located: pl.DataFrame) -> pl.DataFrame:
        schema = {"body_hash": pl.String, **SKETCH_SCHEMA}
        found = [pl.DataFrame(schema=schema)]
        for (version,), own in located.group_by("made_by"):
            rows = sketch_folder(self.data, version).open(own["file"].unique().sort().to_list()).select(*schema)
            wanted = rows.filter(pl.col("body_hash").is_in(own["body_hash"].implode())).collect()
            found.append(wanted.unique("body_hash", keep="any").cast(schema))
        return pl.concat(found)


def keep_once(rows: pl.DataFrame) -> pl.DataFrame:
    """Any of the rows of each body."""
    return rows if has_each_once(rows, "body_hash") else rows.unique("body_hash", keep="any")


def unnest_items(data: Path, articles: pl.DataFrame, name: str) -> pl.DataFrame:
    """One row for each item of the list `name` of each article, in the order of the articles that one version extracted: article_id and the
    fields of the item."""
    own = articles.select("article_id", "body_hash", "extractor_version")
    frames = [
        unnest_bodies(sketch_folder(data, version), rows.drop("extractor_version"), name)
        for (version,), rows in own.group_by("extractor_version")
    ]
    fields = SCHEMA[name].inner.to_schema()
    return pl.concat([pl.DataFrame(schema={"article_id": pl.String, **fields}), *frames])


def unnest_bodies(folder: WorkFolder, articles: pl.DataFrame, name: str) -> pl.DataFrame:
    """The same of articles (article_id, body_hash) whose bodies have a sketch in a folder. Items are taken out of their lists before anything is
    moved: to move lists of items costs four times as much as to read them, and to look their bodies up one by one as much as that."""
    files = folder.files()
    rows = folder.open(files).select("body_hash", name).collect() if files else pl.DataFrame(schema=SCHEMA)
    some = keep_once(rows).select("body_hash", name).filter(pl.col(name).list.len() > 0)
    items = some.select(name).explode(name, empty_as_null=False).unnest(name).rechunk()
    counts = some.select("body_hash", count=pl.col(name).list.len().cast(pl.Int64))
    placed = counts.with_columns(start=pl.col("count").cum_sum() - pl.col("count"))
    own = articles.join(placed, on="body_hash", maintain_order="left")
    count = own["count"].to_numpy()
    first = np.repeat(own["start"].to_numpy() - np.cumsum(count) + count, count)
    return own.select("article_id")[np.repeat(np.arange(len(own)), count)].hstack(items[first + np.arange(len(first))])


def read_names(data: Path, articles: pl.DataFrame) -> pl.DataFrame:
    """article_id and the fields of ENTITY of the names of each article."""
    return unnest_items(data, articles, "entities")


def read_sayings(data: Path, articles: pl.DataFrame) -> pl.DataFrame:
    """quote_id, article_id, the fields of QUOTE but the content, which is `text` (the words without what interrupts them), of each
    quotation."""
    quotes = unnest_items(data, articles, "quotes").with_columns(quote_id=span_id("q"))
    return quotes.drop("start", "end").rename({"content": "text"})
