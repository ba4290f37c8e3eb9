"""Whether a run holds a data folder is asked without writing into it."""

import os
from pathlib import Path

import pytest

from quotidian.flows.storage.lock import is_held, lock_data


def test_a_folder_is_held_as_long_as_a_run_is_at_work(tmp_path: Path) -> None:
    assert not is_held(tmp_path)
    with lock_data(tmp_path, 0, "a test"):
        assert is_held(tmp_path)
    assert not is_held(tmp_path)


def test_a_folder_that_may_only_be_read_can_be_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.open

    def open_to_read(path: object, flags: int, *more: object) -> int:
        if flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
            raise PermissionError(13, "Permission denied", str(path))
        return real(path, flags, *more)

    with lock_data(tmp_path, 0, "a test"):
        monkeypatch.setattr(os, "open", open_to_read)
        assert is_held(tmp_path)
    assert not is_held(tmp_path)


def test_a_lock_that_this_user_may_not_read_is_no_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".lock").touch()

    def refuse(*arguments: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", refuse)
    assert not is_held(tmp_path)
