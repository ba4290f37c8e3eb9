"""Texts of one template are no copies; copies that were edited, cut or extended are."""

from datetime import date

import pytest

DAY = date(2024, 3, 5)
NOTICE = """If you saw what happened or have footage of it, please call the station on 0700 11 22 or write to the address
on our page. Callers need not give their names. The station is open from eight in the morning until ten at night. News of
this kind is gathered from public registers and printed as we receive it; complaints go to the press ombudsman within four
weeks. Readers who want a daily letter with all notices can order it free of charge."""
FIRM = """About Torvik Harbours: Torvik Harbours runs 31 ports and two yards in eleven countries, employs 5,200 people and is listed in
Ostrel. It was founded in 1967 by fishermen from Great Sarn. What this release says of the future rests on what is known today, and may
prove wrong because of prices, weather, permits or what others do. The firm need not correct it later unless the law asks for that."""
MATCH = """{home} beat {away} {score} on Saturday in front of {crowd} people. {scorer} opened after {minute} minutes and the
visitors never recovered. The coach praised the defence and said that the break would come at the right time. The referee
showed three yellow cards. Tickets for the next home match go on sale on Monday at nine, and season tickets stay valid."""
QUAKE = """An earthquake of magnitude {size} struck {far} km north of {place} at {hour} on Tuesday, the seismic service said. It
lay at a depth of {deep} km. There were no reports of damage or injuries at first. Quakes of this size are felt by many
people and seldom break walls. The service asks everybody who felt the shaking to fill in the form on its page."""
SHARES = """Shares of {firm} closed {change} per cent {way} at {price} crowns on Tuesday after the company reported a profit of
{profit} million for the quarter. Analysts had expected less. The market as a whole hardly moved in thin trade before the
holiday. This report was written by a program from figures of the exchange and checked by an editor before it went out."""
STOCK = """Shares of {firm} {moved} {change} percent to {price} on Tuesday. The company has a market value of {value} and a price-earnings
ratio of {ratio}. The fifty-day average of the stock is {mean}. Analysts of {holds} brokers rate the stock with a hold, and {buys} with a
buy. This report was made by a program from data of the exchange, and is no advice to buy or to sell."""
FINE = """{who}, {age}, of {street} in {town}, was fined {sum} pounds for {what} on {day}. The hearing was held before a single
magistrate. The fine must be paid within 28 days, and costs of 85 pounds were added to the bill. Anybody who wants to appeal has 21
days to do so at the clerk's office in the market square."""
TEMPLATES = {
    "a stock": [
        STOCK.format(
            firm="Norvik Steel",
            moved="rose",
            change="2.1",
            price="41.20",
            value="3.1 billion",
            ratio="12.5",
            mean="39.80",
            holds=3,
            buys=2,
        ),
        STOCK.format(
            firm="Halden Bank",
            moved="fell",
            change="4.3",
            price="17.05",
            value="980 million",
            ratio="8.1",
            mean="18.10",
            holds=6,
            buys=1,
        ),
    ],
    "a fine": [
        FINE.format(
            who="Carl Weston",
            age=41,
            street="Mill Lane",
            town="Ostrel",
            sum=300,
            what="driving without insurance",
            day="3 February",
        ),
        FINE.format(
            who="Dora Pym",
            age=29,
            street="Hill Road",
            town="Kelden",
            sum=120,
            what="letting a dog run loose",
            day="9 January",
        ),
    ],
    "a match": [
        MATCH.format(home="Velmora", away="Ostrel", score="3-1", crowd="4,100", scorer="Jan Wik", minute=12),
        MATCH.format(home="Halden", away="Torvik", score="2-0", crowd="9,350", scorer="Ole Brun", minute=67),
    ],
    "a quake": [
        QUAKE.format(size="4.1", far=12, place="Great Sarn", hour="9:14", deep=31),
        QUAKE.format(size="5.3", far=80, place="Port Ostrel", hour="17:40", deep=7),
    ],
    "shares": [
        SHARES.format(firm="Northern Lines", change="3.2", way="up", price=412, profit=28),
        SHARES.format(firm="Halden Foods", change="1.7", way="down", price=95, profit=14),
    ],
    "one notice": [
        f"Mira Olsen, 82, of Karst Lane was hit by a van as she crossed the market with her dog in Velmora.\n\n{NOTICE}",
        f"Thieves took the copper from the roof of Saint Orla school near Ostrel during the holidays.\n\n{NOTICE}",
    ],
    "what a firm says of itself": [
        f"Torvik Harbours made Ada Brandt head of its yards from May. She comes from a maker of engines and follows Per Ruud, who retires.\n\n{FIRM}",
        f"Torvik Harbours will close the small yard at Kelden after nineteen years and has found other work for all 38 people there.\n\n{FIRM}",
    ],
}
EDITS = {
    "a corrected figure": lambda text: text.replace("214", "216").replace("500", "900"),
    "other stamps": lambda text: f"Updated 9:06 AM, Wednesday, 6 March 2024\n{text}".replace("2009", "2008"),
    "an introduction": lambda text: (
        f"Our reporter Jan Wik spent the night in Ostrel with 40 guests of the mayor.\n\n{text}"
    ),
    "cut and extended": lambda text: "\n\n".join(
        [
            *text.split("\n\n")[:3],
            "In Halden the council of Mayor Ole Brun will discuss the port fees of 2025 on Monday.",
        ]
    ),
    "cut from the top": lambda text: "\n\n".join(text.split("\n\n")[1:]),
}


@pytest.mark.parametrize("name", TEMPLATES)
def test_texts_of_one_template_are_no_copies(link, name: str) -> None:
    links = link(dict(zip("ab", TEMPLATES[name], strict=True)), dict.fromkeys("ab", DAY))
    assert links.copies.is_empty()


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_text_of_a_template_can_be_copied(link, name: str) -> None:
    first, second = TEMPLATES[name]
    links = link({"a": first, "b": first.replace("a", "á", 1) + " Printed by permission.", "c": second}, {})
    assert links.copies.select("article_id", "original_id").rows() == [("b", "a")]


@pytest.mark.parametrize("name", EDITS)
def test_an_edited_text_stays_a_copy(link, texts, name: str) -> None:
    links = link({"a": texts["ferry"], "b": EDITS[name](texts["ferry"])}, {})
    assert links.copies.select("article_id", "original_id").rows() == [("b", "a")]


def test_a_report_below_two_introductions_stays_a_copy(link, texts) -> None:
    intros = (
        "The ferry is the talk of the coast: our reporter met passengers, two of them with their dogs, who slept in the school of Ostrel.",
        "What happened to the ferry, and who helped? This is what we know by noon; we write more as soon as the port answers our questions.",
    )
    links = link(dict(zip("ab", (f"{intro}\n\n{texts['ferry']}" for intro in intros), strict=True)), {})
    assert links.copies.select("article_id", "original_id").rows() == [("b", "a")]
