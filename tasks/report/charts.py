"""Charts as static SVG in two widths, drawn while the report is written, so that pages need no script and print well.

Colours are variables of the style sheet, so that a chart follows light and dark; sizes never hang on the fonts of the machine
that writes. Beside each chart its numbers stand as a table, which is what a screen reader reads.
"""

import re
from dataclasses import dataclass

import polars as pl
from markupsafe import Markup

from .overview import NO_DATE, NO_OUTLET, OTHER_OUTLETS

WIDE, NARROW = 640, 330
"""Pixels: a column of the page, and the screen of a phone."""
ROW, BAND_HEIGHT, LABELS_HEIGHT = 26, 170, 28
COLUMN = 80
"""Pixels that a column has at most, with its gap: few days make no walls."""
LABEL_CHARS = {WIDE: 28, NARROW: 16}
LABEL_WIDTH = {WIDE: 220, NARROW: 142}
VALUE_WIDTH = 60
LABEL_HALF = 38
"""Half of the width of a day below its column: room for it right of the last one."""
TICKS = {WIDE: 8, NARROW: 4}
VEGA_LITE = "6.1"
"""The grammar of the charts; a newer vl-convert still draws by it."""
FONT = {"labelFont": "inherit", "labelFontSize": 13, "labelColor": "var(--ink)"}
QUIET = {"domain": False, "ticks": False, "title": None}
TAG = re.compile(r"<[^<>]*>")
LONG_NUMBER = re.compile(r"(?<!\d)\d++\.\d{3,}")
"""A place to more than a hundredth of a pixel, which nobody sees: half of the first page."""
HIDDEN = re.compile(
    r' (?:aria-hidden="true"|pointer-events="none"|aria-roledescription="[^"]*"|role="graphics-[a-z]*")'
)
"""What each shape says once more and the whole picture says already: it is hidden and takes no clicks."""


@dataclass(frozen=True)
class Chart:
    """One chart: its two pictures, what it shows in one sentence, and its numbers.

    legend   colour class and words, where colours mean something
    head, rows   the numbers as a table; words that are numbers are right-aligned
    """

    title: str
    words: str
    wide: Markup
    narrow: Markup
    head: tuple[str, ...]
    rows: list[tuple]
    legend: tuple[tuple[str, str], ...] = ()


def draw(encoding: dict, data: list[dict], width: int, height: int, layers: list[dict], below: int = 0) -> Markup:
    """An SVG of exactly width x (height + below): layers of marks over one x and y, and room below for labels."""
    if not data:
        return Markup()
    import vl_convert  # starts a script engine: a third of a second that only a report needs

    spec = {
        "width": width,
        "height": height,
        "padding": {"left": 0, "top": 0, "right": 0, "bottom": below},
        "autosize": {"type": "none"},
        "background": None,
        "data": {"values": data},
        "encoding": encoding,
        "layer": layers,
        "config": {"view": {"stroke": None}, "axis": FONT | {"grid": False}, "aria": False, "font": "inherit"},
    }
    svg = vl_convert.vegalite_to_svg(spec, vl_version=VEGA_LITE)
    plain = TAG.sub(shorten_tag, svg[svg.index("<svg") :])
    return Markup(plain.replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1))


def shorten_tag(tag: re.Match) -> str:
    """A tag with short numbers and without what the whole picture says already; the words of the picture stay."""
    return LONG_NUMBER.sub(lambda found: f"{float(found[0]):.2f}", HIDDEN.sub("", tag[0]))


def shorten(text: str, width: int) -> str:
    """A label that fits beside a bar."""
    limit = LABEL_CHARS[width]
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def draw_bars(rows: list[tuple[str, float, str]], width: int, colour: str = "var(--c1)", top: float = 0) -> Markup:
    """Horizontal bars, one for each (label, value, words of the value); `top` is the end of the scale, 0 the largest."""
    data = [{"row": index, "value": value, "words": words} for index, (_, value, words) in enumerate(rows)]
    left, height = LABEL_WIDTH[width], ROW * len(rows)
    ends = [left, width - VALUE_WIDTH]
    largest = top or max((value for _, value, _ in rows), default=0) or 1
    x = {"field": "value", "type": "quantitative", "axis": None, "scale": {"domain": [0, largest], "range": ends}}
    y = {"field": "row", "type": "ordinal", "axis": None, "scale": {"range": [0, height], "paddingInner": 0.3}}
    text = {"type": "text", "color": "var(--ink)", "fontSize": 13, "baseline": "middle", "font": "inherit"}
    names = [{"row": index, "name": shorten(name, width)} for index, (name, _, _) in enumerate(rows)]
    layers = [
        {"mark": {"type": "bar", "color": colour}},
        {"mark": text | {"align": "left", "dx": 6}, "encoding": {"text": {"field": "words"}}},
        {
            "data": {"values": names},
            "mark": text | {"align": "right"},
            "encoding": {"text": {"field": "name"}, "x": {"value": left - 10}},
        },
    ]
    return draw({"x": x, "y": y}, data, width, height, layers)


def bar_chart(title: str, words: str, head: tuple[str, ...], rows: list[tuple], colour: str = "var(--c1)") -> Chart:
    """A chart of one number for each word; rows: the word, the number, and further columns of the table only."""
    bars = [(str(row[0]), row[1], f"{row[1]:,}") for row in rows]
    return Chart(title, words, draw_bars(bars, WIDE, colour), draw_bars(bars, NARROW, colour), head, rows)


def draw_columns(frame: pl.DataFrame, outlets: list[str], width: int) -> Markup:
    """Columns by period, stacked by outlet; every label that has room is shown."""
    periods = frame["period"].unique(maintain_order=True).to_list()
    step = -(-len(periods) // TICKS[width])
    shown = [period for index, period in enumerate(periods) if index % step == 0 and period != NO_DATE]
    shown += [NO_DATE] if NO_DATE in periods else []
    totals = frame.group_by("period").agg(pl.col("count").sum())["count"]
    order = {"field": "rank", "type": "quantitative"}
    x = {
        "field": "period",
        "type": "ordinal",
        "sort": periods,
        "scale": {
            "domain": periods,
            "range": [44, min(width - LABEL_HALF, 44 + COLUMN * len(periods))],
            "paddingInner": 0.15,
            "paddingOuter": 0.05,
        },
        "axis": QUIET | {"values": shown, "labelAngle": 0, "labelPadding": 8, "labelOverlap": False},
    }
    y = {
        "field": "count",
        "type": "quantitative",
        "scale": {"domain": [0, max(totals.max() or 0, 1)], "range": [BAND_HEIGHT, 10]},
        "axis": QUIET | {"tickCount": 4, "tickMinStep": 1, "grid": True, "gridColor": "var(--rule)", "offset": -44},
    }
    colours = [f"var(--c{n})" for n in range(1, len(outlets) + 1)]
    colour = {"field": "outlet", "type": "nominal", "legend": None, "scale": {"domain": outlets, "range": colours}}
    data = [row | {"rank": outlets.index(row["outlet"])} for row in frame.iter_rows(named=True)]
    return draw(
        {"x": x, "y": y, "color": colour, "order": order}, data, width, BAND_HEIGHT, [{"mark": "bar"}], LABELS_HEIGHT
    )


def chart_articles(frame: pl.DataFrame) -> Chart:
    """Articles by period and outlet."""
    known = frame.filter(~pl.col("outlet").is_in([NO_OUTLET, OTHER_OUTLETS]))
    totals = known.group_by("outlet").agg(pl.col("count").sum()).sort("count", "outlet", descending=[True, False])
    there = set(frame["outlet"])
    outlets = [*totals["outlet"], *(name for name in (NO_OUTLET, OTHER_OUTLETS) if name in there)]
    rows = frame.filter(pl.col("count") > 0).select("period", "outlet", "count").rows()
    dated = frame["period"].filter(frame["period"] != NO_DATE)
    by = "month" if dated.str.len_chars().eq(len("2023-06")).any() else "day"
    return Chart(
        f"Articles by {by}",
        f"How many articles each {by} has, by outlet. Gaps are {by}s without an article.",
        draw_columns(frame, outlets, WIDE),
        draw_columns(frame, outlets, NARROW),
        (by.capitalize(), "Outlet", "Articles"),
        rows,
        tuple((f"c{index}", outlet) for index, outlet in enumerate(outlets, 1)),
    )


MEASURES = {
    "quotes_50": "quotations, half letters",
    "quotes_80": "quotations, most letters",
    "quotes_exact": "quotations, exact ends",
    "quotes_unmarked_50": "without marks, half letters",
    "quotes_unmarked_80": "without marks, most letters",
    "quotes_unmarked_exact": "without marks, exact ends",
    "speakers_unmarked": "speakers, without marks",
    "names_person": "names of people",
    "names_organisation": "names of organisations",
    "names_place": "names of places",
    "junk_lines": "lines of junk",
    "entities": "names across articles",
}
"""Short words for measures whose names say little."""


def name_measure(measure: str) -> str:
    """A measure of the table quality in words."""
    return MEASURES.get(measure, measure.replace("_", " "))


def chart_quality(quality: pl.DataFrame) -> Chart:
    """Score of every measurement, on a scale from 0 to 1."""
    rows = quality.select("measure", "score", "precision", "recall").rows()
    bars = [(name_measure(name), score, f"{score:.3f}") for name, score, *_ in rows]
    return Chart(
        "Measured quality",
        "The score of each measurement, from 0 to 1, where 1 is perfect.",
        draw_bars(bars, WIDE, "var(--c3)", top=1),
        draw_bars(bars, NARROW, "var(--c3)", top=1),
        ("Measurement", "Score", "Precision", "Recall"),
        [(name_measure(name), *numbers) for name, *numbers in rows],
    )
