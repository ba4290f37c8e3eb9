"""Landing folders of invented English news, of any size, the same for the same seed: text of our own.

    python benchmarks/newsroom.py FOLDER 20000 [--days 60] [--seed 0] [--start 2024-01-01] [--first 0]

writes one file of JSON lines a day (url, outlet, title, published, text), as a scraper leaves them. Articles report
events: a cast of people, organisations and places, and sentences about them, with quotations of every kind.
Reports of one event share some sentences and write others of their own. About three in ten articles are copies
of an earlier report (the same text, cut, extended, or put in other words), three in four carry junk (cookie notices,
newsletter calls, share lines, captions), and one in fifty is no article at all.
"""

import argparse
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

import numpy as np
from synthetic import make_words

REPORTS = 4
"""Reports of one event, before copies."""
COPY_SHARE = 0.3
JUNK_SHARE = 0.75
EMPTY_SHARE = 0.02
OUTLETS = 40
SURNAMES, FIRST_NAMES, PROPER_NAMES = 40_000, 400, 8_000
"""Names that casts are drawn from; the last are those of places and organisations. In an archive of 20,000 articles two people in
five share their surname with another."""
FACTS = 16
"""Sentences that the reports of an event share; each takes half of them, and writes the others of its own."""

WORDS = json.loads(Path(__file__).with_suffix(".json").read_text(encoding="utf-8"))
"""Words, and sentences with slots for them."""


@dataclass(frozen=True)
class Event:
    """What reports of an event share: title, sentences, a place, and the names of the cast."""

    title: str
    facts: list[str]
    cast: tuple

    @property
    def person(self) -> str:
        """The first of the cast."""
        return self.cast[0][0][1]

    @property
    def place(self) -> str:
        """The first place."""
        return self.cast[2][0]


class Newsroom:
    """Names, and the events made of them."""

    def __init__(self, seed: int):
        self.seed = seed
        words = np.char.capitalize(make_words(SURNAMES + FIRST_NAMES + PROPER_NAMES, seed + 1))
        shuffled = np.random.default_rng(seed).permutation(words)
        self.first_names, self.proper_names, self.surnames = np.split(
            shuffled, [FIRST_NAMES, FIRST_NAMES + PROPER_NAMES]
        )

    @lru_cache(maxsize=4)  # noqa: B019  the reports of an event follow one another
    def make_event(self, number: int) -> Event:
        """The event of this number."""
        draw = np.random.default_rng((self.seed, 1, number))
        first_names, surnames = draw.choice(self.first_names, 4), draw.choice(self.surnames, 4, replace=False)
        people = [f"{first} {last}" for first, last in zip(first_names, surnames, strict=True)]
        *places, one, other = draw.choice(self.proper_names, 5, replace=False).tolist()
        organisations = [f"{name} {draw.choice(WORDS['bodies'])}" for name in (one, other)]
        roles, topic = draw.choice(WORDS["roles"], 4).tolist(), str(draw.choice(WORDS["topics"]))
        cast = (list(zip(roles, people, strict=True)), organisations, places, topic)
        facts = list(dict.fromkeys(fill(draw, str(draw.choice(WORDS["sentences"])), cast) for _ in range(FACTS)))
        title = fill(draw, "{last} {verb} {adjective} {noun} on {topic} in {place}", cast)
        return Event(title, facts, cast)

    def write_report(self, number: int) -> tuple[str, list[str], Event]:
        """Title, sentences and event of a report."""
        draw = np.random.default_rng((self.seed, 2, number))
        event = self.make_event(number // REPORTS)
        shared = draw.permutation(event.facts)[: FACTS // 2].tolist()
        own = [fill(draw, str(draw.choice(WORDS["sentences"])), event.cast) for _ in range(draw.integers(8, 36))]
        return event.title, draw.permutation([*shared, *own]).tolist(), event


def fill(draw: np.random.Generator, template: str, cast: tuple) -> str:
    """A template with its slots filled from the cast and the word lists."""
    people, organisations, places, topic = cast
    (role, person), (_, other) = (people[i] for i in draw.choice(len(people), 2, replace=False))
    first, second = draw.permutation(organisations).tolist()
    words = {
        "role": role,
        "person": person,
        "last": person.split()[1],
        "other": other,
        "org": first,
        "org2": second,
        "place": str(draw.choice(places)),
        "topic": topic,
        "number": f"{draw.integers(2, 900):,}",
        "number2": f"{draw.integers(2, 900):,}",
        "small": str(draw.integers(3, 30)),
    }
    lists = {
        "adjective": WORDS["adjectives"],
        "noun": WORDS["nouns"],
        "noun2": WORDS["nouns"],
        "verb": WORDS["verbs"],
        "day": WORDS["days"],
    }
    words |= {name: str(draw.choice(choices)) for name, choices in lists.items()}
    claims = [str(draw.choice(WORDS["claims"])).format(**words) for _ in range(2)]
    words |= {"claim": claims[0], "Claim": capitalize(claims[0]), "Claim2": capitalize(claims[1])}
    return template.format(**words)


def capitalize(text: str) -> str:
    """The text with a capital first letter."""
    return text[0].upper() + text[1:]


def copy_sentences(sentences: list[str], draw: np.random.Generator) -> list[str]:
    """A copy of a report: the same, cut, extended by its own end, or in other words."""
    kind = draw.integers(4)
    if kind == 0:
        return sentences
    if kind == 1:
        return sentences[: max(6, int(len(sentences) * draw.uniform(0.6, 0.9)))]
    if kind == 2:
        return [*sentences, f"This report was first carried by another newsroom on {draw.choice(WORDS['days'])}."]
    return [" ".join(WORDS["synonyms"].get(word, word) for word in sentence.split()) for sentence in sentences]


def lay_out(sentences: list[str], event: Event, draw: np.random.Generator) -> str:
    """The text as a scraper leaves it: paragraphs of two or three sentences, with or without junk around them."""
    paragraphs, start = [], 0
    while start < len(sentences):
        size = int(draw.integers(1, 4))
        paragraphs.append(" ".join(sentences[start : start + size]))
        start += size
    if draw.random() < 0.3:
        paragraphs[0] = f"{event.place.upper()} (AP) — {paragraphs[0]}"
    if draw.random() < JUNK_SHARE:
        words = {"title": event.title, "person": event.person}
        before = draw.permutation(WORDS["junk_before"])[: draw.integers(0, 3)].tolist()
        after = [text.format(**words) for text in draw.permutation(WORDS["junk_after"])[: draw.integers(1, 5)]]
        paragraphs = [*before, *paragraphs, *after]
    return "\n\n".join(paragraphs)


def make_records(
    count: int, days: int, seed: int = 0, start: date = date(2024, 1, 1), first: int = 0
) -> Iterator[dict]:
    """Records number `first` to `first + count`, spread evenly over the days."""
    room = Newsroom(seed)
    for number in range(first, first + count):
        draw = np.random.default_rng((seed, 3, number))
        outlet = int(draw.integers(OUTLETS))
        is_copy = number >= REPORTS and draw.random() < COPY_SHARE
        title, sentences, event = room.write_report(number - int(draw.integers(1, REPORTS + 1)) * is_copy)
        if is_copy:
            sentences = copy_sentences(sentences, draw)
        text = lay_out(sentences, event, draw)
        if draw.random() < EMPTY_SHARE:
            text = str(draw.choice(WORDS["junk_before"]))
        day = start + timedelta(days=(number - first) * days // count)
        yield {
            "url": f"https://outlet{outlet}.example/{day:%Y/%m/%d}/{number}",
            "outlet": f"Outlet {outlet}",
            "title": title if draw.random() < 0.8 else None,
            "published": day.isoformat(),
            "text": text,
        }


def write_landing(folder: Path, records: Iterator[dict]) -> int:
    """Write one file of JSON lines a day; return how many records."""
    folder.mkdir(parents=True, exist_ok=True)
    by_day: dict[str, list[str]] = {}
    for record in records:
        by_day.setdefault(record["published"], []).append(json.dumps(record, ensure_ascii=False))
    for day, lines in by_day.items():
        (folder / f"{day}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return sum(map(len, by_day.values()))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("count", type=int)
    parser.add_argument("--days", type=int, default=60)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--start", type=date.fromisoformat, default=date(2024, 1, 1))
    parser.add_argument("--first", type=int, default=0, help="number of the first article: a later part of an archive")
    options = parser.parse_args()
    records = make_records(options.count, options.days, options.seed, options.start, options.first)
    print(f"{write_landing(options.folder, records):,} articles in {options.folder}")


if __name__ == "__main__":
    main()
