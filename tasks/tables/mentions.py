"""Table mentions: where a body names somebody or something."""

import dataframely as dy

from . import columns as c
from .kinds import MENTION_KINDS
from .table import ARTICLE, ENTITY, SENTENCE, Table


class Mentions(dy.Schema):
    """One row for each place where a body names somebody or something, or refers to a speaker."""

    mention_id = c.mention_id(primary_key=True)
    article_id = c.article_id()
    sentence_id = c.sentence_id()
    entity_id = c.entity_id(nullable=True)
    start = c.offset("Where the mention starts.")
    end = c.offset("Where it ends.")
    text = c.text("body[start:end].")
    type = c.entity_type()
    mention_kind = c.choice(MENTION_KINDS, "How it refers.")
    day = c.day()
    span_is_ordered = c.slice_rule()


MENTIONS = Table(
    "mentions",
    Mentions,
    ("article_id", "start"),
    by_day=True,
    foreign_keys={"article_id": ARTICLE, "sentence_id": SENTENCE, "entity_id": ENTITY},
)
