"""What of a snapshot stands is told without reading it again."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from quotidian.tasks.publish import memory
from quotidian.tasks.publish.memory import add_hashes, keep_whole
from quotidian.tasks.publish.snapshot import FileEntry, hash_file
from quotidian.tasks.store.soundness import Ledger

ROWS = pl.DataFrame(
    {
        "article_id": ["a", "a", "b"],
        "number": [1, 2, None],
        "day": [date(2024, 5, 1), None, date(2024, 5, 2)],
        "name": ["Ann", "Ben", ""],
    }
)


def hashes_of(rows: pl.DataFrame) -> dict[str, str]:
    return dict(add_hashes(rows).iter_rows())


def test_the_hashes_of_an_article_know_no_order_of_rows() -> None:
    assert hashes_of(ROWS) == hashes_of(ROWS.reverse()) == hashes_of(pl.concat([ROWS.tail(2), ROWS.head(1)]))


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param(ROWS.with_columns(number=pl.Series([1, 3, None])), id="another value"),
        pytest.param(ROWS.with_columns(number=pl.Series([2, 1, None])), id="values of other rows"),
        pytest.param(ROWS.with_columns(name=pl.Series(["Ann", None, ""])), id="null"),
        pytest.param(ROWS[[0, 2]], id="a row less"),
        pytest.param(ROWS[[0, 1, 1, 2]], id="a row twice"),
    ],
)
def test_the_hashes_of_an_article_change_with_its_rows_only(changed: pl.DataFrame) -> None:
    old, new = hashes_of(ROWS), hashes_of(changed)
    assert (old["a"] == new["a"], old["b"] == new["b"]) == (False, True)


@pytest.mark.parametrize(("words", "reads"), [(None, 0), ("other", 1)], ids=["as it was", "changed"])
def test_files_found_sound_are_read_again_only_where_they_changed(
    words: str | None, reads: int, tmp_path: Path, monkeypatch
) -> None:
    snapshot = tmp_path / "published" / "snapshots" / "000001-a"
    path = snapshot / "quotes" / "part-0.parquet"
    path.parent.mkdir(parents=True)
    path.write_text("rows")
    entry = FileEntry("quotes/part-0.parquet", "quotes", 1, 4, hash_file(path))
    ledger = Ledger(tmp_path, {})
    assert keep_whole(snapshot, {"day": [entry]}, ledger) == {"day": [entry]}
    if words:
        path.write_text(words)
    read = []
    monkeypatch.setattr(memory, "hash_file", lambda found: read.append(found) or hash_file(found))
    kept = keep_whole(snapshot, {"day": [entry]}, Ledger(tmp_path, ledger.now))
    assert (bool(kept), len(read)) == (words is None, reads)
