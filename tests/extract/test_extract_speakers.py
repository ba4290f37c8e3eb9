"""Who speaks: kind, role, and the person behind a pronoun."""

import pytest

from quotidian.tasks.extract.annotate import annotate_text
from quotidian.tasks.extract.parsing.parse_text import parse_text
from quotidian.tasks.extract.quotes.find_frames import find_frames
from quotidian.tasks.extract.settings import ExtractSettings
from quotidian.tasks.extract.speakers.attribute import end_before_cue
from quotidian.tasks.extract.speakers.speakers import Speaker


@pytest.mark.parametrize(
    ("text", "speaker", "kind", "role", "name"),
    [
        ("Police said it rained.", "Police", "collective", None, None),
        ("The report says it rained.", "The report", "document", None, None),
        ("A source said it rained.", "A source", "anonymous", None, None),
        ("The spokesman said it rained.", "The spokesman", "role", "spokesman", None),
        ("Maria Lopez came. She said it rained.", "She", "named", None, "Maria Lopez"),
        ("Jack Moss, who said it rained, left.", "who", "named", None, "Jack Moss"),
        ("Company spokesman Peter Hall said it rained.", "Peter Hall", "named", "Company spokesman", "Peter Hall"),
        ("It rained, said Peter Hall, a farmer.", "Peter Hall", "named", "farmer", "Peter Hall"),
        ("It was announced that it would rain.", None, "none", None, None),
        ("He's said it rained. Peter Hall left.", "He", "none", None, None),
        (
            "Kestrel Airways cut forty flights. In a statement, it said fog had come.",
            "it",
            "named",
            None,
            "Kestrel Airways",
        ),
        (
            "The drivers' union walked out, and it warned that no bus would run.",
            "it",
            "collective",
            "drivers' union",
            None,
        ),
        (
            "The health ministry closed a clinic. “Patients come first,” it added.",
            "it",
            "collective",
            "health ministry",
            None,
        ),
        (
            "The Dray Farmers' Alliance met Anna Berg. They said it rained.",
            "They",
            "named",
            None,
            "Dray Farmers' Alliance",
        ),
        ("The drivers' union walked out. Members cheered. They said it rained.", "They", "collective", None, None),
        ("Norwin Steel sued Halden Bank in March. It said the loan had been repaid.", "It", "none", None, None),
        ("The report on Halden Bank came out. It said costs rose.", "It", "none", None, None),
        (
            "On May 2, Peter Hall, a farmer in Kent, said it rained.",
            "Peter Hall",
            "named",
            "farmer in Kent",
            "Peter Hall",
        ),
        ("Peter Hall and Maria Lopez said it rained.", "Peter Hall and Maria Lopez", "collective", None, "Peter Hall"),
        ("Peter Hall was forced to stop and said that it rained.", "Peter Hall", "named", None, "Peter Hall"),
        ("Peter Hall made a promise that it would rain.", "Peter Hall", "named", None, "Peter Hall"),
        ("We read claims by Peter Hall that it rained.", "Peter Hall", "named", None, "Peter Hall"),
        ("Peter Hall issued a statement confirming that it rained.", "Peter Hall", "named", None, "Peter Hall"),
        ("The bank put out a memo saying it rained.", "The bank", "role", "bank", None),
        ("The coach emailed parents saying that it rained.", "The coach", "role", "coach", None),
        (
            "Peter Hall came. It rained all day, he told reporters an official said on Sunday.",
            "an official",
            "role",
            "official",
            None,
        ),
        (
            "“I never met Anna Berg,” Jo Marin II, owner of the Lake Theatre, tells Kent Radio in a long talk.",
            "Jo Marin II",
            "named",
            "owner of the Lake Theatre",
            "Jo Marin II",
        ),
        (
            "It rained, said Peter Hall, co-founder of the well-known farm.",
            "Peter Hall",
            "named",
            "co-founder of the well-known farm",
            "Peter Hall",
        ),
        (
            "A vice-president of the firm said it rained.",
            "A vice-president of the firm",
            "role",
            "vice-president of the firm",
            None,
        ),
        ("The 52-year-old asked in May whether it rained.", "The 52-year-old", "role", "52-year-old", None),
        (
            "“What if it rained all day?” the 52-year-old asked in the letter's first line.",
            "the 52-year-old",
            "role",
            "52-year-old",
            None,
        ),
        (
            "Lena Marin, who once swam for Norway, last week said it rained.",
            "Lena Marin",
            "named",
            None,
            "Lena Marin",
        ),
        (
            "“Your letters have moved the council to think again about the price of water and about the new road to the lake,” "
            "read the note.",
            "the note",
            "document",
            None,
            None,
        ),
        ("His statement saying it rained came late.", "His statement", "document", None, None),
        ("Judge Peter Hall sat down. The judge said it rained.", "The judge", "named", "judge", "Peter Hall"),
        ("“It rained all day and all night,” grunted Peter Hall.", "Peter Hall", "named", None, "Peter Hall"),
        ("Peter Hall: “It rained all day and all night.”", "Peter Hall", "named", None, "Peter Hall"),
        ("It rained, Peter Hall, 49, told reporters.", "Peter Hall", "named", None, "Peter Hall"),
        ("It rained, according to a Norwegian reading.", "a Norwegian reading", "document", None, None),
        (
            "Rain fell, according to an official Norwegian reading. three hours later.",
            "an official Norwegian reading",
            "document",
            None,
            None,
        ),
        ("It rained, said Peter Hall, a farmer, told reporters.", "Peter Hall", "named", "farmer", "Peter Hall"),
        (
            "“It rained all day and all through the night.”\n- Peter Hall, farmer",
            "Peter Hall",
            "named",
            "farmer",
            "Peter Hall",
        ),
    ],
)
def test_identifies(annotate, text, speaker, kind, role, name):
    annotation = annotate(text)
    (quote,) = annotation.quotes
    words = text[quote.speaker_start : quote.speaker_end] if quote.speaker_start is not None else None
    entity = quote.speaker_entity_index
    assert (words, quote.speaker_kind, quote.speaker_role) == (speaker, kind, role)
    assert (annotation.entities[entity].name if entity is not None else None) == name


def test_a_name_speaks_as_a_mention(annotate):
    annotation = annotate("“It rained,” said Peter Hall.")
    mention = annotation.mentions[annotation.quotes[0].speaker_mention_index]
    assert (mention.mention_kind, mention.type) == ("name", "PERSON")


def test_a_pronoun_becomes_a_mention_where_it_is_resolved(annotate):
    annotation = annotate("Maria Lopez came. She said it rained.")
    assert [m.mention_kind for m in annotation.mentions] == ["name", "pronoun"]


def test_sayings_inside_a_quotation_are_kept_only_on_wish(model):
    text = "Peter Hall said the mayor promised that it would rain."
    assert len(annotate_text(text, model, ExtractSettings()).quotes) == 1
    assert len(annotate_text(text, model, ExtractSettings(keep_nested=True)).quotes) == 2


def name_last_speaker(annotation):
    entity = annotation.quotes[-1].speaker_entity_index
    return None if entity is None else annotation.entities[entity].name


@pytest.mark.parametrize(
    ("second", "name"),
    [
        ("He said the fleet would stay in port.", "Olaf Berg"),
        ("The ships wait. He said the fleet would stay in port.", None),
        ("He said Berg demanded more money.", None),
    ],
)
def test_he_behind_an_organisation_is_its_representative(annotate, second, name):
    first = "Erik Dahl met Norwegian negotiator Olaf Berg on Monday."
    ministry = "The Norwegian Fisheries Ministry said the catch was too low."
    assert name_last_speaker(annotate(f"{first} {ministry} {second}")) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Peter Hall asked Anna Berg to dinner. She laughed, and said the soup was cold.", "Anna Berg"),
        ("Peter Hall was born in Kent. She said the soup was cold.", None),
        ("Anna Berg met Peter Hall at the harbour. He said the soup was cold.", "Peter Hall"),
        ("Ms. Peter Hall owns a farm near Kent. She said the soup was cold.", "Peter Hall"),
        ("Robin Hall owns a farm near Kent. She said the soup was cold.", "Robin Hall"),
    ],
    ids=["another who may be she", "nobody who may be she", "he", "a title says so", "a name of both"],
)
def test_a_pronoun_is_nobody_whose_given_name_is_almost_never_hers(annotate, text, name):
    assert name_last_speaker(annotate(text)) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("It rained, said Alan Berg, a baker from Englewood, New Jersey, who said he hates the town.", "Alan Berg"),
        ("The port of Bergen, which said it rained, left.", None),
        ("Peter Hall spoke first. Hall's lawyer, Erik Dahl, sat down. He said it was late.", "Erik Dahl"),
        ("Peter Hall said it rained. Hall spokesman Erik Dahl shut the door. He said it was late.", "Erik Dahl"),
        ("The head of the port, Erik Dahl of Bergen, said it was late.", "Erik Dahl"),
    ],
    ids=["who is no place", "which", "owner", "compound", "behind a place"],
)
def test_who_speaks_is_whom_the_words_describe(annotate, text, name):
    assert name_last_speaker(annotate(text)) == name


def test_pronouns_that_say_so_often_go_before_a_given_name(annotate):
    text = "Peter Hall owns a farm. She bakes. Her farm is old. " + "Peter Hall sells bread, and she sings. " * 3
    assert name_last_speaker(annotate(text + "She said the soup was cold.")) == "Peter Hall"


def test_he_goes_on_until_somebody_else_is_named(annotate):
    text = "Erik Dahl met Olaf Berg. Berg said the catch was low. He said the fleet would stay. He said Dahl had left."
    names = [annotate(text[:end]) for end in (text.index(" He said D"), len(text))]
    assert [name_last_speaker(annotation) for annotation in names] == ["Olaf Berg", "Olaf Berg"]


def test_a_participle_behind_a_clause_goes_on_with_who_said_it(annotate):
    text = "Ms. Berg says the port and the railway are wasting her time, pointing to a letter from May."
    assert [text[quote.speaker_start : quote.speaker_end] for quote in annotate(text).quotes] == ["Berg", "Berg"]


def test_words_with_a_colon_open_the_speech_of_somebody_else(annotate):
    text = (
        "“The mayor could close the bridge today,” said Maria Lopez, a lawyer. "
        "Mayor Hall shrugged: “Nobody closes a bridge in the middle of the harvest.”"
    )
    assert [text[quote.speaker_start : quote.speaker_end] for quote in annotate(text).quotes] == ["Maria Lopez", "Hall"]


def test_the_words_of_a_speaker_end_before_the_cue(model):
    parse = parse_text("Many bakers have said that flour is dear.", model, ExtractSettings())
    frame = next(frame for frame in find_frames(parse) if frame.lemma == "say")
    speaker = Speaker(0, len(parse.text), "collective")
    assert end_before_cue(parse, frame, speaker).end == len("Many bakers")


def test_a_second_order_has_the_nearer_speaker(annotate):
    first = "Prices fell in May when the Pentagon announced that a port was closing"
    text = f"{first} – prompting Mr Hall to cancel a trip to Bergen – then ordered the ships to leave."
    quotes = annotate(text).quotes
    assert [text[quote.speaker_start : quote.speaker_end] for quote in quotes] == ["Pentagon", "Pentagon"]


@pytest.mark.parametrize(
    "text",
    [
        "Neither company has confirmed that the mine will close.",
        "Erik Dahl left the hall without saying that the mine would close.",
    ],
)
def test_nobody_said(annotate, text):
    assert [quote.is_said for quote in annotate(text).quotes] == [False]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("OSLO -- Mayor Anna Berg, opening the bridge on Friday, said it was “a gift.”", "Mayor Anna Berg"),
        ("“The roof leaks,” Peter Hall, who also works in the film, told The Harbour Times.", "Peter Hall"),
        (
            "Peter Hall (D), a rival of the governor, called Friday for releasing the tapes.",
            "Peter Hall",
        ),
        ("“The roof leaks,” Ms. Berg told the mayor, after he admitted it.", "Berg"),
        ("The roof leaks, according to show insiders. They left.", "show insiders"),
    ],
    ids=["dateline", "who is told", "day", "side clause", "source taken for a verb"],
)
def test_who_speaks_is_neither_place_nor_day_nor_listener(annotate, text, speaker):
    quotes = [q for q in annotate(text).quotes if q.speaker_start is not None]
    assert quotes
    assert all(
        speaker in text[q.speaker_start : q.speaker_end] or text[q.speaker_start : q.speaker_end] in speaker
        for q in quotes
    )


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Robin Hall said she was late. Peter Dahl came. He said it rained.", "Peter Dahl"),
        ("Robin Hall said it rained. Kim Dahl laughed. He said it was late.", None),
        ("Mr. Hall met Mr. Dahl in Kent, where Mr. Moss spoke. He said it rained.", None),
        ("Peter Hall spoke in Kent. He said it rained.", "Peter Hall"),
    ],
    ids=["sex by pronouns", "two as likely", "three of one sex", "one alone"],
)
def test_a_pronoun_that_may_mean_two_means_nobody_known(annotate, text, meant):
    annotation = annotate(text)
    (quote,) = [q for q in annotation.quotes if text[q.speaker_start : q.speaker_end] == "He"]
    found = quote.speaker_entity_index
    assert (None if found is None else annotation.entities[found].name) == meant


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("“It is late,” said an Iowa Democrat.", None),
        ("The agency heads were sent a memo stating that they should stop.", None),
        ('The group, a pro-Berg club, sent a link with one sentence: "This is not what we want at all."', None),
    ],
    ids=["a people", "who was sent it", "glued name"],
)
def test_nobody_is_named_who_does_not_speak(annotate, text, speaker):
    annotation = annotate(text)
    assert annotation.quotes
    assert {quote.speaker_entity_index for quote in annotation.quotes} == {speaker}


@pytest.mark.parametrize(
    ("before", "speaker"),
    [
        ("Judge Peter Hall sat down.", "Peter Hall"),
        ("Judge Peter Hall was killed in March.", None),
        ("The late Judge Peter Hall sat here.", None),
        ("They went to the funeral of Judge Peter Hall.", None),
        ("Judge Peter Hall sat here for years. A judge opened the case again on Friday.", None),
    ],
    ids=["alive", "killed", "late", "buried", "another one"],
)
def test_a_role_is_nobody_who_is_dead_and_no_other_one(annotate, before, speaker):
    annotation = annotate(f"{before} The judge said it rained.")
    assert len(annotation.quotes) == 1
    assert name_last_speaker(annotation) == speaker


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Sen. Peter Hall came. The farmers were pleased. The senator said it rained.", "Peter Hall"),
        ("Justice Peter Hall came. The farmers were pleased. The judge said it rained.", "Peter Hall"),
        ("Peter Hall, a judge from Kent, came. The farmers were pleased. The judge said it rained.", "Peter Hall"),
        ("Prime Minister Peter Hall came. The farmers were pleased. The prime minister said it rained.", "Peter Hall"),
        ("Former Mayor Peter Hall came. The farmers were pleased. The former mayor said it rained.", "Peter Hall"),
        (
            "Sen. Peter Hall, the Ohio Republican, came. The farmers were pleased. The Ohio Republican said it rained.",
            "Peter Hall",
        ),
        ("Vice President Peter Hall came. The farmers were pleased. The president said it rained.", None),
        ("Peter Hall, deputy director of the museum, came. The farmers left. The director said it rained.", None),
        ("Ex-mayor Peter Hall came. The farmers were pleased. The mayor said it rained.", None),
        ("Lt. Gov. Peter Hall came. The farmers were pleased. The governor said it rained.", None),
        (
            "Foreign Minister Peter Hall met Foreign Minister Erik Dahl in Kent. The foreign minister said it rained.",
            None,
        ),
        ("Police chief Peter Hall and fire chief Erik Dahl came. The farmers left. The chief said it rained.", None),
        (
            "Gov. Peter Hall came. Hall waved. Hall had met Gov. Erik Dahl in Kent. The farmers left Hall. The governor said it rained.",
            "Peter Hall",
        ),
        ("In a talk with Erik Dahl and Peter Hall, the young candidate said it rained.", None),
        ("The farmers were pleased. The Ohio Republican said it rained.", None),
    ],
    ids=[
        "title that is short",
        "title by another word",
        "behind his name",
        "two words",
        "former one",
        "member of a party",
        "vice",
        "deputy",
        "ex-",
        "lieutenant",
        "two of them",
        "two of them, one word",
        "the main one of two",
        "its own words",
        "one of a party",
    ],
)
def test_a_role_is_who_is_called_by_all_its_words_and_by_no_other(annotate, text, name):
    assert name_last_speaker(annotate(text)) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "Peter Hall came. Asked about Erik Dahl, who has called the dam unsafe, Hall shrugged. “It is safe,” he said.",
            "Peter Hall",
        ),
        ("Maria Lopez came. Though she said it rained, Anna Berg left.", "Anna Berg"),
        ("Peter Hall spoke in Kent. As he said it rained, Erik Dahl left the room.", None),
        ("They took a gold Rolex watch. The hearing lasted an hour. He said it was late.", None),
        ("The ship heard seamen on board the MV Gibe, who said that they were on fire.", None),
        ("They had read a book by Peter Hall, which said that the dam leaks.", None),
    ],
    ids=["told beside another", "clause of contrast", "other clause", "part of a thing", "ship", "book by him"],
)
def test_a_pronoun_is_who_acts_and_no_thing(annotate, text, name):
    assert name_last_speaker(annotate(text)) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "Mayor Peter Hall was away. A spokesman for the mayor said the dam was safe. He said the gates would open.",
            None,
        ),
        ("Mayor Peter Hall was away. Hall's lawyer said the dam was safe. “The gates will open,” he added.", None),
        (
            "Mayor Peter Hall spoke. One farmer said the dam leaked. He blamed the rain. He said the gates would open.",
            None,
        ),
        ("Mayor Peter Hall was away. A spokeswoman said the dam was safe. He said the gates would open.", "Peter Hall"),
        ("Peter Hall spoke in Kent. The mayor said the dam was safe. He said the gates would open.", "Peter Hall"),
        ("A farmer said the dam leaked. Mayor Peter Hall laughed. He said the gates would open.", "Peter Hall"),
    ],
    ids=["his spokesman", "his lawyer", "going on", "another sex", "a title of somebody named", "somebody named since"],
)
def test_he_behind_somebody_without_a_name_is_nobody_known(annotate, text, name):
    assert name_last_speaker(annotate(text)) == name


def test_she_is_no_agency(annotate):
    text = "The dam is safe, reports RIA Novosti, citing Karolina Berg of the town. She stated that the dam was old."
    assert name_last_speaker(annotate(text)) != "RIA Novosti"


def test_he_is_nobody_whom_a_word_of_kinship_calls_a_woman(annotate):
    text = "The mayor’s wife, Sara, said he would not go. He later said the dam would hold."
    assert name_last_speaker(annotate(text)) is None


def test_whom_one_is_asked_about_does_not_answer(annotate):
    text = "Asked about Pell’s remark, Minister Joan Hart said the dam would hold. “It will not leak,” she said."
    assert name_last_speaker(annotate(text)) == "Joan Hart"


@pytest.mark.parametrize("behind", ["of Dunn", "about Dunn", "to Dunn"])
def test_whom_a_verb_has_beside_it_is_not_its_pronoun(annotate, behind):
    text = f"The governor, who followed Ray Dunn in May, met the bakers. “The dam leaks,” he said {behind}."
    assert name_last_speaker(annotate(text)) is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Gov. Phil Brand of Kent, a former backer of Senator Erik Dahl, who said the dam would hold, left.", None),
        ("Anna Lee, a niece of the painter Erik Dahl, who said the dam would hold, left.", None),
        ("Anna Lee, a baker from Norway, who said the dam would hold, left.", "Anna Lee"),
        ("Senator Erik Dahl, who said the dam would hold, left.", "Erik Dahl"),
        ("It pleased the bakers at Harbour Bank, who said the dam would hold.", None),
    ],
    ids=["behind a place", "behind a trade", "a place", "alone", "bakers at a bank"],
)
def test_who_behind_somebody_in_a_description_is_nobody_known(annotate, text, name):
    assert name_last_speaker(annotate(text)) == name


@pytest.mark.parametrize("met", ["interviewed twenty former crew members", "met with the workers of the mill"])
def test_they_are_people_whom_an_organisation_met(annotate, met):
    assert name_last_speaker(annotate(f"The Harbour Post {met}. They said the pay was bad.")) is None


def test_he_does_not_call_himself_a_liar(annotate):
    text = "Peter Hall said Senator Erik Dahl had lost. He went on to call Dahl “a liar.”"
    assert name_last_speaker(annotate(text)) == "Peter Hall"


def test_a_role_with_words_of_its_own_is_who_is_described_by_them(annotate):
    before = "Massoud Dahl, head of the relief service, came."
    assert name_last_speaker(annotate(f"{before} The head of the relief service said it rained.")) == "Massoud Dahl"
    assert name_last_speaker(annotate(f"{before} The head of the harbour police said it rained.")) is None


def test_pronouns_for_somebody_else_do_not_turn_a_david_into_a_woman(annotate):
    text = (
        "Mary Hall will run, said David Axel, who led her last campaign. Axel said her plan was good, but she needs more heart. "
        "He said the dam would hold."
    )
    assert name_last_speaker(annotate(text)) == "David Axel"


@pytest.mark.parametrize(
    ("between", "name"),
    [("Anna Berg took that to be a reason to vote for Dunn.", None), ("He left the hall.", "Peter Hall")],
)
def test_speech_without_a_cue_is_nobody_s_where_somebody_else_has_acted(annotate, between, name):
    text = f"“We must not paint the town with a broad brush,” Peter Hall said.\n\n{between} “The younger people are sick and tired of the rain and the wind.”"
    assert name_last_speaker(annotate(text)) == name


def test_she_is_no_james(annotate):
    text = "My mother named the dam to James. James smiled. She said the dam would hold."
    assert name_last_speaker(annotate(text)) is None


@pytest.mark.parametrize("who", ["An Iowa Democrat", "The Senate’s top Democrat"])
def test_one_of_a_party_is_not_all_of_it(annotate, who):
    assert name_last_speaker(annotate(f"{who} said the dam would hold.")) is None


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Milla Roe met Anna Dahl. She said the quay was closed.", None),
        ("Milla Roe, a diver, visited Anna Dahl at home. “The quay is closed,” she said.", None),
        ("Milla Roe spoke with Anna Dahl in Kent. The day was wet. She said the quay was closed.", None),
        ("Milla Roe met Peter Hall. She said the quay was closed.", "Milla Roe"),
        ("Milla Roe said it rained. She met Anna Dahl. She said the quay was closed.", "Milla Roe"),
        ("Bernie Roe questioned Mr. Hall's honesty. He called the quay a joke.", "Bernie Roe"),
    ],
    ids=["met", "visited", "spoke with", "a man", "who spoke last", "an owner is not asked"],
)
def test_of_two_who_met_either_may_go_on(annotate, text, speaker):
    annotation = annotate(text)
    last = annotation.quotes[-1]
    meant = None if last.speaker_entity_index is None else annotation.entities[last.speaker_entity_index].name
    assert meant == speaker
    assert speaker is not None or len(last.candidates) == 2
