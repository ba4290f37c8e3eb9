"""How often quotations are right, by the confidence they carry: `python benchmarks/calibration.py GOLD.jsonl [GOLD.jsonl ...]`.

GOLD has lines of {"id", "text", "quotes": [{"spans", "type", "speaker_spans"}]}. A quotation is right where its letters
and digits overlap those of a gold quotation by at least .8 (intersection over union) and its speaker overlaps the gold
speaker, where there is one. Predictions that match no gold quotation count as wrong.
"""

import json
import sys
from pathlib import Path

from quotidian.tasks.extract.annotate import annotate_text, load_model
from quotidian.tasks.extract.settings import ExtractSettings

BANDS = 5
OVERLAP = 0.8


def letters(text: str, spans: list) -> set[int]:
    """Places of letters and digits in some spans."""
    return {place for start, end in spans for place in range(start, end) if text[place].isalnum()}


def is_right(text: str, quote, gold: list[dict]) -> bool:
    """Whether a quotation is one of the gold ones, with its speaker."""
    own = letters(text, quote.parts)
    for row in gold:
        wanted = letters(text, row["spans"])
        if own and len(own & wanted) >= OVERLAP * len(own | wanted):
            speaker = {place for start, end in row.get("speaker_spans") or [] for place in range(start, end)}
            found = range(quote.speaker_start or 0, quote.speaker_end or 0)
            return not speaker or bool(speaker.intersection(found))
    return False


def main(files: list[str]) -> None:
    """Print mean confidence, share of right ones and number of quotations, in bands of about equal size."""
    settings = ExtractSettings()
    model = load_model(settings.model)
    rows = []
    for line in (line for name in files for line in Path(name).read_text(encoding="utf-8").splitlines()):
        article = json.loads(line)
        for quote in annotate_text(article["text"], model, settings).quotes:
            rows.append((quote.confidence, is_right(article["text"], quote, article["quotes"])))
    rows.sort(reverse=True)
    print("confidence  right  quotations")
    levels = sorted({confidence for confidence, _ in rows}, reverse=True)
    band: list[tuple[float, bool]] = []
    for level in levels:
        band += [row for row in rows if row[0] == level]
        if len(band) >= len(rows) / BANDS or level == levels[-1]:
            print(
                f"{sum(c for c, _ in band) / len(band):10.2f} {sum(r for _, r in band) / len(band):6.2f} {len(band):11}"
            )
            band = []


if __name__ == "__main__":
    main(sys.argv[1:])
