"""Run the commands that the pages show, and write what they print into the pages.

A block marked `console` is a session: lines that start with `$ ` are run in bash, in the order of the page, in one
empty folder that holds the samples as `seeds/articles`; what follows is their output. A line `…` in a block stands for
lines left out after it. `python docs/refresh.py` writes the pages again; a test holds that they are true.
"""

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

DOCS = Path(__file__).parent
SEEDS = DOCS.parent / "seeds" / "articles"
BLOCK = re.compile(r"(?<=```console\n)(.*?)(?=```)", re.DOTALL)
LEFT_OUT = "…"
STEADY = {
    r"\d{6}-[0-9a-f]{12}": "000000-000000000000",
    r"\b\d+(\.\d+)? (ms|s|min|kB|KB|MB|GB|bytes)\b": "0 s",
    r"\d{8}T\d{6}\.\d+Z-\d+": "RUN",
    r"[ \t]+": " ",
}
"""What hangs on clock, machine or library versions: not compared."""


def list_pages() -> list[Path]:
    """Pages that show sessions."""
    return [page for page in sorted(DOCS.glob("*.md")) if BLOCK.search(page.read_text(encoding="utf-8"))]


def prepare_folder(folder: Path) -> None:
    """The folder as the pages expect it."""
    (folder / "seeds").mkdir()
    (folder / "seeds" / "articles").symlink_to(SEEDS)


def run_line(line: str, folder: Path) -> str:
    """What a command prints, standard error included, with the folder's own path left out."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("QUOTIDIAN_", "PREFECT_"))}
    own = {"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}", "COLUMNS": "100", "NO_COLOR": "1"}
    own["PREFECT_HOME"] = os.environ.get("PREFECT_HOME", str(Path.home() / ".prefect"))
    done = subprocess.run(
        ["bash", "-c", line], cwd=folder, env=environment | own, text=True, timeout=300,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    words = done.stdout.replace(f"{folder.resolve()}/", "").replace(f"{folder}/", "")
    return "".join(f"{line.rstrip()}\n" for line in words.splitlines())


def rewrite_block(block: str, run: Callable[[str], str]) -> str:
    """The block with each command's output as `run` gives it, cut where the block cuts it."""
    parts = re.split(r"(?m)^\$ (.*)\n", block)
    written = parts[0]
    for command, shown in zip(parts[1::2], parts[2::2], strict=True):
        written += f"$ {command}\n{cut_output(run(command), shown)}"
    return written


def cut_output(output: str, shown: str) -> str:
    """The output, cut after as many lines as the page shows before a line `…`; a blank line at the end stays."""
    lines, wanted = output.splitlines(keepends=True), shown.splitlines()
    gap = "\n" if shown.endswith("\n\n") else ""
    if LEFT_OUT in wanted:
        lines = [*lines[: wanted.index(LEFT_OUT)], f"{LEFT_OUT}\n"]
    return "".join(lines) + gap


def refresh_page(text: str, folder: Path) -> str:
    """The text of a page with the output of its sessions as it is now."""
    return BLOCK.sub(lambda found: rewrite_block(found[0], lambda line: run_line(line, folder)), text)


def steady_text(text: str) -> str:
    """The sessions of a page, blind to what hangs on clock and machine."""
    shown = "\n".join(BLOCK.findall(text))
    for pattern, instead in STEADY.items():
        shown = re.sub(pattern, instead, shown)
    return shown


def list_links(text: str) -> list[str]:
    """Files of the project that a page links to."""
    targets = re.findall(r"\]\(([^)#\s]+)", text)
    return [target for target in targets if "://" not in target]


def main() -> None:
    for page in list_pages():
        with tempfile.TemporaryDirectory() as folder:
            prepare_folder(Path(folder))
            page.write_text(refresh_page(page.read_text(encoding="utf-8"), Path(folder)), encoding="utf-8")


if __name__ == "__main__":
    main()
