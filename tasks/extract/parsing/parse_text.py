"""From a text to its parse, so that no spaCy object leaves this folder."""

import numpy as np
from spacy.tokens import Doc

from quotidian.tasks.extract.parsing.blocks import cut_blocks
from quotidian.tasks.extract.parsing.boundaries import cut_endless, preset_sentence_starts
from quotidian.tasks.extract.parsing.model import Model
from quotidian.tasks.extract.parsing.parse import Parse, TokenEntity
from quotidian.tasks.extract.parsing.view import smooth_text
from quotidian.tasks.extract.settings import ExtractSettings

READ_ATTRIBUTES = ["IDX", "LENGTH", "TAG", "DEP", "HEAD", "SENT_START"]


def parse_text(text: str, model: Model, settings: ExtractSettings) -> Parse:
    """Parse a text of any length; the rooms' rules read nothing else of it."""
    parse = Parse(text, smooth_text(text))
    for start, end in cut_blocks(parse.view, settings.block_chars):
        append_block(parse, start, parse.view[start:end], model)
    link_children(parse)
    find_edges(parse)
    return parse


def append_block(parse: Parse, offset: int, piece: str, model: Model) -> None:
    """Parse one block and append its tokens."""
    doc = parse_block(piece, model)
    if not len(doc):
        return
    base = len(parse)
    parse.entities += [TokenEntity(e.start + base, e.end + base, e.label) for e in model.find_entities(doc)]
    append_tokens(parse, doc, offset)


def parse_block(piece: str, model: Model) -> Doc:
    """One block with tags and parse, once more where a sentence of it has no end."""
    doc = model.nlp.make_doc(piece)
    words = [token.text for token in doc]
    if words:
        doc = model.parse(doc, words, preset_sentence_starts(doc, piece, words))
    cuts = cut_endless(doc)
    if not cuts:
        return doc
    doc = model.nlp.make_doc(piece)
    return model.parse(doc, words, preset_sentence_starts(doc, piece, words, cuts))


def append_tokens(parse: Parse, doc: Doc, offset: int) -> None:
    base = len(parse)
    columns = doc.to_array(READ_ATTRIBUTES).astype(np.int64)
    starts = columns[:, 0] + offset
    parse.starts += starts.tolist()
    parse.ends += (starts + columns[:, 1]).tolist()
    view = parse.view
    parse.words += [view[s:e].lower() for s, e in zip(parse.starts[base:], parse.ends[base:], strict=True)]
    parse.tags += name_values(doc, columns[:, 2])
    parse.deps += name_values(doc, columns[:, 3])
    parse.heads += (columns[:, 4] + np.arange(base, base + len(doc))).tolist()
    is_start = columns[:, 5] == 1
    is_start[0] = True
    parse.sentence_of += (np.cumsum(is_start) - 1 + len(parse.sentence_starts)).tolist()
    parse.sentence_starts += (np.flatnonzero(is_start) + base).tolist()


def name_values(doc: Doc, values: np.ndarray) -> list[str]:
    """The strings behind a column of spaCy's string hashes."""
    unique, places = np.unique(values.astype(np.uint64), return_inverse=True)
    names = [doc.vocab.strings[int(value)] if value else "" for value in unique]
    return [names[place] for place in places.tolist()]


def link_children(parse: Parse) -> None:
    parse.children = [[] for _ in parse.heads]
    for token, head in enumerate(parse.heads):
        if head != token:
            parse.children[head].append(token)


def find_edges(parse: Parse) -> None:
    """Leftmost token below each token, and the token after the rightmost, from the leaves up."""
    order = [token for token, head in enumerate(parse.heads) if token == head]
    for token in order:
        order += parse.children[token]
    left, right = list(range(len(parse))), list(range(1, len(parse) + 1))
    for token in reversed(order):
        head = parse.heads[token]
        left[head] = min(left[head], left[token])
        right[head] = max(right[head], right[token])
    parse.left_edges, parse.right_edges = left, right
