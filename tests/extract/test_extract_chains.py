"""Who is one person, and which short form is whose, within one article."""

import pytest

from quotidian.tasks.extract.names.countries import find_country, split_country
from quotidian.tasks.extract.names.person_names import bare_surname, may_be_one, read_person_name


def chains(text, annotation):
    """Name of each entity -> the forms that the text uses for it, in order."""
    forms = {}
    for mention in annotation.mentions:
        if mention.mention_kind == "name":
            name = annotation.entities[mention.entity_index].name
            forms.setdefault(name, []).append(text[mention.start : mention.end])
    return forms


@pytest.mark.parametrize(
    ("text", "name", "forms"),
    [
        (
            "Mr. Egon Tarbell and Mrs. Vera Tarbell came on Monday. Mrs. Tarbell said it was late. Mr. Tarbell left.",
            "Vera Tarbell",
            ["Vera Tarbell", "Tarbell"],
        ),
        (
            "The rich are rich: Bill and Wanda Tarbell own a bank. Bill said he was glad. Bill Osman, a clerk, said he was not.",
            "Bill Tarbell",
            ["Bill", "Bill"],
        ),
        (
            "Charles and Mitch Osman met on Monday. Speaker Paul Charles said it was fine.",
            "Paul Charles",
            ["Charles", "Paul Charles"],
        ),
        (
            "Joost van den Berg, the mayor, said that fares would rise. Van den Berg said it was fair.",
            "Joost van den Berg",
            ["Joost van den Berg", "Van den Berg"],
        ),
        (
            "President Tarbell spoke. Mr. Tarbell waved. Mr. Tarbell left with the first lady, Vera Tarbell. President Tarbell smiled.",
            "Vera Tarbell",
            ["Vera Tarbell"],
        ),
        ("Labour MP Clara Denholm said it was late. Clara Denholm left.", "Clara Denholm", ["Clara Denholm"] * 2),
        (
            "The MV Marlow sailed on Monday. The Marlow reported two boats near the coast of Kent.",
            "MV Marlow",
            ["MV Marlow", "Marlow"],
        ),
        (
            "The court kept the Marlow file shut. Peter Marlow was glad. Maria Marlow was not. Maria Marlow left.",
            "Maria Marlow",
            ["Maria Marlow", "Maria Marlow"],
        ),
        ("Robert Costa came on Monday. Bob said it rained.", "Robert Costa", ["Robert Costa", "Bob"]),
        ("Bob said it rained. Bob left the base. Robert Costa wrote this report.", "Robert Costa", ["Robert Costa"]),
        (
            "Edwin Marlow Jr. came on Monday. Marlow said it was late. His wife, Vera Marlow, left.",
            "Edwin Marlow Jr.",
            ["Edwin Marlow Jr.", "Marlow"],
        ),
        (
            "Former mayor Vera Marlow sued the present mayor, Edwin Marlow. Mayor Marlow called it a joke.",
            "Edwin Marlow",
            ["Edwin Marlow", "Marlow"],
        ),
        (
            "Former mayor Vera Marlow sued the teacher Edwin Marlow. Mayor Marlow called it a joke.",
            "Vera Marlow",
            ["Vera Marlow", "Marlow"],
        ),
        (
            "Edwin Marlow Jr. was arrested on Monday after a fight. Mayor Marlow refused to comment.",
            "Edwin Marlow Jr.",
            ["Edwin Marlow Jr."],
        ),
        (
            "Edwin Marlow Jr., the mayor, spoke on Monday. Mayor Marlow said taxes fall.",
            "Edwin Marlow Jr.",
            ["Edwin Marlow Jr.", "Marlow"],
        ),
        (
            "Guests greeted Edwin Marlow Jr. at the door. Marlow said the bill would pass.",
            "Edwin Marlow Jr.",
            ["Edwin Marlow Jr."],
        ),
        (
            "Edwin Marlow came. Marlow waved. His wife, Vera Marlow, left. Vera Marlow was late. Marlow said it was cold.",
            "Vera Marlow",
            ["Vera Marlow", "Vera Marlow"],
        ),
        (
            "Edwin Marlow came. Marlow waved. His wife, Vera Marlow, left. Marlow said it was cold.",
            "Edwin Marlow",
            ["Edwin Marlow", "Marlow", "Marlow"],
        ),
        (
            "Edwin Marlow and Vera Marlow came on Monday. Edwin Marlow waved. The paper had met the Marlows before.",
            "Edwin Marlow",
            ["Edwin Marlow", "Edwin Marlow"],
        ),
        (
            "President Kim Seo-yun met the police on Monday. Kim Seo-yun left.",
            "Kim Seo-yun",
            ["Kim Seo-yun", "Kim Seo-yun"],
        ),
        (
            "Anti-Mbeya crowds marched. President Peter Mbeya spoke on radio. Mbeya left.",
            "Peter Mbeya",
            ["Mbeya", "Peter Mbeya", "Mbeya"],
        ),
        (
            "It took other steps. Plus Okello is naming Peter Hall to lead the agency. Okello said it rained.",
            "Okello",
            ["Okello", "Okello"],
        ),
        (
            "Edwin Marlow Jr. met the paper. President Edwin Marlow was proud of his son. Marlow left for the coast.",
            "Edwin Marlow",
            ["Edwin Marlow", "Marlow"],
        ),
        (
            "The United Nations met. The United Nations Environment Programme (UNEP) called for action. UNEP left.",
            "United Nations Environment Programme",
            ["United Nations Environment Programme", "UNEP", "UNEP"],
        ),
        (
            "A lawyer for Elena Varga came on Monday. Ms. Varga's sister, Dora Varga, left. Elena Varga was glad.",
            "Elena Varga",
            ["Elena Varga", "Varga", "Elena Varga"],
        ),
        (
            'Antonio di Falco left with Maria Berg. "And I," di Falco said.',
            "Antonio di Falco",
            ["Antonio di Falco", "di Falco"],
        ),
        (
            'María de los Santos, a nurse, waited. "It took hours," de los Santos said.',
            "María de los Santos",
            ["María de los Santos", "de los Santos"],
        ),
        (
            'Abdullah ibn Rashid and Noura bint Khalid met. "We will return," bint Khalid said.',
            "Noura bint Khalid",
            ["Noura bint Khalid", "bint Khalid"],
        ),
        (
            "The White House said so. The House passed the bill on Friday, and the White House was glad.",
            "White House",
            ["White House", "White House"],
        ),
        (
            "Bank of Ireland shares rose on Monday. The Central Bank of Ireland warned of debt.",
            "Bank of Ireland",
            ["Bank of Ireland"],
        ),
        (
            "The Central Bank of Kenya (CBK) met. The CBK printed notes.",
            "Central Bank of Kenya",
            ["Central Bank of Kenya", "CBK", "CBK"],
        ),
    ],
)
def test_chains(annotate, text, name, forms):
    assert chains(text, annotate(text))[name] == forms


def test_what_stands_beside_a_name_is_kept(annotate):
    text = "Senator Ruth Alder said on Monday that Uganda's Supreme Court was right. Her husband, Karl Alder, agreed."
    found = {entity.name: entity for entity in annotate(text).entities}
    assert found["Ruth Alder"].titles == ("senator",)
    assert found["Karl Alder"].sex == "male"
    assert found["Supreme Court"].country == "UG"


@pytest.mark.parametrize(
    ("text", "name", "type_"),
    [
        ("The BoG met on Monday. Ghana trusts the BoG to act, he said.", "BoG", "ORG"),
        ("They crossed the Karsk Desert on Monday.", "Karsk Desert", "LOC"),
        ("His wife, Milda Orlan, left the villages of Sarn on Monday.", "Milda Orlan", "PERSON"),
        ("The F.B.I. said that Ann F. Bidwell was safe.", "F.B.I", "ORG"),
    ],
)
def test_types(annotate, text, name, type_):
    found = {entity.name.rstrip("."): entity.type for entity in annotate(text).entities}
    assert found[name] == type_


@pytest.mark.parametrize(
    ("words", "given", "surname", "suffix"),
    [
        ("pieter van der molen", "pieter", "van der molen", ""),
        ("edwin marlow jr", "edwin", "marlow", "jr"),
        ("marlow", "", "marlow", ""),
        ("han seo - jun", "han", "seo-jun", ""),
    ],
)
def test_parts_of_a_name(words, given, surname, suffix):
    name = read_person_name(tuple(words.split()))
    assert (name.given, name.surname, name.suffix) == (given, surname, suffix)


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("walter b stroud", "walter stroud", True),
        ("walter b stroud", "walter bernard stroud", True),
        ("walter b stroud", "walter c stroud", False),
        ("bill hakim", "william hakim", True),
        ("w hakim", "william hakim", True),
        ("edwin marlow jr", "edwin marlow", False),
        ("maria lopez", "mario lopez", False),
        ("olena hrabovsky", "olena hrabovskyy", True),
        ("olena hrabovsky", "olena hrabovski", False),
    ],
)
def test_one_or_two_people(left, right, expected):
    assert may_be_one(*(read_person_name(tuple(name.split())) for name in (left, right))) is expected


def test_surnames_without_particles():
    assert [bare_surname(name) for name in ("al-assad", "van der molen", "berg")] == ["assad", "molen", "berg"]


@pytest.mark.parametrize(
    ("name", "country"), [("Ugandan", "UG"), ("U.S.", "US"), ("Côte d'Ivoire", "CI"), ("Nairobi", "KE"), ("Berg", None)]
)
def test_names_tell_countries(name, country):
    assert find_country(name) == country


@pytest.mark.parametrize(
    ("words", "bare", "country"),
    [
        ("ugandan parliament", "parliament", "UG"),
        ("supreme court of india", "supreme court", "IN"),
        ("central bank of the bahamas", "central bank", "BS"),
        ("bank of america", "bank", "US"),
        ("high court", "high court", None),
    ],
)
def test_countries_in_names(words, bare, country):
    assert split_country(words.split()) == (bare.split(), country)


@pytest.mark.parametrize(
    ("beside", "is_one"), [("the mayor's wife", False), ("the mayor's wife's lawyer", True), ("the mayor", True)]
)
def test_kinship_behind_a_name_tells_the_sex(annotate, beside, is_one):
    text = f"Robin Dahl, {beside}, spoke in Kent on Friday. Mr. Dahl left."
    assert (chains(text, annotate(text))["Robin Dahl"] == ["Robin Dahl", "Dahl"]) is is_one


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Michelle Tarbell opened the school. Mr. Tarbell spoke.", ["Michelle Tarbell", "Tarbell"]),
        ("Michelle Tarbell opened the school. Mrs. Tarbell spoke.", ["Michelle Tarbell"]),
        ("Mr. Michelle Tarbell opened the school. Mr. Tarbell spoke.", ["Michelle Tarbell"]),
        ("Robin Tarbell opened the school. Mr. Tarbell spoke.", ["Robin Tarbell"]),
    ],
    ids=["another", "she", "stated so", "a name of both"],
)
def test_a_title_of_the_other_sex_is_nobody_whose_given_name_is_almost_never_so(annotate, text, names):
    assert list(dict.fromkeys(chains(text, annotate(text)))) == names
