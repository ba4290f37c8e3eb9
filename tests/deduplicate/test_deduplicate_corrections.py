from pathlib import Path

import polars as pl
import pytest

from quotidian.tasks.deduplicate.corrections import (
    NO_CORRECTIONS,
    CorrectionError,
    correct_speakers,
    read_corrections,
)


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
