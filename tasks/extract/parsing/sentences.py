"""Sentences of a text: the parser's, laid over all characters that are not blank."""

from bisect import bisect_right

from quotidian.tasks.extract.annotation import Sentence
from quotidian.tasks.extract.parsing.parse import Parse


def split_sentences(parse: Parse, paragraphs: list[int]) -> list[Sentence]:
    """Sentences in the order of the text; `paragraphs` are the offsets where paragraphs start."""
    text = parse.text
    tokens = list(parse.sentence_starts)
    starts = [parse.starts[token] for token in tokens]
    sentences: list[Sentence] = []
    for index, start in enumerate(starts):
        end = starts[index + 1] if index + 1 < len(starts) else len(text)
        begin = 0 if index == 0 else start
        piece = text[begin:end]
        left, right = begin + len(piece) - len(piece.lstrip()), begin + len(piece.rstrip())
        if left < right:
            first, last = parse.sentence_range(index)
            count = sum(not word.isspace() for word in parse.words[first:last])
            sentences.append(Sentence(left, right, max(0, bisect_right(paragraphs, left) - 1), count))
    return sentences
