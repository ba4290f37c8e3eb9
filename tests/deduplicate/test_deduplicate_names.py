import polars as pl
import pytest
from polars.testing import assert_frame_equal

from quotidian.tasks.deduplicate.corrections import Correction, Corrections
from quotidian.tasks.deduplicate.entities.entities import choose_name, link_entities
from quotidian.tasks.deduplicate.entities.names import name_key, strip_initials

LOCAL = {
    "article_id": pl.String,
    "entity_index": pl.Int32,
    "name": pl.String,
    "type": pl.String,
    "mention_count": pl.Int64,
    "aliases": pl.List(pl.String),
}


def make_local(rows: list[tuple]) -> pl.DataFrame:
    """Rows of (article_id, name, type, other aliases...)."""
    placed: dict[str, int] = {}
    data = []
    for article, name, type_, *aliases in rows:
        placed[article] = placed.get(article, -1) + 1
        data.append((article, placed[article], name, type_, 1 + len(aliases), [name, *aliases]))
    return pl.DataFrame(data, schema=LOCAL, orient="row")


def link(rows, stories=None, corrections=None):
    """Groups of (article_id, name) that are one entity, and the frames."""
    local = make_local(rows)
    stories = stories or {}
    articles = local["article_id"].unique(maintain_order=True).to_list()
    linked = pl.DataFrame({"article_id": articles, "story_id": [stories.get(a, "one") for a in articles]})
    found = link_entities(local, linked, corrections or Corrections())
    joined = local.join(found.links, on=["article_id", "entity_index"])
    groups = joined.group_by("entity_id").agg(pl.concat_str("article_id", pl.lit(":"), "name").sort())
    return {frozenset(names) for names in groups["article_id"]}, found


@pytest.mark.parametrize(
    "names",
    [
        ["the US", "U.S.", "US", "United States", "United States of America", "America", "U. S.", "USA"],
        ["State Department", "U.S. State Department", "US Department of State", "the Department of State"],
        ["Ministry of Foreign Affairs", "the Foreign Affairs Ministry", "Foreign Ministry"],
        ["Foreign Ministry of Kenya", "Ministry of Foreign Affairs of Kenya"],
        ["Health Ministry of the Czech Republic", "Ministry of Health of the Czech Republic"],
        ["Northern Lines Inc.", "Northern Lines", "Northern Lines Ltd"],
        ["BBC", "British Broadcasting Corporation"],
        ["Oxford University", "the University of Oxford"],
        ["Orbán", "Orban"],
        ["Joseph R. Biden Jr.", "Joe Biden"],
    ],
)
def test_one_key(names):
    assert len({name_key(name) for name in names}) == 1


@pytest.mark.parametrize("place", ["Washington", "Miami", "York", "Newcastle", "Victoria", "Lincoln"])
def test_universities_of_the_two_orders_are_two_where_they_may_be(place):
    assert name_key(f"{place} University") != name_key(f"University of {place}")


@pytest.mark.parametrize(
    ("word", "acronym"),
    [("La", "LA"), ("Us", "US"), ("Ira", "IRA"), ("Ice", "the ICE"), ("Va", "VA")],
)
def test_a_short_acronym_is_in_capitals(word, acronym):
    assert name_key(word) == word.lower()
    assert name_key(acronym) not in (word.lower(), "")


@pytest.mark.parametrize(("word", "acronym"), [("Unicef", "UNICEF"), ("Nato", "NATO"), ("Opec", "OPEC")])
def test_a_longer_one_may_be_written_as_a_word(word, acronym):
    assert name_key(word) == name_key(acronym) != word.lower()


@pytest.mark.parametrize(
    "name",
    [
        "Mr. Blinken",
        "Blinken",
        "Secretary of State Blinken",
        "Blinken's",
        "Blinken’s",
        "BLINKEN",
        "Former President Blinken",
    ],
)
def test_titles_of_people_are_cut_off(name):
    assert name_key(name, "PERSON") == "blinken"


@pytest.mark.parametrize("name", ["General Motors", "Justice Ministry", "King University", "Major League Baseball"])
def test_titles_of_others_are_not(name):
    assert name_key(name, "ORG") == name.casefold()


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("China", "Chinese"),
        ("Iran", "Iraq"),
        ("Niger", "Nigeria"),
        ("George W. Bush", "George H.W. Bush"),
        ("Donald Trump", "Donald Trump Jr."),
        ("Washington", "United States"),
        ("South Korea", "North Korea"),
    ],
)
def test_two_keys(left, right):
    assert name_key(left) != name_key(right)


@pytest.mark.parametrize(
    "name", ["", "…", "—", "🙂", "the", "Mr.", "\x00", "A" * 100_000, "Mr. " * 10_000, "." * 10_000, "a. " * 10_000]
)
def test_odd_names_have_a_key_and_an_entity(name):
    assert isinstance(name_key(name), str)
    groups, found = link([("a", name, "PERSON"), ("b", name, "PERSON")])
    assert len(groups) == 1
    assert found.entities["name"].to_list() == [name]


def test_initials_are_stripped_between_names_only():
    assert strip_initials("antony j blinken") == "antony blinken"
    assert strip_initials("j blinken") == "j blinken"
    assert strip_initials("xi") == "xi"


def test_forms_of_one_person_in_several_articles():
    groups, found = link(
        [
            ("a", "Antony J. Blinken", "PERSON", "Blinken"),
            ("b", "Antony Blinken", "PERSON"),
            ("c", "Blinken", "GPE"),
            ("d", "Mr. Blinken", "PERSON"),
            ("e", "Blinkens", "PERSON"),
        ]
    )
    assert len(groups) == 1
    assert found.entities.select("name", "type").rows() == [("Antony J. Blinken", "PERSON")]


def test_family_name_first():
    groups, _ = link([("a", "Xi Jinping", "PERSON", "Xi"), ("b", "Xi", "PERSON"), ("c", "Jinping", "PERSON")])
    assert frozenset({"a:Xi Jinping", "b:Xi", "c:Jinping"}) in groups


def test_two_people_of_one_surname_stay_two():
    groups, _ = link(
        [
            ("a", "George W. Bush", "PERSON", "Bush"),
            ("b", "Jeb Bush", "PERSON", "Bush"),
            ("c", "Bush", "PERSON"),
            ("d", "Bush", "PERSON"),
        ],
        stories={"c": "two", "d": "three", "a": "one", "b": "four"},
    )
    assert groups == {frozenset({name}) for name in ("a:George W. Bush", "b:Jeb Bush", "c:Bush", "d:Bush")}


def test_a_surname_is_resolved_by_its_story():
    groups, _ = link(
        [
            ("a", "George W. Bush", "PERSON", "Bush"),
            ("b", "Jeb Bush", "PERSON"),
            ("c", "Bush", "PERSON"),
        ],
        stories={"a": "one", "b": "two", "c": "two"},
    )
    assert frozenset({"b:Jeb Bush", "c:Bush"}) in groups


def test_initials_tell_namesakes_apart():
    groups, found = link(
        [("a", "George W. Bush", "PERSON"), ("b", "George H.W. Bush", "PERSON"), ("c", "George Bush", "PERSON")]
    )
    assert len(groups) == 3
    assert found.entities["entity_id"].n_unique() == 3


@pytest.mark.parametrize(
    ("rows", "stories"),
    [
        ([("a", "Denzel Washington", "PERSON"), ("b", "Washington", "GPE"), ("c", "Washington", "GPE")], {"c": "two"}),
        ([("a", "China Daily", "ORG"), ("b", "China", "GPE")], {}),
        ([("a", "Iran", "GPE"), ("b", "Iraq", "GPE")], {}),
        ([("a", "Jon Smith", "PERSON"), ("b", "John Smyth", "PERSON")], {}),
        ([("a", "Maria Lopez", "PERSON"), ("b", "Mario Lopez", "PERSON")], {}),
        ([("a", "Donald Trump Jr.", "PERSON"), ("b", "Donald Trump", "PERSON")], {}),
        ([("a", "Washington, D.C.", "GPE"), ("b", "Washington", "PERSON")], {}),
        ([("a", "Washington, D.C.", "GPE"), ("b", "Washington state", "GPE")], {}),
        ([("a", "Velmora Foods", "ORG"), ("b", "Velmora", "ORG")], {"b": "two"}),
        ([("a", "Kenya Airways", "ORG"), ("b", "Kenya", "ORG")], {}),
    ],
)
def test_likeness_alone_joins_nothing(rows, stories):
    groups, _ = link(rows, stories)
    assert not any({"a", "b"} <= {name[0] for name in group} for group in groups)


@pytest.mark.parametrize(
    ("short", "full", "type_"),
    [
        ("APEC", "Asia-Pacific Economic Cooperation", "ORG"),
        ("NLA", "Northern Lines Association", "ORG"),
        ("Angels", "Los Angeles Angels", "ORG"),
        ("Staunton Police", "Staunton Police Department", "ORG"),
        ("Velmora", "Velmora Foods", "ORG"),
        ("Academy", "Academy of River Arts and Crafts", "ORG"),
        ("Academy of Motion Picture Arts", "Academy of Motion Pictures Arts", "ORG"),
        ("Foreign Ministry", "Norwegian Ministry of Foreign Affairs", "ORG"),
        ("Northern State House", "Northern State Guesthouse", "FAC"),
        ("Jim Fallow", "James Fallow", "PERSON"),
        ("Luann Johnson", "LuAnn Marie Johnson", "PERSON"),
        ("J. Fallow", "Jane Fallow", "PERSON"),
    ],
)
def test_short_forms_within_a_story(short, full, type_):
    groups, _ = link([("a", full, type_), ("b", short, type_)])
    assert len(groups) == 1


@pytest.mark.parametrize(("left", "right"), [("Washington", "Washington, D.C."), ("D.C.", "Washington")])
def test_the_capital_of_the_united_states_is_one(left, right):
    groups, _ = link([("a", left, "GPE"), ("b", right, "GPE")], {"b": "two"})
    assert len(groups) == 1


def test_half_a_name_holds_in_its_story_only():
    groups, _ = link([("a", "Los Angeles Angels", "ORG"), ("b", "Angels", "ORG")], stories={"b": "two"})
    assert len(groups) == 2


def test_a_full_name_is_one_whichever_form_comes_first_in_a_story():
    rows = [("a", "Kent Red Rovers", "ORG", "Red Rovers"), ("b", "Red Rovers", "ORG"), ("c", "Red Rovers", "ORG")]
    groups, _ = link([*rows, ("d", "Kent Red Rovers", "ORG"), ("e", "Red Rovers", "ORG")], {"c": "two", "d": "two"})
    assert len(groups) == 1


def test_a_well_known_name_does_not_follow_a_rare_one():
    rows = [(a, "Maurice Cheeks", "PERSON") for a in "abc"] + [("d", "Hire Maurice Cheeks", "PERSON")]
    groups, found = link(rows, stories={"a": "two"})
    assert len(groups) == 1
    assert found.entities["name"].to_list() == ["Maurice Cheeks"]


def test_a_name_has_the_type_of_most_mentions():
    _, found = link([("a", "Velmora", "PERSON"), ("b", "Velmora", "GPE"), ("c", "Velmora", "GPE")])
    assert found.entities["type"].to_list() == ["GPE"]


def test_an_id_stays_when_a_fuller_form_comes():
    _, before = link([("a", "Antony Blinken", "PERSON"), ("b", "Antony Blinken", "PERSON")])
    _, after = link(
        [("a", "Antony Blinken", "PERSON"), ("b", "Antony Blinken", "PERSON"), ("c", "Antony J. Blinken", "PERSON")]
    )
    assert before.entities["entity_id"].to_list() == after.entities["entity_id"].to_list()


def test_the_fullest_common_name_is_chosen():
    assert choose_name({"Biden": 9, "Joe Biden": 4, "Joseph Robinette Biden": 1}) == "Joe Biden"
    assert choose_name({"B": 1, "A": 1}) == "A"


def test_order_of_rows_changes_nothing():
    local = make_local(
        [
            ("a", "Jane Fallow", "PERSON", "Fallow"),
            ("b", "Fallow", "ORG"),
            ("c", "J. Fallow", "PERSON"),
            ("c", "Velmora", "GPE"),
        ]
    )
    linked = pl.DataFrame({"article_id": ["a", "b", "c"], "story_id": ["s", "s", "t"]})
    expected = link_entities(local, linked)
    for seed in range(4):
        found = link_entities(local.sample(fraction=1, shuffle=True, seed=seed), linked.reverse())
        for one, other in zip(expected, found, strict=True):
            assert_frame_equal(one, other)


def test_no_entities_give_empty_frames():
    found = link_entities(make_local([]), pl.DataFrame(schema={"article_id": pl.String, "story_id": pl.String}))
    assert [frame.height for frame in found] == [0, 0, 0, 0]


def correct(**kinds) -> Corrections:
    lines = {
        kind: tuple(Correction(f"{kind}.csv", n + 2, v) for n, v in enumerate(rows)) for kind, rows in kinds.items()
    }
    return Corrections(**lines)


ROWS = [
    ("a", "Velmora Port", "FAC"),
    ("b", "Harbour of Velmora", "FAC"),
    ("c", "Jane Fallow", "PERSON"),
    ("d", "Fallow", "PERSON"),
]


@pytest.mark.parametrize(
    ("left", "right", "count", "has_effect"),
    [
        ("Velmora Port", "Harbour of Velmora", 2, True),
        ("the Velmora Port", "Harbour of Velmora", 2, True),
        ("Velmora Port", "Sarn", 3, False),
        ("US", "United States", 3, False),
    ],
)
def test_people_join_two_names(left, right, count, has_effect):
    groups, found = link(ROWS, corrections=correct(same_entities=[{"name": left, "same_as": right}]))
    assert len(groups) == count
    assert found.effects["has_effect"].to_list() == [has_effect]


@pytest.mark.parametrize(
    ("left", "right", "count", "has_effect"),
    [("Fallow", "Jane Fallow", 4, True), ("Velmora Port", "Harbour of Velmora", 3, False)],
)
def test_people_part_two_names(left, right, count, has_effect):
    groups, found = link(ROWS, corrections=correct(different_entities=[{"name": left, "other_name": right}]))
    assert len(groups) == count
    assert found.effects["has_effect"].to_list() == [has_effect]


def test_a_third_name_does_not_join_what_people_part():
    rows = [*ROWS[2:], ("a", "Jane M. Fallow", "PERSON"), ("b", "Jane M. Fallow", "PERSON", "Fallow")]
    line = {"name": "Fallow", "other_name": "Jane Fallow"}
    groups, found = link(rows, corrections=correct(different_entities=[line]))
    assert frozenset({"d:Fallow"}) in groups
    assert found.effects["has_effect"].to_list() == [True]


def test_people_part_a_listed_alias():
    rows = [("a", "America", "GPE"), ("b", "United States", "GPE")]
    line = {"name": "America", "other_name": "United States"}
    assert len(link(rows)[0]) == 1
    groups, found = link(rows, corrections=correct(different_entities=[line]))
    assert len(groups) == 2
    assert found.effects["has_effect"].to_list() == [True]


def test_people_name_an_entity():
    lines = [
        {"name": "Fallow", "canonical_name": "Jane M. Fallow", "external_id": "Q1"},
        {"name": "Sarn", "canonical_name": "Great Sarn", "external_id": ""},
    ]
    _, found = link(ROWS, corrections=correct(canonical_names=lines))
    assert ("Jane M. Fallow", "Q1") in found.entities.select("name", "external_id").rows()
    assert found.effects["has_effect"].to_list() == [True, False]


def test_people_name_an_entity_by_a_form_that_is_its_own():
    rows = [
        ("a", "Jane Fallow", "PERSON", "Fallow"),
        ("b", "George Bush", "PERSON", "Bush"),
        ("c", "Jeb Bush", "PERSON", "Bush"),
    ]
    lines = [{"name": name, "canonical_name": "New", "external_id": ""} for name in ("Fallow", "Bush")]
    _, found = link(rows, corrections=correct(canonical_names=lines))
    assert sorted(found.entities["name"]) == ["George Bush", "Jeb Bush", "New"]
    assert found.effects["has_effect"].to_list() == [True, False]
