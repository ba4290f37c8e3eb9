"""Events of which each is told in words and names of its neighbours, too: many hang together by likeness."""

from datetime import date, timedelta

import numpy as np
import pytest

from quotidian.tasks.deduplicate.kept import Kept
from quotidian.tasks.deduplicate.link_articles import link_articles
from quotidian.tasks.deduplicate.settings import DeduplicateSettings
from quotidian.tasks.deduplicate.stories import components, large

EVENTS, REPORTS, SMALL = 12, 4, 6
DAY = date(2024, 3, 1)


def spell(number: int) -> str:
    """A word that stands for a number."""
    return "".join(chr(97 + int(digit)) for digit in f"{number:06d}")


def write_reports() -> dict[str, str]:
    """Reports of events, by ids that begin with the number of the event: a third of its words and one name are its own, the others those of one of its neighbours."""
    generator, bodies = np.random.default_rng(5), {}
    for event in range(EVENTS):
        pools = [1_000 * event, 100_000 + 1_000 * event, 100_000 + 1_000 * (event + 1)]
        for report in range(REPORTS):
            words = [spell(pool + word) for pool, size in zip(pools, (20, 16, 16), strict=True) for word in range(size)]
            names = [
                spell(pool + 900 + name).capitalize()
                for pool, size in zip(pools, (1, 7, 7), strict=True)
                for name in range(size)
            ]
            kept = [word for word in words if generator.random() < 0.85]
            bodies[f"{event:02d} {report}"] = "so " + " ".join(generator.permutation([*kept, *names]))
    return bodies


def link_reports(
    frames, bodies: dict[str, str], before: Kept | None = None, step: int = 0
) -> tuple[dict[str, str], Kept]:
    """The story of each article, and what was kept; each event is so many days after the one before."""
    kept = Kept(before.after, before.parts) if before else Kept()
    days = {article: DAY + timedelta(days=step * int(article[:2])) for article in bodies}
    articles, sketches = frames(bodies, days)
    links = link_articles(articles, sketches, DeduplicateSettings(), kept=kept)
    return dict(links.articles.select("article_id", "story_id").iter_rows()), kept


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, bool]]:
    """Of each set of articles whose stories are told how many it has, and whether these are a part of what hangs together."""
    monkeypatch.setattr(components, "SMALL", SMALL)
    counts, tell, tell_whole = [], components.tell_part, components.tell_large

    def note(part, reports, least, settings):
        sizes = np.unique(part[2], return_counts=True)[1]
        counts.extend((size, least > settings.story_cosine) for size in sizes.tolist())
        return tell(part, reports, least, settings)

    def note_whole(large, begun, least):
        counts.append((len(large.rows), least > large.settings.story_cosine))
        return tell_whole(large, begun, least)

    monkeypatch.setattr(components, "tell_part", note)
    monkeypatch.setattr(components, "tell_large", note_whole)
    return counts


def test_events_that_hang_together_are_told_in_parts(frames, told) -> None:
    bodies = write_reports()
    stories = link_reports(frames, bodies)[0]
    assert max(size for size, is_part in told if not is_part) >= 2 * REPORTS
    assert told.count((REPORTS, True)) >= EVENTS // 2
    assert len(set(stories.values())) == len({(article[:2], story) for article, story in stories.items()}) == EVENTS


def test_of_one_report_more_only_its_part_and_the_whole_are_told(frames, told) -> None:
    bodies = write_reports()
    last = max(bodies)
    before = link_reports(frames, {article: body for article, body in bodies.items() if article != last})[1]
    told.clear()
    after = link_reports(frames, bodies, before)[0]
    part, whole = sorted(told)
    assert part == (REPORTS, True)
    assert whole[0] > SMALL
    assert after == link_reports(frames, bodies)[0]


def test_of_one_report_more_only_the_groups_of_its_days_are_compared(frames, told, monkeypatch) -> None:
    bodies, blocks, search = write_reports(), [], large.search_blocks
    monkeypatch.setattr(large, "search_blocks", lambda *values: blocks.extend(values[1]) or search(*values))
    last = max(bodies)
    before = link_reports(frames, {article: body for article, body in bodies.items() if article != last}, step=2)[1]
    first, blocks[:] = len(blocks), []
    found, kept = link_reports(frames, bodies, before, step=2)
    assert 0 < len(blocks) < first / 2
    blocks.clear()
    assert link_reports(frames, bodies, kept, step=2)[0] == found
    assert not blocks
    assert found == link_reports(frames, bodies, step=2)[0]
