"""What people are called: nicknames in marks, names that they give, letters behind a name, particles, titles before a surname."""

import pytest


@pytest.fixture
def speakers(annotate):
    """The speaker of each quotation as the text has it."""

    def read(text):
        return [text[quote.speaker_start : quote.speaker_end] for quote in annotate(text).quotes]

    return read


@pytest.mark.parametrize(
    "name",
    [
        "Robert “Bobby” Dale",
        "Emeka “Iron” Obi",
        "Luis Fernando 'Lucho' Prado",
        'William "Big Bill" Harker Jr.',
        "Dwayne (“Duke”) Ellery",
    ],
)
def test_a_nickname_in_marks_stands_within_a_name(speakers, name):
    assert speakers(f"“The quay is shut,” said {name}, who sails at dawn.") == [name]


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("a trucker who gave his name only as “Hassan.”", "Hassan"),
        ("a fisherman known to everyone as “Papa Joe.”", "Papa Joe"),
        ("a woman from Lagos, who identified herself only as Mariam.", "Mariam"),
        ("a driver named Otto Berg.", "Otto Berg"),
        ("a shepherd who identified himself as Yusuf.", "Yusuf"),
        ("a farmer who gave only her first name, Aminata.", "Aminata"),
    ],
)
def test_who_gives_a_name_is_called_by_it(speakers, words, name):
    assert speakers(f"“The quay is shut,” said {words}") == [name]


@pytest.mark.parametrize("words", ["a man who met a woman known as Mariam", "the captain of a ship called Mariam"])
def test_the_name_of_another_is_not_who_speaks(speakers, words):
    assert speakers(f"“The quay is shut,” said {words}.") != ["Mariam"]


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Ilse Brandt MEP", "Ilse Brandt"),
        ("CFO Nadia Rahal", "Nadia Rahal"),
        ("Eng. Joseph Mwangi", "Joseph Mwangi"),
        ("Judge Ana María Rojas", "Ana María Rojas"),
        ("Willem van ’t Hof", "Willem van ’t Hof"),
        ("Gerrit van den Berg", "Gerrit van den Berg"),
    ],
)
def test_a_name_is_whole_and_nothing_more(speakers, words, name):
    assert speakers(f"“The quay is shut,” said {words} in Kent.") == [name]


def test_the_day_before_a_name_is_no_part_of_it(speakers):
    assert speakers("On Sunday Tariq Aziz Khan, who runs the dairy, said he was relieved.") == ["Tariq Aziz Khan"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Omar Rashid and Gerrit van den Berg came. “It was cheap,” Van den Berg said.", "Gerrit van den Berg"),
        ("Lord Otto Carrow and Lady Beata Carrow came. “It leaks,” Lady Carrow said.", "Beata Carrow"),
        ("Princess Noor Al-Amiri and Prince Salim Al-Amiri came. Prince Al-Amiri said he lost.", "Salim Al-Amiri"),
        (
            "Senator Raúl Mendes and his brother, Bishop Tomás Mendes, came. Bishop Mendes said the field was holy.",
            "Tomás Mendes",
        ),
    ],
)
def test_a_title_or_particle_before_a_known_surname_is_that_person(annotate, text, name):
    annotation = annotate(text)
    assert annotation.entities[annotation.quotes[-1].speaker_entity_index].name == name


def test_an_institution_does_not_start_with_the_town_before_it(annotate):
    text = "“Two came,” said Karl Berg. In Ankara the Finance Ministry was silent."
    names = [text[mention.start : mention.end] for mention in annotate(text).mentions]
    assert names == ["Karl Berg", "Ankara", "Finance Ministry"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The Bank of Ghana kept its rate on Friday. It said inflation was slowing.", ["Bank of Ghana"]),
        ("Pfarr Foods cut jobs. It said sales fell. It also said that costs rose.", ["Pfarr Foods"] * 2),
        ("Pfarr Foods cut jobs. It said sales fell. The ship sank. It said that costs rose.", ["Pfarr Foods", None]),
    ],
)
def test_it_goes_on_as_the_organisation(annotate, text, names):
    annotation = annotate(text)
    found = [quote.speaker_entity_index for quote in annotation.quotes]
    assert [None if place is None else annotation.entities[place].name for place in found] == names


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The President of Ukraine Anna Berg said on Monday that the grain would be shipped.", "Anna Berg"),
        ("Finance minister of Arvania Petra Holm said the tax would stay.", "Petra Holm"),
        ("Minister of Labour Petra Holm said the tax would stay.", "Petra Holm"),
        ("Host Mia Grant said the show would go on.", "Mia Grant"),
        ("EXCLUSIVE Ben Cole says he will leave the club.", "Ben Cole"),
        ("Skipper Ivan Petrov said the match was hard.", "Ivan Petrov"),
        ("Another Peter Hall said the pipes were new.", "Peter Hall"),
    ],
)
def test_neither_place_nor_headline_nor_trade_is_glued_to_a_name(annotate, text, name):
    annotation = annotate(text)
    (quote,) = annotation.quotes
    assert annotation.entities[quote.speaker_entity_index].name == name


@pytest.mark.parametrize(
    "words",
    [
        "The lawyer of Peter Hall",
        "The lawyer of President Peter Hall",
        "The spokesman of the president of Norway Peter Hall",
        "The aide of Minister of Labour Peter Hall",
    ],
)
def test_whose_man_he_is_has_not_spoken(annotate, words):
    assert [quote.speaker_entity_index for quote in annotate(f"{words} said the tax would stay.").quotes] == [None]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ida Norell, the younger daughter of the president, came. President Norell said he was proud.", "Norell"),
        ("Mina and Ida Norell came with the dog. President Norell said he was proud.", "Norell"),
        ("President Ida Norell, the daughter of a baker, came. President Norell said she was proud.", "Ida Norell"),
        ("Ida Norell, a baker, came to the hall. President Norell said she was proud.", "Ida Norell"),
        ("Ida Norell, a mother of two, was on duty. Constable Norell said the road was icy.", "Ida Norell"),
    ],
)
def test_an_office_is_not_that_of_a_relative(annotate, text, name):
    annotation = annotate(text)
    assert annotation.entities[annotation.quotes[-1].speaker_entity_index].name == name


@pytest.mark.parametrize(
    ("text", "types"),
    [
        ("The fires in Victoria went on. Victoria said it needs help.", ["GPE", "GPE"]),
        ("The court lost faith in Victoria. Victoria said she was tired.", ["PERSON", "PERSON"]),
        ("Victoria Dale was tired. The court believed in Victoria.", ["PERSON", "PERSON"]),
        (
            "Egon Washington was tired. Washington said so. Washington and Moscow will talk.",
            ["PERSON", "PERSON", "GPE", "GPE"],
        ),
        (
            "Moscow and Washington will talk. Washington said it was late. Egon Washington, a baker, was tired. Washington said so.",
            ["GPE", "GPE", "GPE", "PERSON", "PERSON"],
        ),
        ("In Nico we believe, said a placard outside the club. Nico has scored nine goals.", ["PERSON", "PERSON"]),
        ("The train stopped in Hollis, a small village in the hills. Greta Hollis ran.", ["GPE", "PERSON"]),
        ("Ada Hollis, a baker, ran. Hollis, a town of 900, was cut off.", ["PERSON", "GPE"]),
        ("Egon Jordan ran. Jordan closed its border. Jordan closed his shop.", ["PERSON", "GPE", "PERSON"]),
        ("The fire in Torrance went on. Ada Torrance, a nurse, ran.", ["GPE", "PERSON"]),
        ("Interest in Torrance grew. Ada Torrance, a singer, ran.", ["PERSON", "PERSON"]),
        ("Two buses from Austin came. Carol Austin waved. Three came from Austin.", ["GPE", "PERSON", "PERSON"]),
    ],
)
def test_a_place_may_be_called_like_a_person(annotate, text, types):
    assert [mention.type for mention in annotate(text).mentions if mention.mention_kind == "name"] == types


@pytest.mark.parametrize(
    ("text", "types"),
    [
        ("Thomas Cook said flights would go on. Shares of Thomas Cook rose.", {"ORG"}),
        ("Investors in Ida Norell fled. Ida Norell said sales fell.", {"ORG"}),
        ("The shares of Ida Norell were sold. Ida Norell said she was glad.", {"PERSON"}),
        ("Ida Norell, 61, said she was glad. Shares of Ida Norell fell.", {"PERSON"}),
        ("J.P. Morgan said rates would rise. John Deere said sales rose. Harley-Davidson said it would move.", {"ORG"}),
        ("Philip Morris, 61, mended the roof. Philip Morris said he was glad.", {"PERSON"}),
        ("His brother, John Deere, stayed at home.", {"PERSON"}),
        ("Ms. Morgan Stanley said she would appeal.", {"PERSON"}),
        ("Paddy Power, a lawyer, lost the case.", {"PERSON"}),
        ("Paddy Power, a bookmaker, lost the case.", {"ORG"}),
        ("The banker J.P. Morgan bought the line.", {"PERSON"}),
    ],
)
def test_a_firm_may_be_called_like_a_person(annotate, text, types):
    assert {mention.type for mention in annotate(text).mentions if mention.mention_kind == "name"} == types


@pytest.mark.parametrize(
    ("text", "types"),
    [
        ("Ada Houston won the cup. Houston said she was tired. In Houston, people cheered.", ["PERSON", "GPE"]),
        ("Ada Houston won the cup. Houston said that she was tired. She flew from Houston.", ["PERSON", "GPE"]),
        ("Mayor London Breed said rents rose. London said she was tired.", ["PERSON"]),
        ("Ada Houston won the cup. Houston said it had no money.", ["GPE"]),
        ("Ida Norell won the cup. Houston said she was tired.", ["GPE"]),
    ],
)
def test_a_town_that_says_he_or_she_is_somebody_called_like_it(annotate, text, types):
    mentions = [one for one in annotate(text).mentions if one.mention_kind == "name"]
    assert [one.type for one in mentions if text[one.start : one.end] in ("Houston", "London")] == types


def name_entities(annotation, text):
    """The name and type of what each name means, in the order of the text."""
    entities = annotation.entities
    named = (mention for mention in annotation.mentions if mention.mention_kind == "name")
    return [(text[mention.start : mention.end], entities[mention.entity_index].name, mention.type) for mention in named]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Karl Brunner founded the brewery Brunner in 1921. Brunner employs 900 people. Brunner died in 1960.",
            [
                ("Karl Brunner", "Karl Brunner", "PERSON"),
                ("Brunner", "Brunner", "ORG"),
                ("Brunner", "Brunner", "ORG"),
                ("Brunner", "Karl Brunner", "PERSON"),
            ],
        ),
        (
            "Rob Dover, a baker, watched. Lincoln beat Dover 2-1 on Saturday.",
            [("Rob Dover", "Rob Dover", "PERSON"), ("Lincoln", "Lincoln", "ORG"), ("Dover", "Dover", "ORG")],
        ),
        (
            "Jack London wrote novels. London died in 1916.",
            [("Jack London", "Jack London", "PERSON"), ("London", "Jack London", "PERSON")],
        ),
        (
            "He met the former White House doctor, Ada Berg. The White House was shut.",
            [
                ("White House", "White House", "ORG"),
                ("Ada Berg", "Ada Berg", "PERSON"),
                ("White House", "White House", "ORG"),
            ],
        ),
        ("A woman from Leeds has won.", [("Leeds", "Leeds", "GPE")]),
        ("A nurse from Perm has won. Perm was glad.", [("Perm", "Perm", "GPE"), ("Perm", "Perm", "GPE")]),
        (
            "Nurse Petra came late. “I was tired,” Petra said.",
            [("Petra", "Petra", "PERSON"), ("Petra", "Petra", "PERSON")],
        ),
        (
            "Cellist Olof Brask plays tonight. Brask is ill.",
            [("Olof Brask", "Olof Brask", "PERSON"), ("Brask", "Olof Brask", "PERSON")],
        ),
    ],
)
def test_a_name_beside_somebody_of_it(annotate, text, expected):
    assert name_entities(annotate(text), text) == expected
