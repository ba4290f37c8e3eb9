"""Printing what comes from articles: their text is shown and never acts on the terminal."""

from collections.abc import Iterable
from typing import Any

from rich.console import Console
from rich.segment import Segment
from rich.text import Text

BIDI = (*range(0x200E, 0x2010), *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x061C)
"""Marks that turn the direction of text: what is shown could differ from what stands there (Unicode TR 36)."""
PICTURES = 0x2400
"""Control pictures: a visible sign for each of the control characters below 32."""
REPLACEMENT = 0xFFFD
INERT = {code: PICTURES + code for code in range(32) if chr(code) not in "\n\t"} | dict.fromkeys(
    (*range(127, 160), *BIDI), REPLACEMENT
)


def count_things(count: int, name: str) -> str:
    """A number with what it counts: 1 row, 1,200 rows."""
    return f"{count:,} {name}{'' if count == 1 else 's'}"


def make_inert(text: str) -> str:
    """The text with each character that steers a terminal replaced by one visible sign, so that offsets hold."""
    return text.translate(INERT)


def disarm(printed: Any) -> Any:
    """A styled text with the same styles and inert characters; anything else as it is."""
    if not isinstance(printed, Text):
        return printed
    inert = printed.copy()
    inert.plain = make_inert(printed.plain)
    return inert


class InertConsole(Console):
    """A console that styles what the program styles and shows any other control character as a sign."""

    def print(self, *objects: Any, **options: Any) -> None:
        super().print(*map(disarm, objects), **options)

    def render_str(self, text: str, **options: Any) -> Text:
        return super().render_str(make_inert(text), **options)

    def render(self, *args: Any, **kwargs: Any) -> Iterable[Segment]:
        for text, style, control in super().render(*args, **kwargs):
            yield Segment(text if control else make_inert(text), style, control)


def open_console(**options: Any) -> Console:
    """A console for the tables and texts of commands: nothing that articles bring along has a meaning."""
    return InertConsole(highlight=False, markup=False, emoji=False, **options)
