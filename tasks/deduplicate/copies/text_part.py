"""A part of the texts of an archive, with what leads from one text to others: made once, read where it lies, and never changed."""

from dataclasses import dataclass, field

import numpy as np
import polars as pl

from quotidian.tasks.deduplicate.arrays import Array
from quotidian.tasks.deduplicate.copies.lists import FeatureList

BODY_SCHEMA = dict.fromkeys(("body_hash", "made_by"), pl.String) | {"text_hash": pl.UInt64}


@dataclass(frozen=True)
class TextPart:
    """Texts, and the bodies that have their words.

    bodies      rows of BODY_SCHEMA: the hash of a body, the version that extracted it, and the hash of its words; they are seldom read
    codes       64 bits that tell each body, and the version that extracted it
    body_texts  the hash of the words of each body
    text_hash   of each text, sorted
    spelling    what `Corpus.spell_texts` gives of each
    sizes       content words of each
    words       the words of all, text by text
    signatures  of each text SIGNATURE_SIZE values
    features    word pairs, by a hash of each
    bands       bands, by which it is and its values

    Texts of fewer words than are compared have no features and no bands. The bodies and the last four stay in their files, where there are files.
    """

    bodies: pl.LazyFrame
    codes: np.ndarray
    body_texts: np.ndarray
    text_hash: np.ndarray
    spelling: np.ndarray
    sizes: np.ndarray
    words: Array
    signatures: Array
    features: FeatureList
    bands: FeatureList
    files: dict[str, str] = field(default_factory=dict)
    """Names of the files that hold it, where there are any."""


OF_BODIES = ("codes", "body_texts")
COLUMNS = ("text_hash", "spelling", "sizes")
LONG = ("words", "signatures")
LISTS = ("features", "bands")
