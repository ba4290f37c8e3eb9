"""Corrections that people keep as CSV files: read here, applied by the functions that they correct.

A folder holds any of these files; what is absent corrects nothing. Every file may have further columns, such
as a note. Deleting a line undoes it at the next run.

    same_entities.csv       name, same_as        two names of one person, organisation or place; with an article_id or a quote_id
                                                 (optional) only in that article and its copies
    different_entities.csv  name, other_name     two names that must not be joined; with an article_id or a quote_id (optional)
                                                 only in that article and its copies, where both may be one name
    canonical_names.csv     name, canonical_name, external_id (optional, such as a Wikidata QID)
    not_copies.csv          article_id, original_id (empty: a copy of nothing)
    quote_speakers.csv      quote_id, speaker    who said a quotation, also in copies; empty: nobody that is named
    same_statements.csv     quote_id, same_as    two quotations of one statement
    different_statements.csv  quote_id, other_id  two quotations that are not one statement
    junk_lines.csv          line, is_junk (yes or no)  a line that is always or never junk; the clean room takes it in
"""

import csv
import io
from pathlib import Path
from typing import NamedTuple

import polars as pl

from quotidian.tasks.store.errors import UsageError

COLUMNS = {
    "same_entities": ("name", "same_as", "article_id", "quote_id"),
    "different_entities": ("name", "other_name", "article_id", "quote_id"),
    "canonical_names": ("name", "canonical_name", "external_id"),
    "not_copies": ("article_id", "original_id"),
    "quote_speakers": ("quote_id", "speaker"),
    "same_statements": ("quote_id", "same_as"),
    "different_statements": ("quote_id", "other_id"),
    "junk_lines": ("line", "is_junk"),
}
READ_ELSEWHERE = frozenset({"expected_articles", "reviewed"})  # by the ledger and the table quality
OPTIONAL = {
    "same_entities": frozenset({"article_id", "quote_id"}),
    "different_entities": frozenset({"article_id", "quote_id"}),
    "canonical_names": frozenset({"external_id"}),
    "not_copies": frozenset({"original_id"}),
    "quote_speakers": frozenset({"speaker"}),
}
"""Columns of each file that may be absent or empty."""
CHOICES = {"is_junk": ("yes", "no")}
"""Values that a column may have, where not any."""
SEPARATORS = (",", ";", "\t")
"""What may stand between values: spreadsheets of many countries write semicolons, pasted tables tabs."""
EFFECTS = {"file": pl.String, "line": pl.Int64, "has_effect": pl.Boolean, "detail": pl.String}


class CorrectionError(UsageError):
    """A file of corrections cannot be read, or lacks a column or a value that it needs."""


class Correction(NamedTuple):
    """One line of a file of corrections."""

    file: str
    line: int
    values: dict[str, str]

    def effect(self, has_effect: bool, detail: str) -> tuple[str, int, bool, str]:
        """A row of EFFECTS: what the line did."""
        return (self.file, self.line, has_effect, detail)


class Corrections(NamedTuple):
    """All lines, in the order of the files."""

    same_entities: tuple[Correction, ...] = ()
    different_entities: tuple[Correction, ...] = ()
    canonical_names: tuple[Correction, ...] = ()
    not_copies: tuple[Correction, ...] = ()
    quote_speakers: tuple[Correction, ...] = ()
    same_statements: tuple[Correction, ...] = ()
    different_statements: tuple[Correction, ...] = ()
    junk_lines: tuple[Correction, ...] = ()


NO_CORRECTIONS = Corrections()


def read_corrections(folder: Path | None) -> Corrections:
    """All corrections of a folder; none where the folder or a file is absent.

    Raises CorrectionError where the folder holds a CSV file of another name, a file lacks a column, or a line lacks a
    value.
    """
    if folder is None:
        return NO_CORRECTIONS
    for path in sorted(Path(folder).glob("*.csv")):
        if path.stem not in COLUMNS and path.stem not in READ_ELSEWHERE:
            known = ", ".join(f"{kind}.csv" for kind in COLUMNS)
            raise CorrectionError(f"{path.name} is no file of corrections: rename it to one of {known}, or move it.")
    return Corrections(**{kind: read_lines(Path(folder) / f"{kind}.csv", names) for kind, names in COLUMNS.items()})


def read_lines(path: Path, columns: tuple[str, ...]) -> tuple[Correction, ...]:
    """The lines of one file; the first is line 2, after the header."""
    if not path.is_file():
        return ()
    reader, optional = open_rows(read_text(path, CorrectionError)), OPTIONAL.get(path.stem, frozenset())
    missing = set(columns) - optional - set(reader.fieldnames or ())
    if missing:
        raise CorrectionError(f"{path.name} lacks the column {min(missing)}: add it to the first line.")
    return tuple(read_line(path.name, reader.line_num, row, columns, optional) for row in reader)


def read_text(path: Path, broken: type[UsageError]) -> str:
    """The text of a file; raises `broken` where it is not in UTF-8."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise broken(f"{path.name} line {line} is not in UTF-8: save the file in that encoding.") from None


def open_rows(text: str) -> csv.DictReader:
    """The rows of a table, separated as its first line is: by commas, semicolons or tabs."""
    header = text.partition("\n")[0]
    separator = max(SEPARATORS, key=lambda mark: (header.count(mark), -SEPARATORS.index(mark)))
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=separator)
    reader.fieldnames = [name.strip() for name in reader.fieldnames or ()]
    return reader


def read_line(file: str, line: int, row: dict, columns: tuple[str, ...], optional: frozenset[str]) -> Correction:
    """One line with its values stripped."""
    if None in row:
        raise CorrectionError(
            f"{file} line {line} has more values than columns: put a value with a separator in double quotes."
        )
    values = {name: (row.get(name) or "").strip() for name in columns}
    for name in columns:
        if not values[name] and name not in optional:
            raise CorrectionError(f"{file} line {line} has no {name}: fill it in or delete the line.")
        if name in CHOICES and values[name] not in CHOICES[name]:
            raise CorrectionError(f"{file} line {line} has {name} {values[name]}: write {' or '.join(CHOICES[name])}.")
    return Correction(file, line, values)


def effects_frame(rows: list[tuple[str, int, bool, str]]) -> pl.DataFrame:
    """What each correction did: file, line, has_effect, detail, in the order of the files."""
    return pl.DataFrame(rows, schema=EFFECTS, orient="row").sort("file", "line")


def correct_speakers(
    quotes: pl.DataFrame,
    links: pl.DataFrame,
    local_entities: pl.DataFrame,
    corrections: Corrections,
    groups: dict[str, str] | None = None,
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Gives quotations the speakers that people named, also where copies of the article have the same words.

    `quotes` has quote_id, article_id, speaker_entity_id and, where copies count, text; `groups` tells the copy group of each
    article; `links` and `local_entities` are those of
    `link_entities`. A speaker is named as the article of the quotation names it, or by an entity_id. Returns
    the quotes and the effects.
    """
    if not corrections.quote_speakers:
        return quotes, effects_frame([])
    articles = dict(quotes.select("quote_id", "article_id").iter_rows())
    named = local_entities.join(links, on=["article_id", "entity_index"])
    forms = named.select("article_id", "entity_id", form=pl.concat_list("name", "aliases")).explode("form")
    by_form = {(a, form): entity for a, entity, form in forms.sort("entity_id", descending=True).iter_rows()}
    known = set(links["entity_id"])
    chosen, effects = {}, []
    for line in corrections.quote_speakers:
        quote, speaker = line.values["quote_id"], line.values["speaker"]
        entity = speaker if speaker in known else by_form.get((articles.get(quote), speaker))
        is_found = quote in articles and (entity is not None or not speaker)
        if is_found:
            chosen[quote] = entity
        effects.append(line.effect(is_found, "speaker set" if is_found else "quotation or speaker not found"))
    chosen = {**follow_copies(quotes, chosen, groups), **chosen} if groups else chosen
    speakers = [chosen.get(q, s) for q, s in quotes.select("quote_id", "speaker_entity_id").iter_rows()]
    column = pl.Series("speaker_entity_id", speakers, dtype=pl.String)
    return quotes.with_columns(column), effects_frame(effects)


def follow_copies(quotes: pl.DataFrame, chosen: dict[str, str | None], groups: dict[str, str]) -> dict[str, str | None]:
    """quote_id -> speaker of the quotations that say the same words in copies of a corrected article."""
    said = [
        (quote, groups.get(article), fold_words(text))
        for quote, article, text in quotes.select("quote_id", "article_id", "text").iter_rows()
    ]
    known = {(group, words): chosen[quote] for quote, group, words in said if quote in chosen and group is not None}
    return {quote: known[group, words] for quote, group, words in said if (group, words) in known}


def fold_words(text: str) -> str:
    """A text in small letters with single blanks."""
    return " ".join(text.casefold().split())
