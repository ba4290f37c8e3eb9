"""People and organisations as FollowTheMoney entities (for Aleph and the tools of OpenSanctions), one JSON object a line.

Articles come first, then people and organisations, then a mention for each article and name. Whom an ambiguous name means stays
open: it is a mention that is resolved to nobody, and no entity. Places and other things have no schema that fits and are left out.
"""

from collections.abc import Iterator
from pathlib import Path

import duckdb

from .json_lines import ask_rows, write_lines
from .reading import open_snapshot
from .rows import Report

SCHEMAS = {"PERSON": "Person", "ORG": "Organization"}
ARTICLES = """
SELECT article_id, title, outlet, byline, url, language, source, coalesce(published_at::DATE, published_date) AS published
FROM articles ORDER BY article_id
"""
ENTITIES = """
SELECT
    entities.entity_id, entities.type, entities.name, entities.country,
    (SELECT list(alias ORDER BY alias) FROM entity_aliases WHERE entity_aliases.entity_id = entities.entity_id) AS aliases,
    (SELECT list(id ORDER BY id) FROM entity_ids WHERE entity_ids.entity_id = entities.entity_id AND scheme = 'wikidata') AS ids
FROM entities
WHERE type IN ('PERSON', 'ORG') AND NOT is_ambiguous
ORDER BY entities.entity_id
"""
MENTIONS = """
SELECT mentions.article_id, entities.entity_id, entities.type, entities.is_ambiguous, list(DISTINCT mentions.text) AS names
FROM mentions
JOIN entities ON entities.entity_id = mentions.entity_id
WHERE entities.type IN ('PERSON', 'ORG') AND mentions.mention_kind = 'name'
GROUP BY ALL
ORDER BY mentions.article_id, entities.entity_id
"""


def write_followthemoney(snapshot: Path, path: Path, report: Report) -> None:
    """Write the entities of the snapshot."""
    with open_snapshot(snapshot) as database:
        write_lines(list_entities(database), path, report, "entities")


def list_entities(database: duckdb.DuckDBPyConnection) -> Iterator[dict]:
    """Articles, people and organisations, and mentions, each by its id."""
    yield from map(describe_article, ask_rows(database, ARTICLES))
    yield from map(describe_entity, ask_rows(database, ENTITIES))
    yield from map(describe_mention, ask_rows(database, MENTIONS))


def describe_article(row: dict) -> dict:
    """An article, without its body."""
    return make_entity(
        make_id(row["article_id"]),
        "Article",
        title=[row["title"]],
        publisher=[row["outlet"]],
        author=[row["byline"]],
        sourceUrl=[row["url"]],
        publishedAt=[row["published"] and row["published"].isoformat()],
        fileName=[row["source"]],
    )


def describe_entity(row: dict) -> dict:
    """A person or an organisation; a form of one word is a weak alias, which many may bear."""
    aliases = [join_blanks(alias) for alias in row["aliases"] or ()]
    return make_entity(
        make_id(row["entity_id"]),
        SCHEMAS[row["type"]],
        name=[row["name"]],
        alias=[alias for alias in aliases if " " in alias and alias != row["name"]],
        weakAlias=[alias for alias in aliases if " " not in alias and alias != row["name"]],
        country=[row["country"] and row["country"].lower()],
        wikidataId=row["ids"] or (),
    )


def describe_mention(row: dict) -> dict:
    """What an article calls somebody, and who that is, where it is known."""
    return make_entity(
        make_id(row["article_id"], row["entity_id"]),
        "Mention",
        document=[make_id(row["article_id"])],
        resolved=[None if row["is_ambiguous"] else make_id(row["entity_id"])],
        name=sorted(join_blanks(name) for name in row["names"]),
        detectedSchema=[SCHEMAS[row["type"]]],
    )


def make_entity(id_: str, schema: str, **properties: list | tuple) -> dict:
    """An entity with the properties that have a value, each value once."""
    told = {name: list(dict.fromkeys(value for value in values if value)) for name, values in properties.items()}
    return {"id": id_, "schema": schema, "properties": {name: values for name, values in told.items() if values}}


def make_id(*keys: str) -> str:
    """An id as FollowTheMoney takes it: letters, digits and hyphens."""
    return "-".join(("quotidian", *keys)).replace("_", "-")


def join_blanks(text: str) -> str:
    """A name on one line."""
    return " ".join(text.split())
