"""Tables that hold across articles: entities and their aliases, statements, stories."""

import dataframely as dy

from . import columns as c


class Entities(dy.Schema):
    """One row for each person, organisation, place or other named thing, the same across articles."""

    entity_id = c.entity_id(primary_key=True)
    name = c.text("Canonical name: the fullest of its common names.")
    type = c.entity_type()
    alias_count = c.count("Rows of entity_aliases.", "aliases")
    article_count = c.count("Articles that mention it.", "articles")
    mention_count = c.count("Rows of mentions.", "mentions")
    quote_count = c.count("Rows of quotes in which it speaks and is_said is true.", "quotations")
    first_date = c.date("First day on which an article mentions it.", nullable=True)
    last_date = c.date("Last day on which an article mentions it.", nullable=True)


class EntityAliases(dy.Schema):
    """One row for each form of a name that articles use for an entity."""

    entity_id = c.entity_id(primary_key=True)
    alias = c.text("The form, as it stands in the text.", primary_key=True)
    mention_count = c.count("Mentions in this form.", "mentions")


class Statements(dy.Schema):
    """One row for each thing said by one speaker, however many articles carry it."""

    statement_id = c.statement_id(primary_key=True)
    text = c.text("The longest of its quotations.")
    speaker_entity_id = c.entity_id("Who said it.", nullable=True)
    quote_count = c.count("Quotations of it.", "quotations")
    article_count = c.count("Articles that carry it.", "articles")
    independent_count = c.count("Articles that carry it, copies of one article counted once.", "articles")
    first_date = c.date("First day on which an article carries it.", nullable=True)


class Stories(dy.Schema):
    """One row for each event that articles report."""

    story_id = c.story_id(primary_key=True)
    title = c.text("Headline of the most central article, or its first sentence where it has none.")
    article_count = c.count("Articles on it.", "articles")
    outlet_count = c.count("Different outlets among them, where known.", "outlets")
    independent_count = c.count("Articles on it, copies of one article counted once.", "articles")
    first_date = c.date("First day of its articles.", nullable=True)
    last_date = c.date("Last day of its articles.", nullable=True)
