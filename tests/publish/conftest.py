"""Two small articles as the earlier rooms leave them."""

from datetime import date

import polars as pl
import pytest

from quotidian.tasks.clean.work import SCHEMA as CLEANED
from quotidian.tasks.deduplicate.archive_links import LINK_SCHEMAS, ArchiveLinks
from quotidian.tasks.extract.work import SCHEMA as ANNOTATED
from quotidian.tasks.publish.portions import add_portions

BODY = "Ann Smith said it was over. It is, she added."


@pytest.fixture
def articles() -> pl.DataFrame:
    """Rows of the clean room with what publishing adds; the second has no date and the same body."""
    common = {
        "body": BODY,
        "body_hash": "b",
        "date_source": "none",
        "quality_flags": "",
        "removed_chars": 2,
        "translation_rate": 0.0,
    }
    edit = {"raw_start": 0, "raw_end": 2, "body_start": 0, "body_end": 0, "raw_text": "\n\n", "body_text": ""}
    rows = [
        common | {"input_id": "i1", "source": "1.txt", "published_date": date(2023, 6, 19), "word_count": 10},
        common | {"input_id": "i2", "source": "2.txt", "word_count": 10},
    ]
    for row in rows:
        row |= {"edits": [edit | {"rule": "edges", "kind": "spacing"}], "credits": [], "metadata": []}
    own = {"article_id": ["a1", "a2"], "revision": [0, 0], "is_latest": [True, True], "extractor_version": ["v", "v"]}
    own["clean_version"] = ["c", "c"]
    return add_portions(pl.DataFrame(rows, schema=CLEANED).hstack(pl.DataFrame(own)))


@pytest.fixture
def annotations() -> pl.DataFrame:
    """The row of the extract room for the body: a name, a pronoun, two quotations."""
    quote = {"kind": "indirect", "is_marked": False, "is_said": True, "stance": "asserts", "has_insert": False}
    quote["speaker_kind"] = "named"
    said = {
        "start": 15,
        "end": 26,
        "parts": [{"start": 15, "end": 26}],
        "cue_lemma": "say",
        "cue_start": 10,
        "cue_end": 14,
    }
    said |= {
        "speaker_start": 0,
        "speaker_end": 9,
        "speaker_mention_index": 0,
        "speaker_entity_index": 0,
        "confidence": 0.9,
    }
    added = {"start": 28, "end": 33, "parts": [{"start": 28, "end": 33}], "confidence": 0.5}
    row = {
        "body_hash": "b",
        "body": BODY,
        "sentences": [
            {"start": 0, "end": 27, "paragraph_index": 0, "token_count": 7},
            {"start": 28, "end": 45, "paragraph_index": 0, "token_count": 6},
        ],
        "mentions": [
            {"start": 0, "end": 9, "type": "PERSON", "mention_kind": "name", "entity_index": 0},
            {"start": 35, "end": 38, "type": "PERSON", "mention_kind": "pronoun", "entity_index": 0},
        ],
        "entities": [{"name": "Ann Smith", "type": "PERSON"}],
        "quotes": [quote | said, quote | added],
    }
    return pl.DataFrame([row], schema=ANNOTATED)


@pytest.fixture
def links() -> ArchiveLinks:
    """Both articles are one story, the second a copy of the first."""
    copies = {"copy_group": ["a1", "a1"], "copy_kind": ["original", "exact"], "copy_score": [1.0, 1.0]}
    copies |= {"origin_id": ["a1", "a1"]}
    quotes = [f"{a}:q{span}" for a in ("a1", "a2") for span in ("15-26", "28-33")]
    own = {
        "articles": {"article_id": ["a1", "a2"], **copies, "story_id": ["s", "s"]},
        "entity_links": {"article_id": ["a1", "a2"], "entity_index": [0, 0], "entity_id": ["e", "e"]},
        "quotes": {
            "quote_id": quotes,
            "article_id": ["a1", "a1", "a2", "a2"],
            "statement_id": ["t1", "t2"] * 2,
            "speaker_entity_id": ["e", None] * 2,
        },
    }
    return ArchiveLinks(**{name: pl.DataFrame(own.get(name), schema=schema) for name, schema in LINK_SCHEMAS.items()})
