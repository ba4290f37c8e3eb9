"""Conflicts and changes in words, and on the pages of a story and a speaker."""

import json
from pathlib import Path

import lxml.html
import pytest
from in_process import run_here

from quotidian.tasks.report.opposed import write_figure
from quotidian.tasks.report.settings import ReportSettings
from quotidian.tasks.report.site import Site, build_site

DAM = (
    "The Orla dam broke above Velmora on Sunday night after weeks of rain, and the river took the lower bridge with it. Governor Lena Farrow "
    'said that at least 40 houses were destroyed in the flood. "We will rebuild 18 bridges in the valley," Farrow said. Boats of the '
    "coast guard brought old people from the roofs of the harbour street."
)
RIVER = (
    "Velmora woke up under water on Monday, hours after the Orla dam gave way above the town. Rescue chief Tomas Brandt said that 25 houses "
    "were destroyed in the flood. The river rose faster than anybody remembers, and carried off the lower bridge. Volunteers filled bags of "
    "sand until the morning."
)
SPRING = (
    "The valley council opened its spring session with a long debate on fish, ice and the price of diesel oil. "
    '"We will rebuild 12 bridges in the valley," Governor Lena Farrow said. The chairman spoke of empty coffers and of the need to be modest.'
)
ROWS = [
    {"id": "a", "source": "Post & Co", "date": "2024-03-04", "title": "Dam breaks", "text": DAM},
    {"id": "b", "source": "Mail", "date": "2024-03-04", "title": "Under water", "text": RIVER},
    {"id": "c", "source": "Mail", "date": "2024-03-20", "title": "Council meets", "text": SPRING},
]


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Site:
    folder = tmp_path_factory.mktemp("opposed")
    (folder / "in.jsonl").write_text("\n".join(map(json.dumps, ROWS)), encoding="utf-8")
    run_here(folder, "run", "in.jsonl", "--inline")
    return build_site((folder / "data" / "published" / "current").resolve(), folder / "site", ReportSettings())


def read_section(paths: list[Path], name: str) -> list[str]:
    """Words of the rows of a section, on the pages that have it."""
    found = []
    for path in paths:
        page = lxml.html.document_fromstring(path.read_text(encoding="utf-8"))
        rows = page.xpath(f"//section[@aria-labelledby='{name}']//tbody/tr")
        found += [" ".join(row.text_content().split()) for row in rows]
        links = page.xpath(f"//section[@aria-labelledby='{name}']//a/@href")
        assert all((path.parent / link.partition("#")[0]).exists() for link in links)
    return found


def test_the_page_of_a_story_shows_what_conflicts(pages: Site) -> None:
    (row,) = read_section(sorted((pages.folder / "story").iterdir()), "conflicts")
    assert all(
        words in row for words in ("houses", "at least 40", "25", "Lena Farrow", "Tomas Brandt", "Post & Co", "Mail")
    )


def test_the_page_of_a_speaker_shows_what_was_said_later(pages: Site) -> None:
    (row,) = read_section(sorted((pages.folder / "speaker").iterdir()), "changes")
    assert row.index("18") < row.index("12")
    assert "another figure" in row


@pytest.mark.parametrize(
    ("figure", "words"),
    [
        ((12.0, None, "at_least", None), "at least 12"),
        ((30.0, 40.0, "range", "percent"), "30 to 40 percent"),
        ((18_400_000.0, None, "exact", "EUR"), "18,400,000 EUR"),
        ((0.5, None, "about", "metre"), "about 0.5 metre"),
        ((None, None, None, None), ""),
    ],
)
def test_a_figure_in_words(figure: tuple, words: str) -> None:
    assert write_figure(*figure) == words
