"""Table backfills: what became of each day of a backfill, beside the snapshots."""

import dataframely as dy

from . import columns as c
from .kinds import DAY_STATES
from .table import Table


class Backfills(dy.Schema):
    """One row for each day of a backfill: what became of it the last time it was run."""

    source = c.text("The source as given, with {date} where the day stands.", primary_key=True)
    day = c.date("The day.", primary_key=True)
    state = c.choice(DAY_STATES, "How it ended; missing: the day has no source.")
    error = c.text("What stopped it, or why it is missing.", nullable=True)
    file_count = c.count("Files of the day's source.", "files", nullable=True)
    fingerprint = c.text("Hash of the names, sizes and moments of change of these files.", nullable=True)
    versions = c.text("Versions of the rooms, as JSON.")
    inputs_seen = c.count("Inputs in the source.", "inputs", nullable=True)
    inputs_new = c.count("Inputs that were not archived before.", "inputs", nullable=True)
    run_id = c.text("The run that did the day.", nullable=True)
    ended_at = c.moment("When the day ended.")


BACKFILLS = Table("backfills", Backfills, ("source", "day"))
