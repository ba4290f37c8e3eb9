"""Learn which lines are junk: `python training/learned_lines.py FOLDER --write` writes seeds/learned_lines.csv, and with --check
it exits with 1 where that file is another than what is learned.

FOLDER holds the gold data, `junk/` and `pages/`, both openly licensed (Apache-2.0 and MIT); what is kept of them are numbers. Logistic
regression on names of features (`tasks/clean/features.py`), each of which at least three sites have. What pages are read as (`tasks/ingest`),
the features, and the lines of stories in `tests/clean/gold` decide the weights to the last figure: after a change of these they are
learned again, and measured by `training/cross_validate.py`.
"""

import argparse
import sys
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from labelled_lines import JUNK, UNDECIDED, WEIGHTS, Sample, read_samples
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from quotidian.tasks.clean.features import count_stories, list_tokens, name_others, name_words
from quotidian.tasks.clean.learned import UNIT, number_feature

ROOT = Path(__file__).parent.parent
STORIES = ROOT / "tests" / "clean" / "gold" / "story_lines.tsv"
TARGET = ROOT / "seeds" / "learned_lines.csv"
# A word of one site tells of the site; what three sites have tells of junk.
LEAST_SITES = 3
PENALTY = 1.0
ROUNDS = 200
# Smaller weights change no verdict and fill the file.
LEAST_WEIGHT = 20

Row = tuple[str, int, float, list[int]]
"""Site, 1 for junk and 0 for the story, weight, and the features of one line."""


def list_rows(samples: Iterable[Sample]) -> list[Row]:
    """The lines that are decided."""
    return [row for sample in samples for row in describe_sample(sample)]


def describe_sample(sample: Sample) -> list[Row]:
    """The decided lines of one text, each with its features."""
    stories, texts = count_stories(sample.lines), [line.text for line in sample.lines]
    rows = []
    for line, label in zip(sample.lines, sample.labels, strict=True):
        if label == UNDECIDED:
            continue
        tokens = list_tokens(line)
        names = name_words(tokens) | name_others(sample.lines, line.index, stories, tokens, texts.count(line.text) > 1)
        numbers = sorted(map(number_feature, names))
        rows.append((sample.site, int(label == JUNK), WEIGHTS[sample.kind], numbers))
    return rows


def learn_weights(rows: list[Row]) -> dict[int, int]:
    """The weight of each feature, in thousandths of log odds."""
    places = {number: place for place, number in enumerate(find_common(rows))}
    features = make_matrix([[places[n] for n in row[3] if n in places] for row in rows], len(places))
    labels, weights = np.array([row[1] for row in rows]), np.array([row[2] for row in rows])
    found = fit_logistic(features, labels, weights)
    whole = {number: round(UNIT * float(found[place])) for number, place in places.items()}
    return {number: weight for number, weight in whole.items() if abs(weight) >= LEAST_WEIGHT}


def find_common(rows: list[Row]) -> list[int]:
    """The features that lines of several sites have."""
    sites: dict[int, set[str]] = defaultdict(set)
    for site, _, _, numbers in rows:
        for number in numbers:
            sites[number].add(site)
    return sorted(number for number, known in sites.items() if len(known) >= LEAST_SITES)


def make_matrix(rows: list[list[int]], width: int) -> csr_matrix:
    """One row a line, one column a feature, 1 where the line has it."""
    columns = np.concatenate([np.array(row, dtype=np.int32) for row in rows])
    starts = np.cumsum([0, *map(len, rows)])
    return csr_matrix((np.ones(len(columns)), columns, starts), shape=(len(rows), width))


def fit_logistic(features: csr_matrix, labels: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """The weights of a logistic regression with a squared penalty; the feature that all lines have stands for the bias."""
    turned, signs = features.T.tocsr(), np.where(labels > 0, 1.0, -1.0)

    def lose(found: np.ndarray) -> tuple[float, np.ndarray]:
        scores = features @ found
        loss = float((weights * np.logaddexp(0, -signs * scores)).sum() + PENALTY / 2 * found @ found)
        slope = weights * (1 / (1 + np.exp(-scores)) - labels)
        return loss, turned @ slope + PENALTY * found

    start = np.zeros(features.shape[1])
    return minimize(lose, start, jac=True, method="L-BFGS-B", options={"maxiter": ROUNDS}).x


def spell_weights(weights: dict[int, int]) -> str:
    """The file that the clean room reads."""
    return "".join(f"{feature},{weight}\n" for feature, weight in (("feature", "weight"), *sorted(weights.items())))


def main() -> None:
    """Learn from all samples and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument(
        "--write", type=Path, nargs="?", const=TARGET, help="where to write; seeds/learned_lines.csv by default"
    )
    parser.add_argument("--check", action="store_true", help="whether seeds/learned_lines.csv is what is learned")
    options = parser.parse_args()
    weights = learn_weights(list_rows(read_samples(options.folder, STORIES)))
    print(f"{len(weights)} features")
    if options.write:
        options.write.write_text(spell_weights(weights), encoding="utf-8")
    if options.check and TARGET.read_text(encoding="utf-8") != spell_weights(weights):
        sys.exit(f"{TARGET.name} is another: learn it again with --write, and measure it")


if __name__ == "__main__":
    main()
