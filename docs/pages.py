"""Find what the pages show: blocks of code, commands that a sentence names, and links to other pages."""

import re
from pathlib import Path
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token

DOCS = Path(__file__).parent
ROOT = DOCS.parent
PAGES = sorted([*DOCS.glob("*.md"), ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "data" / "README.md"])
"""All pages but the change log, which speaks of commands that are no more."""

PROGRAMS = ("quotidian", "make", "python", "pytest", "prefect", "dask", "pip", "apt-get", "bash", "flock", "docker")
NAMED = re.compile(rf"(\$ )?(\.venv/bin/)?({'|'.join(PROGRAMS)}) .*")
PARSER = MarkdownIt("commonmark").enable("table")


class Block(NamedTuple):
    """A block of code: its language (`sh` where it is indented), its text, and the lines of the page that hold the text."""

    language: str
    text: str
    first: int
    end: int


def name_page(page: Path) -> str:
    """How tests call a page: README.md, docs/operate.md."""
    return page.relative_to(ROOT).as_posix()


def find_blocks(text: str) -> list[Block]:
    """Blocks of code in the order of the page."""
    return [measure_block(token) for token in PARSER.parse(text) if token.type in ("fence", "code_block")]


def measure_block(token: Token) -> Block:
    """The block of a token; the lines of a fence itself are no part of it."""
    first, end = token.map
    if token.type == "code_block":
        return Block("sh", token.content, first, end)
    return Block(token.info, token.content, first + 1, end - 1)


def find_spans(text: str) -> list[str]:
    """Pieces of code inside sentences and tables."""
    inline = [token for token in PARSER.parse(text) if token.type == "inline"]
    return [child.content for token in inline for child in token.children if child.type == "code_inline"]


def find_links(text: str) -> list[str]:
    """Where the page links to."""
    inline = [token for token in PARSER.parse(text) if token.type == "inline"]
    return [child.attrs["href"] for token in inline for child in token.children if child.type == "link_open"]


def find_named_commands(text: str) -> list[str]:
    """Commands that sentences and tables name."""
    return [span for span in find_spans(text) if NAMED.fullmatch(span)]


def split_lines(script: str) -> list[str]:
    """The commands of a shell block, without comments; one that ends in a backslash goes on in the next line."""
    lines = script.replace("\\\n", " ").splitlines()
    return [line for line in (re.sub(r"(^|\s+)# .*", "", line).strip() for line in lines) if line]


def read_page(name: str) -> str:
    """The text of a page, by its path in the project."""
    return (ROOT / name).read_text(encoding="utf-8")


def read_lines(name: str) -> list[str]:
    """The commands of the shell blocks of a page, in its order."""
    blocks = find_blocks(read_page(name))
    return [line for block in blocks if block.language == "sh" for line in split_lines(block.text)]
