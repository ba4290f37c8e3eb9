"""The spaCy pipeline of the room: loaded once per process, cut to the components that the room reads."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial

import numpy as np
import spacy
from spacy.attrs import NORM, ORTH
from spacy.language import Language
from spacy.tokens import Doc
from thinc.api import NumpyOps

from quotidian.tasks.extract.parsing.boundaries import read_abbreviations
from quotidian.tasks.extract.parsing.ner import StepwiseRecogniser, can_decode_in_step
from quotidian.tasks.extract.parsing.paragraph_parser import can_parse_paragraphs, parse_paragraphs
from quotidian.tasks.extract.parsing.parse import TokenEntity
from quotidian.tasks.extract.parsing.token_vectors import TokenEncoder, can_encode

SUFFIXES = frozenset(("Sr.", "Esq."))
"""Abbreviations that stand behind a name."""
UNREAD_COMPONENTS = ("attribute_ruler", "lemmatizer", "morphologizer", "senter", "textcat", "entity_linker")


@dataclass(frozen=True)
class Model:
    """A loaded pipeline. `name` and `version` tell pipeline and spaCy apart in the extractor version."""

    name: str
    version: str
    nlp: Language
    parse: Callable[[Doc, list[str], np.ndarray], Doc]
    find_entities: Callable[[Doc], list[TokenEntity]]


@cache
def load_model(name: str) -> Model:
    """The installed spaCy English pipeline `name`; raises OSError where it is not installed."""
    nlp = spacy.load(name, exclude=list(UNREAD_COMPONENTS))
    for _, pipe in nlp.pipeline:
        use_matrix_product_of_numpy(pipe)
    keep_abbreviations(nlp)
    nlp.max_length = 10**9  # blocks are cut before the parser, see blocks.py
    version = f"{nlp.meta['name']} {nlp.meta['version']} spacy {spacy.__version__}"
    return Model(name, version, nlp, PipelineParser(nlp), choose_recogniser(nlp))


def keep_abbreviations(nlp: Language) -> None:
    """Have ranks and titles of `seeds/abbreviations.csv` keep their stop, read like "Gen." or "Jr.", so that it ends no sentence."""
    for abbreviation in sorted(read_abbreviations()):
        for word in (abbreviation, abbreviation.upper()):
            norm = "jr." if abbreviation in SUFFIXES else "gen."
            nlp.tokenizer.add_special_case(word, [{ORTH: word, NORM: norm}])


def use_matrix_product_of_numpy(pipe: object) -> None:
    """numpy's matrix product is 1.8 times as fast as thinc's own on x86 (measured on en_core_web_sm)."""
    model = getattr(pipe, "model", None)
    if model is None or not isinstance(model.ops, NumpyOps):
        return
    ops = NumpyOps(use_blis=False)
    for node in model.walk():
        node.ops = ops


class PipelineParser:
    """All components but the entity recogniser, run over one document without any batch.

    Token vectors and parse are computed in the faster ways of this room where the architecture allows it.
    """

    def __init__(self, nlp: Language) -> None:
        self.steps = [choose_step(name, pipe) for name, pipe in nlp.pipeline if name != "ner"]

    def __call__(self, doc: Doc, words: list[str], presets: np.ndarray) -> Doc:
        """The document with tags and parse; `words` are its tokens, `presets` has 1 where a paragraph starts."""
        for step in self.steps:
            doc = step(doc, words, presets)
        return doc


def choose_step(name: str, pipe: Callable[[Doc], Doc]) -> Callable[[Doc, list[str], np.ndarray], Doc]:
    """One component as a step of PipelineParser."""
    if name == "tok2vec" and can_encode(pipe.model):
        encode = TokenEncoder(pipe.model)
        return lambda doc, words, presets: set_vectors(doc, encode(doc))
    if can_parse_paragraphs(pipe):
        return partial(parse_paragraphs, pipe)
    return lambda doc, words, presets: pipe(doc)


def set_vectors(doc: Doc, vectors: np.ndarray) -> Doc:
    doc.tensor = vectors
    return doc


def choose_recogniser(nlp: Language) -> Callable[[Doc], list[TokenEntity]]:
    """The stepwise recogniser where the architecture allows it, else spaCy's own loop."""
    if "ner" not in nlp.pipe_names:
        return lambda doc: []
    pipe = nlp.get_pipe("ner")
    if can_decode_in_step(pipe):
        return StepwiseRecogniser(pipe).find
    return lambda doc: [TokenEntity(e.start, e.end, e.label_) for e in pipe(doc).ents]
