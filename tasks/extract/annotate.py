"""From a text to its sentences, mentions, entities and quotations."""

from .annotation import Annotation
from .assemble import assemble_annotation
from .names.link_names import link_names
from .names.mentions import find_names
from .names.settle_names import settle_names
from .names.speaker_names import add_line_names, add_speaker_names
from .parsing.model import Model, load_model
from .parsing.parse import Parse
from .parsing.parse_text import parse_text
from .parsing.sentences import split_sentences
from .quotes.find_quotes import find_sayings
from .quotes.page import read_page
from .settings import ExtractSettings

__all__ = ["annotate_parse", "annotate_text", "load_model"]


def annotate_text(text: str, model: Model, settings: ExtractSettings) -> Annotation:
    """Find sentences, mentions, entities and quotations in one text; offsets are code points of `text` as given."""
    return annotate_parse(parse_text(text, model, settings), settings)


def annotate_parse(parse: Parse, settings: ExtractSettings) -> Annotation:
    """The annotation of a parsed text: all rules, no model."""
    page = read_page(parse)
    sentences = split_sentences(parse, page.paragraphs)
    names = settle_names(parse, find_names(parse))
    names = add_speaker_names(parse, add_line_names(parse, names, page.spoken_lines), page.frames)
    linked = link_names(parse, names)
    return assemble_annotation(
        page, sentences, linked, find_sayings(page, settings.find_running_on, settings.keep_nested), settings
    )
