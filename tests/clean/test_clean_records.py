"""A record's meaning is decided when it is cleaned, from its bytes and the settings, never when it came in."""

import json
import re
from datetime import date
from pathlib import Path

import pytest

from quotidian.tasks.clean.row import clean_input
from quotidian.tasks.clean.settings import CleanSettings
from quotidian.tasks.ingest.archive import append_new, archive_folder
from quotidian.tasks.ingest.settings import IngestSettings
from quotidian.tasks.ingest.sources import read_sources

STORY = (
    "The company that runs the boats to the islands said on Friday that ice had come early this year. "
    "Its crews will be back in the harbour by the end of March, and the school has found beds for the children."
)
RECORDS = [
    {"id": n, "ref": f"r{n}", "text": f"Report {n}. {STORY}", "lead": f"Lead {n}. {STORY}", "day": f"2023-05-0{n}"}
    | {"date": "2020-01-01", "title": "Own", "kicker": f"Kicker {n}", "permalink": f"https://g.example/{n}"}
    | {"url": f"https://h.example/{n}", "desk": "Coast"}
    for n in range(1, 7)
] + [{"id": 9, "lead": f"Lead alone. {STORY}", "permalink": "/9"}]
CHANGED = IngestSettings(
    text_fields=("lead",),
    title_fields=("kicker",),
    published_fields=("day",),
    url_fields=("permalink",),
    section_fields=("desk",),
    id_fields=("ref",),
)


def archive(data: Path, records: list[dict], settings: IngestSettings) -> None:
    source = data / "in" / "records.jsonl"
    source.parent.mkdir(parents=True, exist_ok=True)
    source.write_text("".join(f"{json.dumps(record)}\n" for record in records))
    append_new(archive_folder(data), read_sources([source], settings))


def clean(data: Path, settings: IngestSettings) -> list[dict]:
    rows = archive_folder(data).scan().collect().sort("input_id").iter_rows(named=True)
    return [clean_input(row, CleanSettings(), settings) for row in rows]


def test_changed_settings_change_all_that_is_archived_alike(tmp_path: Path) -> None:
    before, fresh = tmp_path / "before", tmp_path / "fresh"
    archive(before, RECORDS[:3], IngestSettings())
    archive(before, RECORDS, CHANGED)
    archive(fresh, RECORDS, CHANGED)
    assert clean(before, CHANGED) == clean(fresh, CHANGED)
    assert clean(before, IngestSettings()) == clean(fresh, IngestSettings())


def test_lines_that_go_still_tell_whom_a_text_came_from(tmp_path: Path) -> None:
    lines = f"{STORY}\n\n(Reporting by Reuters)\n\nThis article was first published by the Velmora Post."
    archive(tmp_path, [{"id": 1, "text": lines}, {"id": 2, "text": STORY}], IngestSettings())
    rows = clean(tmp_path, IngestSettings())
    assert {(row["body"], row["sources"]) for row in rows} == {(STORY, "Reuters\nthe Velmora Post"), (STORY, None)}


def test_the_settings_say_what_the_fields_mean(tmp_path: Path) -> None:
    archive(tmp_path, RECORDS, IngestSettings())
    columns = ("record_id", "title", "section", "url")
    found = {(*(row[c] for c in columns), str(row["published_date"])) for row in clean(tmp_path, CHANGED)}
    assert ("r1", "Kicker 1", "Coast", "https://g.example/1", "2023-05-01") in found
    assert len(found) == len(RECORDS)


def test_a_record_without_text_is_a_reject_until_a_setting_names_its_field(tmp_path: Path) -> None:
    archive(tmp_path, RECORDS[-1:], IngestSettings())
    assert [row["reject_reason"] for row in clean(tmp_path, IngestSettings())] == ["no_text"]
    (row,) = clean(tmp_path, CHANGED)
    assert (row["body"], row["url"]) == (RECORDS[-1]["lead"], None)
    assert [o["problem"] for o in row["metadata"] if o["field"] == "url"] == ["no_address"]


@pytest.mark.parametrize(
    ("record", "field", "value"),
    [
        ({"title": "Council&#8217;s <b>pier</b> &amp; steps"}, "title", "Council’s pier & steps"),
        ({"title": "Council\u00e2\u20ac\u2122s pier"}, "title", "Council’s pier"),
        ({"title": "<i>Pier</i>, closed"}, "title", "Pier, closed"),
        ({"author": '<a href="/ida">Ida Marsh</a>'}, "byline", "Ida Marsh"),
        ({"source": {"id": None, "name": "The Post"}}, "outlet", "The Post"),
        ({"authors": "['Ida Marsh', 'Bo Lind']"}, "byline", "Ida Marsh, Bo Lind"),
        ({"authors": "['Ida Marsh' 'Bo Lind']"}, "byline", "Ida Marsh, Bo Lind"),
        ({"authors": "('Ida Marsh', 'Bo Lind')"}, "byline", "Ida Marsh, Bo Lind"),
        ({"authors": '{"Ida Marsh","Bo Lind"}'}, "byline", "Ida Marsh, Bo Lind"),
        ({"authors": "{'Ida Marsh', 'Bo Lind'}"}, "byline", "Ida Marsh, Bo Lind"),
        ({"authors": {"0": {"name": "Ida Marsh"}, "1": {"name": "Bo Lind"}}}, "byline", "Ida Marsh, Bo Lind"),
        ({"byline": {"person": [{"firstname": "Ida", "lastname": "Marsh"}]}}, "byline", "Ida Marsh"),
        ({"author": '{"name": "Ida Marsh"}'}, "byline", "Ida Marsh"),
        ({"author": "ida@post.example (Ida Marsh)"}, "byline", "Ida Marsh"),
        ({"author": "Ida Marsh for the Harbour Post"}, "byline", "Ida Marsh"),
        ({"author": "Ida Marsh Updated May 14, 2024"}, "byline", "Ida Marsh"),
        ({"author": "Anonymous"}, "byline", None),
        ({"author": "Unknown"}, "byline", None),
        ({"source": "{'id': None, 'name': 'The Post'}"}, "outlet", "The Post"),
        ({"title": "<![CDATA[Council pier]]>"}, "title", "Council pier"),
        ({"title": r"Council\u2019s pier"}, "title", "Council’s pier"),
        ({"title": "-"}, "title", None),
        ({"post_title": "Council pier"}, "title", "Council pier"),
        ({"publish_time": "2024-05-14"}, "published_date", date(2024, 5, 14)),
        ({"date": {"year": 2024, "month": 5, "day": 14}}, "published_date", date(2024, 5, 14)),
        ({"date": {"date": "2024-05-14 08:30:00.000000", "timezone": "UTC"}}, "published_date", date(2024, 5, 14)),
        ({"canonical": "https://post.example/1"}, "url", "https://post.example/1"),
    ],
)
def test_declared_values_are_repaired_as_bodies_are(tmp_path: Path, record: dict, field: str, value: str) -> None:
    archive(tmp_path, [{"text": STORY} | record], IngestSettings())
    (row,) = clean(tmp_path, IngestSettings())
    assert row[field] == value


PARTS = re.split(r"(?<=\.) ", STORY)


@pytest.mark.parametrize(
    "record",
    [
        {"text": PARTS},
        {"body": [{"type": "paragraph", "content": part} for part in PARTS]},
        {"content": {"blocks": [{"text": part} for part in PARTS]}},
        {"paragraphs": [{"html": part} for part in PARTS]},
        {"text": None, "story": "\n\n".join(PARTS)},
    ],
    ids=["list", "objects", "blocks", "paragraphs", "story"],
)
def test_a_text_in_parts_is_one_text(tmp_path: Path, record: dict) -> None:
    archive(tmp_path, [record], IngestSettings())
    (row,) = clean(tmp_path, IngestSettings())
    assert row["body"] == "\n\n".join(PARTS)


def test_markup_that_was_escaped_twice_is_markup(tmp_path: Path) -> None:
    escaped = "".join(f"&lt;p&gt;{part}&lt;/p&gt;" for part in PARTS)
    archive(tmp_path, [{"text": f"&lt;![CDATA[{escaped}]]&gt;"}], IngestSettings())
    (row,) = clean(tmp_path, IngestSettings())
    assert row["body"] == "\n".join(PARTS)
