"""What each rule of quotation is worth: `python benchmarks/rules.py FOLDER [--write] [--parses FILE]`.

FOLDER holds gold files `quotes/*.jsonl` and their scorer `score_quotes.py`. Every text is parsed once; then each rule is
left out in turn, and the texts in which it fired are annotated and scored again. Prints a line a rule: how often it fired (a
reading: answered; a move: moved something), and what each file loses without it in points of a hundred, a gain being
negative: F1 at overlaps of .5, .8 and 1, and right speakers. With --write the table goes into `docs/rules.md`. With --parses the parses are kept in FILE
and read from there where it exists.
"""

import argparse
import importlib.util
import json
import pickle
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

from quotidian.tasks.extract.annotate import link_page, load_model
from quotidian.tasks.extract.assemble import make_quote
from quotidian.tasks.extract.names.link_names import Linked
from quotidian.tasks.extract.parsing.parse import Parse
from quotidian.tasks.extract.parsing.parse_text import parse_text
from quotidian.tasks.extract.quotes.find_quotes import find_sayings
from quotidian.tasks.extract.quotes.page import Page, read_page
from quotidian.tasks.extract.quotes.readings import RULES, Rule, put_in_place
from quotidian.tasks.extract.settings import ExtractSettings
from quotidian.tasks.extract.speakers.attribute import attribute_sayings

PAGE = Path(__file__).parent.parent / "docs" / "rules.md"
START = "<!-- rules -->"
SETTINGS = ExtractSettings()
FRAME_PLACES = frozenset(("quotes.find_frames", "quotes.complements", "quotes.subjects", "quotes.settle_subject"))
"""Modules whose rules decide what a page's frames are."""
FILES = ("tune", "check", "tune_unmarked", "check_unmarked")


@dataclass(slots=True)
class Article:
    """One gold article: its line, what the rules read of it, which of them fired how often, its quotations and their tally."""

    gold: dict
    page: Page
    linked: Linked
    fired: Counter[str]
    quotes: list[dict]
    tally: "Tally"


OVERLAPS = (0.5, 0.8, 1.0)
"""Shares of letters in common from which a quotation counts as found."""


class Tally(NamedTuple):
    """Counts over articles. For each of OVERLAPS quotations found; of those found at the first, how many have a speaker and
    the right one."""

    gold: int = 0
    made: int = 0
    hits: tuple[int, ...] = (0, 0, 0)
    spoken: int = 0
    right: int = 0

    def f1(self, place: int = 1) -> float:
        """F1 at one of OVERLAPS."""
        return 2 * self.hits[place] / max(1, self.gold + self.made)

    @property
    def speakers(self) -> float:
        """Share of right speakers."""
        return self.right / max(1, self.spoken)


def add_tallies(tallies: Iterable[Tally]) -> Tally:
    """The counts of several articles together."""
    rows = list(tallies)
    hits = tuple(sum(row.hits[place] for row in rows) for place in range(len(OVERLAPS)))
    gold, made, spoken, right = (sum(row[place] for row in rows) for place in (0, 1, 3, 4))
    return Tally(gold, made, hits, spoken, right)


def load_scorer(folder: Path) -> ModuleType:
    """The scorer of the gold folder as a module."""
    spec = importlib.util.spec_from_file_location("score_quotes", folder / "score_quotes.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def read_wanted(scorer: ModuleType, gold: dict) -> list[tuple[bool, set[int], set[int]]]:
    """For each annotated quotation whether it counts, its letters, and its speaker's characters."""
    rows = []
    for quote in gold["quotes"]:
        counts = quote["type"] in ("direct", "mixed") or scorer.is_reporting(quote.get("cue"))
        speaker = {place for start, end in quote.get("speaker_spans") or [] for place in range(start, end)}
        rows.append((counts, scorer.characters(gold["text"], quote["spans"]), speaker))
    return rows


def tally_article(scorer: ModuleType, gold: dict, quotes: list[dict]) -> Tally:
    """The counts of one article, matched as the scorer does it: greedily, by falling overlap."""
    wanted = read_wanted(scorer, gold)
    found = [(scorer.characters(gold["text"], quote["spans"]), quote) for quote in quotes]
    found = [one for one in found if one[0]]
    matched = match_quotes([letters for letters, _ in found], [letters for _, letters, _ in wanted])
    kept = {one: pair for one, pair in matched.items() if wanted[pair[1]][0]}
    hits = tuple(sum(overlap >= least for overlap, _ in kept.values()) for least in OVERLAPS)
    spoken = [(found[one][1], wanted[place][2]) for one, (_, place) in kept.items() if wanted[place][2]]
    right = sum(
        quote["speaker_start"] is not None
        and not speaker.isdisjoint(range(quote["speaker_start"], quote["speaker_end"]))
        for quote, speaker in spoken
    )
    made = len(found) - (len(matched) - len(kept))
    return Tally(sum(counts for counts, _, _ in wanted), made, hits, len(spoken), right)


def match_quotes(found: list[set[int]], wanted: list[set[int]]) -> dict[int, tuple[float, int]]:
    """Place of a found quotation -> its overlap with the annotated one that it is, and the place of that; by falling overlap."""
    pairs = [
        (len(letters & other) / len(letters | other), one, place)
        for one, letters in enumerate(found)
        for place, other in enumerate(wanted)
        if not letters.isdisjoint(other)
    ]
    matched: dict[int, tuple[float, int]] = {}
    used: set[int] = set()
    for overlap, one, place in sorted(pairs, key=lambda pair: (-pair[0], pair[1], pair[2])):
        if overlap >= OVERLAPS[0] and one not in matched and place not in used:
            matched[one] = (overlap, place)
            used.add(place)
    return matched


def list_quotes(page: Page, linked: Linked) -> list[dict]:
    """Quotations as the scorer reads them."""
    quotes = {}
    for attribution in attribute_sayings(page, linked, find_sayings(page)):
        quote = make_quote(page, attribution, {}, {})
        quotes.setdefault((quote.start, quote.end), quote)
    return [
        {"spans": quote.parts, "speaker_start": quote.speaker_start, "speaker_end": quote.speaker_end}
        for _, quote in sorted(quotes.items())
    ]


def annotate_without(rule: Rule, article: Article) -> list[dict]:
    """The quotations of an article while a rule is left out: its page is read again only for rules that make frames."""
    if rule.place not in FRAME_PLACES:
        return list_quotes(article.page, article.linked)
    page = read_page(article.page.parse)
    return list_quotes(page, article.linked if page.frames == article.page.frames else link_page(page))


def add_counts(counts: Iterable[Counter[str]]) -> Counter[str]:
    total: Counter[str] = Counter()
    for one in counts:
        total.update(one)
    return total


def watch(rule: Rule, fired: Counter[str]) -> Callable:
    """The rule's function, counting where it fires."""

    def run(*arguments):
        answer = rule.function(*arguments)
        fired[rule.name] += rule.fires(arguments, answer)
        return answer

    return run


def read_articles(path: Path, parses: dict[str, Parse], scorer: ModuleType) -> Iterator[Article]:
    """The articles of one gold file, annotated and scored with all rules."""
    for line in path.read_text(encoding="utf-8").splitlines():
        gold = json.loads(line)
        parse = parses.get(gold["text"])
        if parse is None:
            parse = parses[gold["text"]] = parse_text(gold["text"], load_model(SETTINGS.model), SETTINGS)
        fired: Counter[str] = Counter()
        with ExitStack() as stack:
            for rule in RULES:
                stack.enter_context(put_in_place(rule.function, (watch(rule, fired),)))
            page = read_page(parse)
            linked = link_page(page)
            quotes = list_quotes(page, linked)
        yield Article(gold, page, linked, fired, quotes, tally_article(scorer, gold, quotes))


def measure_without(rule: Rule, articles: list[Article], scorer: ModuleType) -> Tally:
    """The counts of one file without a rule; only articles in which it fired can change."""
    tallies = []
    with put_in_place(rule.function, ()):
        for article in articles:
            tally = article.tally
            if article.fired[rule.name]:
                quotes = annotate_without(rule, article)
                if quotes != article.quotes:
                    tally = tally_article(scorer, article.gold, quotes)
            tallies.append(tally)
    return add_tallies(tallies)


class Loss(NamedTuple):
    """What is lost on one file without a rule, in points of a hundred: F1 at each of OVERLAPS, and right speakers."""

    f1: tuple[float, ...]
    speakers: float

    def __str__(self) -> str:
        shown = [f"{value:.2f}" for value in (self.f1[1], self.speakers)]
        return " / ".join("0" if value in ("0.00", "-0.00") else value for value in shown)


def compare(total: Tally, without: Tally) -> Loss:
    """The loss from one count to another."""
    f1 = tuple(100 * (total.f1(place) - without.f1(place)) for place in range(len(OVERLAPS)))
    return Loss(f1, 100 * (total.speakers - without.speakers))


def write_page(rows: list[tuple[Rule, int, list[Loss]]], totals: list[Tally]) -> None:
    """Put the tables behind the first words of the page, one a module."""
    intro = PAGE.read_text(encoding="utf-8").split(START)[0]
    rows = sorted(rows, key=lambda row: (row[0].place, RULES.index(row[0])))
    lines = [f"{intro}{START}"]
    scores = ", ".join(
        f"{name} {total.f1():.4f} / {total.speakers:.4f}" for name, total in zip(FILES, totals, strict=True)
    )
    lines.append(f"\nF1 at an overlap of .8 and share of right speakers with all {len(rows)} rules: {scores}.")
    for place in dict.fromkeys(rule.place for rule, _, _ in rows):
        lines.append(f"\n## {place}\n")
        lines.append(f"| rule | example and what it gives | fired | {' | '.join(FILES)} |")
        lines.append("|---|---|--:|" + "--:|" * len(FILES))
        for rule, fired, losses in rows:
            if rule.place == place:
                cells = " | ".join(map(str, losses))
                lines.append(f"| {describe_rule(rule)} | {show_example(rule)} | {fired} | {cells} |")
    PAGE.write_text("\n".join(lines) + "\n", encoding="utf-8")


def describe_rule(rule: Rule) -> str:
    """Name of a rule and the first sentence of its docstring."""
    tells = " ".join(rule.function.__doc__.split())
    return f"`{rule.name}` {tells}".replace("|", "\\|")


def show_example(rule: Rule) -> str:
    """The example and what it gives."""
    example = rule.example.replace("\n", " ⏎ ").replace("|", "\\|")
    return f"{example} → {rule.gives or 'nothing'}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--write", action="store_true", help="write docs/rules.md")
    parser.add_argument("--parses", type=Path, help="file in which parses are kept")
    asked = parser.parse_args()
    scorer = load_scorer(asked.folder)
    parses = pickle.loads(asked.parses.read_bytes()) if asked.parses and asked.parses.exists() else {}
    paths = [asked.folder / "quotes" / f"{name}.jsonl" for name in FILES]
    files = [list(read_articles(path, parses, scorer)) for path in paths]
    if asked.parses:
        asked.parses.write_bytes(pickle.dumps(parses))
    totals = [add_tallies(article.tally for article in articles) for articles in files]
    rows = []
    counts = add_counts(article.fired for articles in files for article in articles)
    for rule in sorted(RULES, key=lambda rule: counts[rule.name]):
        fired = counts[rule.name]
        without = [measure_without(rule, articles, scorer) for articles in files]
        losses = [compare(*pair) for pair in zip(totals, without, strict=True)]
        rows.append((rule, fired, losses))
        shown = (" ".join(f"{value:6.2f}" for value in (*loss.f1, loss.speakers)) for loss in losses)
        print(f"{rule.place:24} {rule.name:28} {fired:6} |", " | ".join(shown), flush=True)
    print("F1", *(f"{total.f1():.4f} / {total.speakers:.4f}" for total in totals))
    if asked.write:
        write_page(rows, totals)


if __name__ == "__main__":
    main()
