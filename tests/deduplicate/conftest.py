"""Invented articles and the frames that the room takes."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from invented import cut_small

from quotidian.flows.process.progress import Progress
from quotidian.flows.running.engine import Inline
from quotidian.flows.running.pool import WorkerPool
from quotidian.flows.running.time_limit import TimeLimit
from quotidian.tasks.deduplicate.link_articles import ArticleLinks, link_articles
from quotidian.tasks.deduplicate.settings import DeduplicateSettings
from quotidian.tasks.deduplicate.sketch import SKETCH_SCHEMA, sketch_article
from quotidian.tasks.deduplicate.units import Workers

LETHAL = Path(__file__).parents[1] / "faults" / "lethal"
FERRY = """The ferry Morning Star ran aground off the port of Velmora on Tuesday night with 214 passengers on board,
the coast guard said. Rescue boats brought everybody to safety before dawn, and eleven people were treated for
bruises at Saint Orla hospital.

Captain Henrik Dahl told investigators that the rudder had failed in strong wind near the Karst lighthouse. Transport
Minister Lena Farrow ordered the company, Northern Lines, to keep its four other ships of the class in harbour until
engineers have inspected their steering.

Northern Lines bought the Morning Star in 2009 and overhauled it two years ago. The company said that it would pay
each passenger 500 crowns. Families waited through the night in a school gymnasium, where volunteers handed out soup.

A tug will try to pull the ship free at high water on Friday, harbour master Tomas Brandt said. Divers found no leak
in the fuel tanks. The islands of Great and Little Sarn will be served by a navy transport until then."""

FERRY_TRANSLATED = """The Morning Star ferry was stranded on Tuesday night near Velmora port with 214 passengers aboard,
according to the coast guard. All people were brought to safety by rescue boats before daybreak; eleven persons had
bruises treated in the Saint Orla hospital.

Captain Henrik Dahl said to the investigators that in a strong wind by the Karst lighthouse the rudder failed.
Minister of Transport Lena Farrow instructed the Northern Lines company to hold its four further ships of this class
in the harbour until the steering was inspected by engineers.

Northern Lines acquired the Morning Star in 2009 and had it overhauled two years ago. Each passenger will be paid 500
crowns, said the company. The families spent the night waiting in the gymnasium of a school, volunteers gave them soup.

On Friday at high water a tug is to attempt to pull the ship free, said Tomas Brandt, the harbour master. No leak was
found by divers in the fuel tanks. Until then a navy transport serves the islands of Great Sarn and Little Sarn."""

FERRY_OTHER_REPORT = """Passengers of the Morning Star spoke on Wednesday of hours of fear on a tilting deck. I held my
daughter and counted the waves, said Mira Olsen, a teacher from Little Sarn who was among the 214 people rescued.

It was the third accident of a Northern Lines ship in five years. In 2021 the ferry Evening Star lost an engine in fog,
and last spring a fire broke out in the kitchen of the Polar Star. The opposition called for a public inquiry.

Lena Farrow, who oversees transport, defended the safety rules but promised stricter checks. Experts doubt that the
weather alone explains why the rudder failed. Shares of Northern Lines lost eight percent in Velmora."""

CABBAGE = """Farmers in the valley of Ostrel expect the best cabbage harvest for a decade after a mild and wet summer.
The growers' union of the district put the crop at 41,000 tonnes, a third more than in the year before, and warned
that prices would fall. Nadia Perrin, who runs the largest farm, said she had hired thirty more pickers and rented a
second cold store. The supermarket chain Halden agreed to take half of the surplus for its own brand of sauerkraut."""


def make_articles(bodies: dict[str, str], dates: dict[str, date] | None = None) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Articles and sketches of bodies by article_id; the body_hash is the id turned around."""
    dates = dates or {}
    articles = [
        (key, key[::-1], dates.get(key), "outlet", None, None, len(body.split())) for key, body in bodies.items()
    ]
    columns = ["article_id", "body_hash", "published_date", "outlet", "title", "url", "word_count"]
    types = [pl.String, pl.String, pl.Date, pl.String, pl.String, pl.String, pl.Int64]
    sketches = [{"body_hash": key[::-1], **sketch_article(body, None, [])} for key, body in bodies.items()]
    schema = {"body_hash": pl.String, **SKETCH_SCHEMA}
    return (
        pl.DataFrame(articles, schema=dict(zip(columns, types, strict=True)), orient="row"),
        pl.DataFrame(sketches, schema=schema),
    )


@pytest.fixture(scope="session")
def texts() -> dict[str, str]:
    """Invented articles by name."""
    paragraphs = FERRY.split("\n\n")
    return {
        "ferry": FERRY,
        "cut": "\n\n".join(paragraphs[:2]),
        "extended": FERRY + "\n\n" + CABBAGE.split(". ")[0] + ".",
        "edited": FERRY.replace("eleven people", "twelve people").replace("two years ago", "in spring"),
        "spaced": FERRY.replace("\n", " ").replace(" the ", "  the ").upper(),
        "translated": FERRY_TRANSLATED,
        "other_report": FERRY_OTHER_REPORT,
        "cabbage": CABBAGE,
    }


@pytest.fixture(scope="session")
def link() -> Callable[..., ArticleLinks]:
    """Links the bodies of a dict of article_id to body, with dates and corrections where given."""

    def run(bodies: dict[str, str], dates: dict[str, date] | None = None, settings=None, **options) -> ArticleLinks:
        return link_articles(*make_articles(bodies, dates), settings or DeduplicateSettings(), **options)

    return run


@pytest.fixture(scope="session")
def frames() -> Callable[..., tuple[pl.DataFrame, pl.DataFrame]]:
    """Articles and sketches of a dict of article_id to body."""
    return make_articles


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Few units are enough for workers."""
    cut_small(monkeypatch)


@pytest.fixture
def two_workers(tmp_path: Path, few: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workers]:
    """Two processes, which can import the doors of a test."""
    monkeypatch.syspath_prepend(LETHAL)
    pool = WorkerPool(2)
    yield Workers(tmp_path, Inline(pool, Progress(quiet=True), TimeLimit(tmp_path, 60)).spread)
    pool.close()
