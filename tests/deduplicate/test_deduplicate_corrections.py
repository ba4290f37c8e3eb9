from pathlib import Path

import polars as pl
import pytest

from quotidian.tasks.deduplicate.corrections import (
    NO_CORRECTIONS,
    CorrectionError,
    correct_speakers,
    read_corrections,
)
from quotidian.tasks.deduplicate.entities.entities import link_entities
from quotidian.tasks.deduplicate.entities.set_apart import place_by_quote


def test_an_absent_folder_corrects_nothing(tmp_path: Path):
    assert (
        read_corrections(None) == read_corrections(tmp_path / "nowhere") == read_corrections(tmp_path) == NO_CORRECTIONS
    )


def test_lines_are_read_with_their_place(tmp_path: Path):
    (tmp_path / "not_copies.csv").write_text("\ufeffarticle_id,note\n a1 ,why\na2,\n", encoding="utf-8")
    lines = read_corrections(tmp_path).not_copies
    assert [(line.line, line.values) for line in lines] == [
        (2, {"article_id": "a1", "original_id": ""}),
        (3, {"article_id": "a2", "original_id": ""}),
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("name\nx\n", "lacks the column same_as"),
        ("", "lacks the column"),
        ("name,same_as\nx,\n", "line 2 has no same_as"),
        ("name,same_as\nDahl, Henrik,y\n", "line 2 has more values than columns"),
    ],
)
def test_what_is_missing_is_named(tmp_path: Path, text, message):
    (tmp_path / "same_entities.csv").write_text(text, encoding="utf-8")
    with pytest.raises(CorrectionError, match=message):
        read_corrections(tmp_path)


def test_another_encoding_is_named(tmp_path: Path):
    (tmp_path / "same_entities.csv").write_bytes(b"name,same_as\nx,y\n\xe9,y\n")
    with pytest.raises(CorrectionError, match="line 3 is not in UTF-8"):
        read_corrections(tmp_path)


def test_a_file_that_corrects_nothing_is_named(tmp_path: Path):
    (tmp_path / "same_entity.csv").write_text("name,same_as\nx,y\n", encoding="utf-8")
    with pytest.raises(CorrectionError, match=r"same_entity\.csv is no file of corrections: rename it to one of same_"):
        read_corrections(tmp_path)


@pytest.mark.parametrize(
    ("speaker", "expected", "has_effect"),
    [
        ("Dahl", "e_dahl", True),
        ("Henrik Dahl", "e_dahl", True),
        ("e_dahl", "e_dahl", True),
        ("", None, True),
        ("Farrow", "e_x", False),
    ],
)
def test_people_name_a_speaker(tmp_path: Path, speaker, expected, has_effect):
    (tmp_path / "quote_speakers.csv").write_text(f"quote_id,speaker\na:q1,{speaker}\n", encoding="utf-8")
    quotes = pl.DataFrame({"quote_id": ["a:q1", "a:q2"], "article_id": ["a", "a"], "speaker_entity_id": ["e_x", None]})
    local = pl.DataFrame({"article_id": ["a"], "entity_index": [0], "name": ["Henrik Dahl"], "aliases": [["Dahl"]]})
    links = pl.DataFrame({"article_id": ["a"], "entity_index": [0], "entity_id": ["e_dahl"]})
    found, effects = correct_speakers(quotes, links, local, read_corrections(tmp_path))
    assert found["speaker_entity_id"].to_list() == [expected, None]
    assert effects["has_effect"].to_list() == [has_effect]


@pytest.mark.parametrize("separator", [",", ";", "\t"], ids=["commas", "semicolons", "tabs"])
def test_values_are_separated_as_the_first_line_is(tmp_path: Path, separator):
    rows = [("name", "same_as", "note"), ("Dahl", "Henrik Dahl", "who")]
    (tmp_path / "same_entities.csv").write_text("\n".join(separator.join(row) for row in rows), encoding="utf-8")
    assert [line.values for line in read_corrections(tmp_path).same_entities] == [
        {"name": "Dahl", "same_as": "Henrik Dahl", "article_id": "", "quote_id": ""}
    ]


def test_a_speaker_holds_for_the_same_words_in_copies(tmp_path: Path):
    (tmp_path / "quote_speakers.csv").write_text("quote_id;speaker\na:q1;e_dahl\n", encoding="utf-8")
    ids, articles = ["a:q1", "b:q1", "b:q2", "c:q1"], ["a", "b", "b", "c"]
    texts = ["It rained.", "it  rained.", "It snowed.", "It rained."]
    quotes = pl.DataFrame({"quote_id": ids, "article_id": articles, "text": texts, "speaker_entity_id": ["e_x"] * 4})
    local = pl.DataFrame({"article_id": ["a"], "entity_index": [0], "name": ["Henrik Dahl"], "aliases": [["Dahl"]]})
    links = pl.DataFrame({"article_id": ["a"], "entity_index": [0], "entity_id": ["e_dahl"]})
    groups = {"a": "a", "b": "a", "c": "c"}
    found, _ = correct_speakers(quotes, links, local, read_corrections(tmp_path), groups)
    assert found["speaker_entity_id"].to_list() == ["e_dahl", "e_dahl", "e_x", "e_x"]


@pytest.mark.parametrize(
    ("line", "apart", "effect"),
    [
        ("John Marsh,John Marsh,b,", {"b", "c"}, "kept apart in its article"),
        ("John Marsh,John Marsh,,b:q1", {"b", "c"}, "kept apart in its article"),
        ("Marsh,John Marsh,d,", {"d"}, "kept apart in its article"),
        ("Peter Hall,John Marsh,a,", set(), "the article has no such name"),
        ("John Marsh,John Marsh,gone,", set(), "the article has no such name"),
    ],
)
def test_names_are_parted_by_article_and_quotation(tmp_path: Path, line, apart, effect):
    (tmp_path / "different_entities.csv").write_text(f"name,other_name,article_id,quote_id\n{line}\n", encoding="utf-8")
    quotes = pl.DataFrame({"quote_id": ["b:q1"], "article_id": ["b"]})
    names = ["John Marsh", "John Marsh", "John Marsh", "Marsh"]
    local = pl.DataFrame(
        {
            "article_id": ["a", "b", "c", "d"],
            "entity_index": [0] * 4,
            "name": names,
            "type": ["PERSON"] * 4,
            "mention_count": [1] * 4,
            "aliases": [[name] for name in names],
        }
    )
    articles = pl.DataFrame(
        {"article_id": ["a", "b", "c", "d"], "story_id": ["s"] * 4, "copy_group": ["a", "b", "b", "d"]}
    )
    found = link_entities(local, articles, place_by_quote(read_corrections(tmp_path), quotes))
    entities = dict(found.links.select("article_id", "entity_id").iter_rows())
    assert {article for article in entities if entities[article] != entities["a"]} == apart
    assert found.effects["detail"].to_list() == [effect]


@pytest.mark.parametrize(
    ("line", "joined", "effect"),
    [
        ("Marsh,Ann Marsh,c,", {"c", "d"}, "joined in its article"),
        ("Marsh,Ann Marsh,,c:q1", {"c", "d"}, "joined in its article"),
        ("Hall,Ann Marsh,c,", set(), "the article has no such name"),
        ("Marsh,Eve Marsh,c,", set(), "no article has the other name"),
    ],
)
def test_a_bare_name_is_joined_in_its_article_and_the_copies(tmp_path: Path, line, joined, effect):
    (tmp_path / "same_entities.csv").write_text(f"name,same_as,article_id,quote_id\n{line}\n", encoding="utf-8")
    names = ["Ann Marsh", "John Marsh", "Marsh", "Marsh", "Marsh"]
    local = pl.DataFrame(
        {
            "article_id": list("abcde"),
            "entity_index": [0] * 5,
            "name": names,
            "type": ["PERSON"] * 5,
            "mention_count": [1] * 5,
            "aliases": [[name] for name in names],
        }
    )
    articles = pl.DataFrame({"article_id": list("abcde"), "story_id": ["s"] * 5, "copy_group": list("abcce")})
    quotes = pl.DataFrame({"quote_id": ["c:q1"], "article_id": ["c"]})
    found = link_entities(local, articles, place_by_quote(read_corrections(tmp_path), quotes))
    entities = dict(found.links.select("article_id", "entity_id").iter_rows())
    assert {article for article in "cde" if entities[article] == entities["a"]} == joined
    assert found.effects["detail"].to_list() == [effect]
    assert set(found.candidates["entity_id"]) == {entities["e"]}


def test_a_line_is_junk_or_not(tmp_path: Path):
    (tmp_path / "junk_lines.csv").write_text("line,is_junk\nTap to read more,maybe\n", encoding="utf-8")
    with pytest.raises(CorrectionError, match=r"junk_lines\.csv line 2 has is_junk maybe: write yes or no"):
        read_corrections(tmp_path)
