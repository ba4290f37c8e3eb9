"""JSON-LD as a graph: references, damage, and the node that is this page."""

import json

import pytest

from quotidian.tasks.ingest.json_ld import load_json
from quotidian.tasks.ingest.page_metadata import read_metadata

HEADLINE = "Ferry to the islands stops for the winter"
OTHER = {"@type": "NewsArticle", "headline": "Bakers ask for cheaper flour", "author": {"name": "Cal Otter"}}
OWN = {"@type": "NewsArticle", "headline": HEADLINE, "author": {"@type": "Person", "name": "Ida Marsh"}}
ADDRESS = "https://gazette.example/ferry"


def page(*values: object, head: str = "") -> str:
    scripts = "".join(f'<script type="application/ld+json">{json.dumps(value)}</script>' for value in values)
    return (
        f'<html><head><meta property="og:title" content="{HEADLINE}"><link rel="canonical" href="{ADDRESS}">{head}'
        f"{scripts}</head><body><p>Words</p></body></html>"
    )


def told(html: str, field: str) -> list[str]:
    """What JSON-LD tells of a field."""
    return [fact.value for fact in read_metadata(html) if (fact.field, fact.origin) == (field, "json_ld")]


@pytest.mark.parametrize(
    "values",
    [
        ([OTHER, OWN],),
        ({"@graph": [OTHER, OWN]},),
        (OTHER, OWN),
        ([OTHER | {"url": ADDRESS + "2"}, OWN | {"headline": "Islands cut off", "mainEntityOfPage": ADDRESS}],),
        ({"@type": "WebPage", "mainEntity": OWN, "hasPart": [OTHER]},),
    ],
    ids=["array", "graph", "scripts", "address", "main entity"],
)
def test_the_node_of_this_page_comes_before_others(values) -> None:
    assert told(page(*values), "byline") == ["Ida Marsh"]


def test_a_story_beside_this_one_tells_nothing_of_it() -> None:
    assert told(page(OTHER | {"url": "https://gazette.example/flour"}), "byline") == []


@pytest.mark.parametrize(
    "author",
    [
        {"@id": "#ida"},
        "#ida",
        [[{"name": "Ida Marsh"}]],
        [{"@id": "#ida"}, {"@id": "#ida"}],
        {"givenName": "Ida", "familyName": "Marsh"},
        {"name": ["Ida Marsh"]},
        {"@list": [{"name": "Ida Marsh"}]},
        {"name": {"@type": "Person", "name": "Ida Marsh"}},
        {"0": {"name": "Ida Marsh"}},
        {"@type": "Role", "roleName": "Reporter", "author": {"name": "Ida Marsh"}},
        {"@type": "Person", "@id": "#ida"},
    ],
    ids=[
        "id",
        "text",
        "lists in lists",
        "twice",
        "parts",
        "list of names",
        "marked list",
        "name in name",
        "numbered",
        "role",
        "typed id",
    ],
)
def test_authors_are_found_in_every_shape(author) -> None:
    graph = {"@graph": [{"@type": "Person", "@id": "#ida", "name": "Ida Marsh"}, OWN | {"author": author}]}
    assert told(page(graph), "byline") == ["Ida Marsh"]


def test_an_organisation_is_no_author() -> None:
    own = OWN | {"author": [{"@type": "NewsMediaOrganization", "name": "Reuters"}, {"name": "Ida Marsh"}]}
    assert (told(page(own), "byline"), told(page(own), "agency")) == (["Ida Marsh"], ["Reuters"])


@pytest.mark.parametrize(
    "form",
    ["%s;", "//<![CDATA[\n%s\n//]]>", "<!-- %s -->", "/* <![CDATA[ */ %s /* ]]> */", "\n %s \n"],
)
def test_small_damage_is_mended(form: str) -> None:
    assert load_json(form % '{"a": [1, 2,], "b": "x;",}') == [{"a": [1, 2], "b": "x;"}]


@pytest.mark.parametrize(
    "form",
    [
        "// made by hand\n%s",
        "/* made by hand */ %s",
        "<!--//--><![CDATA[//><!--\n%s\n//--><!]]>",
        "var page = %s;",
        "\ufeff%s",
        "%s }",
    ],
    ids=["line comment", "comment", "old wrapping", "assignment", "mark", "bracket too many"],
)
def test_what_stands_around_values_is_passed_over(form: str) -> None:
    assert load_json(form % '{"a": [1, {"b": "x // y"}]}') == [{"a": [1, {"b": "x // y"}]}]


def test_bare_names_are_names() -> None:
    assert load_json('{a: "x, y: z", b: ["p"], "c": 1}') == [{"a": "x, y: z", "b": ["p"], "c": 1}]


def test_names_in_full_are_the_short_ones() -> None:
    named = {"@type": "schema:NewsArticle", "schema:headline": OWN["headline"], "http://schema.org/author": "Ida Marsh"}
    assert told(page(named), "byline") == ["Ida Marsh"]


def test_a_title_of_a_letter_speaks_against_no_headline() -> None:
    html = f'<html><head><title>x</title><script type=" application/LD+json ">{json.dumps(OWN | {"author": "Ida Marsh"})}</script></head></html>'
    assert told(html, "byline") == ["Ida Marsh"]


def test_values_that_stand_behind_each_other_are_all_read() -> None:
    assert load_json('{"a": 1}\n{"b": 2}') == [{"a": 1}, {"b": 2}]


def test_the_page_and_its_breadcrumb_tell_day_and_section() -> None:
    crumbs = [{"position": i, "name": name} for i, name in enumerate(["Home", "Transport", HEADLINE])]
    graph = {
        "@graph": [
            {"@type": "WebPage", "url": ADDRESS, "datePublished": "2023-11-02", "name": HEADLINE},
            {"@type": "BreadcrumbList", "itemListElement": crumbs},
        ]
    }
    assert (told(page(graph), "published"), told(page(graph), "section")) == (["2023-11-02"], ["Transport"])
