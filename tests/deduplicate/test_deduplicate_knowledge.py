"""Lists that people bring: read and checked, and matched to entities where one alone fits."""

import json
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from quotidian.tasks.deduplicate.entities.listed import EFFECTS, LISTED, match_lists
from quotidian.tasks.deduplicate.knowledge import KnowledgeError, check_knowledge, find_lists, read_list

HEAD = "id,name,aliases,type,country,start_date,end_date,scheme\n"
TYPES = {"entity_id": pl.String, "name": pl.String, "type": pl.String, "country": pl.String, "is_ambiguous": pl.Boolean}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def match(folder: Path, *entities: tuple, told: str | None = "Kenya", day: date | None = None, **taken):
    """Matched ids and effects of entities (name, type, country, is_ambiguous), each in an article of its own that names `told`."""
    rows = [(f"e{i}", *one, *(None, False)[len(one) - 2 :]) for i, one in enumerate(entities)]
    frame = pl.DataFrame(rows, schema=TYPES, orient="row")
    names = [(f"a{i}", 0, row[1].partition(" (")[0], 2) for i, row in enumerate(rows)]
    names += [(f"a{i}", 1, told, 1) for i in range(len(rows)) if told]
    schema = ["article_id", "entity_index", "name", "mention_count"]
    local = pl.DataFrame(names, schema=schema, orient="row")
    ids = [f"e{row[0][1:]}" if row[1] == 0 else "e_told" for row in names]
    links = local.select("article_id", "entity_index", entity_id=pl.Series(ids))
    days = pl.DataFrame(
        [(f"a{i}", day) for i in range(len(rows))], {"article_id": pl.String, "published_date": pl.Date}, orient="row"
    )
    listed, effects = match_lists(folder, frame, local, links, days, **taken)
    assert listed.schema == pl.Schema(LISTED)
    assert effects.schema == pl.Schema(EFFECTS)
    return listed.rows(), effects.select("line", "has_effect", "detail").rows()


def write(folder: Path, *lines: str, name: str = "desk.csv") -> Path:
    (folder / name).write_text(HEAD + "".join(f"{line}\n" for line in lines), encoding="utf-8")
    return folder


def test_no_folder_knows_nothing(tmp_path: Path) -> None:
    assert find_lists(None) == find_lists(tmp_path / "nowhere") == find_lists(tmp_path) == []
    assert match(tmp_path, ("Ann Otieno", "PERSON")) == ([], [])


def test_a_table_is_read(folder) -> None:
    (folder / "desk.csv").write_text(
        '\ufeffid;name;aliases;type;country\n7; Ann Otieno ;"A. Otieno;Annie Otieno";Person;ke\n'
    )
    (one,) = read_list(folder / "desk.csv")
    assert (one.place, one.scheme, one.id, one.name) == ("desk.csv line 2", "desk", "7", "Ann Otieno")
    assert (one.aliases, one.kinds, one.countries) == (("A. Otieno", "Annie Otieno"), ("person",), ("KE",))


def test_entities_of_follow_the_money_are_read(folder) -> None:
    ann = {
        "name": ["Ann Otieno", "Annie Otieno"],
        "alias": ["A. Otieno"],
        "citizenship": ["ke", "suhh"],
        "birthDate": ["1961-08"],
    }
    lines = [
        {"id": "Q1", "schema": "Person", "properties": ann, "datasets": ["x"]},
        {"id": "o", "schema": "Ownership", "properties": {"owner": ["Q1"]}},
        {"id": "n", "schema": "Company", "properties": {}},
    ]
    path = folder / "people.ftm.json"
    path.write_text("\n".join(map(json.dumps, lines)) + "\n\n")
    (one,) = read_list(path)
    assert (one.line, one.scheme, one.id, one.countries, one.start_date) == (
        1,
        "people",
        "Q1",
        ("KE",),
        date(1961, 8, 1),
    )
    assert (one.name, one.aliases) == ("Ann Otieno", ("Annie Otieno", "A. Otieno"))


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("desk.xlsx", "x", r"desk\.xlsx is no list: save it as CSV"),
        ("my list.csv", "id,name\n", r"my list\.csv cannot name a register"),
        ("desk.csv", "", "lacks the column id"),
        ("desk.csv", "id\n1\n", "lacks the column name"),
        ("desk.csv", "id,name\n1,\n", "line 2 has no name"),
        ("desk.csv", "id,name\n1,Otieno, Ann\n", "line 2 has more values than columns"),
        ("desk.csv", "id,name\n1,a\n1,b\n", "line 3 has the id of line 2"),
        ("desk.csv", "id,name,type\n1,a,ship\n", "line 2 has the type ship: write person"),
        ("desk.csv", "id,name,country\n1,a,Kenya\n", "line 2 has the country KENYA: write its two letters"),
        ("desk.csv", "id,name,start_date\n1,a,1961-13\n", "line 2 has the start_date 1961-13: write it as 1961"),
        ("desk.csv", "id,name,scheme\n1,a,a b\n", "line 2 has the scheme a b"),
        ("desk.json", "[\n", "line 1 is no JSON object"),
        ("desk.jsonl", '{"id": "1", "schema": "Person"}', "line 1 has no properties"),
    ],
    ids=[
        "kind",
        "register",
        "empty",
        "column",
        "value",
        "more",
        "twice",
        "type",
        "country",
        "day",
        "scheme",
        "json",
        "ftm",
    ],
)
def test_a_mistake_is_said_in_one_sentence(folder, name, text, message) -> None:
    (folder / name).write_text(text, encoding="utf-8")
    with pytest.raises(KnowledgeError, match=message):
        check_knowledge(folder)


def test_words_beside_lists_are_no_list(folder) -> None:
    (folder / "README.md").write_text("whence they are")
    check_knowledge(write(folder, "1,Ann Otieno,,,,,,"))


@pytest.mark.parametrize(
    ("line", "entity", "score"),
    [
        ("1,Ann Otieno,,person,KE,,,", ("Ann Otieno", "PERSON"), 1.0),
        ("1,Anna Otieno,Ann Otieno,person,KE,,,", ("Ann Otieno", "PERSON"), 0.9),
        ("1,Ann Otieno,,,,,,", ("Ann Otieno", "PERSON"), 0.81),
        ("1,Otieno,,person,KE,,,", ("Otieno", "PERSON"), 0.8),
        ("1,Harbour Works Ltd,,organisation,KE,,,", ("Harbour Works", "ORG"), 1.0),
        ("1,Supreme Court of Kenya,,organisation,KE,,,", ("Supreme Court (Kenya)", "ORG", "KE"), 1.0),
        ("1,Supreme Court,,organisation,KE,,,", ("Supreme Court (Kenya)", "ORG", "KE"), 1.0),
        ("1,Ann Otieno,,person,KE,1961,1990,", ("Ann Otieno", "PERSON"), 0.85),
    ],
    ids=["all", "alias", "name alone", "bare name", "legal form", "institution", "generic", "ended"],
)
def test_a_line_gives_its_id_with_a_score(folder, line, entity, score) -> None:
    listed, effects = match(write(folder, line), entity, day=date(2023, 6, 1))
    assert listed == [("e0", "desk", "1", score)]
    assert effects == [(2, True, "id given")]


@pytest.mark.parametrize(
    ("line", "entity", "detail"),
    [
        ("1,Ann Otieno,,person,KE,,,", ("Ann Otieno", "ORG"), "no article has its names"),
        ("1,Ann Otieno,,person,KE,,,", ("Ann Otieno", "PERSON", None, True), "no article has its names"),
        ("1,Ann Otieno,Otieno,person,KE,,,", ("Otieno", "PERSON"), "no article has its names"),
        ("1,Supreme Court,,organisation,,,,", ("Supreme Court", "ORG"), "no article has its names"),
        ("1,Ann Otieno,,person,NO,,,", ("Ann Otieno", "PERSON"), "its articles speak against it"),
        ("1,Ann Otieno,,person,KE,2024,,", ("Ann Otieno", "PERSON"), "its articles speak against it"),
    ],
    ids=["type", "ambiguous", "bare alias", "any country's", "country", "born later"],
)
def test_what_does_not_fit_gives_none(folder, line, entity, detail) -> None:
    listed, effects = match(write(folder, line), entity, day=date(2023, 6, 1))
    assert listed == []
    assert effects == [(None if detail.startswith("no") else 2, False, detail)]


def test_two_lines_of_one_name_give_none_unless_countries_tell(folder) -> None:
    same = write(folder, "1,Ann Otieno,,person,KE,,,", "2,Ann Otieno,,person,KE,,,")
    assert match(same, ("Ann Otieno", "PERSON"))[0] == []
    apart = write(folder, "1,Ann Otieno,,person,KE,,,", "2,Ann Otieno,,person,NO,,,")
    assert match(apart, ("Ann Otieno", "PERSON"))[0] == [("e0", "desk", "1", 1.0)]


def test_namesakes_get_none(folder) -> None:
    listed, effects = match(
        write(folder, "1,Ann Otieno,,person,KE,,,"), ("Ann Otieno", "PERSON"), ("Ann Otieno", "PERSON")
    )
    assert (listed, effects) == ([], [(2, False, "another entity bears the name")])


def test_one_person_is_one_entity_and_an_organisation_may_have_two_names(folder) -> None:
    people = write(folder, "1,Ann Otieno,Annie Otieno,person,KE,,,")
    assert match(people, ("Ann Otieno", "PERSON"), ("Annie Otieno", "PERSON"))[0] == [("e0", "desk", "1", 1.0)]
    works = write(folder, "1,Harbour Works,HWK,organisation,KE,,,")
    assert match(works, ("Harbour Works", "ORG"), ("HWK", "ORG"))[0] == [
        ("e0", "desk", "1", 1.0),
        ("e1", "desk", "1", 0.9),
    ]


def test_a_scheme_of_its_own_and_an_id_that_is_there(folder) -> None:
    lists = write(folder, "Q9,Ann Otieno,,person,KE,,,wikidata")
    assert match(lists, ("Ann Otieno", "PERSON"))[0] == [("e0", "wikidata", "Q9", 1.0)]
    taken = frozenset([("e0", "wikidata")])
    listed, effects = match(lists, ("Ann Otieno", "PERSON"), taken=taken)
    assert (listed, effects) == ([], [(2, False, "its entity has an id there already")])


def test_lines_that_no_article_has_are_counted(folder) -> None:
    lists = write(folder, "1,Ann Otieno,,person,KE,,,", "2,Bo Lund,,,,,,")
    frames = match_lists(lists, *empty_frames())
    assert frames[1].rows() == [("desk.csv", 2, None, False, "no article has its names")]


def empty_frames() -> tuple[pl.DataFrame, ...]:
    names = {"article_id": pl.String, "entity_index": pl.Int32, "name": pl.String, "mention_count": pl.Int64}
    links = {"article_id": pl.String, "entity_index": pl.Int32, "entity_id": pl.String}
    days = {"article_id": pl.String, "published_date": pl.Date}
    return tuple(pl.DataFrame(schema=schema) for schema in (TYPES, names, links, days))
