"""Tables of figures go; tables that say something, and calendars, stay."""

import pytest

from quotidian.tasks.clean.article import clean_article
from quotidian.tasks.clean.cleaned import Declared
from quotidian.tasks.clean.settings import CleanSettings

STORY = (
    "The ferry company in Northport said on Friday that it would sell two of its six boats before the summer season.\n"
    "Fewer people cross the bay in winter than ten years ago, and the older boats need engines that nobody makes."
)
FIGURES = {
    "contents": "| Per cup | |\n|---|---|\n| Saturated fat 19g | 95% |\n| Iron 4.9mg | 27% |\n| Water 22.3g | |",
    "standings": "| | P | W | Points |\n| Northport | 3 | 2 | 7 |\n| Selby | 3 | 1 | 4 |",
    "one share": "| Ticker | Name | Last | Change | Change % |\n|---|---|---|---|---|\n| FRRY | Ferries Inc. | 52.10 | -1.96 | -0.77% |",
    "prices": "| Boat | Built | Price |\n| Alder | 1988 | $210,000 |\n| Birch | 1991 | $264,500 |",
}
TOLD = {
    "prose": "| Owner | Tenant |\n| Owns the boats and decides with the crew where they go | Pays 12% |\n| 4 | 5 |",
    "calendar": "| Date | Show |\n| March 4 | Northport, Harbour Hall 2 |\n| March 6 | Selby 1 |\n| 9 March | Ostend 3 |",
    "names": "| Keeper | Lind |\n| Defender | Marsh |\n| Forward | Ruiz |",
    "two rows": "| Alder | 1988 |\n| Birch | 1991 |",
}


def clean(raw: str):
    return clean_article(raw, Declared(), CleanSettings())


@pytest.mark.parametrize("table", FIGURES.values(), ids=FIGURES)
def test_tables_of_figures_go(table):
    cleaned = clean(f"{STORY}\n{table}\n{STORY}")
    assert cleaned.body == f"{STORY}\n{STORY}"
    assert {edit.rule for edit in cleaned.edits} == {"statistics_table"}


@pytest.mark.parametrize("table", TOLD.values(), ids=TOLD)
def test_other_tables_stay(table):
    assert "|" in clean(f"{STORY}\n{table}\n{STORY}").body


@pytest.mark.parametrize("labels", [("Pros", "Cons"), ("What we like:", "What we don’t like:")], ids=["short", "long"])
def test_boxes_for_and_against_go(labels):
    box = f"{labels[0]}\n- Quick to start\n- Quiet\n{labels[1]}\n- Heavy on the pier"
    cleaned = clean(f"{STORY}\n{box}\n{STORY}")
    assert cleaned.body == f"{STORY}\n{STORY}"
    assert {edit.rule for edit in cleaned.edits} == {"verdict_box"}


def test_one_list_alone_is_no_box():
    raw = f"{STORY}\nPros\n- Quick to start\n- Quiet\n{STORY}"
    assert clean(raw).body == raw
