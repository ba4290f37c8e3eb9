"""The ledger: per day and outlet what was expected, received, rejected and published, and where there are gaps.

Day and outlet are those of the article where an input became one, else what its source declares of it.
"""

from datetime import date
from pathlib import Path

import polars as pl

from quotidian.tasks.clean.dates import read_declared_date, read_url_date
from quotidian.tasks.ingest.archive import archive_folder

from .assemble import shape_rows
from .expected import read_expected

WEEKS = 8
"""A gap is judged by the same weekday of so many weeks before: two months follow a paper's habits and outlast a strike."""
FEWEST_WEEKS = 3
"""With fewer weeks before there is no habit yet."""
PLACE = ("published_date", "outlet")
ARRIVALS = {"input_id": pl.String, "outlet": pl.String, "published_date": pl.Date}


def build_ledger(
    data: Path,
    judged: pl.DataFrame,
    index: pl.DataFrame,
    copies: pl.DataFrame,
    rejects: pl.DataFrame,
    corrections: Path,
) -> pl.DataFrame:
    """Rows of ledger of the whole archive."""
    return count_ledger(index, copies, rejects, read_arrivals(data, judged, index), read_expected(corrections))


def read_arrivals(data: Path, judged: pl.DataFrame, index: pl.DataFrame) -> pl.DataFrame:
    """input_id, outlet, published_date of the archived inputs that are no articles, as their sources declare them.

    judged: input_id, outlet, published_date of inputs that clean read (see `judge_inputs`); a record tells them there only.
    """
    declared = archive_folder(data).scan("input_id", "outlet", "published", "url")
    others = declared.join(index.lazy().select("input_id"), on="input_id", how="anti").collect().sort("input_id")
    read = judged.select("input_id", read_outlet="outlet", read_date="published_date").unique("input_id")
    others = others.join(read, on="input_id", how="left", maintain_order="left")
    days = [read_day(*row) for row in others.select("published", "url").iter_rows()]
    named = others.select(
        "input_id",
        outlet=pl.coalesce("read_outlet", "outlet"),
        published_date=pl.coalesce("read_date", pl.Series(days, dtype=pl.Date)),
    )
    return named.cast(ARRIVALS)


def read_day(published: str | None, url: str | None) -> date | None:
    """The day that a source declares of an input, else the one in its address."""
    if published:
        return read_declared_date(published).day
    found = read_url_date(url or "")
    return found[1].day if found else None


def count_ledger(
    index: pl.DataFrame, copies: pl.DataFrame, rejects: pl.DataFrame, arrivals: pl.DataFrame, expected: pl.DataFrame
) -> pl.DataFrame:
    """Rows of ledger.

    index: articles with article_id, input_id, published_date, outlet; copies: article_id; rejects: input_id;
    arrivals: input_id, outlet, published_date of all other inputs; expected: published_date, outlet, expected_count.
    """
    articles = index.select(
        *ARRIVALS, is_article=True, is_copy=pl.col("article_id").is_in(copies["article_id"].implode())
    )
    others = arrivals.select(*ARRIVALS, is_article=False, is_copy=False)
    inputs = pl.concat([articles, others]).with_columns(
        is_rejected=pl.col("input_id").is_in(rejects["input_id"].implode())
    )
    counted = inputs.group_by(PLACE).agg(
        received_count=pl.len(),
        rejected_count=pl.col("is_rejected").sum(),
        article_count=pl.col("is_article").sum(),
        copy_count=pl.col("is_copy").sum(),
    )
    gaps = find_gaps(counted.filter(pl.col("article_count") > 0)).with_columns(is_gap=True)
    joined = join_places(join_places(counted, gaps), expected)
    return shape_rows(joined.with_columns(name_place(), *fill_counts()), "ledger")


def join_places(left: pl.DataFrame, right: pl.DataFrame) -> pl.DataFrame:
    """Rows of both, those of one day and outlet as one."""
    return left.join(right, on=PLACE, how="full", coalesce=True, nulls_equal=True)


def name_place() -> pl.Expr:
    """ledger_id."""
    day = pl.col("published_date").cast(pl.String).fill_null("undated")
    return pl.concat_str([day, pl.lit(":"), pl.col("outlet").fill_null("")]).alias("ledger_id")


def fill_counts() -> list[pl.Expr]:
    """What a row has that stands for a gap or an expectation only."""
    counts = pl.col("received_count", "rejected_count", "article_count", "copy_count").fill_null(0)
    return [counts, pl.col("is_gap").fill_null(False)]


def find_gaps(published: pl.DataFrame) -> pl.DataFrame:
    """published_date and outlet of each gap; `published` has published_date, outlet, article_count (above 0).

    A gap is a day without articles of an outlet, between its first day with articles and its last, on a weekday on
    which the median of its articles over the WEEKS before is above 0. Weeks before its first day do not count; where
    there are fewer than FEWEST_WEEKS, nothing is a gap. An outlet that gives up a weekday for good so shows
    gaps for half of WEEKS, and then none.
    """
    dated = published.drop_nulls(PLACE).sort("outlet", "published_date")
    if dated.is_empty():
        return dated.select(PLACE)
    grid = fill_days(dated)
    before = [pl.col("article_count").shift(7 * week).over("outlet") for week in range(1, WEEKS + 1)]
    weeks = pl.concat_list(before).list.drop_nulls()
    usual = (weeks.list.len() >= FEWEST_WEEKS) & (weeks.list.median() > 0)
    return grid.filter((pl.col("article_count") == 0) & usual).select(PLACE)


def fill_days(dated: pl.DataFrame) -> pl.DataFrame:
    """One row for each outlet and each day from its first to its last, in order, with article_count."""
    ends = dated.group_by("outlet").agg(first=pl.col("published_date").min(), last=pl.col("published_date").max())
    days = ends.select("outlet", published_date=pl.date_ranges("first", "last")).explode("published_date")
    filled = days.join(dated.select(*PLACE, "article_count"), on=PLACE, how="left")
    return filled.with_columns(pl.col("article_count").cast(pl.Int64).fill_null(0)).sort("outlet", "published_date")
