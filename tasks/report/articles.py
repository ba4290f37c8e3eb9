"""The page of an article: the proof, its quotations, and all that cleaning changed."""

from collections.abc import Iterator

import polars as pl

from quotidian.tasks.clean.cleaned import Edit
from quotidian.tasks.clean.trace import rebuild_raw
from quotidian.tasks.extract.flatten import article_of

from .choose import Choice
from .proof import mark_edits, mark_names, mark_quotes, render_proof
from .source import Source

CHUNK_ARTICLES = 400
"""Articles whose rows are in memory at once: some 20 MB."""
LIKELY = 12
"""Names that "wrong?" offers; further ones are typed."""
LINE_CHARS = 400
"""Longer lines are paragraphs, which stand nowhere else."""
SPEAKING = ("PERSON", "ORG", "GPE")
PIECES = ("mentions", "quotes", "display_quotes", "edits", "credits")


def cut_chunks(articles: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """Parts of the chosen articles of which each touches few days."""
    by_day = articles.sort("day_folder", "article_id")
    yield from by_day.iter_slices(CHUNK_ARTICLES)


def describe_articles(source: Source, chosen: pl.DataFrame, choice: Choice) -> Iterator[dict]:
    """What the page of each chosen article shows."""
    days, ids = chosen["day_folder"].unique(), chosen["article_id"]
    pieces = {table: group_rows(source.read_days(table, days, ids)) for table in PIECES}
    parts = source.read_days("quote_parts", days, ids, "quote_id")
    pieces["quote_parts"] = group_rows(parts.with_columns(article_id=article_of("quote_id")))
    labels = {row["article_id"]: row for row in chosen.iter_rows(named=True)}
    captions = source.read_days("metadata", days, ids).filter(field="caption")
    pieces["captions"] = group_rows(captions)
    said = [q for table in ("quotes", "display_quotes") for rows in pieces[table].values() for q in rows]
    told = Told(source, choice, said)
    for article in source.read_days("articles", days, ids).iter_rows(named=True):
        key = article["article_id"]
        rows = {table: by_article.get(key, []) for table, by_article in pieces.items()}
        yield describe_article(article | {n: labels[key][n] for n in ("label", "reporter")}, rows, told)


def group_rows(rows: pl.DataFrame) -> dict[str, list[dict]]:
    """Rows by article_id, each in the order of the table."""
    grouped: dict[str, list[dict]] = {}
    for row in rows.iter_rows(named=True):
        grouped.setdefault(row["article_id"], []).append(row)
    return grouped


class Told:
    """What pages of articles say of things beyond the article: names of speakers, statements, and who has a page."""

    def __init__(self, source: Source, choice: Choice, quotes: list[dict]) -> None:
        self.speakers = set(choice.speakers["entity_id"])
        self.stories = dict(choice.stories.select("story_id", "title").iter_rows())
        self.articles = set(choice.articles["article_id"])
        self.outlets = dict(choice.outlets.select("outlet", "key").iter_rows())
        self.names = look_up(source, "entities", "entity_id", "name", {q["speaker_entity_id"] for q in quotes})
        statements = {q["statement_id"] for q in quotes}
        self.carried = look_up(source, "statements", "statement_id", "article_count", statements)


def look_up(source: Source, table: str, key: str, column: str, wanted: set) -> dict:
    """key -> column, of the rows that are wanted."""
    keys = pl.Series(sorted(wanted - {None}), dtype=pl.String)
    return dict(source.scan(table, key, column).filter(pl.col(key).is_in(keys.implode())).collect().iter_rows())


def describe_article(article: dict, rows: dict[str, list[dict]], told: Told) -> dict:
    """What the page of one article shows."""
    quotes = [describe_quote(number, quote, told) for number, quote in enumerate(rows["quotes"], 1)]
    marked, numbers = mark_quotes(quotes, rows["quote_parts"])
    put, gone = mark_edits(rows["edits"])
    spans = [*put, *marked, *mark_names(rows["mentions"], told.speakers)]
    edits = [Edit(**{n: e[n] for n in Edit.__dataclass_fields__}) for e in rows["edits"]]
    raw = rebuild_raw(article["body"], edits)
    return {
        "article": article,
        "proof": render_proof(article["body"], spans, [*numbers, *gone]),
        "quotes": quotes,
        "shown": [describe_display(quote, rows["captions"], quotes, told) for quote in rows["display_quotes"]],
        "edits": [edit | {"whole_lines": list_whole_lines(edit, raw)} for edit in rows["edits"]],
        "credits": rows["credits"],
        "raw": raw,
        "story_title": told.stories.get(article["story_id"]),
        "has_original_page": article["copy_group"] in told.articles,
        "link": safe_link(article["url"]),
        "likely": list_likely(rows["mentions"]),
        "outlet_key": told.outlets.get(article["outlet"]),
    }


def list_whole_lines(edit: dict, raw: str) -> list[str]:
    """The lines of the text that came which an edit took away as junk, whole: what a line of corrections can bring back."""
    if edit["kind"] != "junk":
        return []
    *_, start = raw[: edit["raw_start"]].rpartition("\n")
    end, *_ = raw[edit["raw_end"] :].partition("\n")
    lines = (start + edit["raw_text"] + end).splitlines()
    held = {0} if start.strip() else set()
    held |= {len(lines) - 1} if end.strip() else set()
    whole = [" ".join(line.split()) for place, line in enumerate(lines) if place not in held]
    return [line for line in whole if line and len(line) <= LINE_CHARS]


def list_likely(mentions: list[dict]) -> list[str]:
    """The longest name of each who may have spoken, as the article has it: the most mentioned first, people before others."""
    entities: dict[str, list[dict]] = {}
    for mention in mentions:
        if mention["mention_kind"] == "name" and mention["type"] in SPEAKING and mention["entity_id"]:
            entities.setdefault(mention["entity_id"], []).append(mention)
    ranked = sorted(entities.values(), key=lambda own: (own[0]["type"] != "PERSON", -len(own), own[0]["text"]))
    return [max((" ".join(m["text"].split()) for m in own), key=len) for own in ranked[:LIKELY]]


def describe_quote(number: int, quote: dict, told: Told) -> dict:
    """A row of quotes with what lists show of it."""
    entity = quote["speaker_entity_id"]
    return quote | {
        "number": number,
        "anchor": anchor_quote(quote["quote_id"]),
        "who": told.names.get(entity) or quote["speaker_text"] or "nobody named",
        "has_page": entity in told.speakers,
        "carried": told.carried.get(quote["statement_id"], 1),
    }


def describe_display(quote: dict, captions: list[dict], quotes: list[dict], told: Told) -> dict:
    """A row of display_quotes with its speaker, the caption that it stands in (None for the headline), and the number of the quotation of
    the body that it repeats."""
    entity = quote["speaker_entity_id"]
    return quote | {
        "who": told.names.get(entity) or quote["speaker_text"] or "nobody named",
        "has_page": entity in told.speakers,
        "caption": next((one["value"] for one in captions if one["value_index"] == quote["value_index"]), None),
        "repeats": next((one["number"] for one in quotes if one["quote_id"] == quote["body_quote_id"]), None),
    }


def anchor_quote(quote_id: str) -> str:
    """The part of a quote_id after its article, by which a page of the article names the place."""
    return quote_id.split(":")[1]


def safe_link(url: str | None) -> str | None:
    """The address where it is one of the web; a scraped field may hold anything, scripts included."""
    return url if url and url.lower().startswith(("http://", "https://")) else None
