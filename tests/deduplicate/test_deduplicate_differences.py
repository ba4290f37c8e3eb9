"""Two quotations in like words that do not say the same."""

import pytest

from quotidian.tasks.deduplicate.statements.differences import is_other, read_figures, read_terms


@pytest.mark.parametrize(
    ("words", "figures"),
    [
        ("18 million crowns", [18e6]),
        ("eighteen million crowns", [18e6]),
        ("1,200 people and 3.5 per cent", [1200, 3.5]),
        ("twenty five guests", [25]),
        ("two hundred and fifty guests", [250]),
        ("a hundred guests", [100]),
        ("one hundred and one guests", [101]),
        ("three thousand four hundred", [3400]),
        ("two or three guests", [2, 3]),
        ("on 14 October 2024", [14, 2024]),
        ("one of the guests, and one more", []),
        ("hundreds of guests", []),
        ("version 1.2.3", []),
        ("seven million", [7e6]),
        ("five five", [5, 5]),
        ("Lakh_Two, TWELVE and ٣", [2, 12, 3]),
        ("often, attend, sixth, tone", []),
        ("half a million; then a dozen", [5e5, 12]),
    ],
)
def test_figures_are_read_in_digits_and_in_words(words: str, figures: list[float]) -> None:
    assert read_figures(words) == {str(float(figure)) for figure in figures}


@pytest.mark.parametrize(
    ("one", "other", "differs"),
    [
        ("The bridge will cost 18 million crowns", "The bridge will cost 31 million crowns", True),
        ("The bridge will cost 18 million crowns", "The bridge will cost eighteen million crowns", False),
        ("The bridge will cost 18m crowns", "the bridge will cost 18 million crowns", False),
        ("The bridge will cost 18 million crowns in two years", "The bridge will cost 18 million crowns", False),
        ("The bridge will cost 18 million crowns", "The bridge will cost a great deal", False),
        ("We meet the union on Monday", "We meet the union on Friday", True),
        ("We meet the union in October", "We meet the union soon", False),
        ("The price of bread rose by 12 percent", "The price of bread fell by 12 percent", True),
        ("Rents went up in the old town", "Rents went down in the old town", True),
        ("The court found the driver guilty", "The court found the driver innocent", True),
        ("Rents rose and wages fell", "Rents rose, wages fell and jobs went", False),
        ("12 people died in the flood", "12 people were hurt in the flood", True),
        ("12 people died and 30 were hurt", "12 people were killed and 30 wounded", False),
        ("Rents rose, then fell", "Rents fell, then dropped", False),
        ("Rents rose last year", "Last year rents climbed", False),
        ("We will close the northern line", "We will not close the northern line", True),
        ("We won't close the northern line", "We will close the northern line", True),
        ("We will never close the line", "We will not close the line", False),
        ("There are no plans to close the line", "There are plans to close the line", True),
        ("We will not close the line, though it loses passengers", "The line loses passengers", False),
    ],
)
def test_what_parts_two_statements(one: str, other: str, differs: bool) -> None:
    assert is_other(read_terms(one), read_terms(other)) == differs
    assert is_other(read_terms(other), read_terms(one)) == differs
