"""spaCy's entity recogniser, decoded for all sentences of one text at once.

The transition system of spaCy's recogniser (BILUO) takes exactly one action a token, and no entity crosses a
sentence start that the parser has set. Sentences are therefore independent of each other: step t takes the
t-th token of every sentence in one array expression, where spaCy's own loop takes one token at a time.
Which actions are allowed depends on three things only: the label of the entity that is open, whether it could
go on (not at the last token of a sentence), and whether the token is blank.

Applies to recognisers of spaCy's TransitionBasedParser.v2 with three state features and an upper layer, as in
the English CNN pipelines, and to documents without preset entities.
"""

from collections.abc import Callable

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc
from thinc.api import Model

from quotidian.tasks.extract.parsing.parse import TokenEntity
from quotidian.tasks.extract.parsing.token_vectors import TokenEncoder, can_encode

STATE_FEATURES = 3  # the token in hand, the first and the last token of the open entity


def can_decode_in_step(recogniser: object) -> bool:
    """Whether a pipe is an entity recogniser of the architecture that this module decodes."""
    model, moves = getattr(recogniser, "model", None), getattr(recogniser, "moves", None)
    if model is None or moves is None or not {"tok2vec", "lower", "upper"} <= set(model.ref_names):
        return False
    lower, upper = model.maybe_get_ref("lower"), model.maybe_get_ref("upper")
    if lower is None or upper is None or not lower.has_param("W") or not upper.has_param("W"):
        return False
    kinds = {moves.get_class_name(i)[:1] for i in range(moves.n_moves)}
    return lower.get_param("W").shape[0] == STATE_FEATURES and kinds <= set("BILUO")


def choose_vectors(tok2vec: Model) -> Callable[[Doc], np.ndarray]:
    """The recogniser's own token vectors in the faster way of this room where the architecture allows it."""
    is_known = [layer.name for layer in tok2vec.layers[1:]] == ["list2array", "linear"] and can_encode(
        tok2vec.layers[0]
    )
    if not is_known:
        return lambda doc: tok2vec.predict([doc])
    encode, linear = TokenEncoder(tok2vec.layers[0]), tok2vec.layers[2]
    return lambda doc: linear.predict(encode(doc))


class StepwiseRecogniser:
    """The weights of one recogniser, laid out for stepping through all sentences together."""

    def __init__(self, recogniser: Language) -> None:
        model = recogniser.model
        self.tok2vec = choose_vectors(model.get_ref("tok2vec"))
        self._lay_out_weights(model.get_ref("lower"), model.get_ref("upper"))
        self._number_actions([recogniser.moves.get_class_name(i) for i in range(recogniser.moves.n_moves)])

    def _lay_out_weights(self, lower, upper) -> None:
        weights = lower.get_param("W")
        _, self.hidden, self.pieces, width = weights.shape
        self.lower_weights = np.ascontiguousarray(weights.reshape(-1, width).T)
        self.lower_bias = lower.get_param("b").reshape(-1)
        self.padding = lower.get_param("pad").reshape(1, -1)
        self.upper_weights = np.ascontiguousarray(upper.get_param("W").T)
        self.upper_bias = upper.get_param("b")

    def _number_actions(self, names: list[str]) -> None:
        self.kinds = np.array([name[0] for name in names])
        self.labels = [name[2:] for name in names]
        known = sorted({label for label in self.labels if label})
        self.label_numbers = np.array([known.index(label) + 1 if label else 0 for label in self.labels])
        self.begins, self.ends = self.kinds == "B", self.kinds == "L"
        self.closes = self.ends | (self.kinds == "U")
        self.barriers = self._bar_actions(len(known))

    def _bar_actions(self, label_count: int) -> np.ndarray:
        """0 where an action is allowed and -inf where not, by open label, may go on, is blank, and action."""
        labelled = self.label_numbers > 0
        barriers = np.full((label_count + 1, 2, 2, len(self.labels)), -np.inf, dtype="f")
        for goes_on in (0, 1):
            for blank in (0, 1):
                opens = labelled & ((self.kinds == "U") | (self.begins & bool(goes_on))) & (not blank)
                barriers[0, goes_on, blank, opens | (self.kinds == "O")] = 0
                for label in range(1, label_count + 1):
                    stays = (self.label_numbers == label) & (self.ends | ((self.kinds == "I") & bool(goes_on)))
                    barriers[label, goes_on, blank, stays] = 0
        return barriers

    def find(self, doc: Doc) -> list[TokenEntity]:
        """Entities of a parsed document, in the order of the text."""
        if not len(doc):
            return []
        flags = doc.to_array(["SENT_START", "IS_SPACE"]).astype(np.int64)
        return self._read_entities(self._choose_actions(self._score_features(doc), flags))

    def _score_features(self, doc: Doc) -> np.ndarray:
        """What each token (from row 1; row 0 stands for no token) adds to the state as each of the three features."""
        vectors = self.tok2vec(doc)
        parts = np.vstack([self.padding, vectors @ self.lower_weights])
        parts = parts.reshape(-1, STATE_FEATURES, self.hidden * self.pieces)
        parts[:, 0] += self.lower_bias
        return parts

    def _choose_actions(self, parts: np.ndarray, flags: np.ndarray) -> np.ndarray:
        token_count = len(flags)
        is_start = flags[:, 0] == 1
        is_start[0] = True
        begin = np.flatnonzero(is_start)
        length = np.diff(np.append(begin, token_count))
        longest_first = np.argsort(-length, kind="stable")
        begin, length = begin[longest_first], length[longest_first]
        label, first = np.zeros(len(begin), np.int64), np.zeros(len(begin), np.int64)
        actions = np.zeros(token_count, np.int64)
        still_running = np.searchsorted(-length, -np.arange(length[0]), side="left")
        for step, count in enumerate(still_running):
            token, open_label = begin[:count] + step, label[:count]
            is_open = open_label > 0
            state = parts[token + 1, 0] + parts[np.where(is_open, first[:count] + 1, 0), 1]
            state += parts[np.where(is_open, token, 0), 2]
            scores = state.reshape(count, self.hidden, self.pieces).max(axis=2) @ self.upper_weights + self.upper_bias
            goes_on = (step < length[:count] - 1).astype(np.int64)
            action = (scores + self.barriers[open_label, goes_on, flags[token, 1]]).argmax(axis=1)
            actions[token] = action
            first[:count] = np.where(self.begins[action], token, first[:count])
            label[:count] = np.where(
                self.begins[action], self.label_numbers[action], np.where(self.ends[action], 0, open_label)
            )
        return actions

    def _read_entities(self, actions: np.ndarray) -> list[TokenEntity]:
        found, begun = [], 0
        for token in np.flatnonzero(self.begins[actions] | self.closes[actions]).tolist():
            action = actions[token]
            if self.begins[action]:
                begun = token
            else:
                start = begun if self.ends[action] else token
                found.append(TokenEntity(start, token + 1, self.labels[action]))
        return found
