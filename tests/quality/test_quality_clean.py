"""Floors of the clean room on the project's own gold: the five sample articles and lines written for it.

`tests/clean/gold` holds one case a line: junk that must go, lines of stories that look like junk and must stay,
and passages with what must be left of them. A floor is lowered only on purpose.
"""

import csv
from pathlib import Path

import pytest

import quotidian.seeds
from quotidian.tasks.clean.article import clean_article, rebuild_raw
from quotidian.tasks.clean.cleaned import Cleaned, Declared
from quotidian.tasks.clean.settings import CleanSettings

GOLD = Path(__file__).parent.parent / "clean" / "gold"
SEEDS = Path(quotidian.seeds.__file__).parent / "articles"
FIRST = (
    "The council of Northport voted on Monday to keep the harbour bridge shut until engineers have checked every cable."
)
SECOND = "Drivers have had to take a detour of twelve miles since the first cracks were found in the northern tower last spring."
THIRD = "The mayor told reporters after the vote that the repair would cost three times as much as the council had set aside."
FOURTH = (
    "Shop owners along the waterfront said that they had lost half of their customers and asked the council for help."
)
JUNK_FLOOR = 0.98
STORY_FLOOR = 1.0
PASSAGE_FLOOR = 1.0
KEPT_FLOOR = 1.0
FURNITURE_FLOOR = 0.89


def read_rows(name: str) -> list[dict[str, str]]:
    with (GOLD / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def place_line(place: str, line: str) -> str:
    """An article with the line above its story, between its paragraphs, or below it."""
    paragraphs = [FIRST, SECOND, THIRD, FOURTH]
    paragraphs.insert({"head": 0, "middle": 2, "tail": 4}[place], line)
    return "\n\n".join(paragraphs)


def clean_body(raw: str) -> str:
    outcome = clean_article(raw, Declared(), CleanSettings())
    assert isinstance(outcome, Cleaned)
    assert rebuild_raw(outcome.body, outcome.edits) == raw
    return outcome.body


def list_misses(name: str, keeps: bool) -> list[str]:
    """Lines that are not what they should be: kept, or gone without a word of the story with them."""
    misses = []
    for row in read_rows(name):
        raw = place_line(row["place"], row["line"])
        wanted = raw if keeps else "\n\n".join([FIRST, SECOND, THIRD, FOURTH])
        if clean_body(raw) != wanted:
            misses.append(f"{row['place']}: {row['line']}")
    return misses


def test_junk_lines_go():
    rows = read_rows("junk_lines.tsv")
    misses = list_misses("junk_lines.tsv", keeps=False)
    assert len(rows) >= 40
    assert len(misses) <= (1 - JUNK_FLOOR) * len(rows), "\n".join(misses)


def test_furniture_of_many_sites_goes():
    """Lines written down before the last rules; corrections and what names an outlet without saying so stay."""
    lines = (GOLD / "furniture_lines.txt").read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if line in clean_body(place_line("middle", line))]
    assert len(lines) >= 400
    assert len(kept) <= (1 - FURNITURE_FLOOR) * len(lines), "\n".join(kept)


def test_story_lines_stay():
    rows = read_rows("story_lines.tsv")
    misses = list_misses("story_lines.tsv", keeps=True)
    assert len(rows) >= 40
    assert len(misses) <= (1 - STORY_FLOOR) * len(rows), "\n".join(misses)


def test_passages_lose_their_junk():
    rows = read_rows("passages.tsv")
    found = {row["raw"]: clean_body(f"{row['raw']}\n\n{SECOND}") for row in rows if not row["raw"].endswith(ENDINGS)}
    found |= {row["raw"]: clean_body(f"{SECOND}\n\n{row['raw']}") for row in rows if row["raw"].endswith(ENDINGS)}
    misses = [
        f"{row['raw']!r} -> {found[row['raw']]!r}" for row in rows if row["body"] not in found[row["raw"]].split("\n\n")
    ]
    assert len(rows) >= 40
    assert len(misses) <= (1 - PASSAGE_FLOOR) * len(rows), "\n".join(misses)


# Passages that end like this close an article.
ENDINGS = ("item", "Article", "button", "reading", "…]", "report.", "Ray)", "Harbour Post.")


def test_passages_that_look_like_junk_stay():
    passages = (GOLD / "kept_passages.txt").read_text(encoding="utf-8").splitlines()
    misses = [
        passage
        for passage in passages
        if passage.replace(" , ", ", ").replace("said .", "said.") not in clean_body(f"{passage}\n\n{SECOND}")
    ]
    assert len(passages) >= 40
    assert len(misses) <= (1 - KEPT_FLOOR) * len(passages), "\n".join(misses)


GONE = {
    "000": [
        "date 2023-06-19", "Comment this story", "BEIJING Secretary", "(Video: The Washington Post)", "signaling slight thaw",
        "Reluctantly Hosts", "reported from Taipei", "contributed to this report", "Offer this item", "gift item", ". .", ". ,",
    ],
    "001": ["date 2023-06-19", "Politics\n", "hold candid talks in Beijing", "| China", "Reuters contributed", ". .", ". ,"],
    "002": ["date 2023-06-19", "Beijing\n\nCNN", "CNN", "–\n"],
    "003": [
        "Jannah Theme", "single license", "try to ease tensions", "Not all news on the site", "programmatic technology",
        "Back to top", ". .", " ,",
    ],
    "004": ["date 2023-06-19", "BEIJING (AP)", "Emily Wang", ". ."],
}  # fmt: skip
KEPT = {
    "000": [
        "Secretary of State Antony Blinken will meet Chinese leader Xi Jinping on Monday, a US official said",
        "leaving their most bitterly contested issues unresolved. The meeting follows",
        "Secretary of State Antony Blinken met on June 19 with China’s top diplomat, Wang Yi, on the second and final day of his visit to Beijing. It has been",
        "away from the cameras. The two men had a frank",
        "canceled Blinkens’ originally planned trip. But a senior State Department official",
        "China cannot respond effectively to [theirs]he said.",
        "their first meeting, in Anchorage, at the start of Biden’s presidency. The meeting with Xi",
        "which have shrunk sharply since the recent downturn in US-China relations.",
    ],
    "001": [
        "US Secretary of State Antony Blinken concluded a rare trip",
        "the responsibility of both countries. to find a way forward.",
        "Blinken said. I heard the same thing from my Chinese counterparts.",
        "in San Francisco in November, said Rudolf.",
        "a diplomatic trip that will include a visit to France.",
    ],
    "002": [
        "US Secretary of State Antony Blinken sat down",
        "later in the week. the day.",
        "claimed that the incident was an accident.",
    ],
    "003": [
        "Secretary of State Antony J. Blinken met Chinese leader Xi Jinping in Beijing on Monday",
        "its war in Ukraine. China reacted",
        "Gina Raimondo, and John Kerry, the president’s special envoy",
        "“and to build an on-ramp for President Xi to meet President Biden at the autumn”.",
    ],
    "004": [
        "U.S. Secretary of State Antony Blinken met with",
        "manage our relationship.",
        "It is very good.",
        "a sign of lingering discontent.",
    ],
}


@pytest.mark.parametrize("name", sorted(GONE))
def test_sample_articles_lose_their_junk_and_nothing_else(name):
    raw = next(SEEDS.glob(f"{name}_*.txt")).read_text(encoding="utf-8")
    body = clean_body(raw)
    assert [piece for piece in GONE[name] if piece in body] == []
    assert [piece for piece in KEPT[name] if piece not in body] == []
    # Besides what is listed above, no more than this goes: the longest removal of the five takes 420 characters.
    assert len(raw) - len(body) <= 450


def test_sample_articles_keep_every_paragraph():
    for path in sorted(SEEDS.glob("*.txt")):
        raw = path.read_text(encoding="utf-8")
        body = clean_body(raw)
        long = [
            line[40:120]
            for line in raw.split("\n")
            if len(line) > 200 and "Theme License" not in line and "Not all news" not in line
        ]
        assert all(piece in body for piece in long if ". ." not in piece and " ," not in piece)
