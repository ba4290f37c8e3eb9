"""The notebook runs from an empty folder, and shows what a run shows."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from cells import list_code, read_notebook, run_cell, shown_by
from pages import ROOT


@pytest.fixture(scope="module")
def notebook() -> dict:
    return read_notebook()


@pytest.mark.slow
def test_it_shows_what_a_run_shows(notebook: dict, tmp_path: Path) -> None:
    own = {
        name: value for name, value in os.environ.items() if not name.startswith(("QUOTIDIAN_", "PREFECT_", "POLARS_"))
    }
    done = subprocess.run(
        [sys.executable, ROOT / "docs" / "cells.py"], cwd=tmp_path, env=own, capture_output=True, text=True, timeout=600
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == [shown_by(cell) for cell in list_code(notebook)]
    assert (tmp_path / "speakers.csv").read_text().startswith("speaker,Harbour Post,Island Herald\n")


def test_it_is_a_notebook_of_format_4_5(notebook: dict) -> None:
    assert (notebook["nbformat"], notebook["nbformat_minor"]) == (4, 5)
    ids = [cell["id"] for cell in notebook["cells"]]
    assert len(ids) == len(set(ids))
    for cell in notebook["cells"]:
        assert cell.keys() == {"cell_type", "id", "metadata", "source"} | (
            {"execution_count", "outputs"} if cell["cell_type"] == "code" else set()
        )


@pytest.mark.parametrize(
    ("source", "shown"), [("a = 2\na * 2", "4"), ("a = 2", None), ("None", None), ("", None)], ids=repr
)
def test_a_cell_shows_the_value_of_its_last_line(source: str, shown: str | None) -> None:
    assert run_cell(source, {}) == shown
