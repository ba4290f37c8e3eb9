"""What several annotators say together: what most of them hold, and how far they agree."""

from collections import Counter, defaultdict
from typing import NamedTuple

from .label_studio import Answer
from .reviews import UNSURE


class Verdict(NamedTuple):
    """What was said of one row; `answer` is None where no answer has more than half."""

    row: dict[str, str]
    answer: str | None
    votes: dict[str, int]


class Agreement(NamedTuple):
    """How far annotators agree: rows that several answered, those of them with one answer, and Krippendorff's alpha (nominal),
    1 where all agree and 0 where chance would do as well; None where nothing could differ."""

    rows: int
    alike: int
    alpha: float | None


def decide(answers: list[Answer]) -> list[Verdict]:
    """One verdict for each row, by task and item; of an annotator's answers to one row the last counts."""
    votes: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    rows: dict[tuple[str, str], dict[str, str]] = {}
    for one in answers:
        key = (one.row["task"], one.row["item"])
        rows.setdefault(key, one.row)
        votes[key][one.annotator] = one.answer
    return [judge(rows[key], Counter(votes[key].values())) for key in sorted(rows)]


def judge(row: dict[str, str], votes: Counter[str]) -> Verdict:
    """The answer that more than half give, unless it is that nobody can tell."""
    answer, most = min(votes.items(), key=lambda vote: (-vote[1], vote[0]))
    is_told = 2 * most > votes.total() and answer != UNSURE
    return Verdict(row, answer if is_told else None, dict(sorted(votes.items())))


def measure_agreement(verdicts: list[Verdict]) -> Agreement:
    """Agreement over the rows that several answered (Krippendorff, Content Analysis, 2004, chapter 11)."""
    units = [one.votes for one in verdicts if sum(one.votes.values()) > 1]
    totals = Counter()
    for votes in units:
        totals.update(votes)
    expected = count_unlike(totals) / (totals.total() - 1) if units else 0
    observed = sum(count_unlike(votes) / (sum(votes.values()) - 1) for votes in units)
    alpha = 1 - observed / expected if expected else None
    return Agreement(len(units), sum(len(votes) == 1 for votes in units), alpha)


def count_unlike(votes: dict[str, int]) -> int:
    """Ordered pairs of answers that differ."""
    total = sum(votes.values())
    return sum(count * (total - count) for count in votes.values())
