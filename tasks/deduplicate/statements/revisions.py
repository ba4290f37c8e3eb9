"""What becomes of quotations from one text of an address to the next: added, removed, reworded, given to somebody else, another figure."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import polars as pl
from rapidfuzz.distance import Indel, LCSseq

from quotidian.tasks.deduplicate.ids import make_id
from quotidian.tasks.deduplicate.statements.claims import cut_word
from quotidian.tasks.deduplicate.statements.differences import read_figures
from quotidian.tasks.deduplicate.statements.figures import QUOTE_CHANGES
from quotidian.tasks.deduplicate.statements.variants import compare_words
from quotidian.tasks.deduplicate.words import KIND_BITS, content_words, fold_text, is_acronym, know_word, split_words
from quotidian.tasks.store.page_address import page_addresses

LEAST_ALIKE, LEAST_CONTENT = 0.6, 0.5
"""Share of the words, and of the content words, of both wordings that are in both, in one order, from which on they are one quotation."""
LEAST_WITHIN = 0.8
"""The same of the words of the shorter one: what was cut or went on."""
LEAST_WORDS = 4
STILL_THERE = 0.9
"""Share of the pairs of neighbouring content words of a quotation that a body has of which it is a part, quoted or not."""
COMMON = 50
"""A word that more quotations of one text have tells little of which is which."""
DESCRIBED = frozenset(["role", "collective", "document"])
LEAST_GIVEN = 0.9
"""Share of words in both from which on another description is another speaker: who rewrites a sentence calls the same people otherwise."""
LIKE_NAMES = 0.6
"""Likeness of two words of names from which on they may be one: Raab and Rabb, Dominic and Dominique."""


class Saying(NamedTuple):
    """A quotation of one of two texts: its row, its words in small letters, the hashes of its content words, and pairs of neighbouring ones."""

    row: dict
    words: tuple[str, ...]
    content: list[int]
    pairs: frozenset[tuple[int, int]]


class Pair(NamedTuple):
    """Quotations of two texts by their places, with how much of the words of both is in both."""

    score: float
    old: int
    new: int


def find_quote_changes(
    quotes: pl.DataFrame, index: pl.DataFrame, bodies: pl.DataFrame, ambiguous: pl.Series
) -> pl.DataFrame:
    """Rows of quote_changes, sorted by their key.

    `quotes` has the columns of `read_sayings` and speaker_entity_id, `index` those of `index_articles`, `bodies` body_hash and words of
    sketches; `ambiguous` are entities whose name may mean several.
    """
    revised = list_revised(index)
    wanted = pl.concat([revised["earlier_article_id"], revised["article_id"]]).unique()
    own = quotes.filter(pl.col("article_id").is_in(wanted.implode())).sort("quote_id")
    sayings = {key: rows.to_dicts() for (key,), rows in own.group_by("article_id")}
    hashes = pl.concat([revised["earlier_hash"], revised["body_hash"]]).unique()
    words = dict(bodies.filter(pl.col("body_hash").is_in(hashes.implode())).select("body_hash", "words").iter_rows())
    unsure = frozenset(ambiguous)
    rows = []
    for old, new, old_hash, new_hash in revised.iter_rows():
        texts = read_text(sayings.get(old, []), words[old_hash]), read_text(sayings.get(new, []), words[new_hash])
        facts = {"article_id": new, "earlier_article_id": old}
        rows += [row | facts for row in compare_texts(*texts, unsure)]
    for row in rows:
        quoted = row["quote_id"] or "", row["later_quote_id"] or ""
        row["quote_change_id"] = make_id("qc_", row["earlier_article_id"], row["article_id"], row["kind"], *quoted)
    return pl.DataFrame(rows, schema=QUOTE_CHANGES).sort("quote_change_id")


def list_revised(index: pl.DataFrame) -> pl.DataFrame:
    """earlier_article_id, article_id, earlier_hash, body_hash: neighbouring texts of one page that differ."""
    known = index.filter(pl.col("url").is_not_null())
    ordered = known.with_columns(page=page_addresses(known["url"])).sort("page", "revision")
    before = {"earlier_article_id": "article_id", "earlier_hash": "body_hash"}
    placed = ordered.with_columns(pl.col(name).shift().over("page").alias(new) for new, name in before.items())
    differ = placed.filter(pl.col("earlier_hash").is_not_null() & (pl.col("earlier_hash") != pl.col("body_hash")))
    return differ.select("earlier_article_id", "article_id", "earlier_hash", "body_hash")


class Text(NamedTuple):
    """One text of an address: its quotations in order, and the pairs of neighbouring content words of its body."""

    sayings: list[Saying]
    pairs: frozenset[tuple[int, int]]


def read_text(rows: list[dict], words: list[int]) -> Text:
    """A text from its quotations and the words of its sketch."""
    return Text([read_saying(row) for row in rows], frozenset(pairwise(drop_kinds(words))))


def read_saying(row: dict) -> Saying:
    """A quotation with its words, as its body has them: figures as they stand."""
    split = split_words(fold_text(row["text"]))
    words = tuple(know_word(word).folded for word in split[0])
    content = drop_kinds(content_words(*split))
    return Saying(row, words, content, frozenset(pairwise(content)))


def drop_kinds(words: Iterable[int]) -> list[int]:
    """Hashes of words as a sketch has them, whatever kinds they have."""
    return [word >> KIND_BITS for word in words]


def compare_texts(old: Text, new: Text, unsure: frozenset[str]) -> Iterator[dict]:
    """What became of the quotations of the old text, and which are new."""
    pairs = align_sayings(old.sayings, new.sayings)
    for pair in pairs:
        yield from compare_pair(old, new, pair, unsure)
    for place in sorted(set(range(len(old.sayings))) - {pair.old for pair in pairs}):
        if not is_in(old.sayings[place], new):
            yield describe("removed", old.sayings[place], None)
    for place in sorted(set(range(len(new.sayings))) - {pair.new for pair in pairs}):
        if not is_in(new.sayings[place], old):
            yield describe("added", None, new.sayings[place])


def align_sayings(old: list[Saying], new: list[Saying]) -> list[Pair]:
    """Which quotations of two texts are one: those of the same words first, then those that are most alike, each once."""
    found = sorted(find_alike(old, new), key=lambda pair: (-pair.score, abs(pair.old - pair.new), pair.old, pair.new))
    left, right, kept = set(), set(), []
    for pair in found:
        if pair.old not in left and pair.new not in right:
            kept.append(pair)
            left.add(pair.old)
            right.add(pair.new)
    return sorted(kept, key=lambda pair: (pair.old, pair.new))


def find_alike(old: list[Saying], new: list[Saying]) -> Iterator[Pair]:
    """Pairs of quotations that may be one, by words that they share."""
    owners: dict[str, list[int]] = {}
    same: dict[tuple[str, ...], list[int]] = {}
    for place, saying in enumerate(new):
        same.setdefault(saying.words, []).append(place)
        for word in dict.fromkeys(saying.words):
            owners.setdefault(word, []).append(place)
    telling = {word: places for word, places in owners.items() if len(places) <= COMMON}
    for place, saying in enumerate(old):
        met = Counter(owner for word in dict.fromkeys(saying.words) for owner in telling.get(word, ()))
        near = {*same.get(saying.words, [])[:COMMON], *(owner for owner, _ in met.most_common(COMMON))}
        measured = (Pair(measure_alike(saying, new[other]), place, other) for other in sorted(near))
        yield from (pair for pair in measured if pair.score)


def measure_alike(one: Saying, other: Saying) -> float:
    """Share of the words of both that are in both in one order; 0 where the two are not one quotation."""
    if one.words == other.words:
        return 1.0
    ratio, within = share_order(one.words, other.words)
    content_ratio, content_within = share_order(one.content, other.content)
    is_alike = ratio >= LEAST_ALIKE and content_ratio >= LEAST_CONTENT
    is_cut = min(len(one.content), len(other.content)) >= LEAST_WORDS and min(within, content_within) >= LEAST_WITHIN
    return round(ratio, 3) if is_alike or is_cut else 0.0


def share_order(one: Sequence, other: Sequence) -> tuple[float, float]:
    """Share of the words of both, and of the shorter, that are in both in one order; 1 where there is none."""
    if not one or not other:
        return float(len(one) == len(other)), float(len(one) == len(other))
    shared = LCSseq.similarity(one, other)
    return 2 * shared / (len(one) + len(other)), shared / min(len(one), len(other))


def is_in(saying: Saying, text: Text) -> bool:
    """Whether a text has the words of a quotation of the other one, quoted or not, or these are too few to tell; then nothing came or went
    but what was found."""
    return len(saying.pairs & text.pairs) >= STILL_THERE * len(saying.pairs)


def is_part(one: Saying, other: Saying) -> bool:
    """Whether one of two quotations is a piece of the other."""
    shorter, longer = sorted((f" {' '.join(saying.words)} " for saying in (one, other)), key=len)
    return shorter in longer


def compare_pair(old: Text, new: Text, pair: Pair, unsure: frozenset[str]) -> Iterator[dict]:
    """What changed between two wordings of one quotation; what only begins or ends elsewhere in the same words did not."""
    one, other = old.sayings[pair.old], new.sayings[pair.new]
    figures = find_replaced(one.row, other.row)
    if figures:
        yield describe("figure", one, other, pair.score, *figures)
    elif one.words != other.words and not (is_part(one, other) and is_in(one, new) and is_in(other, old)):
        yield describe("reworded", one, other, pair.score)
    if is_given_away(one.row, other.row, pair.score, unsure):
        yield describe("attributed", one, other, pair.score)


def find_replaced(old: dict, new: dict) -> tuple[dict, dict] | None:
    """The first figure of the one quotation whose value the other lacks, and the one that stands for it: of the same unit and kind."""
    left, right = list_others(old, new["text"]), list_others(new, old["text"])
    alike = ((f, g) for f in left for g in right if f["unit"] == g["unit"] and name_counted(f) == name_counted(g))
    return next((pair for pair in alike if not differs_in_scale(*pair)), None)


def list_others(own: dict, text: str) -> list[dict]:
    """The figures of a quotation that are no number in another text."""
    figures = [figure for figure in own["figures"] if figure["exactness"] != "vague"]
    known = read_figures(text) if figures else set()
    return [figure for figure in figures if str(figure["value"]) not in known]


def differs_in_scale(one: dict, other: dict) -> bool:
    """Whether two figures are a thousand, a million … times each other: the word for it was written otherwise."""
    small, large = sorted((abs(one["value"]), abs(other["value"])))
    return any(small * scale == large for scale in (1e3, 1e6, 1e9, 1e12))


def name_counted(figure: dict) -> str:
    """The last word for what is counted."""
    words = (figure["counted"] or "").split()
    return cut_word(words[-1].casefold()) if words else ""


def is_given_away(old: dict, new: dict, score: float, unsure: frozenset[str]) -> bool:
    """Whether a quotation has another speaker: two who are known, by surnames unlike any word of the other, or, of the same words,
    two descriptions without a word in common."""
    one, other = old["speaker_entity_id"], new["speaker_entity_id"]
    words = [name_speaker(row["speaker_text"] or "") for row in (old, new)]
    if not all(words):
        return False
    if one and other:
        is_known = one != other and unsure.isdisjoint([one, other]) and all(map(is_name, (old, new)))
        return is_known and not are_one_name(*words)
    is_described = not one and not other and {old["speaker_kind"], new["speaker_kind"]} <= DESCRIBED
    return is_described and score >= LEAST_GIVEN and not are_alike(*words)


def is_name(quote: dict) -> bool:
    """Whether the words for a speaker have a capital behind their first one, or are one word with it."""
    words = split_words(fold_text(quote["speaker_text"]))[0]
    return any(word[0].isupper() for word in words[1:] or words)


def are_one_name(one: list[str], other: list[str]) -> bool:
    """Whether two names may be spellings or forms of one: the last word of one is like a word of the other, or most words are."""
    shorter, longer = sorted((one, other), key=len)
    alike = sum(are_alike([word], longer) for word in shorter)
    return are_alike(one[-1:], other) or are_alike(one, other[-1:]) or 2 * alike > len(shorter)


def are_alike(one: list[str], other: list[str]) -> bool:
    """Whether a word of one name is spelt nearly as one of the other: spellings are corrected more often than speakers."""
    return any(Indel.normalized_similarity(left, right) >= LIKE_NAMES for left in one for right in other)


def name_speaker(text: str) -> list[str]:
    """The words of the name or description of a speaker; none of a pronoun and of an acronym, which may mean anybody."""
    known = [know_word(word) for word in split_words(fold_text(text))[0] if not is_acronym(word)]
    return [word.folded for word in known if word.is_content]


def describe(
    kind: str,
    old: Saying | None,
    new: Saying | None,
    score: float | None = None,
    figure: dict | None = None,
    later: dict | None = None,
) -> dict:
    """A row but for its articles and key."""
    left, right = old.row if old else {}, new.row if new else {}
    return {
        "kind": kind,
        "quote_id": left.get("quote_id"),
        "later_quote_id": right.get("quote_id"),
        "speaker_entity_id": left.get("speaker_entity_id"),
        "later_speaker_entity_id": right.get("speaker_entity_id"),
        "difference": compare_words(left["text"], right["text"]) if left and right and kind != "attributed" else None,
        "counted": figure and figure["counted"],
        "unit": figure and figure["unit"],
        "value": figure and figure["value"],
        "later_value": later and later["value"],
        "score": score,
    }
