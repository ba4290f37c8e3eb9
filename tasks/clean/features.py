"""What the learned judge of lines looks at: the words of a line, how it looks, and where it stands, each by a name."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate, pairwise

from .lines import Line

DIGITS = re.compile(r"\d+")
TOKEN = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*|[^\w\s]")
ADDRESSED = re.compile(r"\b(?:you|your|our|us|we)\b", re.IGNORECASE)
# Words of a long line from which it is told: its start and its end.
FIRST_TOKENS, LAST_TOKENS = 40, 20
# Where counts and shares are cut into steps.
SIZE_STEPS = (2, 3, 4, 5, 7, 9, 12, 16, 22, 30, 45, 70)
SHAPE_STEPS = (2, 4, 7, 12, 25)
CASE_STEPS = (4, 8, 15)
CAPITAL_STEPS = (0.15, 0.3, 0.5, 0.8, 0.999)
DIGIT_STEPS = (0.001, 0.05, 0.15, 0.3, 0.6)
PLACE_STEPS = (1, 2, 3, 5, 8, 15, 30)
STORY_STEPS = (1, 2, 3, 6)


def list_tokens(line: Line) -> list[str]:
    """Words, figures (all as #) and marks of a line in lower case."""
    text = line.text.lower()
    tokens = TOKEN.findall(DIGITS.sub("#", text.replace("’", "'")))
    return tokens if len(tokens) <= FIRST_TOKENS + LAST_TOKENS else tokens[:FIRST_TOKENS] + tokens[-LAST_TOKENS:]


def name_words(tokens: list[str]) -> set[str]:
    """Single words and the first and last of them, and pairs of neighbours, where there is a letter in them."""
    names = {f"w{token}" for token in tokens if token[0].isalpha()}
    names |= {f"b{a} {b}" for a, b in pairwise(tokens) if a[0].isalpha() or b[0].isalpha()}
    if tokens and tokens[0][0].isalpha():
        names.add(f"f{tokens[0]}")
    if tokens and tokens[-1][0].isalpha():
        names.add(f"l{tokens[-1]}")
    return names


def name_marks(tokens: list[str]) -> set[str]:
    """Marks and figures, and pairs of them."""
    names = {f"w{token}" for token in tokens if not token[0].isalpha()}
    return names | {f"b{a} {b}" for a, b in pairwise(tokens) if not (a[0].isalpha() or b[0].isalpha())}


def name_looks(line: Line) -> Iterator[str]:
    """Length, case, stop and kind of a line."""
    text, words = line.text, line.word_count
    yield f"n{bisect_right(SIZE_STEPS, words)}{'s' if line.ends_in_stop else 'n'}"
    yield f"c{bisect_right(CAPITAL_STEPS, line.capital_share)}{bisect_right(CASE_STEPS, words)}"
    yield f"d{bisect_right(DIGIT_STEPS, sum(map(str.isdigit, text)) / len(text))}"
    flags = {
        "upper": line.is_upper,
        "small": not line.starts_large,
        "bullet": line.has_bullet,
        "address": line.has_address,
        "colon": text.endswith(":"),
        "question": text.endswith("?"),
        "ellipsis": text.endswith(("…", "...")),
        "opens_quoted": text[0] in "\"“‘'",
        "opens_bracket": text[0] in "([",
        "quoted": '"' in text or "“" in text,
        "bar": "|" in text,
        "copyright": "©" in text,
        "addressed": ADDRESSED.search(text) is not None,
    }
    yield from (name for name, holds in flags.items() if holds)


def name_shape(lines: list[Line], index: int) -> str:
    """Length and stop of a line in one word; x where there is none."""
    if not 0 <= index < len(lines):
        return "x"
    line = lines[index]
    return f"{bisect_right(SHAPE_STEPS, line.word_count)}{'s' if line.ends_in_stop else 'n'}"


def name_place(lines: list[Line], index: int, stories: list[int]) -> Iterator[str]:
    """How far a line is from both ends and from the paragraphs of the story, and how its neighbours look."""
    before, behind = stories[index], stories[-1] - stories[index + 1]
    yield f"top{bisect_right(PLACE_STEPS, index)}"
    yield f"end{bisect_right(PLACE_STEPS, len(lines) - 1 - index)}"
    yield f"before{bisect_right(STORY_STEPS, before)}"
    yield f"behind{bisect_right(STORY_STEPS, behind)}"
    yield f"between{min(before, 1)}{min(behind, 1)}{name_shape(lines, index)}"
    yield from (f"near{step}{name_shape(lines, index + step)}" for step in (-2, -1, 1, 2))
    yield "near" + "".join(name_shape(lines, index + step) for step in (-1, 0, 1))


def count_stories(lines: list[Line]) -> list[int]:
    """How many paragraphs of the story stand before each line, and in all."""
    return [0, *accumulate(line.is_story for line in lines)]


def name_others(lines: list[Line], index: int, stories: list[int], tokens: list[str], is_repeated: bool) -> set[str]:
    """All of a line but its words."""
    names = {*name_marks(tokens), *name_looks(lines[index]), *name_place(lines, index, stories), "all"}
    return names | {"repeated"} if is_repeated else names
