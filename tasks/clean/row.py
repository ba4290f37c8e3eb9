"""The row of the work store that holds what cleaning made of one input."""

from quotidian.tasks.ingest.archive import DECLARED
from quotidian.tasks.ingest.raw_text import read_article
from quotidian.tasks.ingest.settings import IngestSettings
from quotidian.tasks.store.errors import naming
from quotidian.tasks.store.slots import read_slots
from quotidian.tasks.store.work import hash_bytes

from .article import clean_article
from .cleaned import Cleaned, Declared, Rejected
from .settings import CleanSettings


def clean_input(row: dict, settings: CleanSettings, ingest: IngestSettings) -> dict:
    """Work row of one archived input (a row of the archive's schema that was not rejected)."""
    with naming(row["input_id"], row["source"]):
        article = read_article(row["payload"], row["media_type"], ingest)
        declared = Declared(**{column: row[column] for column in DECLARED}, page=article.metadata)
        outcome = clean_article(article.text, declared, settings)
    if not article.text.strip():
        outcome = Rejected("no_text", f"no article in {len(row['payload'])} bytes of {row['media_type']}")
    kept = {column: row[column] for column in ("input_id", "source", "arrival", "record_id")}
    if isinstance(outcome, Rejected):
        return kept | {"reject_reason": outcome.reason, "reject_detail": outcome.detail}
    return kept | cleaned_columns(outcome)


def cleaned_columns(cleaned: Cleaned) -> dict:
    """The columns of an article."""
    columns = read_slots(cleaned)
    for name in ("edits", "credits", "metadata"):
        columns[name] = [read_slots(item) for item in columns[name]]
    columns["quality_flags"] = " ".join(cleaned.quality_flags)
    columns["body_hash"] = hash_bytes(cleaned.body.encode())
    return columns
