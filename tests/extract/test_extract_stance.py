"""What a speaker does with the words, and that what is denied is not said."""

import pytest


def find_quote(annotate, text, words):
    """Stance, whether it is said, and speaker of the quotation that holds these words and has the least of others."""
    quotes = [quote for quote in annotate(text).quotes if words in text[quote.start : quote.end]]
    quote = min(quotes, key=lambda quote: quote.end - quote.start)
    who = None if quote.speaker_start is None else text[quote.speaker_start : quote.speaker_end]
    return quote.stance, quote.is_said, who


@pytest.mark.parametrize(
    ("text", "words", "stance", "is_said", "speaker"),
    [
        ("Ms. Pell said the ferry was late.", "the ferry was late", "asserts", True, "Pell"),
        ("Ms. Pell denied that the ferry was unsafe.", "the ferry was unsafe", "denies", False, "Pell"),
        ("“The ferry was never unsafe,” Ms. Pell denied.", "The ferry was never unsafe", "asserts", True, "Pell"),
        ("Ms. Pell did not deny that the ferry was unsafe.", "the ferry was unsafe", "supposes", False, "Pell"),
        ("Ms. Pell never denied that the ferry was unsafe.", "the ferry was unsafe", "supposes", False, "Pell"),
        ("Ms. Pell disputed that the ferry was unsafe.", "the ferry was unsafe", "denies", False, "Pell"),
        ("The expert doubted that the firm would last.", "the firm would last", "doubts", False, "The expert"),
        ("Ms. Pell asked whether the ferry was safe.", "the ferry was safe", "asks", True, "Pell"),
        ("“Who will pay for the ferry?” Ms. Pell said.", "Who will pay", "asks", True, "Pell"),
        ("Ms. Pell asked the crew to leave the ferry.", "the crew to leave", "orders", True, "Pell"),
        ("Ms. Pell ordered the crew to leave the ferry.", "the crew to leave", "orders", True, "Pell"),
        ("The mayor called for an inquiry into the fire.", "an inquiry", "orders", True, "The mayor"),
        ("Ms. Pell promised to repair the ferry.", "to repair the ferry", "promises", True, "Pell"),
        ("Mr. Osei threatened to close the mine.", "to close the mine", "promises", True, "Osei"),
        ("Ms. Pell would not say whether the ferry was safe.", "the ferry was safe", "supposes", False, "Pell"),
    ],
    ids=lambda value: value if isinstance(value, str) and " " not in value else None,
)
def test_the_cue_and_what_it_takes_tell_the_stance(annotate, text, words, stance, is_said, speaker):
    assert find_quote(annotate, text, words) == (stance, is_said, speaker)


@pytest.mark.parametrize(
    "text",
    [
        "Ms. Pell rejected claims that the ferry was sold.",
        "Ms. Pell denied a newspaper's report that the ferry was sold.",
        "Port aides on Friday denied a magazine report that the ferry was sold.",
        "Ms. Pell called rumours that the ferry was sold nonsense.",
        "Ms. Pell brushed aside suggestions that the ferry was sold.",
        "Ms. Pell hit back at accusations that the ferry was sold.",
        "Claims that the ferry was sold were rejected by Ms. Pell.",
        "Ms. Pell denied saying that the ferry was sold.",
        "Ms. Pell refrained from saying that the ferry was sold.",
        "The port was not able to confirm that the ferry was sold.",
        "The port has yet to confirm that the ferry was sold.",
        "Ms. Pell made no claim that the ferry was sold.",
    ],
    ids=lambda text: " ".join(text.split()[2:5]),
)
def test_what_is_denied_or_withheld_is_not_said(annotate, text):
    quotes = [quote for quote in annotate(text).quotes if "the ferry was sold" in text[quote.start : quote.end]]
    assert quotes
    assert not any(quote.is_said for quote in quotes)


@pytest.mark.parametrize(
    ("text", "maker"),
    [
        ("The mayor rejected a claim made by a rival that the ferry was sold.", "a rival"),
        ("The mayor denied an allegation by the union that the ferry was sold.", "the union"),
        ("The mayor dismissed Ms. Pell's claim that the ferry was sold.", "Pell"),
    ],
    ids=["made by", "by", "whose"],
)
def test_who_made_a_rejected_claim_is_its_speaker(annotate, text, maker):
    assert find_quote(annotate, text, "the ferry was sold") == ("asserts", True, maker)


@pytest.mark.parametrize(
    "text",
    [
        "The police are investigating allegations that the ferry was sold.",
        "The judge heard testimony that the ferry was sold.",
        "Ms. Pell responded to accusations that the ferry was sold.",
        "Asked whether the ferry was sold, Ms. Pell laughed.",
    ],
    ids=["investigating", "heard", "responded", "asked"],
)
def test_who_only_hears_of_a_claim_has_not_made_it(annotate, text):
    assert [quote.speaker_start for quote in annotate(text).quotes] == [None]
