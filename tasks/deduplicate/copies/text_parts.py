"""Parts of the texts of an archive made of sketches, and side by side.

Of what leads from one text to others, pairs of neighbouring words and bands of signatures, a part has sorted lists, in which those
of a new text are looked up.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from rensa import RMinHash

from quotidian.tasks.deduplicate.arrays import read_stretches
from quotidian.tasks.deduplicate.copies.lists import TEXT_BITS, Listed, list_features, read_range
from quotidian.tasks.deduplicate.copies.text_part import BODY_SCHEMA, TextPart
from quotidian.tasks.deduplicate.corpus import Corpus, gather_texts
from quotidian.tasks.deduplicate.values import drop_repeats, number_items, sort_numbers

SIGNATURE_SIZE = 128
"""Values of the signature of a text."""
SIGNATURE_ROWS = 2
SIGNATURE_BANDS = SIGNATURE_SIZE // SIGNATURE_ROWS
"""64 MinHash bands: of pairs with Jaccard .25 at least 98 % share a band of two rows."""
SIGNATURE_SEED = 1
HASH = np.uint64(0x9E3779B97F4A7C15)
"""Odd, so that a product with it modulo 2**64 loses nothing; its upper bits mix all bits of the other factor
(Knuth, The Art of Computer Programming 3, section 6.4)."""
BAND_SHIFT = np.uint64(58)
SIGNED_TEXTS = 500
"""Texts that are signed at a time, half as long as by ten times as many."""
PART_TEXTS = 50_000
"""Texts of the largest parts; smaller ones are joined where they are of about one size."""


def make_part(bodies: pl.DataFrame, sketches: pl.DataFrame, min_words: int) -> TextPart:
    """The part of the texts of `sketches` (body_hash and the columns of SKETCH_SCHEMA); `bodies` has rows of BODY_SCHEMA."""
    corpus = gather_texts(sketches)
    texts = np.arange(len(corpus))
    usable = texts[corpus.sizes >= min_words]
    signatures = sign_texts(corpus, texts)
    pieces = [corpus.spell_texts(piece) for piece in corpus.pieces()]
    features = np.concatenate([pack_pairs(corpus, piece) for piece in cut_texts(usable)])
    features = drop_repeats(sort_numbers(features))
    bands = np.concatenate([pack_band(signatures, usable, band) for band in range(SIGNATURE_BANDS)])
    return TextPart(
        *sort_bodies(bodies),
        corpus.text_hash,
        np.concatenate(pieces),
        corpus.sizes,
        corpus.words[0],
        signatures,
        list_features(features),
        list_features(bands),
    )


def sort_bodies(bodies: pl.DataFrame) -> tuple[pl.LazyFrame, np.ndarray, np.ndarray]:
    """What a part has of bodies, by their texts, so that these are soon found."""
    ordered = bodies.select(*BODY_SCHEMA).sort("text_hash", "body_hash", "made_by")
    return ordered.lazy(), code_bodies(ordered), ordered["text_hash"].to_numpy()


def code_bodies(bodies: pl.DataFrame) -> np.ndarray:
    """64 bits that tell each of some bodies (body_hash, made_by)."""
    return bodies.select("body_hash", "made_by").hash_rows().to_numpy()


def cut_texts(texts: np.ndarray) -> list[np.ndarray]:
    """Texts in pieces of bounded size, at least one."""
    return np.array_split(texts, 1 + len(texts) // SIGNED_TEXTS)


def sign_texts(corpus: Corpus, texts: np.ndarray) -> np.ndarray:
    """MinHash signatures over the word pairs of some texts: (texts, SIGNATURE_SIZE), of each value the lower 16 bits."""
    return np.concatenate([sign_piece(corpus, piece) for piece in cut_texts(texts)])


def sign_piece(corpus: Corpus, texts: np.ndarray) -> np.ndarray:
    """Signatures of some texts."""
    owners, codes = corpus.word_pairs(texts)
    starts = np.searchsorted(owners, np.arange(len(texts) + 1)).astype(np.uint64)
    matrix = RMinHash.digest_matrix_from_flat_token_hashes(codes, starts, SIGNATURE_SIZE, SIGNATURE_SEED)
    return np.array(matrix.to_rows(), np.uint32).reshape(len(texts), SIGNATURE_SIZE).astype(np.uint16)


def pack_pairs(corpus: Corpus, texts: np.ndarray) -> np.ndarray:
    """The packed word pairs of some texts."""
    owners, codes = corpus.word_pairs(texts)
    return pack_features(texts[owners], codes)


def pack_features(texts: np.ndarray, features: np.ndarray) -> np.ndarray:
    """A hash of the feature in the upper bits and the text in the `TEXT_BITS` lower ones.

    Of 17 million features of 100,000 texts some hundred meet another one by chance; then a text may be compared for nothing.
    """
    return (features.astype(np.uint64) * HASH) >> TEXT_BITS << TEXT_BITS | texts.astype(np.uint64)


def pack_band(signatures: np.ndarray, texts: np.ndarray, band: int) -> np.ndarray:
    """One packed band of some texts, sorted."""
    values = np.zeros(len(texts), np.uint64)
    for column in range(band * SIGNATURE_ROWS, (band + 1) * SIGNATURE_ROWS):
        values = values << np.uint64(16) | signatures[texts, column]
    return np.sort(np.uint64(band) << BAND_SHIFT | values << TEXT_BITS | texts.astype(np.uint64))


def join_parts(parts: Sequence[TextPart]) -> TextPart:
    """One part of several; of a text that is in more than one the last counts."""
    shelf = open_shelf(parts)
    texts = np.arange(len(shelf.corpus))
    return TextPart(
        *sort_bodies(pl.concat([part.bodies for part in parts]).collect()),
        shelf.corpus.text_hash,
        shelf.spelling,
        shelf.corpus.sizes,
        shelf.corpus.read_words(texts),
        shelf.read_signatures(texts),
        *(
            list_features(read_range(lists, tuple((0, len(listed.keys)) for listed, _ in lists)))
            for lists in (shelf.features, shelf.bands)
        ),
    )


@dataclass(frozen=True)
class Shelf:
    """Parts side by side: the corpus of their texts, the spelling of each text, for each part the texts of its rows, and for each
    text its row in the part where it counts."""

    parts: Sequence[TextPart]
    corpus: Corpus
    spelling: np.ndarray
    texts: Sequence[np.ndarray]
    rows: np.ndarray

    @property
    def features(self) -> list[Listed]:
        """The word pairs of each part, with the texts of its rows."""
        return [(part.features, texts) for part, texts in zip(self.parts, self.texts, strict=True)]

    @property
    def bands(self) -> list[Listed]:
        """The same of bands."""
        return [(part.bands, texts) for part, texts in zip(self.parts, self.texts, strict=True)]

    def read_signatures(self, texts: np.ndarray) -> np.ndarray:
        """The signatures of some texts."""
        found, parts = np.empty((len(texts), SIGNATURE_SIZE), np.uint16), self.corpus.part[texts]
        for part in np.unique(parts):
            own = parts == part
            rows = self.rows[texts[own]]
            found[own] = read_stretches(self.parts[part].signatures, rows, np.ones(len(rows), np.int64))
        return found


def read_bodies(parts: Sequence[TextPart], texts: pl.Series) -> pl.DataFrame:
    """Rows of BODY_SCHEMA of some texts."""
    is_asked = pl.col("text_hash").is_in(texts.implode())
    holding = (part.bodies.filter(is_asked) for part in parts if np.isin(part.body_texts, texts.to_numpy()).any())
    return pl.concat([pl.LazyFrame(schema=BODY_SCHEMA), *holding]).collect()


def open_shelf(parts: Sequence[TextPart]) -> Shelf:
    """The shelf of some parts; of a text that is in more than one the last counts."""
    hashes = np.concatenate([np.empty(0, np.uint64), *(part.text_hash for part in parts)])
    order = np.argsort(hashes, kind="stable")
    ordered = hashes[order]
    is_last = np.append(ordered[1:] != ordered[:-1], np.ones(min(1, len(order)), bool))
    texts = np.empty(len(order), np.int32)
    texts[order] = np.cumsum(is_last) - is_last
    chosen = order[is_last]
    lengths = [len(part.text_hash) for part in parts]
    firsts = np.cumsum(lengths) - lengths
    sizes, starts, spelling = (
        np.concatenate([np.empty(0, kind), *values])
        for kind, values in (
            (np.int32, (part.sizes for part in parts)),
            (np.int64, (np.cumsum(part.sizes) - part.sizes for part in parts)),
            (np.uint64, (part.spelling for part in parts)),
        )
    )
    owners, rows = number_items(np.array(lengths, np.int64))
    columns = ordered[is_last], [part.words for part in parts], owners[chosen].astype(np.int16), starts[chosen]
    corpus = Corpus(*columns, sizes[chosen])
    return Shelf(parts, corpus, spelling[chosen], np.split(texts, firsts[1:]) if len(parts) else [], rows[chosen])


def join_small(parts: list[TextPart]) -> list[TextPart]:
    """Parts of which none is followed by one of more than half its size, unless both are large: so there are few."""
    joined: list[TextPart] = []
    for part in parts:
        group = [part]
        while joined and len(joined[-1].text_hash) <= 2 * sum(len(one.text_hash) for one in group) <= PART_TEXTS:
            group.insert(0, joined.pop())
        joined.append(join_parts(group) if len(group) > 1 else part)
    return joined
