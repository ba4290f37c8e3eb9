"""Scores entities across articles against gold chains of names: B-cubed over gold mentions.

    score_chains.py GOLD.jsonl PREDICTED.jsonl

    gold       {"id", "text", "mentions": [{"start", "end", "text", "chain", "type"}, ...]}
    predicted  {"id", "mentions": [[start, end, entity], ...]}

A gold mention takes the entity of the predicted mention that covers most of it; where none touches it, it
stands alone. Only gold mentions that are names count: at least one of their words has a capital and is no
pronoun and no word that some text of the file has in lower case.
"""

import json
import re
import sys
from collections import Counter
from pathlib import Path

PRONOUNS = frozenset(
    ("i", "he", "she", "it", "we", "they", "you", "him", "her", "them", "us", "his", "its", "their", "our", "who")
)
WORD = re.compile(r"[^\W_]+")


def find_common_words(texts: list[str]) -> frozenset[str]:
    """Words that stand in lower case at least twice somewhere in the file."""
    counts = Counter(word for text in texts for word in WORD.findall(text) if word.islower())
    return frozenset(word for word, count in counts.items() if count > 1)


def is_name(text: str, common: frozenset[str]) -> bool:
    """Whether a gold mention names something."""
    words = [word for word in WORD.findall(text) if word[0].isupper()]
    return any(word.lower() not in common and word.lower() not in PRONOUNS for word in words)


def pick_entity(start: int, end: int, mentions: list) -> object | None:
    """Entity of the predicted mention that shares most characters with [start, end), the first of equals."""
    shared = [(min(end, e) - max(start, s), -s, entity) for s, e, entity in mentions if min(end, e) > max(start, s)]
    return max(shared, key=lambda item: item[:2])[2] if shared else None


def score_chains(gold: list[dict], predicted: dict[str, list]) -> dict[str, float]:
    """B-cubed precision, recall and F1 over gold mentions, and how many of them no prediction touches."""
    common = find_common_words([row["text"] for row in gold])
    chains, found = [], []
    for row in gold:
        for mention in row["mentions"]:
            if is_name(mention["text"], common):
                entity = pick_entity(mention["start"], mention["end"], predicted.get(row["id"], []))
                chains.append(mention["chain"])
                found.append(("alone", len(found)) if entity is None else entity)
    return average_overlap(chains, found) | {"mentions": len(chains), "missed": sum(f[0] == "alone" for f in found)}


def average_overlap(gold: list, found: list) -> dict[str, float]:
    """B-cubed of two groupings of the same items (Bagga and Baldwin 1998)."""
    in_gold, in_found, in_both = Counter(gold), Counter(found), Counter(zip(gold, found, strict=True))
    precision = sum(in_both[g, f] / in_found[f] for g, f in zip(gold, found, strict=True)) / max(len(gold), 1)
    recall = sum(in_both[g, f] / in_gold[g] for g, f in zip(gold, found, strict=True)) / max(len(gold), 1)
    both = precision + recall
    f1 = 2 * precision * recall / both if both else 0.0
    return {"precision": round(precision, 3), "recall": round(recall, 3), "f1": round(f1, 3)}


def read_lines(path: str) -> list[dict]:
    """The documents of a file of JSON lines."""
    with Path(path).open(encoding="utf-8") as file:
        return [json.loads(line) for line in file]


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    predictions = {row["id"]: row["mentions"] for row in read_lines(sys.argv[2])}
    print(json.dumps(score_chains(read_lines(sys.argv[1]), predictions), indent=1))
