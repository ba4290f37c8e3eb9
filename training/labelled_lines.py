"""Lines of scraped pages with what people say they are: of the story, or junk.

From a folder of gold data (see `docs/figures.md`): `junk/check.jsonl` has lines that people marked one by one; `pages/` has saved pages
with their bodies, of which the lines that the body has not are junk. Weights are learned from them; no text of theirs is kept.
"""

import csv
import json
import re
import tarfile
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from quotidian.tasks.clean.article import repair_raw
from quotidian.tasks.clean.lines import Line, split_lines
from quotidian.tasks.ingest.encodings import decode_page
from quotidian.tasks.ingest.pages import drop_scripts, fragment_text, page_text

FOLDS = 10
BODY, JUNK, UNDECIDED = 1, 0, -1
# Of a whole page, with its menus and lists, so many lines before the body and behind it.
LINES_BEFORE, LINES_BEHIND = 25, 60
# Texts of one site come in several forms; whole pages and lines of our own count less than what extractors leave.
WEIGHTS = {"junk": 1.0, "page": 1.0, "whole": 0.3, "story": 0.3}
GRAM = 4
# Share of a line's word sequences that the body has, from which it is of it, and below which it is junk.
BODY_SHARE, JUNK_SHARE = 0.5, 0.2
# Pages with a junk line of so many words in common are of one site.
SITE_WORDS = 10


@dataclass
class Sample:
    """One text: its lines, what each is, which site it is of, and in which fold of the cross-validation."""

    id: str
    kind: str
    site: str
    text: str
    labels: list[int]
    fold: int = 0
    lines: list[Line] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.lines = split_lines(self.text)


def read_samples(folder: Path, stories: Path) -> list[Sample]:
    """All samples of a gold folder, and the lines of stories in our own words, each with its site and fold."""
    samples = [*read_marked(folder / "junk" / "check.jsonl"), *read_pages(folder / "pages")]
    join_sites(samples)
    own = list(read_stories(stories))
    assign_folds(samples)
    return samples + own


def fold_letters(text: str) -> str:
    """Letters and digits alone."""
    return re.sub(r"\W+", "", text.lower())


def read_marked(path: Path) -> Iterator[Sample]:
    """The lines that people marked; the four texts that extractors made of one page are of one site."""
    for row in map(json.loads, path.open(encoding="utf-8")):
        marks: dict[str, list[int]] = {}
        for line, mark in row["lines"]:
            marks.setdefault(fold_letters(line), []).append(mark)
        text = repair_raw(row["text"]).text
        labels = [take_mark(marks, fold_letters(line.text)) for line in split_lines(text)]
        yield Sample(row["id"], "junk", row["id"].split("/")[-1], text, labels)


def take_mark(marks: dict[str, list[int]], line: str) -> int:
    """The next mark of a line that may stand several times."""
    left = marks.get(line, [UNDECIDED])
    return left.pop(0) if len(left) > 1 else left[0]


def read_pages(folder: Path) -> Iterator[Sample]:
    """The saved pages: what the extractor makes of each, and the whole of it around its body."""
    with tarfile.open(folder / "html.tar.xz") as archive:
        files = {
            member.name.split("/")[-1]: archive.extractfile(member).read() for member in archive if member.isfile()
        }
    for gold in map(json.loads, (folder / "gold.jsonl").open(encoding="utf-8")):
        if gold["body_gold"] == "good":
            html = decode_page(files[f"{gold['id'].replace(':', '_')}.html"], None)
            yield from label_page(gold, "page", page_text(html))
            yield from label_page(gold, "whole", fragment_text(drop_scripts(html)))


def label_page(gold: dict, kind: str, raw: str) -> Iterator[Sample]:
    """A text of a page with its lines held against the body; none where nothing of it is there."""
    texts = [line.text for line in split_lines(repair_raw(raw).text)]
    labels = label_lines(texts, gold)
    story = [i for i, label in enumerate(labels) if label == BODY and len(texts[i].split()) >= 2 * GRAM]
    if not story:
        return
    labels = [
        UNDECIDED if label == BODY and not story[0] <= i <= story[-1] else label for i, label in enumerate(labels)
    ]
    if kind == "whole":
        part = slice(max(0, story[0] - LINES_BEFORE), story[-1] + LINES_BEHIND)
        texts, labels = texts[part], labels[part]
    yield Sample(gold["id"], kind, gold["site"], "\n".join(texts), labels)


def label_lines(texts: list[str], gold: dict) -> list[int]:
    """What each line is: of the body, junk, or undecided, as headlines are."""
    allowed = [gold["body"], *(gold.get("body_may") or [])]
    whole = " ".join(f" {' '.join(list_words(text))} " for text in allowed)
    grams = {gram for text in allowed for gram in list_grams(list_words(text))}
    titles = {" ".join(list_words(title)) for title in (gold["title"], *gold["title_accept"])}
    return [label_line(list_words(text), whole, grams, titles) for text in texts]


def label_line(words: list[str], whole: str, grams: set[tuple[str, ...]], titles: set[str]) -> int:
    """What one line is."""
    joined = " ".join(words)
    if not words or joined in titles:
        return UNDECIDED
    if f" {joined} " in whole:
        return BODY
    own = list_grams(words)
    share = sum(gram in grams for gram in own) / len(own)
    if len(words) >= GRAM and share >= BODY_SHARE:
        return BODY
    return JUNK if share < JUNK_SHARE else UNDECIDED


def list_words(text: str) -> list[str]:
    return re.findall(r"\w+", re.sub(r"['’‘`]", "", text.lower()))


def list_grams(words: list[str]) -> list[tuple[str, ...]]:
    """Runs of four words; a shorter text is one run."""
    return [tuple(words[i : i + GRAM]) for i in range(max(1, len(words) - GRAM + 1))]


def read_stories(path: Path) -> Iterator[Sample]:
    """Lines of stories that sound like junk, in words of our own: each between two of the others."""
    with path.open(encoding="utf-8", newline="") as file:
        lines = [row["line"] for row in csv.DictReader(file, delimiter="\t")]
    yield Sample("stories", "story", "stories", "\n".join(lines), [BODY] * len(lines), fold=-1)


def join_sites(samples: list[Sample]) -> None:
    """Give one site to texts that have a long line of junk in common."""
    first: dict[str, str] = {}
    parents: dict[str, str] = {}

    def find(site: str) -> str:
        while parents.get(site, site) != site:
            site = parents[site]
        return site

    for sample in samples:
        for line, label in zip(sample.lines, sample.labels, strict=True):
            if label == JUNK and line.word_count >= SITE_WORDS:
                other = first.setdefault(fold_letters(line.text), sample.site)
                parents[find(sample.site)] = find(other)
    for sample in samples:
        sample.site = find(sample.site)


def assign_folds(samples: list[Sample]) -> None:
    """Spread the sites over the folds, the largest first, always to the fold that has least."""
    sizes = Counter(sample.site for sample in samples)
    loads, folds = [0] * FOLDS, {}
    for site in sorted(sizes, key=lambda site: (-sizes[site], zlib.crc32(site.encode()))):
        folds[site] = loads.index(min(loads))
        loads[folds[site]] += sizes[site]
    for sample in samples:
        sample.fold = folds[sample.site]
