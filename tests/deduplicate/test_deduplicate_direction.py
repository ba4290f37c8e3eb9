"""Who was first, and what tells it."""

from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl
import pytest

from quotidian.tasks.deduplicate import compute_links
from quotidian.tasks.deduplicate.copies.credits import find_credits, name_source
from quotidian.tasks.deduplicate.copies.direction import Publication, make_publication, order_pair
from quotidian.tasks.deduplicate.link_articles import link_articles
from quotidian.tasks.deduplicate.settings import DeduplicateSettings
from quotidian.tasks.store.facts import read_facts

DAY, NEXT = date(2024, 3, 5), date(2024, 3, 6)
SETTINGS = DeduplicateSettings()
POST, MAIL = frozenset({"velmorapost"}), frozenset({"sarnmail"})


def at(hour: int, minute: int = 0, second: int = 0) -> datetime:
    return datetime(2024, 3, 5, hour, minute, second, tzinfo=UTC)


@pytest.mark.parametrize(
    ("one", "other", "sign", "basis"),
    [
        pytest.param({"at": at(8)}, {"at": at(8, 0, 1)}, 1, "published_at", id="a second apart"),
        pytest.param(
            {"day": DAY, "at": at(23)}, {"day": NEXT, "at": at(22)}, -1, "published_at", id="moments, not days"
        ),
        pytest.param({"day": NEXT}, {"day": DAY}, -1, "published_date", id="days"),
        pytest.param({"day": DAY}, {"day": DAY}, 0, "unknown", id="one day"),
        pytest.param({"day": DAY, "at": at(8)}, {"day": DAY}, 0, "unknown", id="one moment alone"),
        pytest.param({}, {"day": DAY}, 0, "unknown", id="one day alone"),
        pytest.param({"day": DAY, "own": POST}, {"day": DAY, "credits": POST}, 1, "credit", id="credited"),
        pytest.param({"credits": MAIL, "own": POST}, {"credits": POST, "own": MAIL}, 0, "unknown", id="both credit"),
        pytest.param({"credits": POST}, {"credits": POST}, 0, "unknown", id="both credit a third"),
        pytest.param(
            {"at": at(8), "credits": POST}, {"at": at(9), "own": POST}, 0, "unknown", id="a credit against the clock"
        ),
        pytest.param({"captured": at(8)}, {"captured": at(9)}, 1, "captured_at", id="seen earlier"),
        pytest.param({"captured": at(8)}, {"captured": at(8, 5)}, 0, "unknown", id="seen in one crawl"),
        pytest.param({"captured": at(8)}, {"at": at(8, 5)}, 1, "captured_at", id="seen before the other came out"),
        pytest.param({"at": at(7)}, {"captured": at(8)}, 0, "unknown", id="seen after the other came out"),
        pytest.param(
            {"day": date(2024, 2, 1), "captured": at(8)},
            {"day": date(2024, 2, 1), "captured": at(20)},
            0,
            "unknown",
            id="seen weeks later",
        ),
    ],
)
def test_what_tells_the_earlier_of_two(one: dict, other: dict, sign: int, basis: str) -> None:
    left, right = Publication("a", 0, **one), Publication("b", 1, **other)
    assert order_pair(left, right) == (sign, basis)
    assert order_pair(right, left) == (-sign, basis)


def test_midnight_is_a_day_and_no_moment() -> None:
    row = dict.fromkeys(("text", "published_date", "captured_at", "url", "outlet", "agency", "credited", "people"))
    assert make_publication(row | {"article_id": "a", "published_at": at(0)}).at is None
    assert make_publication(row | {"article_id": "a", "published_at": at(0, 0, 1)}).at == at(0, 0, 1)


@pytest.mark.parametrize("row", read_facts("credit_phrases"), ids=lambda row: row["phrase"])
def test_a_phrase_credits_its_source(row: dict[str, str]) -> None:
    assert {"kelsbypost", "kelsbyfeatures"} & set(find_credits(row["example"]))


def test_lines_that_were_taken_out_credit_their_sources(monkeypatch) -> None:
    index = pl.DataFrame({"article_id": ["a", "b", "c"], "sources": ["Reuters\nthe Kelsby Post", None, "AP"]})
    told = index.select("article_id", body_hash="article_id", credited=pl.Series([["sarnmail"], ["sarnmail"], []]))
    monkeypatch.setattr(compute_links, "read_sketches", lambda *_: told)
    names = pl.DataFrame(schema={"article_id": pl.String, "type": pl.String, "name": pl.String})
    facts = compute_links.gather_facts(Path(), index, names)
    assert dict(facts.select("article_id", "credited").rows()) == {
        "a": ["kelsbypost", "reuters", "sarnmail"],
        "b": ["sarnmail"],
        "c": ["associatedpress"],
    }


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("The Velmora Post", "velmorapost"),
        ("velmorapost.com", "velmorapost"),
        ("www.velmorapost.co.uk", "velmorapost"),
        ("AP", "associatedpress"),
        ("The Associated Press", "associatedpress"),
    ],
)
def test_an_outlet_has_one_name(name: str, source: str) -> None:
    assert name_source(name) == source


def link_rows(rows: dict[str, dict], bodies: dict[str, str]) -> pl.DataFrame:
    """Links of articles of which the rows tell outlet, url, moment and so on; the body is that of the key."""
    from .conftest import make_articles

    plain, sketches = make_articles(bodies, {key: row.get("published_at", at(0)).date() for key, row in rows.items()})
    known = pl.DataFrame(
        [
            {"article_id": key, "credited": find_credits(bodies[key]), "agency": None, "url": None, "captured_at": None}
            | {"published_at": None, "outlet": f"Outlet {key}"}
            | row
            for key, row in rows.items()
        ],
        schema_overrides={
            "published_at": pl.Datetime("us", "UTC"),
            "captured_at": pl.Datetime("us", "UTC"),
            **dict.fromkeys(("url", "outlet", "agency"), pl.String),
        },
    )
    names = [name for name in known.columns if name in plain.columns and name != "article_id"]
    return link_articles(plain.drop(names).join(known, on="article_id"), sketches, SETTINGS)


def read_tree(links) -> dict[str, tuple[str, str, str, str]]:
    columns = ("original_id", "relation", "order_basis", "kind")
    return {r["article_id"]: tuple(r[c] for c in columns) for r in links.copies.iter_rows(named=True)}


def first_kinds(links) -> dict[str, str]:
    return dict(links.articles.select("article_id", "copy_kind").iter_rows())


def test_the_hour_tells_the_first_of_a_day(texts) -> None:
    rows = {"a": {"published_at": at(15)}, "b": {"published_at": at(9, 30)}, "z": {"published_at": at(8)}}
    links = link_rows(rows, {"a": texts["edited"], "b": texts["cut"], "z": texts["ferry"]})
    assert read_tree(links) == {
        "a": ("z", "republished", "published_at", "near"),
        "b": ("z", "republished", "published_at", "near"),
    }
    assert first_kinds(links) == {"a": "near", "b": "near", "z": "original"}


def test_nobody_is_the_first_where_only_a_day_is_shared(texts) -> None:
    links = link_rows({"a": {}, "b": {}}, {"a": texts["ferry"], "b": texts["edited"]})
    assert read_tree(links) == {"b": ("a", "republished", "unknown", "near")}
    assert first_kinds(links) == {"a": "unordered", "b": "near"}


def test_a_copy_hangs_on_the_nearest_earlier_article(texts) -> None:
    edited = texts["edited"]
    bodies = {
        "a": texts["ferry"],
        "b": edited,
        "c": edited.replace("500 crowns", "900 crowns"),
        "d": texts["translated"],
    }
    links = link_rows({key: {"published_at": at(8 + place)} for place, key in enumerate("abcd")}, bodies)
    parents = {key: row[0] for key, row in read_tree(links).items()}
    assert (parents["b"], parents["c"]) == ("a", "b")
    assert read_tree(links)["d"][1:] == ("rewritten", "published_at", "rewritten")
    assert set(links.articles["copy_group"]) == {"a"}


def test_who_is_credited_was_first(texts) -> None:
    bodies = {"a": texts["edited"] + "\n\nThis story was first published in the Velmora Post.", "b": texts["ferry"]}
    links = link_rows({"a": {"outlet": "Sarn Mail"}, "b": {"outlet": "The Velmora Post"}}, bodies)
    assert read_tree(links) == {"a": ("b", "republished", "credit", "near")}
    assert first_kinds(links)["b"] == "original"


@pytest.mark.parametrize(("credit", "known"), [("", ["z"]), (" Dahl told the Cliff Blog more.", [])])
def test_the_first_of_a_chain_of_credits_is_known_unless_it_is_a_circle(texts, credit: str, known: list[str]) -> None:
    ferry = texts["ferry"]
    bodies = {"a": f"{ferry} (via the Sarn Mail)", "b": f"{ferry} Source: Velmora Post", "z": ferry + credit}
    rows = {"a": {"outlet": "Cliff Blog"}, "b": {"outlet": "Sarn Mail"}, "z": {"outlet": "The Velmora Post"}}
    kinds = first_kinds(link_rows(rows, bodies))
    assert [key for key, kind in kinds.items() if kind == "original"] == known


def test_two_papers_with_one_agency_have_a_common_source(texts) -> None:
    rows = {"a": {"agency": "Reuters"}, "b": {"agency": "Reuters"}}
    links = link_rows(rows, {"a": texts["ferry"], "b": texts["edited"]})
    assert read_tree(links)["b"][1:3] == ("common_source", "unknown")


def test_a_copy_of_an_agency_is_a_wire_copy(texts) -> None:
    rows = {"a": {"agency": "Reuters"}, "b": {"outlet": "Reuters", "agency": "Reuters"}}
    links = link_rows(rows, {"a": texts["ferry"], "b": texts["edited"]})
    assert read_tree(links) == {"a": ("b", "wire", "credit", "near")}


def test_an_older_state_of_an_address_is_no_copy_of_a_later_one(texts) -> None:
    rows = {
        "a": {"published_at": at(15), "url": "http://www.p.example/1/", "outlet": "P"},
        "b": {"published_at": at(10), "url": "https://q.example/2", "outlet": "Q"},
        "c": {"published_at": at(8), "url": "https://p.example/1", "outlet": "P"},
        "d": {"published_at": at(16), "url": "https://q.example/2", "outlet": "Q"},
    }
    longer = texts["ferry"] + "\n\n" + texts["cabbage"].split(". ")[0] + "."
    bodies = {"a": longer, "b": texts["ferry"], "c": texts["ferry"], "d": texts["edited"]}
    links = link_rows(rows, bodies)
    assert {key: row[:2] for key, row in read_tree(links).items()} == {
        "a": ("c", "revision"),
        "b": ("c", "republished"),
        "d": ("c", "republished"),
    }
    assert first_kinds(links) == {"a": "revision", "b": "exact", "c": "original", "d": "near"}


def test_a_text_that_lost_an_introduction_was_cut(texts) -> None:
    cut = "\n\n".join(texts["ferry"].split("\n\n")[2:])
    full = "\n\n".join([texts["ferry"], f"“We are grateful,” Farrow told the divers. {cut}"])
    bodies = {"a": f"“We are grateful,” Farrow told the divers. {cut}", "b": full}
    people = {"a": {"people": ["Farrow"]}, "b": {"people": ["Lena Farrow", "Henrik Dahl"]}}
    assert read_tree(link_rows(people, bodies))["a"][:3] == ("b", "republished", "containment")
    named = {"a": {"people": ["Lena Farrow"]}, "b": people["b"]}
    assert read_tree(link_rows(named, bodies))["b"][2] == "unknown"


@pytest.mark.parametrize(
    ("rows", "origins"),
    [
        pytest.param([{}, {}, {}], 3, id="own reports"),
        pytest.param([{"agency": "Reuters"}, {"agency": "Reuters"}, {}], 2, id="one agency"),
        pytest.param([{"credited": ["outletc"]}, {}, {}], 2, id="one credits another"),
        pytest.param(
            [{"url": "https://p.example/1"}, {"url": "http://www.p.example/1/"}, {}], 2, id="two states of a page"
        ),
        pytest.param([{"credited": ["lenafarrow"]}, {"credited": ["lenafarrow"]}, {}], 3, id="one person quoted"),
    ],
)
def test_articles_that_credit_one_source_are_one_origin(texts, rows: list[dict], origins: int) -> None:
    bodies = {"a": texts["ferry"], "b": texts["other_report"], "c": third_report(texts)}
    links = link_rows(dict(zip("abc", rows, strict=True)), bodies)
    assert links.articles["story_id"].n_unique() == 1
    assert links.articles["origin_id"].n_unique() == origins


def third_report(texts: dict[str, str]) -> str:
    """A report of the event that shares sentences with the others, and is no copy of either."""
    first, second = texts["ferry"].split("\n\n"), texts["other_report"].split("\n\n")
    return "\n\n".join(
        [first[1][:160], second[1], "Divers found the wheelhouse of the Morning Star flooded to the roof."]
    )
