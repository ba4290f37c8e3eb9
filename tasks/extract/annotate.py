"""From a text to its sentences, mentions, entities and quotations."""

from .annotation import Annotation
from .assemble import assemble_annotation
from .find_quotes import draft_quotes
from .mentions import find_names
from .model import Model, load_model
from .names import link_names
from .page import read_page
from .parse import Parse, parse_text
from .sentences import split_sentences
from .settings import ExtractSettings
from .settle_names import settle_names
from .speaker_names import add_speaker_names

__all__ = ["annotate_parse", "annotate_text", "load_model"]


def annotate_text(text: str, model: Model, settings: ExtractSettings) -> Annotation:
    """Find sentences, mentions, entities and quotations in one text; offsets are code points of `text` as given."""
    return annotate_parse(parse_text(text, model, settings), settings)


def annotate_parse(parse: Parse, settings: ExtractSettings) -> Annotation:
    """The annotation of a parsed text: all rules, no model."""
    page = read_page(parse)
    sentences = split_sentences(parse, page.paragraphs)
    names = add_speaker_names(parse, settle_names(parse, find_names(parse)), page.frames)
    linked = link_names(parse, names)
    return assemble_annotation(
        page, sentences, linked, draft_quotes(page, settings.find_running_on, settings.keep_nested), settings
    )
