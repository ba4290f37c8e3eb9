"""Table rejects: inputs that did not become articles."""

import dataframely as dy

from . import columns as c
from .kinds import STEPS
from .table import Table


class Rejects(dy.Schema):
    """One row for each input that did not become an article, with the reason."""

    input_id = c.input_id(primary_key=True)
    source = c.source()
    step = c.choice(STEPS, "The room that rejected it.")
    reason = c.text("One word for the reason, the same for all inputs of the kind.", shared=True)
    detail = c.text("What exactly was wrong.")


REJECTS = Table("rejects", Rejects, ("input_id",))
