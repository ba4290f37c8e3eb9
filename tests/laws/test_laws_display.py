"""Headlines and captions: slices of their own texts, nothing of `quotes` doubled, and no body extracted again for a new headline."""

import json
from pathlib import Path

import polars as pl
import pytest

from quotidian.tasks.ingest.settings import IngestSettings
from quotidian.tasks.publish.check import check_snapshot
from quotidian.tasks.publish.contracts import ContractBroken, check_slices

BODY = (
    "Mayor Ann Castle spoke in Marlow on Wednesday. “We will repair the bridge by autumn,” Castle said. "
    "Peter Stone said the council had no money for it. Nobody else spoke at the meeting, which ended at noon."
)
PAGE = (
    "<html><head><title>Market hall reopens</title></head><body><article><h1>Market hall reopens</h1>"
    "<figure><img src='a.jpg'><figcaption>Mayor Ann Castle says the hall will open on Sundays, too.</figcaption></figure>"
    "<p>The market hall of Marlow opened again on Friday. Mayor Ann Castle cut a ribbon before some hundred people.</p>"
    "<p>“It took us three years,” Castle said. The hall had burnt down in the summer of the great drought.</p>"
    "</article></body></html>"
)


def write_article(folder: Path, title: str | None) -> Path:
    """A folder with one article of the body."""
    folder.mkdir()
    record = {"url": f"https://paper.example/{folder.name}", "published": "2024-05-01", "text": BODY, "title": title}
    (folder / "article.jsonl").write_text(json.dumps(record))
    return folder


def read(result, table: str) -> pl.DataFrame:
    """Rows of a published table."""
    return pl.read_parquet(f"{result.published.snapshot}/{table}/**/*.parquet", hive_partitioning=False)


def test_a_new_headline_costs_no_extraction_and_doubles_nothing(run_here, tmp_path: Path) -> None:
    plain = run_here(tmp_path / "data", write_article(tmp_path / "plain", None))
    first = run_here(tmp_path / "data", write_article(tmp_path / "one", "‘We will repair the bridge’, says mayor"))
    second = run_here(tmp_path / "data", write_article(tmp_path / "two", "No money for bridge, Stone says"))
    assert [result.batches["extract"] for result in (plain, first, second)] == [1, 0, 0]
    shown = read(second, "display_quotes").join(read(second, "entities").select("entity_id", "name"), left_on="speaker_entity_id", right_on="entity_id")  # fmt: skip
    assert sorted(shown.select("text", "name", "where").rows()) == [
        ("No money for bridge", "Peter Stone", "title"),
        ("We will repair the bridge", "Ann Castle", "title"),
    ]
    quotes, statements = read(second, "quotes"), read(second, "statements")
    assert quotes.height == 3 * read(plain, "quotes").height
    assert (
        statements.select("text", "independent_count")
        .sort("text")
        .equals(read(plain, "statements").select("text", "independent_count").sort("text"))
    )
    repeated = shown.filter(pl.col("text").str.contains("repair")).join(
        quotes, left_on="body_quote_id", right_on="quote_id"
    )
    assert repeated["content"].to_list() == ["We will repair the bridge by autumn,".rstrip(",")]
    assert repeated.select(pl.col("statement_id") == pl.col("statement_id_right")).item()
    assert check_snapshot(second.published.snapshot, tmp_path / "data", IngestSettings()) == []


def test_all_at_once_gives_the_same(run_here, table_hashes, tmp_path: Path) -> None:
    one = write_article(tmp_path / "one", "‘We will repair the bridge’, says mayor")
    two = write_article(tmp_path / "two", "No money for bridge, Stone says")
    run_here(tmp_path / "data", one)
    apart = run_here(tmp_path / "data", two)
    whole = run_here(tmp_path / "whole", one, two)
    assert table_hashes(apart.published.snapshot) == table_hashes(whole.published.snapshot)


def test_captions_are_slices_of_metadata(run_here, tmp_path: Path) -> None:
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "hall.html").write_text(PAGE)
    result = run_here(tmp_path / "data", tmp_path / "pages")
    row = read(result, "display_quotes").row(0, named=True)
    captions = read(result, "metadata").filter(article_id=row["article_id"], value_index=row["value_index"])
    assert (row["where"], row["text"]) == ("caption", "the hall will open on Sundays, too")
    assert captions["value"].item()[row["start"] : row["end"]] == row["text"]
    assert check_snapshot(result.published.snapshot, tmp_path / "data", IngestSettings()) == []


@pytest.mark.parametrize(("where", "value_index"), [("title", None), ("caption", 4)])
def test_a_text_that_is_no_slice_is_refused(where: str, value_index: int | None) -> None:
    spans = {f"{name}_{side}": [None] for name in ("cue", "speaker") for side in ("start", "end")}
    rows = pl.DataFrame(
        {"display_quote_id": ["a:x"], "article_id": ["a"], "where": [where], "value_index": [value_index], "start": [0], "end": [4], "text": ["Rain"]}
        | spans
        | {"cue": [None], "speaker_text": [None]},
        schema_overrides=dict.fromkeys(spans, pl.Int32) | dict.fromkeys(("cue", "speaker_text"), pl.String) | {"value_index": pl.Int32},
    )  # fmt: skip
    articles = pl.DataFrame({"article_id": ["a"], "body": ["Snow fell"], "title": ["Rain fell"]})
    metadata = pl.DataFrame(
        {"article_id": ["a"], "value_index": [4], "value": ["Rain fell"]}, schema_overrides={"value_index": pl.Int32}
    )
    check_slices("display_quotes", rows, articles, metadata)
    with pytest.raises(ContractBroken, match="headline or caption"):
        check_slices("display_quotes", rows.with_columns(text=pl.lit("Snow")), articles, metadata)
