"""Finding what a take-down names: an article by its id or source, or all texts of an address."""

import re
from pathlib import Path

import polars as pl

from quotidian.tasks.clean.work import clean_folder
from quotidian.tasks.extract.index import ARTICLE_ID_DIGITS
from quotidian.tasks.ingest.addresses import canonical_url
from quotidian.tasks.ingest.archive import archive_folder
from quotidian.tasks.ingest.forget import FORGOTTEN, make_mark, read_forgotten
from quotidian.tasks.store.errors import UsageError

DECLARED = ("url", "outlet", "title")
ID = re.compile(r"[0-9a-f]{6,32}")


class NothingToForget(UsageError):
    """No archived input, or more than one, answers to the name."""


def find_targets(data: Path, clean: str, name: str) -> pl.DataFrame:
    """The inputs that a take-down removes: input_id, article_id, source, url, outlet, title, published_date, is_named.

    An address names every text it ever had; an id (at least 6 digits) or a source must name one input. Inputs with the
    same bytes go with those that are named. `clean` is the version of the clean room whose titles and dates are shown.
    Raises NothingToForget.
    """
    inputs = scan_inputs(data, clean)
    address = canonical_url(name)
    by_url = ((pl.col("url") == address) | (pl.col("url_clean") == address)).fill_null(False)
    by_id = pl.col("input_id").str.starts_with(name) if ID.fullmatch(name) else pl.lit(False)
    named = inputs.filter(by_url | by_id | (pl.col("source") == name)).with_columns(is_address=by_url).collect()
    require_one(data, name, address, named)
    twins = find_twins(data, named)
    found = inputs.filter(pl.col("input_id").is_in(pl.concat([named["input_id"], twins]).implode())).collect()
    return found.select(
        "input_id",
        "source",
        *(pl.coalesce(f"{column}_clean", column).alias(column) for column in DECLARED),
        "published_date",
        article_id=pl.col("input_id").str.head(ARTICLE_ID_DIGITS),
        is_named=pl.col("input_id").is_in(named["input_id"].implode()),
    ).sort("input_id")


def scan_inputs(data: Path, clean: str) -> pl.LazyFrame:
    """Archived inputs with what they and their articles say of themselves; those that are forgotten left out."""
    archived = archive_folder(data).scan("input_id", "source", "reject_reason", *DECLARED)
    cleaned = clean_folder(data, clean).scan("input_id", "published_date", *DECLARED)
    joined = archived.join(cleaned, on="input_id", how="left", suffix="_clean")
    return joined.filter(pl.col("reject_reason").ne_missing(pl.lit(FORGOTTEN)))


def find_twins(data: Path, named: pl.DataFrame) -> pl.Series:
    """input_id of inputs with the same bytes. The bytes of a reject are nobody's: they may be cut or empty."""
    folder = archive_folder(data)
    own = folder.read(folder.locate().join(named, on="input_id", how="semi")).filter(pl.col("reject_reason").is_null())
    same = pl.col("payload").is_in(own["payload"].implode()) & pl.col("reject_reason").is_null()
    rows = folder.scan("input_id", "payload", "reject_reason").filter(same).select("input_id")
    return rows.collect(engine="streaming")["input_id"]


def require_one(data: Path, name: str, address: str, found: pl.DataFrame) -> None:
    """Raise NothingToForget where a name is not clear."""
    if found.is_empty() and make_mark("url", address) in read_forgotten(data):
        raise NothingToForget(f"{name} is forgotten already.")
    if found.is_empty():
        raise NothingToForget(
            f"No archived input is called {name}: give an article_id, the name of a source, or an address."
        )
    if found.height > 1 and not found["is_address"].all():
        some = ", ".join(found["input_id"].sort().str.head(ARTICLE_ID_DIGITS).head(5))
        raise NothingToForget(f"{found.height} inputs are called {name} ({some}): give one article_id.")


def find_copies(snapshot: Path, article_ids: pl.Series) -> pl.DataFrame:
    """article_id, outlet, url, title, source of published copies of articles, which a take-down does not touch."""
    columns = ("article_id", "copy_group", "outlet", "url", "title", "source")
    articles = pl.scan_parquet(sorted((snapshot / "articles").rglob("*.parquet")), hive_partitioning=False)
    rows = articles.select(columns).collect()
    is_target = pl.col("article_id").is_in(article_ids.implode())
    groups = rows.filter(is_target)["copy_group"]
    return rows.filter(~is_target & pl.col("copy_group").is_in(groups.implode())).drop("copy_group").sort("article_id")
