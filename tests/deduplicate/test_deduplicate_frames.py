"""Texts of one template are on one event only where they are about the same people and figures."""

from datetime import date

import pytest

from quotidian.tasks.deduplicate.corpus import gather_texts
from quotidian.tasks.deduplicate.stories import components
from quotidian.tasks.deduplicate.stories import frames as stories_frames

DAY = date(2024, 3, 5)
PEOPLE = (
    "Anna Weston",
    "Carl Brandt",
    "Mira Farrow",
    "Tomas Kessler",
    "Helena Marlow",
    "Jonas Pryce",
    "Edda Norrby",
    "Piet Vance",
)
PEOPLE += (
    "Lena Strand",
    "Oskar Quist",
    "Vera Dahl",
    "Hugo Szabo",
    "Ines Moreau",
    "Bruno Osei",
    "Clara Tanaka",
    "Emil Ibsen",
)
TOWNS = (
    "Velmora",
    "Sarn",
    "Ostrel",
    "Kaldby",
    "Brintow",
    "Hollmark",
    "Tarnwick",
    "Eskel",
    "Porthay",
    "Mundry",
    "Alderby",
    "Fenmoor",
)
FRAMES = {
    "court list": """The following cases were heard on Tuesday. {p0}, {n0}, of Mill Lane, {t0}, admitted drink driving and was fined {n1}
pounds. {p1}, {n2}, of Harbour Road, {t1}, admitted theft of a bicycle and was fined {n3} pounds. {p2}, {n4}, of {t2}, admitted damage to
a shop window and must pay {n5} pounds. All fines must be paid within 28 days. An appeal may be lodged at the office of the court.""",
    "weather": """Weather for {t0}. The day will start with fog and temperatures around {n0} degrees. In the afternoon the wind will come from
the north at {n1} kilometres an hour, and highs of {n2} degrees are expected. The chance of rain is {n3} percent. The outlook for the rest
of the week is mixed, the weather office said. Boaters in {t1} Bay should watch the tides.""",
    "match": """{t0} beat {t1} by {n0} goals. {p0} scored after {n1} minutes and {p1} added a second goal before the break in front of {n2}
spectators. The visitors pushed forward after the restart, but the home defence held on. Coach {p2} praised his players and said the
work of the week had paid off. {t0} play next at {t2} on Saturday, kick-off at three.""",
    "shares": """Shares of {t0} Steel rose {n0} percent on Tuesday and closed at {n1} crowns. The company reported earnings of {n2} crowns a
share for the quarter, where analysts had expected {n3}. The stock has a fifty-day moving average of {n4}. Analysts at {t1} Bank raised
their price target to {n5} crowns. This report was made by a program and is no advice to invest.""",
    "death notice": """{p0}, {n0}, of {t0}, died on Sunday at {t1} hospital after a short illness. The family remembers a life of work as a
teacher, in which {n1} years were spent at one school. Survivors include {p1} and {p2} of {t2}. A service will be held on Friday at the
chapel, with burial to follow. In place of flowers the family asks for gifts to the hospice.""",
    "plans": """Planning applications received by the council this week: Oak Avenue, {t0}: extension to the rear of the house by {p0}. Castle
Walk, {t1}: change of use from shop to flat, applicant {p1}. Comments must quote the reference {n0}, and reach the planning office by the
end of the month. Plans can be seen in the town hall from nine to four. Permission was given for {n1} applications, {p2} said.""",
    "earthquake": """An earthquake of magnitude {n0} struck {n1} kilometres north of {t0}, the seismic service said. The quake had a depth of
{n2} kilometres. There were no reports of damage or casualties at first, and no tsunami warning was given. About {n3} people reported
that they had felt the shaking, some as far away as {t1}. This text was written by a program and checked by an editor, {p0}.""",
    "crash": """A {n0}-year-old man from {t0} was taken to {t1} hospital after a crash on the coast road on Tuesday. Police said the car left
the road on a bend and struck a tree. The road was closed for {n1} hours while the wreck was recovered. Officer {p0} asked witnesses to
call the station at {t2} on {n2}. The cause of the crash is not known.""",
    "lottery": """The winning numbers in the Tuesday draw were {n0}, {n1}, {n2}, {n3} and {n4}. One ticket, sold in {t0}, matched all
numbers and takes the jackpot. About {n5} players matched four numbers. The next draw is on Friday, with a larger jackpot. Players must
be adults. Prizes must be claimed within half a year, a spokesman, {p0}, said at the seat of the company in {t1}.""",
    "appointment": """{t0} Shipping said on Tuesday that it had appointed {p0} as its new finance director. The new director joins from {t1}
Foods after {n0} years in several senior roles. The outgoing director, {p1}, leaves to pursue other interests. {p2} said in a statement
that the board was confident in the choice. The company employs {n1} people and will report its results soon.""",
}


def fill(frame: str, number: int) -> str:
    """A text of a frame, with people, towns and figures that no other number below 4 has."""
    slots = {f"p{place}": PEOPLE[number * 4 + place] for place in range(3)}
    slots |= {f"t{place}": TOWNS[number * 3 + place] for place in range(3)}
    return frame.format(**slots, **{f"n{place}": 11 + number * 7 + place * 29 for place in range(6)})


@pytest.mark.parametrize("name", FRAMES)
def test_texts_of_one_template_are_stories_of_their_own(link, name: str) -> None:
    texts = {key: fill(FRAMES[name], number) for number, key in enumerate("abcd")}
    links = link(texts, dict.fromkeys("abcd", DAY))
    assert links.articles["story_id"].n_unique() == 4
    assert links.articles["copy_group"].n_unique() == 4


@pytest.mark.parametrize("name", FRAMES)
def test_another_report_of_the_same_stays_in_its_story(link, name: str) -> None:
    first, second = (fill(FRAMES[name], number) for number in (0, 1))
    sentences = first.replace("\n", " ").split(". ")
    again = ". ".join([*sentences[2:], "Readers wrote to us at once", *sentences[:2]])
    links = link({"a": first, "b": again, "c": second}, dict.fromkeys("abc", DAY))
    story = dict(links.articles.select("article_id", "story_id").iter_rows())
    assert story["a"] == story["b"] != story["c"]


def test_many_texts_of_one_template_are_no_story(link, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(components, "SMALL", 3)  # as if they were thousands
    texts = {key: fill(FRAMES["crash"], number) for number, key in enumerate("abcd")}
    assert link(texts, dict.fromkeys("abcd", DAY)).articles["story_id"].n_unique() == 4


EVENT = {
    "a": """A ferry with 214 passengers ran aground near Porthay on Tuesday evening after its rudder failed. Captain Piet Vance said nobody
was hurt. The coast guard took all passengers ashore in lifeboats. The Harbour Line said the ferry Mirabel had been checked in May.""",
    "b": """All 214 passengers of the ferry Mirabel were brought ashore by the coast guard after it ran aground off Porthay. The rudder had
failed in strong wind, Captain Piet Vance told reporters. The Harbour Line, which runs the ship, said it would look into the cause.""",
    "c": """The Harbour Line says the ferry Mirabel, which ran aground near Porthay on Tuesday, was checked in May. Piet Vance, the captain,
said its rudder failed. The coast guard took 214 passengers off the ship in lifeboats, and nobody was hurt.""",
}


def test_reports_of_one_event_by_several_outlets_stay_one_story(link) -> None:
    assert link(EVENT, dict.fromkeys("abc", DAY)).articles["story_id"].n_unique() == 1


def test_runs_of_more_texts_than_half_of_a_number_tells(frames, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stories_frames, "RUN_BITS", 30)  # four texts are as 65,536 then
    corpus = gather_texts(frames({key: fill(FRAMES["crash"], number) for number, key in enumerate("abcd")})[1])
    found = stories_frames.mark_runs(corpus)
    assert found.sum(axis=1).tolist() == [len(corpus.distinct_pairs(text)) for text in range(4)]


ROUND = """Dean Quist put {team} ahead after {minute} minutes, and manager Lou Farrow praised the {crowd} people in the rain. The
match at {place} ended {score}. Farrow takes his men to the hills for a week of rest before the cup."""
AGAIN = """The {crowd} who came to {place} saw {team} win {score} without playing well. Manager Lou Farrow blamed the grass, on which
Dean Quist slipped and still scored after {minute} minutes. A week in the hills is to cure tired legs before the cup."""
FIRST = {"team": "Tarnwick Rangers", "minute": 12, "crowd": "3,412", "place": "Sarn", "score": "2-0"}
SECOND = FIRST | {"minute": 67, "crowd": "1,078", "score": "4-1"}


@pytest.mark.parametrize(
    ("day", "other", "stories"),
    [
        pytest.param(None, SECOND, 2, id="undated, other figures"),
        pytest.param(None, FIRST, 1, id="undated, the same figures"),
        pytest.param(None, FIRST | {"crowd": "3,400"}, 1, id="undated, a rounded figure"),
        pytest.param(DAY, SECOND, 1, id="of one day, other figures"),
    ],
)
def test_undated_articles_with_other_figures_are_on_two_events(
    link, day: date | None, other: dict, stories: int
) -> None:
    texts = {"a": ROUND.format(**FIRST), "b": AGAIN.format(**other)}
    links = link(texts, dict.fromkeys("ab", day))
    assert links.copies.is_empty()
    assert links.articles["story_id"].n_unique() == stories


WEAK = (
    "Mayor Lena Strand asked the council for a new school in the north of Velmora. Parents had waited since the fire in the old "
    "gymnasium, and buses bring their children over the ridge. The treasurer, Hugo Szabo, shook his head and looked for his papers. "
    "Bids for walls and desks are to be opened before the harvest.",
    "There is no doctor any more in Velmora. Strand, who is mayor, wants a surgery beside the chapel, and a school nurse. The council has "
    "nothing left to pay for it, says Szabo, who is treasurer. Nurses from Kaldby come on Tuesdays by boat. The chemist closed when "
    "its owner moved to his daughter. Parents row over by night.",
)


CAMPAIGN = (
    "Lena Strand and Hugo Szabo, rivals for the chair of mayor in Velmora, met on Tuesday for the first debate of the campaign. Strand promised voters a tram to the harbour for "
    "40 million crowns, and Szabo asked who would pay. Moderator Clara Tanaka cut Strand and Szabo off after 90 seconds. In a survey of the institute Dimark 47 percent saw Strand ahead, 44 "
    "saw Szabo. The hall of the Brewers held 600 people, among them Bruno Osei of the Greens, whom nobody had asked to the stage.",
    "A tax note of 2019 caught up with Szabo on Wednesday. The candidate for mayor had left out rent from two flats in Porthay, the Kurier wrote, and in Velmora paid 12,300 crowns late. "
    "Strand, who runs against Szabo in this campaign as his rival, told voters that all papers must be shown. His lawyer, Ines Moreau, spoke of a slip by an accountant who died in 2021. Donors of Szabo such as the "
    "shipper Piet Vance stand by the man, and Strand has tax notes of her own, wrote the Kurier.",
)


def test_two_events_of_one_campaign_are_two_stories(link, monkeypatch: pytest.MonkeyPatch) -> None:
    days = {"a": DAY, "b": date(2024, 3, 6)}
    assert link(dict(zip("ab", CAMPAIGN, strict=True)), days).articles["story_id"].n_unique() == 2
    monkeypatch.setattr(stories_frames, "EVIDENCE", -1)
    assert link(dict(zip("ab", CAMPAIGN, strict=True)), days).articles["story_id"].n_unique() == 1


@pytest.mark.parametrize(("day", "stories"), [(None, 2), (DAY, 1)], ids=["undated", "of one day"])
def test_undated_articles_that_are_hardly_alike_are_on_two_events(link, day: date | None, stories: int) -> None:
    links = link(dict(zip("ab", WEAK, strict=True)), dict.fromkeys("ab", day))
    assert links.articles["story_id"].n_unique() == stories


NOTICES = {
    "whom to call": (
        "Detectives ask for witnesses after a break-in at a jeweller's in Quay Street, Velmora, on Saturday night. Two men in dark clothes "
        "forced the rear door and took watches worth 30,000 crowns. Constable Lena Strand said the thieves had left in a silver van towards Sarn.",
        "Detectives ask for witnesses after a robbery at a petrol station in Tern Road, Ostrel, on Sunday evening. A man with a scarf over his "
        "face showed a knife and took 400 crowns from the till. Constable Hugo Szabo said the shop assistant was shaken but not hurt.",
        "Anyone with information is asked to call Brintow Police on 101 and quote the incident number, or to contact the charity Crimewatchers "
        "anonymously on 0800 555 111 or through its website crimewatchers.example.",
    ),
    "what a firm is": (
        "Kaldby Group has signed a contract for 340 kilometres of sea cable with the grid company of Eskel, worth 210 million crowns. The cable "
        "will be made in Mundry by 2026. Clara Tanaka, head of cables, said the order filled the yard for a year.",
        "Kaldby Group has named Bruno Osei as chief financial officer from January. He comes from the brewery Oxtail, where he had the same post "
        "for six years, and follows Edda Norrby, who retires. Jonas Pryce, the chair, praised his eye for detail.",
        "About Kaldby Group: Kaldby Group is a maker of steel and cables with 21,000 employees in thirty countries and is listed in Hollmark and "
        "Tarnwick. Media contact: Ines Moreau, telephone 555 01 42. Statements about the future rest on what is known today, and results may "
        "differ for reasons set out in the annual report, which Kaldby Group is under no duty to update.",
    ),
    "missing": (
        "Police ask for help to find Piet Vance, 43, who has been missing from Ostrel since Sunday morning. He is about six feet tall, of slim build "
        "with short hair, and was last seen wearing a green jacket and jeans. Officers are growing concerned for his welfare.",
        "Police ask for help to find Emil Ibsen, 17, who has been missing from Sarn since Friday night. He is about five feet tall, of slim build "
        "with short hair, and was last seen wearing a black hooded top. Officers are growing concerned for his welfare.",
        "Anyone with information is asked to call Brintow Police on 101 and quote the incident number, or to contact the charity Crimewatchers "
        "anonymously on 0800 555 111 or through its website crimewatchers.example.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("notice", NOTICES)
def test_news_above_one_notice_is_on_two_events(link, notice: str) -> None:
    one, other, end = NOTICES[notice]
    links = link({"a": f"{one} {end}", "b": f"{other} {end}"}, dict.fromkeys("ab", DAY))
    assert links.copies.is_empty()
    assert links.articles["story_id"].n_unique() == 2


def test_reports_of_one_event_above_one_notice_stay_one_story(link) -> None:
    end = NOTICES["whom to call"][2]
    links = link({key: f"{text} {end}" for key, text in EVENT.items()}, dict.fromkeys("abc", DAY))
    assert links.articles["story_id"].n_unique() == 1
