"""The report in a real browser, opened from a disk and from a server."""

import functools
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import polars as pl
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from quotidian.tasks.report.site import Site

pytestmark = pytest.mark.server
WIDTHS = {"desk": 1200, "phone": 360}
"""CSS pixels: a laptop, and the narrowest phone that is still common."""


def read_table(snapshot: Path, name: str) -> pl.DataFrame:
    return pl.read_parquet(f"{snapshot}/{name}/**/*.parquet", hive_partitioning=False)


def all_pages(site: Site) -> list[Path]:
    return sorted(site.folder.rglob("*.html"))


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *arguments: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def address(site: Site) -> Iterator[str]:
    """The report on a server of this machine."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(site.folder)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def page(chromium) -> Iterator[object]:
    """A page that keeps what it complained of and what it asked for in `complaints` and `requests`."""
    context = chromium.new_context(viewport={"width": WIDTHS["desk"], "height": 900})
    page = context.new_page()
    page.complaints, page.requests = [], []
    page.on("console", lambda message: page.complaints.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.on("request", lambda request: page.requests.append(request.url))
    yield page
    context.close()


def test_all_pages_load_in_silence(site: Site, page) -> None:
    for path in all_pages(site):
        page.goto(path.as_uri())
        assert page.title().endswith("· Quotidian")
        assert page.evaluate("getComputedStyle(document.body).maxWidth") == "1120px", "the style sheet is missing"
    assert page.complaints == []
    assert all(url.startswith(f"file://{site.folder}/") for url in page.requests)


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
def test_no_page_is_wider_than_its_screen(site: Site, page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    for path in all_pages(site):
        page.goto(path.as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


@pytest.mark.parametrize("root", ["disk", "server"])
def test_search_finds_a_speaker_and_goes_there(site: Site, address: str, page, root: str) -> None:
    start = address if root == "server" else f"{site.folder.as_uri()}/"
    page.goto(f"{start}search.html")
    page.get_by_label("Names, headlines, words that were said").fill("blinkn")
    page.get_by_role("button", name="Search").click()
    first = page.locator("#found li").first
    assert first.locator(".kind").inner_text() == "Speaker"
    assert "found" in page.get_by_role("status").inner_text()
    first.get_by_role("link").click()
    assert page.locator("h1").inner_text() == "Antony Blinken"
    page.goto(f"{start}search.html?q=reverse+the+downward+spiral")
    page.locator("#found li", has_text="Statement").first.get_by_role("link").click()
    assert page.locator(".proof sup a:target").count() == 1
    assert page.complaints == []


def test_a_search_that_finds_nothing_says_so(site: Site, page) -> None:
    page.goto(f"{(site.folder / 'search.html').as_uri()}?q=%3Cscript%3Exyzzy")
    assert page.get_by_role("status").inner_text().startswith("Nothing found")
    assert page.locator("#found li").count() == 0


def test_an_article_that_tries_everything_stays_text(site: Site, snapshot, page) -> None:
    row = read_table(snapshot, "articles").filter(pl.col("record_id") == "h").row(0, named=True)
    page.goto((site.folder / "article" / f"{row['article_id']}.html").as_uri())
    assert page.title() != "owned"
    assert row["title"] in page.locator("h1").inner_text()
    shown = page.evaluate(
        """() => {
            const proof = document.querySelector('.proof').cloneNode(true);
            proof.querySelectorAll('sup, del').forEach((e) => e.remove());
            return [...proof.querySelectorAll('p')].map((p) => p.textContent).join('');
        }"""
    )
    assert shown == row["body"]
    assert page.complaints == []


def test_switches_hide_what_was_removed(site: Site, snapshot, page) -> None:
    article = read_table(snapshot, "edits").filter(pl.col("kind") == "junk")["article_id"][0]
    page.goto((site.folder / "article" / f"{article}.html").as_uri())
    gone = page.locator(".proof del.junk").first
    assert gone.is_visible()
    page.get_by_label("what was removed").uncheck()
    assert not gone.is_visible()


def test_the_keyboard_reaches_the_text_and_the_sections(site: Site, page) -> None:
    page.goto((site.folder / "index.html").as_uri())
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the text"
    assert page.evaluate("document.activeElement.getBoundingClientRect().top") >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.goto((site.folder / "index.html").as_uri())
    names = []
    for _ in range(8):
        page.keyboard.press("Tab")
        names.append(page.evaluate("document.activeElement.textContent.trim()"))
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    assert names[2:] == ["Front page", "Quotations", "Stories", "Speakers", "Outlets", "Articles"]


def shown(page) -> list[str]:
    return page.locator("#said-rows > li:visible").evaluate_all("rows => rows.map(row => row.dataset.speaker)")


def test_a_list_is_filtered_and_sorted_by_keyboard(site: Site, page) -> None:
    page.goto((site.folder / "quotations.html").as_uri())
    everybody = shown(page)
    page.get_by_label("Words").focus()
    page.keyboard.type("HARBOUR sea")
    assert shown(page) == []
    assert page.get_by_role("status").inner_text() == f"0 of {len(everybody)} shown"
    page.keyboard.press("Control+A")
    page.keyboard.type("nobody should be at sea")
    assert shown(page) == ["Carl Weber"]
    page.get_by_role("button", name="Show all").press("Enter")
    expect(page.locator("[data-status]")).to_have_text("")
    assert shown(page) == everybody
    page.keyboard.press("Shift+Tab")
    assert page.evaluate("document.activeElement.labels[0].textContent") == "Order"
    page.keyboard.type("by speaker")
    by_name = shown(page)
    assert sorted(by_name) == sorted(everybody)
    assert by_name.index("Antony Blinken") < by_name.index("Carl Weber") < by_name.index("Wang Yi")
    page.get_by_label("Speaker", exact=True).select_option("Wang Yi")
    page.get_by_label("Kind", exact=True).select_option("direct")
    assert set(shown(page)) == {"Wang Yi"}
    assert page.complaints == []


@pytest.mark.parametrize(("words", "first"), [("newest first", "2023-06-22"), ("oldest first", "2023-06-19")])
def test_articles_are_sorted_by_day_and_those_without_come_last(site: Site, page, words: str, first: str) -> None:
    page.goto((site.folder / "articles.html").as_uri())
    page.get_by_label("Order").select_option(words)
    days = page.locator("#article-rows > tr").evaluate_all("rows => rows.map(row => row.dataset.day)")
    assert (days[0], days[-1]) == (first, "")
    page.get_by_label("From", exact=True).last.fill("2023-06-21")
    kept = page.locator("#article-rows > tr:visible").evaluate_all("rows => rows.map(row => row.dataset.day)")
    assert sorted(kept) == ["2023-06-21", "2023-06-22"]


def test_a_correction_is_kept_in_the_browser_and_downloaded(site: Site, snapshot, page) -> None:
    quote = read_table(snapshot, "quotes").sort("quote_id").row(0, named=True)
    page.goto((site.folder / "article" / f"{quote['article_id']}.html").as_uri())
    page.locator(f"button[name=quote][value^='{quote['quote_id']} ']").click()
    assert page.locator("#quote").inner_text() == quote["quote_id"]
    page.get_by_label("Another name, as the article has it").fill("=HYPERLINK(1)")
    page.get_by_role("button", name="Keep this correction").click()
    assert "no name" in page.get_by_role("status").inner_text()
    page.get_by_label("Another name, as the article has it").fill('Weber, "Carl"')
    page.get_by_role("button", name="Keep this correction").click()
    page.goto((site.folder / "corrections.html").as_uri())
    with page.expect_download() as download:
        page.get_by_role("button", name="Download quote_speakers.csv").click()
    assert download.value.suggested_filename == "quote_speakers.csv"
    (line,) = pl.read_csv(download.value.path()).rows()
    assert line == (quote["quote_id"], 'Weber, "Carl"')
    page.get_by_role("button", name="take back").click()
    assert page.get_by_role("button", name="Download quote_speakers.csv").is_disabled()
    assert page.complaints == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_breaks_a_rule_of_accessibility(site: Site, page, scheme: str) -> None:
    axe = Axe()
    page.emulate_media(color_scheme=scheme)
    kinds = ("story", "article", "speaker", "outlet")
    some = [next(iter(sorted((site.folder / kind).iterdir()))) for kind in kinds]
    for path in (*site.folder.glob("*.html"), *some):
        page.goto(path.as_uri())
        found = axe.run(page).response["violations"]
        told = [(v["id"], v["nodes"][0]["html"][:200], v["nodes"][0]["failureSummary"]) for v in found]
        assert told == [], path
