"""The whole report: every page of a snapshot in one folder that needs no server and no network.

The same snapshot and settings give the same bytes.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import polars as pl

from .articles import cut_chunks, describe_articles
from .charts import bar_chart, chart_articles, chart_quality
from .choose import Choice, choose_pages
from .folder import MARK, write_folder, write_page
from .front import read_front
from .numbers import dump_numbers
from .outlets import describe_outlets
from .overview import Overview, count_overview
from .quality import describe_figures, read_figures, read_reviews
from .quotations import list_quotations
from .render import TEMPLATES, render_corrections, render_page, render_search
from .search import dump_entries, list_entries
from .settings import ReportSettings
from .source import Source
from .speakers import CHUNK_SPEAKERS, describe_speakers
from .stories import CHUNK_STORIES, describe_stories

FILES = ("style.css",)
ONCE = 10
"""Pages that are there once: the front, six lists, quality, search, corrections."""
CLEANED = {
    "junk": "junk",
    "credit": "credits",
    "header": "headers",
    "encoding": "broken characters",
    "spacing": "blanks",
}
COPIES = {
    "original": "no copy",
    "unordered": "copied, or a copy",
    "revision": "later text of its page",
    "exact": "exact copy",
    "near": "near copy",
    "rewritten": "rewritten copy",
}

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Site:
    """What was written: the folder, pages by kind, how many there would be without limits, bytes, and of how many files how many are new
    or other than in the report before."""

    folder: Path
    snapshot: str
    pages: dict[str, int]
    available: dict[str, int]
    bytes: int
    files: int
    changed: int


def build_site(
    snapshot: Path, folder: Path, settings: ReportSettings, report: Progress = lambda done, of: None
) -> Site:
    """Write the report of a snapshot into `folder`, aside first; raises NoReport where `folder` holds something else."""
    source = Source(snapshot)
    choice = choose_pages(source, settings)
    pages = {"stories": choice.stories.height, "speakers": choice.speakers.height, "articles": choice.articles.height}
    available = {
        "stories": source.rows["stories"],
        "speakers": source.rows["entities"],
        "articles": source.rows["articles"],
    }
    frame = {"snapshot": source.manifest["snapshot"], "pages": pages, "rows": source.rows, "limits": settings}
    total = sum(pages.values()) + choice.outlets.height + ONCE
    with write_folder(folder) as building:
        facts = {"snapshot": frame["snapshot"], "pages": pages, "settings": settings.model_dump()}
        files = [(MARK, json.dumps(facts, indent=1) + "\n"), *((n, (TEMPLATES / n).read_text("utf-8")) for n in FILES)]
        sizes, changed = [], 0
        for done, (path, text) in enumerate(chain(files, render_pages(source, choice, settings, frame)), 1):
            content = text.encode()
            changed += write_page(building, folder, path, content)
            sizes.append(len(content))
            report(min(done, total), total)
    return Site(folder, frame["snapshot"], pages, available, sum(sizes), len(sizes), changed)


def render_pages(source: Source, choice: Choice, settings: ReportSettings, frame: dict) -> Iterator[tuple[str, str]]:
    """Path below the report and text of every page, some articles at a time."""
    yield from render_lists(source, choice, settings, frame)
    for chunk in choice.stories.iter_slices(CHUNK_STORIES):
        for page in describe_stories(source, chunk, choice, settings.rows):
            yield f"story/{page['story']['story_id']}.html", render_page("story", "../", **frame, **page)
    for chunk in choice.speakers.iter_slices(CHUNK_SPEAKERS):
        for page in describe_speakers(source, chunk, choice, settings.rows):
            yield f"speaker/{page['speaker']['entity_id']}.html", render_page("speaker", "../", **frame, **page)
    for page in describe_outlets(source, choice.outlets, choice, settings.rows):
        yield f"outlet/{page['outlet']['key']}.html", render_page("outlet", "../", **frame, **page)
    for chunk in cut_chunks(choice.articles):
        for page in describe_articles(source, chunk, choice):
            yield f"article/{page['article']['article_id']}.html", render_page("article", "../", **frame, **page)


def render_lists(source: Source, choice: Choice, settings: ReportSettings, frame: dict) -> Iterator[tuple[str, str]]:
    """The pages that are there once."""
    figures, overview = read_figures(source), count_overview(source)
    groups = describe_figures(figures, source.manifest["versions"])
    quality = chart_quality(figures)
    stories, speakers, articles = (rows.to_dicts() for rows in (choice.stories, choice.speakers, choice.articles))
    paged = set(choice.speakers["entity_id"])
    charts = draw_overview(overview)
    yield (
        "index.html",
        render_page(
            "index",
            "",
            **frame,
            overview=overview,
            charts=charts,
            stories=stories[:10],
            quality=quality,
            paged=paged,
            top=overview.speakers.to_dicts(),
            front=read_front(source, choice),
            articles_paged=set(choice.articles["article_id"]),
            stories_paged=set(choice.stories["story_id"]),
            outlet_pages=dict(choice.outlets.select("outlet", "key").iter_rows()),
        ),
    )
    for name, chart in {**charts, "quality": quality}.items():
        if chart.rows:
            yield f"numbers/{name}.csv", dump_numbers(chart)
    yield "outlets.html", render_page("outlets", "", **frame, outlets=choice.outlets.to_dicts())
    yield "corrections.html", render_corrections(**frame)
    said = list_quotations(source, choice, settings.quotations)
    yield "quotations.html", render_page("quotations", "", **frame, quotations=said, speakers=paged)
    yield "stories.html", render_page("stories", "", **frame, stories=stories)
    yield "speakers.html", render_page("speakers", "", **frame, speakers=speakers)
    yield "articles.html", render_page("articles", "", **frame, articles=articles)
    yield "rejects.html", render_page("rejects", "", **frame, rejects=list_rejects(source, settings.rows))
    yield (
        "quality.html",
        render_page(
            "quality",
            "",
            **frame,
            groups=groups,
            reviews=read_reviews(source),
            chart=quality,
            manifest=source.manifest["versions"],
        ),
    )
    index = dump_entries(list_entries(source, choice, settings.searchable_statements))
    yield "search.html", render_search(index, **frame)


def list_rejects(source: Source, limit: int) -> list[dict]:
    """The first rows of rejects, by reason."""
    rows = source.scan("rejects", "input_id", "source", "step", "reason", "detail")
    return rows.sort("step", "reason", "source", "input_id").head(limit).collect().to_dicts()


def draw_overview(overview: Overview) -> dict:
    """The charts of the first page."""
    kinds = overview.kinds.with_columns(
        name=pl.format("{}, {}", "kind", pl.when("is_marked").then(pl.lit("marked")).otherwise(pl.lit("unmarked")))
    )
    return {
        "articles": chart_articles(overview.articles),
        "speakers": bar_chart(
            "Most quoted",
            "How many quotations each speaker has. What the text denies or only imagines is not counted.",
            ("Speaker", "Quotations"),
            overview.speakers.select("name", "quote_count").rows(),
        ),
        "sources": bar_chart(
            "What kind of source",
            "Quotations by the class of their speaker, told by the role that is stated, or by words that grant anonymity. Where the text tells neither: not told.",
            ("Source", "Quotations"),
            overview.classes,
            "var(--c3)",
        ),
        "stated": bar_chart(
            "Women and men",
            "Quotations of named people by what articles call these: she, he, Mrs., his brother. Never told by names.",
            ("Called", "Quotations"),
            overview.stated,
            "var(--c6)",
        ),
        "kinds": bar_chart(
            "How speech is reported",
            "Direct: the speaker's words. Indirect: their content. Mixed: content with some of the words in quotation marks. Unmarked: no marks stand in the text.",
            ("Kind", "Quotations"),
            kinds.select("name", "count").rows(),
            "var(--c2)",
        ),
        "copies": bar_chart(
            "Copies",
            "Articles that have the text of another one, by how close they are; where nothing tells which of them was first, one stands for all.",
            ("Kind", "Articles"),
            [(COPIES[kind], count) for kind, count in overview.copies.rows()],
            "var(--c4)",
        ),
        "removed": bar_chart(
            "What cleaning changed",
            "Characters of the raw text that were taken away or replaced, by kind. Credits and headers live on as columns; all of it is kept in the table edits.",
            ("Kind", "Characters", "Edits"),
            [(CLEANED[kind], chars, edits) for kind, edits, chars in overview.removed.rows()],
            "var(--c5)",
        ),
        "rejects": bar_chart(
            "Inputs that became no article",
            "Rejected inputs by reason.",
            ("Reason", "Inputs", "Step"),
            [(reason.replace("_", " "), count, step) for step, reason, count in overview.rejects.rows()],
            "var(--c2)",
        ),
    }
