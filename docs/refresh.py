"""Run the commands that the pages show, and write what they print into the pages.

A block marked `console` is a session: lines that start with `$ ` are run in bash, and what follows is their output. A
line `…` in a block stands for lines left out after it. A `sh` block is run without looking at its output. Both are run
in the order of the page, in one folder that holds a day or two of news. `python docs/refresh.py` writes the pages
and the outputs of the notebook again; a test holds that they are true.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from pages import PAGES, ROOT, Block, find_blocks, split_lines

SEEDS = ROOT / "seeds" / "articles"
BRIDGE = (
    "The harbour bridge reopened on Sunday after two years of repairs, the city said. “We are glad to give the bridge "
    "back to the people who need it,” said mayor Anna Lindqvist at the ceremony. The repairs took longer than planned "
    "because engineers found cracks in the northern pier last spring, and because the steel for the new deck came late."
)
PAPERS = {"Harbour Post": "https://post.example/2023/06/18/bridge", "Evening Mail": "https://mail.example/a/1418"}
"""Who printed that, on 2023-06-18, and where."""
LEFT_OUT = "…"
STEADY = {
    r"\d{6}-[0-9a-f]{12}": "000000-000000000000",
    r"\b\d+(\.\d+)? (ms|s|min|kB|KB|MB|GB|bytes)\b": "0 s",
    r"\d{8}T\d{6}\.\d+Z-\d+": "RUN",
    r"[ \t]+": " ",
}
"""What hangs on clock, machine or library versions: not compared."""


class Ran(NamedTuple):
    """How a command ended, and what it printed, standard error included."""

    code: int
    words: str


Run = Callable[[str], Ran]


def list_sessions() -> list[Path]:
    """Pages that show sessions."""
    texts = {page: page.read_text(encoding="utf-8") for page in PAGES}
    return [page for page, text in texts.items() if any(block.language == "console" for block in find_blocks(text))]


def prepare_folder(folder: Path) -> None:
    """The folder as the pages expect it: the samples, and a landing folder with them and a day of other news."""
    (folder / "seeds").mkdir(parents=True)
    (folder / "seeds" / "articles").symlink_to(SEEDS)
    (folder / "landing" / "2023-06-18").mkdir(parents=True)
    (folder / "landing" / "2023-06-19").symlink_to(SEEDS)
    records = [{"url": url, "outlet": outlet, "date": "2023-06-18", "text": BRIDGE} for outlet, url in PAPERS.items()]
    lines = "".join(f"{json.dumps(record)}\n" for record in records)
    (folder / "landing" / "2023-06-18" / "papers.jsonl").write_text(lines, encoding="utf-8")


def run_line(line: str, folder: Path) -> Ran:
    """Run a command in bash, without the settings of whoever runs this."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("QUOTIDIAN_", "PREFECT_"))}
    own = {"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}", "COLUMNS": "100", "NO_COLOR": "1"}
    own["PREFECT_HOME"] = os.environ.get("PREFECT_HOME", str(Path.home() / ".prefect"))
    done = subprocess.run(
        ["bash", "-c", line], cwd=folder, env=environment | own, text=True, timeout=300,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    return Ran(done.returncode, done.stdout)


def leave_out_folder(words: str, folder: Path) -> str:
    """What was printed, without the folder's own path and without blanks at the end of lines."""
    words = words.replace(f"{folder.resolve()}/", "").replace(f"{folder}/", "")
    return "".join(f"{line.rstrip()}\n" for line in words.splitlines())


def refresh_page(text: str, folder: Path, run: Run) -> str:
    """The text of a page with the output of its sessions as it is now; every command of a `sh` block must end well."""
    lines = text.splitlines(keepends=True)
    written, done = "", 0
    for block in find_blocks(text):
        written += "".join(lines[done : block.first])
        shown = "".join(lines[block.first : block.end])
        written += rewrite_session(shown, folder, run) if block.language == "console" else shown
        run_script(block, run)
        done = block.end
    return written + "".join(lines[done:])


def run_script(block: Block, run: Run) -> None:
    """Run the commands of a `sh` block; raises CalledProcessError where one fails."""
    for line in split_lines(block.text) if block.language == "sh" else []:
        ran = run(line)
        if ran.code:
            raise subprocess.CalledProcessError(ran.code, line, ran.words)


def rewrite_session(shown: str, folder: Path, run: Run) -> str:
    """The session with each command's output as it is now, cut where the page cuts it."""
    parts = re.split(r"(?m)^\$ (.*)\n", shown)
    written = parts[0]
    for command, output in zip(parts[1::2], parts[2::2], strict=True):
        written += f"$ {command}\n{cut_output(leave_out_folder(run(command).words, folder), output)}"
    return written


def cut_output(output: str, shown: str) -> str:
    """The output, cut after as many lines as the page shows before a line `…`; a blank line at the end stays."""
    lines, wanted = output.splitlines(keepends=True), shown.splitlines()
    gap = "\n" if shown.endswith("\n\n") else ""
    if LEFT_OUT in wanted:
        lines = [*lines[: wanted.index(LEFT_OUT)], f"{LEFT_OUT}\n"]
    return "".join(lines) + gap


def steady_text(text: str) -> str:
    """The sessions of a page, blind to what hangs on clock and machine."""
    shown = "\n".join(block.text for block in find_blocks(text) if block.language == "console")
    for pattern, instead in STEADY.items():
        shown = re.sub(pattern, instead, shown)
    return shown


def main() -> None:
    for page in list_sessions():
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            prepare_folder(folder)
            text = refresh_page(page.read_text(encoding="utf-8"), folder, lambda line, at=folder: run_line(line, at))
            page.write_text(text, encoding="utf-8")
    subprocess.run([sys.executable, ROOT / "docs" / "cells.py", "--write"], check=True)


if __name__ == "__main__":
    main()
