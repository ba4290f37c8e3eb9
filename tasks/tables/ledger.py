"""Table ledger: what came in, by day and outlet."""

import dataframely as dy

from . import columns as c
from .table import Table


class Ledger(dy.Schema):
    """One row for each day and outlet: what was expected and received, what became of it, and gaps."""

    ledger_id = c.text("published_date ('undated' where it is not known), ':', outlet.", primary_key=True)
    published_date = c.published_date(nullable=True)
    outlet = c.text("Who published it; null where nothing tells.", nullable=True)
    expected_count = c.count(
        "Articles that the source said there would be (expected_articles.csv).", "articles", nullable=True
    )
    received_count = c.count("Inputs archived; what is neither article nor rejected is pending.", "inputs")
    rejected_count = c.count("Rows of rejects.", "inputs")
    article_count = c.count("Rows of articles.", "articles")
    copy_count = c.count(
        "Articles among them whose text another article has that is earlier or may be; later texts of one URL are none.",
        "articles",
    )
    is_gap = c.flag(
        "Whether the outlet has no article on the day, lies between days on which it has some, and usually has some on this weekday."
    )


LEDGER = Table("ledger", Ledger, ("ledger_id",))
