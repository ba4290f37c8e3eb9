"""Quality on gold data that is not part of the project: `make eval EVAL=FOLDER`.

The folder holds gold files and their scorers, as its own README describes. Everything runs through the same code as
the pipeline: `quotidian annotate` for quotations and entities, the deduplicate room for groups, `training/cross_validate.py` for junk.
Prints one line a figure; with --json one object; with --write the figures go into `seeds/quality.csv`, which every snapshot
carries as the table `quality`, and into the table of `docs/figures.md`.
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
from deduplicate import link_gold, score_entities
from quality_file import write_quality

from quotidian.tasks.deduplicate.link_articles import link_articles
from quotidian.tasks.deduplicate.settings import DeduplicateSettings
from quotidian.tasks.deduplicate.sketch import SKETCH_SCHEMA, sketch_article
from quotidian.tasks.extract.settings import ExtractSettings

CROSS_VALIDATION = Path(__file__).parent.parent / "training" / "cross_validate.py"
BARE_LABELS = ("PERSON", "ORG", "GPE", "LOC")
OVERLAPS = {"50": "iou_50", "80": "iou_80", "exact": "exact"}
SIDES = ("precision", "recall")

Figures = dict[str, dict[str, float]]
"""Measure -> score, and where they were measured precision, recall, gold_articles, gold_items, peer_score."""


def read_lines(path: Path) -> Iterator[dict]:
    """Objects of a file of JSON lines."""
    with path.open(encoding="utf-8") as file:
        yield from map(json.loads, file)


def count_lines(path: Path) -> int:
    """Articles of a gold file."""
    return sum(1 for _ in read_lines(path))


def write_lines(path: Path, rows: Iterator[dict]) -> Path:
    """Write JSON lines; return the path."""
    with path.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(row) + "\n" for row in rows)
    return path


def run_scorer(folder: Path, scorer: str, gold: Path, predicted: Path, *arguments: str) -> dict:
    """What a scorer of the folder prints."""
    command = [sys.executable, folder / scorer, gold, predicted, *arguments]
    return json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout)


def take_f1(scores: dict[str, float], **facts: float) -> dict[str, float]:
    """A figure of an F1 score with both its sides."""
    return {"score": scores["f1"], **{side: scores[side] for side in SIDES}, **facts}


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


def measure_quotes(folder: Path, variant: str, work: Path) -> Figures:
    """F1 of quotations at three overlaps, and the share of right speakers; `variant` is empty or `_unmarked`."""
    gold = folder / "quotes" / f"check{variant}.jsonl"
    scores = run_scorer(folder, "score_quotes.py", gold, annotate(gold, work / gold.name))
    articles, items = count_lines(gold), sum(scores["gold"].values())
    counts = {"gold_articles": articles, "gold_items": items}
    quotes = {f"quotes{variant}_{name}": take_f1(scores[key], **counts) for name, key in OVERLAPS.items()}
    return quotes | {f"speakers{variant}": {"score": scores["speaker_accuracy"], "gold_articles": articles}}


def measure_names(folder: Path, work: Path) -> Figures:
    """F1 of people, organisations and places, ours and the bare model's."""
    gold = folder / "entities" / "check.jsonl"
    ours = run_scorer(folder, "score_entities.py", gold, annotate(gold, work / "entities.jsonl"))
    bare = run_scorer(folder, "score_entities.py", gold, annotate_bare(gold, work / "bare.jsonl"))
    articles = count_lines(gold)
    return {
        "names" if kind == "all" else f"names_{kind}": take_f1(
            scores, gold_articles=articles, gold_items=scores["gold"], peer_score=bare[kind]["f1"]
        )
        for kind, scores in ours.items()
    }


def measure_junk(folder: Path) -> Figures:
    """F1 of removed junk lines, and the share of body characters kept, by cross-validation over sites."""
    done = subprocess.run([sys.executable, CROSS_VALIDATION, folder], capture_output=True, check=True, text=True)
    scores = json.loads(done.stdout)["patterns and learned"]
    junk, body, articles = scores["junk"], scores["body"], count_lines(folder / "junk" / "check.jsonl")
    return {
        "junk_lines": take_f1(junk, gold_articles=articles, gold_items=junk["lines"]),
        "body_kept": {"score": body["characters_kept"], "gold_articles": articles, "gold_items": body["lines"]},
    }


def measure_groups(folder: Path, work: Path) -> Figures:
    """Pair F1 of copies, B-cubed F1 of stories and of names across the articles of stories."""
    copies, stories = folder / "duplicates" / "check.jsonl", folder / "stories" / "check.jsonl"
    pairs = run_scorer(
        folder, "score_groups.py", copies, group_articles(copies, work / "c.jsonl", "copy_group"), "copy"
    )
    told = run_scorer(
        folder, "score_groups.py", stories, group_articles(stories, work / "s.jsonl", "story_id"), "event"
    )
    rows = list(read_lines(stories))
    chains = score_entities(rows, link_gold(rows, 0))
    linked, equal = chains["chains linked"], chains["chains by exact name"]
    return {
        "copies": take_f1(pairs["pairs"], gold_articles=pairs["articles"], gold_items=pairs["articles"]),
        "stories": take_f1(told["bcubed"], gold_articles=told["articles"], gold_items=told["articles"]),
        "entities": take_f1(linked, gold_articles=len(rows), gold_items=linked["mentions"], peer_score=equal["f1"]),
    }


def measure_identity(gold: Path, prefix: str, work: Path) -> Figures:
    """Who is who over an archive, and the types of its names: shares of pairs of mentions, and of names, that are right; `gold` has
    archive.jsonl, identity.jsonl and types.jsonl, its parent the scorers."""
    data, archive, to = work / gold.name, gold / "archive.jsonl", work / f"{gold.name}_mentions.jsonl"
    run = Path(sys.executable).parent / "quotidian"
    subprocess.run([run, "run", archive, "--data", data, "--inline"], check=True, stdout=subprocess.DEVNULL)
    predict = [sys.executable, gold.parent / "predict_identity.py", data, archive, to]
    subprocess.run(predict, check=True, stdout=subprocess.DEVNULL)
    told = run_scorer(
        gold.parent, "score_identity.py", gold / "identity.jsonl", to, "--types", str(gold / "types.jsonl")
    )
    who, types, articles = told["overall"], told["types"], count_lines(archive)
    return {
        f"{prefix}same": {"score": who["must_accuracy"], "gold_articles": articles, "gold_items": who["must"]},
        f"{prefix}different": {"score": who["cannot_accuracy"], "gold_articles": articles, "gold_items": who["cannot"]},
        f"{prefix}types": {"score": types["accuracy"], "gold_articles": articles, "gold_items": types["mentions"]},
    }


def measure_open_texts(folder: Path, work: Path) -> Figures:
    """Who is who, types of names, and whom pronouns that speak mean, on openly licensed texts (GUM) that anybody can measure again."""
    gold = folder / "gum"
    archive = gold / "archive.jsonl"
    annotated = annotate(archive, work / "gum_quotes.jsonl")
    pronouns = measure_pronouns(gold / "pronouns.jsonl", annotated, count_lines(archive))
    return measure_identity(gold, "open_", work) | {"open_pronouns": pronouns}


def measure_pronouns(gold: Path, annotated: Path, articles: int) -> dict[str, float]:
    """Of pronouns that speak (`of` has the fullest name that is meant), how many mean somebody, and the right one: they share a word."""
    quotes = {(row["id"], quote["speaker_start"]): quote for row in read_lines(annotated) for quote in row["quotes"]}
    asked = [(row, quotes[row["id"], row["start"]]) for row in read_lines(gold) if (row["id"], row["start"]) in quotes]
    named = [(row["of"], quote["speaker"]) for row, quote in asked if quote["speaker"]]
    right = sum(not set(meant.split()).isdisjoint(name.split()) for meant, name in named)
    counts = {"precision": round(right / len(named), 4), "recall": round(right / len(asked), 4)}
    f1 = round(2 * right / (len(named) + len(asked)), 4)
    return {"score": f1, **counts, "gold_articles": articles, "gold_items": len(asked)}


def describe_figure(name: str, figure: dict[str, float]) -> str:
    """One line: score, measure, and precision and recall where there are both."""
    sides = ", ".join(f"{side} {figure[side]:.3f}" for side in SIDES if side in figure)
    return f"{figure['score']:.3f}  {name}" + (f" ({sides})" if sides else "")


def main() -> None:
    """Run all scorers and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--write", action="store_true", help="write seeds/quality.csv and docs/figures.md")
    options = parser.parse_args()
    if not options.folder.is_dir():
        sys.exit(f"{options.folder} is no folder: give the one that holds the gold data.")
    scorers: tuple[Callable[[Path], Figures], ...] = (
        lambda work: measure_quotes(options.folder, "", work),
        lambda work: measure_quotes(options.folder, "_unmarked", work),
        lambda work: measure_names(options.folder, work),
        lambda _: measure_junk(options.folder),
        lambda work: measure_groups(options.folder, work),
        lambda work: measure_identity(options.folder / "identity", "", work),
        lambda work: measure_open_texts(options.folder, work),
    )
    with tempfile.TemporaryDirectory() as work:
        figures = {name: figure for scorer in scorers for name, figure in scorer(Path(work)).items()}
    if options.write:
        write_quality(figures)
    if options.json:
        print(json.dumps(figures, indent=1))
    else:
        print("\n".join(describe_figure(name, figure) for name, figure in figures.items()))


if __name__ == "__main__":
    main()
