"""Junk that no pattern knows, told by what was learned from lines of other pages (seeds/learned_lines.csv).

The weights are whole numbers, so that a line has the same score everywhere. `training/learned_lines.py` makes them and
measures, by cross-validation over sites, what the bounds below take and lose.
"""

from collections import Counter
from functools import cache, lru_cache
from math import exp
from zlib import crc32

from quotidian.tasks.store.facts import read_facts

from .features import count_stories, list_tokens, name_others, name_words
from .lines import STORY_WORDS, Line

# Weights are log odds in thousandths; features are known by so many bits of their checksum.
UNIT = 1000
BITS = 20
LAST = (1 << BITS) - 1
# How sure the whole line must make, and its words alone: how lines look is no proof. Among 36,000 lines of 184 sites, each judged
# by what the others teach, these bounds take 5 lines of stories (60 letters) and 540 of junk that no pattern knows.
LEAST_SCORE, LEAST_WORDS = 3500, 1500
# What reads like a sentence, or is an item of a list or stands above one, needs more of both.
CAREFUL_SCORE, CAREFUL_WORDS = 4500, 3500
# Longer lines are never junk by this.
MOST_WORDS = 70
# A longer line whose words, as they stand between blanks, weigh less is not looked at closely: of 91 taken it spares two.
LEAST_BARE_WORDS = 700
KNOWN_WORDS, KNOWN_NAMES = 20_000, 50_000


@cache
def read_weights() -> dict[int, int]:
    """The weight of each feature."""
    return {int(row["feature"]): int(row["weight"]) for row in read_facts("learned_lines")}


def number_feature(name: str) -> int:
    """The number of a feature."""
    return crc32(name.encode()) & LAST


@lru_cache(KNOWN_NAMES)
def weigh_feature(name: str) -> int:
    """The weight of a feature, remembered: looks and places come again and again."""
    return read_weights().get(number_feature(name), 0)


def sum_weights(names: set[str]) -> int:
    """The weights of features together."""
    return sum(map(weigh_feature, names))


@lru_cache(KNOWN_WORDS)
def weigh_word(word: str) -> int:
    """The weight of a word alone, remembered: most words of the news are few."""
    return read_weights().get(number_feature(f"w{word}"), 0)


def score_lines(lines: list[Line], known: set[int]) -> dict[int, float]:
    """The lines that are surely junk, by their index, with the probability of it; those of `known` are not asked about."""
    stories, counts = count_stories(lines), Counter(line.text for line in lines)
    found = {}
    for line in lines:
        if line.index in known or line.text.count(" ") > MOST_WORDS or reads_like_story(line.text):
            continue
        tokens = list_tokens(line)
        leads_list = line.index + 1 < len(lines) and lines[line.index + 1].has_bullet
        least_words, least_score = find_bounds(line, leads_list)
        words = sum_weights(name_words(tokens))
        if words < least_words:
            continue
        score = words + sum_weights(name_others(lines, line.index, stories, tokens, counts[line.text] > 1))
        if score >= least_score:
            found[line.index] = tell_probability(score)
    return found


def reads_like_story(text: str) -> bool:
    """Whether nothing in the words of a longer line speaks for junk, told fast; most lines are so."""
    words = text.lower().split()
    return len(words) >= STORY_WORDS and sum(map(weigh_word, words)) < LEAST_BARE_WORDS


def find_bounds(line: Line, leads_list: bool) -> tuple[int, int]:
    """What the words of a line must weigh, and all of it."""
    is_careful = leads_list or line.is_sentence or line.has_bullet or line.word_count >= STORY_WORDS
    return (CAREFUL_WORDS, CAREFUL_SCORE) if is_careful else (LEAST_WORDS, LEAST_SCORE)


def tell_probability(score: int) -> float:
    """The probability of a score, in thousandths."""
    return round(1 / (1 + exp(-score / UNIT)), 3)
