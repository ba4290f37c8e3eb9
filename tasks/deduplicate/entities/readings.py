"""Uses of people's names in an archive, and what all uses of one full name tell."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import polars as pl

from quotidian.tasks.deduplicate.entities.remembered import BETWEEN
from quotidian.tasks.extract.names.given_names import usual_gender
from quotidian.tasks.extract.names.mentions import read_titles
from quotidian.tasks.extract.names.person_names import PersonName
from quotidian.tasks.extract.names.stated import read_kin_nouns

COMMON_TITLES = frozenset(
    ("mr", "mrs", "ms", "miss", "dr", "sir", "former", "leader", "chief", "expert", "author", "actor")
)
"""Titles that many a person of one surname holds."""
PERSON = "PERSON"
LISTS_KEPT = 1_000_000
"""Joined lists that are remembered."""


CODED = pl.Categorical
"""A column of texts that are told by small numbers, so that rows are grouped and joined as fast as numbers are."""


def code_texts(frame: pl.DataFrame) -> pl.DataFrame:
    """A frame with its texts as CODED, and its lists of texts joined to one."""
    lists = [name for name, type_ in frame.schema.items() if type_ == pl.List(pl.String)]
    joined = frame.with_columns(pl.col(lists).list.join(BETWEEN)) if lists else frame
    return joined.with_columns(pl.col(pl.String).cast(CODED))


def is_among(column: str, values: Iterable[str]) -> pl.Expr:
    """Whether a column of CODED has one of some values."""
    return pl.col(column).is_in(pl.Series(list(values), dtype=pl.String).cast(CODED).implode())


def place_texts(asked: pl.Series, known: pl.Series) -> np.ndarray:
    """The place of each of some texts of CODED among others, which are all different."""
    places = known.cast(CODED).to_frame("text").with_row_index("place")
    joined = asked.to_frame("text").join(places, on="text", how="left", maintain_order="left")
    return joined["place"].cast(pl.Int64).to_numpy()


def number_texts(asked: pl.Series, known: pl.Series) -> tuple[np.ndarray, pl.Series]:
    """The places of some texts of CODED among all, and all: those that are known first, then the others, sorted."""
    found = asked.unique().cast(pl.String).sort()
    texts = pl.concat([known, found.filter(~found.is_in(known.implode()))])
    return place_texts(asked, texts), texts


@lru_cache(maxsize=LISTS_KEPT)
def split_listed(joined: str | None) -> frozenset[str]:
    """The values of a list that was joined to a text."""
    return frozenset(filter(None, (joined or "").split(BETWEEN)))


def find_roles(words: frozenset[str]) -> frozenset[str]:
    """Titles among the words that describe somebody, who is not told by a relative ("the president's sister")."""
    return frozenset() if words & read_kin_nouns().keys() else words & read_titles().keys() - COMMON_TITLES


class Person(NamedTuple):
    """One local entity that is, or may be, a person."""

    article: str
    story: str
    key: str
    titles: frozenset[str] = frozenset()
    sex: str = ""
    words: frozenset[str] = frozenset()


@dataclass
class Reading:
    """All uses of one full name: its parts, where it stands, and what is stated of it."""

    key: str
    name: PersonName
    articles: set[str] = field(default_factory=set)
    stories: set[str] = field(default_factory=set)
    titles: Counter[str] = field(default_factory=Counter)
    sexes: Counter[str] = field(default_factory=Counter)
    roles: set[str] = field(default_factory=set)
    """Titles that stand beside the name and not before it ("Ann Lee, a striker")."""

    def add(self, person: Person) -> None:
        """Count one more use."""
        self.articles.add(person.article)
        self.stories.add(person.story)
        self.titles.update(person.titles - COMMON_TITLES)
        self.roles |= find_roles(person.words)
        if person.sex:
            self.sexes[person.sex] += 1

    def merge(self, other: "Reading") -> None:
        """Count the uses of another name of the same person."""
        self.articles |= other.articles
        self.stories |= other.stories
        self.titles += other.titles
        self.sexes += other.sexes
        self.roles |= other.roles

    @property
    def sex(self) -> str:
        """The sex that is mostly stated; empty where nothing tells."""
        return min(self.sexes, key=lambda sex: (-self.sexes[sex], sex), default="")

    def may_be(self, sex: str) -> bool:
        """Whether a sex is mostly stated of the person, or none is and the given name is not almost always of the other."""
        return (self.sex or usual_gender(self.name.given) or sex) == sex
