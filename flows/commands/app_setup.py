"""Commands that prepare a desk: a settings file, completion in the shell."""

from pathlib import Path
from typing import Annotated

from cyclopts import App, Parameter


def register(app: App) -> None:
    """Add the commands to the app."""
    app.command(init)
    app.register_install_completion_command(help="Complete commands and flags with Tab in bash, zsh and fish.")


def init(
    folder: Annotated[Path, Parameter(help="Where to write it.")] = Path(),
    /,
    *,
    force: Annotated[bool, Parameter(negative="", help="Replace a file that is there.")] = False,
) -> int:
    """Write quotidian.toml with every setting, what it means, and its default."""
    from quotidian.flows.commands.init import write_settings

    return write_settings(folder, force)
