from datetime import date, timedelta

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from quotidian.tasks.deduplicate.corrections import Correction, Corrections
from quotidian.tasks.deduplicate.link_articles import link_articles
from quotidian.tasks.deduplicate.settings import DeduplicateSettings

DAY = date(2024, 3, 5)
IN_ORDER = {key: DAY + timedelta(place) for place, key in enumerate("abcd")}


def kinds(links) -> dict[str, tuple[str, str]]:
    return {r["article_id"]: (r["copy_group"], r["copy_kind"]) for r in links.articles.iter_rows(named=True)}


def stories(links) -> list[set[str]]:
    groups = links.articles.group_by("story_id").agg(pl.col("article_id").sort()).sort("article_id")
    return [set(group) for group in groups["article_id"]]


@pytest.mark.parametrize(
    ("name", "kind"),
    [("spaced", "exact"), ("edited", "near"), ("cut", "near"), ("extended", "near"), ("translated", "rewritten")],
)
def test_a_copy_is_found(link, texts, name, kind):
    links = link({"a": texts["ferry"], "b": texts[name], "c": texts["cabbage"]}, IN_ORDER)
    assert kinds(links) == {"a": ("a", "original"), "b": ("a", kind), "c": ("c", "original")}
    row = links.copies.row(0, named=True)
    assert (row["article_id"], row["original_id"], row["kind"]) == ("b", "a", kind)
    scores = links.articles.filter(pl.col("article_id") == "b")["copy_score"][0]
    assert 0.4 < scores <= 1


def test_another_report_of_the_event_is_no_copy_but_in_the_story(link, texts):
    links = link({"a": texts["ferry"], "b": texts["other_report"], "c": texts["cabbage"]})
    assert kinds(links)["b"] == ("b", "original")
    assert links.copies.is_empty()
    assert stories(links) == [{"a", "b"}, {"c"}]


def test_containment_tells_which_text_is_the_part(link, texts):
    row = link({"a": texts["ferry"], "b": texts["cut"]}).copies.row(0, named=True)
    assert row["containment"] == 1.0
    assert 0.3 < row["containment_reverse"] < 0.7
    assert row["jaccard"] == pytest.approx(row["containment_reverse"])


def test_the_earliest_is_the_original(link, texts):
    bodies = {"a": texts["ferry"], "b": texts["edited"], "c": texts["translated"]}
    assert {group for group, _ in kinds(link(bodies, IN_ORDER)).values()} == {"a"}
    links = link(bodies, {"c": DAY, "b": DAY + timedelta(1), "a": DAY + timedelta(2)})
    assert kinds(links) == {"a": ("c", "near"), "b": ("c", "rewritten"), "c": ("c", "original")}


def test_a_late_article_that_is_older_takes_over(link, texts):
    bodies = {"a": texts["ferry"], "b": texts["other_report"]}
    dates = {"a": DAY, "b": DAY + timedelta(1)}
    before = link(bodies, dates)
    after = link({**bodies, "z": texts["edited"]}, {**dates, "z": DAY - timedelta(2)})
    assert kinds(after)["a"] == ("z", "near")
    assert len(set(before.articles["story_id"])) == len(set(after.articles["story_id"])) == 1
    assert before.articles["story_id"][0] != after.articles["story_id"][0]


def test_articles_far_apart_in_time_are_two_stories_but_one_copy_group(link, texts):
    bodies = {"a": texts["ferry"], "b": texts["other_report"], "c": texts["edited"]}
    links = link(bodies, {"a": DAY, "b": DAY + timedelta(4), "c": DAY + timedelta(40)})
    assert kinds(links)["c"] == ("a", "near")
    assert stories(links) == [{"a", "c"}, {"b"}]
    wide = link(bodies, {"a": DAY, "b": DAY + timedelta(4)}, DeduplicateSettings(story_days=4))
    assert stories(wide) == [{"a", "b", "c"}]


def test_articles_without_words_are_no_copies(link):
    links = link({"a": "", "b": " ", "c": "…", "d": "the of"})
    assert set(links.articles["copy_kind"]) == {"original"}
    assert links.articles["story_id"].n_unique() == 4


def test_short_texts_are_compared_for_equality_only(link):
    links = link(
        {"a": "Rain in Velmora today", "b": "Rain in Velmora today.", "c": "Rain in Velmora tomorrow morning"}, IN_ORDER
    )
    assert kinds(links) == {"a": ("a", "original"), "b": ("a", "exact"), "c": ("c", "original")}


def test_an_article_without_a_sketch_is_named(frames, texts):
    articles, sketches = frames({"a": texts["ferry"], "b": texts["cabbage"]})
    with pytest.raises(ValueError, match="1 bodies, such as b"):
        link_articles(articles, sketches.filter(pl.col("body_hash") == "a"), DeduplicateSettings())


def test_no_articles_give_empty_frames(frames):
    links = link_articles(*frames({}), DeduplicateSettings())
    assert [frame.height for frame in links] == [0, 0, 0, 0]


def test_order_of_rows_changes_nothing(frames, texts):
    articles, sketches = frames({key[:6]: body for key, body in texts.items()}, {"ferry": DAY, "cut": DAY})
    expected = link_articles(articles, sketches, DeduplicateSettings())
    for seed in range(4):
        shuffled = (
            articles.sample(fraction=1, shuffle=True, seed=seed),
            sketches.sample(fraction=1, shuffle=True, seed=seed),
        )
        for one, other in zip(expected, link_articles(*shuffled, DeduplicateSettings()), strict=True):
            assert_frame_equal(one, other)


def test_other_articles_do_not_change_copies(link, texts):
    alone = link({"a": texts["ferry"], "b": texts["translated"]})
    among = link({"a": texts["ferry"], "b": texts["translated"], "c": texts["cabbage"], "d": texts["other_report"]})
    assert kinds(alone)["b"] == kinds(among)["b"] == ("a", "rewritten")


def test_a_story_has_the_title_of_its_most_central_article(frames, texts):
    articles, sketches = frames(
        {"a": texts["other_report"], "b": texts["ferry"], "c": texts["translated"], "d": texts["edited"]}
    )
    articles = articles.with_columns(title=pl.concat_str(pl.lit("Title "), "article_id"))
    story = link_articles(articles, sketches, DeduplicateSettings()).stories
    assert story.height == 1
    assert story["title"][0] == f"Title {story['central_article_id'][0]}"


def correct(**kinds) -> Corrections:
    lines = {
        kind: tuple(Correction(f"{kind}.csv", n + 2, v) for n, v in enumerate(rows)) for kind, rows in kinds.items()
    }
    return Corrections(**lines)


@pytest.mark.parametrize(
    ("line", "alone", "has_effect"),
    [
        ({"article_id": "b", "original_id": ""}, {"b"}, True),
        ({"article_id": "b", "original_id": "a"}, {"b"}, True),
        ({"article_id": "b", "original_id": "d"}, set(), False),
        ({"article_id": "d", "original_id": ""}, set(), False),
        ({"article_id": "nobody", "original_id": "a"}, set(), False),
    ],
)
def test_people_say_what_is_no_copy(link, texts, line, alone, has_effect):
    bodies = {"a": texts["ferry"], "b": texts["edited"], "c": texts["cut"], "d": texts["cabbage"]}
    links = link(bodies, IN_ORDER, corrections=correct(not_copies=[line]))
    originals = {"a", "d"} | alone
    assert {key for key, (_, kind) in kinds(links).items() if kind == "original"} == originals
    assert links.effects.select("file", "line", "has_effect").rows() == [("not_copies.csv", 2, has_effect)]


def test_a_page_with_two_articles_does_not_make_them_one(link, texts):
    bodies = {"a": texts["ferry"], "b": texts["cabbage"], "c": texts["ferry"] + "\n\n" + texts["cabbage"]}
    assert kinds(link(bodies, IN_ORDER)) == {"a": ("a", "original"), "b": ("b", "original"), "c": ("a", "near")}


def test_a_sketch_of_no_article_counts_for_nothing(frames, texts):
    articles, sketches = frames({"a": texts["ferry"], "b": texts["cabbage"], "c": texts["edited"]})
    few = articles.filter(pl.col("article_id") != "a")
    expected = link_articles(few, sketches.filter(pl.col("body_hash") != "a"), DeduplicateSettings())
    for one, other in zip(expected, link_articles(few, sketches, DeduplicateSettings()), strict=True):
        assert_frame_equal(one, other)


def test_two_undated_articles_of_one_country_are_no_story(link):
    frame = (
        "The council met for three hours, and residents filled the benches to hear what had been decided on the budget."
    )
    bodies = {
        "a": f"The Kenyan government will pay for the funerals of workers who died in a fire in Oman, officials in Nairobi said. {frame}",
        "b": f"Canada eased its travel advice for Kenya, and hotels in Nairobi said that bookings had doubled since Monday. {frame}",
    }
    assert stories(link(bodies)) == [{"a"}, {"b"}]
