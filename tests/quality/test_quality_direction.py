"""Floors of who was first, on invented groups of copies: moments in many zones, days alone, credits, crawlers, in any order."""

from datetime import UTC, datetime, timedelta

import numpy as np
import polars as pl
import pytest

from quotidian.tasks.deduplicate.copies.credits import find_credits
from quotidian.tasks.deduplicate.link_articles import link_articles
from quotidian.tasks.deduplicate.settings import DeduplicateSettings
from quotidian.tasks.deduplicate.sketch import SKETCH_SCHEMA, sketch_article

GROUPS, COPIES = 60, 4
SYLLABLES = ["bar", "dol", "fen", "gor", "hul", "kip", "lam", "mur", "nes", "pol", "rif", "sut", "tov", "wen", "zar"]
KINDS = ("moments", "days", "one day", "credits", "crawlers")
START = datetime(2024, 3, 5, 6, tzinfo=UTC)


def write_text(draw: np.random.Generator) -> list[str]:
    """Sentences of invented words with names in them."""
    sentences = []
    for _ in range(14):
        words = ["".join(draw.choice(SYLLABLES, 3)) for _ in range(11)]
        words[4], words[8] = words[4].capitalize(), words[8].capitalize()
        sentences.append(" ".join(["The", *words]) + ".")
    return sentences


def edit_text(sentences: list[str], draw: np.random.Generator) -> list[str]:
    """A copy: one sentence left out, one put in."""
    kept = [s for place, s in enumerate(sentences) if place != draw.integers(3, 13)]
    return [*kept, *write_text(draw)[:1]] if draw.random() < 0.5 else kept


def date_row(kind: str, place: int, moment: datetime, zone: int) -> dict:
    """What is known of when the article at this place of its group was published."""
    local = (moment + timedelta(hours=zone)).date()
    match kind:
        case "moments":
            return {"published_date": local, "published_at": moment}
        case "days":
            return {"published_date": START.date() + timedelta(days=place)}
        case "crawlers":
            return {"published_date": START.date(), "captured_at": moment + timedelta(minutes=3)}
        case _:
            return {"published_date": START.date()}


def make_groups(seed: int) -> pl.DataFrame:
    """Rows of link_articles with body, group, place (in the true order) and kind, in an order and with ids that tell nothing."""
    draw = np.random.default_rng(seed)
    rows = []
    for group in range(GROUPS):
        kind, text, moment = KINDS[group % len(KINDS)], write_text(draw), START
        for place in range(COPIES):
            moment += timedelta(minutes=int(draw.integers(15, 180)), seconds=int(draw.integers(0, 60)))
            body = text if place == 0 else edit_text(text, draw)
            credit = f"This story was first published in the Paper G{group}N0." if kind == "credits" and place else ""
            rows.append(
                {
                    "article_id": f"{draw.integers(2**60):016x}",
                    "body": " ".join([*body, credit]).strip(),
                    "outlet": f"Paper G{group}N{place}",
                    "group": group,
                    "place": place,
                    "kind": kind,
                }
                | {"published_date": None, "published_at": None, "captured_at": None}
                | date_row(kind, place, moment, int(draw.integers(-8, 13)))
            )
    moments = dict.fromkeys(("published_at", "captured_at"), pl.Datetime("us", "UTC"))
    frame = pl.DataFrame(rows, schema_overrides={"published_date": pl.Date, **moments}, infer_schema_length=None)
    return frame.sample(fraction=1, shuffle=True, seed=seed).with_columns(body_hash="article_id")


@pytest.fixture(scope="module", params=[1, 2])
def pairs(request) -> pl.DataFrame:
    """Copies that were found, with kind, place and group of the copy, and those of the article that it is said to copy."""
    rows = make_groups(request.param)
    sketches = [
        {"body_hash": key, **sketch_article(body, None, [])} for key, body in rows.select("article_id", "body").rows()
    ]
    credited = pl.Series("credited", [find_credits(body) for body in rows["body"]])
    articles = rows.drop("body", "group", "place", "kind").with_columns(credited)
    schema = {"body_hash": pl.String, **SKETCH_SCHEMA}
    links = link_articles(articles, pl.DataFrame(sketches, schema=schema), DeduplicateSettings())
    told = rows.select("article_id", "group", "place", "kind")
    return (
        links.copies.drop("kind")
        .join(told, on="article_id")
        .join(told.rename({"article_id": "original_id"}), on="original_id", suffix="_of_original")
    )


def test_all_copies_are_found_and_hang_in_their_group(pairs: pl.DataFrame) -> None:
    assert pairs.height == GROUPS * (COPIES - 1)
    assert (pairs["group"] == pairs["group_of_original"]).all()


def test_nothing_is_wrong_where_it_is_said_to_be_known(pairs: pl.DataFrame) -> None:
    known = pairs.filter(pl.col("order_basis") != "unknown")
    assert (known["place_of_original"] < known["place"]).all()


def test_what_can_be_known_is(pairs: pl.DataFrame) -> None:
    bases = {"moments": "published_at", "days": "published_date", "crawlers": "captured_at", "credits": "credit"}
    told = pairs.filter(pl.col("kind") != "one day")
    found = told["order_basis"] == told["kind"].replace_strict(bases)
    assert found.mean() >= 0.97


def test_nothing_is_known_of_one_day(pairs: pl.DataFrame) -> None:
    assert set(pairs.filter(pl.col("kind") == "one day")["order_basis"]) == {"unknown"}
