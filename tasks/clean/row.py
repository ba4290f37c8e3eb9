"""The row of the work store that holds what cleaning made of one input."""

from quotidian.tasks.ingest.archive import DECLARED
from quotidian.tasks.ingest.raw_text import RawArticle, read_article
from quotidian.tasks.ingest.records import JSON
from quotidian.tasks.ingest.settings import IngestSettings
from quotidian.tasks.store.errors import naming
from quotidian.tasks.store.slots import read_slots
from quotidian.tasks.store.work import hash_bytes

from .article import clean_article
from .cleaned import Cleaned, Declared, Rejected
from .facts import Notes
from .metadata import weigh_metadata
from .settings import CleanSettings

SOURCE_KINDS = ("agency", "republication")
"""The kinds of credits that name whom a text came from; `sources` has one name a line."""


def clean_input(row: dict, settings: CleanSettings, ingest: IngestSettings) -> dict:
    """Work row of one archived input (a row of the archive's schema that was not rejected)."""
    kept = {column: row[column] for column in ("input_id", "source", "arrival", "record_id")}
    with naming(row["input_id"], row["source"]):
        article = read_article(row["payload"], row["media_type"], ingest)
        declared = list_declared(row, article)
        outcome = clean_article(article.text, declared, settings)
        if not article.text.strip():
            outcome = Rejected(
                "no_text", article.problem or f"no article in {len(row['payload'])} bytes of {row['media_type']}"
            )
        if row["media_type"] == JSON:
            kept["record_id"] = article.record_id
        return kept | (reject_columns(outcome, declared) if isinstance(outcome, Rejected) else cleaned_columns(outcome))


def reject_columns(rejected: Rejected, declared: Declared) -> dict:
    """The columns of a reject: why, and what its source declares of it."""
    told = weigh_metadata(declared, Notes())
    own = {column: told.values.get(column) for column in ("url", "outlet", "title")}
    day = {"published_date": told.moment.day}
    return {"reject_reason": rejected.reason, "reject_detail": rejected.detail} | own | day


def list_declared(row: dict, article: RawArticle) -> Declared:
    """What is declared of an article: by its record as the settings read it, else by its source and its page."""
    if row["media_type"] != JSON:
        own = {column: row[column] for column in DECLARED}
        return Declared(**own, page=article.metadata, is_paywalled=article.is_paywalled)
    captured = (fact.value for fact in article.metadata if fact.field == "captured" and fact.problem is None)
    return Declared(captured=next(captured, None), page=article.metadata, is_paywalled=article.is_paywalled)


def cleaned_columns(cleaned: Cleaned) -> dict:
    """The columns of an article."""
    columns = read_slots(cleaned)
    for name in ("edits", "credits", "metadata"):
        columns[name] = [read_slots(item) for item in columns[name]]
    sources = {" ".join(credit.text.split()) for credit in cleaned.credits if credit.kind in SOURCE_KINDS}
    columns["sources"] = "\n".join(sorted(sources)) or None
    columns["quality_flags"] = " ".join(cleaned.quality_flags)
    columns["body_hash"] = hash_bytes(cleaned.body.encode())
    return columns
