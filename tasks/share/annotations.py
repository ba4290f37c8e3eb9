"""Quotations as W3C Web Annotations (Recommendation of 23 February 2017), one JSON-LD object a line.

The target is the article by its address, with the words and their place; the bodies say who speaks. Offsets count code points of the
published body, as the Recommendation asks; the page at the address has other text around it. So `state` names the body as
the copy in which they hold, and on the page itself only the words with what stands around them can be found.
"""

from collections.abc import Iterator
from pathlib import Path

from .json_lines import ask_rows, write_lines
from .reading import open_snapshot
from .rows import Report

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
AROUND = 32
"""Code points of prefix and suffix: as many as the annotating client Hypothesis keeps."""
QUOTATIONS = f"""
WITH speaking AS (
    SELECT saying.quote_id, saying.entity_id AS id, entities.name, known.wikidata, min(saying.rank) AS rank
    FROM quote_speakers AS saying
    JOIN entities ON entities.entity_id = saying.entity_id
    LEFT JOIN (SELECT entity_id, min(id) AS wikidata FROM entity_ids WHERE scheme = 'wikidata' GROUP BY ALL) AS known
        ON known.entity_id = saying.entity_id
    WHERE saying.how <> 'represented'
    GROUP BY ALL
),
said AS (
    SELECT quote_id, list({{'id': id, 'name': name, 'wikidata': wikidata}} ORDER BY rank) AS speakers
    FROM speaking
    GROUP BY ALL
)
SELECT
    quotes.quote_id,
    quotes.article_id,
    articles.url,
    quotes.start,
    quotes."end",
    quotes.text,
    quotes.kind,
    quotes.is_said,
    quotes.speaker_text,
    said.speakers,
    substr(articles.body, greatest(quotes.start - {AROUND}, 0) + 1, least(quotes.start, {AROUND})) AS prefix,
    substr(articles.body, quotes."end" + 1, {AROUND}) AS suffix
FROM quotes
JOIN articles ON articles.article_id = quotes.article_id
LEFT JOIN said ON said.quote_id = quotes.quote_id
ORDER BY quotes.article_id, quotes.start, quotes.quote_id
"""


def write_annotations(snapshot: Path, path: Path, report: Report) -> None:
    """Write an annotation for each quotation of the snapshot, by article and place."""
    with open_snapshot(snapshot) as database:
        write_lines(map(describe_quotation, ask_rows(database, QUOTATIONS)), path, report, "annotations")


def describe_quotation(row: dict) -> dict:
    """One annotation."""
    copy = name_thing("article", row["article_id"])
    place = {"type": "TextPositionSelector", "start": row["start"], "end": row["end"]}
    words = {"type": "TextQuoteSelector", "exact": row["text"], "prefix": row["prefix"], "suffix": row["suffix"]}
    return {
        "@context": CONTEXT,
        "id": name_thing("quote", row["quote_id"]),
        "type": "Annotation",
        "motivation": "identifying" if row["speakers"] else "classifying",
        "body": [*describe_speakers(row), *(describe_words("classifying", word) for word in list_kinds(row))],
        "target": {
            "source": row["url"] or copy,
            "state": {"type": "TimeState", "cached": copy},
            "selector": [words, place],
        },
    }


def describe_speakers(row: dict) -> Iterator[dict]:
    """Bodies that say who speaks: name and ids of each, else the words that the article has for an unnamed speaker."""
    for speaker in row["speakers"] or ():
        yield describe_words("identifying", speaker["name"])
        yield describe_source(name_thing("entity", speaker["id"]))
        if speaker["wikidata"]:
            yield describe_source(f"http://www.wikidata.org/entity/{speaker['wikidata']}")
    if not row["speakers"] and row["speaker_text"]:
        yield describe_words("describing", row["speaker_text"])


def list_kinds(row: dict) -> list[str]:
    """Kind of the quotation, and whether the article says that it was not said, or is rejected."""
    return [row["kind"], *([] if row["is_said"] else ["not said"])]


def describe_words(purpose: str, text: str) -> dict:
    return {"type": "TextualBody", "purpose": purpose, "value": text, "format": "text/plain"}


def describe_source(address: str) -> dict:
    return {"type": "SpecificResource", "purpose": "identifying", "source": address}


def name_thing(kind: str, key: str) -> str:
    """A row of a table as a URN."""
    return f"urn:quotidian:{kind}:{key}"
