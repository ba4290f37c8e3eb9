"""The `quotidian` command: the list of its commands, each of which has a file here, and how it ends.

A command's file is imported when it runs, so that help comes at once.
"""

import sys
from importlib.metadata import version
from typing import NoReturn

from cyclopts import App, Group, Parameter

from quotidian.flows.commands.flags import describe_default
from quotidian.flows.process.interrupt import INTERRUPTED, STOPPED
from quotidian.flows.process.stop_signal import heed_signals, ignore_signals, is_stopped, noting_signals
from quotidian.tasks.store.errors import QuotidianError
from quotidian.tasks.store.passwords import hide_users

COMMANDS = {
    "Make tables": {
        "run": "Archive what is new in SOURCES, finish what is pending, and publish the tables.",
        "backfill": "Run day by day over a range of days; finished days are skipped, and one that fails does not stop the others.",
        "fetch": "Poll FEEDS and save the pages that they link and that were not fetched before.",
        "init": "Write quotidian.toml with every setting and its default, prefect.yaml and a README of the folder.",
    },
    "Ask and hand on": {
        "sql": "Ask the current snapshot in SQL: every table is there by name, and the views `quotations`, `quoted_speakers`, `said_about`, `copied_articles` and `display_quotations`.",
        "ask": "Ask a saved question: most quoted speakers, what one said about another, who quoted it first, and more.",
        "show": "Show a published article with its mentions, quotations and speakers, and what was removed.",
        "report": "Write the current snapshot as pages to look at: stories, speakers, articles, copies, quality, search.",
        "export": "Write the current snapshot, or a selection, for other tools: PostgreSQL, DuckDB, SQLite, Excel, CSV.",
        "watch": "Tell what is new in the current snapshot, once: statements by or about somebody, copies, anonymous claims; as feed, to a webhook, by mail or chat.",
        "review": "Write the least sure rows for people to look at, also in Label Studio, and take their answers in as corrections.",
        "publish": "Copy the current snapshot into a folder for others, whole or without text.",
        "path": "Print the folder of the current snapshot; resolve it once, then read all tables from there.",
        "tables": "Print the data dictionary in Markdown.",
        "annotate": "Find sentences, entities and quotations in texts exactly as given, without cleaning or archiving them.",
    },
    "Look after them": {
        "status": "Show what is archived, pending, published and rejected, by day.",
        "check": "Check what is published: contracts, keys, slices, hashes, and that body and edits rebuild the raw text.",
        "diff": "Show which rows were added, are gone or changed between two snapshots, and why.",
        "rollback": "Make an earlier snapshot the current one, at once for all tables; nothing is removed.",
        "prune": "Remove old snapshots, never the current one nor one that is being read.",
        "forget": "Take an article down: from the archive, all work and all snapshots, for good, also when its source comes again.",
        "reproduce": "Clean and extract one archived input by itself, to see it fail; take it back where it no longer does.",
        "learn-junk": "Propose lines that come back in the articles of an outlet, for people to accept as junk.",
        "settings": "Print the settings in force as JSON, from flags, environment, quotidian.toml and defaults.",
    },
}
"""Group -> command -> what it does, as `quotidian --help` lists them; the first line of the docstring of its function says the same."""

EXAMPLES = {
    "Make tables": "quotidian run landing --inline",
    "Ask and hand on": "quotidian ask said-about speaker=Blinken about=Taiwan",
    "Look after them": "quotidian diff --table quotes --rows",
}

FULL = ("no space left", "disk is full", "disk full", "could not write all bytes")
"""What DuckDB, SQLite and Arrow say on a disk without space."""

app = App(
    name="quotidian",
    help="Turn scraped English news into Parquet tables of who said what, about whom, and who copied it from whom.",
    version=lambda: f"quotidian {version('quotidian')}",
    suppress_keyboard_interrupt=False,
    default_parameter=Parameter(show_default=describe_default),
)


def register_commands() -> None:
    """Add each command by the name of its module and function."""
    for order, (title, commands) in enumerate(COMMANDS.items()):
        group = Group(title, help=f"Example: {EXAMPLES[title]}", sort_key=order)
        for name, meaning in commands.items():
            module = name.replace("-", "_")
            app.command(f"quotidian.flows.commands.{module}:{module}", name=name, help=meaning, group=group)
    app.register_install_completion_command(help="Complete commands and flags with Tab in bash, zsh and fish.")


register_commands()


def describe_failure(error: Exception) -> str | None:
    """One sentence for a failure that a user can mend, else None."""
    if isinstance(error, QuotidianError):
        return str(error)
    if isinstance(error, OSError) and error.filename is not None:
        return f"{error.filename}: {error.strerror}."
    if isinstance(error, OSError):
        return f"{error.strerror or error}: free some space or choose another --data folder."
    if any(words in str(error).lower() for words in FULL):
        return f"{str(error).splitlines()[0]}: free some space or write elsewhere."
    return None


def describe_damage() -> str | None:
    """One sentence where a failure that nobody foresaw has its cause in a damaged snapshot, which the command read."""
    published = sys.modules.get("quotidian.flows.commands.published")
    return published.describe_damage() if published else None


def main() -> None:
    """Entry point: exit codes 0 done, 1 failed, 2 asked wrongly, 3 the data folder is in use, 130 interrupted."""
    heed_signals()
    with noting_signals():
        code = call_command()
    ignore_signals()
    sys.exit(code or 0)


def call_command() -> int | None:
    """What the command gives; whatever goes wrong ends the process with a sentence and a code."""
    try:
        return app(sys.argv[1:], result_action="return_value", exit_on_error=True)
    except KeyboardInterrupt:
        end_stopped()
    except BrokenPipeError:
        sys.exit(0)
    except Exception as error:
        if is_stopped(error):
            end_stopped()
        words = describe_failure(error) or describe_damage()
        if words is None:
            raise
        from quotidian.flows.process.terminal import make_inert

        sys.stderr.write(f"quotidian: {make_inert(hide_users(words))}\n")
        sys.exit(getattr(error, "exit_code", 1))


def end_stopped() -> NoReturn:
    """End as a command that was stopped."""
    ignore_signals()
    sys.stderr.write(STOPPED)
    sys.exit(INTERRUPTED)
