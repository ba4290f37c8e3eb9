"""The language of a body."""

import re
from functools import cache

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


@cache
def load_identifier() -> LanguageIdentifier:
    """The detector with its packaged model, whose half floats are widened once: else each call does it, slowly."""
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.nb_ptc = identifier.nb_ptc.astype("float32")
    return identifier


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
