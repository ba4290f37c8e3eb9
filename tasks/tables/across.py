"""Tables that hold across articles: entities and their aliases, statements, stories."""

import dataframely as dy
import polars as pl

from . import columns as c
from .kinds import COPY_KINDS


class Entities(dy.Schema):
    """One row for each person, organisation, place or other named thing, the same across articles."""

    entity_id = c.entity_id(primary_key=True)
    name = c.text("Canonical name: the fullest of its common names.", shared=True)
    type = c.entity_type()
    external_id = c.text(
        "Id elsewhere, such as a Wikidata QID, where a correction gives one.", shared=True, nullable=True
    )
    alias_count = c.count("Rows of entity_aliases.", "aliases")
    article_count = c.count("Articles that mention it.", "articles")
    mention_count = c.count("Rows of mentions.", "mentions")
    quote_count = c.count("Rows of quotes in which it speaks and is_said is true.", "quotations")
    first_date = c.date("First day on which an article mentions it.", nullable=True)
    last_date = c.date("Last day on which an article mentions it.", nullable=True)


class EntityAliases(dy.Schema):
    """One row for each form of a name that articles use for an entity."""

    entity_id = c.entity_id(primary_key=True)
    alias = c.text("The form, as it stands in the text.", shared=True, primary_key=True)
    mention_count = c.count("Mentions in this form.", "mentions")


class Copies(dy.Schema):
    """One row for each article that is a copy of an earlier one, with the evidence of the pair."""

    article_id = c.article_id(primary_key=True)
    original_id = c.text("The earliest article of its copy_group.", shared=True)
    kind = c.choice(
        COPY_KINDS[1:],
        "exact: the same words; near: edited, cut or extended; rewritten: other words for the same things in the same order.",
    )
    jaccard = c.share("Word pairs in both, of those in either.")
    containment = c.share("Word pairs of the copy that are in the original.")
    containment_reverse = c.share("Word pairs of the original that are in the copy.")
    cosine = c.share(
        "Cosine of the TF-IDF vectors of the two, to two decimals: those after them change with every new article."
    )
    aligned_share = c.share("Content words of the longer that stand in the same order in the other.")

    @dy.rule()
    def copy_is_another_article(cls) -> pl.Expr:
        return pl.col("article_id") != pl.col("original_id")


class Statements(dy.Schema):
    """One row for each thing said by one speaker, however many articles carry it."""

    statement_id = c.statement_id(primary_key=True)
    text = c.text("The longest of its quotations.")
    speaker_entity_id = c.entity_id("Who said it.", nullable=True)
    quote_count = c.count("Quotations of it.", "quotations")
    article_count = c.count("Articles that carry it.", "articles")
    independent_count = c.count("Articles that carry it, copies of one article counted once.", "articles")
    first_date = c.date("First day on which an article carries it.", nullable=True)


class StatementVariants(dy.Schema):
    """One row for each quotation of a statement that has several, with what differs word by word."""

    quote_id = c.quote_id(primary_key=True)
    statement_id = c.statement_id()
    difference = c.text("Against the longest quotation: [-words that only that has-], {+words that only this has+}.")


class Stories(dy.Schema):
    """One row for each event that articles report."""

    story_id = c.story_id(primary_key=True)
    title = c.text("Headline of the most central article, or its first sentence where it has none.")
    article_count = c.count("Articles on it.", "articles")
    outlet_count = c.count("Different outlets among them, where known.", "outlets")
    independent_count = c.count("Articles on it, copies of one article counted once.", "articles")
    first_date = c.date("First day of its articles.", nullable=True)
    last_date = c.date("Last day of its articles.", nullable=True)
