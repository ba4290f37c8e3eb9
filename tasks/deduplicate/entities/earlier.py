"""Names that an earlier linking decided, beside those of now: which are told anew, and what holds of the others.

An article's names rest on its body and on what extracted it. Where all articles of the earlier linking are there as they were, the others only
add names: then a name's key may change in the stories that changed, and whom it means where it hangs together with a key that changed.
"""

from hashlib import blake2b
from typing import NamedTuple

import numpy as np
import polars as pl

from quotidian.tasks.deduplicate.entities.linked_names import count_names
from quotidian.tasks.deduplicate.entities.readings import CODED
from quotidian.tasks.deduplicate.entities.signs import Signs
from quotidian.tasks.deduplicate.kept import Kept

RESTS_ON = ("article_id", "body_hash", "extractor_version")
"""What tells the names of an article."""
NAME = ("name", "type")
KINDS = ("keys", "names", "roots", "candidates", *Signs._fields)
"""What is kept of names beside their articles, in the order of `Earlier`."""


class Earlier(NamedTuple):
    """What is known of the names of now from an earlier linking."""

    rows: np.ndarray
    """Of each name of now its row among those of then, -1 of the names of new articles."""
    is_told: np.ndarray
    """Of each name of now whether its key may be another one now."""
    countries: pl.Series
    """Of each article of now the country that it was of then."""
    keys: pl.DataFrame
    """The keys of then: key, is_person, is_other, root (the place of one that a name has)."""
    names: pl.DataFrame
    """Of each name of then the places of its key and root, and whether it is a person: key, root, is_person."""
    roots: pl.DataFrame
    """The roots of then: root, label, id, name, type."""
    candidates: pl.DataFrame
    """Columns of CANDIDATES."""
    signs: Signs
    """Of the keys of then."""

    def recall(self, column: str) -> np.ndarray:
        """A column of `names` for each name of now, as numbers; -1 for those of new articles."""
        known = self.names[column].cast(pl.Int64).to_numpy()
        return np.where(self.rows >= 0, known[self.rows], -1)


def mark_articles(articles: pl.DataFrame) -> pl.DataFrame:
    """Adds mark: 64 bits for all that the names of an article rest on, the columns of RESTS_ON."""
    texts = articles.select(pl.concat_str(RESTS_ON, separator="\x1f", ignore_nulls=True)).to_series().to_list()
    marks = [int.from_bytes(blake2b(text.encode(), digest_size=8).digest()) for text in texts]
    return articles.with_columns(mark=pl.Series(marks, dtype=pl.UInt64))


def list_articles(names: pl.DataFrame, article_links: pl.DataFrame) -> pl.DataFrame:
    """article_id, names (how many), story_id and, where it is known, mark: one row for each article that has names; names are sorted by
    article."""
    mark = "mark" if "mark" in article_links.columns else pl.lit(None, pl.UInt64).alias("mark")
    own = article_links.select("article_id", "story_id", mark)
    return count_names(names).join(own, on="article_id", how="left", maintain_order="left")


def recall_names(names: pl.DataFrame, articles: pl.DataFrame, kept: Kept) -> Earlier | None:
    """What an earlier linking decided of names, where none of its articles is gone or was extracted anew; `articles` are those of `list_articles`."""
    then = kept.recall("entity_articles")
    counts = then["names"].to_numpy().astype(np.int64)
    started = then.select("mark", "country", was="story_id", start=pl.Series(np.cumsum(counts) - counts))
    placed = articles.join(started, on="mark", how="left", maintain_order="left")
    if then.is_empty() or placed["start"].count() != len(then):
        return None
    sizes = articles["names"].to_numpy().astype(np.int64)
    starts = np.cumsum(sizes) - sizes
    start = placed["start"].fill_null(-1).to_numpy()
    rows = np.where(np.repeat(start < 0, sizes), -1, np.repeat(start - starts, sizes) + np.arange(sizes.sum()))
    kept.after["told"] = kept.recall("told")
    keys, named, roots, candidates, *signs = (kept.recall(f"entity_{kind}") for kind in KINDS)
    named = named.with_columns(pl.col("root").fill_null(keys["root"].gather(named["key"])))
    is_told = find_told(names, placed, sizes, rows < 0)
    return Earlier(rows, is_told, placed["country"], keys, named, roots, candidates, Signs(*signs))


def find_told(names: pl.DataFrame, placed: pl.DataFrame, sizes: np.ndarray, is_new: np.ndarray) -> np.ndarray:
    """Whether each name stands in a story that has other articles than then, or a name whose usual type is another one."""
    story, was = placed["story_id"].fill_null(""), placed["was"].fill_null("")
    is_changed = (placed["start"].is_null() | (story != was)).to_numpy().copy()
    told = names.filter(is_new)["name"].unique()
    used = names.select(*NAME, "mention_count").with_columns(is_new=is_new).filter(pl.col("name").is_in(told.implode()))
    before = find_types(used.filter(~pl.col("is_new"))).rename({"type": "was"})
    others = find_types(used).join(before, on="name").filter(pl.col("type") != pl.col("was"))["name"]
    if len(others):
        owners = np.repeat(np.arange(len(sizes)), sizes)
        is_changed[owners[names["name"].is_in(others.implode()).to_numpy()]] = True
    changed = pl.concat([story.filter(is_changed), was.filter(is_changed & placed["start"].is_not_null().to_numpy())])
    return np.repeat(story.is_in(changed.unique().implode()).to_numpy(), sizes)


def find_types(uses: pl.DataFrame) -> pl.DataFrame:
    """name, type: the type of most mentions of each name, ties to the alphabetically first; `uses` has mention_count."""
    counted = uses.group_by(NAME).agg(pl.col("mention_count").cast(pl.Int64).sum()).cast({CODED: pl.String})
    ranked = counted.sort("name", pl.col("mention_count") * -1, "type")
    return ranked.unique("name", keep="first", maintain_order=True).select(NAME)
