"""Commands for when an article makes trouble."""

from typing import Annotated

from cyclopts import App, Parameter

from quotidian.flows.commands.flags import Data


def register(app: App) -> None:
    """Add the command to the app."""
    app.command(reproduce)


def reproduce(
    article: Annotated[
        str, Parameter(help="input_id, article_id or hash of a body, as an error or a reject names it.")
    ],
    /,
    *,
    data: Data = None,
) -> int:
    """Clean and extract one archived input by itself, to see it fail; take it back where it no longer does."""
    from quotidian.flows.commands.reproduce import reproduce_article

    return reproduce_article(article, data)
