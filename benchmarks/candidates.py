"""Count the shares of seeds/speaker_shares.csv: `python benchmarks/candidates.py FOLDER [--write] [--parses FILE]`.

FOLDER holds gold files `quotes/*.jsonl` and their scorer `score_quotes.py`. Whether the speaker's words are right is counted on
annotated quotations that are found at an overlap of .5 and have a speaker. Whom pronouns and roles mean was read by hand for the
places of `read_speakers.csv`: `meant_start` is where the nearest name before it starts of who is meant, and empty where he is not
among the names. Shares are counted on `tune`, with and without its marks; what they foretell is measured on `check`: by band, and as
mean squared error (Brier score), beside that of weights as they are, where whoever is the only one has 1. With --write the shares
go into the file; with --parses the parses are kept in FILE and read from there where it exists.
"""

import argparse
import csv
import json
import pickle
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

from rules import SETTINGS, load_scorer, match_quotes, read_wanted

import quotidian.seeds
from quotidian.tasks.extract.annotate import link_page, load_model
from quotidian.tasks.extract.assemble import make_quote
from quotidian.tasks.extract.names.link_names import Linked
from quotidian.tasks.extract.parsing.parse import Parse
from quotidian.tasks.extract.parsing.parse_text import parse_text
from quotidian.tasks.extract.quotes.find_quotes import find_sayings
from quotidian.tasks.extract.quotes.page import Page, read_page
from quotidian.tasks.extract.speakers.attribute import Attribution, attribute_sayings
from quotidian.tasks.extract.speakers.speakers import LAYOUTS, WAYS, Speaker

READ = Path(__file__).parent / "read_speakers.csv"
TABLE = Path(quotidian.seeds.__file__).parent / "speaker_shares.csv"
COUNTED, MEASURED = ("tune", "tune_unmarked"), ("check", "check_unmarked")
STEPS = (0.0, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
"""Shares of all weight at which a line may begin; lines that would fall are joined to the one before."""
BANDS = (0.0, 0.1, 0.3, 0.5, 0.7, 0.9, 0.95)
READ_OF = frozenset(("weighed", "going_on", "representative", "last_speaker", "organisation", "holder"))
"""Ways of which it is a question whom the words mean."""


class Judged(NamedTuple):
    """Somebody who may be a speaker: how he was found, his share of all weight, and whether he is the right one."""

    way: str
    weight: float
    is_right: bool


def read_places() -> dict[str, dict[int, int | None]]:
    """Article -> place of a speaker -> where the nearest name of who is meant starts."""
    places: dict[str, dict[int, int | None]] = defaultdict(dict)
    with READ.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            places[row["article"]][int(row["start"])] = int(row["meant_start"]) if row["meant_start"] else None
    return places


def judge_words(scorer: ModuleType, gold: dict, page: Page, attributions: list[Attribution]) -> Iterator[Judged]:
    """Whether the words for a speaker are the annotated ones, for each quotation that is found."""
    quotes = {}
    for attribution in attributions:
        quote = make_quote(page, attribution, {}, {})
        quotes.setdefault((quote.start, quote.end), (quote, attribution.speaker))
    rows, wanted = list(quotes.values()), read_wanted(scorer, gold)
    found = [scorer.characters(gold["text"], quote.parts) for quote, _ in rows]
    for one, (_, place) in match_quotes(found, [letters for _, letters, _ in wanted]).items():
        speaker, right = rows[one][1], wanted[place][2]
        if right and speaker is not None and speaker.way:
            yield Judged(speaker.way, 1.0, not right.isdisjoint(range(speaker.start, speaker.end)))


def judge_meaning(linked: Linked, parse: Parse, speaker: Speaker, meant: int | None) -> Iterator[Judged]:
    """Whether a pronoun or role means each of those among whom it was weighed, or the one that it was given."""
    named = {parse.starts[link.name.first]: link.entity for link in linked.links}
    right = named.get(meant, -1)
    if speaker.way != "weighed":
        yield Judged(speaker.way, 1.0, speaker.entity == right)
    total = sum(one.weight for one in speaker.weighed)
    for one in speaker.weighed:
        yield Judged("weighed", one.weight / total, one.entity == right)


def judge_file(path: Path, scorer: ModuleType, parses: dict[str, Parse]) -> tuple[list[Judged], list[Judged]]:
    """What is judged of words and of meaning in one gold file."""
    words, meanings, places = [], [], read_places()
    for line in path.read_text(encoding="utf-8").splitlines():
        gold = json.loads(line)
        parse = parses.get(gold["text"]) or parse_text(gold["text"], load_model(SETTINGS.model), SETTINGS)
        page = read_page(parses.setdefault(gold["text"], parse))
        linked = link_page(page)
        attributions = attribute_sayings(page, linked, find_sayings(page))
        words += judge_words(scorer, gold, page, attributions)
        asked = {one.speaker.start: one.speaker for one in attributions if one.speaker and one.speaker.way in READ_OF}
        read = {} if path.stem.endswith("_unmarked") else places.get(gold["id"], {})
        for start in sorted(asked.keys() & read.keys()):
            meanings += judge_meaning(linked, parse, asked[start], read[start])
    return words, meanings


def share(rows: list[Judged]) -> float:
    """Share of right ones; one half of a right and a wrong one more keep few from being sure."""
    return (sum(row.is_right for row in rows) + 0.5) / (len(rows) + 1)


def pool_steps(rows: list[Judged]) -> list[tuple[float, list[Judged]]]:
    """Least share of all weight -> those from there on, so that shares of right ones rise (pool adjacent violators)."""
    pools: list[tuple[float, list[Judged]]] = []
    for least, above in zip(STEPS, (*STEPS[1:], 2.0), strict=True):
        held = [row for row in rows if least <= row.weight < above]
        if held:
            pools.append((least, held))
        while len(pools) > 1 and share(pools[-1][1]) <= share(pools[-2][1]):
            (_, later), (first, earlier) = pools.pop(), pools.pop()
            pools.append((first, earlier + later))
    return [(0.0, pools[0][1]), *pools[1:]]


def count_shares(words: list[Judged], meanings: list[Judged]) -> Iterator[dict[str, object]]:
    """Lines of the file."""
    for way in (*WAYS, *LAYOUTS):
        said = [row for row in words if row.way == way]
        line = {"way": way, "least_weight": 0, "speakers": len(said), "words_right": f"{share(said):.3f}"}
        if way not in READ_OF:
            yield line | {"read": 0, "meaning_right": 1}
            continue
        read = [row for row in meanings if row.way == way]
        for least, held in pool_steps(read) if way == "weighed" else ((0.0, read),):
            yield line | {"least_weight": f"{least:g}", "read": len(held), "meaning_right": f"{share(held):.3f}"}


def foretell(lines: list[dict], row: Judged, is_word: bool) -> float:
    """What the lines say of one; of words alone where meaning is another question."""
    held = [line for line in lines if line["way"] == row.way and row.weight >= float(line["least_weight"])]
    return float(held[-1]["words_right" if is_word else "meaning_right"])


def print_bands(pairs: list[tuple[float, float, bool]]) -> None:
    """Expected and observed by band, and the mean squared errors. pairs: probability, weight as it is, whether right."""
    print("from  expected  observed  candidates")
    for least, above in zip(BANDS, (*BANDS[1:], 2.0), strict=True):
        held = [(expected, right) for expected, _, right in pairs if least <= expected < above]
        if held:
            expected, observed = (sum(values) / len(held) for values in zip(*held, strict=True))
            print(f"{least:4.2f}  {expected:8.3f}  {observed:8.3f}  {len(held):10}")
    after, before = (sum((pair[place] - pair[2]) ** 2 for pair in pairs) / len(pairs) for place in (0, 1))
    print(f"Brier score {after:.4f}, of weights as they are {before:.4f}")


def main() -> None:
    """Count, measure and, where asked, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--write", action="store_true", help="write seeds/speaker_shares.csv")
    parser.add_argument("--parses", type=Path, help="keep the parses in this file")
    options = parser.parse_args()
    parses = pickle.loads(options.parses.read_bytes()) if options.parses and options.parses.exists() else {}
    scorer = load_scorer(options.folder)
    judged = {}
    for name in (*COUNTED, *MEASURED):
        judged[name] = judge_file(options.folder / "quotes" / f"{name}.jsonl", scorer, parses)
    if options.parses and not options.parses.exists():
        options.parses.write_bytes(pickle.dumps(parses))
    words, meanings = ([row for name in COUNTED for row in judged[name][kind]] for kind in (0, 1))
    lines = list(count_shares(words, meanings))
    for line in lines:
        print(*line.values())
    for kind, title in ((0, "the speaker's words"), (1, "whom pronouns and roles mean")):
        rows = [row for name in MEASURED for row in judged[name][kind]]
        print(f"\n{title}:")
        print_bands([(foretell(lines, row, not kind), row.weight, row.is_right) for row in rows])
    if options.write:
        with TABLE.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(lines[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(lines)


if __name__ == "__main__":
    main()
