"""Which older version is the newer one is the same for everybody who reads the folder."""

from pathlib import Path

import pytest

from quotidian.tasks.store.history import history_path, order_versions, record_versions


@pytest.fixture
def data(tmp_path: Path) -> Path:
    for version in ("a", "b", "c"):
        (tmp_path / "work" / "extract" / version).mkdir(parents=True)
    return tmp_path


def test_versions_stand_in_the_order_of_first_use(data: Path) -> None:
    for version in ("b", "c", "b", "a"):
        record_versions(data, {"clean": "x", "extract": version})
    assert history_path(data).read_text() == "room,version\nextract,a\nextract,c\nclean,x\nextract,b\n"


def test_the_current_version_comes_first_then_the_last_used(tmp_path: Path) -> None:
    for version in ("b", "c", "a"):
        record_versions(tmp_path, {"extract": version})
        (tmp_path / "work" / "extract" / version).mkdir(parents=True)
    assert order_versions(tmp_path, "extract", "a") == ["a", "c", "b"]
    assert order_versions(tmp_path, "extract", "b") == ["b", "a", "c"]
    assert order_versions(tmp_path, "extract", "new") == ["new", "a", "c", "b"]


def test_without_the_file_the_names_decide(data: Path) -> None:
    assert order_versions(data, "extract", "b") == ["b", "c", "a"]
    record_versions(data, {"extract": "d"})
    assert order_versions(data, "extract", "d") == ["d", "c", "b", "a"]


def test_versions_without_results_do_not_count(data: Path) -> None:
    record_versions(data, {"extract": "gone"})
    assert "gone" not in order_versions(data, "extract", "a")
