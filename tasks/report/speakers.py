"""The page of a speaker: what they said and where, their names, and the articles that mention them."""

from collections import Counter
from collections.abc import Iterator
from datetime import date

import polars as pl
from markupsafe import Markup

from .articles import anchor_quote
from .choose import Choice, label_articles, scan_articles
from .opposed import read_opposed
from .source import Source

CHUNK_SPEAKERS = 100
ABOUT = 20
"""Statements of others about a speaker that stand beside what they said."""
ALIKE = 6
"""Names that may mean the same one, which "wrong?" offers; further ones are typed."""
STRIP_WIDTH, STRIP_HEIGHT = 640, 60
QUOTES = ("quote_id", "article_id", "content", "statement_id", "is_said", "kind", "speaker_role", "cue", "confidence")


def describe_speakers(source: Source, speakers: pl.DataFrame, choice: Choice, limit: int) -> Iterator[dict]:
    """What the page of each speaker shows; lists end after `limit` rows."""
    quotes, mentions = read_said(source, speakers, limit), read_mentioned(source, speakers, limit)
    about = read_about(source, speakers)
    changes = read_opposed(source, "changes", "later_", "speaker_entity_id", speakers["entity_id"])
    changed = [side["article_id"] for rows in changes.values() for row in rows[:limit] for side in row["sides"]]
    others = pl.DataFrame({"article_id": changed}, schema={"article_id": pl.String})
    wanted = pl.concat([rows.select("article_id") for rows in (quotes, mentions, about, others)]).unique()
    articles = label_articles(
        source, scan_articles(source).join(wanted.lazy(), on="article_id", how="semi").sort("article_id").collect()
    )
    facts = {row["article_id"]: row for row in articles.iter_rows(named=True)}
    said, named, told = group_by_entity(quotes), group_by_entity(mentions), group_by_entity(about)
    aliases = group_by_entity(read_aliases(source, speakers))
    paged = set(choice.articles["article_id"])
    namesakes = group_namesakes(choice.speakers)
    for speaker in speakers.iter_rows(named=True):
        key = speaker["entity_id"]
        own = said.get(key, [])
        yield {
            "speaker": speaker,
            "aliases": aliases.get(key, []),
            "alike": [name for name in namesakes[last_word(speaker["name"])] if name != speaker["name"]][:ALIKE],
            "roles": date_roles(own),
            "statements": group_statements(own),
            "quotes_shown": len(own),
            "quotes_found": own[0]["quotes_found"] if own else 0,
            "kinds": count_values(own, "kind"),
            "outlets": count_values([facts[q["article_id"]] for q in own], "reporter"),
            "strip": draw_days(own),
            "about": told.get(key, []),
            "changes": changes.get(key, [])[:limit],
            "change_count": len(changes.get(key, [])),
            "mentions": named.get(key, []),
            "articles": facts,
            "paged": paged,
            "speakers": set(choice.speakers["entity_id"]),
        }


def last_word(name: str) -> str:
    """The word by which two names may mean one: the surname of a person."""
    return name.lower().split()[-1]


def group_namesakes(speakers: pl.DataFrame) -> dict[str, list[str]]:
    """Names of those who have a page by their last word, the most quoted first."""
    grouped: dict[str, list[str]] = {}
    for name in speakers["name"]:
        grouped.setdefault(last_word(name), []).append(name)
    return grouped


def read_said(source: Source, speakers: pl.DataFrame, limit: int) -> pl.DataFrame:
    """Quotations of the speakers, the newest `limit` of each, with how many articles carry the statement."""
    own = speakers.lazy().select("entity_id")
    days = source.scan("articles", "article_id", "published_date")
    carried = source.scan("statements", "statement_id", "article_count", "independent_count")
    speakers = source.scan("quote_speakers", "quote_id", "entity_id", "how").filter(pl.col("how") != "represented")
    spoken = speakers.join(own, on="entity_id", how="semi").select("quote_id", "entity_id").unique()
    joined = source.scan("quotes", *QUOTES).join(spoken, on="quote_id").join(days, on="article_id")
    ordered = joined.join(carried, on="statement_id", how="left").sort(
        "entity_id", "published_date", "quote_id", descending=[False, True, False], nulls_last=True
    )
    counted = ordered.with_columns(quotes_found=pl.len().over("entity_id"))
    return counted.group_by("entity_id", maintain_order=True).head(limit).collect()


def read_mentioned(source: Source, speakers: pl.DataFrame, limit: int) -> pl.DataFrame:
    """Articles that mention each of the speakers, those with most mentions first: entity_id, article_id, count."""
    own = speakers.lazy().select("entity_id")
    rows = source.scan("mentions", "article_id", "entity_id").join(own, on="entity_id", how="semi")
    counted = rows.group_by("entity_id", "article_id").agg(count=pl.len())
    ordered = counted.sort("entity_id", "count", "article_id", descending=[False, True, False])
    return ordered.group_by("entity_id", maintain_order=True).head(limit).collect()


def read_aliases(source: Source, speakers: pl.DataFrame) -> pl.DataFrame:
    """Rows of entity_aliases, the most frequent first."""
    own = speakers.lazy().select("entity_id")
    rows = source.scan("entity_aliases", "entity_id", "alias", "mention_count").join(own, on="entity_id", how="semi")
    return rows.sort("entity_id", "mention_count", "alias", descending=[False, True, False]).collect()


def read_about(source: Source, speakers: pl.DataFrame) -> pl.DataFrame:
    """What others with a name said about each of the speakers, the most carried statements first, each once."""
    own = speakers.lazy().select("entity_id")
    named = source.scan("quote_entities", "quote_id", "entity_id").unique().join(own, on="entity_id", how="semi")
    quotes = source.scan("quotes", "quote_id", "article_id", "content", "kind", "statement_id", "is_said")
    people = source.scan("entities", "entity_id", "name")
    voices = source.scan_speaking().join(people, on="entity_id").sort("quote_id", "rank", "entity_id")
    by = voices.group_by("quote_id", maintain_order=True).agg(by_ids="entity_id", by="name")
    carried = source.scan("statements", "statement_id", "article_count")
    rows = named.join(quotes.filter("is_said"), on="quote_id").join(by, on="quote_id")
    others = rows.filter(~pl.col("entity_id").is_in("by_ids")).join(carried, on="statement_id", how="left")
    order = others.sort(
        "entity_id", "article_count", "quote_id", descending=[False, True, False], nulls_last=True
    ).unique(["entity_id", "statement_id"], keep="first", maintain_order=True)
    listed = order.group_by("entity_id", maintain_order=True).head(ABOUT).collect()
    return listed.with_columns(anchor=pl.col("quote_id").str.split(":").list.get(1))


def date_roles(quotes: list[dict]) -> list[tuple[str, date | None, date | None]]:
    """Each role that articles state, with the first and the last day on which one does, the newest first; those without a day last."""
    days: dict[str, list[date]] = {}
    for quote in quotes:
        if quote["speaker_role"]:
            days.setdefault(quote["speaker_role"], []).extend(filter(None, [quote["published_date"]]))
    rows = [(role, min(own, default=None), max(own, default=None)) for role, own in days.items()]
    return sorted(rows, key=lambda row: (-(row[2] or date.min).toordinal(), row[0]))


def count_values(rows: list[dict], column: str) -> list[tuple[str, int]]:
    """How often each value stands, the most frequent first; a value that lacks is left out."""
    counted = Counter(row[column] for row in rows if row[column])
    return sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))


def draw_days(quotes: list[dict]) -> tuple[Markup, list[tuple[date, int]]]:
    """A strip of one column for each day from the first to the last with a dated quotation, and its numbers.

    Empty where fewer than two days have one: a single column says nothing. Long times are squeezed, never cut.
    """
    days = sorted(Counter(q["published_date"] for q in quotes if q["published_date"]).items())
    if len(days) < 2:
        return Markup(), days
    first, span = days[0][0], (days[-1][0] - days[0][0]).days + 1
    most, step = max(count for _, count in days), STRIP_WIDTH / span
    bars = [
        Markup('<rect x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}"/>').format(
            (day - first).days * step,
            STRIP_HEIGHT * (1 - count / most),
            max(step * 0.85, 2),
            STRIP_HEIGHT * count / most,
        )
        for day, count in days
    ]
    head = Markup('<svg aria-hidden="true" focusable="false" viewBox="0 0 {} {}" class="strip">')
    return head.format(STRIP_WIDTH, STRIP_HEIGHT) + Markup("").join(bars) + Markup("</svg>"), days


def group_by_entity(rows: pl.DataFrame) -> dict[str, list[dict]]:
    """Rows by entity_id, in their order."""
    grouped: dict[str, list[dict]] = {}
    for row in rows.iter_rows(named=True):
        grouped.setdefault(row["entity_id"], []).append(row)
    return grouped


def group_statements(quotes: list[dict]) -> list[list[dict]]:
    """Quotations of one statement together, in the order of the first of each."""
    statements: dict[str, list[dict]] = {}
    for quote in quotes:
        statements.setdefault(quote["statement_id"], []).append(quote | {"anchor": anchor_quote(quote["quote_id"])})
    return list(statements.values())
