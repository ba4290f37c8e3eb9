"""The `quotidian` command. What a command needs is imported when it runs, so that help comes at once."""

import signal
import sys
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Literal, NoReturn

from cyclopts import App, Parameter

from quotidian.flows.commands import app_faults, app_report, app_setup, app_snapshots, app_tables
from quotidian.flows.commands.flags import DaskAddress, Data, Inline, Json, Where, Workers, describe_default
from quotidian.flows.process.interrupt import INTERRUPTED, STOPPED
from quotidian.flows.process.stop_signal import STOPPING, is_stopped, noting_signals
from quotidian.tasks.store.errors import QuotidianError

app = App(
    name="quotidian",
    help="Turn scraped English news into Parquet tables of who said what, about whom, and who copied it from whom.",
    version=lambda: f"quotidian {version('quotidian')}",
    suppress_keyboard_interrupt=False,
    default_parameter=Parameter(show_default=describe_default),
)


@app.command
def run(
    sources: Annotated[
        list[str],
        Parameter(
            help="Files, folders, globs or addresses (s3://…) of articles in any format; - for standard input.",
            negative="",
            allow_leading_hyphen=True,
        ),
    ],
    /,
    *,
    data: Data = None,
    inline: Inline = False,
    workers: Workers = None,
    engine: Where = None,
    dask_address: DaskAddress = None,
    from_: Annotated[
        date | None, Parameter(name="--from", help="First day to work on (YYYY-MM-DD), by published date.")
    ] = None,
    to: Annotated[date | None, Parameter(help="Last day to work on (YYYY-MM-DD).")] = None,
    day: Annotated[
        str | None, Parameter(name="--date", help="Day for {date} in SOURCES: YYYY-MM-DD, or today (UTC).")
    ] = None,
    wait: Annotated[float | None, Parameter(help="Seconds to wait for another run on the same data folder.")] = None,
    log: Annotated[Path | None, Parameter(help="File to which the run appends what it does, as JSON lines.")] = None,
    json: Json = False,
) -> int:
    """Archive what is new in SOURCES, finish what is pending, and publish the tables."""
    from quotidian.flows.commands.start import run_pipeline

    flags = {
        "data": data,
        "workers": workers,
        "wait_seconds": wait,
        "engine": engine,
        "dask_address": dask_address,
        "log": log,
    }
    return run_pipeline(sources, day, inline, (from_, to), json, **flags)


@app.command
def backfill(
    source: Annotated[
        str,
        Parameter(help="Source of a day: file, folder, glob or address with {date} or {date:%Y/%m/%d} for the day."),
    ],
    *,
    from_: Annotated[date, Parameter(name="--from", help="First day (YYYY-MM-DD).")],
    to: Annotated[date, Parameter(help="Last day (YYYY-MM-DD).")],
    plan: Annotated[bool, Parameter(negative="", help="Only show what each day holds and what is left to do.")] = False,
    force: Annotated[bool, Parameter(negative="", help="Run finished days again.")] = False,
    redo: Annotated[
        Literal["clean", "extract"] | None, Parameter(help="Drop what this room made of each day, and make it again.")
    ] = None,
    data: Data = None,
    inline: Inline = False,
    workers: Workers = None,
    engine: Where = None,
    dask_address: DaskAddress = None,
    wait: Annotated[
        float | None, Parameter(help="Seconds to wait, each day, for another run on the data folder.")
    ] = None,
    json: Json = False,
) -> int:
    """Run day by day over a range of days; finished days are skipped, and one that fails does not stop the others."""
    from quotidian.flows.commands.start_backfill import run_backfill

    flags = {"data": data, "workers": workers, "wait_seconds": wait, "engine": engine, "dask_address": dask_address}
    return run_backfill(source, (from_, to), inline, json, plan=plan, force=force, redo=redo, **flags)


@app.command
def fetch(
    feeds: Annotated[Path, Parameter(help="CSV file of RSS and Atom feeds: url, outlet, section, note.")],
    /,
    *,
    to: Annotated[Path, Parameter(help="Folder for the WARC files, for `quotidian run`.")],
    wait: Annotated[float | None, Parameter(help="Seconds to wait for another fetch into the same folder.")] = None,
    json: Json = False,
) -> int:
    """Poll FEEDS and save the pages that they link and that were not fetched before."""
    from quotidian.flows.commands.fetch import fetch_feeds_command

    return fetch_feeds_command(feeds, to, wait, json)


@app.command
def annotate(
    input_: Annotated[str, Parameter(help='JSON lines of {"id", "text"}; - for standard input.')],
    output: Annotated[str, Parameter(help="JSON lines of the annotations; - for standard output.")] = "-",
    /,
    *,
    workers: Workers = None,
) -> int:
    """Find sentences, entities and quotations in texts exactly as given, without cleaning or archiving them."""
    from quotidian.flows.commands.annotate import annotate_file

    return annotate_file(input_, output, workers)


@app.command
def show(
    article: Annotated[str, Parameter(help="article_id, the first digits of one, or a source name.")],
    /,
    *,
    data: Data = None,
    json: Json = False,
) -> int:
    """Show a published article with its mentions, quotations and speakers, and what was removed."""
    from quotidian.flows.commands.show import show_article

    return show_article(article, data, json)


@app.command
def status(
    *,
    ledger: Annotated[
        bool, Parameter(negative="", help="By day and outlet, with gaps, as the table ledger has it.")
    ] = False,
    data: Data = None,
    json: Json = False,
) -> int:
    """Show what is archived, pending, published and rejected, by day."""
    from quotidian.flows.commands.status import show_status

    return show_status(data, json, ledger)


@app.command
def path(*, data: Data = None) -> int:
    """Print the folder of the current snapshot; resolve it once, then read all tables from there."""
    from quotidian.flows.commands.published import print_path

    return print_path(data)


@app.command
def check(*, data: Data = None, json: Json = False) -> int:
    """Check what is published: contracts, keys, slices, hashes, and that body and edits rebuild the raw text."""
    from quotidian.flows.commands.published import run_check

    return run_check(data, json)


@app.command
def learn_junk(
    *,
    to: Annotated[Path | None, Parameter(help="CSV file to write (default: standard output).")] = None,
    min_count: Annotated[int, Parameter(help="Articles of an outlet that a line must stand in.")] = 5,
    data: Data = None,
) -> int:
    """Propose lines that come back in the articles of an outlet, for people to accept as junk."""
    from quotidian.flows.commands.learn import learn_junk as learn

    return learn(to, min_count, data)


@app.command
def tables() -> int:
    """Print the data dictionary in Markdown."""
    from quotidian.tasks.tables.dictionary import print_dictionary

    sys.stdout.write(print_dictionary())
    return 0


@app.command
def settings(*, data: Data = None) -> int:
    """Print the settings in force as JSON, from flags, environment, quotidian.toml and defaults."""
    from quotidian.flows.settings import load_settings

    sys.stdout.write(load_settings(data=data).model_dump_json(indent=1) + "\n")
    return 0


for commands in (app_snapshots, app_tables, app_report, app_faults, app_setup):
    commands.register(app)


def describe_failure(error: Exception) -> str | None:
    """One sentence for a failure that a user can mend, else None."""
    if isinstance(error, QuotidianError):
        return str(error)
    if isinstance(error, OSError) and error.filename is not None:
        return f"{error.filename}: {error.strerror}."
    if isinstance(error, OSError):
        return f"{error.strerror or error}: free some space or choose another --data folder."
    return None


def interrupt(*_: object) -> None:
    """Stop at the wish of the system, or of whoever cancels a run, as at Ctrl-C."""
    raise KeyboardInterrupt


def main() -> None:
    """Entry point: exit codes 0 done, 1 failed, 2 asked wrongly, 3 the data folder is in use, 130 interrupted."""
    signal.signal(signal.SIGTERM, interrupt)
    with noting_signals():
        code = call_command()
    for number in STOPPING:
        signal.signal(number, signal.SIG_IGN)  # all is done: nothing is left to stop
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
        words = describe_failure(error)
        if words is None:
            raise
        from quotidian.flows.process.terminal import make_inert

        sys.stderr.write(f"quotidian: {make_inert(words)}\n")
        sys.exit(getattr(error, "exit_code", 1))


def end_stopped() -> NoReturn:
    """End as a command that was stopped."""
    sys.stderr.write(STOPPED)
    sys.exit(INTERRUPTED)
