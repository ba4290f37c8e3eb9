"""The list of quotations: each thing said once, the newest first, to be narrowed by speaker, outlet, kind and day."""

from .articles import anchor_quote, look_up
from .choose import REPORTER, Choice
from .source import Source

QUOTES = ("quote_id", "article_id", "content", "kind", "speaker_entity_id", "speaker_text", "statement_id")


def list_quotations(source: Source, choice: Choice, limit: int) -> list[dict]:
    """Statements of articles with a page, each by its newest quotation there: the newest first, of one day those that most texts carry."""
    places = choice.articles.lazy().select("article_id", "published_date", reporter=REPORTER)
    said = source.scan("quotes", *QUOTES, "is_said").filter("is_said").drop("is_said").join(places, on="article_id")
    carried = source.scan("statements", "statement_id", "article_count", "independent_count")
    down = ["published_date", "independent_count", "article_count"]
    order = said.join(carried, on="statement_id").sort(
        *down, "quote_id", descending=[True, True, True, False], nulls_last=True
    )
    rows = order.unique("statement_id", keep="first", maintain_order=True).head(limit).collect().to_dicts()
    names = look_up(source, "entities", "entity_id", "name", {row["speaker_entity_id"] for row in rows})
    return [row | name_place(row, names) for row in rows]


def name_place(row: dict, names: dict[str, str]) -> dict:
    """Who said it, in words, and where on the page of the article it stands."""
    who = names.get(row["speaker_entity_id"]) or row["speaker_text"] or "nobody named"
    return {"who": " ".join(who.split()), "anchor": anchor_quote(row["quote_id"])}
