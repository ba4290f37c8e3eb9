"""Floors of quality on the project's own gold: the five seeds, and one short passage a phenomenon.

Each line of gold/*.jsonl has "id", "text" and "quotes": kind (null where either is right), parts (content as it
stands in the text), cue, speaker (its words), name (canonical), and further columns that are to be equal. "names" are
[words, type, canonical name] of mentions that must be found. A floor is lowered only on purpose.
"""

import json
from pathlib import Path

import pytest

from quotidian.tasks.extract.annotate import annotate_text, load_model
from quotidian.tasks.extract.settings import ExtractSettings

GOLD = Path(__file__).parent / "gold"
SETTINGS = ExtractSettings()
PLAIN = ("is_marked", "is_said", "has_insert", "speaker_kind", "speaker_role")

FLOORS = {
    "seeds": {
        "found": 0.97,
        "precise": 0.93,
        "exact": 0.98,
        "speaker": 0.97,
        "name": 0.98,
        "mention": 0.97,
        "kind": 0.9,
    },
    "passages": {
        "found": 0.98,
        "precise": 0.95,
        "exact": 0.98,
        "speaker": 0.97,
        "name": 0.95,
        "mention": 0.66,
        "kind": 0.98,
    },
}
MATCH = 0.8
"""Letters that a found and a gold quotation must share, of all letters of both, to be one and the same."""


def read_gold(name):
    return [json.loads(line) for line in (GOLD / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def letters(text, spans):
    return {i for start, end in spans for i in range(start, end) if text[i].isalnum()}


def locate(text, parts):
    """Spans of the parts, each searched behind the one before."""
    spans, place = [], 0
    for part in parts:
        start = text.index(part, place)
        spans.append((start, start + len(part)))
        place = spans[-1][1]
    return spans


def find_match(text, gold, quotes):
    """The found quotation that shares most letters with the gold one, and how many of both they share."""
    wanted = letters(text, locate(text, gold["parts"]))
    best, best_share = None, 0.0
    for quote in quotes:
        found = letters(text, quote.parts)
        share = len(found & wanted) / max(1, len(found | wanted))
        if share > best_share:
            best, best_share = quote, share
    return best, best_share


def compare(gold, quote, share, text, annotation):
    """What of a matched quotation is right."""
    entity = quote.speaker_entity_index
    name = annotation.entities[entity].name if entity is not None else None
    speaker = text[quote.speaker_start : quote.speaker_end] if quote.speaker_start is not None else None
    return {
        "exact": share == 1.0,
        "speaker": speaker == gold["speaker"],
        "name": "name" not in gold or name == gold["name"],
        "cue": (text[quote.cue_start : quote.cue_end] if quote.cue_start is not None else None) == gold["cue"],
        "kind": gold["kind"] in (None, quote.kind),
    }


def measure(rows):
    """Shares of gold quotations found at IoU .8, of found ones that are gold, and of what is right in the matched."""
    model = load_model(SETTINGS.model)
    total = found = made = mentions = mentioned = 0
    right: dict[str, int] = {}
    wrong = []
    for row in rows:
        text = row["text"]
        annotation = annotate_text(text, model, SETTINGS)
        total, made = total + len(row["quotes"]), made + len(annotation.quotes)
        for gold in row["quotes"]:
            quote, share = find_match(text, gold, annotation.quotes)
            if share < MATCH:
                wrong.append((row["id"], "missed", gold["parts"]))
                continue
            found += 1
            for key, is_right in compare(gold, quote, share, text, annotation).items():
                right[key] = right.get(key, 0) + is_right
                if not is_right:
                    wrong.append((row["id"], key, gold["parts"], gold["speaker"]))
        have = {
            (text[m.start : m.end], m.type, annotation.entities[m.entity_index].name)
            for m in annotation.mentions
            if m.mention_kind == "name"
        }
        names = {tuple(name) for name in row.get("names", [])}
        mentions, mentioned = mentions + len(names), mentioned + len(names & have)
        wrong += [(row["id"], "mention", name) for name in sorted(names - have)]
    shares = {key: count / found for key, count in right.items()}
    shares |= {"found": found / total, "precise": min(1.0, found / made), "mention": mentioned / mentions}
    return shares, wrong


@pytest.mark.parametrize("name", ["seeds", "passages"])
def test_floors(name):
    shares, wrong = measure(read_gold(name))
    low = {key: (round(shares[key], 3), floor) for key, floor in FLOORS[name].items() if shares[key] < floor}
    assert not low, f"below the floor: {low}; wrong: {wrong[:20]}"


def test_passages_tell_further_columns():
    model = load_model(SETTINGS.model)
    wrong = []
    for row in read_gold("passages"):
        annotation = annotate_text(row["text"], model, SETTINGS)
        for gold in row["quotes"]:
            quote, share = find_match(row["text"], gold, annotation.quotes)
            for key in (*PLAIN, "role"):
                if (
                    key in gold
                    and share >= MATCH
                    and getattr(quote, "speaker_role" if key == "role" else key) != gold[key]
                ):
                    wrong.append((row["id"], key))
    assert not wrong


def test_nothing_is_said_in_scare_quotes_and_titles():
    model = load_model(SETTINGS.model)
    silent = [row for row in read_gold("passages") if not row["quotes"]]
    assert silent
    assert [row["id"] for row in silent if annotate_text(row["text"], model, SETTINGS).quotes] == []


if __name__ == "__main__":
    for gold_name in FLOORS:
        shares, wrong = measure(read_gold(gold_name))
        print(gold_name, {key: round(share, 3) for key, share in sorted(shares.items())})
        for line in wrong:
            print("   ", line)
