"""Count the shares of seeds/confidence.csv: `python benchmarks/confidence.py GOLD.jsonl [GOLD.jsonl ...] [--write]`.

GOLD is as in `calibration.py`, whose reading of right is used: an overlap of .8 and the right speaker. Prints for each make
of quotation how many there are and which share is right, and how well shares counted on four fifths of the articles
foretell the last fifth (mean squared error). With --write the shares go into seeds/confidence.csv; the share of the makes
that are too rare to be listed is UNLISTED in tasks/extract/quotes/confidence.py and is printed to be copied there.
"""

import argparse
import csv
import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from calibration import is_right

import quotidian.seeds
from quotidian.tasks.extract.annotate import load_model
from quotidian.tasks.extract.assemble import make_quote
from quotidian.tasks.extract.names.link_names import link_names
from quotidian.tasks.extract.names.mentions import find_names
from quotidian.tasks.extract.names.settle_names import settle_names
from quotidian.tasks.extract.names.speaker_names import add_speaker_names
from quotidian.tasks.extract.parsing.parse import parse_text
from quotidian.tasks.extract.quotes.confidence import Make, describe_saying
from quotidian.tasks.extract.quotes.find_quotes import find_sayings
from quotidian.tasks.extract.quotes.page import read_page
from quotidian.tasks.extract.settings import ExtractSettings
from quotidian.tasks.extract.speakers.attribute import attribute_sayings

FEWEST = 25
"""Quotations of a make from which its share is listed: below it the share moves by a tenth with each article."""
FOLDS = 5
TABLE = Path(quotidian.seeds.__file__).parent / "confidence.csv"

Judged = tuple[str, Make, bool]
"""Id of the article, make of the quotation, whether it is right."""


def judge_quotes(article: dict, settings: ExtractSettings) -> Iterator[Judged]:
    """Make of each quotation of one article, and whether it is right."""
    parse = parse_text(article["text"], load_model(settings.model), settings)
    page = read_page(parse)
    linked = link_names(parse, add_speaker_names(parse, settle_names(parse, find_names(parse)), page.frames))
    quotes = {}
    for attribution in attribute_sayings(page, linked, find_sayings(page)):
        quote = make_quote(page, attribution, {}, {})
        make = describe_saying(attribution.saying, attribution.speaker is not None)
        quotes.setdefault((quote.start, quote.end), (quote, make))
    for quote, make in quotes.values():
        yield article["id"], make, is_right(article["text"], quote, article["quotes"])


def count_shares(rows: list[Judged], fewest: float) -> tuple[dict[Make, float], dict[Make, int], float]:
    """Share of right ones and number for each make that is frequent enough, and the share among all others."""
    found = defaultdict(list)
    for _, make, right in rows:
        found[make].append(right)
    listed = {make: rights for make, rights in sorted(found.items()) if len(rights) >= fewest}
    rest = [right for make, rights in found.items() if make not in listed for right in rights]
    shares = {make: sum(rights) / len(rights) for make, rights in listed.items()}
    return shares, {make: len(rights) for make, rights in listed.items()}, sum(rest) / max(1, len(rest))


def measure_held_out(rows: list[Judged]) -> float:
    """Mean squared error of shares on articles that they were not counted on."""
    order = {article: place % FOLDS for place, article in enumerate(sorted({article for article, _, _ in rows}))}
    errors = []
    for fold in range(FOLDS):
        counted = [row for row in rows if order[row[0]] != fold]
        shares, _, rest = count_shares(counted, FEWEST * (FOLDS - 1) / FOLDS)
        errors += [(shares.get(make, rest) - right) ** 2 for article, make, right in rows if order[article] == fold]
    return sum(errors) / len(errors)


def main() -> None:
    """Count, print and, where asked, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="+", type=Path)
    parser.add_argument("--write", action="store_true", help="write seeds/confidence.csv")
    options = parser.parse_args()
    lines = (line for path in options.gold for line in path.read_text(encoding="utf-8").splitlines())
    rows = [row for line in lines for row in judge_quotes(json.loads(line), ExtractSettings())]
    shares, counts, rest = count_shares(rows, FEWEST)
    for make, share in shares.items():
        print(f"{share:.2f} of {counts[make]:5}  {' '.join(part or '-' for part in make)}")
    print(f"{rest:.2f} of {len(rows) - sum(counts.values()):5}  UNLISTED")
    print(f"mean squared error on held-out articles: {measure_held_out(rows):.4f}")
    if options.write:
        with TABLE.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(("position", "complement", "marks", "cue", "speaker", "quotations", "share_right"))
            writer.writerows((*make, counts[make], f"{share:.2f}") for make, share in shares.items())


if __name__ == "__main__":
    main()
