"""A data folder is its user's own, and passwords in addresses do not come through a run."""

import logging
import stat
from pathlib import Path

from quotidian.flows.process.log import describe_record, writing_log
from quotidian.flows.storage.lock import lock_data


def mode_of(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_new_data_folder_is_private_and_one_that_is_there_keeps_its_rights(tmp_path: Path) -> None:
    with lock_data(tmp_path / "new", 0, "a test"):
        assert mode_of(tmp_path / "new") == 0o700
    (tmp_path / "old").mkdir(mode=0o755)
    before = mode_of(tmp_path / "old")
    with lock_data(tmp_path / "old", 0, "a test"):
        assert mode_of(tmp_path / "old") == before


def test_a_log_holds_no_password(tmp_path: Path) -> None:
    log = logging.getLogger("quotidian.flows.test")
    with writing_log(tmp_path / "log.jsonl", "r1"):
        log.info("started", extra={"parameters": {"sources": ["https://ann:s3cret@host.example/a"]}})
    words = (tmp_path / "log.jsonl").read_text()
    assert "s3cret" not in words
    assert "***@host.example/a" in words
    record = logging.makeLogRecord({"msg": "started", "source": "https://ann:s3cret@host.example/a"})
    assert "s3cret" not in describe_record(record)
