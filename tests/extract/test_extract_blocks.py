"""Long texts are cut at the best place, and nothing is lost."""

import pytest

from quotidian.tasks.extract.annotate import annotate_text
from quotidian.tasks.extract.parsing.blocks import cut_blocks
from quotidian.tasks.extract.settings import ExtractSettings


@pytest.mark.parametrize("text", ["", "a", "a b " * 100, "x" * 500, "One.\n\nTwo.\n\n" * 40, "One. Two. " * 50])
def test_blocks_cover_the_text(text):
    blocks = cut_blocks(text, 100)
    assert "".join(text[start:end] for start, end in blocks) == text
    assert all(end - start <= 100 for start, end in blocks)


def test_cuts_at_paragraphs_before_sentences():
    text = "A first paragraph. It goes on.\n\nA second one follows here. And more text comes now."
    assert text[: cut_blocks(text, 60)[0][1]] == "A first paragraph. It goes on.\n\n"


def test_long_text_is_the_same_as_its_parts(model):
    paragraph = "“The bridge will open in May,” said Maria Lopez, the city engineer.\n\n"
    annotation = annotate_text(paragraph * 60, model, ExtractSettings(block_chars=1_000))
    assert len(annotation.sentences) == 60
    assert len(annotation.quotes) == 60
    assert {annotation.entities[q.speaker_entity_index].name for q in annotation.quotes} == {"Maria Lopez"}
