"""Names that people part or join in single articles: lines of different_entities.csv and same_entities.csv that name an article
or a quotation."""

import polars as pl

from quotidian.tasks.deduplicate.corrections import Correction, Corrections
from quotidian.tasks.deduplicate.entities.names import name_key, spell_words
from quotidian.tasks.deduplicate.entities.readings import CODED, is_among, split_listed

ENTITY_FILES = ("same_entities", "different_entities")


def split_by_article(corrections: Corrections) -> tuple[Corrections, tuple[Correction, ...]]:
    """The corrections without the lines on names that hold in one article, and those."""
    lines = {kind: getattr(corrections, kind) for kind in ENTITY_FILES}
    single = tuple(line for own in lines.values() for line in own if is_single(line))
    general = {kind: tuple(line for line in own if not is_single(line)) for kind, own in lines.items()}
    return corrections._replace(**general), single


def is_single(line: Correction) -> bool:
    """Whether a line holds in one article and its copies."""
    return bool(line.values.get("article_id") or line.values.get("quote_id"))


def place_by_quote(corrections: Corrections, quotes: pl.DataFrame) -> Corrections:
    """The corrections, with the article of each line on names that names a quotation instead; `quotes` has quote_id and
    article_id."""
    lines = {kind: getattr(corrections, kind) for kind in ENTITY_FILES}
    if not any(line.values.get("quote_id") for own in lines.values() for line in own):
        return corrections
    articles = dict(quotes.select("quote_id", "article_id").iter_rows())
    return corrections._replace(**{kind: tuple(place_line(line, articles) for line in lines[kind]) for kind in lines})


def place_line(line: Correction, articles: dict[str, str]) -> Correction:
    """One line with the article of its quotation, where it names no article."""
    values = line.values
    article = values.get("article_id") or articles.get(values.get("quote_id", ""), "")
    return line._replace(values={**values, "article_id": article})


def set_apart(
    keyed: pl.DataFrame, lines: tuple[Correction, ...], article_links: pl.DataFrame
) -> tuple[pl.DataFrame, list[tuple]]:
    """Gives what an article and its copies call `name` a root of its own, where it would be `other_name`, or the root of
    `same_as`, where that names one entity.

    `keyed` has article_id, name, aliases, type, key and root; `article_links` article_id and, where it is known, copy_group.
    Lines of the same two names mean one entity. Also returns what each line did.
    """
    effects = []
    for line in lines:
        articles = find_copies(line.values.get("article_id", ""), article_links)
        if "same_as" in line.values:
            hit, root, done = join_rows(keyed, line, articles)
        else:
            hit, root, done = part_rows(keyed, line, articles)
        place = pl.int_range(pl.len())
        keyed = (
            keyed.with_columns(root=pl.when(place.is_in(hit)).then(pl.lit(root, CODED)).otherwise("root"))
            if hit
            else keyed
        )
        effects.append(line.effect(bool(hit), done))
    return keyed, effects


def part_rows(keyed: pl.DataFrame, line: Correction, articles: set[str]) -> tuple[list[int], str, str]:
    """Places of the rows that a line of different_entities.csv parts, their new root, and what the line did."""
    hit = find_rows(keyed, line.values["name"], articles, line.values["other_name"])
    root = f"{plain_key(line.values['name'])}\x1fnot {plain_key(line.values['other_name'])}"
    return hit, root, "kept apart in its article" if hit else "the article has no such name"


def join_rows(keyed: pl.DataFrame, line: Correction, articles: set[str]) -> tuple[list[int], str, str]:
    """Places of the rows that a line of same_entities.csv joins to another entity, its root, and what the line did."""
    roots = set(keyed.filter(is_among("key", list_keys(line.values["same_as"])))["root"])
    if len(roots) != 1:
        return [], "", "several have the other name" if roots else "no article has the other name"
    hit, (root,) = find_rows(keyed, line.values["name"], articles), roots
    return hit, root, "joined in its article" if hit else "the article has no such name"


def find_copies(article: str, article_links: pl.DataFrame) -> set[str]:
    """An article with all of its copy group."""
    if "copy_group" not in article_links.columns:
        return {article}
    groups = article_links.filter(pl.col("article_id") == article)["copy_group"]
    return {article, *article_links.filter(pl.col("copy_group").is_in(groups.implode()))["article_id"]}


def find_rows(keyed: pl.DataFrame, name: str, articles: set[str], other_name: str | None = None) -> list[int]:
    """Places of the rows of some articles that are called `name` and, where that is given, would be the entity of `other_name`."""
    own = list_keys(name)
    other = own if other_name is None else list_keys(other_name)
    numbered = keyed.with_row_index("place")
    known = set(numbered.filter(is_among("key", other))["root"]) if own != other else None
    rows = numbered.filter(is_among("article_id", articles)).select("place", "type", "key", "aliases", "root")
    return [
        place
        for place, type_, key, aliases, root in rows.iter_rows()
        if own & {key, *(name_key(alias, type_) for alias in split_listed(aliases))}
        and (known is None or root in known)
    ]


def list_keys(name: str) -> set[str]:
    """Keys that a name may have."""
    return {name_key(name), name_key(name, "PERSON"), plain_key(name)}


def plain_key(name: str) -> str:
    """Key of a name as it stands, without aliases."""
    return spell_words(name) or name
