"""Measures linking by size of archive, from invented sketches that no text was made for.

    linking.py [--keep FOLDER] [--undated SHARE] [ARTICLES ...]     default 100000 300000 1000000

With --keep the sketches, which take some 5 minutes for a million articles, stay in the folder and are found there again. For each size: linking an archive without its last day of 1,000 articles, adding this from what was kept, and linking all at once,
each in a process of its own; processor seconds, the peak of memory, and the bytes that are kept. Of a share of the articles no day is known. Words are spread as in
`synthetic.py`, one in ten articles is a copy of one of the 200 before it, five report an event.
"""

import argparse
import json
import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import polars as pl
from deduplicate import run_alone, score_pairs, write_sketches
from synthetic import COMMON, FACT_WORDS, FACTS, FIRST_DAY, LEXICON, NAMES, SYNONYM_SHARE

from quotidian.flows.process.memory import keep_memory
from quotidian.tasks.deduplicate.sketch import SKETCH_SCHEMA, list_words
from quotidian.tasks.deduplicate.sketches import sketch_folder
from quotidian.tasks.deduplicate.words import KIND_BITS, LONG, LOWER, NAME

REPORTS, COPY_SHARE, DAILY, WORDS = 5, 0.1, 1_000, 170
CHUNK = 30_000
"""Articles whose sketches are in memory at a time."""


class Lexicon:
    """Hashes of invented words by how frequent they are, and of names."""

    def __init__(self) -> None:
        draw = np.random.default_rng(5)
        hashes = draw.permutation(2**24)[: LEXICON + NAMES].astype(np.uint32) * np.uint32(2_654_435_761)
        kinds = np.where(np.arange(LEXICON + NAMES) % 3, LOWER, LONG).astype(np.uint32)
        kinds[LEXICON:] = NAME
        self.words = hashes >> KIND_BITS << KIND_BITS | kinds
        self.sums = np.cumsum(1 / (np.arange(LEXICON) + COMMON))

    def draw_words(self, draw: np.random.Generator, count: int) -> np.ndarray:
        """Words by their frequency."""
        return self.words[np.searchsorted(self.sums, draw.random(count) * self.sums[-1])]

    def make_facts(self, event: int) -> list[np.ndarray]:
        """Short runs of words about the few names of an event."""
        draw = np.random.default_rng((1, event))
        names = self.words[LEXICON + draw.integers(0, NAMES, 8)]
        topic = self.draw_words(draw, 40)
        chosen, ends = draw.integers(0, 40, (FACTS, FACT_WORDS)), draw.integers(0, 8, (FACTS, 2))
        return list(np.hstack([names[ends[:, :1]], topic[chosen], names[ends[:, 1:]]]))


def write_report(lexicon: Lexicon, facts: list[np.ndarray], draw: np.random.Generator) -> np.ndarray:
    """The words of one report: half of the facts in an order of its own, other words between them."""
    filler = lexicon.draw_words(draw, int(WORDS * draw.uniform(0.5, 1.5)))
    gaps = np.sort(draw.integers(0, len(filler), FACTS // 2))
    pieces = np.split(filler, gaps)
    told = (facts[fact] for fact in draw.permutation(FACTS)[: FACTS // 2])
    return np.concatenate([piece for pair in zip(pieces, told, strict=False) for piece in pair] + pieces[-1:])


def copy_report(lexicon: Lexicon, words: np.ndarray, draw: np.random.Generator) -> np.ndarray:
    """A copy of a report: cut, extended or rewritten."""
    kind = draw.integers(3)
    if kind == 0:
        return words[: int(len(words) * draw.uniform(0.6, 0.9))]
    if kind == 1:
        return np.append(words, lexicon.draw_words(draw, len(words) // 5))
    is_new = (draw.random(len(words)) < SYNONYM_SHARE) & (words & 3 != NAME)
    return np.where(is_new, lexicon.draw_words(draw, len(words)), words)


def make_sketches(count: int) -> Iterator[tuple[int, int, np.ndarray]]:
    """The number of the article that each article has the words of, its event, and its words."""
    lexicon, written, facts = Lexicon(), [], []
    for number in range(count):
        draw = np.random.default_rng((3, number))
        if number % REPORTS == 0:
            facts = lexicon.make_facts(number // REPORTS)
        if written and draw.random() < COPY_SHARE:
            copied, words = written[draw.integers(len(written))]
            yield copied, copied // REPORTS, copy_report(lexicon, words, draw)
        else:
            words = write_report(lexicon, facts, draw)
            written = [*written[-199:], (number, words)]
            yield number, number // REPORTS, words


def write_archive(count: int, folder: Path) -> None:
    """Articles with their gold, and below `sketches` the sketches, as the work store has them."""
    gold, chunk, target = [], [], folder / "sketches"
    for number, (copied, event, words) in enumerate(make_sketches(count), 1):
        gold.append((copied, event))
        chunk.append(words)
        if len(chunk) == CHUNK or number == count:
            write_sketches(frame_sketches(number - len(chunk), chunk), target)
            chunk = []
    days = pl.Series(range(count)) // DAILY
    pl.DataFrame(gold, schema=["copy", "event"], orient="row").with_columns(
        article_id=pl.Series([name_article(number) for number in range(count)]),
        published_date=pl.lit(FIRST_DAY) + pl.duration(days=days),
    ).write_parquet(folder / "archive.parquet")


def frame_sketches(first: int, words: list[np.ndarray]) -> pl.DataFrame:
    """Sketches of the articles from number `first` on."""
    names = [name_article(number) for number in range(first, first + len(words))]
    hashes = pl.Series(names).hash(1)
    frame = pl.DataFrame({"body_hash": names, "text_hash": hashes, "words": list_words(words)})
    return frame.cast({"body_hash": pl.String, **SKETCH_SCHEMA})


def name_article(number: int) -> str:
    return f"s{number:07d}"


def place_archive(count: int, folder: Path, keep: Path | None, undated: float = 0) -> None:
    """An archive as linking reads it, with a link to where its sketches are, or are made; a share of its articles is undated."""
    made = (keep or folder).absolute() / f"invented-{count}"
    if not (made / "archive.parquet").exists():
        write_archive(count, made)
    target = sketch_folder(folder, "").path
    target.parent.mkdir(parents=True)
    target.symlink_to(made / "sketches")
    is_undated = np.random.default_rng(7).random(count) < undated
    archive = pl.read_parquet(made / "archive.parquet")
    days = pl.when(~pl.Series(is_undated)).then("published_date")
    archive.with_columns(published_date=days).write_parquet(folder / "archive.parquet")


def run(count: int, keep: Path | None, undated: float) -> None:
    """Print what linking an archive of some size takes."""
    keep_memory()
    with tempfile.TemporaryDirectory(dir=keep) as name:
        folder = Path(name)
        place_archive(count, folder, keep, undated)
        found = {measure: run_alone(measure, folder) for measure in ("before", "addition", "whole")}
        for measure, result in found.items():
            print(f"{count:8d} {measure:8s}", json.dumps({k: v for k, v in result.items() if k != "links"}), flush=True)
        gold = pl.read_parquet(folder / "archive.parquet").join(
            pl.read_parquet(folder / "links.parquet"), on="article_id"
        )
    share = found["addition"]["seconds"] / found["whole"]["seconds"]
    is_equal = found["addition"]["links"] == found["whole"]["links"]
    print(f"{count:8d} the addition takes {share:.4f} of all, links are equal: {is_equal}", flush=True)
    for truth, link in (("copy", "copy_group"), ("event", "story_id")):
        print(f"{count:8d} {link}", json.dumps(score_pairs(gold[truth].to_list(), gold[link].to_list())), flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--undated", type=float, default=0)
    parser.add_argument("articles", type=int, nargs="*", default=[100_000, 300_000, 1_000_000])
    options = parser.parse_args()
    for size in options.articles:
        run(size, options.keep, options.undated)
