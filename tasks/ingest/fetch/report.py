"""What a fetch did."""

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from quotidian.tasks.ingest.fetch.failure import FetchFailed
from quotidian.tasks.store.passwords import hide_users


@dataclass(frozen=True)
class Failure:
    """A feed or page that was not fetched, and why."""

    kind: str
    url: str
    reason: str
    detail: str


@dataclass
class FetchReport:
    """Feeds and pages by what became of them; pages of `pages_due` that are in no other count wait for a later run."""

    feeds: int = 0
    feeds_changed: int = 0
    feeds_unchanged: int = 0
    feeds_failed: int = 0
    pages_due: int = 0
    pages_new: int = 0
    pages_known: int = 0
    pages_refused: int = 0
    pages_failed: int = 0
    page_bytes: int = 0
    is_out_of_time: bool = False
    postponed_hosts: dict[str, str] = field(default_factory=dict)
    failures: list[Failure] = field(default_factory=list)
    files: list[Path] = field(default_factory=list)

    @property
    def pages_done(self) -> int:
        return self.pages_new + self.pages_known + self.pages_refused + self.pages_failed

    @property
    def pages_left(self) -> int:
        return self.pages_due - self.pages_done

    @property
    def feeds_done(self) -> int:
        return self.feeds_changed + self.feeds_unchanged + self.feeds_failed

    @property
    def has_failed(self) -> bool:
        """Whether no feed could be had at all."""
        return 0 < self.feeds == self.feeds_failed

    def fail_feed(self, url: str, error: FetchFailed) -> None:
        self.feeds_failed += 1
        self.failures.append(Failure("feed", hide_users(url), error.reason, hide_users(error.detail)))

    def fail_page(self, url: str, error: FetchFailed) -> None:
        """Count a page as refused by robots.txt, or as failed."""
        self.pages_refused += error.reason == "robots"
        self.pages_failed += error.reason != "robots"
        self.failures.append(Failure("page", hide_users(url), error.reason, hide_users(error.detail)))

    def count_reasons(self, kind: str) -> list[tuple[str, int]]:
        """Failures of a kind by reason, the most frequent first."""
        counts = Counter(failure.reason for failure in self.failures if failure.kind == kind)
        return sorted(counts.items(), key=lambda item: (-item[1], item[0]))
