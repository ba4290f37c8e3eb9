"""Time grows no faster than the text, in the rooms that read texts: shapes of odd text, four times as long."""

from functools import partial

import pytest
from growth import outgrows

from quotidian.tasks.clean.article import clean_article
from quotidian.tasks.clean.cleaned import Declared, Rejected
from quotidian.tasks.clean.settings import CleanSettings
from quotidian.tasks.extract.annotate import annotate_text, load_model
from quotidian.tasks.extract.settings import ExtractSettings

# Characters, and processor seconds that are too few to judge by.
CLEAN_CHARS, CLEAN_FLOOR = 20_000, 0.15
EXTRACT_CHARS, EXTRACT_FLOOR = 8_000, 0.6
STORY = "The harbour board said on Monday that it would close the old pier until the spring of next year.\n"

# What is repeated; each is tried by itself, and below and above paragraphs of a story.
SHAPES = {
    "letters": "a",
    "capitals": "A",
    "words": "word ",
    "lines of a letter": "a\n",
    "lines of a word": "Word\n",
    "lines of headlines": "Mayor Opens New Bridge In Old Town\n",
    "lines of sentences": "The mayor opened a bridge.\n",
    "one line twice": "The mayor opened a new bridge in the old town\n",
    "blanks": "a   ",
    "long blanks": " " * 50 + "a",
    "empty lines": "a\n\n\n",
    "tabs": "a\t \t",
    "no-break spaces": "a\u00a0 ",
    "hyphens": "A-",
    "hyphens and blanks": "A- ",
    "dashes": "— ",
    "dots": ".",
    "dots and blanks": ". ",
    "stray stops": "a. . ",
    "stops and commas": "a. , b ;",
    "brackets": "[",
    "bracketed words": "[aa]",
    "round brackets": "(",
    "open credits": "(Photo: ",
    "shortcodes": '[aa b="c"] ',
    "braces": "{{a ",
    "scripts": "function a(b) {",
    "dates": "Nov 19, 2019 ",
    "lines of dates": "Published Nov 19, 2019 at 10:30 pm\n",
    "times": "10:30 (bst))• ",
    "zones": " (utc)",
    "bylines": "By Ann Lee\n",
    "names": "Ann Lee and ",
    "names in capitals": "ANN LEE, ",
    "photographers": "Ann Lee / AP / ",
    "datelines": "LONDON (AP) ",
    "datelines on lines": "LONDON\nAP\n—\n",
    "agencies": "Reuters - ",
    "pipes": "News | ",
    "arrows": "Home » ",
    "sharing": "share, 7, ",
    "calls": "please visit our site here ",
    "newsletters": "sign up for our newsletter ",
    "cookies": "we use cookies on our site ",
    "addresses": "a@b.com ",
    "links": "https://a.example/b ",
    "entities": "&amp;",
    "open entities": "&amp",
    "tags": "<p ",
    "closed tags": "<span>a </span>",
    "mojibake": "â€™s ",
    "mojibake without blanks": "â€™s",
    "spaced mojibake": "â € ™ ",
    "controls": "a\x01",
    "ligatures": "ﬁ",
    "marks": "“",
    "nested marks": "“Ann said, ‘",
    "said": "said. “",
    "comments": "Ann says:\nI agree. 2019 at 10:30\n",
    "keys": "Title: a\n",
    "bullets": "• a\n",
    "hashes": "#a ",
    "figures": "7,",
    "emoji": "🙂 ",
    "ideographs": "水",
}
# What the rules of quotations and names go through.
SAID = {
    "nested marks": "“Ann said, ‘",
    "marks": "“We go,” said Ann. ",
    "open marks": "said “",
    "single marks": "'a' said ",
    "said that": "Ann said that ",
    "he said": "he said, ",
    "labels": "Ann: we go\n",
    "names": "Ann Lee and ",
    "according": ", according to Ann",
}


def repeat(shape: str, story: str, size: int) -> str:
    """So many characters of a shape, between paragraphs."""
    return story + (shape * (size // len(shape) + 1))[:size] + ("\n" + story if story else "")


def clean(text: str) -> object:
    return clean_article(text, Declared(), CleanSettings(languages=()))


@pytest.mark.parametrize("name", SHAPES)
@pytest.mark.parametrize("story", ["", STORY * 3], ids=["alone", "in a story"])
def test_cleaning_is_linear(name, story):
    clean(STORY)
    assert not outgrows(lambda size: clean(repeat(SHAPES[name], story, size)), CLEAN_CHARS, CLEAN_FLOOR)


def test_quadratic_work_outgrows_its_size():
    assert outgrows(lambda size: sum(1 for _ in range(size) for _ in range(size)), 800, 0.001)
    assert not outgrows(lambda size: [size for _ in range(100 * size)], 1_600, 0.001)


def test_shapes_reach_the_rules():
    outcomes = {name: clean(repeat(shape, STORY * 3, 200)) for name, shape in SHAPES.items()}
    assert [name for name, outcome in outcomes.items() if isinstance(outcome, Rejected)] == ["controls"]
    assert {edit.kind for name, outcome in outcomes.items() if name != "controls" for edit in outcome.edits} >= {
        "encoding",
        "spacing",
        "junk",
    }


@pytest.mark.parametrize("name", SAID)
def test_extraction_is_linear(name):
    settings = ExtractSettings()
    model = load_model(settings.model)
    work = partial(annotate_text, model=model, settings=settings)
    assert not outgrows(lambda size: work(repeat(SAID[name], "", size)), EXTRACT_CHARS, EXTRACT_FLOOR)
