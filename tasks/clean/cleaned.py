"""What goes into cleaning beside the raw text, and what comes out."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from quotidian.tasks.ingest.page_metadata import PageFact


@dataclass(frozen=True, slots=True)
class Declared:
    """What the source itself says about an article; None where it is silent.

    `published` is the string as declared: ISO 8601, RFC 2822, "June 19, 2023", seconds or milliseconds since 1970;
    `captured` is when a crawler saw the article, `page` is what the page itself, or the record, declares, the most trusted of a field first.
    """

    url: str | None = None
    outlet: str | None = None
    title: str | None = None
    byline: str | None = None
    section: str | None = None
    published: str | None = None
    captured: str | None = None
    page: "tuple[PageFact, ...]" = ()
    is_paywalled: bool = False

    @property
    def headline(self) -> str | None:
        """The headline by the source, else by the page."""
        return self.title or self._read_page("title")

    @property
    def authors(self) -> str | None:
        """The byline by the source, else by the page."""
        return self.byline or self._read_page("byline")

    def _read_page(self, field: str) -> str | None:
        """What the page says of a field, as far as it is readable."""
        return next((fact.value for fact in self.page if fact.field == field and fact.problem is None), None)


@dataclass(frozen=True, slots=True)
class Edit:
    """One change: raw[raw_start:raw_end] became body[body_start:body_end]. Offsets are half-open code points; `score` is how sure a learned rule is."""

    raw_start: int
    raw_end: int
    body_start: int
    body_end: int
    raw_text: str
    body_text: str
    rule: str
    kind: str
    score: float | None = None


@dataclass(frozen=True, slots=True)
class Credit:
    """A name, place or headline that cleaning took out and keeps as data, with where it stands in the raw text."""

    kind: str
    text: str
    raw_start: int
    raw_end: int


@dataclass(frozen=True, slots=True)
class Offer:
    """One value that a source offers for a field of the article (a row of `metadata`)."""

    field: str
    origin: str
    key: str | None
    value: str
    problem: str | None = None
    is_used: bool = False


@dataclass(frozen=True, slots=True)
class Cleaned:
    """An article after cleaning. `body` and `edits` rebuild the raw text exactly."""

    body: str
    edits: tuple[Edit, ...]
    credits: tuple[Credit, ...]
    metadata: tuple[Offer, ...]
    url: str | None
    outlet: str | None
    title: str | None
    byline: str | None
    section: str | None
    agency: str | None
    dateline_place: str | None
    published_date: date | None
    published_at: datetime | None
    captured_at: datetime | None
    date_source: str
    language: str | None
    language_score: float | None
    quality_flags: tuple[str, ...]
    translation_rate: float
    removed_chars: int
    word_count: int


@dataclass(frozen=True, slots=True)
class Rejected:
    """An input that did not become an article: one snake_case word for the reason, and what exactly was wrong."""

    reason: str
    detail: str
