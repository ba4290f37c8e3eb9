"""Speech as newspapers set it: ranks, single marks, open paragraphs, replies, signatures, transcripts, titles that nobody says."""

import pytest

from quotidian.tasks.extract.speakers.classes import classify_role


def list_quotes(annotate, text):
    """(content, words for the speaker or the name meant) of what is said in a text."""
    annotation = annotate(text)
    rows = []
    for quote in annotation.quotes:
        speaker = "" if quote.speaker_start is None else text[quote.speaker_start : quote.speaker_end]
        if quote.speaker_entity_index is not None:
            speaker = annotation.entities[quote.speaker_entity_index].name
        rows.append((" … ".join(text[a:b] for a, b in quote.parts), speaker))
    return rows


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("“The lower gate is locked,” Capt. Ruth Amis said on Friday.", "Ruth Amis"),
        ("“The lower gate is locked,” said Maj. Gen. Ruth Amis on Friday.", "Ruth Amis"),
        ("“The lower gate is locked,” said Supt. Joel Karr.", "Joel Karr"),
        ("“The lower gate is locked,” said Staff Sgt. Ivo Brandt.", "Ivo Brandt"),
        ("“The lower gate is locked,” Insp. Karr told reporters.", "Karr"),
        ("“The lower gate is locked,” Joel Karr Sr. said on Friday.", "Joel Karr Sr."),
    ],
)
def test_a_rank_or_suffix_with_a_stop_ends_no_sentence(annotate, text, speaker):
    assert len(annotate(text).sentences) == 1
    assert list_quotes(annotate, text) == [("The lower gate is locked", speaker)]


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("'I've sold bread here since the '60s,' said Ivo Brandt.", "I've sold bread here since the '60s"),
        ("‘We told ’em so, and they’re sorry,’ said Ivo Brandt.", "We told ’em so, and they’re sorry"),
        ("'The flood of '98 wasn't half as bad,' said Ivo Brandt.", "The flood of '98 wasn't half as bad"),
        ("'Come 'round and you'll see,' said Ivo Brandt.", "Come 'round and you'll see"),
    ],
)
def test_an_apostrophe_before_a_cut_word_opens_no_speech(annotate, text, content):
    assert list_quotes(annotate, text) == [(content, "Ivo Brandt")]


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        (
            "The inn shut in May.\n\n“We had no guests left. It was time.\n\nMy father would have done the same,” said Ruth Amis.",
            [("We had no guests left. It was time. … My father would have done the same", "Ruth Amis")],
        ),
        (
            "“We had no guests,” said Ivo Brandt.\n\n“It was time. Nobody came any more.\n\n“My father knew it,” said Ruth Amis.",
            [
                ("We had no guests", "Ivo Brandt"),
                ("It was time. Nobody came any more. … My father knew it", "Ruth Amis"),
            ],
        ),
        (
            "“The roof fell in on us that night.\n\nThe beams were wet.\n\nWe ran,” said Ruth Amis.",
            [("The roof fell in on us that night. … The beams were wet. … We ran", "Ruth Amis")],
        ),
    ],
    ids=["no new mark", "new mark", "three paragraphs"],
)
def test_speech_that_runs_over_a_paragraph_is_of_who_ends_it(annotate, text, quotes):
    assert list_quotes(annotate, text) == quotes


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("The gate shut. “Get back!” she shouted.", 2),
        ("“Who has the key?” asked the guard. Nobody did.", 2),
        ("“Get back!” Ivo Brandt shouted.", 1),
        ("“Who has the key?” The guard looked around.", 2),
        ("“We left at noon.”\n\nThe road was dry.", 2),
    ],
)
def test_a_question_or_exclamation_does_not_end_the_sentence_of_its_cue(annotate, text, count):
    assert len(annotate(text).sentences) == count


@pytest.mark.parametrize(
    ("text", "first", "reply"),
    [
        (
            "“You never asked the crews,” Ms. Amis said.\n\n“No, we asked each of them twice in the spring of last year.”\n\nMr. Karr sat down.",
            ("You never asked the crews", "Amis"),
            ("No, we asked each of them twice in the spring of last year.", ""),
        ),
        (
            "“Why did you leave the crews on the quay?” Ms. Amis asked.\n\n“Because the storm came early and the boats were full.”",
            ("Why did you leave the crews on the quay?", "Amis"),
            ("Because the storm came early and the boats were full.", ""),
        ),
        (
            "“That bridge is a danger to us all,” Ms. Amis said.\n\n“I disagree, because the engineers found nothing at all.”",
            ("That bridge is a danger to us all", "Amis"),
            ("I disagree, because the engineers found nothing at all.", ""),
        ),
    ],
    ids=["no", "answer", "disagrees"],
)
def test_a_reply_in_a_paragraph_of_its_own_is_nobodys_known(annotate, text, first, reply):
    assert list_quotes(annotate, text) == [first, reply]


@pytest.mark.parametrize(
    "text",
    [
        "“Ruth is the best baker in town.” – Mayor Joel Karr",
        "“Ruth is the best baker in town.”\n— Joel Karr, mayor",
        "“Ruth is the best baker in town.”\n\n- Joel Karr",
    ],
)
def test_a_name_behind_a_dash_speaks(annotate, text):
    assert list_quotes(annotate, "The fair opened on Friday.\n\n" + text) == [
        ("Ruth is the best baker in town.", "Joel Karr")
    ]


TRANSCRIPT = """RUTH AMIS, ANCHOR: Welcome back. With us is the head of the port.

JOEL KARR: Good to be here. The minister said it would cost nothing.

AMIS: Did it?

KARR: It cost us a year."""
INTERVIEW = """We met the head of the port.

Valley Herald: Why was the quay closed?

Joel Karr: It was not safe. Nobody wanted that.

Valley Herald: And who pays?

Karr: The port does."""
FORM = """The fair opens on Friday.

Place: Old Hall

Price: Two pounds

Place: New Hall

Price: Who knows?"""


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        (
            TRANSCRIPT,
            [
                ("Welcome back. With us is the head of the port.", "RUTH AMIS"),
                ("Good to be here. The minister said it would cost nothing.", "JOEL KARR"),
                ("Did it?", "AMIS"),
                ("It cost us a year.", "KARR"),
            ],
        ),
        (
            INTERVIEW,
            [
                ("Why was the quay closed?", "Valley Herald"),
                ("It was not safe. Nobody wanted that.", "Joel Karr"),
                ("And who pays?", "Valley Herald"),
                ("The port does.", "Karr"),
            ],
        ),
        (FORM, []),
    ],
    ids=["transcript", "interview", "no conversation"],
)
def test_turns_are_quotations_of_the_name_before_the_colon(annotate, text, quotes):
    annotation = annotate(text)
    found = [(text[q.start : q.end], text[q.speaker_start : q.speaker_end]) for q in annotation.quotes]
    assert found == quotes


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        (
            "Too many bakers wait, Councillor Anna Berg (Green, Kent) said on Friday.",
            [("Too many bakers wait", "Anna Berg")],
        ),
        (
            "The roof leaks, said Maria Berg, explaining that the school is old.",
            [("The roof leaks", "Maria Berg"), ("that the school is old", "Maria Berg")],
        ),
        ("If she gets her way, Hall said before adding: The mill is shut.", [("The mill is shut", "Hall")]),
    ],
    ids=["bracket behind a name", "participle behind a cue", "nearer cue before a colon"],
)
def test_what_stands_between_speaker_cue_and_words_is_none_of_them(annotate, text, quotes):
    assert list_quotes(annotate, text) == quotes


SIGNED = """The new bridge has friends and foes.

I cross it every day and never wait. ― Ann Lee

Too dear for a small town like ours! ― Oskar P. Dahl.

It leads nowhere.

― Mara Vance, Kent
"""


def test_signed_paragraphs_in_a_series_are_quotations_of_who_signs(annotate):
    annotation = annotate(SIGNED)
    found = [(SIGNED[q.start : q.end], SIGNED[q.speaker_start : q.speaker_end]) for q in annotation.quotes]
    assert found == [
        ("I cross it every day and never wait.", "Ann Lee"),
        ("Too dear for a small town like ours!", "Oskar P. Dahl"),
        ("It leads nowhere.", "Mara Vance"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The bridge opens in May. It cost more than planned.\n\n― Ann Lee",
        "Rain in the north. ― Ann Lee\n\nSnow in the hills. ― Ann Lee\n\nFog on the coast. ― Ann Lee",
        "Mara Vance ― Announced in May\n\nOskar Dahl ― Announced in June\n\nAnn Lee ― Announced in July",
    ],
    ids=["who wrote it", "one person's notes", "a list"],
)
def test_names_behind_dashes_that_are_no_series_of_voices_say_nothing(annotate, text):
    assert annotate(text).quotes == ()


@pytest.mark.parametrize(
    "text",
    [
        "Styled the “Lion of the Old Hills,” the general rarely speaks in public.",
        "The motto of the school was: “Light and Truth.”",
        "The title of the talk is: “Why the Sea Rises.”",
        "The band closed with “Roses in the Rain,” the crowd stood up.",
        "He appeared on “The Late Hour,” and talked of his garden.",
        "She read from her memoir “Salt,” and signed copies.",
        "They performed the comedy “Three Geese,” then went home.",
        "Its goods move under a scheme of “open lanes,” and last year the port joined.",
    ],
)
def test_titles_mottos_and_terms_are_not_said(annotate, text):
    assert list_quotes(annotate, text) == []


@pytest.mark.parametrize(
    ("text", "content", "speaker"),
    [
        (
            "The head of Kelton Port, Ruth Amis, said “nobody may pass the gate”, as the crews went home.",
            "nobody may pass the gate",
            "Ruth Amis",
        ),
        ("The priest recalled “the long winter,” a year the town forgot.", "the long winter", "The priest"),
        ("Ms. Amis said “the gate is old”, while the crews laughed.", "the gate is old", "Amis"),
        ("Ms. Amis said the gate was “too old”, adding nothing.", "the gate was “too old”", "Amis"),
        ("Ms. Amis said the gate was “too old,” a view that the crews share.", "the gate was “too old,”", "Amis"),
        ("Ms. Amis said the gate “must go”, as the crews went home.", "the gate “must go”", "Amis"),
        ("Ms. Amis said the gate was ''too old.''", "the gate was ''too old.''", "Amis"),
    ],
)
def test_a_closing_mark_and_comma_end_marked_content(annotate, text, content, speaker):
    assert list_quotes(annotate, text)[0] == (content, speaker)


@pytest.mark.parametrize(
    ("text", "content", "speaker"),
    [
        (
            "Joel Karr, an aide of Ruth Amis, was angry. “How often must Ruth Amis explain it?” he asked.",
            "How often must Ruth Amis explain it?",
            "Joel Karr",
        ),
        (
            "Ruth Amis pressed Joel Karr to name the firm. He refused, and insisted that the question was rude.",
            "that the question was rude",
            "Joel Karr",
        ),
        (
            "Ivo Brandt said on Friday that he was calm. “I will not change that because Mr. Karr shouts,” he went on to say.",
            "I will not change that because Mr. Karr shouts",
            "Ivo Brandt",
        ),
    ],
    ids=["named in his words", "was asked", "named in a clause"],
)
def test_nobody_speaks_within_his_own_words(annotate, text, content, speaker):
    assert (content, speaker) in list_quotes(annotate, text)


@pytest.mark.parametrize(
    ("role", "class_"),
    [
        ("Kestrel Airways spokesman", None),
        ("spokesman for the airline", "company"),
        ("company spokeswoman", "company"),
        ("police spokesman", "official"),
        ("spokesman", None),
        ("president of the teachers' union", "organisation"),
        ("president", "politician"),
        ("bank president", "company"),
        ("chairman", None),
        ("Senate committee chairman", "politician"),
        ("airline industry analyst", "expert"),
        ("professor of law at the university", "expert"),
        ("White House press secretary", "official"),
        ("university spokeswoman", "organisation"),
        ("farmer in the valley", "resident"),
    ],
)
def test_a_spokesman_is_of_the_class_for_which_he_speaks(role, class_):
    assert classify_role(role) == class_


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ("Wages rise according to a formula of the board.", []),
        ("The defence did not call any witnesses.", []),
        ("The report quotes Ms. Amis as saying the gate was old.", [("the gate was old", "Amis")]),
        ("The chair in a letter on Friday said the town was broke.", [("the town was broke", "The chair")]),
        ("“Is the gate shut?” The guard said he did not know.", [("he did not know", "The guard")]),
        ("“Nobody believes that,” Ms. Amis scoffed.", [("Nobody believes that", "Amis")]),
        ("Mr. Karr ruled out a sale of the quay.", [("a sale of the quay", "Karr")]),
        ("The rain ruled out a game.", []),
        ("Mr. Karr disputed the figures of the union.", [("the figures of the union", "Karr")]),
        (
            "“The vote is lost,” said an aide to the mayor who was not permitted to speak publicly.",
            [("The vote is lost", "an aide to the mayor")],
        ),
    ],
)
def test_who_says_what_and_what_nobody_says(annotate, text, quotes):
    assert list_quotes(annotate, text) == quotes


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("The council met on Monday.\n\nThe bridge is too dear.\n\n― Ann Lee, member\n\nIt votes in May.", "Ann Lee"),
        (
            "The bridge is shut. Go round.\n\n— Harbour Office (@harbour.example.social) May 8\n\nIt opens in May.",
            "Harbour Office",
        ),
    ],
    ids=["block quotation", "post"],
)
def test_a_line_below_names_who_spoke(annotate, text, speaker):
    (quote,) = annotate(text).quotes
    assert text[quote.speaker_start : quote.speaker_end] == speaker


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        (
            "The lighthouse has a lamp again. Olaf Ness polished the lens with milk, he said, and sang to it. Ships hoot.",
            [("Olaf Ness polished the lens with milk", "he")],
        ),
        ("Ann Lee called her son. Tom Dale called his lawyer at once.", []),
        ("Tom Dale called his wife a saint.", [("his wife a saint", "Tom Dale")]),
    ],
    ids=["of him who says it", "on the telephone", "what one is called"],
)
def test_what_a_reporter_tells_is_no_speech(annotate, text, quotes):
    assert list_quotes(annotate, text) == quotes


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        (
            "The quay is shut.\nMilla Roe: We hear it creak at night.\nOdd Ruud: I told the council in May.",
            ["Milla Roe", "Odd Ruud"],
        ),
        ("The quay is shut.\nMilla Roe: 12 votes for the quay.\nOdd Ruud: 9 votes for the quay.", []),
    ],
    ids=["told", "counted"],
)
def test_two_labelled_lines_are_speech_where_both_tell_of_themselves(annotate, text, speakers):
    assert [speaker for _, speaker in list_quotes(annotate, text)] == speakers
