"""Who is who where all bear one surname: `python benchmarks/namesakes.py [SURNAMES]`, 12 of them where nothing is said.

Two archives of invented articles, read and linked as any other:

    two_people   two people under one full name, of different trades and towns, three articles each
    six_forms    one person under six forms (with and without the middle name, by initial, by nickname, by title, by surname
                 alone), beside somebody else of the surname

Prints for each: pairs of mentions of two people that are one entity (wrong joins), out of all such pairs; and pairs of one
person that are (found joins), out of all. Without randomness: the texts are the same every time.
"""

import json
import sys
from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple

import polars as pl

from quotidian.tasks.deduplicate.entities.entities import link_entities
from quotidian.tasks.extract.annotate import annotate_text, load_model
from quotidian.tasks.extract.flatten import flatten_entities, flatten_mentions
from quotidian.tasks.extract.parsing.model import Model
from quotidian.tasks.extract.row import annotation_columns
from quotidian.tasks.extract.settings import ExtractSettings
from quotidian.tasks.extract.work import SCHEMA

SURNAMES = [
    "Marlow",
    "Tarbell",
    "Denholm",
    "Kessel",
    "Alder",
    "Orlan",
    "Farrow",
    "Brandt",
    "Corder",
    "Stroud",
    "Perrin",
    "Haldane",
]
GIVEN = ("John", "Anna", "Peter", "Maria", "Robert", "Lena")
TRADES = (
    (
        "goalkeeper",
        "Leeds",
        "The {trade} {name} signed for {town} on Monday. {bare} will play on Sunday, the club said.",
    ),
    (
        "economist",
        "Oslo",
        "Rates must rise, said {name}, a {trade} in {town}. {bare} expects prices to fall in spring.",
    ),
    ("painter", "Lisbon", "{name}, the {trade}, opened a show of forty works in {town}. {bare} sold ten of them."),
    ("surgeon", "Nairobi", "The {trade} {name} led a team of nine doctors in {town}. {bare} said the child was well."),
    ("farmer", "Limerick", "The {trade} {name} lost sixty sheep near {town}. {bare} said the snow had come too early."),
    ("violinist", "Vienna", "The {trade} {name} played in {town} on Friday. {bare} will record the work in June."),
)
PERSON = (
    "Senator {name} met bakers in Denver on {day}.",
    "A road will be built, Senator {name} said in Denver on {day}.",
)
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")
NICKNAMES = {"John": "Jack", "Anna": "Annie", "Peter": "Pete", "Maria": "Mary", "Robert": "Bob", "Lena": "Lena"}


class Article(NamedTuple):
    """One invented article: its text, its story, and who each name in it is."""

    text: str
    story: str
    people: dict[str, str]
    """Words that a name holds -> who is meant."""


def make_two_people(surname: str, number: int) -> Iterator[Article]:
    """Articles on two people of one full name."""
    name = f"{GIVEN[number % len(GIVEN)]} {surname}"
    for shift in (0, 1 + number % (len(TRADES) - 1)):
        trade, town, text = TRADES[(number + shift) % len(TRADES)]
        who = f"{surname} the {trade}"
        for part in range(3):
            told = text.format(trade=trade, town=town, name=name, bare=surname)
            yield Article(f"{told} It was day {part + 1} of the week in {town}.", f"{who} {part}", {surname: who})


def make_six_forms(surname: str, number: int) -> Iterator[Article]:
    """Articles on one senator under six forms, and on somebody else of the surname."""
    given = GIVEN[number % len(GIVEN)]
    forms = [f"{given} Blake {surname}", f"{given} {surname}", f"{given} B. {surname}", f"{given[0]}. {surname}"]
    forms += [f"{NICKNAMES[given]} {surname}", surname]
    for place, form in enumerate(forms):
        text = PERSON[place % 2].format(name=form, day=DAYS[place])
        yield Article(text, f"{surname} {place}", {surname: f"{surname} the senator"})
    other = "Helen" if given != "Helen" else "Ruth"
    text = f"The swimmer {other} {surname} won two races in Perth. {surname} will swim again in May."
    yield Article(text, f"{surname} other", {surname: f"{surname} the swimmer"})


ARCHIVES = {"two_people": make_two_people, "six_forms": make_six_forms}


def link_archive(articles: list[Article], model: Model) -> list[tuple[str, str]]:
    """(who is meant, entity_id) of each name of a person in the articles."""
    settings = ExtractSettings()
    schema = {"article_id": pl.String, **{name: type_ for name, type_ in SCHEMA.items() if name != "body_hash"}}
    rows = [
        {"article_id": f"{n:05d}", "body": one.text} | annotation_columns(annotate_text(one.text, model, settings))
        for n, one in enumerate(articles)
    ]
    nested = pl.DataFrame(rows, schema=schema)
    stories = pl.DataFrame({"article_id": nested["article_id"], "story_id": [one.story for one in articles]})
    links = link_entities(flatten_entities(nested), stories).links
    named = (
        flatten_mentions(nested).filter(pl.col("mention_kind") == "name").join(links, on=["article_id", "entity_index"])
    )
    found = []
    for article, text, entity in named.select("article_id", "text", "entity_id").iter_rows():
        found += [(who, entity) for word, who in articles[int(article)].people.items() if word in text.split()]
    return found


def count_pairs(found: list[tuple[str, str]]) -> dict[str, int]:
    """Pairs of mentions that are one entity, and all: of two people, and of one."""
    counts = dict.fromkeys(("wrong_joins", "pairs_of_two", "found_joins", "pairs_of_one"), 0)
    for (left, one), (right, other) in combinations(found, 2):
        kind = ("found_joins", "pairs_of_one") if left == right else ("wrong_joins", "pairs_of_two")
        counts[kind[0]] += one == other
        counts[kind[1]] += 1
    return counts


def measure(count: int, model: Model) -> dict[str, dict[str, int]]:
    """`count_pairs` of each archive of the first `count` surnames."""
    names = [(surname, number) for number, surname in enumerate(SURNAMES[:count])]
    return {
        kind: count_pairs(link_archive([one for name in names for one in make(*name)], model))
        for kind, make in ARCHIVES.items()
    }


if __name__ == "__main__":
    asked = int(sys.argv[1]) if len(sys.argv) > 1 else len(SURNAMES)
    print(json.dumps(measure(asked, load_model(ExtractSettings().model)), indent=1))
