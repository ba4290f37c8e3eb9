"""Table stories: events that articles report."""

import dataframely as dy

from . import columns as c
from .table import Table


class Stories(dy.Schema):
    """One row for each event that articles report."""

    story_id = c.story_id(primary_key=True)
    title = c.text("Headline of the most central article, or its first sentence where it has none.")
    article_count = c.count("Articles on it.", "articles")
    outlet_count = c.count("Different outlets among them, where known.", "outlets")
    independent_count = c.count(
        "Different origin_id of its articles: copies, and articles that credit one agency or outlet, count once.",
        "articles",
    )
    first_date = c.date("First day of its articles.", nullable=True)
    last_date = c.date("Last day of its articles.", nullable=True)


STORIES = Table("stories", Stories, ("story_id",))
