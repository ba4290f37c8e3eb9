"""Table sentences of the bodies."""

import dataframely as dy

from . import columns as c
from .table import ARTICLE, Table


class Sentences(dy.Schema):
    """One row for each sentence of a body, headlines and list lines included."""

    sentence_id = c.sentence_id(primary_key=True)
    article_id = c.article_id()
    sentence_index = c.index("Place among the sentences of the article.")
    paragraph_index = c.index("Place of its paragraph in the article.")
    start = c.offset("Where the sentence starts.")
    end = c.offset("Where it ends.")
    text = c.text("body[start:end].")
    token_count = c.count("Tokens that are not blank.", "tokens")
    mention_count = c.count("Rows of mentions that start in it.", "mentions")
    quote_count = c.count("Rows of quotes that start in it.", "quotations")
    day = c.day()
    span_is_ordered = c.slice_rule()


SENTENCES = Table("sentences", Sentences, ("article_id", "start"), by_day=True, foreign_keys={"article_id": ARTICLE})
