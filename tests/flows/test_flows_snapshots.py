"""Comparing, switching and removing snapshots from the command line, on real runs."""

import json
from pathlib import Path

import pytest

TEXT = "Mayor Ann Castle said on {} that the bridge {} would close, and thanked all who had worked on it."


@pytest.fixture
def data(quotidian, tmp_path: Path) -> Path:
    """Three snapshots."""
    for number in (1, 2, 3):
        (tmp_path / f"{number}.txt").write_text(f"date 2023-06-1{number}\n\n{TEXT.format('Monday', number)}")
        quotidian("run", f"{number}.txt", "--inline", "--workers", 1)
    return tmp_path / "data"


def names(data: Path) -> list[str]:
    return sorted(path.name[:6] for path in (data / "published" / "snapshots").iterdir())


def test_diff_rollback_and_prune(quotidian, data: Path) -> None:
    diff = json.loads(quotidian("diff", "--json").stdout)
    assert (diff["from"][:6], diff["to"][:6], diff["causes"]) == ("000002", "000003", ["new input"])
    articles = next(table for table in diff["tables"] if table["table"] == "articles")
    assert (articles["added"], articles["gone"], articles["why"]) == (1, 0, {"new input": 1})
    rows = quotidian("diff", 1, 3, "--table", "articles", "--rows").stdout.splitlines()
    assert sum(line.startswith("articles\tadded\t") and line.endswith("\tnew input\t") for line in rows) == 2
    assert "No row changed." in quotidian("diff", 3).stdout

    assert "was 000003-" in quotidian("rollback").stdout
    assert Path(quotidian("path").stdout.strip()).name.startswith("000002-")
    assert "All in order" in quotidian("check").stdout
    assert "Would free 0 bytes" in quotidian("prune", "--keep", 1, "--dry-run").stdout
    pruned = json.loads(quotidian("prune", "--keep", 1, "--grace", 0, "--work", "--json").stdout)
    assert [one["snapshot"][:6] for one in pruned["removed"]] == ["000001"]
    assert [one["because"] for one in pruned["kept"]] == ["current", "among the newest"]
    assert pruned["bytes"] > 0
    assert [Path(one["folder"]).parent.name for one in pruned["work"]] == ["links"]
    assert names(data) == ["000002", "000003"]
    assert "was removed: name another one" in quotidian("diff", code=2).stderr

    quotidian("run", "3.txt", "--inline", "--workers", 1)
    assert names(data) == ["000002", "000003", "000004"]
    assert "No row changed." in quotidian("diff", 3, 4).stdout
    assert "No row changed." not in quotidian("diff", 2, 4).stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("diff", "9"), "No snapshot is called 9"),
        (("diff", "--table", "nosuch"), "No table is called nosuch"),
        (("rollback", "9"), "No snapshot is called 9"),
    ],
)
def test_mistakes_get_one_sentence(quotidian, tmp_path: Path, arguments: tuple, words: str) -> None:
    (tmp_path / "1.txt").write_text(TEXT.format("Monday", 1))
    assert "Nothing is published" in quotidian(*arguments, code=2).stderr
    quotidian("run", "1.txt", "--inline", "--workers", 1)
    assert words in quotidian(*arguments, code=2).stderr


def test_the_ledger_is_in_the_status(quotidian, tmp_path: Path) -> None:
    days = [day for day in range(1, 31) if day != 24]
    lines = [
        {"id": day, "text": TEXT.format(day, day), "outlet": "Gazette", "date": f"2023-06-{day:02}"} for day in days
    ]
    (tmp_path / "in.jsonl").write_text("\n".join(map(json.dumps, lines)))
    (tmp_path / "corrections").mkdir()
    expected = "published_date,outlet,expected_count\n2023-06-30,Gazette,3\n"
    (tmp_path / "corrections" / "expected_articles.csv").write_text(expected)
    quotidian("run", "in.jsonl", "--inline", "--workers", 1)
    assert "Gaps: 2023-06-24 Gazette. All days" in quotidian("status").stdout
    rows = json.loads(quotidian("status", "--ledger", "--json").stdout)
    assert len(rows) == 30
    assert [row["published_date"] for row in rows if row["is_gap"]] == ["2023-06-24"]
    assert rows[-1]["expected"] == 3
    table = quotidian("status", "--ledger").stdout
    assert "gap" in table
    assert "short" in table
    assert json.loads(quotidian("status", "--json").stdout)["gaps"][0]["outlet"] == "Gazette"
    assert "All in order" in quotidian("check").stdout
