"""Articles of a few sentences, read by the real rules, as the functions that compare quotations take them."""

from datetime import date
from typing import NamedTuple

import polars as pl

from quotidian.tasks.deduplicate.sketch import sketch_quotes
from quotidian.tasks.deduplicate.statements.figures import add_figures
from quotidian.tasks.deduplicate.statements.opposed import gather_sayings
from quotidian.tasks.deduplicate.statements.statements import link_statements
from quotidian.tasks.extract.flatten import flatten_entities, flatten_quotes
from quotidian.tasks.extract.row import extract_body
from quotidian.tasks.extract.settings import ExtractSettings
from quotidian.tasks.extract.work import SCHEMA

MONDAY = date(2024, 4, 1)
TUESDAY, WEDNESDAY, FRIDAY = date(2024, 4, 2), date(2024, 4, 3), date(2024, 4, 5)


class Report(NamedTuple):
    """An article of an invented outlet."""

    text: str
    outlet: str | None
    day: date | None = MONDAY
    story: str = "st_1"
    origin: str | None = None
    is_latest: bool = True


def read_quotes(texts: list[str]) -> pl.DataFrame:
    """The quotations of texts as `read_sayings` gives them, with the last name of the speaker for entity; article_id is a0, a1, …"""
    found = [extract_body(f"a{number}", text, ExtractSettings()) for number, text in enumerate(texts)]
    nested = pl.DataFrame(found, schema=SCHEMA).rename({"body_hash": "article_id"})
    said = add_figures(flatten_quotes(nested), nested).drop("text").rename({"content": "text"})
    names = flatten_entities(nested).select(
        "article_id", speaker_entity_index="entity_index", speaker_entity_id=pl.col("name").str.split(" ").list.last()
    )
    quotes = said.join(names, on=["article_id", "speaker_entity_index"], how="left").select(
        *("quote_id", "article_id", "text", "kind", "is_said", "is_denied", "stance", "speaker_kind", "speaker_text"),
        *("figures", "says_no", "claim_words", "speaker_entity_id"),
    )
    return quotes.hstack(sketch_quotes(quotes["text"]))


def read_reports(reports: list[Report]) -> pl.DataFrame:
    """What `gather_sayings` gives of the articles, each a copy group of its own; the first is the earliest."""
    ids = [f"a{number}" for number in range(len(reports))]
    own = read_quotes([report.text for report in reports])
    origins = [report.origin or key for key, report in zip(ids, reports, strict=True)]
    links = pl.DataFrame(
        {
            "article_id": ids,
            "copy_group": origins,
            "origin_id": origins,
            "story_id": [report.story for report in reports],
            "age_rank": pl.Series(range(len(ids)), dtype=pl.UInt32),
        }
    )
    index = pl.DataFrame(
        {
            "article_id": ids,
            "outlet": pl.Series([report.outlet for report in reports], dtype=pl.String),
            "published_date": pl.Series([report.day for report in reports], dtype=pl.Date),
            "is_latest": [report.is_latest for report in reports],
        }
    )
    statements = link_statements(own, links).links
    return gather_sayings(own.join(statements, on="quote_id"), links, index)
