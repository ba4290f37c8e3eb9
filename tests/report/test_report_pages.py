"""What the pages say is what the tables say, and nothing of an article gets out of its text."""

import json
import re
from itertools import pairwise
from pathlib import Path

import lxml.html
import polars as pl

from quotidian.flows.settings import Settings
from quotidian.tasks.ingest.archive import archive_folder
from quotidian.tasks.ingest.raw_text import read_raw_text
from quotidian.tasks.report.charts import WIDTHS
from quotidian.tasks.report.settings import ReportSettings
from quotidian.tasks.report.site import Site, build_site

LISTS = ("quotations", "stories", "speakers", "outlets", "articles")
SCRIPTED = {f"{name}.html" for name in ("search", "corrections", *LISTS)}
SCRIPTED_KINDS = ("story", "speaker", "outlet")


def read_table(snapshot: Path, name: str) -> pl.DataFrame:
    return pl.read_parquet(f"{snapshot}/{name}/**/*.parquet", hive_partitioning=False)


def read_page(site: Site, path: str) -> lxml.html.HtmlElement:
    return lxml.html.document_fromstring((site.folder / path).read_text(encoding="utf-8"))


def is_scripted(path: Path) -> bool:
    return path.name in SCRIPTED or path.parent.name in SCRIPTED_KINDS


def all_pages(site: Site) -> list[Path]:
    return sorted(site.folder.rglob("*.html"))


def proof_text(page: lxml.html.HtmlElement, *without: str) -> str:
    """Text of the proof of an article without its notes and some of its elements."""
    (proof,) = page.xpath("//div[@class='proof']")
    for name in ("sup", *without):
        for element in proof.xpath(f".//{name}"):
            element.drop_tree()
    return "".join(paragraph.text_content() for paragraph in proof.xpath("./p"))


def test_every_article_story_and_speaker_has_a_page(site: Site, snapshot: Path) -> None:
    articles, stories = read_table(snapshot, "articles"), read_table(snapshot, "stories")
    assert {p.stem for p in (site.folder / "article").iterdir()} == set(articles["article_id"])
    assert {p.stem for p in (site.folder / "story").iterdir()} == set(stories["story_id"])
    speakers = read_table(snapshot, "quotes")["speaker_entity_id"].drop_nulls()
    said = read_table(snapshot, "entities").filter(pl.col("quote_count") > 0)["entity_id"]
    assert set(said) <= {p.stem for p in (site.folder / "speaker").iterdir()}
    assert set(said) <= set(speakers)
    assert site.pages["articles"] == articles.height


def test_a_proof_holds_the_body_and_the_raw_text(site: Site, snapshot: Path) -> None:
    data, ingest = snapshot.parents[2], Settings().ingest
    archive = archive_folder(data)
    articles = read_table(snapshot, "articles").select("article_id", "input_id", "body")
    inputs = archive.read(archive.locate().join(articles, on="input_id", how="semi")).join(articles, on="input_id")
    assert inputs.height == articles.height
    for row in inputs.iter_rows(named=True):
        path = f"article/{row['article_id']}.html"
        raw = read_raw_text(row["payload"], row["media_type"], ingest)
        assert proof_text(read_page(site, path), "ins") == raw
        assert proof_text(read_page(site, path), "del") == row["body"]


def test_a_proof_marks_every_quotation_and_lists_it(site: Site, snapshot: Path) -> None:
    for (article,), quotes in read_table(snapshot, "quotes").group_by("article_id"):
        page = read_page(site, f"article/{article}.html")
        anchors = set(page.xpath("//div[@class='proof']//sup/a/@id"))
        assert anchors == {quote_id.split(":")[1] for quote_id in quotes["quote_id"]}
        assert len(page.xpath("//ol[contains(@class, 'numbered')]/li")) == quotes.height


def test_quotations_of_headlines_stand_beside_those_of_the_text(site: Site, snapshot: Path) -> None:
    (row,) = read_table(snapshot, "display_quotes").iter_rows(named=True)
    page = read_page(site, f"article/{row['article_id']}.html")
    (shown,) = page.xpath("//ul[preceding-sibling::h2[1][@id='shown']]/li")
    words = " ".join(shown.text_content().split())
    assert words.startswith("Carl Weber Nobody should be at sea in the headline")
    (number,) = shown.xpath(".//a[starts-with(@href, '#n')]/@href")
    assert "Nobody should be at sea" in page.xpath(f"//li[@id='{number[1:]}']")[0].text_content()
    others = [path for path in all_pages(site) if path.parent.name == "article" and path.stem != row["article_id"]]
    assert not any("In headline and captions" in path.read_text(encoding="utf-8") for path in others)


def test_what_an_article_says_stays_text(site: Site) -> None:
    for path in all_pages(site):
        text = path.read_text(encoding="utf-8")
        page = lxml.html.document_fromstring(text)
        scripts = [e for e in page.xpath("//script") if e.get("type") != "application/json"]
        assert len(scripts) == is_scripted(path), path
        assert not page.xpath("//img | //iframe | //object | //*[@onerror] | //*[@style] | //style"), path
        assert not [
            h for h in page.xpath("//@href | //@src | //@action") if h.lower().startswith(("javascript", "data"))
        ]
        assert "root:" not in text


def test_template_syntax_is_not_evaluated(site: Site, snapshot: Path) -> None:
    hostile = read_table(snapshot, "articles").filter(pl.col("record_id") == "h")["article_id"].item()
    page = read_page(site, f"article/{hostile}.html")
    assert "{{ 7 * 7 }}" in page.xpath("//h1")[0].text_content()
    assert "{{ 7 * 7 }}" in proof_text(page)


def test_no_page_may_load_anything_from_elsewhere(site: Site) -> None:
    for path in all_pages(site):
        page = read_page(site, path.relative_to(site.folder).as_posix())
        (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
        assert policy.startswith("default-src 'none'")
        assert "http" not in policy
        assert ("script-src" in policy) == is_scripted(path)
        loaded = page.xpath("//link/@href | //script/@src | //img/@src")
        assert [Path(name).name for name in loaded] == ["style.css"]


def test_every_internal_link_leads_somewhere(site: Site) -> None:
    places: dict[Path, set[str]] = {}
    links = []
    for path in all_pages(site):
        page = read_page(site, path.relative_to(site.folder).as_posix())
        ids = page.xpath("//@id")
        assert len(ids) == len(set(ids)), path
        places[path] = set(ids)
        links += [(path, link) for link in page.xpath("//a/@href | //link/@href | //form/@action")]
    outside = [link for _, link in links if link.startswith("http")]
    assert set(outside) == {"https://a.example/1", "https://b.example/2"}
    for path, link in links:
        if not link.startswith("http"):
            name, _, place = link.partition("#")
            target = (path.parent / name).resolve() if name else path
            assert target.exists(), (path, link)
            assert not place or place in places[target], (path, link)


def test_pages_have_what_a_screen_reader_needs(site: Site) -> None:
    for path in all_pages(site):
        page = read_page(site, path.relative_to(site.folder).as_posix())
        assert page.get("lang") == "en"
        assert len(page.xpath("//h1")) == 1
        levels = [int(e.tag[1]) for e in page.xpath("//h1 | //h2 | //h3 | //h4")]
        assert all(after <= before + 1 for before, after in pairwise(levels)), (path, levels)
        assert all(table.xpath("./caption") for table in page.xpath("//table")), path
        assert all(name.strip() for name in page.xpath("//*[@aria-label]/@aria-label"))
        assert page.xpath("//a[@class='skip']/@href") == ["#main"]
        assert all(page.xpath(f"//*[@id='{name}']") for name in page.xpath("//@aria-labelledby"))


def test_copies_are_told_on_the_page_of_the_story(site: Site, snapshot: Path) -> None:
    copy = read_table(snapshot, "copies").row(0, named=True)
    articles = read_table(snapshot, "articles")
    story = articles.filter(pl.col("article_id") == copy["article_id"])["story_id"].item()
    text = " ".join(read_page(site, f"story/{story}.html").xpath("//ul[@class='copies']")[0].text_content().split())
    assert re.search(r"(says director|Harbour closes).*copy of.*(Harbour closes|says director)", text)
    assert "Coast & Co" in text


def test_pages_that_did_not_change_are_the_files_that_they_were(snapshot: Path, tmp_path: Path) -> None:
    first = build_site(snapshot, tmp_path / "report", ReportSettings())
    files = {path: path.stat().st_ino for path in first.folder.rglob("*") if path.is_file()}
    assert (first.changed, first.files) == (len(files), len(files))
    (first.folder / "outlets.html").write_text("altered")
    again = build_site(snapshot, tmp_path / "report", ReportSettings())
    assert (again.changed, again.files) == (1, len(files))
    changed = {path.name for path, inode in files.items() if path.stat().st_ino != inode}
    assert changed == {"outlets.html"}
    assert "altered" not in (first.folder / "outlets.html").read_text(encoding="utf-8")


def test_pages_of_articles_and_stories_name_no_snapshot(site: Site, snapshot: Path) -> None:
    named = {p.relative_to(site.folder).parts[0] for p in all_pages(site) if snapshot.name in p.read_text("utf-8")}
    assert "index.html" in named
    assert not named & {"article", "story", "speaker", "outlet"}


def test_the_list_of_quotations_has_each_thing_said_once(site: Site, snapshot: Path) -> None:
    rows = read_page(site, "quotations.html").xpath("//ol[@id='said-rows']/li")
    said = read_table(snapshot, "quotes").filter("is_said")
    assert len(rows) == said["statement_id"].n_unique()
    assert {row.get("data-kind") for row in rows} == set(said["kind"])
    days = [row.get("data-day") for row in rows]
    assert days == sorted(days, reverse=True)
    assert all(row.xpath(".//a[starts-with(@href, 'article/')]") for row in rows)


def test_lists_stand_without_scripts(site: Site) -> None:
    for name in LISTS:
        (form,) = read_page(site, f"{name}.html").xpath("//form[@class='sift']")
        assert form.get("hidden") is not None
        assert read_page(site, f"{name}.html").xpath(f"//*[@id='{form.get('data-of')}']/*")


def test_rejects_are_listed_with_their_reason(site: Site, snapshot: Path) -> None:
    (reason,) = read_table(snapshot, "rejects")["reason"]
    assert reason.replace("_", " ") in read_page(site, "rejects.html").text_content()
    assert reason.replace("_", " ") in read_page(site, "index.html").text_content()


def test_the_quality_page_has_every_figure(site: Site, snapshot: Path) -> None:
    text = read_page(site, "quality.html").text_content()
    for row in read_table(snapshot, "quality").iter_rows(named=True):
        assert row["question"] in text
        assert f"{row['score']:.3f}" in text


def test_charts_stand_beside_their_numbers(site: Site) -> None:
    page = read_page(site, "index.html")
    for figure in page.xpath("//figure[@class='chart']"):
        assert len(figure.xpath(".//svg")) in (0, len(WIDTHS))
        if figure.xpath(".//svg"):
            assert figure.xpath(".//table/caption")
            assert "url(#" not in lxml.html.tostring(figure, encoding="unicode"), (
                "ids would count on from chart to chart"
            )
            assert all(svg.get("aria-hidden") == "true" for svg in figure.xpath(".//svg"))
    assert "Antony Blinken" in page.xpath("//figure[.//h3='Most quoted']")[0].text_content()


def test_the_index_of_the_search_holds_speakers_and_statements(site: Site) -> None:
    (index,) = read_page(site, "search.html").xpath("//script[@id='index']")
    entries = json.loads(index.text)
    kinds = {kind for kind, *_ in entries}
    assert kinds == {"speaker", "story", "article", "statement"}
    assert all((site.folder / address.partition("#")[0]).exists() for _, _, address, _ in entries)


def test_the_same_snapshot_gives_the_same_bytes(site: Site, snapshot: Path, tmp_path: Path) -> None:
    again = build_site(snapshot, tmp_path / "other" / "name", ReportSettings())
    for path in sorted(p for p in site.folder.rglob("*") if p.is_file()):
        assert (again.folder / path.relative_to(site.folder)).read_bytes() == path.read_bytes(), path
    assert again.bytes == site.bytes


def test_limits_leave_pages_out_and_say_so(snapshot: Path, tmp_path: Path) -> None:
    limits = ReportSettings(stories=1, speakers=2, articles=3, rows=2, searchable_statements=4)
    small = build_site(snapshot, tmp_path / "small", limits)
    assert small.pages == {"stories": 1, "speakers": 2, "articles": 3}
    for name, what in (("stories", "1 of"), ("speakers", "2 of"), ("articles", "3 of")):
        (said,) = read_page(small, f"{name}.html").xpath("//p[contains(@class, 'cut')]")
        assert said.text_content().startswith(what)
    for path in all_pages(small):
        for link in read_page(small, path.relative_to(small.folder).as_posix()).xpath("//a/@href"):
            if not link.startswith(("http", "#")):
                assert (path.parent / link.partition("#")[0]).resolve().exists(), (path, link)


def test_no_pages_at_all_is_a_report_too(snapshot: Path, tmp_path: Path) -> None:
    bare = build_site(snapshot, tmp_path / "bare", ReportSettings(stories=0, speakers=0, articles=0))
    assert {p.name for p in bare.folder.glob("*.html")} >= {"index.html", "search.html", "quality.html"}
    assert bare.pages == {"stories": 0, "speakers": 0, "articles": 0}


def test_an_empty_snapshot_has_a_report(tmp_path: Path, quotidian) -> None:
    (tmp_path / "empty.txt").write_text("")
    quotidian("run", "empty.txt", "--inline", "--workers", "1")
    done = quotidian("report", "--to", "pages")
    assert "Open" in done.stdout
    assert (tmp_path / "pages" / "index.html").exists()
