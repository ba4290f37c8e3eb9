"""Whose words they are and where they end: ranks, answers, runs over paragraphs, transcripts, posts, names in marks, anonymity."""

import pytest


@pytest.fixture
def read(annotate):
    """(words, speaker as the text has it) of each quotation."""

    def read(text):
        return [
            (
                " … ".join(text[start:end] for start, end in quote.parts),
                None if quote.speaker_start is None else text[quote.speaker_start : quote.speaker_end],
            )
            for quote in annotate(text).quotes
        ]

    return read


@pytest.mark.parametrize(
    "rank", ["Sgt.", "Eng.", "Cllr.", "Cpl.", "Lt. Col.", "Supt.", "Det. Insp.", "Rear Adm.", "Pfc.", "Cmdr."]
)
def test_a_rank_with_a_stop_ends_no_sentence(annotate, read, rank):
    for text in (f"“The quay is shut,” {rank} Ann Dale said.", f"“The quay is shut,” said {rank} Ann Dale in Kent."):
        assert len(annotate(text).sentences) == 1
        assert read(text) == [("The quay is shut", "Ann Dale")]


def test_a_sentence_may_begin_behind_a_rank(annotate):
    assert len(annotate("They followed Robert Moses Sr. The road was closed.").sentences) == 2


@pytest.mark.parametrize(
    "text",
    [
        "“Go home!” she said.",
        "“Who pays?” asked the clerk.",
        "“Stop!” cried Ann Dale.",
        "“Who pays?” I asked her.",
        '"Go home!", she said.',
    ],
)
def test_an_exclamation_goes_on_with_its_cue(annotate, text):
    assert len(annotate(text).sentences) == 1


@pytest.mark.parametrize("behind", ["The crowd ran.", "Mara Dale smiled.", "A dog barked."])
def test_who_acts_behind_an_exclamation_has_not_spoken(annotate, behind):
    text = f"“Watch the roof!” Ann Dale shouted. “It falls!” {behind}"
    (quote,) = annotate(text).quotes
    assert (quote.parts[-1], text[quote.speaker_start : quote.speaker_end]) == (
        (text.index("It falls"), text.index("It falls") + len("It falls!")),
        "Ann Dale",
    )


def test_a_name_with_a_hyphen_is_whole_behind_its_words(annotate):
    text = "“We need rest,” Min-ho said."
    (quote,) = annotate(text).quotes
    assert (text[quote.start : quote.end], text[quote.speaker_start : quote.speaker_end]) == ("We need rest", "Min-ho")


@pytest.mark.parametrize("word", ["'70s", "'em", "'til May", "’90s"])
def test_a_cut_word_closes_no_single_marks(read, word):
    assert read(f"'We have not had {word} here,' said Ann Dale.") == [(f"We have not had {word} here", "Ann Dale")]


@pytest.mark.parametrize(
    "text",
    [
        "They came in the '70s. 'We had no ship,' said Ann Dale. The quay was built in '81.",
        "‘We had no ship,’ Ann Dale shouted. The guards’ captain laughed.",
    ],
)
def test_speech_in_single_marks_ends_with_them(read, text):
    assert read(text) == [("We had no ship", "Ann Dale")]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("“The quay shuts on Friday.\n\nIt is too old,” said Ann Dale.", "The quay shuts on Friday. … It is too old"),
        (
            "“The quay shuts.\n\nIt is old.\n\nWe regret it,” said Ann Dale.",
            "The quay shuts. … It is old. … We regret it",
        ),
        ("“The quay shuts.\n\n“It is too old,” said Ann Dale.", "The quay shuts. … It is too old"),
        ("'The quay shuts.\n\n'It is too old,' said Ann Dale.", "The quay shuts. … It is too old"),
    ],
    ids=["one mark for two paragraphs", "three paragraphs", "each opened", "single marks"],
)
def test_speech_that_runs_over_paragraphs_is_of_one_speaker(read, text, words):
    assert read(text) == [(words, "Ann Dale")]


def test_a_lost_closing_mark_gives_nobody_the_words_of_another(read):
    text = "“The quay shuts, said Tom Reed on Sunday.\n\n“It opens soon,” Ann Dale said."
    assert ("It opens soon", "Ann Dale") in read(text)


@pytest.mark.parametrize(
    "reply",
    [
        "“Yes, and for a long time to come in this town.”",
        "“Well, nobody has ever asked the people who live here.”",
        "“So did the mate, and the cook left a day later, I hear.”",
        "“The crew of the other ship has never said so, sir.”",
        "“I had no other ship to go to, and no money for one.”\n\n“For nine years?”",
    ],
)
def test_an_answer_in_a_paragraph_of_its_own_is_not_of_who_spoke_before(read, reply):
    text = f"“It seems odd for a captain to leave now,” Dale said.\n\n{reply}\n\nReed then left the room."
    assert read(text)[0] == ("It seems odd for a captain to leave now", "Dale")
    assert all(speaker is None for words, speaker in read(text)[1:])


def test_a_question_is_answered_by_another(read):
    text = "“Why did you leave the ship?” Dale asked.\n\n“Nobody told us that it would sail again.”"
    assert read(text) == [("Why did you leave the ship?", "Dale"), ("Nobody told us that it would sail again.", None)]


@pytest.mark.parametrize(
    "text",
    [
        "Known as the “Queen of the Quays,” the ship seldom sails.",
        "Nicknamed the “Iron Captain,” the man seldom speaks.",
        "The motto of the fair was: “Boats and Bread.”",
        "Theme: “Boats of Tomorrow.”",
        "The film, titled “The Long Quay,” was praised by critics.",
        "She leads a group called “Friends of the Quay,” which wants a road.",
    ],
)
def test_what_a_thing_is_called_nobody_says(read, text):
    assert read(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "The captain said “we sail at dawn”, as the crew packed the nets.",
        "The captain said “we sail at dawn,” a plan that the crew opposed.",
        "The captain of Harbour Town said “we sail at dawn”, while the crew slept.",
        "The captain said “we sail at dawn,” before he left for Kent.",
    ],
)
def test_a_closing_mark_at_a_comma_ends_what_is_said(read, text):
    assert [words for words, _ in read(text)] == ["we sail at dawn"]


def test_what_a_thing_is_called_ends_with_its_mark(read):
    (words, _), *_ = read("The captain called it “a fair wind,” an opinion few on deck shared.")
    assert words == "it “a fair wind,”"


@pytest.mark.parametrize("words", ["“They have given us back our quay.”", "“We were promised a crane in May.”"])
def test_a_short_sentence_that_tells_something_is_who_spoke_before(read, words):
    assert (words[1:-1], "Ann Dale") in read(f"Ann Dale, a cook, said she was relieved. {words} The crew left.")


@pytest.mark.parametrize("words", ["“The Long Quay.”", "“Boats and Bread.”"])
def test_a_short_sentence_without_a_verb_may_be_a_title(read, words):
    assert len(read(f"Ann Dale, a cook, said she was relieved. {words} The crew left.")) == 1


def test_a_conjunction_goes_on_behind_a_closing_mark(read):
    (words, _), *_ = read("The captain said the ship was “too old,” and that it would be sold.")
    assert "too old" in words


@pytest.mark.parametrize("cue", ["said", "on Monday said", "later told the crew that"])
def test_a_name_between_commas_is_who_is_described(read, cue):
    ((_, speaker),) = read(f"The captain of Harbour Town, Ann Dale, {cue} it rained.")
    assert speaker == "Ann Dale"


@pytest.mark.parametrize(
    "text",
    [
        "“Ann is the best of us.” — Tom Reed, captain",
        "“Ann is the best of us.”\n\n— Tom Reed",
        "“Ann is the best of us.” - Tom Reed",
    ],
)
def test_a_name_behind_a_dash_speaks(read, text):
    assert read(text) == [("Ann is the best of us.", "Tom Reed")]


def test_what_another_has_signed_is_not_of_the_last_speaker(read):
    text = "“Far too many stairs here.” — Bob Atkins\n\n“It is free on Sundays, and we go with the whole family.” — Anonymous"
    assert [speaker for _, speaker in read(text)] == ["Bob Atkins", None]


def test_nobody_is_he_within_his_own_words(annotate):
    text = "Tom Reed, an aide of Sam Poole, grew angry. “How often must Sam Poole say it?” he asked."
    (quote,) = annotate(text).quotes
    assert annotate(text).entities[quote.speaker_entity_index].name == "Tom Reed"


def test_the_lines_of_a_transcript_are_their_speakers(read):
    text = "ANN DALE, HOST: Good evening to all.\n\nCAPTAIN TOM REED: Thank you.\n\nWe sail at dawn.\n\nDALE: Who pays?\n\nREED: The town does."
    said = [(" ".join(words.split()), speaker) for words, speaker in read(text)]
    assert [words for words, _ in said] == [
        "Good evening to all.",
        "Thank you. We sail at dawn.",
        "Who pays?",
        "The town does.",
    ]
    assert [speaker.split()[-1] for _, speaker in said] == ["DALE", "REED", "DALE", "REED"]


def test_a_transcript_may_stand_in_marks_that_never_close(read):
    text = 'Partial transcript:\n\n"DALE: When do you sail?\n\n"REED: At dawn, I hope.\n\n"(CROSSTALK)\n\n"DALE: And who pays?\n\n"REED: The town does.'
    speakers = [speaker for _, speaker in read(text)]
    assert speakers == ["DALE", "REED", "DALE", "REED"]


def test_the_lines_of_an_interview_are_their_speakers(read):
    text = "Paper: When do you sail?\n\nTom Reed: At dawn, I hope.\n\nPaper: And back?\n\nTom Reed: In May."
    assert read(text)[1::2] == [("At dawn, I hope.", "Tom Reed"), ("In May.", "Tom Reed")]


def test_a_label_is_a_whole_name_though_half_of_it_is_a_town(read):
    text = "Tom Reed: When do you sail?\n\nSofia Lund: At dawn.\n\nTom Reed: And back?\n\nSofia Lund: In May."
    assert read(text)[1::2] == [("At dawn.", "Sofia Lund"), ("In May.", "Sofia Lund")]


def test_times_may_stand_before_labels(read):
    text = "[09:30:12] ANN DALE, HOST: Who pays?\n\n[09:30:15] TOM REED: The town.\n\n[09:31] DALE: All of it?"
    assert [words for words, _ in read(text)] == ["Who pays?", "The town.", "All of it?"]


@pytest.mark.parametrize(
    "text",
    ["Photo: A ship\n\nSource: Police\n\nPhoto: A quay", "Kent: It rained.\n\nDover: It snowed.\n\nDeal: It was dry."],
    ids=["labels of the page", "each once"],
)
def test_other_labels_are_no_speakers(read, text):
    assert read(text) == []


def test_a_post_is_its_authors(read):
    text = "The quay is closed.\n\nOur ship sails at dawn. Thank you.\n\n— Kent Harbour (@kentharbour) May 9, 2024"
    assert read(text) == [("Our ship sails at dawn. Thank you.", "Kent Harbour")]


@pytest.mark.parametrize(
    ("text", "words", "reason"),
    [
        ("A clerk, who spoke on condition of anonymity, said the quay was sold.", "on condition of anonymity", None),
        (
            "Two clerks, speaking on condition of anonymity because the talks are private, said the quay was sold.",
            "on condition of anonymity",
            "because the talks are private",
        ),
        (
            "A clerk who was not authorised to speak to reporters said the quay was sold.",
            "was not authorised to speak to reporters",
            "was not authorised to speak to reporters",
        ),
        (
            "A worker, who asked not to be named for fear of losing her job, said the quay was sold.",
            "asked not to be named",
            "for fear of losing her job",
        ),
        ("“The quay was sold,” a clerk said. The clerk requested anonymity.", "requested anonymity", None),
        (
            "A clerk, who did not want her name published, said the quay was sold.",
            "did not want her name published",
            None,
        ),
        (
            "A clerk who cannot be named for safety reasons said the quay was sold.",
            "cannot be named for safety reasons",
            None,
        ),
        (
            "Two clerks, all of whom asked that their names be withheld, said the quay was sold.",
            "asked that their names be withheld",
            None,
        ),
    ],
    ids=[
        "condition",
        "with a reason",
        "no mandate",
        "asked not to be named",
        "in the next sentence",
        "no name wanted",
        "cannot be named",
        "names kept out",
    ],
)
def test_a_grant_of_anonymity_has_its_words_and_its_reason(annotate, text, words, reason):
    (quote,) = annotate(text).quotes
    assert (quote.speaker_kind, quote.speaker_class, quote.anonymity_reason) == ("anonymous", "anonymous", reason)
    assert quote.anonymity == words


@pytest.mark.parametrize(
    "text",
    [
        "Police said that a man, who asked not to be named, had fled.",
        "Ann Dale, the captain, said on condition of anonymity that it rained.",
    ],
    ids=["of another", "named all the same"],
)
def test_a_grant_is_for_who_is_not_named(annotate, text):
    assert {quote.speaker_kind for quote in annotate(text).quotes}.isdisjoint({"anonymous"})


@pytest.mark.parametrize(
    ("text", "class_"),
    [
        ("Kent Police spokesman Ian Poe said it rained.", "official"),
        ("Ann Dale, a professor of law at Kent, said it rained.", "expert"),
        ("Residents said it rained.", "resident"),
        ("Tom Reed, chief executive of Kent Boats, said it rained.", "company"),
        ("Sam Poole, a lawyer for the captain, said it rained.", "party to a case"),
        ("The report said it rained.", "document"),
        ("Ann Dale said it rained.", None),
    ],
)
def test_the_class_of_a_source_is_that_of_its_role(annotate, text, class_):
    (quote,) = annotate(text).quotes
    assert quote.speaker_class == class_


def test_a_class_holds_for_the_whole_article(annotate):
    text = "Ann Dale, a professor of law at Kent, came on Monday. Dale said it rained. She said that it was late."
    assert [quote.speaker_class for quote in annotate(text).quotes] == ["expert", "expert"]
