"""From a text to its sentences, mentions, entities and quotations."""

from .annotation import Annotation
from .assemble import assemble_annotation
from .names.link_names import Linked, link_names
from .names.mentions import find_names
from .names.settle_names import settle_names
from .names.speaker_names import add_line_names, add_speaker_names
from .parsing.model import Model, load_model
from .parsing.parse import Parse
from .parsing.parse_text import parse_text
from .parsing.sentences import split_sentences
from .quotes.find_quotes import find_sayings
from .quotes.page import Page, read_page
from .settings import ExtractSettings

__all__ = ["annotate_parse", "annotate_text", "link_page", "load_model"]


def annotate_text(text: str, model: Model, settings: ExtractSettings) -> Annotation:
    """Find sentences, mentions, entities and quotations in one text; offsets are code points of `text` as given."""
    return annotate_parse(parse_text(text, model, settings), settings)


def annotate_parse(parse: Parse, settings: ExtractSettings) -> Annotation:
    """The annotation of a parsed text: all rules, no model."""
    page = read_page(parse)
    sentences = split_sentences(parse, page.paragraphs)
    sayings = find_sayings(page, settings.find_running_on, settings.keep_nested)
    return assemble_annotation(page, sentences, link_page(page), sayings, settings)


def link_page(page: Page) -> Linked:
    """The names of an article, those of its speakers among them."""
    parse = page.parse
    names = add_line_names(parse, settle_names(parse, find_names(parse)), page.spoken_lines)
    return link_names(parse, add_speaker_names(parse, names, page.frames))
