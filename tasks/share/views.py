"""The saved views: wide tables that are easy to read, as queries over the published ones."""

from collections.abc import Iterator
from functools import cache

from quotidian.tasks.store.facts import FOLDER

from .definitions import quote_name, quote_text


@cache
def read_views() -> dict[str, str]:
    """The views of `seeds/views/`: name -> query, in SQL that DuckDB, PostgreSQL and SQLite understand."""
    paths = sorted((FOLDER / "views").glob("*.sql"))
    return {path.stem: path.read_text(encoding="utf-8").strip().rstrip(";") for path in paths}


def explain_view(name: str) -> str:
    """What one row of a view is: the comment in its first line."""
    return read_views()[name].splitlines()[0].lstrip("- ")


def select_view(name: str) -> str:
    """All rows of a view, in an order that they alone decide, as SQL."""
    return f"SELECT * FROM {quote_name(name)} ORDER BY ALL"


def define_views(*schema: str, is_commented: bool = True) -> Iterator[str]:
    """CREATE VIEW for each saved view, and COMMENT ON where the database has comments."""
    for name, query in read_views().items():
        view = quote_name(*schema, name)
        yield f"CREATE VIEW {view} AS {query}"
        if is_commented:
            yield f"COMMENT ON VIEW {view} IS {quote_text(explain_view(name))}"
