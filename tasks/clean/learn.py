"""Propose junk: lines that come back in article after article of one outlet, for people to accept.

Cleaning itself never looks at other articles. What is accepted becomes a row of seeds/junk_phrases.csv or one of
`CleanSettings.junk_phrases`, and from then on an input like any other.
"""

from collections import Counter
from collections.abc import Iterable

import polars as pl

from .article import repair_raw
from .lines import Line, split_lines
from .phrases import active_line_patterns, find_phrase, match_line, normalise_phrase

# Longer lines that come back are paragraphs of one text that was published twice.
LEARN_CHARS = 300
REPEATED_RULE = "repeated_line"
SCHEMA = pl.Schema(
    {
        "phrase": pl.String,
        "rule": pl.String,
        "opens_block": pl.String,
        "where": pl.String,
        "outlet": pl.String,
        "article_count": pl.Int64,
        "outlet_article_count": pl.Int64,
        "sentence_share": pl.Float64,
        "example": pl.String,
    }
)


def propose_junk(articles: Iterable[tuple[str | None, str]], min_count: int) -> pl.DataFrame:
    """Lines that stand in at least `min_count` articles of an outlet and that no phrase or pattern removes yet.

    `articles` gives outlet and raw text. One row for each outlet and line, figures as '#', the most frequent first:
    the four columns of seeds/junk_phrases.csv, then the evidence: articles with the line, articles of the outlet,
    share of those lines that end like a sentence (what does is more likely a story told twice), and the line as it
    stands in the first article in the order of its text.
    """
    counts: Counter[tuple[str, str]] = Counter()
    sentences: Counter[tuple[str, str]] = Counter()
    outlets: Counter[str] = Counter()
    examples: dict[tuple[str, str], str] = {}
    for outlet, raw in articles:
        name = outlet or ""
        outlets[name] += 1
        for phrase, line in list_candidates(raw).items():
            key = (name, phrase)
            counts[key] += 1
            sentences[key] += line.is_sentence
            examples[key] = min(examples.get(key, line.text), line.text)
    rows = [
        (
            phrase,
            REPEATED_RULE,
            "",
            "",
            name,
            count,
            outlets[name],
            sentences[name, phrase] / count,
            examples[name, phrase],
        )
        for (name, phrase), count in counts.items()
        if count >= min_count
    ]
    frame = pl.DataFrame(rows, schema=SCHEMA, orient="row")
    return frame.sort("article_count", "outlet", "phrase", descending=[True, False, False])


def list_candidates(raw: str) -> dict[str, Line]:
    """The lines of one article that cleaning does not know as junk, by their normalised form."""
    text = repair_raw(raw).text
    lines = split_lines(text)
    patterns = active_line_patterns((line.text for line in lines), ("line",))["line"]
    candidates: dict[str, Line] = {}
    for line in lines:
        if len(line.text) > LEARN_CHARS or find_phrase(line.text) or match_line(line.text, patterns):
            continue
        phrase = normalise_phrase(line.text)
        if phrase:
            candidates.setdefault(phrase, line)
    return candidates
