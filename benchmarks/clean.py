"""How fast the clean room is, beside the bare libraries that it uses and beside extraction.

Run: python benchmarks/clean.py. Texts are the five sample articles, cut and repeated to the wanted length.
"""

import time
from collections.abc import Callable
from pathlib import Path

import ftfy

import quotidian.seeds
from quotidian.tasks.clean.article import clean_article
from quotidian.tasks.clean.cleaned import Declared
from quotidian.tasks.clean.language import detect_language
from quotidian.tasks.clean.settings import CleanSettings
from quotidian.tasks.extract.annotate import annotate_text, load_model
from quotidian.tasks.extract.settings import ExtractSettings

WORDS = 500
ROUNDS = 10
BIG_CHARS = 20_000_000
LONG_LINE_CHARS = 1_000_000


def read_articles() -> list[str]:
    """The sample articles, each cut after about `WORDS` words at the end of a paragraph or sentence."""
    texts = []
    for path in sorted((Path(quotidian.seeds.__file__).parent / "articles").glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        cut = text.rfind(".", 0, len(text) * WORDS // max(WORDS, len(text.split())))
        texts.append(text[: cut + 1])
    return texts


def measure(action: Callable[[str], object], texts: list[str]) -> float:
    """Milliseconds of processor time for each text."""
    action(texts[0])
    start = time.process_time()
    for _ in range(ROUNDS):
        for text in texts:
            action(text)
    return 1000 * (time.process_time() - start) / (ROUNDS * len(texts))


def clean(text: str) -> object:
    return clean_article(text, Declared(), CleanSettings(languages=()))


def main() -> None:
    """Print milliseconds an article of 500 words, and seconds for texts of extreme size."""
    texts = read_articles()
    for name, action in (
        ("clean_article", clean),
        ("language alone", detect_language),
        ("ftfy.fix_encoding", ftfy.fix_encoding),
    ):
        print(f"{name:20} {measure(action, texts):7.2f} ms for {WORDS} words")
    settings = ExtractSettings()
    model = load_model(settings.model)
    share = measure(clean, texts) / measure(lambda text: annotate_text(text, model, settings), texts)
    print(f"clean_article takes {share:.1%} of the time of annotate_text")
    lines = "\n".join(texts)
    for name, text in (
        ("20 MB of lines", (lines + "\n") * (BIG_CHARS // len(lines))),
        ("one long line", (lines.replace("\n", " ") + " ") * (LONG_LINE_CHARS // len(lines))),
        ("no space at all", "a" * LONG_LINE_CHARS),
    ):
        start = time.process_time()
        clean(text)
        print(f"{name:20} {time.process_time() - start:7.2f} s for {len(text) / 1e6:.1f} million characters")


if __name__ == "__main__":
    main()
