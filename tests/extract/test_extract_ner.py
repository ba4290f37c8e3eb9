"""The stepwise recogniser finds what spaCy's own loop finds."""

import json
from pathlib import Path

import pytest
import spacy

import quotidian.seeds
from quotidian.tasks.extract.model import choose_recogniser
from quotidian.tasks.extract.ner import StepwiseRecogniser, can_decode_in_step

SEEDS = sorted((Path(quotidian.seeds.__file__).parent / "articles").glob("*.txt"))
GOLD = Path(__file__).parent.parent / "quality" / "gold" / "passages.jsonl"
PASSAGES = [json.loads(line)["text"] for line in GOLD.read_text(encoding="utf-8").splitlines()]
TEXTS = [path.read_text(encoding="utf-8") for path in SEEDS]
TEXTS += ["\n\n".join(PASSAGES), " ", "Berlin", "\n\nBerlin\n", "A B C D E F G", "New York " * 50]


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
def test_entities_equal_those_of_spacy(model, text):
    doc = model.parse(model.nlp.make_doc(text))
    found = [(entity.start, entity.end, entity.label) for entity in model.find_entities(doc)]
    doc = model.nlp.get_pipe("ner")(doc)
    assert found == [(entity.start, entity.end, entity.label_) for entity in doc.ents]


def test_the_shipped_model_is_decoded_in_step(model):
    assert can_decode_in_step(model.nlp.get_pipe("ner"))
    assert isinstance(model.find_entities.__self__, StepwiseRecogniser)


def test_other_architectures_keep_their_own_loop():
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    assert not can_decode_in_step(nlp.get_pipe("sentencizer"))
    assert choose_recogniser(nlp)(nlp.make_doc("Berlin")) == []


def test_empty_document(model):
    assert model.find_entities(model.nlp.make_doc("")) == []
