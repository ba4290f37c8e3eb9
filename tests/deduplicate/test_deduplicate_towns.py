"""Which town a name of a place means: by its people, and by what its own articles name."""

import polars as pl
import pytest

from quotidian.tasks.deduplicate.entities.entities import link_entities
from quotidian.tasks.deduplicate.entities.towns import TOWN, find_towns, fold_town, read_towns
from quotidian.tasks.extract.names.countries import fold_place, read_countries
from quotidian.tasks.store.facts import read_facts

NAMES = {"article_id": pl.String, "entity_index": pl.Int32, "name": pl.String, "type": pl.String} | {
    "mention_count": pl.Int64
}


def find(*articles: list[str], type_: str = "GPE") -> tuple[str, str] | None:
    """Country or state, and basis, of the entity of the first name of every article; "Ann Lee:PERSON" is a person."""
    rows = [
        (f"a{i}", j, name.partition(":")[0], name.partition(":")[2] or "GPE", 1)
        for i, names in enumerate(articles)
        for j, name in enumerate(names)
    ]
    names = pl.DataFrame(rows, schema=NAMES, orient="row")
    ids = [f"e{i}_{j}" if j else "e" for i, article in enumerate(articles) for j in range(len(article))]
    links = names.select("article_id", "entity_index", entity_id=pl.Series(ids))
    entities = pl.DataFrame(
        [(e, type_ if e == "e" else "GPE") for e in dict.fromkeys(ids)], ["entity_id", "type"], orient="row"
    )
    found = find_towns(names, links, entities)
    assert found.schema == pl.Schema(TOWN)
    town = found.filter(entity_id="e").join(read_towns().unique("geonames"), on="geonames")
    return next(
        ((state or country, basis) for country, state, basis in town.select("country", "state", "basis").iter_rows()),
        None,
    )


@pytest.mark.parametrize(
    ("articles", "town"),
    [
        ([["Nairobi"]], ("KE", "name")),
        ([["NAIROBI", "Kenya"]], ("KE", "name")),
        ([["Bogota", "Colombia"]], ("CO", "name")),
        ([["Łódź"]], ("PL", "name")),
        ([["Odessa", "Ukraine", "Russia"]], ("UA", "country")),
        ([["Paris", "Germany"]], ("FR", "size")),
        ([["St. Petersburg", "Russia"]], ("RU", "size")),
        ([["Birmingham", "England", "Britain"]], ("GB", "country")),
        ([["Columbus", "Ohio", "United States"]], ("Ohio", "country")),
        ([["Cádiz", "Sevilla"]], ("ES", "country")),
        ([["Washington, D.C."]], ("District of Columbia", "name")),
    ],
    ids=[
        "one",
        "capitals",
        "accents",
        "letters",
        "also",
        "size",
        "saint",
        "country",
        "state",
        "spelling",
        "district",
    ],
)
def test_a_town_is_told(articles, town) -> None:
    assert find(*articles) == town


@pytest.mark.parametrize(
    "article",
    [
        ["Birmingham", "United States", "Britain"],
        ["Paris", "Texas"],
        ["London", "Ontario", "Canada"],
        ["Washington", "United States"],
        ["New York", "United States"],
        ["Georgia", "Russia"],
        ["Springfield", "United States"],
        ["Charlotte", "Kenya"],
        ["Lincoln", "Nebraska", "Jane Lincoln:PERSON"],
        ["East London", "Britain"],
        ["Surrey", "Britain"],
        ["Surrey"],
        ["Rivertown"],
    ],
    ids=[
        "both",
        "small one",
        "province",
        "government",
        "state too",
        "state",
        "many",
        "given",
        "person",
        "part",
        "county",
        "county alone",
        "unknown",
    ],
)
def test_a_town_is_not_guessed(article) -> None:
    assert find(article) is None


@pytest.mark.parametrize("type_", ["PERSON", "ORG"])
def test_what_is_no_place_is_no_town(type_) -> None:
    assert find(["Nairobi", "Kenya"], type_=type_) is None


def test_articles_that_mean_different_towns_tell_none() -> None:
    british, american = ["Birmingham", "Britain"], ["Birmingham", "Alabama", "United States"]
    assert find(british)[0] == "GB"
    assert find(american)[0] == "Alabama"
    assert find(british, american) is None


def test_other_articles_change_nothing() -> None:
    alone = find(["Birmingham", "Britain"])
    names = [("a0", 0, "Birmingham"), ("a0", 1, "Britain"), ("a1", 0, "Alabama"), ("a1", 1, "United States")]
    frame = pl.DataFrame([(*row, "GPE", 1) for row in names], schema=NAMES, orient="row")
    links = frame.select("article_id", "entity_index", entity_id="name")
    entities = frame.select(entity_id="name", type="type").unique()
    both = find_towns(frame, links, entities).filter(entity_id="Birmingham")
    assert alone == ("GB", both["basis"].item())


def test_the_list_has_each_town_once_and_no_country() -> None:
    rows = read_facts("towns")
    assert len({row["geonames"] for row in rows}) == len(rows) > 6000
    names = {name for row in rows for name in (row["name"], *filter(None, row["other_names"].split(";")))}
    kinds = {read_countries().get(fold_place(name), ("", ""))[1] for name in names}
    assert kinds <= {"", "town", "sign"}
    assert all(map(fold_town, names))


@pytest.mark.parametrize(
    ("articles", "names"),
    [
        ([["San José", "Costa Rica"], ["San Jose", "California"]], ["San José (Costa Rica)", "San Jose"]),
        ([["Newcastle", "England", "Britain"], ["Newcastle", "Sydney"]], ["Newcastle (United Kingdom)", "Newcastle"]),
        ([["Valencia", "Spain", "Madrid"], ["Valencia", "Venezuela"]], ["Valencia (Spain)", "Valencia"]),
        ([["Tripoli", "Lebanon", "Libya"], ["Tripoli", "Libya"]], ["Tripoli", "Tripoli"]),
        ([["Oxford", "United States", "Ohio"], ["Oxford", "England"]], ["Oxford", "Oxford"]),
        ([["London", "Canada", "Ottawa"], ["London", "Britain"]], ["London", "London"]),
    ],
    ids=["far smaller", "not told", "as large", "both told", "in passing", "much larger"],
)
def test_a_town_is_not_its_larger_namesake_where_its_article_is_of_another_country(articles, names):
    rows = [
        (f"a{i}", j, name, "GPE", 1, [name]) for i, article in enumerate(articles) for j, name in enumerate(article)
    ]
    local = pl.DataFrame(rows, schema=NAMES | {"aliases": pl.List(pl.String)}, orient="row")
    stories = [f"a{i}" for i in range(len(articles))]
    found = link_entities(local, pl.DataFrame({"article_id": stories, "story_id": stories}))
    first = found.links.filter(entity_index=0).join(found.entities, on="entity_id").sort("article_id")
    assert first["name"].to_list() == names
