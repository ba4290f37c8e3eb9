"""Archives of invented news for benchmarks, of any size, the same for the same seed.

All words are made of invented syllables, spread as words of a language are (Zipf), with English function words
between them. Articles report events: reports of one event share names, numbers, words and some quotations, in
an order of their own, as reports of different outlets do; they are no copies. A share of the articles are copies
of others: cut, extended, or rewritten word by word.
"""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import accumulate, pairwise

import numpy as np

FIRST_DAY = date(2024, 1, 1)
SYLLABLES = [
    c + v + e
    for c in ("b", "d", "f", "g", "k", "l", "m", "n", "p", "r", "s", "t", "v", "z", "br", "st", "tr")
    for v in "aeiou"
    for e in ("", "n", "r")
]
FUNCTION = (
    "the",
    "of",
    "and",
    "to",
    "in",
    "a",
    "that",
    "for",
    "on",
    "with",
    "as",
    "was",
    "is",
    "by",
    "at",
    "it",
    "from",
    "be",
    "has",
    "an",
    "were",
    "which",
    "not",
    "but",
    "this",
    "had",
)
LEXICON = 30_000
NAMES = 12_000
COMMON = 60
"""Offset of the Zipf-Mandelbrot law: the most frequent content word makes about 1 in 300, as in English news."""
FACTS = 30
FACT_WORDS = 6
SYNONYM_SHARE = 0.3
"""Share of the words of a rewritten copy that another word replaces."""


@dataclass(frozen=True)
class Article:
    """One invented article; `copy_of` is the number of the article that it copies, None for a report of its own."""

    number: int
    event: int
    copy_of: int | None
    published_date: date
    outlet: str
    body: str


def make_words(count: int, seed: int) -> np.ndarray:
    """`count` different invented words, shorter ones first as frequent words are."""
    generator = np.random.default_rng(seed)
    words: dict[str, None] = {}
    while len(words) < count:
        length = 1 + min(3, 1 + len(words) // 4_000)
        words["".join(generator.choice(SYLLABLES, length))] = None
    return np.array(list(words))


class World:
    """The words and names of an archive."""

    def __init__(self, seed: int):
        self.seed = seed
        self.words = make_words(LEXICON, seed)
        self.names = np.char.capitalize(make_words(NAMES, seed + 1))
        self.rank_sums = np.array(list(accumulate(1 / (rank + COMMON) for rank in range(LEXICON))))

    def draw_words(self, generator: np.random.Generator, count: int) -> np.ndarray:
        """Content words by their frequency."""
        return self.words[np.searchsorted(self.rank_sums, generator.random(count) * self.rank_sums[-1])]

    @lru_cache(maxsize=2)  # noqa: B019  the reports of an event follow one another
    def make_facts(self, event: int) -> list[list[str]]:
        """What can be reported of an event: short runs of words about its few names and numbers."""
        generator = np.random.default_rng((self.seed, 1, event))
        names = generator.choice(self.names, 8)
        topic = self.draw_words(generator, 40)
        return [make_fact(generator, names, topic) for _ in range(FACTS)]

    def write_report(self, number: int, facts: list[list[str]], word_count: int) -> list[str]:
        """Words of one outlet's report: some of the facts in an order of its own, other words between them."""
        generator = np.random.default_rng((self.seed, 2, number))
        chosen = generator.permutation(FACTS)[: FACTS // 2]
        filler = self.draw_words(generator, word_count)
        gaps = np.sort(generator.integers(0, word_count, len(chosen)))
        pieces, start = [], 0
        for fact, gap in zip(chosen, gaps, strict=True):
            pieces += [*filler[start:gap], *facts[fact]]
            start = gap
        return [*pieces, *filler[start:]]


def make_fact(generator: np.random.Generator, names: np.ndarray, topic: np.ndarray) -> list[str]:
    """A name, words of the topic, a second name, and now and then a number."""
    words = [*generator.choice(names, 1), *generator.choice(topic, FACT_WORDS), *generator.choice(names, 1)]
    return [*words, str(generator.integers(2, 2_000))] if generator.random() < 0.3 else words


def copy_report(words: list[str], world: World, generator: np.random.Generator) -> list[str]:
    """A copy of a report: cut, extended or rewritten."""
    kind = generator.integers(3)
    if kind == 0:
        return words[: int(len(words) * generator.uniform(0.6, 0.9))]
    if kind == 1:
        return [*words, *world.draw_words(generator, len(words) // 5)]
    is_new = generator.random(len(words)) < SYNONYM_SHARE
    others = world.draw_words(generator, len(words))
    return [w if not new or w[0].isupper() else other for w, new, other in zip(words, is_new, others, strict=True)]


def print_words(words: list[str]) -> str:
    """Sentences of about 20 words, four to a paragraph, with function words that the words around them choose, so
    that the same words read the same in a copy."""
    codes = [zlib.crc32(f"{left} {right}".encode()) for left, right in pairwise([*words, ""])]
    followers = [FUNCTION[code % 97 % len(FUNCTION)] if code % 5 < 3 else "" for code in codes]
    tokens = [token for pair in zip(words, followers, strict=True) for token in pair if token]
    sentences = [" ".join(tokens[start : start + 20]) for start in range(0, len(tokens), 20)]
    paragraphs = [". ".join(s[0].upper() + s[1:] for s in sentences[i : i + 4]) for i in range(0, len(sentences), 4)]
    return ".\n\n".join(paragraphs) + "."


def make_articles(
    count: int, seed: int = 0, reports: int = 5, copy_share: float = 0.0, words: int = 170, daily: int = 1_000
) -> Iterator[Article]:
    """`count` articles, `daily` a day: `reports` of each event on one or two days, and `copy_share` of copies.

    `words` is about the mean number of content words; with function words an article is 1.6 times as long.
    """
    world = World(seed)
    written: list[tuple[int, list[str]]] = []
    for number in range(count):
        generator = np.random.default_rng((seed, 3, number))
        event, day = number // reports, number // daily
        is_copy = bool(written) and generator.random() < copy_share
        if is_copy:
            copied, original = written[generator.integers(len(written))]
            report, event = copy_report(original, world, generator), copied // reports
        else:
            copied, report = (
                None,
                world.write_report(number, world.make_facts(event), int(words * generator.uniform(0.5, 1.5))),
            )
        written = written[-200:] if is_copy else [*written[-200:], (number, report)]
        published = FIRST_DAY + timedelta(days=day)
        yield Article(number, event, copied, published, f"outlet{generator.integers(300)}", print_words(report))
