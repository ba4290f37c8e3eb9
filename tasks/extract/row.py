"""The row of the work store that holds what extraction found in one body, whatever articles carry it."""

from quotidian.tasks.store.errors import naming
from quotidian.tasks.store.slots import read_slots

from .annotate import annotate_text, load_model
from .annotation import Annotation
from .settings import ExtractSettings


def extract_body(body_hash: str, body: str, settings: ExtractSettings) -> dict:
    """Work row of one body."""
    model = load_model(settings.model)
    with naming(body_hash):
        annotation = annotate_text(body, model, settings)
    return {"body_hash": body_hash, "body": body} | annotation_columns(annotation)


def annotation_columns(annotation: Annotation) -> dict:
    """The nested columns of a row: sentences, mentions, entities, quotes and quantities as lists of structs."""
    columns = {
        name: [read_slots(item) for item in getattr(annotation, name)]
        for name in ("sentences", "mentions", "entities", "quotes", "quantities")
    }
    for quote in columns["quotes"]:
        quote["parts"] = [{"start": start, "end": end} for start, end in quote["parts"]]
        for name in ("speakers", "candidates"):
            quote[name] = [read_slots(item) for item in quote[name]]
    return columns
