"""Finished work and links become rows that point to each other."""

from dataclasses import replace

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from quotidian.tasks.publish.assemble import assemble_tables
from quotidian.tasks.publish.contracts import ContractBroken, check_tables
from quotidian.tasks.publish.memory import NAMED
from quotidian.tasks.publish.portions import UNDATED


@pytest.fixture
def tables(articles, annotations, links) -> dict[str, pl.DataFrame]:
    return {name: rows.drop("portion") for name, rows in assemble_tables(articles, annotations, links).items()}


def test_every_article_gets_the_pieces_of_its_body(tables) -> None:
    assert tables["articles"].select("article_id", "sentence_count", "mention_count", "quote_count").rows() == [
        ("a1", 2, 2, 2),
        ("a2", 2, 2, 2),
    ]
    assert tables["sentences"]["text"].to_list() == ["Ann Smith said it was over.", "It is, she added."] * 2


def test_pieces_know_their_sentence(tables) -> None:
    expected = pl.DataFrame(
        {
            "mention_id": ["a1:m0-9", "a1:m35-38"],
            "sentence_id": ["a1:s0-27", "a1:s28-45"],
            "entity_id": ["e", "e"],
            "text": ["Ann Smith", "she"],
        }
    )
    found = tables["mentions"].filter(pl.col("article_id") == "a1")
    assert_frame_equal(found.select(expected.columns), expected)
    assert tables["sentences"]["quote_count"].to_list() == [1, 1, 1, 1]


def test_a_quotation_points_to_speaker_and_statement(tables) -> None:
    said, added = tables["quotes"].filter(pl.col("article_id") == "a1").to_dicts()
    assert (said["text"], said["cue"], said["speaker_text"]) == ("it was over", "said", "Ann Smith")
    assert (said["speaker_mention_id"], said["speaker_entity_id"], said["statement_id"]) == ("a1:m0-9", "e", "t1")
    assert (added["cue"], added["speaker_text"], added["speaker_entity_id"]) == (None, None, None)


def test_portions_travel_with_the_rows(articles, annotations, links) -> None:
    portions = assemble_tables(articles, annotations, links)["sentences"]["portion"]
    assert sorted(portions) == [f"{day}/part-0" for day in ("2023-06-19", UNDATED) for _ in range(2)]


def test_entities_and_statements_stand_in_some_tables_alone(articles, annotations, links) -> None:
    other = replace(
        links,
        entity_links=links.entity_links.with_columns(entity_id=pl.lit("f")),
        quotes=links.quotes.with_columns(speaker_entity_id=pl.lit("f"), statement_id=pl.lit("t3")),
    )
    tables, others = (assemble_tables(articles, annotations, own) for own in (links, other))
    changed = {name for name, rows in tables.items() if not rows.equals(others[name])}
    assert {"mentions", "quotes", "quote_speakers", "speaker_candidates"} <= changed <= NAMED


@pytest.mark.parametrize(
    ("table", "change", "words"),
    [
        ("sentences", pl.lit("Other.").alias("text"), "sentences.text: 4 rows are not their slice"),
        ("mentions", pl.lit("a1:s9-9").alias("sentence_id"), "mentions.sentence_id: 4 rows point to no sentences"),
        ("mentions", pl.lit("ANIMAL").alias("type"), "table mentions: type|check__known fails in 4 rows"),
        ("quotes", pl.lit("q").alias("quote_id"), "table quotes: primary_key fails in 4 rows"),
        ("quotes", pl.lit(None, pl.Int32).alias("cue_start"), "table quotes: cue_is_whole fails in 2 rows"),
        ("edits", pl.lit(9, pl.Int32).alias("raw_end"), "table edits: spans_hold_their_texts"),
        ("articles", pl.lit("a9").alias("copy_group"), "articles.copy_group: 2 rows point to no articles"),
    ],
)
def test_a_broken_promise_names_table_column_count_and_example(tables, table, change, words) -> None:
    check_tables(tables, {})
    with pytest.raises(ContractBroken) as error:
        check_tables(tables | {table: tables[table].with_columns(change)}, {})
    assert words in str(error.value)
    assert "for example" in str(error.value)
