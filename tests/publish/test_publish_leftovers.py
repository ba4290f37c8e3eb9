"""What a take-down removes beside the rows that it names."""

from pathlib import Path

import pytest

from quotidian.tasks.publish.forget import remove_leftovers


@pytest.mark.parametrize(
    "name",
    ["archive/.0f.listing", "work/clean/v/.0f.listing", "work/texts/0f.npy", "work/damaged/x", "work/links/.a.1.tmp"],
)
def test_what_may_hold_words_of_an_article_goes(tmp_path: Path, name: str) -> None:
    others = [tmp_path / "archive" / "a.parquet", tmp_path / "work" / "clean" / "v" / "b.parquet"]
    for path in (*others, tmp_path / name):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("words")
    remove_leftovers(tmp_path)
    assert not (tmp_path / name).exists()
    assert all(path.exists() for path in others)
