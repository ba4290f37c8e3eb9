"""Table runs: the record of runs, beside the snapshots, outside the law that a dataset holds no clock."""

import dataframely as dy

from . import columns as c
from .kinds import STATES
from .table import Table


class Runs(dy.Schema):
    """One row for each run of the pipeline on this data folder, finished or not."""

    run_id = c.text("Moment of the start in UTC, and the process: sorts by time.", primary_key=True)
    started_at = c.moment("When the run started.")
    ended_at = c.moment("When it ended.")
    engine = c.choice(("recorded", "inline"), "Whether Prefect recorded it.")
    state = c.choice(STATES, "How it ended.")
    error = c.text("What stopped it.", nullable=True)
    parameters = c.text("Sources, days and settings, as JSON.")
    versions = c.text("Versions of the rooms, as JSON.", nullable=True)
    inputs_seen = c.count("Inputs in the sources.", "inputs", nullable=True)
    inputs_new = c.count("Inputs that were not archived before.", "inputs", nullable=True)
    clean_batches = c.count("Batches that were cleaned.", "batches", nullable=True)
    extract_batches = c.count("Batches that were extracted.", "batches", nullable=True)
    extract_chars = c.count("Characters of the bodies that were extracted.", "characters", nullable=True)
    deduplicate_batches = c.count("Batches that were sketched.", "batches", nullable=True)
    ingest_seconds = dy.Float64(description="Time in ingest.", metadata={"unit": "seconds"})
    clean_seconds = dy.Float64(description="Time in clean.", metadata={"unit": "seconds"})
    extract_seconds = dy.Float64(description="Time in extract.", metadata={"unit": "seconds"})
    deduplicate_seconds = dy.Float64(description="Time in deduplicate.", metadata={"unit": "seconds"})
    publish_seconds = dy.Float64(description="Time in publish.", metadata={"unit": "seconds"})
    snapshot = c.text("Snapshot that was current after the run.", nullable=True)
    is_new = c.flag("Whether the run published it.", nullable=True)
    articles = c.count("Rows of articles in it.", "articles", nullable=True)
    rejects = c.count("Rows of rejects in it.", "inputs", nullable=True)


RUNS = Table("runs", Runs, ("run_id",))
