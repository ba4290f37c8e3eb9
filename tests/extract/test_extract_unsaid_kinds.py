"""What looks like a saying and is none: courts, gestures, plans, outlooks; and nobody speaks from within his own words."""

import pytest


@pytest.mark.parametrize(
    "text",
    [
        "The driver was charged with theft on Monday.",
        "Anna Berg has been charged with three counts of fraud.",
        "A man walked into the bank and pointed a gun at the clerk.",
        "The decision to ask Anna Berg for help came late.",
        "The race promises to be close.",
    ],
    ids=["a court", "counts", "a gesture", "a plan", "an outlook"],
)
def test_nothing_is_said(annotate, text):
    assert annotate(text).quotes == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Critics charged that the hearing failed.", "that the hearing failed"),
        ("Peter Hall pointed out the gap in the fence.", "the gap in the fence"),
        ("Peter Hall pointed to the gap in the fence.", "the gap in the fence"),
        ("Peter Hall promises to be at the fair.", "to be at the fair"),
        ("The driver was accused of theft.", "The driver was accused of theft"),
    ],
    ids=["a charge", "pointed out", "pointed to", "a promise", "an accusation"],
)
def test_something_is_said(annotate, text, words):
    (quote,) = annotate(text).quotes
    assert text[quote.start : quote.end] == words


def test_who_is_in_a_clause_behind_the_marks_does_not_say_what_stands_in_them(annotate):
    text = "The Post rated the film as “dull,” noting that the Lopez campaign wasn't talking about it."
    assert all(text[q.start : q.end] != "dull," or q.speaker_start is None for q in annotate(text).quotes)


def test_nobody_speaks_within_his_own_words(annotate):
    text = "It is almost a promise that in this age we do not have to wait."
    for quote in annotate(text).quotes:
        assert quote.speaker_start is None or not quote.start <= quote.speaker_start < quote.end


@pytest.mark.parametrize(
    "text",
    [
        "The minister will say on Tuesday that the port must close.",
        "“We will close the port,” Anna Berg will tell delegates in May.",
        "“The roof leaks,” he is expected to say.",
        "She is to tell parliament: “No vote was lost in all these years.”",
        "Erik Dahl is going to tell voters that taxes will fall.",
        "Anna Berg is said to have called the treaty a joke.",
        "“We will close it,” Anna Berg would say only if asked.",
    ],
)
def test_what_is_yet_to_be_said_or_hearsay_is_not_said(annotate, text):
    assert [quote.is_said for quote in annotate(text).quotes] == [False]


@pytest.mark.parametrize(
    "text",
    [
        "“I will say this once,” Anna Berg said.",
        "Anna Berg said Mr. Dahl will close the port.",
        "I will tell you this: The school is old and the roof leaks.",
        "Anna Berg was heard to say that the port would close.",
        "Anna Berg did not hesitate to tell voters that taxes would fall.",
        "Anna Berg did not shy away from saying that taxes would fall.",
        "Anna Berg did not fail to mention that the port was old.",
    ],
)
def test_what_somebody_says_of_times_to_come_is_said(annotate, text):
    assert all(quote.is_said for quote in annotate(text).quotes)
    assert annotate(text).quotes


@pytest.mark.parametrize(
    "text",
    [
        "Milla Roe had to call her family before the storm.",
        "The driver called his neighbours from the road.",
        "The dose was chosen according to his body mass index.",
        "The choir sang twice, and the crowd asked for more.",
        "The mayor said nothing about the fact that the quay had cost two million.",
        "Olaf Berg told reporters nothing about the quay.",
    ],
    ids=["family", "neighbours", "a measure", "more", "nothing", "nothing to reporters"],
)
def test_calls_measures_appetite_and_silence_say_nothing(annotate, text):
    assert annotate(text).quotes == ()


@pytest.mark.parametrize(
    ("text", "is_said"),
    [
        ("The jury decided against recommending a longer term.", False),
        ("The sailors asked for more time on the island.", True),
        ("Milla Roe does not agree: “The harbour was never as clean as it is now.”", True),
        ("Milla Roe did not say: “The harbour was never as clean as it is now.”", False),
    ],
    ids=["against", "more time", "how somebody disagrees", "not said"],
)
def test_what_is_decided_against_is_not_said_and_a_disagreement_is(annotate, text, is_said):
    assert [quote.is_said for quote in annotate(text).quotes] == [is_said]
