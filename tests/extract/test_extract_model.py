"""Token vectors, parse and entities computed in this room's ways are those of spaCy's own loops."""

import json
from pathlib import Path

import numpy as np
import pytest
import spacy
from numpy.testing import assert_allclose

import quotidian.seeds
from quotidian.tasks.extract.parsing.boundaries import preset_sentence_starts
from quotidian.tasks.extract.parsing.model import UNREAD_COMPONENTS, PipelineParser, choose_recogniser
from quotidian.tasks.extract.parsing.ner import StepwiseRecogniser, can_decode_in_step
from quotidian.tasks.extract.parsing.paragraph_parser import can_parse_paragraphs
from quotidian.tasks.extract.parsing.token_vectors import can_encode
from quotidian.tasks.extract.settings import ExtractSettings

SEEDS = sorted((Path(quotidian.seeds.__file__).parent / "articles").glob("*.txt"))
GOLD = Path(__file__).parent.parent / "quality" / "gold" / "passages.jsonl"
PASSAGES = [json.loads(line)["text"] for line in GOLD.read_text(encoding="utf-8").splitlines()]
TEXTS = [path.read_text(encoding="utf-8") for path in SEEDS]
TEXTS += ["\n\n".join(PASSAGES), "\n".join(PASSAGES), "\n\n".join(" ".join(PASSAGES).split()[:300])]
TEXTS += [" ", "Berlin", "\n\nBerlin\n", "A B C D E F G", "New York " * 50]
SETTINGS = ExtractSettings()
COLUMNS = ["TAG", "DEP", "HEAD", "SENT_START"]


@pytest.fixture(scope="module")
def plain(model):
    """The same pipeline in spaCy's own loops."""
    return spacy.load(SETTINGS.model, exclude=UNREAD_COMPONENTS)


def read_both(model, plain, text):
    """A text parsed by spaCy's loops, and by this room."""
    docs = []
    for parse in (lambda doc, words, presets: plain(doc), model.parse):
        doc = model.nlp.make_doc(text)
        words = [token.text for token in doc]
        docs.append(parse(doc, words, preset_sentence_starts(doc, text, words)))
    return docs


@pytest.mark.parametrize("text", TEXTS)
def test_parse_and_entities_equal_those_of_spacy(model, plain, text):
    expected, found = read_both(model, plain, text)
    assert (found.to_array(COLUMNS) == expected.to_array(COLUMNS)).all()
    assert_allclose(found.tensor, expected.tensor, atol=1e-4)
    entities = [(entity.start, entity.end, entity.label) for entity in model.find_entities(found)]
    assert entities == [(entity.start, entity.end, entity.label_) for entity in expected.ents]


def test_a_paragraph_is_parsed_alike_wherever_it_stands(model):
    def read_second(first):
        text = first + "\n\nafrol News reports that talks go on."
        doc = model.nlp.make_doc(text)
        words = [token.text for token in doc]
        parsed = model.parse(doc, words, preset_sentence_starts(doc, text, words))
        return [(token.text, token.dep_) for token in parsed][words.index("afrol") :]

    assert read_second("Paradise lost,") == read_second("The president of the bank spoke to a friend of")


def test_the_shipped_model_is_decoded_in_step(model):
    assert can_decode_in_step(model.nlp.get_pipe("ner"))
    assert isinstance(model.find_entities.__self__, StepwiseRecogniser)
    assert can_encode(model.nlp.get_pipe("tok2vec").model)
    assert can_parse_paragraphs(model.nlp.get_pipe("parser"))


def test_other_architectures_keep_their_own_loop():
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    assert not can_decode_in_step(nlp.get_pipe("sentencizer"))
    assert not can_parse_paragraphs(nlp.get_pipe("sentencizer"))
    assert choose_recogniser(nlp)(nlp.make_doc("Berlin")) == []
    doc = nlp.make_doc("It rains. It pours.")
    assert len(list(PipelineParser(nlp)(doc, [token.text for token in doc], np.zeros(len(doc))).sents)) == 2


def test_empty_document(model):
    assert model.find_entities(model.nlp.make_doc("")) == []
