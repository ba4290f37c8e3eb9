"""Every command in a block of a page runs; what a session shows is what happens."""

import os
import subprocess
import tomllib
from pathlib import Path

import pytest
from pages import PAGES, ROOT, find_blocks, find_links, name_page, read_lines
from refresh import Ran, leave_out_folder, refresh_page, run_line, steady_text

from quotidian.flows.settings import Settings

ELSEWHERE = {
    "README.md": "tests/pages/test_pages_readme.py",
    "docs/docker.md": "tests/servers/test_servers_containers.py",
    "docs/bi.md": "tests/pages/test_pages_bi.py",
    "docs/exports.md": "tests/pages/test_pages_bi.py",
    "docs/fetch.md": "tests/servers/test_servers_fetch.py",
    "docs/scale.md": "tests/servers/test_servers_dask.py",
    "docs/schedule.md": "tests/servers/conftest.py",
}
"""Pages whose commands need servers of their own, and the test that runs them from the words of the page."""

NOT_RUN = {
    "make test": "is what runs this",
    "make test-all": "is what runs this too",
    "pip install SOME_PACKAGE_WITH_A_SPACY_PIPELINE": "tests install nothing",
}
LANGUAGES = {"sh", "console", "python", "sql", "toml", "yaml", "csv", "text"}
DESK = [page for page in PAGES if name_page(page) not in ELSEWHERE]


@pytest.mark.parametrize("page", DESK, ids=name_page)
def test_the_commands_of_a_page_run(page: Path, fresh_desk) -> None:
    text = page.read_text(encoding="utf-8")
    if not {"sh", "console"} & {block.language for block in find_blocks(text)}:
        return
    lines = read_lines(name_page(page))
    if "console" not in {block.language for block in find_blocks(text)} and not set(lines) <= set(NOT_RUN):
        assert fresh_desk.run("quotidian run seeds/articles").code == 0
    new = refresh_page(text, fresh_desk.folder, lambda line: Ran(0, "") if line in NOT_RUN else fresh_desk.run(line))
    assert steady_text(new) == steady_text(text)


@pytest.mark.parametrize(("page", "test"), ELSEWHERE.items(), ids=ELSEWHERE)
def test_a_page_with_servers_is_run_from_its_own_words(page: str, test: str) -> None:
    assert f'"{page}"' in (ROOT / test).read_text(encoding="utf-8")


def test_what_is_not_run_still_stands_on_a_page() -> None:
    lines = {line for page in DESK for line in read_lines(name_page(page))}
    assert set(NOT_RUN) <= lines


@pytest.mark.parametrize("page", PAGES, ids=name_page)
def test_every_block_says_what_it_is(page: Path) -> None:
    for block in find_blocks(page.read_text(encoding="utf-8")):
        assert block.language in LANGUAGES, block.text
        if block.language == "toml":
            Settings(**tomllib.loads(block.text))


def test_a_session_that_changed_is_seen(tmp_path: Path) -> None:
    page = "```console\n$ echo 1 of 3\n1 of 2\n```"
    new = refresh_page(page, tmp_path, lambda line: run_line(line, tmp_path))
    assert new == "```console\n$ echo 1 of 3\n1 of 3\n```"
    assert steady_text(page) != steady_text(new)


def test_a_command_that_fails_is_seen(fresh_desk) -> None:
    for line in ("quotidian nosuch", "quotidian status --nosuch", "quotidian sql nonsense", "nosuch"):
        with pytest.raises(subprocess.CalledProcessError):
            refresh_page(f"    {line}\n", fresh_desk.folder, fresh_desk.run)


def test_a_cut_output_stays_cut(tmp_path: Path) -> None:
    page = "```console\n$ seq 5\n1\n2\n…\n\n$ echo done\ndone\n```"
    assert refresh_page(page, tmp_path, lambda line: run_line(line, tmp_path)) == page


def test_a_command_prints_the_same_in_this_process_and_in_its_own(fresh_desk) -> None:
    for line in ("quotidian --version", "quotidian path", "quotidian status nosuch"):
        here, there = fresh_desk.run(line), run_line(line, fresh_desk.folder)
        assert here.code == there.code, line
        assert leave_out_folder(here.words, fresh_desk.folder) == leave_out_folder(there.words, fresh_desk.folder)


@pytest.mark.parametrize("page", PAGES, ids=name_page)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    for target in find_links(page.read_text(encoding="utf-8")):
        path = target.partition("#")[0]
        assert "://" in target or not path or (page.parent / path).exists(), target


def test_every_page_is_found_from_the_readme() -> None:
    links = find_links((ROOT / "README.md").read_text(encoding="utf-8"))
    assert {name_page(page) for page in PAGES} - {"README.md"} <= {os.path.normpath(link) for link in links}
