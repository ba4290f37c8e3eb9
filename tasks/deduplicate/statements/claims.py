"""Claims: what a quotation says, as it is compared with another one, and what it says of each of its figures."""

import re
from functools import cache, lru_cache
from itertools import pairwise, takewhile
from typing import NamedTuple
from zlib import crc32

from quotidian.tasks.deduplicate.statements.differences import NEGATIONS
from quotidian.tasks.deduplicate.words import DAYS, KIND_BITS, STEM_LETTERS, fold_text, know_word, split_words
from quotidian.tasks.store.facts import read_facts

Span = tuple[float, float]
SENTENCE_END = re.compile(r"[.!?;:…—\n]")
CLAUSE_END = re.compile(r"[,()–]| - ")
JOINING = frozenset(["and", "but", "while", "whereas", "or", "yet", "plus"])
"""Words behind which something else is said."""
MODES, TENSES = ("future", "possible", "open"), ("now", "then")
"""Kinds of words (seeds/claim_words.csv) that say that something is not so yet, may be, or hangs on something; and of when it is so."""
ROUND = 100
"""Numbers from which on those that are not measured may be rounded."""
NEAR = 0.1
"""Share by which "about 50" may be off."""
ENDINGS = ("ing", "ed", "es", "s")
SHORTEST = 3
REACH = 40
"""Words before and behind a figure that are read."""
MARKER_REACH = 4
PASSED = frozenset(["at", "a", "the", "about", "some", "up"])
"""Words that may stand between a figure and the word that tells what it is the figure of."""


class Token(NamedTuple):
    """A word of a quotation, or one of its figures."""

    raw: str
    stem: str
    is_mark: bool
    gap: str
    figure: int | None = None


class Figure(NamedTuple):
    """A figure of a quotation: `number` among its figures, its value, what it may be (`span`), of what, and the words that say it."""

    number: int
    value: float
    span: Span
    unit: str | None
    counted: frozenset[str]
    marker: str
    words: frozenset[str]
    marks: frozenset[str]
    modes: frozenset[str]
    person: str


class Claim(NamedTuple):
    """What a quotation says: its figures, its content words in order, those that are names, days or numbers (`marks`), how many negations it
    has, of when it speaks, whom its pronouns mean, whether it asks, the words that name its speaker, and the words as they stand."""

    figures: tuple[Figure, ...]
    stems: tuple[str, ...]
    marks: frozenset[str]
    negations: int
    modes: frozenset[str]
    tenses: frozenset[str]
    person: str
    is_question: bool
    speaker: frozenset[str]
    text: str


@cache
def read_kinds() -> dict[str, frozenset[str]]:
    """Words by what they do to what is said, from `seeds/claim_words.csv`."""
    return {row["kind"]: frozenset(row["words"].split()) for row in read_facts("claim_words")}


@cache
def read_likes() -> dict[str, str]:
    """Words of one meaning, from `seeds/like_words.csv`: word -> the one that stands for all."""
    return {word: row["means"] for row in read_facts("like_words") for word in row["words"].split()}


@lru_cache(maxsize=65_536)
def cut_word(folded: str) -> str:
    """What is compared of a word: the one that stands for it, else its first letters without ending."""
    if folded in read_likes():
        return read_likes()[folded]
    ending = next((e for e in ENDINGS if folded.endswith(e) and len(folded) - len(e) >= SHORTEST), "")
    if folded.endswith("ss"):
        ending = ""
    return folded.removesuffix(ending)[:STEM_LETTERS]


def read_claim(text: str, figures: list[dict], is_direct: bool = True, speaker: str | None = None) -> Claim:
    """The claim of a quotation: its content, its figures as the sketch keeps them, whether the words are the speaker's own, and his name."""
    tokens = split_tokens(text, figures)
    raws = [token.raw for token in tokens]
    told = [
        token
        for token, before in zip(tokens, ["", *raws], strict=False)
        if token.stem and not is_longer(before, token.raw)
    ]
    return Claim(
        tuple(
            read_figure(tokens, place, figures, is_direct)
            for place, token in enumerate(tokens)
            if token.figure is not None
        ),
        tuple(token.stem for token in told),
        frozenset(token.stem for token in told if token.is_mark),
        count_negations(raws),
        find_kinds(raws, MODES),
        find_kinds(raws, TENSES),
        tell_person(raws, is_direct),
        text.rstrip(" \"'”’").endswith("?"),
        cut_stems(speaker or ""),
        text,
    )


def split_tokens(text: str, figures: list[dict]) -> list[Token]:
    """The words and figures of a text in order; of figures that overlap the first."""
    tokens, done = [], 0
    for number, figure in enumerate(figures):
        start, end = figure["place"], figure["place"] + figure["end"] - figure["start"]
        if start < done:
            continue
        words = split_piece(text[done:start])
        gap = words.pop().gap
        tokens += [*words, Token(text[start:end], name_value(figure), True, gap, number)]
        done = end
    words = split_piece(text[done:])
    tokens += words[:-1]
    first = next((place for place, token in enumerate(tokens) if token.figure is None), None)
    if first == 0:
        tokens[0] = tokens[0]._replace(is_mark=tokens[0].raw in DAYS)
    return tokens


def split_piece(text: str) -> list[Token]:
    """The words of a piece of a text, and behind them an empty one with what stands behind the last."""
    folded = fold_text(text)
    words, gaps = split_words(folded)
    tokens = [make_token(word, gap) for word, gap in zip(words, gaps, strict=True)]
    behind = folded[sum(map(len, words)) + sum(map(len, gaps)) :]
    return [*tokens, Token("", "", False, behind)]


@lru_cache(maxsize=8_192)
def cut_stems(text: str) -> frozenset[str]:
    """What is compared of the words of a short text."""
    return frozenset(token.stem for token in split_piece(text) if token.stem)


def make_token(word: str, gap: str) -> Token:
    """A word with what is compared of it: nothing for words without content."""
    raw, stem, is_telling, is_capital = know_token(word)
    is_mark = is_telling or (is_capital and not SENTENCE_END.search(gap))
    return Token(raw, stem, bool(stem) and is_mark, gap)


@lru_cache(maxsize=65_536)
def know_token(word: str) -> tuple[str, str, bool, bool]:
    """Of a word: in small letters, what is compared of it, whether it is a day, a number or a telling word, and whether it has a capital."""
    known, raw = know_word(word), word.casefold()
    is_telling = raw in read_kinds()["telling"] or known.folded in DAYS
    is_told = (known.is_content or is_telling) and not (raw in read_kinds()["silent"] or is_negation(raw))
    return raw, cut_word(known.folded) if is_told else "", is_telling or word[0].isdigit(), known.is_capital


def is_negation(raw: str) -> bool:
    """Whether a word says no."""
    return raw in NEGATIONS or raw.endswith("n't")


def name_value(figure: dict) -> str:
    """A figure as one of the words of a quotation."""
    return f"#{figure['value']:g}"


def read_figure(tokens: list[Token], place: int, figures: list[dict], is_direct: bool) -> Figure:
    """The figure at a place among the tokens, with what the words beside it say."""
    figure = figures[tokens[place].figure]
    around = [*find_lead(tokens, place), *find_trail(tokens, place)]
    counted = cut_stems(figure["counted"] or "")
    told = [token for token in around if token.stem and token.stem not in counted]
    marker = (
        ""
        if figure["exactness"] == "range"
        else find_marker([token.raw for token in tokens[max(0, place - MARKER_REACH) : place]])
    )
    return Figure(
        tokens[place].figure,
        figure["value"],
        measure_span(figure),
        figure["unit"],
        counted,
        marker,
        frozenset(token.stem for token in told),
        frozenset(token.stem for token in told if token.is_mark),
        find_kinds([token.raw for token in around], MODES),
        tell_person([token.raw for token in around], is_direct),
    )


def find_marker(before: list[str]) -> str:
    """The word right before a figure, or before what says how exact it is, that tells what it is the figure of."""
    kinds = read_kinds()
    told = [raw for raw in before if raw not in kinds["silent"] and raw not in PASSED]
    return told[-1] if told and told[-1] in kinds["marker"] else ""


def find_lead(tokens: list[Token], place: int) -> list[Token]:
    """The words of the sentence before a figure; of clauses before its own what stands before their first figure."""
    clauses: list[list[Token]] = [[]]
    for token, following in reversed(list(pairwise(tokens[max(0, place - REACH) : place + 1]))):
        if SENTENCE_END.search(following.gap):
            break
        if CLAUSE_END.search(following.gap) or following.raw in JOINING:
            clauses.append([])
        clauses[-1].append(token)
    own, *earlier = ([*reversed(clause)] for clause in clauses)
    return own + [token for clause in earlier for token in takewhile(lambda t: t.figure is None, clause)]


def find_trail(tokens: list[Token], place: int) -> list[Token]:
    """The words behind a figure, to the end of its clause."""
    trail = []
    for token in tokens[place + 1 : place + REACH]:
        if SENTENCE_END.search(token.gap) or CLAUSE_END.search(token.gap) or token.raw in JOINING:
            break
        trail.append(token)
    return trail


def measure_span(figure: dict) -> Span:
    """The numbers that a figure may stand for: 18.4 rounds to 18, "at least 18" may be 20; orders of magnitude may be anything."""
    value, exactness = figure["value"], figure["exactness"]
    low, high = round_span(value, figure["unit"])
    match exactness:
        case "vague":
            return float("-inf"), float("inf")
        case "range":
            return low, round_span(figure["value_high"] or value, figure["unit"])[1]
        case "at_least" | "more_than":
            return low, float("inf")
        case "at_most" | "less_than":
            return float("-inf"), high
        case "about":
            return min(low, value - NEAR * abs(value)), max(high, value + NEAR * abs(value))
    return low, high


def round_span(value: float, unit: str | None) -> Span:
    """The numbers that are written as `value` where they are rounded; people and things below a hundred are counted."""
    if unit is None and value < ROUND:
        return value, value
    digits = f"{value:.6f}".rstrip("0").rstrip(".") if value % 1 else f"{value:.0f}"
    if "." in digits:
        half = 10.0 ** -len(digits.partition(".")[2]) / 2
    else:
        half = 10.0 ** (len(digits) - len(digits.rstrip("0"))) / 2 if value >= ROUND else 0.5
    return value - half, value + half


def count_negations(raws: list[str]) -> int:
    """How often a text says no; "not only" and "no doubt" do not."""
    behind = [*raws[1:], ""]
    pairs = zip(raws, behind, strict=True)
    return sum([is_negation(raw) and after not in read_kinds()["no denial"] for raw, after in pairs])


def is_longer(before: str, raw: str) -> bool:
    """Whether a word is that of "no longer", which says no more than "not"."""
    return before == "no" and raw in ("longer", "more")


def find_kinds(raws: list[str], kinds: tuple[str, ...]) -> frozenset[str]:
    """Of which kinds there are words among some."""
    known = read_kinds()
    return frozenset([kind for kind in kinds if not known[kind].isdisjoint(raws)])


def tell_person(raws: list[str], is_direct: bool) -> str:
    """Whom pronouns mean: `own` the speaker, `others` somebody whom other words name, empty where there is none."""
    if find_kinds(raws, ("own",)):
        return "own"
    if find_kinds(raws, ("third",)):
        return "others" if is_direct else "own"
    return "others" if find_kinds(raws, ("pointing",)) else ""


def list_words(claim: Claim) -> list[int]:
    """The words of a claim as a sketch has words: hashes above the bits of kinds."""
    return sorted({crc32(stem.encode("utf-8", "surrogatepass")) >> KIND_BITS << KIND_BITS for stem in claim.stems})
