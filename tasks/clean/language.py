"""The language of a body."""

import re
from collections import Counter
from functools import cache

import numpy as np
from py3langid.langid import MODEL_FILE, LanguageIdentifier

from .settings import CleanSettings

# A few hundred words decide; the detector's time grows with the text.
SAMPLE_CHARS = 800
# Share of these among the words above which a text reads as English, whatever the detector says of its names.
ENGLISH_SHARE = 0.2
ENGLISH_WORDS = frozenset(
    [
        "the",
        "of",
        "and",
        "to",
        "in",
        "a",
        "is",
        "that",
        "for",
        "was",
        "on",
        "with",
        "he",
        "it",
        "as",
        "his",
        "at",
        "by",
        "an",
        "be",
        "are",
        "from",
        "has",
        "have",
        "had",
        "not",
        "but",
        "said",
        "they",
    ]
)
WORD = re.compile(r"[^\W\d_]+")
# The longest of the detector's features, in bytes; what it finds at a byte depends on no more of them.
FEATURE_BYTES = 6
# A byte that stands in no text and in no feature.
NO_TEXT = b"\xff"


class Detector(LanguageIdentifier):
    """The detector as it is packaged, with the same scores in less time."""

    def __init__(self, *model: object, **options: object) -> None:
        """Half floats are widened once: else each call does it, slowly."""
        super().__init__(*model, **options)
        self.nb_ptc = self.nb_ptc.astype("float32")
        self._moves = np.frombuffer(self.tk_nextmove, self.tk_nextmove.typecode)
        self._rows = np.array(self._rowbase)
        self._features = np.array(self.tk_output)

    def _raw_score(self, text: bytes) -> np.ndarray:
        visits = Counter(self.find_features(text))
        return self._sparse_score(visits, self.nb_ptc) if visits else super()._raw_score(text)

    def find_features(self, text: bytes) -> list[int]:
        """The features at the bytes of a text, in order: read for all bytes at once, from as far back as a feature can begin."""
        letters = np.frombuffer(NO_TEXT * (FEATURE_BYTES - 1) + text, np.uint8).astype(self._rows.dtype)
        states = np.zeros(len(text), self._rows.dtype)
        for step in range(FEATURE_BYTES):
            states = self._moves.take(self._rows.take(states) + letters[step : step + len(text)])
        features = self._features.take(states)
        return features[features >= 0].tolist()


@cache
def load_identifier() -> Detector:
    """The detector with its packaged model."""
    return Detector.from_model_file(MODEL_FILE, norm_probs=True)


def detect_language(body: str) -> tuple[str | None, float | None]:
    """Language (ISO 639-1) and how sure the detector is, from 0 to 1; None for a text without letters.

    A text with the share of function words that English has is English even where names mislead the detector.
    """
    sample = sample_text(body)
    if not WORD.search(sample):
        return None, None
    language, score = load_identifier().classify(sample)
    if language != "en" and english_share(WORD.findall(sample)) >= ENGLISH_SHARE:
        return "en", 0.5
    return language, round(score, 4)


def sample_text(body: str) -> str:
    """The middle of a long body, where least of what cleaning missed stands."""
    start = max(0, (len(body) - SAMPLE_CHARS) // 2)
    return body[start : start + SAMPLE_CHARS]


def english_share(words: list[str]) -> float:
    """Share of the words that are among the commonest of English."""
    return sum(word.lower() in ENGLISH_WORDS for word in words) / len(words)


def is_unwanted(body: str, language: str | None, score: float | None, settings: CleanSettings) -> bool:
    """Whether a body is surely in a language that is not wanted; short texts are never sure."""
    if not settings.languages or language is None or language in settings.languages:
        return False
    letters = sum(map(len, WORD.findall(body[: 10 * settings.language_letters + 10])))
    return letters >= settings.language_letters and score is not None and score >= settings.language_score
