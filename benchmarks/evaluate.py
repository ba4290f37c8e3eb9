"""Quality on gold data that is not part of the project: `make eval EVAL=FOLDER`.

The folder holds gold files and their scorers, as its own README describes. Everything runs through the same code as
the pipeline: `quotidian annotate` for quotations and entities, the clean and deduplicate rooms for the rest.
Prints one line a figure; with --json one object.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import polars as pl
import spacy

from quotidian.tasks.clean.article import clean_article
from quotidian.tasks.clean.cleaned import Cleaned, Declared
from quotidian.tasks.clean.settings import CleanSettings
from quotidian.tasks.deduplicate.link import link_articles
from quotidian.tasks.deduplicate.settings import DeduplicateSettings
from quotidian.tasks.deduplicate.sketch import SKETCH_SCHEMA, sketch_article
from quotidian.tasks.extract.settings import ExtractSettings

BARE_LABELS = ("PERSON", "ORG", "GPE", "LOC")


def read_lines(path: Path) -> Iterator[dict]:
    """Objects of a file of JSON lines."""
    with path.open(encoding="utf-8") as file:
        yield from map(json.loads, file)


def write_lines(path: Path, rows: Iterator[dict]) -> Path:
    """Write JSON lines; return the path."""
    with path.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(row) + "\n" for row in rows)
    return path


def run_scorer(folder: Path, scorer: str, gold: Path, predicted: Path, *arguments: str) -> dict:
    """What a scorer of the folder prints."""
    command = [sys.executable, folder / scorer, gold, predicted, *arguments]
    return json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout)


def annotate(gold: Path, to: Path) -> Path:
    """Run `quotidian annotate` on the texts of a gold file."""
    texts = write_lines(to.with_suffix(".in"), ({"id": row["id"], "text": row["text"]} for row in read_lines(gold)))
    subprocess.run([Path(sys.executable).parent / "quotidian", "annotate", texts, to], check=True)
    return to


def annotate_bare(gold: Path, to: Path) -> Path:
    """Entities of the bare spaCy pipeline."""
    nlp = spacy.load(ExtractSettings().model)
    rows = list(read_lines(gold))
    docs = nlp.pipe(row["text"] for row in rows)
    found = ([[e.start_char, e.end_char, e.label_] for e in doc.ents if e.label_ in BARE_LABELS] for doc in docs)
    return write_lines(to, ({"id": row["id"], "entities": ents} for row, ents in zip(rows, found, strict=True)))


def clean_texts(gold: Path, to: Path) -> Path:
    """Bodies that the clean room leaves of scraped pages in any language."""

    def bodies() -> Iterator[dict]:
        for row in read_lines(gold):
            outcome = clean_article(row["text"], Declared(), CleanSettings(languages=()))
            yield {"id": row["id"], "text": outcome.body if isinstance(outcome, Cleaned) else ""}

    return write_lines(to, bodies())


def group_articles(gold: Path, to: Path, group: str) -> Path:
    """Groups of the deduplicate room: `group` is copy_group or story_id."""
    rows = list(read_lines(gold))
    sketches = [{"body_hash": str(n), **sketch_article(row["text"], None, [])} for n, row in enumerate(rows)]
    articles = pl.DataFrame(
        {"article_id": [f"{n:06}" for n in range(len(rows))], "body_hash": [str(n) for n in range(len(rows))]}
    ).with_columns(
        *(pl.lit(None, pl.String).alias(name) for name in ("title", "outlet", "url")),
        published_date=pl.lit(None, pl.Date),
        word_count=pl.Series([len(row["text"].split()) for row in rows]),
    )
    schema = {"body_hash": pl.String, **SKETCH_SCHEMA}
    links = link_articles(articles, pl.DataFrame(sketches, schema=schema), DeduplicateSettings()).articles
    found = links.sort("article_id")[group]
    return write_lines(to, ({"id": row["id"], "group": name} for row, name in zip(rows, found, strict=True)))


def score_quotes(folder: Path, name: str, work: Path) -> dict[str, float]:
    """F1 of quotations at three overlaps, and the share of right speakers."""
    gold = folder / "quotes" / f"{name}.jsonl"
    scores = run_scorer(folder, "score_quotes.py", gold, annotate(gold, work / f"{name}.jsonl"))
    figures = {f"quotes/{name} F1 {key}": scores[key]["f1"] for key in ("iou_50", "iou_80", "exact")}
    return figures | {f"quotes/{name} speakers": scores["speaker_accuracy"]}


def score_entities(folder: Path, work: Path) -> dict[str, float]:
    """F1 of people, organisations and places, ours and the bare model's."""
    gold = folder / "entities" / "check.jsonl"
    ours = run_scorer(folder, "score_entities.py", gold, annotate(gold, work / "entities.jsonl"))
    bare = run_scorer(folder, "score_entities.py", gold, annotate_bare(gold, work / "bare.jsonl"))
    return {"entities/check F1": ours["all"]["f1"], "entities/check F1, bare model": bare["all"]["f1"]}


def score_junk(folder: Path, work: Path) -> dict[str, float]:
    """F1 of removed junk lines, and the share of body characters kept."""
    gold = folder / "junk" / "check.jsonl"
    scores = run_scorer(folder, "score_junk.py", gold, clean_texts(gold, work / "junk.jsonl"))
    return {"junk/check F1": scores["junk"]["f1"], "junk/check body kept": scores["body"]["characters_kept"]}


def score_groups(folder: Path, work: Path) -> dict[str, float]:
    """Pair F1 of copies, B-cubed F1 of stories."""
    copies, stories = folder / "duplicates" / "check.jsonl", folder / "stories" / "check.jsonl"
    pairs = run_scorer(
        folder, "score_groups.py", copies, group_articles(copies, work / "c.jsonl", "copy_group"), "copy"
    )
    told = run_scorer(
        folder, "score_groups.py", stories, group_articles(stories, work / "s.jsonl", "story_id"), "event"
    )
    return {
        "duplicates/check copies, pair F1": pairs["pairs"]["f1"],
        "stories/check events, B-cubed F1": told["bcubed"]["f1"],
    }


def main() -> None:
    """Run all scorers and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    if not options.folder.is_dir():
        sys.exit(f"{options.folder} is no folder: give the one that holds the gold data.")
    scorers: tuple[Callable[[Path], dict[str, float]], ...] = (
        lambda work: score_quotes(options.folder, "check", work),
        lambda work: score_quotes(options.folder, "check_unmarked", work),
        lambda work: score_entities(options.folder, work),
        lambda work: score_junk(options.folder, work),
        lambda work: score_groups(options.folder, work),
    )
    with tempfile.TemporaryDirectory() as work:
        figures = {name: value for scorer in scorers for name, value in scorer(Path(work)).items()}
    if options.json:
        print(json.dumps(figures, indent=1))
    else:
        print("\n".join(f"{value:.3f}  {name}" for name, value in figures.items()))


if __name__ == "__main__":
    main()
