"""A progress bar for each room, on stderr; nothing where stderr is no terminal."""

import sys
from collections.abc import Callable
from typing import Any


class Progress:
    """One bar for each room that has something to do."""

    def __init__(self, quiet: bool | None = None) -> None:
        self.quiet = not sys.stderr.isatty() if quiet is None else quiet
        self._bars: dict[str, Any] = {}
        self._display: Any = None

    def start(self, room: str, total: int | None, unit: str = "") -> None:
        """Show a bar with `total` steps (None: not known), which may be bytes, unless there are none; it takes the place of the one
        that the room had."""
        if self.quiet or total == 0:
            return
        if self._display is None:
            self._display = new_display()
            self._display.start()
        if room in self._bars:
            self._display.remove_task(self._bars[room])
        self._bars[room] = self._display.add_task(room, total=total, unit=unit)

    def advance(self, room: str, steps: int = 1) -> None:
        """Move a room's bar on."""
        if room in self._bars:
            self._display.advance(self._bars[room], steps)

    def show(self, room: str, unit: str = "") -> Callable[..., None]:
        """A function of (done, total) that moves a bar which starts with its first call; `unit` may be bytes."""

        def report(done: int, total: int | None = None) -> None:
            if room not in self._bars:
                self.start(room, total, unit)
            if room in self._bars:
                self._display.update(self._bars[room], completed=done)

        return report

    def stop(self) -> None:
        """Take the bars away."""
        if self._display is not None:
            self._display.stop()
            self._display = None
            self._bars.clear()


def new_display() -> Any:
    """A rich progress display that leaves nothing behind."""
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        DownloadColumn,
        MofNCompleteColumn,
        Progress,
        ProgressColumn,
        Task,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    class Amount(ProgressColumn):
        """How much is done and how much there is: megabytes for a bar in bytes, else steps."""

        def render(self, task: Task) -> Any:
            return (size if task.fields["unit"] == "bytes" else steps).render(task)

    size, steps = DownloadColumn(), MofNCompleteColumn()
    columns = (TextColumn("{task.description:<12}"), BarColumn(), Amount(), TimeElapsedColumn(), TimeRemainingColumn())
    return Progress(*columns, console=Console(stderr=True), transient=True)
