"""People across articles: who joins, who stands apart, and who is left open."""

import polars as pl
import pytest

from quotidian.tasks.deduplicate.entities.entities import link_entities
from quotidian.tasks.extract.names.stated import SEVERAL

PERSON = {"titles": [], "sex": "", "country": None, "words": []}
SCHEMA = {
    "article_id": pl.String,
    "entity_index": pl.Int32,
    "name": pl.String,
    "type": pl.String,
    "mention_count": pl.Int64,
    "aliases": pl.List(pl.String),
    "titles": pl.List(pl.String),
    "sex": pl.String,
    "country": pl.String,
    "words": pl.List(pl.String),
}


def link(rows, story=None):
    """(article, name) -> entity, of rows (article, name, type, what is stated); each article is a story of its own, unless all
    are of one."""
    placed = {}
    data = []
    for article, name, type_, stated in rows:
        placed[article] = placed.get(article, -1) + 1
        whole = {"article_id": article, "entity_index": placed[article], "name": name, "type": type_}
        data.append({**whole, "mention_count": 1, "aliases": [name], **PERSON, **stated})
    local = pl.DataFrame(data, schema=SCHEMA)
    articles = local["article_id"].unique(maintain_order=True)
    stories = articles if story is None else pl.Series([story] * len(articles))
    found = link_entities(local, pl.DataFrame({"article_id": articles, "story_id": stories}))
    joined = local.join(found.links, on=["article_id", "entity_index"])
    return {(a, n): e for a, n, e in joined.select("article_id", "name", "entity_id").iter_rows()}, found


def person(article, name, **stated):
    return (article, name, "PERSON", stated)


def organisation(article, name, **stated):
    return (article, name, "ORG", stated)


def place(article, name):
    return (article, name, "GPE", {})


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        (person("a", "Walter B. Stroud"), person("b", "Walter Stroud"), True),
        (person("a", "Walter B. Stroud"), person("b", "Walter Bernard Stroud"), True),
        (person("a", "Edgar W. Stroud"), person("b", "Edgar Herbert Walker Stroud"), False),
        (person("a", "Tim Kessel"), person("b", "Timothy M. Kessel"), True),
        (person("a", "T. Kessel"), person("b", "Timothy Kessel"), False),
        (person("a", "T. Kessel", titles=["senator"]), person("b", "Timothy Kessel", titles=["senator"]), True),
        (person("a", "Edwin Marlow Jr."), person("b", "Edwin Marlow"), False),
        (person("a", "Chris Alder", sex="male"), person("b", "Christopher Alder", sex="female"), False),
        (person("a", "al-Sabiri"), person("b", "Fuad el-Sabiri"), False),
        (person("a", "al-Sabiri", titles=["minister"]), person("b", "Fuad el-Sabiri", titles=["minister"]), True),
    ],
)
def test_two_names_in_two_stories(left, right, same):
    entities, _ = link([left, right])
    assert (entities[left[:2]] == entities[right[:2]]) is same


def test_a_bare_surname_goes_to_the_holder_of_the_title():
    rows = [
        person("a", "Benedek Orlan"),
        person("a", "Mirela Orlan"),
        person("b", "Orlan", titles=["president"]),
        person("c", "Benedek Orlan", titles=["president"]),
    ]
    entities, found = link(rows)
    assert entities["b", "Orlan"] == entities["c", "Benedek Orlan"] != entities["a", "Mirela Orlan"]
    assert not found.entities["is_ambiguous"].any()


@pytest.mark.parametrize(
    ("surname", "left", "right", "meant"),
    [
        ("Orlan", {"words": ["striker"]}, {"titles": ["chancellor"]}, "Benedek"),
        ("Orlan", {"words": ["daughter", "striker"]}, {"titles": ["chancellor"]}, None),
        ("Orlan", {"words": ["striker"]}, {"titles": ["striker"]}, "Mirela"),
        ("Lee", {"titles": ["striker"]}, {"titles": ["chancellor"]}, "Benedek"),
    ],
)
def test_a_title_tells_whose_a_surname_is(surname, left, right, meant):
    rows = [person("a", f"Benedek {surname}", **left), person("b", f"Mirela {surname}", **right)]
    entities, _ = link([*rows, person("c", surname, titles=["striker"])])
    articles = {entities["a", f"Benedek {surname}"]: "Benedek", entities["b", f"Mirela {surname}"]: "Mirela"}
    assert articles.get(entities["c", surname]) == meant


def test_a_title_tells_which_of_two_namesakes_a_surname_means():
    rows = [person("a", "Joe Mwanda", words=["striker"]), person("b", "Joe Mwanda", words=["economist"])]
    beside = [organisation("a", "Kabwe Rovers"), organisation("b", "Fjord Institute")]
    entities, _ = link([*rows, *beside, person("c", "Mwanda", titles=["striker"])])
    assert entities["c", "Mwanda"] == entities["a", "Joe Mwanda"] != entities["b", "Joe Mwanda"]


@pytest.mark.parametrize(("known", "meant"), [(0, "Tom Reed Jr."), (1, None), (5, None), (90, None)])
def test_a_surname_beside_a_son_is_open_where_the_father_is_known(known, meant):
    rows = [person(f"a{n}", "Tom Reed") for n in range(known)]
    entities, found = link([*rows, person("b", "Tom Reed Jr."), person("b", "Reed")])
    names = dict(found.entities.select("entity_id", "name").iter_rows())
    ambiguous = dict(found.entities.select("entity_id", "is_ambiguous").iter_rows())
    entity = entities["b", "Reed"]
    assert (None if ambiguous[entity] else names[entity]) == meant


def test_a_title_tells_a_father_from_his_son():
    rows = [
        person("a", "Tom Reed", titles=["mayor"]),
        person("b", "Tom Reed Jr."),
        person("b", "Reed", titles=["mayor"]),
    ]
    entities, _ = link(rows)
    assert entities["b", "Reed"] == entities["a", "Tom Reed"] != entities["b", "Tom Reed Jr."]


def test_a_bare_surname_goes_to_the_dominant_reading():
    rows = [person(f"a{n}", "Benedek Orlan") for n in range(9)]
    entities, _ = link([*rows, person("b", "Mirela Orlan"), person("c", "Orlan")])
    assert entities["c", "Orlan"] == entities["a0", "Benedek Orlan"]


@pytest.mark.parametrize(
    ("articles", "title", "bare", "same"),
    [
        (1, [], "Tarbell", False),
        (4, [], "Tarbell", False),
        (5, [], "Tarbell", True),
        (1, ["senator"], "Tarbell", True),
        (1, [], "Vera", False),
        (60, [], "Vera", False),
        (90, [], "Vera", True),
    ],
)
def test_who_is_known_to_few_articles_is_nobody_of_other_stories(articles, title, bare, same):
    rows = [
        person(f"a{n}", "Vera Tarbell", titles=title, aliases=["Vera Tarbell", "Vera", "Tarbell"])
        for n in range(articles)
    ]
    entities, found = link([*rows, person("b", bare, titles=title)])
    assert (entities["b", bare] == entities["a0", "Vera Tarbell"]) is same
    assert found.candidates.is_empty() is same


def test_what_is_open_keeps_its_candidates():
    rows = [person("a", "Benedek Orlan"), person("b", "Mirela Orlan"), person("c", "Orlan")]
    entities, found = link(rows)
    ambiguous = found.entities.filter("is_ambiguous")
    assert ambiguous["entity_id"].to_list() == [entities["c", "Orlan"]]
    assert found.candidates.select("candidate_id", "probability").rows() == sorted(
        (entities[article, name], 0.33) for article, name in (("a", "Benedek Orlan"), ("b", "Mirela Orlan"))
    )


def test_who_is_meant_of_two_of_one_article_is_open():
    rows = [person("a", "Tom Reed"), person("a", "Tom Reed", words=[SEVERAL]), person("b", "Tom Reed")]
    _, found = link(rows)
    links = found.links.sort("article_id", "entity_index")["entity_id"].to_list()
    assert (links[0], links[1] == links[0]) == (links[2], False)
    candidates = found.candidates.rows()
    assert candidates == [(links[1], links[0], 0.5)]
    ambiguous = found.entities.filter("is_ambiguous").select("entity_id", "name").rows()
    assert ambiguous == [(links[1], "Tom Reed")]


def test_one_full_name_is_not_what_many_bare_ones_mean():
    rows = [person("a", "Vera Tarbell"), *(person(f"b{n}", "Tarbell") for n in range(12))]
    entities, found = link(rows)
    assert entities["b0", "Tarbell"] != entities["a", "Vera Tarbell"]
    assert found.candidates["candidate_id"].unique().to_list() == [entities["a", "Vera Tarbell"]]


def test_a_stated_sex_bars_the_other():
    rows = [person(f"a{n}", "Benedek Orlan", sex="male") for n in range(9)]
    others = [person(f"b{n}", "Mirela Orlan", sex="female") for n in range(5)]
    entities, _ = link([*rows, *others, person("c", "Orlan", sex="female")])
    assert entities["c", "Orlan"] == entities["b0", "Mirela Orlan"]


def test_namesakes_with_nothing_in_common_are_two():
    rows = [
        person("a", "John Marsh", words=["bowler", "surrey"]),
        person("b", "John Marsh", words=["chief", "economist", "oslo"]),
        person("c", "John Marsh", words=["bowler", "injured"]),
        person("d", "John Marsh"),
    ]
    entities, _ = link(rows)
    assert entities["a", "John Marsh"] == entities["c", "John Marsh"] == entities["d", "John Marsh"]
    assert entities["a", "John Marsh"] != entities["b", "John Marsh"]


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        (["imam", "lindgate"], ["finance", "director", "tolvex"], False),
        (["film", "director"], ["director", "public", "health"], False),
        (["finance", "director", "tolvex"], ["director", "tolvex"], True),
        (["footballer"], ["golfer"], False),
        (["footballer"], ["coach", "striker"], True),
        (["cricketer"], ["bowler"], True),
    ],
)
def test_what_people_do_parts_those_of_one_name(left, right, same):
    entities, _ = link([person("a", "Yusuf Karmali", words=left), person("b", "Yusuf Karmali", words=right)])
    assert (entities["a", "Yusuf Karmali"] == entities["b", "Yusuf Karmali"]) is same


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ([person("a", "Peter Hall", words=["goalkeeper"]), place("a", "Hull")], [person("b", "Peter Hall", words=["virologist"]), place("b", "Oslo")], False),
        ([person("a", "Yuki Mori", words=["chef"]), place("a", "Osaka")], [person("b", "Yuki Mori", words=["sprinter"]), place("b", "Doha")], False),
        ([person("a", "Anna Berg", words=["painter"]), place("a", "Kent")], [person("b", "Anna Berg", titles=["senator"]), place("b", "Ottawa")], False),
        ([person("a", "Omar Diallo", titles=["mayor"]), place("a", "Kindia")], [person("b", "Omar Diallo", words=["striker"]), place("b", "Berlin")], False),
        ([person("a", "Omar Diallo", titles=["mayor"]), place("a", "Kindia")], [person("b", "Omar Diallo", words=["farmer"]), place("b", "Kindia")], True),
        ([person("a", "Anna Berg", words=["painter"]), place("a", "Kent")], [person("b", "Anna Berg"), place("b", "Ottawa")], True),
    ],
)  # fmt: skip
def test_a_text_that_articles_share_makes_namesakes_no_one(left, right, same):
    entities, _ = link([*left, *right], story="s")
    assert (entities[left[0][:2]] == entities[right[0][:2]]) is same


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ([place("a", "Kent")], [place("b", "Oslo")], False),
        ([place("a", "Kent")], [place("b", "Kent")], True),
        ([place("a", "Kent"), person("c", "Omar Diallo", words=["harbour"])], [place("b", "Oslo")], True),
    ],
    ids=["strangers", "a place in common", "known from two stories"],
)
def test_described_namesakes_without_anything_in_common_are_two(left, right, same):
    rows = [person("a", "Omar Diallo", words=["harbour", "head"]), *left, person("b", "Omar Diallo", words=["adviser"])]
    entities, _ = link([*rows, *right])
    assert (entities["a", "Omar Diallo"] == entities["b", "Omar Diallo"]) is same


@pytest.mark.parametrize(
    ("left", "right", "beside", "same"),
    [
        (["ugandan", "midfielder"], ["kenyan", "runner"], "Kenya", False),
        (["philippine", "senator"], ["argentine", "senator"], "Argentina", False),
        (["ugandan", "midfielder"], ["kenyan", "midfielder"], "Uganda", True),
        (["ugandan", "kenyan", "midfielder"], ["kenyan", "runner"], "Kenya", True),
        (["midfielder"], ["kenyan", "runner"], "Kenya", True),
    ],
)
def test_people_of_two_countries_are_two(left, right, beside, same):
    rows = [person("a", "Jo Okello", words=left), place("a", "Uganda")]
    entities, _ = link([*rows, person("b", "Jo Okello", words=right), place("b", beside)])
    assert (entities["a", "Jo Okello"] == entities["b", "Jo Okello"]) is same


def test_a_namesake_without_a_role_goes_where_more_of_its_names_are():
    rows = [
        person("a", "Ron Corder", titles=["senator"], words=["senator"]),
        place("a", "Kent"),
        person("b", "Ron Corder", words=["trooper"]),
        place("b", "Ostrel"),
        person("c", "Ron Corder", words=["trooper"]),
        place("c", "Ostrel"),
        person("d", "Ron Corder"),
        place("d", "Kent"),
    ]
    entities, _ = link(rows)
    assert entities["d", "Ron Corder"] == entities["a", "Ron Corder"] != entities["b", "Ron Corder"]


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [("lawyer", "senator", True), ("singer", "actress", True), ("painter", "violinist", False)],
)
def test_some_fields_are_of_one_person(left, right, same):
    entities, _ = link([person("a", "Jo Marin", words=[left]), person("b", "Jo Marin", words=[right])])
    assert (entities["a", "Jo Marin"] == entities["b", "Jo Marin"]) is same


def test_a_nickname_and_an_initial_are_one_person_step_by_step():
    names = ("John Kessel", "Jack Kessel", "J. Kessel")
    entities, _ = link([person(str(n), name, titles=["senator"]) for n, name in enumerate(names)])
    assert len(set(entities.values())) == 1


@pytest.mark.parametrize(("story", "same"), [("s", True), (None, False)])
def test_a_given_name_alone_is_who_bears_it_in_the_story(story, same):
    entities, _ = link([person("a", "Ivelin Orlan"), person("b", "Ivelin")], story=story)
    assert (entities["a", "Ivelin Orlan"] == entities["b", "Ivelin"]) is same


@pytest.mark.parametrize(("story", "same"), [("one", True), (None, False)])
def test_a_place_is_somebody_of_its_name_in_his_stories_only(story, same):
    rows = [person(f"a{n}", "Anna Harlow", aliases=["Anna Harlow", "Harlow"]) for n in range(5)]
    entities, _ = link([*rows, place("b", "Harlow")], story)
    assert (entities["b", "Harlow"] == entities["a0", "Anna Harlow"]) is same


@pytest.mark.parametrize(
    ("row", "same"),
    [
        (organisation("b", "Orlan", aliases=["Orlan AG"]), False),
        (organisation("b", "Orlan"), True),
        (organisation("a", "Orlan"), False),
    ],
)
def test_a_firm_is_nobody_of_its_name(row, same):
    entities, _ = link([person("a", "Peter Orlan"), person("c", "Peter Orlan", aliases=["Orlan"]), row], "story")
    assert (entities[row[:2]] == entities["a", "Peter Orlan"]) is same


def test_a_place_is_nobody_who_has_its_name_as_a_given_one():
    named, _ = link(
        [
            person("a", "Victoria Dale"),
            person("b", "Victoria Dale", aliases=["Victoria Dale", "Victoria"]),
            place("c", "Victoria"),
        ],
        "story",
    )
    assert named["c", "Victoria"] != named["a", "Victoria Dale"]


def test_fame_outweighs_an_odd_word():
    rows = [person(f"a{n}", "Benedek Orlan", words=["president"]) for n in range(12)]
    entities, _ = link([*rows, person("b", "Benedek Orlan", words=["singer"])])
    assert entities["b", "Benedek Orlan"] == entities["a0", "Benedek Orlan"]


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ([organisation("a", "Supreme Court", country="UG")], [organisation("b", "Supreme Court", country="IN")], False),
        ([organisation("a", "Supreme Court", country="UG")], [organisation("b", "Ugandan Supreme Court")], True),
        ([organisation("a", "Parliament"), place("a", "Uganda")], [organisation("b", "Parliament"), place("b", "Kampala")], True),
        ([organisation("a", "Parliament"), place("a", "Uganda")], [organisation("b", "Parliament"), place("b", "Kenya")], False),
        ([organisation("a", "Northern Lines"), place("a", "Uganda")], [organisation("b", "Northern Lines"), place("b", "Kenya")], True),
        ([organisation("a", "State Department"), place("a", "China")], [organisation("b", "State Department"), place("b", "Texas")], True),
        ([organisation("a", "Communist Party of Cuba"), place("a", "Cuba")], [organisation("b", "Communist Party"), place("b", "Greece")], False),
        ([organisation("a", "Kenya Red Cross")], [organisation("b", "Red Cross"), place("b", "Nairobi")], True),
        ([organisation("a", "Kenya Red Cross", aliases=["Red Cross"])], [organisation("b", "Red Cross"), place("b", "Harare")], False),
        ([organisation("a", "Nigeria Labour Congress", aliases=["Labour Congress"])], [organisation("b", "Labour Congress"), place("b", "Lagos")], True),
        ([organisation("a", "Zambia Growers Guild", aliases=["Growers Guild"])], [organisation("b", "Growers Guild"), place("b", "Lusaka")], True),
        ([organisation("a", "Zambia Growers Guild", aliases=["Growers Guild"])], [organisation("b", "Growers Guild"), place("b", "Peru")], False),
        ([organisation("a", "Zambia Growers Guild", aliases=["Growers Guild"])], [organisation("b", "Growers Guild")], False),
        ([organisation("a", "EPA"), place("a", "Texas")], [organisation("b", "Environmental Protection Agency")], True),
        ([organisation("a", "EPA"), place("a", "Ghana")], [organisation("b", "EPA"), place("b", "Texas")], False),
    ],
)  # fmt: skip
def test_institutions_belong_to_a_country(left, right, same):
    entities, _ = link([*left, *right])
    assert (entities[left[0][:2]] == entities[right[0][:2]]) is same


@pytest.mark.parametrize(
    ("others", "same"), [(1, True), (2, False)], ids=["one that prevails", "two that may be meant"]
)
def test_a_bare_institution_follows_what_prevails_in_its_story(others, same):
    rows = [organisation(f"a{n}", "Indian Navy") for n in range(4)]
    rows += [organisation(f"b{n}", "U.S. Navy") for n in range(others)]
    entities, _ = link([*rows, organisation("c", "Navy")], story="one")
    assert (entities["c", "Navy"] == entities["a0", "Indian Navy"]) is same


def test_a_bare_institution_of_an_article_that_has_it_of_two_countries_is_left_open():
    rows = [organisation("a", f"{people} Health Ministry") for people in ("Kenyan", "Ugandan")]
    entities, found = link(
        [*rows, place("a", "Kenya"), place("a", "Nairobi"), place("a", "Mombasa"), organisation("a", "Health Ministry")]
    )
    bare = found.entities.filter(entity_id=entities["a", "Health Ministry"])
    assert bare["country"].to_list() == [None]


def test_an_institution_is_shown_with_its_country():
    _, found = link([organisation("a", "Supreme Court", country="UG"), organisation("b", "Indian Supreme Court")])
    assert sorted(found.entities.select("name", "country").rows()) == [
        ("Indian Supreme Court", "IN"),
        ("Supreme Court (Uganda)", "UG"),
    ]


@pytest.mark.parametrize(
    ("name", "country"),
    [("Senate", None), ("Congress", None), ("Russian Senate", "RU"), ("Parliament", "RU"), ("Supreme Court", "RU")],
)
def test_a_country_has_no_senate_for_an_article_that_is_about_it(name, country):
    _, found = link([organisation("a", name), place("a", "Russia"), place("a", "Moscow")])
    assert found.entities.filter(pl.col("name").str.starts_with(name))["country"].to_list() == [country]


def test_an_acronym_of_one_article_says_nothing_of_another_country():
    defined = organisation("a", "Central Bank of Somalia", aliases=["CBS", "Central Bank of Somalia"], country="SO")
    entities, _ = link([defined, organisation("b", "CBS")])
    assert entities["a", "Central Bank of Somalia"] != entities["b", "CBS"]


def defined(article, full, acronym):
    """An organisation with the acronym that its article gives it."""
    return organisation(article, full, aliases=[acronym, full])


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ([defined("a", "Association of Bakers and Cooks", "ABC"), place("a", "Malawi")], [organisation("b", "ABC"), place("b", "Texas")], False),
        ([defined("a", "National Roads Authority", "NRA"), place("a", "Kenya")], [organisation("b", "NRA"), place("b", "Texas")], False),
        ([defined("a", "Port Workers Council", "PWC"), place("a", "Durban")], [organisation("b", "PWC"), place("b", "London")], False),
        ([defined("a", "Karst Growers Union", "KGU"), place("a", "Velmora")], [organisation("b", "KGU"), place("b", "Ostrel")], False),
        ([defined("a", "Karst Growers Union", "KGU"), place("a", "Velmora")], [organisation("b", "KGU"), place("b", "Velmora")], True),
    ],
)  # fmt: skip
def test_an_acronym_means_what_an_article_of_the_same_things_defines(left, right, same):
    entities, _ = link([*left, *right], story="s")
    assert (entities[left[0][:2]] == entities[right[0][:2]]) is same


def test_other_blocks_change_nothing():
    rows = [person("a", "Benedek Orlan"), person("b", "Mirela Orlan"), person("c", "Orlan")]
    _, alone = link(rows)
    _, among = link([*rows, person("d", "Walter Stroud"), organisation("d", "Supreme Court", country="UG")])
    kept = among.entities.filter(pl.col("name").str.contains("Orlan"))
    assert kept.rows() == alone.entities.rows()
    assert among.candidates.rows() == alone.candidates.rows()


@pytest.mark.parametrize(("sex", "is_same"), [("male", False), ("female", True), ("", True)])
def test_a_surname_with_a_title_is_nobody_whose_given_name_is_almost_never_of_its_sex(sex, is_same):
    rows = [person(f"full{n}", "Michelle Tarbell", titles=["mayor"]) for n in range(4)]
    bare = person("bare", "Tarbell", titles=["mayor"], sex=sex)
    entities, _ = link([*rows, bare], story="one")
    assert (entities["bare", "Tarbell"] == entities["full0", "Michelle Tarbell"]) is is_same
