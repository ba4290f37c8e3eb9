"""What a person, or a script, sees at the end of a run."""

from dataclasses import asdict

import polars as pl
from rich.table import Table
from rich.text import Text

from quotidian.flows.commands.missing import describe_missing
from quotidian.flows.process.terminal import open_console
from quotidian.flows.run import Report
from quotidian.flows.running.plan import count_articles
from quotidian.tasks.ingest.settings import IngestSettings
from quotidian.tasks.publish.publish import Published

SHOWN = ("articles", "sentences", "mentions", "entities", "quotes", "statements", "stories", "rejects")
QUOTATIONS = 4
QUOTE_CHARS = 160
IDLE_LINES = 20
"""Lines of a list that the summary names."""


def print_summary(report: Report, settings: IngestSettings) -> None:
    """Counts, where the tables are, time by room, and a few quotations."""
    console = open_console(soft_wrap=True)
    result, published = report.result, report.result.published
    counts = Table(box=None, show_header=False, pad_edge=False)
    for name in SHOWN:
        counts.add_row(name, f"{published.rows[name]:,}")
    console.print(counts)
    console.print(f"\n{describe_news(report)}")
    if published.older:
        console.print(
            f"As another version made them stand {count_articles(published.older)}; a run without --from and --to redoes them."
        )
    console.print(Text(f"Tables: {published.snapshot}"))
    console.print("Time: " + ", ".join(f"{room} {seconds:.1f} s" for room, seconds in report.seconds.items()))
    for damage in report.damage:
        console.print(str(damage))
    for line in describe_set_aside(report):
        console.print(line)
    for line in (*describe_corrections(result.corrections), *describe_knowledge(result.knowledge)):
        console.print(line)
    for line in describe_unused(published.snapshot.as_posix()):
        console.print(line)
    for line in describe_missing(published.snapshot, settings):
        console.print(line)
    for quote in pick_quotes(published.snapshot.as_posix()):
        console.print(quote)
    if result.new and published.rows["rejects"]:
        console.print("\nWhy inputs were rejected: `quotidian status`.")


def describe_news(report: Report) -> str:
    """One sentence on what was new."""
    result = report.result
    done = [f"{number} batch{'es' * (number > 1)} of {room}" for room, number in result.batches.items() if number]
    if not result.seen and not done:
        news = "There was no article to read in " + ", ".join(report.parameters["sources"])
    elif not result.new and not done:
        news = f"Nothing to do: all {result.seen} inputs were archived and finished before"
    else:
        news = f"{result.new} of {result.seen} inputs were new; ran {', '.join(done) or 'no batch'}"
    return f"{news}. {describe_snapshot(result.published)}"


def describe_snapshot(published: Published) -> str:
    """One sentence on what was published."""
    if not published.is_new:
        return "The snapshot before stands."
    if published.days_written == published.days:
        return "A new snapshot is current."
    return f"A new snapshot is current: {published.days_written} of {published.days} days are new, the others linked."


def describe_set_aside(report: Report) -> list[str]:
    """The articles that killed their worker or held it up, and the command that shows each again."""
    return [
        f"Set aside in {one.room}: {one.reason}; `quotidian reproduce {one.key}` shows it again."
        for one in report.set_aside
    ]


def describe_corrections(effects: list[dict]) -> list[str]:
    """How many lines of corrections had an effect, and each that had none."""
    if not effects:
        return []
    idle = [f"  {e['file']} line {e['line']} had no effect: {e['detail']}" for e in effects if not e["has_effect"]]
    return [f"Corrections: {len(effects) - len(idle)} of {len(effects)} lines had an effect.", *idle]


def describe_knowledge(effects: list[dict]) -> list[str]:
    """For each list how many of its lines gave an id, and the first of those that met a name and gave none."""
    said = []
    for file in dict.fromkeys(effect["file"] for effect in effects):
        own = [effect for effect in effects if effect["file"] == file]
        idle = [e for e in own if not e["has_effect"] and e["line"] is not None]
        given = sum(effect["has_effect"] for effect in own)
        said.append(f"Knowledge: {given} of {own[0]['lines']:,} lines of {file} gave an entity its id.")
        said += [f"  {file} line {e['line']} gave none: {e['detail']}" for e in idle[:IDLE_LINES]]
        said += [f"  … and {len(idle) - IDLE_LINES} more, which --json names."] if len(idle) > IDLE_LINES else []
    return said


def describe_unused(snapshot: str) -> list[str]:
    """How many values that sources declare could not be used, by the reason; nothing where all could."""
    values = pl.scan_parquet(f"{snapshot}/metadata/**/*.parquet").select("problem").drop_nulls()
    counted = values.group_by("problem").len().sort("problem").collect().rows()
    if not counted:
        return []
    reasons = ", ".join(f"{problem} {number:,}" for problem, number in counted)
    return [f"Declared values that could not be used: {reasons}; they stand in the table metadata."]


def pick_quotes(snapshot: str) -> list[Text]:
    """The surest quotation of each of a few named speakers."""
    quotes = pl.scan_parquet(f"{snapshot}/quotes/**/*.parquet")
    names = pl.scan_parquet(f"{snapshot}/entities/*.parquet").select(speaker_entity_id="entity_id", name="name")
    said = quotes.filter(pl.col("is_said") & (pl.col("speaker_kind") == "named")).join(names, on="speaker_entity_id")
    best = said.sort("confidence", "quote_id", descending=[True, False]).unique(
        "name", keep="first", maintain_order=True
    )
    rows = best.head(QUOTATIONS).select("name", "content").collect().rows()
    return [print_quote(name, text) for name, text in rows]


def print_quote(name: str, text: str) -> Text:
    """One quotation, shortened, after an empty line."""
    line = " ".join(text.split())
    short = line if len(line) <= QUOTE_CHARS else line[:QUOTE_CHARS].rsplit(" ", 1)[0] + " …"
    return Text.assemble("\n", (name, "bold"), f": “{short}”")


def report_values(report: Report) -> dict:
    """The report as plain values, for --json."""
    result = report.result
    return {
        "run_id": report.run_id,
        "state": report.state,
        "snapshot": str(result.published.snapshot),
        "is_new": result.published.is_new,
        "inputs_seen": result.seen,
        "inputs_new": result.new,
        "batches": result.batches,
        "rows": result.published.rows,
        "days": result.published.days,
        "days_written": result.published.days_written,
        "extracted": {"new": result.plan.new, "redone": result.plan.redone},
        "older_articles": result.published.older,
        "damage": [asdict(damage) for damage in report.damage],
        "set_aside": [one._asdict() for one in report.set_aside],
        "corrections": result.corrections,
        "knowledge": result.knowledge,
        "versions": asdict(result.versions),
        "seconds": {room: round(seconds, 3) for room, seconds in report.seconds.items()},
    }
