"""Watches: questions whose new answers people want to hear of.

A watch is a file of the folder `watches`: `NAME.toml` with `kind` (a query of `seeds/watches/`), `name` where the query has $name,
or `sql`; and, if wanted, `webhook` or `apprise`. `NAME.sql` is a query alone. A query gives one row for each thing that is news:

    id           what makes the row known once it was told: a quote_id, an article_id or a change_id
    news         rows with the same value are one piece of news, such as a statement that ten articles carry (default: id)
    article_id, title, words, outlet, published_date   what is told of it
"""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

import duckdb
from pydantic import BaseModel, ConfigDict, ValidationError

from quotidian.tasks.store.errors import UsageError, guess_name
from quotidian.tasks.store.facts import FOLDER

from .queries import run_query

TOLD = ("article_id", "title", "words", "outlet", "published_date")
NAME = re.compile(r"[A-Za-z0-9][\w-]*", re.ASCII)


class WatchBroken(UsageError):
    """A file of the folder of watches cannot be used as it stands."""


class Declared(BaseModel):
    """What a TOML file of a watch may say."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: str | None = None
    name: str | None = None
    sql: str | None = None
    webhook: str | None = None
    apprise: str | None = None


@dataclass(frozen=True)
class Watch:
    """One watch: its query, the value of $name, and where its news are sent: an address of the web, or one of apprise."""

    name: str
    sql: str
    values: dict[str, str]
    webhook: str | None
    apprise: str | None = None


def read_watches(folder: Path) -> list[Watch]:
    """The watches of a folder by name; raises WatchBroken in one sentence."""
    paths = sorted([*folder.glob("*.toml"), *folder.glob("*.sql")])
    watches = [read_watch(path) for path in paths]
    names = [watch.name for watch in watches]
    for name in names:
        if names.count(name) > 1:
            raise WatchBroken(f"{folder} has {name}.toml and {name}.sql: give one of them another name.")
    return watches


def read_watch(path: Path) -> Watch:
    """One watch."""
    if not NAME.fullmatch(path.stem):
        raise WatchBroken(f"{path}: the name of a watch has letters, digits, - and _ only.")
    try:
        text = path.read_text(encoding="utf-8")
        declared = Declared(sql=text) if path.suffix == ".sql" else Declared(**tomllib.loads(text))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise WatchBroken(f"{path} cannot be read: {error}.") from None
    except ValidationError as error:
        first = error.errors()[0]
        raise WatchBroken(f"{path}: {'.'.join(map(str, first['loc']))}: {first['msg']}.") from None
    if declared.webhook is not None and not declared.webhook.startswith(("http://", "https://")):
        raise WatchBroken(f"{path}: webhook is no address that starts with http:// or https://.")
    if declared.webhook is not None and declared.apprise is not None:
        raise WatchBroken(f"{path} has webhook and apprise: give it one, and write another watch for the other.")
    return Watch(path.stem, *choose_query(path, declared), declared.webhook, declared.apprise)


def choose_query(path: Path, declared: Declared) -> tuple[str, dict[str, str]]:
    """The SQL of a watch and its values."""
    kinds = {saved.stem: saved for saved in sorted((FOLDER / "watches").glob("*.sql"))}
    if (declared.kind is None) == (declared.sql is None):
        raise WatchBroken(f"{path} needs one of kind ({', '.join(kinds)}) and sql.")
    if declared.kind is not None and declared.kind not in kinds:
        raise WatchBroken(f"{path}: there is no kind {declared.kind}{guess_name(declared.kind, kinds)}.")
    sql = declared.sql or kinds[declared.kind].read_text(encoding="utf-8")
    has_name = any("$name" in line for line in sql.splitlines() if not line.startswith("--"))
    if has_name != (declared.name is not None):
        raise WatchBroken(
            f"{path} {'lacks name, which its query needs' if has_name else 'has name, which its query does not use'}."
        )
    return sql, {"name": declared.name} if declared.name is not None else {}


def find_rows(watch: Watch, database: duckdb.DuckDBPyConnection) -> list[dict]:
    """All rows of a watch with id, news and what is told, by day and id; raises WatchBroken where the query gives no id."""
    answer = run_query(database, watch.sql, watch.values)
    if "id" not in answer.schema.names:
        raise WatchBroken(f"The query of the watch {watch.name} gives no column id.")
    rows = [complete_row(row) for batch in answer.batches for row in batch.to_pylist() if row["id"] is not None]
    return sorted(rows, key=lambda row: (row["published_date"], row["id"]))


def complete_row(row: dict) -> dict:
    """A row with every value as text, and empty where the query gives none."""
    told = {name: "" if row.get(name) is None else str(row[name]) for name in TOLD}
    return {"id": str(row["id"]), "news": str(row.get("news") or row["id"]), **told}


def choose_news(rows: list[dict], known: set[str]) -> list[dict]:
    """The first row of each piece of news of which no row is known."""
    old = {row["news"] for row in rows if row["id"] in known}
    news: dict[str, dict] = {}
    for row in rows:
        if row["news"] not in old:
            news.setdefault(row["news"], row)
    return list(news.values())
