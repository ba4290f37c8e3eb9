"""Names that people set apart in single articles: lines of different_entities.csv that name an article or a quotation."""

import polars as pl

from quotidian.tasks.deduplicate.corrections import Correction, Corrections
from quotidian.tasks.deduplicate.entities.names import name_key, tokenize_name


def split_by_article(corrections: Corrections) -> tuple[Corrections, tuple[Correction, ...]]:
    """The corrections without the lines of different_entities.csv that hold in one article, and those."""
    lines = corrections.different_entities
    single = tuple(line for line in lines if line.values.get("article_id") or line.values.get("quote_id"))
    general = tuple(line for line in lines if line not in single)
    return corrections._replace(different_entities=general), single


def place_by_quote(corrections: Corrections, quotes: pl.DataFrame) -> Corrections:
    """The corrections, with the article of each line of different_entities.csv that names a quotation instead; `quotes` has
    quote_id and article_id."""
    if not any(line.values.get("quote_id") for line in corrections.different_entities):
        return corrections
    articles = dict(quotes.select("quote_id", "article_id").iter_rows())
    lines = tuple(place_line(line, articles) for line in corrections.different_entities)
    return corrections._replace(different_entities=lines)


def place_line(line: Correction, articles: dict[str, str]) -> Correction:
    """One line with the article of its quotation, where it names no article."""
    values = line.values
    article = values.get("article_id") or articles.get(values.get("quote_id", ""), "")
    return line._replace(values={**values, "article_id": article})


def set_apart(
    keyed: pl.DataFrame, lines: tuple[Correction, ...], article_links: pl.DataFrame
) -> tuple[pl.DataFrame, list[tuple]]:
    """Gives what an article and its copies call `name` a root of its own, where it would be `other_name`.

    `keyed` has article_id, name, aliases, type, key and root; `article_links` article_id and, where it is known, copy_group.
    Lines of the same two names mean one entity. Also returns what each line did.
    """
    effects = []
    for line in lines:
        articles = find_copies(line.values.get("article_id", ""), article_links)
        hit = find_rows(keyed, line, articles)
        root = f"{plain_key(line.values['name'])}\x1fnot {plain_key(line.values['other_name'])}"
        place = pl.int_range(pl.len())
        keyed = (
            keyed.with_columns(root=pl.when(place.is_in(hit)).then(pl.lit(root)).otherwise("root")) if hit else keyed
        )
        effects.append(line.effect(bool(hit), "kept apart in its article" if hit else "the article has no such name"))
    return keyed, effects


def find_copies(article: str, article_links: pl.DataFrame) -> set[str]:
    """An article with all of its copy group."""
    if "copy_group" not in article_links.columns:
        return {article}
    groups = article_links.filter(pl.col("article_id") == article)["copy_group"]
    return {article, *article_links.filter(pl.col("copy_group").is_in(groups.implode()))["article_id"]}


def find_rows(keyed: pl.DataFrame, line: Correction, articles: set[str]) -> list[int]:
    """Places of the rows of some articles that are called `name` and would be the entity of `other_name`."""
    own, other = list_keys(line.values["name"]), list_keys(line.values["other_name"])
    numbered = keyed.with_row_index("place")
    known = set(numbered.filter(pl.col("key").is_in(list(other)))["root"]) if own != other else None
    rows = numbered.filter(pl.col("article_id").is_in(list(articles))).select("place", "type", "key", "aliases", "root")
    return [
        place
        for place, type_, key, aliases, root in rows.iter_rows()
        if own & {key, *(name_key(alias, type_) for alias in aliases)} and (known is None or root in known)
    ]


def list_keys(name: str) -> set[str]:
    """Keys that a name may have."""
    return {name_key(name), name_key(name, "PERSON"), plain_key(name)}


def plain_key(name: str) -> str:
    """Key of a name as it stands, without aliases."""
    return " ".join(tokenize_name(name)) or name
