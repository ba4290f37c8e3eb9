"""The page of a story: who reported, who copied whom, and what was said, with the wordings of each article."""

import re
from collections.abc import Iterator

import polars as pl
from markupsafe import Markup

from .articles import anchor_quote, look_up
from .choose import Choice, label_articles, scan_articles
from .opposed import read_opposed
from .source import Source

CHUNK_STORIES = 100
DEEPEST = 3
"""Steps that a list of copies is moved in; deeper ones stand at the last, so that a phone has room for words."""
DIFFERENCE = re.compile(r"\[-(?P<gone>(?:[^\[-]|-(?!\])|\[(?!-))*+)-\]|\{\+(?P<put>(?:[^{+]|\+(?!\})|\{(?!\+))*+)\+\}")
SAME_SHARE = 0.5
"""Share of the letters of both wordings together from which on a difference can be read (looked at on the samples)."""
QUOTES = ("quote_id", "article_id", "content", "speaker_entity_id", "speaker_text", "statement_id", "is_said", "kind")
EVIDENCE = (
    "article_id",
    "original_id",
    "relation",
    "order_basis",
    "kind",
    "jaccard",
    "containment",
    "cosine",
    "aligned_share",
)

ORDERS = {
    "published_at": "The times of publication tell which was first",
    "published_date": "The days of publication tell which was first",
    "credit": "It credits the other",
    "captured_at": "Crawlers saw the other earlier",
    "containment": "It was cut from the other",
    "unknown": "Which was first is not known",
}
"""What tells that a copy is the later, in words."""


def describe_stories(source: Source, stories: pl.DataFrame, choice: Choice, limit: int) -> Iterator[dict]:
    """What the page of each story shows; lists end after `limit` rows."""
    articles = read_story_articles(source, stories, limit)
    quotes = read_quotes(source, articles)
    copies = read_copies(source, articles)
    names = look_up(source, "entities", "entity_id", "name", set(quotes["speaker_entity_id"]))
    conflicts = read_opposed(source, "conflicts", "other_", "story_id", stories["story_id"])
    paged = {"articles": set(choice.articles["article_id"]), "speakers": set(choice.speakers["entity_id"])}
    by_story = {key: rows for (key,), rows in articles.group_by("story_id", maintain_order=True)}
    for story in stories.iter_rows(named=True):
        own = by_story[story["story_id"]].to_dicts()
        said = quotes.filter(pl.col("story_id") == story["story_id"])
        yield {
            "story": story,
            "articles": own,
            "first": find_first(own),
            "copies": order_tree([c for c in copies if c["story_id"] == story["story_id"]]),
            **describe_statements(said, names, limit),
            **list_conflicts(conflicts.get(story["story_id"], []), own, limit),
            "names": names,
            "labels": {a["article_id"]: a for a in own},
            "paged": paged,
        }


def read_story_articles(source: Source, stories: pl.DataFrame, limit: int) -> pl.DataFrame:
    """What lists show of the articles of the stories, at most `limit` of each, originals first and by day."""
    rows = scan_articles(source).join(stories.lazy().select("story_id"), on="story_id", how="semi")
    order = [pl.col("published_date"), pl.col("copy_kind") != "original", pl.col("article_id")]
    listed = rows.sort(order, nulls_last=True).group_by("story_id", maintain_order=True).head(limit).collect()
    return label_articles(source, listed).sort(
        "story_id", "published_date", pl.col("copy_kind") != "original", "article_id", nulls_last=True
    )


def read_quotes(source: Source, articles: pl.DataFrame) -> pl.DataFrame:
    """Quotations of the articles, with story_id, what differs, and how many articles carry the statement."""
    own = articles.select("article_id", "story_id").lazy()
    variants = source.scan("statement_variants", "quote_id", "difference")
    carried = source.scan("statements", "statement_id", "article_count", "independent_count", statement="text")
    quotes = source.scan("quotes", *QUOTES).join(own, on="article_id")
    joined = quotes.join(variants, on="quote_id", how="left").join(carried, on="statement_id", how="left")
    return joined.sort("article_id", "quote_id").collect()


def read_copies(source: Source, articles: pl.DataFrame) -> list[dict]:
    """Rows of copies whose copy is one of the articles, with story_id and what tells the order, by original."""
    own = articles.select("article_id", "story_id").lazy()
    rows = source.scan("copies", *EVIDENCE).join(own, on="article_id").sort("original_id", "article_id")
    return rows.with_columns(order=pl.col("order_basis").replace_strict(ORDERS)).collect().to_dicts()


def list_conflicts(conflicts: list[dict], articles: list[dict], limit: int) -> dict:
    """The conflicts between articles that the page lists, and how many there are."""
    listed = {article["article_id"] for article in articles}
    shown = [row for row in conflicts if listed.issuperset(side["article_id"] for side in row["sides"])]
    return {"conflicts": shown[:limit], "conflict_count": len(conflicts)}


def find_first(articles: list[dict]) -> dict | None:
    """The article that came first, where that is known: alone on its day, or all of the day have different times."""
    days = [article["published_date"] for article in articles if article["published_date"]]
    if not days or len(days) < 2 or len(days) < len(articles):
        return None
    early = [article for article in articles if article["published_date"] == min(days)]
    if len(early) == 1:
        return early[0]
    times = sorted(article["published_at"] for article in early if article["published_at"])
    if len(times) < len(early) or times[0] == times[1]:
        return None
    return next(article for article in early if article["published_at"] == times[0])


def order_tree(copies: list[dict]) -> list[dict]:
    """Copies below what they were taken from, each with its `depth`; where two name each other, both stay at the top."""
    below: dict[str, list[dict]] = {}
    for copy in copies:
        below.setdefault(copy["original_id"], []).append(copy)
    taken = {copy["article_id"] for copy in copies}
    ordered, seen = [], set()
    waiting = [(copy, 0) for copy in reversed(copies) if copy["original_id"] not in taken]
    while waiting:
        copy, depth = waiting.pop()
        if copy["article_id"] not in seen:
            seen.add(copy["article_id"])
            ordered.append(copy | {"depth": min(depth, DEEPEST)})
            waiting += [(child, depth + 1) for child in reversed(below.get(copy["article_id"], []))]
    return ordered + [copy | {"depth": 0} for copy in copies if copy["article_id"] not in seen]


def describe_statements(quotes: pl.DataFrame, names: dict[str, str], limit: int) -> dict:
    """Statements that several articles of the story carry, and those of one article by speaker."""
    order = ["independent_count", "article_count", "statement_id", "quote_id"]
    ranked = quotes.sort(order, descending=[True, True, False, False]).to_dicts()
    statements: dict[str, list[dict]] = {}
    for quote in ranked:
        statements.setdefault(quote["statement_id"], []).append(describe_wording(quote, names))
    several = [q for q in statements.values() if len({w["article_id"] for w in q}) > 1]
    single = [q[0] for q in statements.values() if len({w["article_id"] for w in q}) == 1]
    speakers: dict[str, list[dict]] = {}
    for quote in single:
        speakers.setdefault(quote["speaker_entity_id"] or quote["who"], []).append(quote)
    groups = [(quotes[0]["who"], quotes) for quotes in speakers.values()]
    by_speaker = sorted(groups, key=lambda group: (group[0] == NOBODY, -len(group[1]), group[0]))
    return {
        "shared": several[:limit],
        "shared_count": len(several),
        "single": cut_groups(by_speaker, limit),
        "single_count": len(single),
    }


NOBODY = "Nobody named"


def cut_groups(groups: list[tuple[str, list[dict]]], limit: int) -> list[tuple[str, list[dict]]]:
    """The first `limit` rows of groups taken together."""
    kept = []
    for name, rows in groups:
        if limit <= 0:
            break
        kept.append((name, rows[:limit]))
        limit -= len(rows)
    return kept


def describe_wording(quote: dict, names: dict[str, str]) -> dict:
    """A quotation with who said it, where it stands, and its words with what differs marked."""
    who = names.get(quote["speaker_entity_id"]) or quote["speaker_text"] or NOBODY
    return quote | {
        "who": who,
        "anchor": anchor_quote(quote["quote_id"]),
        "wording": mark_wording(quote["difference"], quote["content"]),
    }


def mark_wording(difference: str | None, content: str) -> Markup | str:
    """The words as they stand, with what differs marked where most words are the same; else it would hide the words."""
    if difference is None:
        return content
    changed = sum(len(found["gone"] or found["put"] or "") for found in DIFFERENCE.finditer(difference))
    same = len(DIFFERENCE.sub("", difference).replace(" ", ""))
    return mark_difference(difference) if same >= SAME_SHARE * (same + changed) else content


def mark_difference(difference: str) -> Markup:
    """The wdiff notation of statement_variants as HTML."""
    pieces, done = [], 0
    for found in DIFFERENCE.finditer(difference):
        pieces.append(Markup.escape(difference[done : found.start()]))
        tag = "del" if found["gone"] is not None else "ins"
        pieces.append(Markup("<{}>{}</{}>").format(tag, found["gone"] or found["put"] or "", tag))
        done = found.end()
    return Markup("").join([*pieces, Markup.escape(difference[done:])])
