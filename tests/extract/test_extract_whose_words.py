"""Whose words they are where somebody passes them on, asks, or goes on, and where the layout alone tells it."""

import pytest


@pytest.fixture
def read(annotate):
    """(words, speaker as the text has it, name of whom that means) of each quotation."""

    def read(text):
        found = annotate(text)
        return [
            (
                " … ".join(text[start:end] for start, end in quote.parts),
                None if quote.speaker_start is None else text[quote.speaker_start : quote.speaker_end],
                None if quote.speaker_entity_index is None else found.entities[quote.speaker_entity_index].name,
            )
            for quote in found.quotes
        ]

    return read


@pytest.mark.parametrize(
    "behind",
    [
        "Mr. Dale was quoted as saying, playing the host.",
        "Mr. Dale was quoted by a paper as saying.",
        "the Kelsby Courier quoted Dale as saying.",
        "the Kelsby Courier reported Dale as saying on Sunday.",
    ],
)
def test_who_is_quoted_says_it_and_not_who_quotes_him(read, behind):
    text = f"The quay is shut, the harbour office said on Monday.\n\n“We open it in May,” {behind}"
    assert read(text)[-1] == ("We open it in May", "Dale", "Dale")


def test_him_who_is_quoted_is_no_paper(read):
    text = "Tom Dale opened the quay on Friday. “It was time,” the Kelsby Courier quoted him as saying."
    assert read(text) == [("It was time", "him", "Tom Dale")]


def test_a_paper_that_quotes_nobody_has_not_said_it(read):
    assert read("“We open it in May,” the Kelsby Courier quoted as saying.")[0][1:] == (None, None)


def test_a_question_of_two_sentences_is_of_who_asked(read):
    text = "Sources said the quay may shut. “It is late, isn't it? Isn't that the reason?” Dale asked. “I think it is.”"
    assert read(text)[-1] == ("It is late, isn't it? Isn't that the reason? … I think it is.", "Dale", "Dale")


def test_who_went_on_speaks_again(read):
    text = "Reed answered: “It may well be late.”\n\n“You know how it is, right?” Tom Dale went on, as if alone. “But it is late.”"
    assert read(text)[-1] == ("You know how it is, right? … But it is late.", "Tom Dale", "Tom Dale")


@pytest.mark.parametrize(
    "between",
    [
        "\n\n“They shut the quay for all of the winter,” a mate on board was heard to mutter.",
        "\n\nAnd Rym, a cook on board, keeps her hopes. “I hope to have a ship of my own one day, and a crew.”",
        "\n\nA student at the school smiled. “I hope to have a ship of my own one day, and a crew.”",
    ],
)
def test_who_spoke_before_does_not_go_on_where_somebody_new_does(read, between):
    text = f"“We open it in May,” said Tom Dale.{between}"
    assert read(text)[0] == ("We open it in May", "Tom Dale", "Tom Dale")
    assert all(name != "Tom Dale" for _, _, name in read(text)[1:])


def test_who_asks_does_not_answer(read):
    text = "I asked Tom Dale what the quay was for.\n\n“The first idea was to let the boats of the valley in.”"
    assert read(text)[-1] == ("The first idea was to let the boats of the valley in.", None, None)


def test_who_asks_him_is_not_he(read):
    text = "Captain Tom Dale said it was late. Reporter Ann Reed asked him if the ship would sail. “It will,” he said."
    assert read(text)[-1] == ("It will", "he", "Tom Dale")


def test_what_somebody_was_asked_he_did_not_say(read):
    assert read("Asked “Do you trust the crew?”, the captain said no.") == [
        ("Do you trust the crew?", None, None),
        ("no", "the captain", None),
    ]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("As reported by Tom Dale, the quay is shut.", ("Tom Dale", "Tom Dale")),
        ("Tom Dale left. According to his words, the quay is shut.", ("his", "Tom Dale")),
        ("Tom Dale underlined that the quay is shut.", ("Tom Dale", "Tom Dale")),
    ],
)
def test_words_of_translated_news_are_of_who_said_them(read, text, speaker):
    assert read(text)[-1][1:] == speaker


@pytest.mark.parametrize(
    "text",
    [
        "The paper left, citing two officials.",
        "They called him at night.",
        "She went out before he announced it.",
        "The song is called “She Said Yes”.",
    ],
)
def test_whom_one_cites_or_calls_and_what_a_song_is_called_is_no_saying(read, text):
    assert read(text) == []


def test_two_bodies_named_together_are_no_role_of_each_other(annotate):
    text = "The prosecutor's office and Security Police announced that they had evidence."
    (quote,) = annotate(text).quotes
    assert quote.speaker_role is None


@pytest.mark.parametrize("reply", ["“Exactly what I told them.”", "“Never. Not in all of these years, I think.”"])
def test_a_reply_is_not_of_who_spoke_before(read, reply):
    text = f"“You lied to us,” Dale told the mate.\n\n{reply}\n\n“And who are they?” Dale asked."
    assert [name for words, _, name in read(text) if words in reply] in ([], [None])


def test_a_signature_may_begin_with_what_somebody_is(annotate):
    text = "“He taught us to listen.” – Bruno Salas, guitarist\n“I lost a friend.” – singer Rosa Lima"
    found = annotate(text)
    assert [(found.entities[quote.speaker_entity_index].name, quote.speaker_role) for quote in found.quotes] == [
        ("Bruno Salas", "guitarist"),
        ("Rosa Lima", "singer"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Reporter: Why did you leave the ship?\nTom Dale: I wanted to see my children grow up.",
        "Tom Dale met Ann Reed.\n\nREED: Why did you leave the ship?\n\nDALE: I wanted to see my children grow up.",
    ],
)
def test_two_lines_of_which_one_asks_are_a_transcript(read, text):
    found = {words: (speaker or "").split()[-1].title() for words, speaker, _ in read(text)}
    assert found["I wanted to see my children grow up."] == "Dale"
    assert found["Why did you leave the ship?"] in ("Reporter", "Reed")


@pytest.mark.parametrize(
    "text",
    [
        "Sport: Who will win the cup?\nAnalysis: The team of the valley has the best crew.",
        "Budget: Who pays for it?\nTom Dale: The harbour and its long quay.",
    ],
)
def test_headings_are_no_transcript(read, text):
    assert read(text) == []


@pytest.mark.parametrize(
    "below",
    [
        "A post shared by Ida Marsh (@ida.marsh)",
        "A post shared by Ida Marsh (@ida) on",
        "Posted by Ida Marsh on Sunday, 3 March 2019",
    ],
)
def test_a_post_is_of_whom_the_line_below_names(read, below):
    text = f"The singer left.\n\nThe hall was full.\n\nThank you all for tonight.\n\n{below}\n\nThe hall is shut now.\n"
    assert read(text) == [("Thank you all for tonight.", "Ida Marsh", "Ida Marsh")]


def test_who_posted_an_article_has_not_said_its_headline(read):
    assert read("Hall shut for good\n\nPosted by Ida Marsh on Sunday, 3 March 2019\n\nThe hall is shut now.") == []


def test_a_bare_surname_behind_words_of_another_of_that_name_is_open(annotate):
    text = "Police met Kyle Reed. Reed's mother, Donna Reed, said he was ill. “He needed help,” Reed said."
    found = annotate(text)
    quote = found.quotes[-1]
    assert quote.speaker_entity_index is None
    assert {found.entities[one.entity_index].name for one in quote.candidates} == {"Kyle Reed", "Donna Reed"}


@pytest.mark.parametrize("cue", ["Said", "Added"])
def test_a_sentence_may_begin_with_its_cue(annotate, cue):
    text = f"{cue} Rep. Dan Cole, a sailor from Ohio: “This is theft of our quay, and nothing else.”"
    found = annotate(text)
    (quote,) = found.quotes
    assert (found.entities[quote.speaker_entity_index].name, quote.speaker_role) == ("Dan Cole", "Rep.")


@pytest.mark.parametrize("coming", ["is expected", "is due", "plans", "is about"])
def test_who_is_still_to_say_something_has_not_said_it(annotate, coming):
    (quote,) = annotate(f"Alan Peck {coming} to testify that the captain paid him in cash.").quotes
    assert not quote.is_said


def test_who_comments_on_words_of_another_is_who_acts_first(read):
    text = "Minister Lavrov, commenting on the statement of his colleague Baerbock that Russia “must withdraw”, noted that it is late."
    assert read(text)[-1] == ("that it is late", "Lavrov", "Lavrov")


def test_what_is_told_of_her_before_a_cue_is_not_said_behind_it(read):
    text = "The quay was shut in May. Her crew was not told. It was a shock, said sailor Paul Kim. I found out from the radio."
    assert read(text) == [("It was a shock … I found out from the radio", "Paul Kim", "Paul Kim")]


def test_a_surname_of_two_is_open_where_the_other_was_named_last(annotate):
    text = "The mother of Zack Lowe wept. Lowe's father, Abe Lowe, told the inquest he had warned them. “I told him twice,” Lowe said."
    assert annotate(text).quotes[-1].speaker_entity_index is None


def test_items_of_a_list_are_each_of_who_stands_before_the_colon(read):
    text = "The crew was quick:\n- Rep. Ana Ruiz (D-Texas): “A dark day.”\n- Sen. Joe Park (R-Iowa): “About time.”"
    assert read(text) == [("A dark day.", "Ana Ruiz", "Ana Ruiz"), ("About time.", "Joe Park", "Joe Park")]


@pytest.mark.parametrize("bullet", ["- ", "– ", "— ", "• ", "* "])
def test_the_next_item_of_a_list_signs_nothing(read, bullet):
    text = f"The harbour reacts:\n{bullet}Jo Bell, pilot: “Too late.”\n{bullet}Ann Dale, the cook: “Who pays for it?”"
    assert read(text) == [("Too late.", "Jo Bell", "Jo Bell"), ("Who pays for it?", "Ann Dale", "Ann Dale")]


def test_a_signature_may_name_a_work(read):
    text = "“Nobody sleeps on this quay.”\n- Ann Dale, author of “The Quay”"
    assert read(text) == [("Nobody sleeps on this quay.", "Ann Dale", "Ann Dale")]


@pytest.mark.parametrize("behind", ["Interfax reported", "reported Interfax"])
def test_who_reported_what_somebody_said_is_no_part_of_it(read, behind):
    assert read(f"The quay will be shut, Tom Dale said on Monday, {behind}.") == [
        ("The quay will be shut", "Tom Dale", "Tom Dale")
    ]


def test_a_small_verb_in_front_of_a_trade_and_a_name_is_a_cue(read):
    assert read("“It is always the weather,” sighed commuter Jo Bell.") == [
        ("It is always the weather", "Jo Bell", "Jo Bell")
    ]


def test_an_article_is_nobody_who_tells_it(read):
    text = "The daily Bild quoted Chancellor Karl Heise as telling the party that the vote “is over”."
    assert read(text)[-1][1:] == ("Karl Heise", "Karl Heise")


def test_a_title_tells_which_of_two_of_one_surname_speaks(read):
    text = "Mr. Amos Lowe and Mrs. Lydia Lowe came on Monday. “We are well,” Mrs. Lowe said. “She is right,” Mr. Lowe said."
    assert [name for _, _, name in read(text)] == ["Lydia Lowe", "Amos Lowe"]


@pytest.mark.parametrize(
    "line",
    [
        "Pope Hilarion: “I pray for the families of all the dead.”",
        "Weir's lawyer: “She knew nothing at all about it.”",
        "Dale: “She knew nothing at all about it, and we told the court.”",
    ],
)
def test_a_label_is_not_of_who_spoke_before(read, line):
    text = f"The prosecutor said Weir “knew exactly what she did.” {line}"
    assert read(text)[-1][2] is None


def test_words_with_a_verb_before_a_colon_go_on(read):
    text = "“The quay is shut,” Ann Dale said.\n\nShe went on: “It is like a house that leaks, and nobody calls the roofer.”"
    assert read(text)[-1][2] == "Ann Dale"


def test_who_lectures_is_not_who_is_named_to_tell_who_he_is(read):
    text = (
        "The Weir-linked preacher Tom Dale is shown lecturing: “Take heed of the clouds that gather over all of you.”"
    )
    assert read(text)[-1][2] == "Tom Dale"


def test_who_replies_is_who_was_spoken_to(read):
    text = "“You can't buy time,” Dale told Weir. “You can buy sand,” she replied. “We did,” he said. “Not enough,” she said."
    assert [name for _, _, name in read(text)] == ["Dale", "Weir", None, "Weir"]


def test_a_label_behind_speech_opens_other_speech(read):
    text = "“No, it never did,” said Ann Dale. Weir: “Yes, it did, and twice.”"
    assert read(text)[0] == ("No, it never did", "Ann Dale", "Ann Dale")
    assert read(text)[1][2] is None


def test_what_another_one_says_meanwhile_is_his(read):
    text = "Norway’s Tom Dale warned that “the door is closing,” while Poland’s Ewa Lis said there was “time enough.”"
    assert [name for _, _, name in read(text)] == ["Tom Dale", "Ewa Lis"]


def test_who_speaks_in_a_relative_clause_is_aside(read):
    text = "On Friday, the day that Mr. Dale stood on the quay and pledged his loyalty to the league, Mr. Weir left the town.\n\n“What a fine harbour it was!” he wrote."
    assert read(text)[-1][2] != "Dale"


@pytest.mark.parametrize("lead", ["Asked", "When asked", "Asked by a reporter,", "Asked at the quay by a sailor,"])
def test_a_question_put_to_somebody_is_not_his(read, lead):
    found = read(f"{lead} “Is it over?”, Ann Dale said, “Yes.”")
    assert ("Yes.", "Ann Dale", "Ann Dale") in found
    assert all(name is None for words, _, name in found if words.startswith("Is it over"))


def test_the_who_is_no_relative_word(read):
    found = read("The WHO said the flu is back. It added that masks help. “Wear them,” the WHO said.")
    assert [name for _, _, name in found] == ["WHO", "WHO", "WHO"]


@pytest.mark.parametrize("source", ["the words of the minister Tom Dale", "an account by Tom Dale", "Tom Dale's words"])
def test_the_words_of_somebody_are_his(read, source):
    assert read(f"According to {source}, the quay will be shut in May.")[0][2] == "Tom Dale"


@pytest.mark.parametrize("other", ["Weir's mother wept", "A colleague nodded", "Her sister came in"])
def test_who_acts_without_a_name_may_be_she(read, other):
    text = f"Judge Ann Dale said the case was “clear.” {other}. “He was a good boy,” she said."
    assert read(text)[-1][2] is None


def test_a_man_without_a_name_is_not_she(read):
    text = "Judge Ann Dale said the case was “clear.” Her brother came in. “He was a good boy,” she said."
    assert read(text)[-1][2] == "Ann Dale"


def test_speech_behind_a_colon_runs_on_to_its_closing_mark(read):
    text = "Tom Dale said: “The books are open.\nAnyone may read them.\nWe have nothing to hide.”\nThe meeting ended at noon."
    assert read(text) == [
        ("The books are open. … Anyone may read them. … We have nothing to hide.", "Tom Dale", "Tom Dale")
    ]


def test_a_ruling_speaks(read):
    text = "“The order was unlawful,” the ruling states."
    assert read(text) == [("The order was unlawful", "the ruling", None)]


def test_what_the_speaker_does_next_is_not_what_he_said(read):
    text = "Salim Noor has not been paid since March. I sold my car, he says. He shows a letter. It has a stamp."
    assert "He shows a letter" not in read(text)[0][0]


@pytest.mark.parametrize(
    "text",
    [
        "“We went on,” said the head of the Bank of Norway, Elvira Dahl.",
        "“We went on,” agrees the chief analyst of Rosbank, Elvira Dahl.",
        "According to the head of the Bank of Norway, Elvira Dahl, it rained.",
    ],
)
def test_a_name_behind_a_role_at_the_end_is_its_holder(read, text):
    assert read(text)[0][1:] == ("Elvira Dahl", "Elvira Dahl")


def test_a_saint_of_a_church_is_not_he(read):
    assert (
        read("A fire broke out in the Cathedral of Saints Peter and Paul. According to him, nobody was hurt.")[0][2]
        is None
    )


def test_what_is_built_according_to_a_project_is_not_said(annotate):
    assert annotate("The ship was built according to the project of the old yard.").quotes == ()


@pytest.mark.parametrize(
    "source",
    ["the wife of actor Tom Dale", "a spokesman for Tom Dale", "the author of the book Tom Dale", "a fan of Tom Dale"],
)
def test_who_belongs_to_a_name_is_not_its_bearer(read, source):
    assert read(f"It rained all day, said {source}.")[0][2] is None


@pytest.mark.parametrize("whom", ["reporters", "TASS"])
def test_who_stands_behind_whom_he_told_it_speaks(read, whom):
    text = f"“It opens in May,” told {whom} the minister Elvira Dahl."
    assert read(text) == [("It opens in May", "Elvira Dahl", "Elvira Dahl")]


def test_a_name_in_brackets_behind_a_paragraph_signs_it(read):
    text = "The jury chose.\n\n“No film this year has stayed with me for so long.” (Farida Hassan, member of the jury)"
    assert read(text)[-1][1:] == ("Farida Hassan", "Farida Hassan")


@pytest.mark.parametrize("bracket", ["(Reuters)", "(Photo: Ann Lee)", "(see Farida Hassan)"])
def test_other_brackets_sign_nothing(read, bracket):
    text = f"The jury chose.\n\n“No film this year has stayed with me for so long.” {bracket}"
    assert read(text)[-1][2] is None


def test_a_label_is_one_name_where_only_part_of_it_is_known(read):
    text = "MODERATOR: Welcome.\nSENATOR DIANE HOLT: Taxes must fall.\nMODERATOR: Governor?\nSENATOR DIANE HOLT: I wrote it."
    assert [speaker for _, speaker, _ in read(text)][1::2] == ["SENATOR DIANE HOLT"] * 2


def test_two_labels_of_one_shouted_name_are_a_transcript(read):
    text = "[09:30:12] PRIYA MENON, CORRESPONDENT: The train stands where it stopped.\n\nMENON: Nobody has come."
    assert [words for words, _, _ in read(text)] == ["The train stands where it stopped.", "Nobody has come."]


def test_a_name_nobody_knows_signs_what_stands_before_its_dash(read):
    text = "The museum asked its guests.\n\n“I cried at the third picture.” —Mei-ling Chou, teacher\n\n“Free on Sundays, thank God.” —Anonymous"
    assert next(speaker for _, speaker, _ in read(text)) == "Mei-ling Chou"
    assert all(name is None for _, _, name in read(text)[1:])


@pytest.mark.parametrize(
    "got",
    [
        "Radio Norte received an email from the chapel saying",
        "The Courier saw a memo written by Greg Vance warning",
        "The Courier obtained a letter sent from Greg Vance to the mayor on Aug. 6 saying",
    ],
)
def test_who_got_a_document_has_not_said_what_it_says(read, got):
    ((words, speaker, name),) = read(f"{got} that the clinic would close.")
    assert words == "that the clinic would close"
    assert speaker.split()[1] in ("email", "memo", "letter") and name is None


def test_who_sends_an_email_has_said_what_it_says(read):
    assert read("Paula Dent sent an email saying that the clinic would close.")[0][2] == "Paula Dent"


@pytest.mark.parametrize("heading", ["'HARD ROAD'", "“A year of rain”"])
def test_a_heading_in_marks_is_no_more_of_the_speech_above(read, heading):
    text = f"“The lessons were good, and I was paid,” Lena Moss said.\n\n{heading}\n\nThe town met in May."
    assert read(text)[0][0] == "The lessons were good, and I was paid"


def test_speech_goes_on_over_a_paragraph_with_a_stop(read):
    text = "“The lessons were good, and I was paid,” Lena Moss said.\n\n“I miss them.”\n\nThe town met in May."
    assert read(text)[0][0] == "The lessons were good, and I was paid … I miss them."


def test_according_to_in_capitals_opens_a_sentence_that_lost_its_stop(read):
    text = "Two trams collide in Lund, nobody injured According to the fire brigade, the rails were icy."
    assert read(text) == [("the rails were icy", "the fire brigade", None)]


def test_a_headline_in_capitals_stands_before_its_source(read):
    assert read("Bridge Will Close in May, According to Mayor")[0][0].startswith("Bridge Will Close in May")


def test_a_place_before_a_noun_that_looks_like_a_verb_has_said_nothing(read):
    text = "Peter Hall was quick to make his pitch to voters after the Lund attacks, citing his hard line on crime."
    assert read(text) == [("his hard line on crime", "Peter Hall", "Peter Hall")]


def test_a_title_within_the_subject_of_what_was_said_is_part_of_it(read):
    text = "The academy said Hugh Dale, 40, star of the romantic epic “Lowland,” will host the ceremony."
    assert read(text)[0][:2] == (text[len("The academy said ") : -1], "The academy")


def test_a_message_posted_on_a_day_reports_nothing_before_it(read):
    text = "The senator backs the mayor's plan, a kind of truce.\n\nIn a message posted Friday, Berg said he was tired."
    assert read(text) == [("he was tired", "Berg", "Berg")]


def test_letters_before_questions_and_answers_make_an_interview_with_nobody_named(read):
    text = "Q: Why did you leave?\nA: I was tired of it.\nQ: Will you return?\nA: Never, said the doctor."
    assert read(text) == [
        ("Why did you leave?", "Q", None),
        ("I was tired of it.", "A", None),
        ("Will you return?", "Q", None),
        ("Never, said the doctor.", "A", None),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Q: How do I apply?\nA: Fill in the form.\nQ: What does it cost?\nA: The fee is ten crowns.",
        "Q: Why did you leave?\nA: I was tired of it.",
    ],
)
def test_a_leaflet_and_a_single_question_are_no_interview(read, text):
    assert read(text) == []


def test_the_time_of_an_entry_is_no_part_of_who_speaks(read):
    assert read("14:05 Police say the road is open again.") == [("the road is open again", "Police", None)]


def test_whom_a_source_cites_is_no_part_of_what_it_says(read):
    assert read("According to Interfax, citing the ministry, the plane landed.")[0][0] == "the plane landed"


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Olaf Berg sued Milla Roe for saying that the quay was a ruin.", "Milla Roe"),
        ("Critics attacked the mayor for saying that the quay was a ruin.", "the mayor"),
        ("The council thanked Peter Hall for announcing that the quay would open.", "Peter Hall"),
        ("Peter Hall apologised for saying that the quay was a ruin.", "Peter Hall"),
    ],
    ids=["sued", "attacked", "thanked", "apologised"],
)
def test_who_is_blamed_or_thanked_for_saying_something_has_said_it(annotate, text, speaker):
    (quote,) = annotate(text).quotes
    assert text[quote.speaker_start : quote.speaker_end] == speaker


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Egypt fears for its fields. Most of the water comes from Ethiopia. It says that the dam is safe.", None),
        ("Egypt fears for its fields. Most of the water comes from lakes. It says that the dam is safe.", "Egypt"),
    ],
    ids=["another country since", "one country"],
)
def test_it_is_no_country_where_another_is_named_since(annotate, text, speaker):
    annotation = annotate(text)
    entity = annotation.quotes[-1].speaker_entity_index
    assert (None if entity is None else annotation.entities[entity].name) == speaker


def test_a_role_holds_no_clause_of_saying(annotate):
    text = "The call was echoed by Olaf Berg, minister of ports who said the quay must open."
    (quote,) = annotate(text).quotes
    assert quote.speaker_role == "minister of ports"


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("“The quay is closed until autumn,” Interfax quotes the words of Deputy Governor Olaf Berg.", "Olaf Berg"),
        ("“The quay is closed until autumn,” Interfax quoted Olaf Berg.", "Olaf Berg"),
        ("“The quay is closed until autumn,” Olaf Berg quoted.", "Olaf Berg"),
    ],
    ids=["his words", "him", "who quotes"],
)
def test_whom_somebody_quotes_behind_the_words_has_said_them(annotate, text, speaker):
    (quote,) = annotate(text).quotes
    assert text[quote.speaker_start : quote.speaker_end] == speaker


@pytest.mark.parametrize(
    ("between", "speaker"),
    [("", "Olaf Berg"), ("He laughed. ", None), ("The dog barked. ", "Olaf Berg")],
    ids=["nothing", "he acts", "another acts"],
)
def test_he_who_acts_behind_what_he_was_told_may_speak(annotate, between, speaker):
    annotation = annotate(f"“The quay leaks,” Olaf Berg told Peter Hall. {between}“It always did,” he said.")
    entity = annotation.quotes[-1].speaker_entity_index
    assert (None if entity is None else annotation.entities[entity].name) == speaker


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("The diver, who according to police is 34, swam on.", ["who", "is 34"]),
        ("Olaf Berg, who, according to police, swam away, was found in a boat.", ["who", "swam away"]),
        ("The quay, according to police, was closed in May.", ["The quay", "was closed in May"]),
    ],
)
def test_a_source_within_a_relative_clause_says_that_clause(annotate, text, parts):
    (quote,) = annotate(text).quotes
    assert [text[start:end] for start, end in quote.parts] == parts


def test_the_time_of_an_entry_is_no_part_of_a_role(annotate):
    text = "Live:\n10:15 Mayor Milla Roe: “Everybody in the school is safe.”\n10:31 The road is open, police say."
    assert annotate(text).quotes[0].speaker_role == "Mayor"


def test_what_they_note_in_an_office_is_not_of_who_spoke_before(annotate):
    text = (
        "Olaf Berg spoke on Monday. No one was hurt, he stressed. In the ministry they noted that the money is enough."
    )
    assert [text[q.start : q.end] for q in annotate(text).quotes] == ["No one was hurt", "that the money is enough"]


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("Asked by the judge if he knew the charges, he responded “Yes.”", "Yes."),
        ("When asked if she would stay at the quay, the mayor replied “Never.”", "Never."),
        ("Pressed on the cost of the quay, the mayor said it was too high.", "it was too high"),
    ],
)
def test_what_somebody_was_asked_he_has_not_said(annotate, text, content):
    quote = annotate(text).quotes[-1]
    assert text[quote.start : quote.end] == content


def test_a_thing_is_described_by_whom_the_marks_are_followed_by(annotate):
    text = "The quay was described as “a disgrace” by Minister Milla Roe."
    (quote,) = annotate(text).quotes
    assert text[quote.speaker_start : quote.speaker_end] == "Milla Roe"


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("A Kent woman who claims she saw the storm called the paper.", "Kent woman"),
        ("The keeper of the “Tides” house said that it rained.", "keeper"),
    ],
)
def test_a_role_holds_no_words_of_its_own_saying_and_no_loose_end(annotate, text, role):
    assert annotate(text).quotes[0].speaker_role == role


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("The mother of the suspect, Olaf Vega, said that her son was at home.", None),
        ("“The talks are hard,” said the head of the delegation Olaf Vega.", "Olaf Vega"),
        ("Milla Roe was sentenced by Judge Anna Dahl on Monday. “You showed no remorse,” she said.", None),
        ("Milla Roe was sentenced by a court on Monday. “I showed no remorse,” she said.", "Milla Roe"),
        ("Milla Roe drove on. “You cannot park here on this quay,” she was told by an officer.", None),
    ],
    ids=["kin of somebody", "a delegation", "a judge", "a court", "told"],
)
def test_who_may_be_meant_by_two_is_open(annotate, text, speaker):
    annotation = annotate(text)
    named = [q.speaker_entity_index for q in annotation.quotes]
    assert [annotation.entities[e].name for e in named if e is not None] == ([speaker] if speaker else [])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "The ferry was on its way to Kelsby, said one of the guards named above.",
            ("The ferry was on its way to Kelsby", "one of the guards named above", None),
        ),
        (
            "The ferry was on its way to Kelsby, said two of the guards.",
            ("The ferry was on its way to Kelsby", "two of the guards", None),
        ),
        (
            "If Tom Dale is ready to acknowledge that the quay was a mistake, then both towns would gain.",
            ("that the quay was a mistake", "Tom Dale", "Tom Dale"),
        ),
        (
            "The quay was shut.\n\nTom Dale (Harbour Party): “We lost two years.”",
            ("We lost two years.", "Tom Dale", "Tom Dale"),
        ),
        (
            "The clerk then turned to Tom Dale: “If we want a new quay, we have to be honest about it now.”",
            ("If we want a new quay, we have to be honest about it now.", "The clerk", None),
        ),
        (
            "Tom Dale left the firm in May. In his own words, “I was tired of the lies.”",
            ("I was tired of the lies.", "his", "Tom Dale"),
        ),
        (
            "Tom Dale spoke in Kelsby. His message to the guards was that the quay must stay open.",
            ("that the quay must stay open", "His", "Tom Dale"),
        ),
        (
            "Tom Dale left over what he described as “a war on the boats”.",
            ("what … as “a war on the boats”", "he", "Tom Dale"),
        ),
        ("Ann Reed admitted firing at two guards.", ("firing at two guards", "Ann Reed", "Ann Reed")),
    ],
)
def test_who_says_it_is_found_beside_others(read, text, found):
    assert read(text)[-1] == found


def test_a_town_with_an_article_is_not_he(read):
    text = "Dale said the Borough would go on with its plans. “I am afraid of the winter,” he said."
    assert read(text)[-1][2] != "Borough"


def test_of_two_who_met_either_may_go_on_also_in_apposition(read):
    text = "Minister Tom Dale received the envoy, Carl Vega, on Friday. “There is no other way,” he said afterwards."
    assert read(text)[-1] == ("There is no other way", "he", None)


@pytest.mark.parametrize(
    "text",
    [
        "As the storms have continued, the ferries that the town needs stayed in the harbour.",
        "Everything will go according to plans despite the storm.",
        "Tom Dale has written several plays, among them “Tides,” a play on the war.",
        "Ann Reed sang a new version of “Tides,” featuring singer Tom Dale added as a guest.",
        "Tom Dale was clear. His view was that the tax would hurt the boats.",
        "In other words, “the quay” is a heap of stones.",
    ],
)
def test_these_are_no_sayings(read, text):
    assert read(text) == []


def test_what_one_would_say_is_not_said(annotate):
    (quote,) = annotate("They'd swear the quay was a palace.").quotes
    assert not quote.is_said


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "“The quay is shut”, writes the Kelsby Courier, quoting the captain.",
            ("The quay is shut", "the captain", None),
        ),
        (
            "“The quay is shut. Do not come,” Tom Dale (@tomdale) tweeted at noon.",
            ("The quay is shut. Do not come", "Tom Dale", "Tom Dale"),
        ),
        (
            "The harbour lacked boats, so all Tom Dale could do was ring the bell and warn that the quay would fall.",
            ("that the quay would fall", "Tom Dale", "Tom Dale"),
        ),
        (
            "Tom Dale suggested on Monday that the towns would “sell everything needed, so Norland cannot win the race,” stressing that it was late.",
            ("that it was late", "Tom Dale", "Tom Dale"),
        ),
        (
            "The lawyer Tom Dale argued Vega's long history of illness was to blame.",
            ("Vega's long history of illness was to blame", "Tom Dale", "Tom Dale"),
        ),
        (
            "“It is bad,” said Tom Dale, a mason in the Harbour District, who said people at a recent meeting were furious about it.",
            ("people at a recent meeting were furious about it", "who", "Tom Dale"),
        ),
        (
            "Despite letters last week that said the quay would be shut, it is open.",
            ("the quay would be shut", "that", None),
        ),
        (
            "In the valley, it's estimated as many as one in three boats will sink.",
            ("as many as one in three boats will sink", None, None),
        ),
        ("Let's just start by saying that you should use the quay.", ("that you should use the quay", None, None)),
        (
            "Mayor Tom Dale visited the quay. The Transport Ministry said the bridge was safe. He blamed the storm for the delay.",
            ("the storm for the delay", "He", None),
        ),
    ],
)
def test_whose_words_they_are_is_found_or_left_open(read, text, found):
    assert read(text)[-1] == found


def test_a_name_before_a_colon_is_not_who_spoke_before(read):
    text = (
        "“Why should I?” said coach Tom Dale.\n\nHere is what we hear from the ground by Carl Vegas: “It is raining.”"
    )
    assert read(text)[-1][2] != "Tom Dale"


def test_an_office_of_which_the_name_stands_behind_is_its_bearer(annotate):
    text = "Secretary of Trade Ann Reed and Secretary of the Interior Tom Dale, who head both houses, said it was late."
    (quote,) = annotate(text).quotes
    assert [text[one.start : one.end] for one in quote.speakers] == ["Ann Reed", "Tom Dale"]


@pytest.mark.parametrize(
    "text",
    [
        "Having the prices in view makes it easier to say no to things in stores.",
        "All of these signs point in one direction: Something about the quay is broken.",
        "The bond between clerks and courts (note that the lawyers were not there) is old.",
    ],
)
def test_nobody_says_these(read, text):
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "is_said"),
    [
        ("You should write to the firm and explain that the quay is shut.", False),
        ("“Why should I go?” said Tom Dale.", True),
        ("“Will you come?” said Tom Dale.", True),
    ],
)
def test_only_the_words_of_a_cue_tell_whether_it_was_said(annotate, text, is_said):
    assert [quote.is_said for quote in annotate(text).quotes] == [is_said]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("As noted Dale, the quay is safe.", ("the quay is safe", "Dale", "Dale")),
        ("9.30am “We were not told,” says Ann Reed of the crew.", ("We were not told", "Ann Reed", "Ann Reed")),
        (
            "The crew wade through the harbour. (Kelsby Photo/Jo Mills) “We lost the beds,” said Ann Reed, 54.",
            ("We lost the beds", "Ann Reed", "Ann Reed"),
        ),
    ],
)
def test_what_stands_around_words_is_none_of_them(read, text, found):
    assert read(text)[-1] == found


def test_nobody_explains_a_name(read):
    assert read("As explained Dale the bridge will be opened in May.") == []


def test_a_surname_of_two_is_open_where_the_other_one_has_just_spoken(read):
    text = (
        "Tom Dale built the quay. Dale is a mason. Dale is old. His son, Rob Dale, plays and he said it was fun. "
        "“My dad is ready to step in,” Dale said."
    )
    assert read(text)[-1] == ("My dad is ready to step in", "Dale", None)


def test_who_asks_her_is_not_she(read):
    text = "Ann Reed ran the mill.\n\nA mate named Jo Dale liked the place and asked her to stay. “It was small,” she said."
    assert read(text)[-1] == ("It was small", "she", "Ann Reed")


def test_a_relative_clause_behind_marks_is_no_cue(read):
    assert read("The town is in the grip of a “Revolution,” which is why it produces very little.") == []
