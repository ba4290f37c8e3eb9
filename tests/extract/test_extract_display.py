"""What headlines and captions say that somebody said: 50 of them with their quotations, in the light of one body."""

import time

import pytest

from quotidian.tasks.extract.display.find_display_quotes import find_display_quotes, may_quote
from quotidian.tasks.extract.display.voices import Voices

BODY = (
    'Mayor Ann Roe walked along the river on Monday. "We will rebuild the bridge before spring," Roe said. '
    'Tom Field, a lawyer, spoke for the owner. "My client was never near the river," Field said. '
    "Finance Minister Carl Weber said the state had no money for a bridge. "
    "Jane Smith and Peter Smith, who own the mill, said nothing. The Harbour Board said ships would wait. "
    "“People ask me: ‘Why did nobody warn us of the water?’” Roe said. "
    '"It sounded like thunder, and then the road was gone," a baker said. Eve Brown, who drove a bus, was buried on Friday.'
)
NAMES = {
    "Ann Roe": ("PERSON", ("mayor",), ("Ann Roe", "Roe")),
    "Tom Field": ("PERSON", ("lawyer",), ("Tom Field", "Field")),
    "Carl Weber": ("PERSON", ("finance minister",), ("Carl Weber",)),
    "Jane Smith": ("PERSON", (), ("Jane Smith",)),
    "Peter Smith": ("PERSON", (), ("Peter Smith",)),
    "Harbour Board": ("ORG", (), ("Harbour Board",)),
    "Eve Brown": ("PERSON", (), ("Eve Brown",)),
}
SAID = (
    ("We will rebuild the bridge before spring", "Ann Roe", True),
    ("My client was never near the river", "Tom Field", True),
    ("the state had no money for a bridge", "Carl Weber", False),
    ("ships would wait", "Harbour Board", False),
    ("People ask me: ‘Why did nobody warn us of the water?’", "Ann Roe", True),
    ("It sounded like thunder, and then the road was gone", None, True),
)


@pytest.fixture(scope="module")
def voices() -> Voices:
    """What the extract room finds in the body."""
    places = {name: index for index, name in enumerate(NAMES)}
    entities = [
        {"name": name, "type": kind, "titles": titles, "words": ()} for name, (kind, titles, _) in NAMES.items()
    ]
    mentions = [
        {"start": BODY.index(form), "end": BODY.index(form) + len(form), "type": kind, "mention_kind": "name", "entity_index": index}
        for index, (kind, _, forms) in enumerate(NAMES.values())
        for form in forms
    ]  # fmt: skip
    quotes = [
        {
            "start": BODY.index(words),
            "end": BODY.index(words) + len(words),
            "parts": [{"start": BODY.index(words), "end": BODY.index(words) + len(words)}],
            "speaker_entity_index": places.get(name),
            "kind": "direct" if is_marked else "indirect",
            "is_said": True,
            "is_marked": is_marked,
        }
        for words, name, is_marked in SAID
    ]
    return Voices(BODY, entities, mentions, quotes)


def read(text: str, where: str, voices: Voices) -> list[tuple]:
    """Content, speaker's words and entity of each quotation of a text that may have any."""
    if not may_quote(text):
        return []
    return [
        (
            text[one.start : one.end],
            None if one.speaker_start is None else text[one.speaker_start : one.speaker_end],
            None if one.speaker_entity_index is None else [*NAMES][one.speaker_entity_index],
        )
        for one in find_display_quotes(text, where, voices)
    ]


HEADLINES = {
    # a role or a name, a colon, marks
    "Minister: 'We are ready'": ("We are ready", "Minister", None),
    "Mayor: 'We will rebuild'": ("We will rebuild", "Mayor", "Ann Roe"),
    "Roe: ‘We will rebuild the bridge’": ("We will rebuild the bridge", "Roe", "Ann Roe"),
    "Ann Roe on the flood: “We will rebuild”": ("We will rebuild", "Ann Roe", "Ann Roe"),
    "Smith: 'We will rebuild the bridge'": ("We will rebuild the bridge", None, None),
    "Eve Brown: 'She loved the river'": None,
    "Stallholder gives up: ‘I have had enough’": ("I have had enough", None, None),
    "‘The river is the road’: a festival of boats": None,
    "Eve Brown: What we know": None,
    # a colon without marks
    "Police: Man swam across flooded river": ("Man swam across flooded river", "Police", None),
    "Report: Bridge was known to be weak": ("Bridge was known to be weak", "Report", None),
    "Weber: No state money for new bridge": ("No state money for new bridge", "Weber", "Carl Weber"),
    "Weber: Portrait of a careful man": None,
    "Ann Roe: 'The Quiet River'": None,
    "'The Quiet River' – Ann Roe": None,
    "Story of a slow river: Ann Roe": None,
    "Bridge before spring, we will rebuild it: Ann Roe": ("Bridge before spring, we will rebuild it", "Ann Roe", "Ann Roe"),
    "Review: A slow film about a river": None,
    "Flood warning: what you need to know": None,
    # speaker behind
    "'No deal', says Smith": ("No deal", "Smith", None),
    "'We will rebuild', says mayor": ("We will rebuild", "mayor", "Ann Roe"),
    "'My client was never near the river' – lawyer": ("My client was never near the river", "lawyer", "Tom Field"),
    "‘We will rebuild the bridge’: Roe": ("We will rebuild the bridge", "Roe", "Ann Roe"),
    "Ships to wait until Friday, says Harbour Board": ("Ships to wait until Friday", "Harbour Board", "Harbour Board"),
    "State has no money for bridge, Weber says": ("State has no money for bridge", "Weber", "Carl Weber"),
    "Bridge was weak for years, according to new report": ("Bridge was weak for years", "new report", None),
    "Three missing after bridge falls: police": ("Three missing after bridge falls", "police", None),
    "Minister knew of weak bridge – report": ("Minister knew of weak bridge", "report", None),
    "Town counts cost of flood – live": None,
    "Three dead in hit - and - run driver chase": None,
    # speaker, verb, content
    "Ann Roe says she will quit": ("she will quit", "Ann Roe", "Ann Roe"),
    "Mayor Roe Says She Will Quit": ("She Will Quit", "Mayor Roe", "Ann Roe"),
    "Smith says he saw nothing": ("he saw nothing", "Smith", None),
    "PM vows to cut taxes": ("to cut taxes", "PM", None),
    "Finance minister vows not to raise taxes": ("not to raise taxes", "Finance minister", "Carl Weber"),
    "Experts warn of more floods": ("more floods", "Experts", None),
    "Road closed as police say river is rising": ("river is rising", "police", None),
    "Roe tells council she is sorry": ("she is sorry", "Roe", "Ann Roe"),
    "Roe calls flood 'a warning' to all": ("flood 'a warning'", "Roe", "Ann Roe"),
    "Weber rules out new taxes": ("new taxes", "Weber", "Carl Weber"),
    "Smith urges voters to stay calm": ("voters to stay calm", "Smith", None),
    "Roe urges voters to stay calm": ("voters to stay calm", "Roe", "Ann Roe"),
    "Roe says sorry as families demand answers": None,
    "Weber says state is poor as towns ask for help": ("state is poor", "Weber", "Carl Weber"),
    "Roe denies claims of fraud": ("claims of fraud", "Roe", "Ann Roe"),
    "Court denies bail to mill owner": None,
    "Roe to say goodbye to council": None,
    "Family says thanks to rescuers": None,
    "Roe slams 'cruel' cuts": ("cruel", "Roe", "Ann Roe"),
    "Roe says talks failed, Weber denies it": ("talks failed", "Roe", "Ann Roe"),
    "Officials say as many as fifty fled": ("as many as fifty fled", "Officials", None),
    "Board says ships wait as storm nears": ("ships wait", "Board", None),
    "Mayor: The life of a lonely woman": None,
    "Town 2-1 City - report": None,
    "What Roe says about the flood": None,
    "Insurance claims rise after flood": None,
    "Drivers warned of icy roads": None,
    "Owner said to be abroad": None,
    "Roe announces bridge plan": None,
    "Ann Roe, 62, says town will wait": ("town will wait", "Ann Roe", "Ann Roe"),
    "Carl Weber now says state will pay": ("state will pay", "Carl Weber", "Carl Weber"),
    "More rain, wind, says Roe": ("More rain, wind", "Roe", "Ann Roe"),
    # marks alone
    "'It sounded like thunder': Town mourns after flood": ("It sounded like thunder", None, None),
    "Baker tells of night when 'the road was gone'": ("the road was gone", None, None),
    "Field says client 'was never near the river'": ("client 'was never near the river'", "Field", "Tom Field"),
    "Roe attacks lawyer: 'My client was never near the river'": ("My client was never near the river", None, "Tom Field"),
    "'Why did nobody warn us of the water?' – a street under mud": None,
    "Town left in ruins by 'monster' flood": None,
    "New film 'The Quiet River' opens": None,
}  # fmt: skip


@pytest.mark.parametrize("title", HEADLINES)
def test_quotations_of_headlines(title: str, voices: Voices) -> None:
    expected = HEADLINES[title]
    assert read(title, "title", voices) == ([expected] if expected else [])


CAPTIONS = {
    "Ann Roe at the river. “We will rebuild the bridge,” she said.": ("We will rebuild the bridge", "she", "Ann Roe"),
    "Weber, left, and Roe on the bridge, Nov. 3, 2024.": None,
    "Mayor Ann Roe says the town will not wait. Photo: Jan Berg": ("the town will not wait", "Mayor Ann Roe", "Ann Roe"),
    "The bridge had stood for ninety years, Weber said. It fell at dawn.": ("The bridge had stood for ninety years", "Weber", "Carl Weber"),
    "Ann Roe, left, said: “We will go home.” Behind her the mill.": ("We will go home.", "Ann Roe", "Ann Roe"),
    "The mill burnt down, but residents say it was empty (Photo: Jan Berg/Post)": ("it was empty", "residents", None),
    "A sign reads 'No entry' near the mill: it was put up on Monday.": None,
    "The mill: a photo by our reader": None,
}  # fmt: skip


@pytest.mark.parametrize("caption", CAPTIONS)
def test_quotations_of_captions(caption: str, voices: Voices) -> None:
    expected = CAPTIONS[caption]
    assert read(caption, "caption", voices) == ([expected] if expected else [])


@pytest.mark.parametrize(
    ("title", "stance", "is_said", "kind", "basis", "repeats"),
    [
        ("Roe denies claims of fraud", "denies", False, "indirect", "words", None),
        ("Weber rules out new taxes", "denies", False, "indirect", "words", None),
        ("PM vows to cut taxes", "promises", True, "indirect", None, None),
        ("Roe urges voters to stay calm", "orders", True, "indirect", "words", None),
        ("'We will rebuild', says mayor", "asserts", True, "direct", "words", 0),
        ("Roe attacks lawyer: 'My client was never near the river'", "asserts", True, "direct", "body", 1),
        ("State had no money for bridge, Weber says", "asserts", True, "indirect", "words", 2),
        ("'It sounded like thunder': Town mourns after flood", "asserts", True, "direct", None, 5),
        ("Roe calls flood 'a warning' to all", "asserts", True, "mixed", "words", None),
    ],
)
def test_what_is_told_of_a_quotation(title, stance, is_said, kind, basis, repeats, voices: Voices) -> None:
    (one,) = find_display_quotes(title, "title", voices)
    told = (one.stance, one.is_said, one.kind, one.speaker_basis, one.body_quote_index)
    assert told == (stance, is_said, kind, basis, repeats)


@pytest.mark.parametrize(
    "title", [*HEADLINES, "", "'", ":", "“”: ''", "says", ", says Roe", "'a' 'b': 'c'", "x" * 5_000 + ": 'y'"]
)
def test_spans_lie_in_the_text_and_nobody_speaks_in_his_own_words(title: str, voices: Voices) -> None:
    for one in find_display_quotes(title, "title", voices):
        assert 0 <= one.start < one.end <= len(title)
        for start, end in ((one.cue_start, one.cue_end), (one.speaker_start, one.speaker_end)):
            assert start is None or (0 <= start < end <= len(title) and (end <= one.start or start >= one.end))


def test_a_body_without_names_and_quotations_gives_words_only() -> None:
    (one,) = find_display_quotes("'No deal', says Smith", "title", Voices("It rained.", [], [], []))
    assert (one.speaker_entity_index, one.speaker_basis, one.body_quote_index) == (None, None, None)


@pytest.mark.parametrize(
    "text", ["says " * 50 + ", a" * 400, "'a' " * 900, "x: " * 1_500, "A. " * 1_500, "'" * 4_000, "say, " * 900]
)
def test_long_texts_take_no_long_time(text: str, voices: Voices) -> None:
    start = time.process_time()
    for where in ("title", "caption"):
        find_display_quotes(text, where, voices)
    assert time.process_time() - start < 2
    assert not may_quote("Roe says: " * 1_000)
