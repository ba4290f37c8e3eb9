"""`quotidian init` and completion."""

import re
from pathlib import Path


def test_every_default_is_shown_and_can_be_set(quotidian, tmp_path: Path) -> None:
    before = quotidian("settings").stdout
    assert "quotidian run FOLDER" in quotidian("init").stdout
    file = tmp_path / "quotidian.toml"
    assert quotidian("settings").stdout == before
    file.write_text(re.sub(r"(?m)^# (\w+ = )", r"\1", file.read_text()))
    assert quotidian("settings").stdout == before


def test_a_changed_line_is_in_force(quotidian, tmp_path: Path) -> None:
    quotidian("init", "desk")
    file = tmp_path / "desk" / "quotidian.toml"
    (tmp_path / "quotidian.toml").write_text(file.read_text().replace("# delay_seconds = 2", "delay_seconds = 7"))
    assert '"delay_seconds": 7.0' in quotidian("settings").stdout


def test_a_file_that_is_there_is_kept(quotidian, tmp_path: Path) -> None:
    (tmp_path / "quotidian.toml").write_text("workers = 3\n")
    assert "edit it, or replace it with --force" in quotidian("init", code=2).stderr
    assert (tmp_path / "quotidian.toml").read_text() == "workers = 3\n"
    quotidian("init", "--force")
    assert "workers = 3" not in (tmp_path / "quotidian.toml").read_text()


def test_deployments_and_a_readme_come_too_and_what_is_there_stays(quotidian, tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("my own")
    said = quotidian("init").stdout
    root = Path(__file__).parents[2]
    assert (tmp_path / "prefect.yaml").read_bytes() == (root / "prefect.yaml").read_bytes()
    assert "prefect.yaml" in said
    assert "README.md" not in said
    quotidian("init", "--force")
    assert (tmp_path / "README.md").read_text() == "my own"
    quotidian("init", "new")
    words = (tmp_path / "new" / "README.md").read_text()
    commands = {line.split()[1] for line in words.splitlines() if line.startswith("quotidian ")}
    for command in commands:
        quotidian(command, "--help")
    assert commands == {"run", "report", "ask", "watch"}


def test_completion_is_installed_for_a_shell(quotidian, tmp_path: Path) -> None:
    quotidian("--install-completion", "--shell", "bash", HOME=tmp_path)
    scripts = [p for p in tmp_path.rglob("*") if p.is_file() and "learn-junk" in p.read_text()]
    assert scripts


def test_no_color_is_respected(quotidian_process) -> None:
    assert "\x1b[" in quotidian_process("--help", FORCE_COLOR=1).stdout
    assert "\x1b[3" not in quotidian_process("--help", FORCE_COLOR=1, NO_COLOR=1).stdout
