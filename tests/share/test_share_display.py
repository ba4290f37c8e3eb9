"""Questions about headlines: what they say that the article does not, and what became of them."""

import json
from pathlib import Path

import pytest

BODY = (
    "Mayor Ann Castle spoke in Marlow on Wednesday. “We will repair the bridge by autumn,” Castle said. "
    "Nobody else spoke at the meeting, which ended at noon."
)
TITLES = {
    "2024-05-01T08:00:00Z": "‘We will not wait for anybody’, says mayor",
    "2024-05-01T10:00:00Z": "‘We will repair the bridge’, says mayor",
}


@pytest.fixture
def data(quotidian, tmp_path: Path) -> Path:
    """An archive with two headlines of one address."""
    records = [
        {"url": "https://post.example/bridge", "outlet": "Post", "published": at, "title": title, "text": BODY}
        for at, title in TITLES.items()
    ]
    (tmp_path / "in.jsonl").write_text("\n".join(map(json.dumps, records)))
    quotidian("run", tmp_path / "in.jsonl", "--inline", "--data", tmp_path / "data")
    return tmp_path / "data"


def test_questions_about_headlines(quotidian, data: Path) -> None:
    (row,) = json.loads(quotidian("ask", "edited-headlines", "--json", "--data", data).stdout)
    assert (row["earlier_title"], row["later_title"]) == tuple(TITLES.values())
    assert row["earlier_said"] == "Ann Castle: We will not wait for anybody"
    assert row["later_said"] == "Ann Castle: We will repair the bridge"
    assert json.loads(quotidian("ask", "edited-headlines", "outlet=mail", "--json", "--data", data).stdout) == []
    assert json.loads(quotidian("ask", "only-in-headlines", "--json", "--data", data).stdout) == []
    every = "select speaker, body_content, is_latest from display_quotations order by is_latest"
    rows = json.loads(quotidian("sql", every, "--json", "--data", data).stdout)
    assert [tuple(one.values()) for one in rows] == [
        ("Ann Castle", None, False),
        ("Ann Castle", "We will repair the bridge by autumn", True),
    ]
