"""Passwords in addresses, and what killed processes leave."""

import os
import subprocess
from pathlib import Path

import pytest

from quotidian.tasks.store.files import sweep_asides
from quotidian.tasks.store.passwords import drop_users, hide_in, hide_users


@pytest.mark.parametrize(
    ("words", "hidden"),
    [
        ("cannot read https://ann:s3cret@host.example/a: gone", "cannot read https://***@host.example/a: gone"),
        ("s3://key:se@cret@bucket/a and ftp://b:c@d", "s3://***@bucket/a and ftp://***@d"),
        ("https://host.example/@ann and ann@host.example", "https://host.example/@ann and ann@host.example"),
        ('{"a": "https://a:b@c"}', '{"a": "https://***@c"}'),
    ],
)
def test_users_are_hidden(words: str, hidden: str) -> None:
    assert hide_users(words) == hidden
    assert hide_in({"a": [words], "b": 1}) == {"a": [hidden], "b": 1}


def test_users_are_dropped() -> None:
    assert drop_users("https://ann:s3cret@host.example/a") == "https://host.example/a"


def test_leftovers_of_dead_processes_are_swept_and_others_are_not(tmp_path: Path) -> None:
    process = subprocess.Popen(["true"])
    process.wait()
    names = [f".a.csv.{process.pid}.tmp", f".a.csv.{process.pid}.tmp.wal"]
    kept = [f".a.csv.{os.getpid()}.tmp", f".b.csv.{process.pid}.tmp", "a.csv", ".a.csv.x.tmp"]
    for name in (*names, *kept):
        (tmp_path / name).write_text("")
    (tmp_path / f".a.csv.{process.pid}.tmp").unlink()
    (tmp_path / f".a.csv.{process.pid}.tmp" / "inner").mkdir(parents=True)
    sweep_asides(tmp_path / "a.csv")
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(kept)
