"""What every annotation keeps, whatever the text: slices, order, no overlaps, indexes that point somewhere."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import quotidian.seeds
from quotidian.tasks.extract.annotate import annotate_text, load_model
from quotidian.tasks.extract.settings import ExtractSettings
from quotidian.tasks.tables.kinds import MENTION_KINDS, NAME_TYPES, QUOTE_KINDS, SPEAKER_KINDS

SEEDS = sorted((Path(quotidian.seeds.__file__).parent / "articles").glob("*.txt"))
ODD_TEXTS = [
    "",
    " ",
    "\n\n\n",
    "\x00\x00",
    "a",
    "\"'“”‘’«»''``",
    '"',
    '"""""" said he',
    "“A “B “C” D, he said",
    "Said.",
    ", he said.",
    "according to",
    "According to , .",
    "👩‍👩‍👧‍👦 said “🙂🙂” 𝔘𝔫𝔦𝔠𝔬𝔡𝔢",
    "word " * 600,
    "x" * 60_000,
    "'" * 4_000,
    '"a ' * 800,
    "[" * 1_000 + "]" * 1_000,
    ". " * 1_500,
    "he said " * 400,
    "- item\n* item two\n• item three\r\n1. item",
    "line without end\r\nSays Ann: “yes",
]


def check_promises(text, annotation):
    sentences, mentions, entities, quotes = (
        annotation.sentences,
        annotation.mentions,
        annotation.entities,
        annotation.quotes,
    )
    covered = bytearray(len(text))
    for one in sentences:
        assert 0 <= one.start < one.end <= len(text)
        assert text[one.start : one.end] == text[one.start : one.end].strip()
        assert not any(covered[one.start : one.end])
        covered[one.start : one.end] = b"\x01" * (one.end - one.start)
    assert all(mark or character.isspace() for mark, character in zip(covered, text, strict=True))
    assert all(a.end <= b.start and a.paragraph_index <= b.paragraph_index for a, b in pairwise(sentences))
    assert all(a.end <= b.start for a, b in pairwise(mentions))
    for one in mentions:
        assert any(s.start <= one.start < one.end <= s.end for s in sentences)
        assert one.type in NAME_TYPES
        assert one.mention_kind in MENTION_KINDS
        assert (one.mention_kind == "role" and one.entity_index is None) or entities[one.entity_index]
    assert all(one.name and one.type in NAME_TYPES for one in entities)
    assert [(q.start, q.end) for q in quotes] == sorted({(q.start, q.end) for q in quotes})
    for one in quotes:
        assert one.kind in QUOTE_KINDS
        assert one.speaker_kind in SPEAKER_KINDS
        assert 0 <= one.start < one.end <= len(text)
        assert 0 <= one.confidence <= 1
        assert (one.parts[0][0], one.parts[-1][1]) == (one.start, one.end)
        assert all(a < b for a, b in one.parts)
        assert all(a[1] <= b[0] for a, b in pairwise(one.parts))
        assert (one.cue_start is None) == (one.cue_lemma is None) == (one.cue_end is None)
        assert (one.speaker_start is None) == (one.speaker_end is None)
        if one.speaker_mention_index is not None:
            mention = mentions[one.speaker_mention_index]
            assert (mention.start, mention.end) == (one.speaker_start, one.speaker_end)
            assert mention.entity_index == one.speaker_entity_index


@pytest.mark.parametrize("text", ODD_TEXTS)
def test_odd_texts_raise_nothing(annotate, text):
    check_promises(text, annotate(text))


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: f"sample {path.stem[:3]}")
def test_seeds(annotate, path):
    text = path.read_text(encoding="utf-8")
    annotation = annotate(text)
    check_promises(text, annotation)
    assert annotation.sentences
    assert annotation.mentions
    assert annotation.quotes


PIECES = st.sampled_from(
    [
        "he said",
        "“",
        "”",
        '"',
        "'",
        ",",
        ".",
        " ",
        "\n",
        "\n\n",
        "Mr. Wang",
        "told reporters",
        "that it works",
        "I",
        "according to",
        "the ministry",
        ":",
        "?",
        "[sic]",
        "who",
        "adding",
        "‘",
        "’",
        "U.S.",
        "Blinkens’",
        "—",
        "\r\n",
        "(",
    ]
)


@settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(PIECES, max_size=40))
def test_any_mixture_of_pieces(pieces):
    text = " ".join(pieces)
    check_promises(text, annotate_text(text, load_model(ExtractSettings().model), ExtractSettings()))
