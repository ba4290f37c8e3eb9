"""Text of articles is shown; it never acts on the terminal."""

import io
import json
import re
from pathlib import Path

import pytest
from rich.table import Table
from rich.text import Text

from quotidian.flows.process.terminal import make_inert, open_console

EVIL = "\x1b[31mred\x1b]0;title\x07\x1b[2J \x9b31m \u202egnp.exe\u2066 [bold]loud[/bold] [link=http://x]y[/link] \x08\r:smile: \x7f"
ACTIVE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
OWN_STYLE = re.compile(r"\x1b\[[0-9;]*m")


def print_evil(**options) -> str:
    out = io.StringIO()
    console = open_console(file=out, width=300, **options)
    console.print(EVIL)
    console.print(Text.assemble((EVIL, "bold"), EVIL))
    table = Table("name")
    table.add_row(EVIL)
    console.print(table)
    return out.getvalue()


def test_offsets_hold_and_words_stay() -> None:
    assert len(make_inert(EVIL)) == len(EVIL)
    assert make_inert("Zoë said:\n\t“是” \U0001f600") == "Zoë said:\n\t“是” \U0001f600"
    assert make_inert("\x1b[0m") == "␛[0m"


def test_nothing_of_a_text_steers_a_pipe() -> None:
    printed = print_evil()
    assert not ACTIVE.search(printed)
    assert printed.count("[bold]loud[/bold]") == 4
    assert printed.count(":smile:") == 4


def test_only_own_styles_reach_a_terminal() -> None:
    printed = print_evil(force_terminal=True, color_system="standard")
    assert OWN_STYLE.search(printed)
    assert not ACTIVE.search(OWN_STYLE.sub("", printed))
    assert "\x1b[31m" not in printed


@pytest.mark.parametrize("command", ["run", "status", "show"])
def test_commands_print_hostile_articles_safely(command: str, quotidian, tmp_path: Path) -> None:
    text = f"Mayor Ann Smith said {EVIL} would open in May. " * 4
    (tmp_path / "in.jsonl").write_text(json.dumps({"id": EVIL, "title": EVIL, "outlet": EVIL, "text": text}) + "\n")
    printed = quotidian("run", "in.jsonl", "--inline").stdout
    if command == "show":
        printed = quotidian("show", "in.jsonl").stdout
        assert "[bold]loud[/bold]" in printed
    elif command == "status":
        printed = quotidian("status").stdout
    assert not ACTIVE.search(printed)


def test_errors_print_hostile_names_safely(quotidian) -> None:
    assert "␛[31m" in quotidian("run", "\x1b[31mnowhere", "--inline", code=2).stderr
