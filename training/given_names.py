"""Tell which gender given names usually tell: writes the column `gender` of seeds/given_names.csv.

    python training/given_names.py dist.male.first dist.female.first

The two files are those of the census of the United States of 1990 (name, share of all, cumulated share, rank; public domain);
Faker (MIT), which has lists of 50 languages, is installed beside the project for the run alone. A name tells a gender where
both agree, or one where the other does not know it: `TIMES` as many bear it, and more than a few lists have it. Names that are
surnames in Chinese or Korean romanisation tell none, since those stand first.
"""

import argparse
import importlib
import pkgutil
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import faker.providers.person as person

from quotidian.tasks.store.facts import FOLDER, read_facts

TIMES = 100
"""Times as many people of one gender as of the other that bear a name in the census."""
LISTS = 10
"""Times as many lists of one gender as of the other that have a name in Faker."""
LEAST_SHARE, ALONE_SHARE = 0.004, 0.01
"""Percent of a gender that bears a name in the census, beside Faker and alone."""
LEAST_LISTS, LEAST_LETTERS = 2, 4
"""Lists that must have a name which the census does not know, and its letters."""
CYRILLIC = dict(
    zip(
        "абвгдежзийклмнопрстуфхцчшщъыьэюяіїєґ",
        "a b v g d e zh z i y k l m n o p r s t u f kh ts ch sh shch . y . e yu ya i i ye g".replace(".", "").split(
            " "
        ),
        strict=True,
    )
)


def spell(name: str) -> str:
    """A name in small Latin letters without accents."""
    latin = "".join(CYRILLIC.get(letter, letter) for letter in name.lower())
    return "".join(letter for letter in unicodedata.normalize("NFD", latin) if not unicodedata.combining(letter))


def read_census(path: Path) -> dict[str, float]:
    """Name -> percent of the people of a gender who bear it."""
    lines = (line.split() for line in path.read_text().splitlines())
    return {spell(line[0]): float(line[1]) for line in lines}


def list_words(value: object) -> Iterator[str]:
    """All names in a list of Faker, which may lie in lists."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, (tuple, list, dict)):
        for one in value:
            yield from list_words(one)


def count_lists() -> tuple[Counter[str], Counter[str], set[str]]:
    """How many lists of Faker give a name to men, and to women, and the romanised surnames."""
    men, women, surnames = Counter[str](), Counter[str](), set[str]()
    for _, name, is_package in pkgutil.iter_modules(person.__path__):
        provider = importlib.import_module(f"{person.__name__}.{name}").Provider if is_package else object
        for attribute in sorted(dir(provider)):
            words = {spell(word) for word in list_words(getattr(provider, attribute))}
            if "romanized" in attribute and "last" in attribute:
                surnames |= words
            elif attribute.startswith("first") and "female" in attribute:
                women.update(words)
            elif attribute.startswith("first") and "male" in attribute:
                men.update(words)
    return men, women, surnames


def decide(men: float, women: float, times: float) -> str:
    """The gender that a name tells by two numbers, empty where it is given to both."""
    return "male" if men and men >= times * women else "female" if women and women >= times * men else ""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("men", type=Path)
    parser.add_argument("women", type=Path)
    arguments = parser.parse_args()
    census = read_census(arguments.men), read_census(arguments.women)
    *lists, surnames = count_lists()

    def tell(name: str) -> str:
        counted, listed = [one.get(name, 0.0) for one in census], [one[name] for one in lists]
        by_census, by_lists = decide(*counted, TIMES), decide(*listed, LISTS)
        share = max(counted)
        if name in surnames:
            return ""
        if share and sum(listed):
            return by_census if by_census == by_lists and share >= LEAST_SHARE else ""
        if share:
            return by_census if share >= ALONE_SHARE else ""
        is_known = sum(listed) >= LEAST_LISTS and not min(listed) and len(name) >= LEAST_LETTERS
        return by_lists if is_known else ""

    names = [row["name"] for row in read_facts("given_names")]
    lines = ["name,gender", *(f"{name},{tell(name)}" for name in names)]
    (FOLDER / "given_names.csv").write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
