"""The published tables: name, schema, order of rows, days, and which column points to which table."""

from dataclasses import dataclass, field

import dataframely as dy

from .across import Copies, Entities, EntityAliases, Statements, StatementVariants, Stories
from .annotations import Mentions, QuoteParts, Quotes, Sentences
from .articles import Articles, Credits, Edits, Metadata, Rejects
from .ledger import Ledger
from .quality import Quality
from .runs import Backfills, Runs


@dataclass(frozen=True)
class Table:
    """One published table.

    by_day       whether its files lie in folders day=YYYY-MM-DD (the published_date of the article)
    foreign_keys column -> (table, column) that it points to; null points nowhere
    """

    name: str
    schema: type[dy.Schema]
    sort_by: tuple[str, ...]
    by_day: bool = False
    foreign_keys: dict[str, tuple[str, str]] = field(default_factory=dict)

    @property
    def meaning(self) -> str:
        """What one row is: the first line of the schema's docstring."""
        return (self.schema.__doc__ or "").strip().splitlines()[0]

    @property
    def key(self) -> list[str]:
        return self.schema.primary_key()


ARTICLE = ("articles", "article_id")
SENTENCE = ("sentences", "sentence_id")
ENTITY = ("entities", "entity_id")

CATALOG = (
    Table(
        "articles",
        Articles,
        ("article_id",),
        by_day=True,
        foreign_keys={"copy_group": ARTICLE, "story_id": ("stories", "story_id")},
    ),
    Table("edits", Edits, ("article_id", "edit_index"), by_day=True, foreign_keys={"article_id": ARTICLE}),
    Table("credits", Credits, ("article_id", "credit_index"), by_day=True, foreign_keys={"article_id": ARTICLE}),
    Table("metadata", Metadata, ("article_id", "value_index"), by_day=True, foreign_keys={"article_id": ARTICLE}),
    Table("sentences", Sentences, ("article_id", "start"), by_day=True, foreign_keys={"article_id": ARTICLE}),
    Table(
        "mentions",
        Mentions,
        ("article_id", "start"),
        by_day=True,
        foreign_keys={"article_id": ARTICLE, "sentence_id": SENTENCE, "entity_id": ENTITY},
    ),
    Table(
        "quotes",
        Quotes,
        ("article_id", "start", "end"),
        by_day=True,
        foreign_keys={
            "article_id": ARTICLE,
            "first_sentence_id": SENTENCE,
            "last_sentence_id": SENTENCE,
            "speaker_mention_id": ("mentions", "mention_id"),
            "speaker_entity_id": ENTITY,
            "statement_id": ("statements", "statement_id"),
        },
    ),
    Table(
        "quote_parts",
        QuoteParts,
        ("quote_id", "part_index"),
        by_day=True,
        foreign_keys={"quote_id": ("quotes", "quote_id")},
    ),
    Table("copies", Copies, ("article_id",), foreign_keys={"article_id": ARTICLE, "original_id": ARTICLE}),
    Table("entities", Entities, ("entity_id",)),
    Table("entity_aliases", EntityAliases, ("entity_id", "alias"), foreign_keys={"entity_id": ENTITY}),
    Table("statements", Statements, ("statement_id",), foreign_keys={"speaker_entity_id": ENTITY}),
    Table(
        "statement_variants",
        StatementVariants,
        ("quote_id",),
        foreign_keys={"quote_id": ("quotes", "quote_id"), "statement_id": ("statements", "statement_id")},
    ),
    Table("stories", Stories, ("story_id",)),
    Table("rejects", Rejects, ("input_id",)),
    Table("ledger", Ledger, ("ledger_id",)),
    Table("quality", Quality, ("measure",)),
)
RUNS = Table("runs", Runs, ("run_id",))
"""Not part of a snapshot: it tells when, which a dataset must not."""
BACKFILLS = Table("backfills", Backfills, ("source", "day"))
"""Beside the snapshots too."""

TABLES = {table.name: table for table in CATALOG}
