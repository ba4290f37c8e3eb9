"""docs/rules.md lists the rules that there are, with their examples."""

from pathlib import Path

from quotidian.tasks.extract import annotate as _  # noqa: F401 (brings in every rule)
from quotidian.tasks.extract.quotes.readings import RULES

PAGE = Path(__file__).parents[2] / "docs" / "rules.md"


def test_the_page_lists_every_rule():
    page = PAGE.read_text(encoding="utf-8")
    listed = {line.split("`")[1] for line in page.partition("<!-- rules -->")[2].splitlines() if line.startswith("| `")}
    assert listed == {rule.name for rule in RULES}
    missing = [rule.name for rule in RULES if rule.example.partition("\n")[0].replace("|", "\\|") not in page]
    assert not missing
