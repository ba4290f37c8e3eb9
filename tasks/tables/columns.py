"""Columns that stand in more than one table, and the two ways to declare one.

Each function returns a fresh dataframely column, so that a meaning is written once and reads the same in
every table. `description` is the meaning that travels into the Parquet field metadata; `unit` says how
the value is counted.
"""

from typing import Any

import dataframely as dy
import polars as pl

from .kinds import EXACTNESS, NAME_TYPES

CODE_POINT = "code point of body, half-open"
RAW_POINT = "code point of the raw text, half-open"


def text(meaning: str, *, shared: bool = False, **options: Any) -> dy.String:
    """A string column with its meaning.

    shared: whether it stays in the edition without text, because it holds no words of the source, or a name at
    most. A column that does not say so is left out of that edition.
    """
    return dy.String(description=meaning, metadata={"shared": "yes"} if shared else None, **options)


def is_shared(column: dy.Column) -> bool:
    """Whether the edition without text keeps the column: no text, or text that is declared to be shared."""
    return not isinstance(column, dy.String) or "shared" in (column.metadata or {})


def choice(values: tuple[str, ...], meaning: str, **options: Any) -> dy.String:
    """A string column that holds one of `values`."""
    return dy.String(
        description=f"{meaning} One of: {', '.join(values)}.",
        check={"known": lambda column: column.is_in(values)},
        metadata={"values": values, "shared": "yes"},
        **options,
    )


def count(meaning: str, unit: str, **options: Any) -> dy.Int64:
    """A non-negative number of things; `unit` names them."""
    return dy.Int64(description=meaning, min=0, metadata={"unit": unit}, **options)


def offset(meaning: str, unit: str = CODE_POINT, **options: Any) -> dy.Int32:
    """A place in a text."""
    return dy.Int32(description=meaning, min=0, metadata={"unit": unit}, **options)


def index(meaning: str, **options: Any) -> dy.Int32:
    """A place in a list, from 0."""
    return dy.Int32(description=meaning, min=0, metadata={"unit": "position from 0"}, **options)


def share(meaning: str, **options: Any) -> dy.Float64:
    """A number from 0 to 1."""
    return dy.Float64(description=meaning, min=0.0, max=1.0, metadata={"unit": "share, 0 to 1"}, **options)


def amount(meaning: str, **options: Any) -> dy.Float64:
    """A number in the unit that a column beside it names."""
    return dy.Float64(description=meaning, metadata={"unit": "see unit"}, **options)


def degrees(meaning: str, most: float, **options: Any) -> dy.Float64:
    """A coordinate on the earth (WGS 84), from -most to most."""
    return dy.Float64(description=meaning, min=-most, max=most, metadata={"unit": "degree, WGS 84"}, **options)


def flag(meaning: str, **options: Any) -> dy.Bool:
    """A yes or no."""
    return dy.Bool(description=meaning, **options)


def date(meaning: str, **options: Any) -> dy.Date:
    """A calendar day."""
    return dy.Date(description=meaning, metadata={"unit": "day"}, **options)


def moment(meaning: str, **options: Any) -> dy.Datetime:
    """A point in time, in UTC."""
    return dy.Datetime(description=meaning, time_zone="UTC", time_unit="us", metadata={"unit": "UTC"}, **options)


def input_id(**options: Any) -> dy.String:
    return text(
        "Hash of where the input came from (its URL, else its name below the source's root, with the record's own id or position) and of its bytes.",
        shared=True,
        **options,
    )


def article_id(**options: Any) -> dy.String:
    return text("The article: the first 16 hex digits of its input_id.", shared=True, **options)


def sentence_id(meaning: str = "The sentence: article_id, ':s', start, '-', end.", **options: Any) -> dy.String:
    return text(meaning, shared=True, **options)


def mention_id(meaning: str = "The mention: article_id, ':m', start, '-', end.", **options: Any) -> dy.String:
    return text(meaning, shared=True, **options)


def quote_id(meaning: str = "The quotation: article_id, ':q', start, '-', end.", **options: Any) -> dy.String:
    return text(meaning, shared=True, **options)


def quantity_id(meaning: str = "The quantity: article_id, ':n', start, '-', end.", **options: Any) -> dy.String:
    return text(meaning, shared=True, **options)


def unit(**options: Any) -> dy.String:
    return text(
        "What it is measured in: an ISO 4217 code where the text tells the country of the money, else its name (dollar); "
        "percent; share (half is .5); kilometre, year and other names of seeds/units.csv. Null where it counts.",
        shared=True,
        nullable=True,
        **options,
    )


def counted(**options: Any) -> dy.String:
    return text("The words for what is counted, as they stand; age for the age of somebody.", nullable=True, **options)


def outlet(meaning: str = "Who published it.", **options: Any) -> dy.String:
    return text(meaning, shared=True, nullable=True, **options)


def entity_id(meaning: str = "Who or what is named, the same across articles.", **options: Any) -> dy.String:
    return text(meaning, shared=True, **options)


def statement_id(
    meaning: str = "The thing said, the same for every article that carries it.", **options: Any
) -> dy.String:
    return text(meaning, shared=True, **options)


def story_id(**options: Any) -> dy.String:
    return text("The story: articles of any outlet on one event.", shared=True, **options)


def exactness(meaning: str, **options: Any) -> dy.String:
    return choice(EXACTNESS, meaning, **options)


def agreement() -> dy.Float64:
    return share("How much of the words of the two agrees, beside what differs; few words tell less.")


def entity_type(**options: Any) -> dy.String:
    return choice(NAME_TYPES, "What kind of thing is named, in OntoNotes labels.", **options)


def source(**options: Any) -> dy.String:
    return text(
        "Name of the file or record below the root of its source, with '/' between folders.", shared=True, **options
    )


def published_date(
    meaning: str = "Day on which the article was published; null where nothing tells.", **options: Any
) -> dy.Date:
    return date(meaning, **options)


def day() -> dy.Date:
    """The column by which readers tell days: a column of the file and no name of its folder, because a folder for null is read by some
    tools only (pandas with pyarrow 26: "Cannot yet unify dictionaries with nulls")."""
    return date(
        "Day on which the article was published, the same in a whole file; null where nothing tells.", nullable=True
    )


def slice_rule(start: str = "start", end: str = "end") -> Any:
    """A dataframely rule: the span is not turned around."""

    @dy.rule()
    def span_is_ordered(cls: type[dy.Schema]) -> pl.Expr:
        return pl.col(start) <= pl.col(end)

    return span_is_ordered


def whole_rule(text: str, start: str) -> Any:
    """A dataframely rule: a text that may be absent is there with its place, or both are not."""

    @dy.rule()
    def is_whole(cls: type[dy.Schema]) -> pl.Expr:
        return pl.col(text).is_null() == pl.col(start).is_null()

    return is_whole
