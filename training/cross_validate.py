"""How well junk is taken from pages of sites that nobody looked at: `python training/cross_validate.py FOLDER`.

Ten-fold cross-validation over sites, in the clean room itself. The lines of a site are judged by weights that were learned without
the sites of its fold, and by those phrases and patterns only that lines of junk on other sites show as well: a pattern made for one
page does not count there. Looks, and the vocabulary of furniture, stay as they are. Datelines are kept, since the gold counts
them as body. Prints the figures of the folder's own scorer, for patterns alone and with what was learned, and what is learned on top.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from labelled_lines import BODY, FOLDS, JUNK, Sample, fold_letters, read_samples
from learned_lines import STORIES, learn_weights, list_rows

from quotidian.tasks.clean import learned, phrases
from quotidian.tasks.clean.article import clean_article
from quotidian.tasks.clean.cleaned import Cleaned, Declared
from quotidian.tasks.clean.settings import CleanSettings

SETTINGS = CleanSettings(languages=(), remove_datelines="broken")
CACHES = (phrases.group_patterns, phrases.gather_hints, phrases.list_phrases, learned.weigh_word, learned.weigh_feature)


def find_known(samples: list[Sample]) -> dict[object, set[str]]:
    """Each phrase and pattern with the sites on which it is a line of junk, or stands in one."""
    known: dict[object, set[str]] = defaultdict(set)
    for sample in samples:
        for line, label in zip(sample.lines, sample.labels, strict=True):
            if label == JUNK:
                known[phrases.normalise_phrase(line.text)].add(sample.site)
                for pattern in match_all(line.text):
                    known[pattern].add(sample.site)
    return known


def match_all(line: str) -> Iterator[phrases.Pattern]:
    """The patterns of any place that a line matches."""
    lower = line.lower()
    for pattern in phrases.read_patterns():
        if pattern.hint in lower and (
            pattern.regex.search(line) if pattern.where in ("start", "inside") else phrases.match_line(line, [pattern])
        ):
            yield pattern


def is_supported(known: dict[object, set[str]], key: object, site: str) -> bool:
    """Whether sites other than this one show a phrase or pattern; one that no page shows was made for none of them."""
    return known.get(key, set()) != {site}


@contextmanager
def judged_without(site: str, known: dict[object, set[str]], weights: dict[int, int]) -> Iterator[None]:
    """The clean room as it is where a site was never seen."""
    patterns, lines, own = phrases.read_patterns, phrases.read_phrases, learned.read_weights
    left = tuple(p for p in patterns() if is_supported(known, p, site))
    words = {phrase: p for phrase, p in lines().items() if is_supported(known, phrase, site)}
    phrases.read_patterns, phrases.read_phrases, learned.read_weights = lambda: left, lambda: words, lambda: weights
    clear_caches()
    try:
        yield
    finally:
        phrases.read_patterns, phrases.read_phrases, learned.read_weights = patterns, lines, own
        clear_caches()


def clear_caches() -> None:
    for cached in CACHES:
        cached.cache_clear()


def clean_samples(samples: list[Sample], weights: list[dict[int, int]]) -> Iterator[tuple[Sample, Cleaned | None]]:
    """The samples as cleaned by what other sites teach; `weights` are those of each fold."""
    known = find_known(samples)
    for site in sorted({sample.site for sample in samples if sample.fold >= 0}):
        of_site = [sample for sample in samples if sample.site == site and sample.kind != "whole"]
        for sample in of_site:
            with judged_without(site, known, weights[sample.fold]):
                outcome = clean_article(sample.text, Declared(), SETTINGS)
            yield sample, outcome if isinstance(outcome, Cleaned) else None


def learn_folds(samples: list[Sample]) -> list[dict[int, int]]:
    """Weights of each fold, learned from all others."""
    return [learn_weights(list_rows(s for s in samples if s.fold != fold)) for fold in range(FOLDS)]


def score_marked(folder: Path, cleaned: list[tuple[Sample, Cleaned | None]]) -> dict:
    """The figures of the scorer of the marked lines."""
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file:
        for sample, outcome in cleaned:
            if sample.kind == "junk":
                file.write(json.dumps({"id": sample.id, "text": outcome.body if outcome else ""}) + "\n")
        file.flush()
        command = [sys.executable, folder / "score_junk.py", folder / "junk" / "check.jsonl", file.name]
        return json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout)


def count_learned(cleaned: list[tuple[Sample, Cleaned | None]]) -> dict[str, float]:
    """Lines that only what was learned takes, on all texts: those of junk, those of the story, and the share of its characters."""
    counts = {"junk": 0, "story": 0, "story_characters": 0, "of_characters": 0}
    for sample, outcome in cleaned:
        taken = {fold_letters(e.raw_text) for e in outcome.edits if e.rule == "learned"} if outcome else set()
        for line, label in zip(sample.lines, sample.labels, strict=True):
            letters = fold_letters(line.text)
            is_taken = any(letters in words for words in taken) if letters else False
            counts["junk"] += label == JUNK and is_taken
            counts["story"] += label == BODY and is_taken
            counts["story_characters"] += len(letters) * (label == BODY and is_taken)
            counts["of_characters"] += len(letters) * (label == BODY)
    return {**counts, "story_share": round(counts["story_characters"] / counts["of_characters"], 5)}


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--lines", action="store_true", help="also the lines of stories that are taken")
    options = parser.parse_args()
    samples = read_samples(options.folder, STORIES)
    weights = learn_folds(samples)
    with_learned = list(clean_samples(samples, weights))
    figures = {
        "patterns": score_marked(options.folder, list(clean_samples(samples, [{}] * FOLDS))),
        "patterns and learned": score_marked(options.folder, with_learned),
        "learned": count_learned(with_learned),
    }
    print(json.dumps(figures, indent=1))
    if options.lines:
        for sample, outcome in with_learned:
            for edit in outcome.edits if outcome else ():
                if edit.rule == "learned":
                    print(f"{sample.id[:18]} {edit.score} {edit.raw_text.strip()!r}"[:240])


if __name__ == "__main__":
    main()
