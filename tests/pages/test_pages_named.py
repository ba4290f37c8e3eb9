"""Commands, settings and files that sentences and tables of the pages name are there."""

import re
import shlex
import tomllib
from pathlib import Path

import pytest
from pages import PAGES, ROOT, find_named_commands, find_spans, name_page, read_lines, read_page

from quotidian.flows.commands.app import app
from quotidian.flows.settings import Settings

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
CHECKED = [
    (page, line)
    for page in PAGES
    for line in [*find_named_commands(read_page(name_page(page))), *read_lines(name_page(page))]
]
NOT_OURS = {
    "apt-get install chromium": "a package of the system",
    "pip install SOME_PACKAGE_WITH_A_SPACY_PIPELINE": "a name to fill in",
    "pip install apache-superset": "an environment of its own",
    "pip wheel --no-deps --wheel-dir dist .": "tests/laws builds the wheel of a copy of the tree",
    'pip install "quotidian[excel] @ file://$PWD/dist/quotidian-0.1.0-py3-none-any.whl"': "tests/laws installs the wheel",
}
"""Beginnings of commands of which nothing can be checked here."""
SHELL = ("|", ">", "<")
SETTING = re.compile(r"(ingest|clean|extract|deduplicate|report|fetch)\.[a-z_]+")
FILE = re.compile(r"(tasks|flows|seeds|docs|tests|benchmarks|training)/[\w./-]+\.\w+")


def name_check(pair: tuple[Path, str]) -> str:
    return f"{name_page(pair[0])}: {pair[1]}"


def check_quotidian(words: list[str]) -> None:
    """A name alone is that of a command; with more words the command's own parser takes them."""
    assert words[0] in app, words
    if len(words) > 1:
        app.parse_args(words, exit_on_error=False, print_error=False)


def check_make(words: list[str]) -> None:
    assert re.search(rf"^{words[0]}:", MAKEFILE, re.MULTILINE), words


def check_python(words: list[str]) -> None:
    """The file is there, and names the flags and the word that tells what to do."""
    if words[0] == "-c":
        return None
    if words[:2] == ["-m", "pytest"]:
        return check_pytest(words[2:])
    code = (ROOT / words[0]).read_text(encoding="utf-8")
    for word in words[1:]:
        if word.startswith("--") or (word.islower() and word.isalpha()):
            assert f'"{word}"' in code, words
    return None


def check_pytest(words: list[str]) -> None:
    """Paths are there; what is chosen by a mark has one."""
    for before, word in zip(["", *words], words, strict=False):
        if before == "-m":
            assert any(
                mark.startswith(f"{word.removeprefix('not ')}:")
                for mark in PROJECT["tool"]["pytest"]["ini_options"]["markers"]
            )
        elif not word.startswith("-"):
            assert (ROOT / word).exists(), words


def check_bash(words: list[str]) -> None:
    assert (ROOT / words[0]).exists(), words


def check_pip(words: list[str]) -> None:
    """What is installed is the project with extras that it has."""
    extras = [re.fullmatch(r"quotidian\[(\w+)\]", word) for word in words[1:]]
    assert extras
    assert all(extra and extra[1] in PROJECT["project"]["optional-dependencies"] for extra in extras), words


def check_elsewhere(words: list[str]) -> None:
    """The command stands in a block of a page, and runs there."""
    lines = [shlex.split(line) for page in PAGES for line in read_lines(name_page(page))]
    assert any(line[1 : len(words) + 1] == words for line in lines), words


CHECKS = {
    "quotidian": check_quotidian,
    "make": check_make,
    "python": check_python,
    "pytest": check_pytest,
    "bash": check_bash,
    "pip": check_pip,
    "prefect": check_elsewhere,
    "dask": check_elsewhere,
    "flock": check_elsewhere,
}


@pytest.mark.parametrize("pair", CHECKED, ids=name_check)
def test_a_command_that_a_page_names_exists(pair: tuple[Path, str]) -> None:
    line = pair[1].removeprefix(".venv/bin/")
    if line.startswith(tuple(NOT_OURS)):
        return
    program, *words = shlex.split(line)
    if program in CHECKS:
        end = min((words.index(mark) for mark in SHELL if mark in words), default=len(words))
        CHECKS[program](words[:end])


def test_what_cannot_be_checked_still_stands_on_a_page() -> None:
    for beginning in NOT_OURS:
        assert any(line.startswith(beginning) for _, line in CHECKED), beginning


def test_a_name_that_is_no_more_is_seen() -> None:
    for line in (
        "quotidian nosuch",
        "quotidian status --nosuch",
        "make nosuch",
        "pip install 'quotidian[nosuch]'",
        "pytest tests/nosuch",
    ):
        with pytest.raises(Exception, match=r"nosuch|Unknown|assert"):
            test_a_command_that_a_page_names_exists((ROOT / "README.md", line))


@pytest.mark.parametrize("page", PAGES, ids=name_page)
def test_settings_and_files_that_a_page_names_exist(page: Path) -> None:
    for span in find_spans(read_page(name_page(page))):
        if SETTING.fullmatch(span):
            room, name = span.split(".")
            assert name in type(getattr(Settings(), room)).model_fields, span
        if FILE.fullmatch(span):
            assert (ROOT / span).exists(), span
