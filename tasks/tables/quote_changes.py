"""Table quote_changes: what became of quotations from one text of an address to the next."""

import dataframely as dy

from . import columns as c
from .kinds import QUOTE_CHANGE_KINDS
from .table import ARTICLE, ENTITY, QUOTE, Table


class QuoteChanges(dy.Schema):
    """One row for each quotation that is another one in the next text of the same URL, or is in one of the two only.

    Only texts that differ are compared, each with the one before (articles.revision). What stands in both texts, and was found to be a
    quotation in one of them only, or to begin or end elsewhere, is no change.
    """

    quote_change_id = c.text("The change: a hash of its kind, articles and quotations.", shared=True, primary_key=True)
    article_id = c.article_id()
    earlier_article_id = c.text("The text of the URL before.", shared=True)
    kind = c.choice(
        QUOTE_CHANGE_KINDS,
        "added, removed; reworded: other words; figure: another figure of the same unit and thing counted; attributed: another speaker, "
        "where both are known under surnames unlike each other, or are two descriptions of the same words without a word in common.",
    )
    quote_id = c.quote_id(nullable=True)
    later_quote_id = c.quote_id("The quotation of the later text; null where it is removed.", nullable=True)
    speaker_entity_id = c.entity_id("Who says it in the earlier text, the same across articles.", nullable=True)
    later_speaker_entity_id = c.entity_id("Who says it in the later text.", nullable=True)
    difference = c.text(
        "What changed, word by word: [-words of the earlier text-], {+words of the later one+}; null where no words did.",
        nullable=True,
    )
    counted = c.counted()
    unit = c.unit()
    value = c.amount("The number of the earlier text.", nullable=True)
    later_value = c.amount("The number of the later text.", nullable=True)
    score = c.share("Share of the words of both wordings that are in both, in one order.", nullable=True)


QUOTE_CHANGES = Table(
    "quote_changes",
    QuoteChanges,
    ("quote_change_id",),
    foreign_keys={
        "article_id": ARTICLE,
        "earlier_article_id": ARTICLE,
        "quote_id": QUOTE,
        "later_quote_id": QUOTE,
        "speaker_entity_id": ENTITY,
        "later_speaker_entity_id": ENTITY,
    },
)
