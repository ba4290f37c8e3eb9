"""Which words count as content, one rule of the grammar a case."""

import pytest

CASES = [
    ("Absolutely, she said.", [["Absolutely"]]),
    ("But, he said, the bridge is safe.", [["the bridge is safe"]]),
    ("But according to the ministry, the bridge is safe.", [["the bridge is safe"]]),
    ("The minister called for the tax to be raised.", [["the tax to be raised"]]),
    ("The union called on the companies to raise wages.", [["the companies to raise wages"]]),
    ("Ms. Berg announced for the second time that the plant will close.", [["that the plant will close"]]),
    (
        "Ms. Berg said the plant will close, adding that wages will be paid.",
        [["the plant will close"], ["that wages will be paid"]],
    ),
    (
        "On Friday on “Morning Talk,” Peter Hall said the plant will close.",
        [["the plant will close"]],
    ),
    ("The singer missed her flight, telling friends, “I am tired of trains.”", [["I am tired of trains."]]),
    (
        "Ms. Berg said the plant will close in May, and that the wages will be paid.",
        [["the plant will close in May, and that the wages will be paid"]],
    ),
    ("Ms. Berg has proposed taxing the plant.", [["taxing the plant"]]),
    ("Ms. Berg said the plant will close, without giving details.", [["the plant will close"]]),
    ("Ms. Berg told reporters before leaving that the plant will close.", [["that the plant will close"]]),
    ("Mr. Hall said, “The roof is too old” for a second storm.", [["“The roof is too old” for a second storm"]]),
    (
        "“You know what I want? I want to wait” before the vote, he said.",
        [["“You know what I want? I want to wait” before the vote"]],
    ),
    ("“The roof is old and wet,“ said Peter Hall of Kent.", [["The roof is old and wet"]]),
    ("Why is the bridge closed? Mark Evans asked during a visit on Friday.", [["Why is the bridge closed"]]),
    ("Let the water go, Ms. Berg said, pointing at the dam.", [["Let the water go"]]),
    ("Let the water go, Ms. Berg said, remarking on the dam.", [["Let the water go"]]),
    ("The dam is old, said Peter Hall, a fisherman, told reporters.", [["The dam is old"]]),
    (
        "The dam was built in four years by a company of the town, Ms. Berg explained in her letter.",
        [["The dam was built in four years by a company of the town"]],
    ),
    (
        "The roof leaks, Ms. Berg responded before adding that the school had no money.",
        [["The roof leaks"], ["that the school had no money"]],
    ),
    (
        "Ms. Berg says the movement that is sweeping the country and shaking its parties in the spring appeals to the old.",
        [["the movement that is sweeping the country and shaking its parties in the spring appeals to the old"]],
    ),
    ("The driver was accused of hiding the delay.", [["The driver", "of hiding the delay"]]),
    ("We met the driver, who was accused of theft.", [["of theft"]]),
    ("The report was criticised.", []),
    ("That said, Ms. Berg will come.", []),
    ("After he testified, Ms. Berg left the court.", []),
    ("He came in May, when Ms. Berg called him.", []),
    ("Some 40 pledged votes and three open ones decide the matter.", []),
    ("“The Soldiers of the Old Bridge,” is a book that Maria Lopez loved.", []),
    ("Peter Hall, who is known from “The Long Bridge” and “A Dam of Her Own,” posted the clip.", []),
    ("Maria Lopez, author of “The Long Bridge,” pointed to the price of steel.", [["the price of steel"]]),
    (
        "Nobody had asked the fishermen, said a former clerk at Norway’s Fish Ministry, Oleg Marin, who later sold boats in "
        "the port his brother helped dig.",
        [["Nobody had asked the fishermen"]],
    ),
    (
        "The library opens its doors to visitors in May, a clerk, Anna Maria Lopez, said on Saturday.",
        [["The library opens its doors to visitors in May"]],
    ),
    (
        "The boat had no buyer, he said, on condition of anonymity to talk about the sale.",
        [["The boat had no buyer"]],
    ),
    (
        "She said painting it would keep rust off the steel.",
        [["painting it would keep rust off the steel"]],
    ),
    ("Ms. Berg announced her candidacy in June 2015.", [["her candidacy"]]),
    ("The mayor stressed those worries on Sunday at a school in Kent.", [["those worries"]]),
    (
        "The coach was asked about the new boats during an interview with a paper, in which she said they were slow.",
        [["the new boats"], ["they were slow"]],
    ),
    ("Ms. Berg cited the plant as proof of her skill.", [["the plant as proof of her skill"]]),
    (
        "Ms. Berg said the plant was “too old” to run — including the pumps.",
        [["the plant was “too old” to run"]],
    ),
    (
        "Ms. Berg announced that the plant will close – prompting the union to leave the talks.",
        [["that the plant will close"]],
    ),
    (
        "Ms. Berg said the plant has no gas - possibly a risk for the town.",
        [["the plant has no gas - possibly a risk for the town"]],
    ),
    ("Ms. Berg emphasized the cost, warning of floods in May.", [["the cost"], ["floods in May"]]),
    (
        "Ms. Berg said the plant will lose its licence, a paper that few owners have.",
        [["the plant will lose its licence"]],
    ),
    ("Ms. Berg announced she would open a school in Kent, where she was born.", [["she would open a school in Kent"]]),
    ("Ms. Berg said she wants a new bridge, as have other mayors.", [["she wants a new bridge"]]),
    ("Ms. Berg said it “should be over by June,” referring to the strike.", [["it “should be over by June,”"]]),
    (
        "Ms. Berg said that, even if they liked it, a new bridge could not be built.",
        [["that, even if they liked it, a new bridge could not be built"]],
    ),
    (
        "“The roof leaks,” the coach told visitors in a speech after reporters asked him twice. “We must mend it now.”",
        [["The roof leaks", "We must mend it now."]],
    ),
    (
        "“The roof leaks,” Ms. Berg said in a speech, as she called for new taxes. “We must mend it now.”",
        [["The roof leaks", "We must mend it now."], ["new taxes"]],
    ),
    ("The firm has not commented on its plans for the dam.", [["its plans for the dam"]]),
    ("Ms. Berg vowed a new start for the plant.", [["a new start for the plant"]]),
    ("The two parties agreed on the need for a bridge.", [["the need for a bridge"]]),
    (
        "Ms. Berg argued that the plan was too dear: Its costs were those of two schools.",
        [["that the plan was too dear: Its costs were those of two schools"]],
    ),
    (
        "Ms. Berg said that in her poor town, “there is a lot of doubt.”",
        [["that in her poor town, “there is a lot of doubt.”"]],
    ),
    (
        "The town has noticed: According to two surveys, the mayor is losing ground.",
        [["the mayor is losing ground"]],
    ),
    ("Ms. Berg recounted a night in the tunnel.", [["a night in the tunnel"]]),
    ("Ms. Berg has intimated that the bridge is old.", [["that the bridge is old"]]),
    ("The union renewed its calls for higher wages.", [["higher wages"]]),
    ("Amid calls for a new bridge, the mayor left.", []),
    (
        "“The road is old,” Mr. Hall said, adding that the work will take years. “It needs repair.”",
        [["The road is old"], ["that the work will take years", "It needs repair."]],
    ),
    # What "what", "that" or "whom" stands for, and what it is called.
    ("After what the coach called a “flood of tears,” the match went on.", [["what", "a “flood of tears,”"]]),
    ("They met a man whom a friend described as “the last farmer.”", [["whom", "as “the last farmer.”"]]),
    ("He crossed what is called a bridge.", []),
    ("The coach left what he called a “flood of tears.”", []),
    ("The minister condemned what he called a “gift to the banks.”", [["what he called a “gift to the banks.”"]]),
    ("The minister condemned what Hall called a “gift to the banks.”", [["what", "a “gift to the banks.”"]]),
    # A clause goes on behind its cue.
    (
        "The mill was a good place, Ms. Berg said, until it closed in May.",
        [["The mill was a good place", "until it closed in May"]],
    ),
    (
        "The roads were closed, the police said, because a tree had fallen.",
        [["The roads were closed", "because a tree had fallen"]],
    ),
    ("The roads were closed, the police said, as the wind grew.", [["The roads were closed"]]),
    (
        "“I like the mill,” he said, but “when it rains, the roof leaks.”",
        [["I like the mill", "when it rains, the roof leaks."]],
    ),
    # A lead and the marks that go on with it are one clause.
    (
        "In the past three winters, “the roof was safe,” she said.",
        [["In the past three winters, “the roof was safe,”"]],
    ),
    ("Later, “the roof was safe,” she said.", [["the roof was safe"]]),
    # "Put" and "rule".
    ("As the mayor put it, “the town is broke.”", [["the town is broke."]]),
    ("“The town is broke,” as the mayor put it.", [["The town is broke"]]),
    ("As the mayor put it into the box, the wind blew.", []),
    ("A judge ruled that the dam must go.", [["that the dam must go"]]),
    ("The test ruled out that the dam would break.", []),
]


@pytest.mark.parametrize(("text", "contents"), CASES)
def test_content(annotate, text, contents):
    assert [[text[start:end] for start, end in quote.parts] for quote in annotate(text).quotes] == contents


def test_cue_inside_content_takes_nothing_from_outside(annotate):
    text = "If you ask the same old riddle, I may simply go home, Mr. Hall quipped on Monday."
    assert [quote.cue_lemma for quote in annotate(text).quotes] == ["quip"]


def test_nearest_subject_speaks_where_the_parse_names_none(annotate):
    text = "Peter Hall continued to insist that the roof was dry."
    quote = annotate(text).quotes[0]
    assert text[quote.speaker_start : quote.speaker_end] == "Peter Hall"
