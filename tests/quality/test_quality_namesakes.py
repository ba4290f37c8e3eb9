"""Namesakes of invented archives are never joined, and the forms of one person mostly are."""

import importlib.util
from pathlib import Path

import pytest

from quotidian.tasks.extract.annotate import load_model
from quotidian.tasks.extract.settings import ExtractSettings

BENCHMARK = Path(__file__).parents[2] / "benchmarks" / "namesakes.py"
SURNAMES = 3


@pytest.fixture(scope="module")
def counts() -> dict[str, dict[str, int]]:
    spec = importlib.util.spec_from_file_location("namesakes", BENCHMARK)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.measure(SURNAMES, load_model(ExtractSettings().model))


@pytest.mark.parametrize(("archive", "least"), [("two_people", 1.0), ("six_forms", 0.8)])
def test_no_wrong_join(counts, archive: str, least: float) -> None:
    found = counts[archive]
    assert found["wrong_joins"] == 0
    assert found["found_joins"] >= least * found["pairs_of_one"]
    assert found["pairs_of_two"] > 0
