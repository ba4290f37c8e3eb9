"""What watches have told, in the data folder: known ids, entries with their words, an Atom feed, and what was sent.

Below `watches`: `known/NAME.txt` has ids alone; `told/` has words of articles and goes with any take-down.
An entry is written before it is told, and crossed out after: a killed run tells it again, never anew.
"""

import json
from pathlib import Path
from xml.etree import ElementTree

from quotidian.tasks.publish.forget import WATCHES
from quotidian.tasks.store.files import write_aside

FEED_ENTRIES = 200
ATOM = "http://www.w3.org/2005/Atom"


def known_path(data: Path, name: str) -> Path:
    return data / WATCHES / "known" / f"{name}.txt"


def told_path(data: Path, name: str, ending: str) -> Path:
    return data / WATCHES / "told" / f"{name}.{ending}"


def read_known(data: Path, name: str) -> set[str] | None:
    """Ids that are known; None where the watch never ran."""
    path = known_path(data, name)
    return set(path.read_text(encoding="utf-8").splitlines()) if path.exists() else None


def write_text(path: Path, text: str) -> None:
    """Write a file whole or not at all."""
    with write_aside(path) as aside:
        aside.write_text(text, encoding="utf-8", newline="\n")


def read_entries(data: Path, name: str) -> list[dict]:
    """What was found, the oldest first."""
    path = told_path(data, name, "jsonl")
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.exists() else []


def write_entries(data: Path, name: str, entries: list[dict]) -> None:
    """Keep what was found."""
    lines = [json.dumps(entry, sort_keys=True) + "\n" for entry in entries]
    write_text(told_path(data, name, "jsonl"), "".join(lines))


def note_news(data: Path, name: str, ids: set[str], news: list[dict], found_at: str, is_posted: bool) -> list[dict]:
    """Add news to the entries, then make all ids known; an entry that a killed run left is not added twice.

    Where nothing is posted, an entry is settled with the feed.
    """
    entries = read_entries(data, name)
    there = {entry["id"] for entry in entries}
    fresh = [row | {"found_at": found_at, "sent": not is_posted} for row in news if row["id"] not in there]
    settled = sum(entry["sent"] for entry in entries)
    kept = drop_settled(entries, settled - FEED_ENTRIES)
    write_entries(data, name, [*kept, *fresh])
    write_text(known_path(data, name), "".join(f"{id_}\n" for id_ in sorted((read_known(data, name) or set()) | ids)))
    return fresh


def drop_settled(entries: list[dict], count: int) -> list[dict]:
    """Entries without the oldest `count` of those that are settled."""
    kept = []
    for entry in entries:
        if entry["sent"] and count > 0:
            count -= 1
        else:
            kept.append(entry)
    return kept


def write_feed(data: Path, name: str) -> Path:
    """The newest entries as an Atom feed (RFC 4287), made anew from the entries: the same entries, the same feed."""
    entries = read_entries(data, name)[-FEED_ENTRIES:][::-1]
    feed = ElementTree.Element("feed", xmlns=ATOM)
    put(feed, "id", f"urn:quotidian:watch:{name}")
    put(feed, "title", f"Quotidian: {name}")
    put(feed, "updated", max((entry["found_at"] for entry in entries), default="1970-01-01T00:00:00Z"))
    put(put(feed, "author", None), "name", "Quotidian")
    for entry in entries:
        item = put(feed, "entry", None)
        put(item, "id", f"urn:quotidian:watch:{name}:{entry['id']}")
        put(item, "title", f"{entry['title']}: {entry['words']}"[:200])
        put(item, "updated", entry["found_at"])
        put(item, "content", describe_entry(entry))
    path = told_path(data, name, "atom")
    write_text(path, ElementTree.tostring(feed, encoding="unicode", xml_declaration=True) + "\n")
    return path


def put(parent: ElementTree.Element, name: str, text: str | None) -> ElementTree.Element:
    """Add an element; characters that XML cannot hold are left out."""
    element = ElementTree.SubElement(parent, name)
    if text is not None:
        element.text = "".join(c for c in text if c in "\t\n" or (c >= " " and c not in "\ufffe\uffff"))
    return element


def describe_entry(entry: dict) -> str:
    """An entry in one line: who, the words, where, when."""
    place = ", ".join(entry[part] for part in ("outlet", "published_date") if entry[part])
    return f"{entry['title']}: “{entry['words']}” ({place or 'no outlet, no date'}; article {entry['article_id']})"
