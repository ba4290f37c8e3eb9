"""What was decided of names is taken over where nothing that it rests on is new, and entities are those of all at once."""

import numpy as np
import polars as pl
import pytest
from polars.testing import assert_frame_equal

from quotidian.tasks.deduplicate.corrections import Correction, Corrections
from quotidian.tasks.deduplicate.entities import decide, towns
from quotidian.tasks.deduplicate.entities.earlier import mark_articles
from quotidian.tasks.deduplicate.entities.entities import link_entities
from quotidian.tasks.deduplicate.entities.remembered import keep_told, recall_told
from quotidian.tasks.deduplicate.entities.towns import find_towns
from quotidian.tasks.deduplicate.kept import KEPT_SCHEMAS, Kept

GIVEN = ("Mara", "M.", "Jon", "Jonathan", "Tess", "Senator Mara", "Bill", "William", "Maria", "Jordan")
SURNAMES = ("Kessel", "Kesel", "Brandt", "Van Oort", "Kessel Jr.", "Velmora", "Jordan", "Maria", "Ford")
OTHERS = (
    ("Harbour Workers Union", "ORG"),
    ("Health Watch Uganda", "ORG"),
    ("HWU", "ORG"),
    ("Supreme Court", "ORG"),
    ("Ugandan Parliament", "ORG"),
    ("Parliament", "ORG"),
    ("Uganda", "GPE"),
    ("India", "GPE"),
    ("Dublin", "GPE"),
    ("Velmora", "GPE"),
    ("Brandt Foods", "ORG"),
    ("Brandt", "ORG"),
    ("Kessel", "GPE"),
    ("Maria", "GPE"),
    ("Maria", "PERSON"),
    ("Kessels", "PERSON"),
    ("Jon Brandt", "ORG"),
    ("Staunton Police Department", "ORG"),
    ("Staunton Police", "ORG"),
    ("San José", "GPE"),
    ("Costa Rica", "GPE"),
)
Stories = dict[str, str]


def make_names(seed: int, count: int = 60) -> pl.DataFrame:
    """Names of some articles that have much in common."""
    draw = np.random.default_rng(seed)
    pick = lambda options: options[int(draw.integers(len(options)))]  # noqa: E731
    rows = []
    for article in range(count):
        full = [(f"{pick(GIVEN)} {pick(SURNAMES)}", pick(("PERSON",) * 9 + ("ORG",))) for _ in range(3)]
        bare = [(pick(SURNAMES), pick(("PERSON", "PERSON", "GPE")))] if draw.random() < 0.5 else []
        own = dict([*full, *bare, *(pick(OTHERS) for _ in range(3))])
        for index, (name, type_) in enumerate(own.items()):
            words = [pick(("lawyer", "singer", "pilot"))] if type_ == "PERSON" and draw.random() < 0.4 else []
            short = ["".join(word[0] for word in name.split())] if draw.random() < 0.2 else []
            called = {"aliases": sorted({name, name.split()[-1], *short}), "mention_count": int(draw.integers(1, 6))}
            stated = {
                "titles": [pick(("senator", "captain"))] if draw.random() < 0.2 else [],
                "sex": pick(("male", "female")) if draw.random() < 0.1 else "",
                "country": pick(("UG", "IN")) if draw.random() < 0.3 else None,
                "words": words,
            }
            place = {"article_id": f"a{article:02}", "entity_index": index, "name": name, "type": type_}
            rows.append({**place, **called, **stated})
    lists = dict.fromkeys(("titles", "words"), pl.List(pl.String))
    return pl.DataFrame(rows, schema_overrides={"entity_index": pl.Int32, "country": pl.String, **lists})


def place(stories: Stories, bodies: dict[str, str] | None = None) -> pl.DataFrame:
    """Articles with their stories, by their bodies."""
    columns = {"article_id": sorted(stories), "story_id": [stories[article] for article in sorted(stories)]}
    frame = pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.String))
    hashes = pl.col("article_id").replace(bodies or {})
    return mark_articles(frame.with_columns(body_hash=hashes, extractor_version=pl.lit("1")))


def link(names: pl.DataFrame, articles: pl.DataFrame, before: Kept | None = None) -> tuple[list[pl.DataFrame], Kept]:
    """Entities and towns of the names of some articles, and what is kept."""
    own = names.join(articles, on="article_id", how="semi")
    kept = Kept(before.after if before else {})
    recall_told(kept)
    found = link_entities(own, articles, kept=kept)
    told = find_towns(own, found.links, found.entities, articles, kept)
    keep_told(kept)
    kept.after = {name: frame.cast(KEPT_SCHEMAS[name]) for name, frame in kept.after.items()}
    return [*found, told], kept


def require_all_at_once(found: list[pl.DataFrame], names: pl.DataFrame, articles: pl.DataFrame) -> None:
    """Raise where something else was found than of the same articles all at once."""
    for one, other in zip(found, link(names, articles)[0], strict=True):
        assert_frame_equal(one, other)


def draw_stories(draw: np.random.Generator, articles: list[str], before: Stories, many: int) -> Stories:
    """The stories of articles, of which one in ten is another than before."""
    return {
        article: before[article] if article in before and draw.random() < 0.9 else f"s{int(draw.integers(many))}"
        for article in articles
    }


@pytest.mark.parametrize(("seed", "many"), [(0, 3), (1, 10), (2, 40), (3, 20)])
def test_entities_of_articles_that_come_some_at_a_time_are_those_of_all_at_once(seed: int, many: int):
    names, draw = make_names(seed), np.random.default_rng(seed)
    left = draw.permutation(names["article_id"].unique().sort()).tolist()
    there, stories, kept = [], {}, None
    while left:
        size = int(draw.integers(4, 16))
        there, left = there + left[:size], left[size:]
        stories = draw_stories(draw, there, stories, many)
        found, kept = link(names, place(stories), kept)
        require_all_at_once(found, names, place(stories))


@pytest.fixture(scope="module")
def names() -> pl.DataFrame:
    return make_names(7)


@pytest.fixture(scope="module")
def stories(names: pl.DataFrame) -> Stories:
    """Two articles are in one story."""
    return {article: f"s{int(article[1:]) // 2}" for article in names["article_id"].unique()}


def test_where_an_article_is_gone_or_has_another_body_all_names_are_decided_anew(names: pl.DataFrame, stories: Stories):
    kept = link(names, place(stories))[1]
    less = {article: story for article, story in stories.items() if article != "a30"}
    require_all_at_once(link(names, place(less), kept)[0], names, place(less))
    other = names.with_columns(
        name=pl.when(article_id="a30", entity_index=0).then(pl.lit("Tess Velmora")).otherwise("name")
    )
    changed = place(stories, {"a30": "another"})
    require_all_at_once(link(other, changed, kept)[0], other, changed)


def test_names_that_hang_together_with_nothing_new_are_not_decided_again(
    names: pl.DataFrame, stories: Stories, monkeypatch: pytest.MonkeyPatch
):
    kept = link(names, place(stories))[1]
    new = {"article_id": "b00", "entity_index": 0, "name": "Ottilie Quandt", "type": "PERSON", "mention_count": 1}
    other = names.head(1).with_columns(**{name: pl.lit(value) for name, value in new.items()})
    more = pl.concat([names, other.cast(names.schema).with_columns(aliases=pl.lit(["Ottilie Quandt", "Quandt"]))])
    decided = []
    monkeypatch.setattr(
        decide, "resolve_people", lambda rows, *rest: decided.append(rows["key"].to_list()) or resolve(rows, *rest)
    )
    monkeypatch.setattr(towns, "weigh_towns", lambda asked, *rest: decided.append(asked.height) or weigh(asked, *rest))
    found, _ = link(more, place({**stories, "b00": "new"}), kept)
    assert decided == [["ottilie quandt"], 0]
    monkeypatch.undo()
    require_all_at_once(found, more, place({**stories, "b00": "new"}))


resolve, weigh = decide.resolve_people, towns.weigh_towns


def test_where_people_correct_names_all_are_decided_anew_and_nothing_is_kept(names: pl.DataFrame, stories: Stories):
    articles = place(stories)
    line = Correction("different_entities.csv", 2, {"name": "Jon Brandt", "other_name": "Jonathan Brandt"})
    corrections = Corrections(different_entities=(line,))
    kept = Kept(link(names, articles)[1].after)
    found = link_entities(names, articles, corrections, kept)
    for one, other in zip(found, link_entities(names, articles, corrections), strict=True):
        assert_frame_equal(one, other)
    assert "entity_names" not in kept.after


def test_a_given_name_is_decided_again_where_its_bearer_in_the_story_is_and_those_elsewhere_are_not(
    monkeypatch: pytest.MonkeyPatch,
):
    called = [("a", "Jon Brandt"), ("b", "Jon"), ("c", "Jon Velmora"), ("d", "Jonathan Brandt")]
    rows = [
        {
            "article_id": article,
            "entity_index": 0,
            "name": name,
            "type": "PERSON",
            "mention_count": 1,
            "aliases": [name],
        }
        for article, name in called
    ]
    names = pl.DataFrame(rows, schema_overrides={"entity_index": pl.Int32})
    stories = {"a": "s1", "b": "s1", "c": "s2"}
    kept, decided = link(names, place(stories))[1], []
    monkeypatch.setattr(
        decide,
        "resolve_people",
        lambda rows, *rest: decided.append(sorted(rows["key"].to_list())) or resolve(rows, *rest),
    )
    found, _ = link(names, place({**stories, "d": "s3"}), kept)
    assert decided == [["jon", "jon brandt", "jonathan brandt"]]
    require_all_at_once(found, names, place({**stories, "d": "s3"}))
