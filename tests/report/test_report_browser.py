"""The report in a real browser, opened from a disk and from a server."""

import csv
import functools
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import polars as pl
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from quotidian.tasks.deduplicate.corrections import read_corrections
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


@pytest.mark.parametrize("width", [1280, 900, 700, 390])
def test_charts_fill_their_column_and_labels_do_not_touch(site: Site, page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto((site.folder / "index.html").as_uri())
    charts = page.evaluate(
        """() => [...document.querySelectorAll('.chart')].map((chart) => {
            const [picture] = [...chart.querySelectorAll('svg')].filter((svg) => svg.getBoundingClientRect().width);
            const boxes = [...picture.querySelectorAll('text')].map((text) => text.getBoundingClientRect());
            const touch = (a, b) => a.left < b.right && b.left < a.right && a.top + 4 < b.bottom && b.top + 4 < a.bottom;
            return {
                free: chart.getBoundingClientRect().width - picture.getBoundingClientRect().width,
                touching: boxes.some((a, i) => boxes.slice(i + 1).some((b) => touch(a, b))),
            };
        })"""
    )
    assert charts
    assert all(abs(chart["free"]) < 1 and not chart["touching"] for chart in charts), charts
    assert page.evaluate("document.documentElement.scrollWidth") <= width


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
    assert page.locator("#id").inner_text() == quote["quote_id"]
    page.get_by_label("Another name, as the article has it").fill("=HYPERLINK(1)")
    page.get_by_role("button", name="Keep this correction").click()
    assert "in no file" in page.get_by_role("status").inner_text()
    page.get_by_label("Another name, as the article has it").fill('Weber, "Carl"')
    page.get_by_role("button", name="Keep this correction").click()
    page.goto((site.folder / "corrections.html").as_uri())
    with page.expect_download() as download:
        page.get_by_role("button", name="Download quote_speakers.csv").click()
    assert download.value.suggested_filename == "quote_speakers.csv"
    (line,) = pl.read_csv(download.value.path()).rows()
    assert line == (quote["quote_id"], 'Weber, "Carl"')
    page.get_by_role("button", name="take back").click()
    assert page.get_by_role("button", name="Download").count() == 0
    assert page.complaints == []


def keep(page, answer: str, file: str) -> list[tuple]:
    """Choose an answer and read the rows of the file that the page gives."""
    page.get_by_role("radio", name=answer).check()
    page.get_by_role("button", name="Keep this correction").click()
    expect(page.get_by_role("status")).to_have_text("Kept.")
    with page.expect_download() as download:
        page.get_by_role("button", name=f"Download {file}.csv").click()
    text = download.value.path().read_text(encoding="utf-8")
    (folder := download.value.path().parent / "kept").mkdir(exist_ok=True)
    (folder / f"{file}.csv").write_text(text, encoding="utf-8")
    assert getattr(read_corrections(folder), file), "the file is one that a run takes"
    return [tuple(row) for row in csv.reader(text.splitlines()[1:])]


def test_a_name_is_parted_in_one_article_and_joined_in_all(site: Site, snapshot, page) -> None:
    entity = read_table(snapshot, "entities").filter(pl.col("name") == "Antony Blinken").row(0, named=True)
    address = (site.folder / "speaker" / f"{entity['entity_id']}.html").as_uri()
    page.goto(address)
    page.locator("button[name=in]").first.click()
    article = page.locator("#id").inner_text()
    assert article in read_table(snapshot, "articles")["article_id"]
    rows = keep(page, "somebody or something else of the same name", "different_entities")
    assert rows == [("Antony Blinken", "Antony Blinken", article)]
    page.goto(address)
    page.get_by_role("button", name="wrong? names").click()
    rows = keep(page, "“Blinken” is somebody", "different_entities")
    assert rows == [("Antony Blinken", "Antony Blinken", article), ("Blinken", "Antony Blinken", "")]
    page.get_by_label("The same as").fill("A. J. Blinken")
    page.get_by_role("button", name="Keep this correction").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download same_entities.csv").click()
    assert download.value.path().read_text() == "name,same_as,article_id\nAntony Blinken,A. J. Blinken,\n"
    assert page.complaints == []


def test_a_copy_is_said_to_be_none(site: Site, snapshot, page) -> None:
    copy = read_table(snapshot, "articles").filter(pl.col("record_id") == "w2").row(0, named=True)
    page.goto((site.folder / "article" / f"{copy['article_id']}.html").as_uri())
    page.get_by_role("button", name="wrong? copy").click()
    rows = keep(page, "it shares no text with that article", "not_copies")
    assert rows == [(copy["article_id"], copy["copy_group"])]
    rows = keep(page, "it shares its text with nobody", "not_copies")
    assert rows == [(copy["article_id"], "")]
    assert page.complaints == []


def test_a_removed_line_is_brought_back_and_another_called_junk(site: Site, snapshot, page) -> None:
    edits = read_table(snapshot, "edits").filter(pl.col("kind") == "junk").sort("article_id", "raw_start")
    for article in edits["article_id"].unique(maintain_order=True):
        page.goto((site.folder / "article" / f"{article}.html").as_uri())
        if page.locator("button[name=line]").count():
            break
    page.get_by_text("one by one").click()
    line = page.locator("button[name=line]").first.get_attribute("value").split("\n")[0]
    page.locator("button[name=line]").first.click()
    ((kept, is_junk),) = keep(page, line[:30], "junk_lines")
    assert (kept in line, is_junk) == (True, "no")
    page.get_by_label("Another whole line, which is junk").fill("Read our other stories")
    page.get_by_role("button", name="Keep this correction").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download junk_lines.csv").click()
    assert ("Read our other stories", "yes") in pl.read_csv(download.value.path()).rows()
    assert page.complaints == []


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
def test_a_question_with_long_words_fits_and_breaks_no_rule(site: Site, page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    long = "Supercalifragilistic" * 12
    for query in (f"entity={long}&same={long}&part=A", f"line={long}", f"copy={'a' * 16} {long}&of={'b' * 16}"):
        page.goto(f"{(site.folder / 'corrections.html').as_uri()}?{query}")
        page.get_by_role("radio").first.check()
        page.get_by_role("button", name="Keep this correction").click()
        assert page.evaluate("document.documentElement.scrollWidth") <= width, query
        assert Axe().run(page).response["violations"] == []


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
