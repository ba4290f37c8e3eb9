"""The sessions that the pages of docs/ show are what happens."""

import importlib.util
from pathlib import Path

import pytest

DOCS = Path(__file__).parents[2] / "docs"
specification = importlib.util.spec_from_file_location("refresh", DOCS / "refresh.py")
refresh = importlib.util.module_from_spec(specification)
specification.loader.exec_module(refresh)


@pytest.mark.parametrize("page", refresh.list_pages(), ids=lambda page: page.stem)
def test_the_sessions_of_a_page_are_true(page: Path, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setenv("PREFECT_HOME", str(tmp_path / "prefect"))
    folder = tmp_path / "desk"
    folder.mkdir()
    refresh.prepare_folder(folder)
    text = page.read_text(encoding="utf-8")
    assert refresh.steady_text(refresh.refresh_page(text, folder)) == refresh.steady_text(text)


def test_a_session_that_changed_is_seen(tmp_path: Path) -> None:
    page = "```console\n$ echo 1 of 3\n1 of 2\n```"
    assert refresh.refresh_page(page, tmp_path) == "```console\n$ echo 1 of 3\n1 of 3\n```"
    assert refresh.steady_text(page) != refresh.steady_text(refresh.refresh_page(page, tmp_path))


def test_a_cut_output_stays_cut(tmp_path: Path) -> None:
    page = "```console\n$ seq 5\n1\n2\n…\n\n$ echo done\ndone\n```"
    assert refresh.refresh_page(page, tmp_path) == page


@pytest.mark.parametrize("name", ["README", "CONTRIBUTING", *(f"docs/{page.stem}" for page in DOCS.glob("*.md"))])
def test_links_between_pages_lead_somewhere(name: str) -> None:
    page = DOCS.parent / f"{name}.md"
    for target in refresh.list_links(page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target
