"""What the fields of a record say, and what identifies it."""

import json

import pytest

from quotidian.tasks.ingest.addresses import absolute_url
from quotidian.tasks.ingest.raw_text import read_article
from quotidian.tasks.ingest.record_facts import list_facts
from quotidian.tasks.ingest.records import parse_record, read_words
from quotidian.tasks.ingest.settings import IngestSettings


def told(record: dict, **settings: object) -> list[tuple]:
    return [(f.field, f.key, f.value, f.problem) for f in list_facts(record, IngestSettings(**settings))]


@pytest.mark.parametrize(
    "name",
    [
        "published_date",
        "datePublished",
        "Publish Date",
        "pubDate",
        "timestamp",
        "publishedAt",
        "article:published_at",
        "dc:date",
    ],
)
def test_usual_names_are_known_however_they_are_spelled(name: str) -> None:
    assert told({name: "2023-05-03"}) == [("published", name, "2023-05-03", None)]


def test_all_fields_that_tell_something_stand_the_first_of_the_settings_first() -> None:
    found = told({"date": "2023-05-04", "published": "2023-05-03"})
    assert [value for _, _, value, _ in found] == ["2023-05-03", "2023-05-04"]


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (["Ida", "Bo"], "Ida, Bo"),
        ("['Ida', 'Bo']", "Ida, Bo"),
        ('["Ida", "Bo"]', "Ida, Bo"),
        ([{"name": "Ida"}, {"name": "Bo"}], "Ida, Bo"),
        ({"id": None, "name": "The Post"}, "The Post"),
        ({"rendered": "Ferry stops"}, "Ferry stops"),
        ({"first_name": "Ida", "last_name": "Marsh"}, "Ida Marsh"),
        ([{"firstName": "Ida", "lastName": "Marsh"}, {"display_name": "Bo Lind"}], "Ida Marsh, Bo Lind"),
        ({"first_name": "Ida"}, None),
        ({"$date": {"$numberLong": "1683108000000"}}, "1683108000000"),
        ({"original": "By Ida Marsh", "person": []}, "By Ida Marsh"),
        ({"$date": "2023-05-03T08:00:00Z"}, "2023-05-03T08:00:00Z"),
        ("{Ida Marsh,Bo Lind}", "Ida Marsh, Bo Lind"),
        ('{"Marsh, Ida",Bo}', "Marsh, Ida, Bo"),
        ("{sic}: a title", "{sic}: a title"),
        (7, "7"),
        ("[sic] a title", "[sic] a title"),
        ("nan", None),
        ("None", None),
        (" ", None),
        (None, None),
        ([], None),
        ("[]", None),
        ([None, "nan"], None),
        ("None, None", None),
        ([["Ida"], ["Bo"]], "Ida, Bo"),
        (True, None),
        ({"score": 1}, None),
    ],
)
def test_values_of_every_shape_have_words_or_none(value: object, words: str | None) -> None:
    assert read_words(value) == words


def test_what_is_no_words_is_told() -> None:
    record = {"title": {"score": 1}, "author": None, "source": [], "link": "/news/101"}
    assert told(record) == [
        ("url", "link", "/news/101", "no_address"),
        ("title", "title", '{"score": 1}', "value_unreadable"),
    ]


def test_not_a_number_is_no_value() -> None:
    assert parse_record(b'{"title": NaN, "outlet": -Infinity}') == {"title": None, "outlet": None}


@pytest.mark.parametrize(
    "url",
    ["/news/101", "#", "N/A", "article.php?id=5", "www.g.example/a", "mailto:a@g.example", "https://", "", "http://[x"],
)
def test_only_an_absolute_address_names_a_page(url: str) -> None:
    assert absolute_url(url) is None
    assert absolute_url("HTTPS://G.example/a#top") == "https://g.example/a"


def test_no_setting_changes_what_identifies_a_record(read_file) -> None:
    record = json.dumps({"text": "News.", "id": 7, "permalink": "https://g.example/a", "Story": "More.", "link": "#"})
    plain = read_file("a.jsonl", record)
    named = read_file("a.jsonl", record, url_fields=("permalink",), id_fields=("permalink",), text_fields=("Story",))
    assert plain == named
    assert (plain[0].url, plain[0].record_id) == (None, "7")


def test_columns_are_stored_alike_whatever_settings_name(read_file) -> None:
    table = "Title,Story\nHead,News of the day\n"
    assert read_file("a.csv", table) == read_file("a.csv", table, text_fields=("STORY",))


def test_json_lines_in_utf_16_are_read(read_file, text_of) -> None:
    lines = "".join(f"{json.dumps({'text': f'Nummer {n} – é'}, ensure_ascii=False)}\r\n" for n in range(2_000))
    for name in ("a.jsonl", "a.txt"):
        assert [text_of(i) for i in read_file(name, lines.encode("utf-16"))] == [
            f"Nummer {n} – é" for n in range(2_000)
        ]


def test_a_json_array_in_utf_16_is_read(read_file, text_of) -> None:
    document = json.dumps([{"text": "One – é"}, {"text": "Two"}], ensure_ascii=False)
    assert [text_of(i) for i in read_file("a.json", document.encode("utf-16"))] == ["One – é", "Two"]


@pytest.mark.parametrize("name", ["_source", "node", "attributes", "fields"])
def test_fields_in_an_envelope_are_the_records_own(name: str) -> None:
    record = parse_record(json.dumps({name: {"title": "Ferry", "id": "inner"}, "id": "own", "date": ""}).encode())
    assert record == {"title": "Ferry", "id": "own", "date": ""}
    assert parse_record(json.dumps({name: "words"}).encode()) == {name: "words"}


def test_a_page_in_a_record_tells_what_the_record_does_not(sentence) -> None:
    html = f"<html><head><title>Ferry stops</title><meta name='author' content='Ida Marsh'></head><body><h1>Ferry stops</h1><p>{sentence}</p><p>{sentence}</p></body></html>"
    payload = json.dumps({"html": html, "author": "Bo Lind"}).encode()
    article = read_article(payload, "application/json", IngestSettings())
    assert [fact.value for fact in article.metadata if fact.field == "byline"] == ["Bo Lind", "Ida Marsh"]
    assert "Ferry stops" in [fact.value for fact in article.metadata if fact.field == "title"]
    assert sentence in article.text
