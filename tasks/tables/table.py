"""What is declared of a table: name, schema, order of rows, days, and which column points to which table."""

from dataclasses import dataclass, field

import dataframely as dy


@dataclass(frozen=True, eq=False)
class Table:
    """One published table.

    by_day       whether its files lie in a folder for each day (the published_date of the article), which their column `day` has, too
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
QUOTE = ("quotes", "quote_id")
STATEMENT = ("statements", "statement_id")
QUANTITY = ("quantities", "quantity_id")
"""What columns of other tables point to: (table, key)."""
