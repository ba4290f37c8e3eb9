"""The measured figures in the project's own files: `seeds/quality.csv` and the table of `docs/figures.md`.

Words (what was asked, of which columns, on which gold, what others reach) are edited by people in the CSV file; numbers, day
and versions are written here.
"""

import csv
import re
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from quotidian.tasks.clean.settings import CleanSettings
from quotidian.tasks.clean.work import clean_version
from quotidian.tasks.deduplicate.sketches import deduplicate_version
from quotidian.tasks.extract.settings import ExtractSettings
from quotidian.tasks.extract.work import extract_version, model_version
from quotidian.tasks.ingest.settings import IngestSettings

ROOT = Path(__file__).parent.parent
MEASURED = ("score", "precision", "recall", "gold_articles", "gold_items", "peer_score")
TABLE = re.compile(r"(<!-- quality: [^\n]*-->\n).*?(<!-- end of quality -->)", re.DOTALL)


def find_versions() -> dict[str, str]:
    """Version of each measured room with its default settings, as manifests have it."""
    return {
        "clean": clean_version(CleanSettings(), IngestSettings()),
        "extract": extract_version(ExtractSettings()),
        "deduplicate": deduplicate_version(),
    }


def describe_release() -> str:
    """Release and model."""
    model = ExtractSettings().model
    return f"quotidian {version('quotidian')}, {model} {model_version(model)}"


def update_row(row: dict[str, str], figure: dict[str, float], versions: dict[str, str], day: str) -> dict[str, str]:
    """A line of the file with new numbers."""
    numbers = {name: str(figure[name]) for name in MEASURED if name in figure}
    facts = {"measured_date": day, "measured_version": versions[row["step"]], "measured_with": describe_release()}
    return row | numbers | facts


def write_quality(figures: dict[str, dict[str, float]]) -> None:
    """Write the figures; raises ValueError where the file and what was measured name different measures."""
    path = ROOT / "seeds" / "quality.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    named = {row["measure"] for row in rows}
    if named != set(figures):
        raise ValueError(f"{path.name} and the measurements differ in {sorted(named ^ set(figures))}")
    versions, day = find_versions(), datetime.now(UTC).date().isoformat()
    rows = [update_row(row, figures[row["measure"]], versions, day) for row in rows]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    figures_page = ROOT / "docs" / "figures.md"
    figures_page.write_text(replace_table(figures_page.read_text(encoding="utf-8"), rows), encoding="utf-8")


def replace_table(page: str, rows: list[dict[str, str]]) -> str:
    """The page with the table of `rows` between its two marks."""
    return TABLE.sub(lambda found: found[1] + print_table(rows) + found[2], page, count=1)


def print_table(rows: list[dict[str, str]]) -> str:
    """The figures as a Markdown table."""
    head = "| measure | what was asked | score | precision | recall | articles | others on the same gold |\n|---|---|---|---|---|---|---|\n"
    return head + "".join(print_row(row) for row in rows)


def print_row(row: dict[str, str]) -> str:
    """One line of the table."""
    score, precision, recall, peer = (print_share(row[n]) for n in ("score", "precision", "recall", "peer_score"))
    others = f"{row['peer']} {peer}" if peer else ""
    kind = {"f1": "F1", "bcubed_f1": "B-cubed F1", "share": "share"}[row["metric"]]
    return f"| {row['measure']} | {row['question']} | {kind} {score} | {precision} | {recall} | {row['gold_articles']} | {others} |\n"


def print_share(number: str) -> str:
    """A share with three decimals and no leading zero: .822."""
    return f"{float(number):.3f}".removeprefix("0") if number else ""
