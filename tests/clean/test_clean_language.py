"""Languages, rejects and quality flags."""

from collections import Counter

import pytest
from py3langid.langid import visit_counts

from quotidian.tasks.clean.article import clean_article
from quotidian.tasks.clean.cleaned import Cleaned, Declared, Rejected
from quotidian.tasks.clean.language import load_identifier
from quotidian.tasks.clean.settings import CleanSettings

STORY = "The council of Northport voted on Monday to keep the harbour bridge shut until engineers have checked every cable. "
FRENCH = (
    "Le conseil municipal a voté lundi pour garder le pont du port fermé jusqu'à ce que des ingénieurs aient vérifié "
    "tous les câbles, et les commerçants du quai ont demandé de l'aide au maire de la ville."
)


def clean(raw: str, **settings: object) -> Cleaned | Rejected:
    return clean_article(raw, Declared(), CleanSettings(**settings))


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        ("", "empty"),
        (" \r\n\t\u00a0\n", "empty"),
        ("\x00\x01" * 50, "binary"),
        ("\ufffd\ufffd\ufffd", "binary"),
        ("Advertisement\n\nShare on Facebook", "no_text"),
        (". . . !", "no_text"),
        (FRENCH, "language"),
        (FRENCH + "\n\nOK", "language"),
    ],
)
def test_what_is_no_article_is_rejected_with_its_reason(raw, reason):
    outcome = clean(raw)
    assert isinstance(outcome, Rejected)
    assert outcome.reason == reason
    assert outcome.detail


@pytest.mark.parametrize("raw", ["Bridge shut.", "Xi met Li.", "OK", "Nein, danke.", "Dr. Zhu, Ms. Qin and Mr. Wang."])
def test_short_texts_are_not_rejected_for_their_language(raw):
    assert isinstance(clean(raw), Cleaned)


def test_names_do_not_make_a_text_foreign():
    raw = "Mr. Oyelaran-Oyeyinka and Ms. Nzeribe of Ile-Ife said that the Oba of Ugbowo was in Umuahia and had met the Obi of Onitsha."
    cleaned = clean(raw)
    assert isinstance(cleaned, Cleaned)
    assert cleaned.language == "en"


def test_other_languages_can_be_kept():
    for languages in ((), ("fr",)):
        cleaned = clean(FRENCH, languages=languages)
        assert isinstance(cleaned, Cleaned)
        assert cleaned.language == "fr"


def flags(raw: str) -> tuple[str, ...]:
    cleaned = clean(raw, languages=())
    assert isinstance(cleaned, Cleaned)
    return cleaned.quality_flags


@pytest.mark.parametrize(
    ("raw", "flag"),
    [
        (STORY * 5 + "\n\nThe mayor told reporters after the vote that the", "truncated"),
        (STORY * 5 + "The mayor told reporters…", "truncated"),
        (STORY * 5 + "\n\nContinue reading", "truncated"),
        (STORY * 5 + "\n\nSubscribe to continue reading", "paywalled"),
        (STORY, "too_short"),
        (STORY * 5 + "\n" + "\n".join(f"Item {name}" for name in "abcdefghijklmnop"), "list_or_table"),
        (STORY * 5 + "Itâ€™s over.", "encoding_repaired"),
        (STORY * 5 + "It\ufffds over.", "encoding_damaged"),
        (
            STORY * 3
            + "Blinkens’ visit was about trade. . The talks does not not end. to be resumed on Monday he said.",
            "machine_translated",
        ),
    ],
)
def test_flags_warn(raw, flag):
    assert flag in flags(raw)


def test_a_good_story_has_no_flags():
    assert flags(STORY * 5) == ()


def test_traces_of_translation_are_counted_for_a_thousand_words(seeds):
    rates = [clean(path.read_text(encoding="utf-8")).translation_rate for path in sorted(seeds.glob("*.txt"))]
    assert len(rates) == 5
    assert all(4 <= rate <= 14 for rate in rates)
    assert clean(STORY * 5).translation_rate == 0


@pytest.mark.parametrize(
    "text",
    [
        "a",
        STORY,
        FRENCH * 3,
        "Совет города проголосовал в понедельник.",
        "市议会星期一投票决定 bridge 关闭。",
        "\x00\U0010ffff",
    ],
)
def test_the_detector_finds_what_its_library_finds(text):
    detector, data = load_identifier(), text.encode()
    found = visit_counts(detector.tk_nextmove, detector._rowbase, detector.tk_output, data) or {}
    assert list(Counter(detector.find_features(data)).items()) == list(found.items())
