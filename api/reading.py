"""What one text says, as frames."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import polars as pl

from quotidian.tasks.extract.annotate import annotate_text, load_model
from quotidian.tasks.extract.annotation import Annotation
from quotidian.tasks.extract.flatten import explode_items, flatten_mentions, flatten_quotes, flatten_sentences
from quotidian.tasks.extract.row import annotation_columns
from quotidian.tasks.extract.settings import ExtractSettings
from quotidian.tasks.extract.work import SCHEMA

OWN_IDS = (
    "article_id",
    "sentence_id",
    "mention_id",
    "quote_id",
    "quote_index",
    "mention_index",
    "speaker_mention_index",
)


@dataclass(frozen=True)
class Reading:
    """One text and its annotation. Offsets are half-open code points of `text`."""

    text: str
    annotation: Annotation

    @property
    def sentences(self) -> pl.DataFrame:
        """One row for each sentence: sentence_index, paragraph_index, start, end, text, token_count."""
        return drop_ids(flatten_sentences(self._rows()))

    @property
    def mentions(self) -> pl.DataFrame:
        """One row for each place that names or refers: start, end, text, type, mention_kind, entity (its fullest name in the text)."""
        return drop_ids(self._name(flatten_mentions(self._rows()), "entity_index", "entity"))

    @property
    def quotes(self) -> pl.DataFrame:
        """One row for each quotation: content, speaker (the fullest name in the text), speaker_text, cue, kind, is_said, offsets, …"""
        return drop_ids(self._name(flatten_quotes(self._rows()), "speaker_entity_index", "speaker"))

    def _rows(self) -> pl.DataFrame:
        nested = {"body": self.text} | annotation_columns(self.annotation)
        types = {name: SCHEMA[name] for name in nested}
        return pl.DataFrame([nested], schema=types).with_columns(article_id=pl.lit("text"))

    def _name(self, items: pl.DataFrame, index: str, column: str) -> pl.DataFrame:
        names = explode_items(self._rows(), "entities", index).select(index, pl.col("name").alias(column))
        return items.join(names, on=index, how="left", maintain_order="left").drop(index)


def drop_ids(frame: pl.DataFrame) -> pl.DataFrame:
    """Without what only tells one article from another."""
    return frame.drop(*OWN_IDS, strict=False)


def read_texts(texts: Iterable[str], **settings: Any) -> Iterator[Reading]:
    """The reading of each text."""
    known = ExtractSettings(**settings)
    model = load_model(known.model)
    for text in texts:
        yield Reading(text, annotate_text(text, model, known))
