"""Charts as static SVG in three widths, drawn while the report is written, so that pages need no script and print well.

Colours are variables of the style sheet, so that a chart follows light and dark; sizes never hang on the fonts of the machine
that writes. Beside each chart its numbers stand as a table, which is what a screen reader reads.
"""

import math
import re
from dataclasses import dataclass

import polars as pl
from markupsafe import Markup

from .overview import NO_DATE, NO_OUTLET, OTHER_OUTLETS

WIDE, MIDDLE, NARROW = 1080, 520, 330
"""Pixels: the page, one of two columns, and the screen of a phone. The style sheet shows the one that is next to the width that is there."""
WIDTHS = (WIDE, MIDDLE, NARROW)
ROW, BAND_HEIGHT, LABELS_HEIGHT = 26, 170, 28
COLUMN = 80
"""Pixels that a column has at most, with its gap: few days make no walls."""
LABEL_CHARS = {WIDE: 34, MIDDLE: 26, NARROW: 16}
LABEL_WIDTH = {WIDE: 270, MIDDLE: 206, NARROW: 142}
VALUE_WIDTH = 60
AXIS_WIDTH = 44
LABEL_HALF = 38
"""Half of the width of a day below its column: room for it right of the last one."""
CHAR_WIDTH, LABEL_GAP = 7.6, 10
"""Pixels of a digit at 13 pixels in a wide font, and between two labels."""
APART = ""
"""An empty column before those without a date, which are no later than others."""
VEGA_LITE = "6.1"
"""The grammar of the charts; a newer vl-convert still draws by it."""
FONT = {"labelFont": "inherit", "labelFontSize": 13, "labelColor": "var(--ink)"}
QUIET = {"domain": False, "ticks": False, "title": None}
TAG = re.compile(r"<[^<>]*>")
LONG_NUMBER = re.compile(r"(?<!\d)\d++\.\d{3,}")
"""A place to more than a hundredth of a pixel, which nobody sees: half of the first page."""
HIDDEN = re.compile(
    r' (?:aria-hidden="true"|opacity="1"|font-family="inherit"|pointer-events="none"|aria-roledescription="[^"]*"|role="graphics-[a-z]*")'
)
"""What each shape says once more and the whole picture says already: it is hidden and takes no clicks."""
BOX = re.compile(r'<path d="([^"]*+)" fill="([^"]*+)"/>')
BOXES = re.compile(rf"(?:{BOX.pattern}){{2,}}")
"""Shapes one after the other, such as the parts of stacked columns."""


@dataclass(frozen=True)
class Chart:
    """One chart: its three pictures, what it shows in one sentence, and its numbers.

    legend   colour class and words, where colours mean something
    head, rows   the numbers as a table; words that are numbers are right-aligned
    """

    title: str
    words: str
    wide: Markup
    middle: Markup
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
    plain = BOXES.sub(join_boxes, plain)
    return Markup(plain.replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1))


def shorten_tag(tag: re.Match) -> str:
    """A tag with short numbers and without what the whole picture says already; the words of the picture stay."""
    return LONG_NUMBER.sub(lambda found: f"{float(found[0]):.2f}", HIDDEN.sub("", tag[0]))


def join_boxes(boxes: re.Match) -> str:
    """One shape for each colour: the same picture in half of the characters."""
    outlines: dict[str, list[str]] = {}
    for outline, colour in BOX.findall(boxes[0]):
        outlines.setdefault(colour, []).append(outline)
    return "".join(f'<path d="{"".join(own)}" fill="{colour}"/>' for colour, own in outlines.items())


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
    return Chart(title, words, *(draw_bars(bars, width, colour) for width in WIDTHS), head, rows)


def choose_labels(periods: list[str], width: float) -> list[str]:
    """The periods that are named below columns which are `width` apart: every so many that no label touches another, and "no date"."""
    if not periods:
        return []
    room = max(map(len, periods)) * CHAR_WIDTH + LABEL_GAP
    step = max(1, math.ceil(room / width))
    named = [period for period in periods[::step] if period not in (NO_DATE, APART)]
    if NO_DATE not in periods:
        return named
    end = periods.index(NO_DATE)
    return [*(period for period in named if (end - periods.index(period)) * width >= room), NO_DATE]


def draw_columns(frame: pl.DataFrame, outlets: list[str], width: int) -> Markup:
    """Columns by period, stacked by outlet, those without a date apart; every label that has room is shown."""
    periods = frame["period"].unique(maintain_order=True).to_list()
    if NO_DATE in periods and len(periods) > 1:
        periods.insert(periods.index(NO_DATE), APART)
    end = min(width - LABEL_HALF, AXIS_WIDTH + COLUMN * len(periods))
    shown = choose_labels(periods, (end - AXIS_WIDTH) / max(len(periods), 1))
    totals = frame.group_by("period").agg(pl.col("count").sum())["count"]
    order = {"field": "rank", "type": "quantitative"}
    x = {
        "field": "period",
        "type": "ordinal",
        "sort": periods,
        "scale": {"domain": periods, "range": [AXIS_WIDTH, end], "paddingInner": 0.15, "paddingOuter": 0.05},
        "axis": QUIET | {"values": shown, "labelAngle": 0, "labelPadding": 8, "labelOverlap": False},
    }
    y = {
        "field": "count",
        "type": "quantitative",
        "scale": {"domain": [0, max(totals.max() or 0, 1)], "range": [BAND_HEIGHT, 10]},
        "axis": QUIET
        | {"tickCount": 4, "tickMinStep": 1, "grid": True, "gridColor": "var(--rule)", "offset": -AXIS_WIDTH},
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
        *(draw_columns(frame, outlets, width) for width in WIDTHS),
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
        *(draw_bars(bars, width, "var(--c3)", top=1) for width in WIDTHS),
        ("Measurement", "Score", "Precision", "Recall"),
        [(name_measure(name), *numbers) for name, *numbers in rows],
    )
