"""Speed of the extract rules and model against the bare spaCy pipe, interleaved on the same texts.

    python benchmarks/extract.py [TEXTS.jsonl] [--workers 1 2] [--rounds 3] [--articles 60]

TEXTS.jsonl has lines of {"id", "text"}; without it the seed articles are repeated. Each round runs the bare pipe
(all components, default batches, n_process=N) and then this room over the same texts with N processes; the medians
over the rounds are printed as words per second, with the ratio of the two and the share of time that the rules take.
"""

import argparse
import json
import os
import statistics
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import spacy

import quotidian.seeds
from quotidian.tasks.extract.annotate import annotate_parse, annotate_text, load_model
from quotidian.tasks.extract.parsing.parse_text import parse_text
from quotidian.tasks.extract.settings import ExtractSettings

SETTINGS = ExtractSettings()


def read_texts(path: str | None, count: int) -> list[str]:
    """Texts of a JSONL file, or the seed articles over and over."""
    if path:
        lines = Path(path).read_text(encoding="utf-8").splitlines()
        return [json.loads(line)["text"] for line in lines][:count]
    seeds = sorted((Path(quotidian.seeds.__file__).parent / "articles").glob("*.txt"))
    texts = [seed.read_text(encoding="utf-8") for seed in seeds]
    return [texts[i % len(texts)] for i in range(count)]


def annotate_one(text: str) -> int:
    return len(annotate_text(text, load_model(SETTINGS.model), SETTINGS).quotes)


def time_room(texts: list[str], workers: int) -> float:
    """Seconds for this room, start of the pool included where there are workers."""
    begin = time.perf_counter()
    if workers == 1:
        for text in texts:
            annotate_one(text)
    else:
        with ProcessPoolExecutor(workers, mp_context=get_context("fork")) as pool:
            list(pool.map(annotate_one, texts, chunksize=8))
    return time.perf_counter() - begin


def time_bare(nlp: spacy.Language, texts: list[str], workers: int) -> float:
    begin = time.perf_counter()
    for _ in nlp.pipe(texts, n_process=workers):
        pass
    return time.perf_counter() - begin


def share_of_rules(texts: list[str]) -> float:
    """Share of the room's time that is not the model's."""
    model, parsing, ruling = load_model(SETTINGS.model), 0.0, 0.0
    for text in texts:
        begin = time.perf_counter()
        parse = parse_text(text, model, SETTINGS)
        middle = time.perf_counter()
        annotate_parse(parse, SETTINGS)
        parsing, ruling = parsing + middle - begin, ruling + time.perf_counter() - middle
    return ruling / (parsing + ruling)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", nargs="?")
    parser.add_argument("--workers", nargs="+", type=int, default=[1, 2])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--articles", type=int, default=60)
    options = parser.parse_args()
    texts = read_texts(options.texts, options.articles)
    words = sum(len(text.split()) for text in texts)
    nlp = spacy.load(SETTINGS.model)
    annotate_one(texts[0])
    for workers in options.workers:
        pairs = [(time_bare(nlp, texts, workers), time_room(texts, workers)) for _ in range(options.rounds)]
        bare, room = (statistics.median(side) for side in zip(*pairs, strict=True))
        ratio = statistics.median(a / b for a, b in pairs)
        print(
            f"{workers} worker(s): bare pipe {words / bare:.0f} words/s, extract {words / room:.0f}, ratio {ratio:.2f}"
        )
    print(f"rules take {share_of_rules(texts):.1%} of the room's time ({words} words, {len(texts)} articles)")


if __name__ == "__main__":
    main()
