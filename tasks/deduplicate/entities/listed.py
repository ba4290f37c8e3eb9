"""Which entities the lists of `knowledge/` mean: by name, type, country and days, with a score, and none where two fit.

A score begins with how the name is borne and is multiplied by what is known beside it. The factors are judgements, not counted:
they are set so that a name alone is enough only where type and country are not known to differ, and so that two lines of one name
are told apart by what the entity's own articles name.
"""

from collections import defaultdict
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

import polars as pl

from quotidian.tasks.deduplicate.entities.article_countries import find_article_countries
from quotidian.tasks.deduplicate.entities.institutions import MARK, place_key, split_institution
from quotidian.tasks.deduplicate.entities.linked_names import join_entities
from quotidian.tasks.deduplicate.entities.names import name_key
from quotidian.tasks.deduplicate.knowledge import ORGANISATION, PERSON, PLACE, Listed, find_lists, read_list

KINDS = {"PERSON": PERSON, "ORG": ORGANISATION, "GPE": PLACE, "LOC": PLACE, "FAC": PLACE}
TYPES = {PERSON: "PERSON", ORGANISATION: "ORG", PLACE: "GPE"}
LEAST_USE = 0.2
"""Share of an entity's articles that use a name, for the name to count."""
LEAST_SCORE = 0.7
LINE_LEAD, ENTITY_LEAD = 0.12, 0.09
"""How far the best line of an entity must be ahead of the next, and the best entity of a line: less, and neither is taken."""
BY_NAME, BY_ALIAS, BY_ONE_WORD = 1.0, 0.9, 0.8
UNTYPED = 0.9
SOME_COUNTRY, NO_COUNTRY, OTHER_COUNTRY = 0.85, 0.9, 0.6
"""Where less than half of the articles tell a country of the line; where one side tells none; where they tell others only."""
ENDED, LONG_AGO = 0.85, timedelta(days=3653)
"""Of who died, or what ended, ten years before the first article."""
GIVEN = "id given"
LISTED = {"entity_id": pl.String, "scheme": pl.String, "id": pl.String, "score": pl.Float64}
EFFECTS = {"file": pl.String, "lines": pl.Int64, "line": pl.Int64, "has_effect": pl.Boolean, "detail": pl.String}


class Facts(NamedTuple):
    """What the articles of an entity tell."""

    country: str | None
    """Of an institution."""
    told: dict[str, float]
    """Country -> share of the articles that tell any."""
    first_day: date | None


class Match(NamedTuple):
    """An entity that bears a name of a line; one person is one entity, whatever the name, and of others namesakes are those
    of one key."""

    one: Listed
    entity: str
    kind: str
    key: str
    score: float


def match_lists(
    folder: Path | None,
    entities: pl.DataFrame,
    names: pl.DataFrame,
    links: pl.DataFrame,
    days: pl.DataFrame,
    taken: frozenset[tuple[str, str]] = frozenset(),
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Columns of LISTED, sorted; and what each line did, with columns of EFFECTS.

    entities: entity_id, name, type, country, is_ambiguous; names: article_id, entity_index, name, mention_count of the local entities;
    links: article_id, entity_index, entity_id; days: article_id, published_date; taken: entity_id and scheme of the ids that are known
    already, which stay. Lines that no entity bears are only counted
    (`lines` of their file); a file of which none is borne has one row without a line.
    """
    lists = find_lists(folder)
    if not lists:
        return pl.DataFrame(schema=LISTED), pl.DataFrame(schema=EFFECTS)
    joined = join_entities(names, links)
    bearers, counts, met = find_bearers(entities, joined), {}, []
    for path in lists:
        counts[path.name] = 0
        for one in read_list(path):
            counts[path.name] += 1
            met += meet(one, bearers)
    facts = gather_facts({match.entity for match in met}, entities, joined, days)
    scored = [match._replace(score=match.score * weigh(match.one, facts[match.entity])) for match in met]
    chosen, effects = choose(scored, taken)
    rows = [(match.entity, match.one.scheme, match.one.id, round(match.score, 4)) for match in chosen]
    idle = [(file, None, False, "no article has its names") for file in counts if file not in {e[0] for e in effects}]
    told = [(file, counts[file], *rest) for file, *rest in [*effects, *idle]]
    listed = pl.DataFrame(rows, schema=LISTED, orient="row").sort("entity_id", "scheme", "id")
    return listed, pl.DataFrame(told, schema=EFFECTS, orient="row").sort("file", "line")


def find_bearers(entities: pl.DataFrame, joined: pl.DataFrame) -> dict[tuple[str, str], list[str]]:
    """Key and kind -> entities that bear the name; a bare name of a person only where the entity has no other."""
    known = entities.filter(pl.col("type").is_in([*KINDS]) & ~pl.col("is_ambiguous"))
    articles = joined.group_by("entity_id").agg(all=pl.col("article_id").n_unique())
    used = joined.group_by("entity_id", name_used="name").agg(some=pl.col("article_id").n_unique())
    common = used.join(articles, on="entity_id").filter(pl.col("some") >= LEAST_USE * pl.col("all"))
    borne = known.join(common, on="entity_id", how="left").sort("entity_id", "name_used")
    bearers: dict[tuple[str, str], list[str]] = defaultdict(list)
    for entity, name, type_, country, form in borne.select(
        "entity_id", "name", "type", "country", "name_used"
    ).iter_rows():
        for text in {name, form} - {None}:
            key = key_of(text, type_, country)
            is_bare = type_ == "PERSON" and " " not in key and text != name
            if key and not is_bare and entity not in bearers[key, KINDS[type_]]:
                bearers[key, KINDS[type_]].append(entity)
    return bearers


def key_of(name: str, type_: str, country: str | None) -> str:
    """Key of a name; that of an institution that every country has holds its country."""
    key = name_key(name, type_)
    return key if type_ == "PERSON" else place_key(key, country)


def meet(one: Listed, bearers: dict[tuple[str, str], list[str]]) -> list[Match]:
    """The entities that bear a name of a line, each once, by the name that tells most."""
    found: dict[str, Match] = {}
    country = one.countries[0] if len(one.countries) == 1 else None
    for name in (one.name, *one.aliases):
        for kind in one.kinds:
            key = key_of(name, TYPES[kind], country)
            score = rate_name(name == one.name, kind, key) * (1.0 if len(one.kinds) == 1 else UNTYPED)
            for entity in bearers.get((key, kind), ()) if score else ():
                if entity not in found or score > found[entity].score:
                    found[entity] = Match(one, entity, kind, "" if kind == PERSON else key, score)
    return list(found.values())


def rate_name(is_main: bool, kind: str, key: str) -> float:
    """What a name tells: a bare alias of a person nothing, nor an institution that every country has, without its country."""
    if kind == PERSON and " " not in key:
        return BY_ONE_WORD if is_main else 0.0
    if kind != PERSON and split_institution(key) and f" {MARK}" not in key:
        return 0.0
    return BY_NAME if is_main else BY_ALIAS


def gather_facts(
    wanted: set[str], entities: pl.DataFrame, joined: pl.DataFrame, days: pl.DataFrame
) -> dict[str, Facts]:
    """entity_id -> facts of the entities that are wanted."""
    known = pl.col("entity_id").is_in(sorted(wanted))
    articles = joined.filter(known).select("entity_id", "article_id").unique()
    near = joined.join(articles.select("article_id").unique(), on="article_id", how="semi")
    told = articles.join(find_article_countries(near), on="article_id")
    totals = told.group_by("entity_id").agg(all=pl.len())
    shares = told.explode("told").group_by("entity_id", "told").agg(some=pl.len()).join(totals, on="entity_id")
    countries: dict[str, dict[str, float]] = defaultdict(dict)
    for entity, country, share in shares.select("entity_id", "told", pl.col("some") / pl.col("all")).iter_rows():
        countries[entity][country] = share
    first = articles.join(days, on="article_id").group_by("entity_id").agg(pl.col("published_date").min())
    firsts = dict(first.iter_rows())
    rows = entities.filter(known).select("entity_id", "country").iter_rows()
    return {entity: Facts(country, countries[entity], firsts.get(entity)) for entity, country in rows}


def weigh(one: Listed, facts: Facts) -> float:
    """What is known beside the name speaks for; 0 where it excludes that the entity is meant."""
    if one.start_date and facts.first_day and facts.first_day < one.start_date:
        return 0.0
    if facts.country and one.countries and facts.country not in one.countries:
        return 0.0
    is_ended = one.end_date and facts.first_day and facts.first_day - one.end_date > LONG_AGO
    return weigh_countries(one, facts) * (ENDED if is_ended else 1.0)


def weigh_countries(one: Listed, facts: Facts) -> float:
    """What the countries speak for that the articles of an entity tell."""
    if facts.country and facts.country in one.countries:
        return 1.0
    if not one.countries or not facts.told:
        return NO_COUNTRY
    share = max(facts.told.get(country, 0.0) for country in one.countries)
    return 1.0 if share >= 0.5 else SOME_COUNTRY if share else OTHER_COUNTRY


def choose(
    scored: list[Match], taken: frozenset[tuple[str, str]]
) -> tuple[list[Match], list[tuple[str, int, bool, str]]]:
    """The matches that are sure, and for each line that an entity bears what it did."""
    by_entity, by_name = defaultdict(list), defaultdict(list)
    for match in scored:
        if match.score >= LEAST_SCORE:
            by_entity[match.entity, match.one.scheme].append(match)
            by_name[match.one.place, match.kind, match.key].append(match)
    chosen, told = [], defaultdict(set)
    for match in scored:
        rivals = [other for other in by_entity[match.entity, match.one.scheme] if other.one.id != match.one.id]
        namesakes = [other for other in by_name[match.one.place, match.kind, match.key] if other.entity != match.entity]
        word = judge(match, rivals, namesakes, (match.entity, match.one.scheme) in taken)
        told[match.one.file, match.one.line].add(word)
        chosen += [match] if word == GIVEN else []
    effects = [
        (*place, GIVEN in words, GIVEN if GIVEN in words else min(words)) for place, words in sorted(told.items())
    ]
    return chosen, effects


def judge(match: Match, rivals: list[Match], namesakes: list[Match], is_taken: bool) -> str:
    """What becomes of one match, beside the other lines that its entity fits and the other entities of its name."""
    if is_taken:
        return "its entity has an id there already"
    if match.score < LEAST_SCORE:
        return "its articles speak against it"
    if any(match.score - other.score < LINE_LEAD for other in rivals):
        return "another line fits as well"
    if any(match.score - other.score < ENTITY_LEAD for other in namesakes):
        return "another entity bears the name"
    return GIVEN
