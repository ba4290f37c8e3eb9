"""What a recorded run leaves on its page in Prefect."""

from pathlib import Path
from typing import Any

import polars as pl
from prefect.artifacts import create_markdown_artifact, create_table_artifact

from quotidian.flows.run import Report

SLOWEST = 10
SPEAKERS, SAID_CHARS = 10, 200


def list_speakers(snapshot: Path) -> pl.DataFrame:
    """Those who are quoted most, with the surest of their direct quotations: name, quotations, articles, said."""
    entities = pl.scan_parquet(f"{snapshot}/entities/*.parquet").filter(pl.col("quote_count") > 0)
    most = entities.sort("quote_count", "entity_id", descending=[True, False]).head(SPEAKERS)
    quotes = pl.scan_parquet(f"{snapshot}/quotes/**/*.parquet").filter((pl.col("kind") == "direct") & pl.col("is_said"))
    surest = quotes.sort("confidence", "quote_id", descending=[True, False]).unique(
        "speaker_entity_id", keep="first", maintain_order=True
    )
    said = surest.select(entity_id="speaker_entity_id", said=pl.col("content").str.head(SAID_CHARS))
    joined = most.join(said, on="entity_id", how="left", maintain_order="left")
    return joined.select("name", quotations="quote_count", articles="article_count", said="said").collect()


def count_rejects(snapshot: Path) -> pl.DataFrame:
    """Rows of rejects by room and reason: step, reason, inputs."""
    rejects = pl.scan_parquet(f"{snapshot}/rejects/*.parquet")
    return rejects.group_by("step", "reason").agg(inputs=pl.len()).sort("step", "reason").collect()


def leave_artifacts(report: Report) -> None:
    """Rows by table, batches and seconds by room, the snapshot, who spoke, rejects, slowest batches and quality, on the page of the flow run."""
    result, published = report.result, report.result.published
    counts = [{"table": name, "rows": rows} for name, rows in published.rows.items()]
    rooms = [
        {"room": name, "batches": result.batches.get(name, 1), "seconds": round(seconds, 2)}
        for name, seconds in report.seconds.items()
    ]
    create_table_artifact(counts, key="quotidian-tables", description="Rows by table.")
    create_table_artifact(rooms, key="quotidian-rooms", description="Batches and seconds by room.")
    state = "New snapshot" if published.is_new else "Nothing new: the snapshot before stands"
    words = f"{state}: `{published.snapshot}`\n\n{result.new} of {result.seen} inputs were new."
    create_markdown_artifact(words, key="quotidian-snapshot", description="Where the tables are.")
    spoken = list_speakers(published.snapshot).to_dicts()
    create_table_artifact(spoken, key="quotidian-speakers", description="Who spoke most.")
    rejects = count_rejects(published.snapshot).to_dicts()
    create_table_artifact(rejects, key="quotidian-rejects", description="Rejected inputs by room and reason.")
    slowest = sorted(report.batch_times, key=lambda batch: -batch.seconds)[:SLOWEST]
    create_table_artifact(
        [batch._asdict() for batch in slowest], key="quotidian-slowest", description="Slowest batches."
    )
    quality = measure_quality(published.snapshot)
    create_table_artifact(quality, key="quotidian-quality", description="What to watch from run to run.")


def measure_quality(snapshot: Path) -> list[dict[str, Any]]:
    """Rows of what tells that texts or rules have changed: shares, a mean, and articles by flag, of the whole snapshot.

    How right the tables are on gold data is another matter, and stands in the table `quality`.
    """
    articles, quotes = (pl.scan_parquet(f"{snapshot}/{table}/**/*.parquet") for table in ("articles", "quotes"))
    removed, kept = pl.col("removed_chars").sum(), pl.col("body_chars").sum()
    flag = pl.col("quality_flags").str.split(" ").explode().alias("flag")
    shares = {
        "share of the characters that cleaning removed": articles.select(removed / (removed + kept)),
        "share of quotations with a speaker who is an entity": quotes.select(
            pl.col("speaker_entity_id").is_not_null().mean()
        ),
        "mean confidence of quotations": quotes.select(pl.col("confidence").mean()),
    }
    flags = (
        articles.select(flag)
        .filter(pl.col("flag") != "")
        .group_by("flag")
        .agg(articles=pl.len())
        .sort("flag")
        .collect()
    )
    measured = [{"what": what, "value": round(frame.collect().item() or 0.0, 3)} for what, frame in shares.items()]
    return measured + [{"what": f"articles flagged {name}", "value": count} for name, count in flags.iter_rows()]
