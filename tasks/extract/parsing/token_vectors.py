"""The convolutional token vectors of spaCy's small English pipelines, computed with fewer and larger array operations.

Same weights and same order of layers as `spacy.HashEmbedCNN`; what differs is the work. Tokens that look alike to the
embedding (equal word, norm and blank behind) are embedded once an article. The pieces of each maxout lie side by side,
so that the maximum is one vector operation. The rows of zeros that spaCy puts around a text are computed as well, since
they reach the words next to them.
"""

from dataclasses import dataclass

import numpy as np
from spacy.tokens import Doc
from thinc.api import Model

WORD_COLUMNS = ["ORTH", "NORM", "SPACY"]
"""All that the features of a token depend on: its word, the norm that the tokenizer gave it, and the blank behind it."""
WORD_FACTORS = np.array([1, 0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F], np.uint64)
"""Odd 64-bit numbers that fold the hashes of these columns into one key."""
SMALLEST_VARIANCE = 1e-8  # of thinc's layer normalisation


@dataclass(frozen=True)
class MaxoutLayer:
    """Weights of a maxout with layer normalisation: one block of columns for each piece."""

    weights: np.ndarray
    bias: np.ndarray
    pieces: int
    scale: np.ndarray
    shift: np.ndarray

    def __call__(self, rows: np.ndarray) -> np.ndarray:
        mixed = rows @ self.weights
        mixed += self.bias
        width = len(self.scale)
        best = mixed[:, :width]
        for piece in range(1, self.pieces):
            np.maximum(best, mixed[:, piece * width : (piece + 1) * width], out=best)
        best = best - best.mean(axis=1, keepdims=True)
        variance = np.einsum("ij,ij->i", best, best) / width + SMALLEST_VARIANCE
        best *= (variance**-0.5)[:, None]
        best *= self.scale
        best += self.shift
        return best


class TokenEncoder:
    """Vectors of the tokens of one document, as a tok2vec model of spaCy gives them."""

    def __init__(self, tok2vec: Model) -> None:
        embed, encode = tok2vec.layers
        self.columns = embed.layers[0].attrs["columns"]
        self.tables = embed.layers[2]
        (self.mix,) = read_maxouts(embed.layers[3])
        self.margin = encode.attrs["pad"]
        self.layers = read_maxouts(encode)

    def __call__(self, doc: Doc) -> np.ndarray:
        """One row of floats a token."""
        vectors = np.pad(self.embed(doc), ((self.margin, self.margin), (0, 0)))
        for layer in self.layers:
            vectors += layer(join_neighbours(vectors))
        return vectors[self.margin : len(vectors) - self.margin]

    def embed(self, doc: Doc) -> np.ndarray:
        """Vectors of the tokens without their neighbours, computed once for all that look alike."""
        keys = doc.to_array(WORD_COLUMNS) @ WORD_FACTORS
        _, first, places = np.unique(keys, return_index=True, return_inverse=True)
        features = doc.to_array(self.columns)[first]
        return self.mix(self.tables.predict(features))[places]


def join_neighbours(vectors: np.ndarray) -> np.ndarray:
    """Each row with the rows before and after it, zeros at the edges."""
    count, width = vectors.shape
    joined = np.zeros((count, 3 * width), vectors.dtype)
    joined[1:, :width] = vectors[:-1]
    joined[:, width : 2 * width] = vectors
    joined[:-1, 2 * width :] = vectors[1:]
    return joined


def can_encode(tok2vec: Model) -> bool:
    """Whether a model has the architecture that TokenEncoder computes: hashed features, then windows of three tokens."""
    if len(tok2vec.layers) != 2 or "pad" not in tok2vec.layers[1].attrs:
        return False
    embed, encode = tok2vec.layers
    names = [node.name.split("(")[0] for node in embed.layers]
    if names != ["extract_features", "list2ragged", "with_array", "with_array", "ragged2list"]:
        return False
    windows = [node.attrs["window_size"] for node in find_nodes(encode, "expand_window")]
    blocks = len(find_nodes(encode, "maxout")), len(find_nodes(encode, "layernorm"))
    return set(windows) == {1} and blocks == (len(windows), len(windows))


def find_nodes(model: Model, name: str) -> list[Model]:
    """The layers of that name inside a model, in the order in which they are applied."""
    return [node for node in model.walk(order="dfs_pre") if node.name == name]


def read_maxouts(model: Model) -> list[MaxoutLayer]:
    """The maxouts inside a model, each with the normalisation that follows it."""
    pairs = zip(find_nodes(model, "maxout"), find_nodes(model, "layernorm"), strict=True)
    return [read_maxout(maxout, norm) for maxout, norm in pairs]


def read_maxout(maxout: Model, norm: Model) -> MaxoutLayer:
    """Weights with the columns of each piece brought together."""
    weights, bias = maxout.get_param("W"), maxout.get_param("b")
    width, pieces, inputs = weights.shape
    by_piece = weights.transpose(1, 0, 2).reshape(pieces * width, inputs)
    return MaxoutLayer(
        np.ascontiguousarray(by_piece.T),
        np.ascontiguousarray(bias.T.reshape(-1)),
        pieces,
        norm.get_param("G"),
        norm.get_param("b"),
    )
