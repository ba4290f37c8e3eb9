"""What the rooms make of saved news pages: `python benchmarks/pages.py FOLDER`, beside a gold file of what a reader would say.

FOLDER holds `gold.jsonl`, `html.tar.xz`, and above it the scorer `score_pages.py`. Prints the scorer's figures; --to keeps the predictions, in the
form that the scorer reads, and --edits what cleaning took out of each page.
"""

import argparse
import json
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path

from quotidian.tasks.clean.article import clean_article
from quotidian.tasks.clean.authors import PLAIN_BETWEEN
from quotidian.tasks.clean.cleaned import Cleaned
from quotidian.tasks.clean.row import list_declared
from quotidian.tasks.clean.settings import CleanSettings
from quotidian.tasks.ingest.archive import DECLARED
from quotidian.tasks.ingest.raw_text import HTML, read_article
from quotidian.tasks.ingest.settings import IngestSettings

SPACING = ("spacing", "encoding")


def read_pages(folder: Path) -> Iterator[tuple[str, str, bytes]]:
    """Id, address and bytes of each page."""
    with tarfile.open(folder / "html.tar.xz") as archive:
        files = {
            member.name.split("/")[-1]: archive.extractfile(member).read() for member in archive if member.isfile()
        }
    for gold in map(json.loads, (folder / "gold.jsonl").open(encoding="utf-8")):
        yield gold["id"], gold["url"], files[f"{gold['id'].replace(':', '_')}.html"]


def clean_page(url: str, payload: bytes) -> Cleaned | None:
    """The article of a page; None where it is none."""
    article = read_article(payload, HTML, IngestSettings())
    declared = list_declared({"media_type": HTML, **dict.fromkeys(DECLARED), "url": url}, article)
    outcome = clean_article(article.text, declared, CleanSettings())
    return outcome if isinstance(outcome, Cleaned) else None


def describe_article(name: str, cleaned: Cleaned) -> dict:
    """What the scorer reads of an article."""
    day = cleaned.published_date
    return {
        "id": name,
        "title": cleaned.title,
        "date": day.isoformat() if day else None,
        "authors": [part for part in PLAIN_BETWEEN.split(cleaned.byline or "") if part],
        "agency": cleaned.agency,
        "body": cleaned.body,
    }


def main() -> None:
    """Clean all pages and print their figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--to", type=Path)
    parser.add_argument("--edits", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as work:
        to = options.to or Path(work) / "pages.jsonl"
        with to.open("w", encoding="utf-8") as file:
            for name, url, payload in read_pages(options.folder):
                cleaned = clean_page(url, payload)
                if cleaned:
                    file.write(json.dumps(describe_article(name, cleaned)) + "\n")
                for edit in cleaned.edits if cleaned and options.edits else ():
                    if edit.kind not in SPACING:
                        print(name, edit.rule, repr(edit.raw_text.strip())[:200])
        scorer = options.folder.parent / "score_pages.py"
        subprocess.run([sys.executable, scorer, options.folder / "gold.jsonl", to], check=True)


if __name__ == "__main__":
    main()
