"""Learn the weights of seeds/confidence.csv: `python benchmarks/confidence.py FOLDER [--write] [--parses FILE]`.

FOLDER holds gold files `quotes/*.jsonl` with lines of {"id", "text", "quotes": [{"spans", "type", "speaker_spans"}]}. A quotation is
right where its letters and digits overlap those of a gold quotation by at least .8 (intersection over union) and its speaker
overlaps the gold speaker, where there is one; predictions that match no gold quotation are wrong.

Weights are learned on `tune`, with and without its marks (logistic regression with a penalty). The rules were written on these articles
and are better there than elsewhere, so one number, the level, is set on `check`. What they foretell is measured on `check` too, each half of
its articles with the level of the other: expected and observed by band, and the mean squared error (Brier score), beside
that of the shares of the whole file. With --write the weights go into the file; with --parses the parses are kept in FILE and read from there
where it exists.
"""

import argparse
import csv
import json
import pickle
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
from rules import SETTINGS

import quotidian.seeds
from quotidian.tasks.extract.annotate import link_page, load_model
from quotidian.tasks.extract.assemble import make_quote
from quotidian.tasks.extract.parsing.parse import Parse
from quotidian.tasks.extract.parsing.parse_text import parse_text
from quotidian.tasks.extract.quotes.confidence import Feature, describe_saying
from quotidian.tasks.extract.quotes.find_quotes import find_sayings
from quotidian.tasks.extract.quotes.page import read_page
from quotidian.tasks.extract.speakers.attribute import attribute_sayings

TABLE = Path(quotidian.seeds.__file__).parent / "confidence.csv"
OVERLAP = 0.8
PENALTY = 5.0
"""Of the square of each weight; the error on `check` is flat from 3 to 15."""
FEWEST = 5
"""Quotations from which a value has a weight."""
BANDS = 10


class Judged(NamedTuple):
    """One quotation: its article, its features, whether it is right."""

    article: str
    features: tuple[Feature, ...]
    is_right: bool


def letters(text: str, spans: list) -> set[int]:
    """Places of letters and digits in some spans."""
    return {place for start, end in spans for place in range(start, end) if text[place].isalnum()}


def is_right(text: str, quote, gold: list[dict]) -> bool:
    """Whether a quotation is one of the gold ones, with its speaker."""
    own = letters(text, quote.parts)
    for row in gold:
        wanted = letters(text, row["spans"])
        if own and len(own & wanted) >= OVERLAP * len(own | wanted):
            speaker = {place for start, end in row.get("speaker_spans") or [] for place in range(start, end)}
            found = range(quote.speaker_start or 0, quote.speaker_end or 0)
            return not speaker or bool(speaker.intersection(found))
    return False


def judge_file(path: Path, parses: dict[str, Parse]) -> Iterator[Judged]:
    """The quotations of one gold file."""
    for line in path.read_text(encoding="utf-8").splitlines():
        gold = json.loads(line)
        parse = parses.get(gold["text"]) or parse_text(gold["text"], load_model(SETTINGS.model), SETTINGS)
        page = read_page(parses.setdefault(gold["text"], parse))
        quotes = {}
        for attribution in attribute_sayings(page, link_page(page), find_sayings(page)):
            quote, speaker = make_quote(page, attribution, {}, {}), attribution.speaker
            way, is_named = (speaker.way, speaker.entity is not None) if speaker else ("", False)
            quotes.setdefault((quote.start, quote.end), (quote, describe_saying(attribution.saying, way, is_named)))
        for quote, features in quotes.values():
            yield Judged(gold["id"], features, is_right(gold["text"], quote, gold["quotes"]))


def fill_matrix(rows: list[Judged], known: list[Feature]) -> np.ndarray:
    """One row for each quotation, one column for each feature, 1 where it has it."""
    place, matrix = {feature: index for index, feature in enumerate(known)}, np.zeros((len(rows), len(known)))
    for index, row in enumerate(rows):
        matrix[index, [place[feature] for feature in row.features if feature in place]] = 1
    return matrix


def learn_weights(rows: list[Judged]) -> dict[Feature, float]:
    """Weights of the values that are frequent enough, by Newton's method; the base bears no penalty."""
    counts = Counter(feature for row in rows for feature in row.features)
    known = sorted(feature for feature, count in counts.items() if count >= FEWEST)
    matrix, right = fill_matrix(rows, known), np.array([row.is_right for row in rows], dtype=float)
    penalty = np.array([0.0 if name == "base" else PENALTY for name, _ in known])
    weights = np.zeros(len(known))
    for _ in range(25):
        likely = 1 / (1 + np.exp(-matrix @ weights))
        slope = matrix.T @ (likely - right) + penalty * weights
        bend = (matrix.T * (likely * (1 - likely))) @ matrix + np.diag(penalty)
        weights -= np.linalg.solve(bend, slope)
    return dict(zip(known, weights.tolist(), strict=True))


def foretell(rows: list[Judged], weights: dict[Feature, float], level: float) -> np.ndarray:
    """How likely each quotation is right."""
    known = list(weights)
    return 1 / (1 + np.exp(-level - fill_matrix(rows, known) @ np.array([weights[one] for one in known])))


def find_level(rows: list[Judged], weights: dict[Feature, float]) -> float:
    """What to add to the base so that as many are right as expected, by bisection."""
    low, high, right = -3.0, 3.0, sum(row.is_right for row in rows)
    for _ in range(40):
        middle = (low + high) / 2
        low, high = (middle, high) if foretell(rows, weights, middle).sum() < right else (low, middle)
    return low


def measure_halves(rows: list[Judged], weights: dict[Feature, float]) -> list[tuple[float, bool]]:
    """Expected and observed of each quotation, each half of the articles with the level of the other."""
    order = {article: place % 2 for place, article in enumerate(sorted({row.article for row in rows}))}
    halves = [[row for row in rows if order[row.article] == half] for half in (0, 1)]
    pairs = []
    for held, other in (halves, halves[::-1]):
        expected = foretell(held, weights, find_level(other, weights))
        pairs += zip(expected.tolist(), (row.is_right for row in held), strict=True)
    return pairs


def print_bands(pairs: list[tuple[float, bool]]) -> None:
    """Expected and observed share of right ones by band, and the mean squared error."""
    print("expected  observed  quotations")
    for band in range(BANDS):
        held = [pair for pair in pairs if band <= pair[0] * BANDS < band + 1]
        if held:
            expected, observed = (sum(values) / len(held) for values in zip(*held, strict=True))
            print(f"{expected:8.3f}  {observed:8.3f}  {len(held):10}")
    error, mean = sum((e - r) ** 2 for e, r in pairs) / len(pairs), sum(r for _, r in pairs) / len(pairs)
    print(f"Brier score {error:.4f}, of the mean for all {mean * (1 - mean):.4f}")


def main() -> None:
    """Learn, measure and, where asked, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--write", action="store_true", help="write seeds/confidence.csv")
    parser.add_argument("--parses", type=Path, help="keep the parses in this file")
    options = parser.parse_args()
    parses = pickle.loads(options.parses.read_bytes()) if options.parses and options.parses.exists() else {}
    learned, measured = (
        [
            row
            for name in (half, f"{half}_unmarked")
            for row in judge_file(options.folder / "quotes" / f"{name}.jsonl", parses)
        ]
        for half in ("tune", "check")
    )
    if options.parses and not options.parses.exists():
        options.parses.write_bytes(pickle.dumps(parses))
    weights = learn_weights(learned)
    print_bands(measure_halves(measured, weights))
    if options.write:
        weights["base", ""] += find_level(measured, weights)
        counts = Counter(feature for row in learned for feature in row.features)
        with TABLE.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(("feature", "value", "quotations", "log_odds"))
            writer.writerows((*feature, counts[feature], f"{weight:.3f}") for feature, weight in weights.items())


if __name__ == "__main__":
    main()
