"""Junk inside paragraphs: what stands before, between and after the sentences of a story."""

import re
from collections.abc import Iterator

from .findings import Fact, Finding
from .lines import SMALL_WORDS
from .phrases import active_patterns, read_groups

# Contributor lines that lost their line break stand in the last sentences of an article.
CLOSING_CHARS = 400
CLOSING = re.compile(
    r"(?<=[.!?”\"’)] )(?:[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){0,3} reported from [A-Z][^.!?\n]{1,80}\. )?"
    r"(?P<contributor>[A-Z][^.!?\n]{2,200}?) contributed (?:to this (?:report|story|article)|reporting)[^.!?\n]{0,60}\.?(?=\s*(?:\Z|\n))"
)
REPORTED = re.compile(r"(?P<contributor>[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){0,3}) reported from [A-Z]")
CREDITS = re.compile(
    r"(?<=[.!?”\"’)] )\((?P<contributor>(?:Additional |With )?(?:[Rr]eporting|[Ww]riting|[Ee]diting|[Cc]ompiled|[Ww]ritten|[Ww]ith (?:inputs|files)) (?:by|from) [^()\n]{3,300})\)\.?(?=\s*(?:\Z|\n))"
)
# A headline of another article in mid-paragraph has no stop: the next sentence starts right behind it, with a
# capital on a word that has none inside a sentence.
NEXT_SENTENCE = re.compile(
    r" (?<=[\w’'%] )(?=(?:The|But|And|It|He|She|They|We|In|On|At|An|This|That|These|Those|There|As|For|If|When|While|After|Before|Although|However|With|Since|Some|Many|Most|Both|His|Her|Its|Their|Asked|According|Earlier|Still|Meanwhile),? [a-z])"
)
SENTENCE_END = re.compile(r"(?:[.!?][”\"’)\]]*|[”\"]) (?=[A-Z“\"‘])")
# "St. Petersburg", "Sen. Cruz", "U.S. Army": a short word with a capital before the stop ends no sentence.
ABBREVIATION = re.compile(r"(?:^|[\s(\"“‘])(?:[A-Z][a-z]{0,3}|(?:[A-Za-z]\.)+[A-Za-z]|[A-Z])\Z")
HEADLINE_WORDS = range(6, 19)
HEADLINE_CHARS = 160
# Headlines leave out articles and auxiliaries; a run of words that has one is more likely a sentence without its stop.
SENTENCE_WORDS = re.compile(
    r"\b(?:the|a|an|was|were|is|are|be|been|had|has|have|said|says|told|who|which|that|and|his|her|their|he|she|they|it|we|I|you)\b"
)
WORD = re.compile(r"[\w][\w.'’-]*")
TITLE_CASE = 0.85


def find_passages(text: str) -> Iterator[Finding]:
    """The patterns of seeds/junk_patterns.csv for the start of a text and for anywhere inside it."""
    active = active_patterns(text, ("start", "inside"))
    for pattern in active["start"]:
        if match := pattern.regex.match(text):
            yield Finding(match.start(), match.end(), pattern.rule, pattern.kind, read_groups(match))
    for pattern in active["inside"]:
        for match in pattern.regex.finditer(text):
            yield Finding(match.start(), match.end(), pattern.rule, pattern.kind, read_groups(match))


def find_closing_credits(text: str) -> Iterator[Finding]:
    """Who reported and contributed, at the end of the last paragraph."""
    start = max(0, len(text) - CLOSING_CHARS)
    for regex in (CLOSING, CREDITS):
        match = regex.search(text, start)
        if not match:
            continue
        facts = read_groups(match)
        if reported := REPORTED.match(text, match.start(), match.end()):
            facts = (*read_groups(reported), *facts)
        yield Finding(match.start(), match.end(), "contributor", "credit", facts)


def find_embedded_headlines(text: str) -> Iterator[Finding]:
    """Headlines of other articles between two sentences of a paragraph."""
    for boundary in NEXT_SENTENCE.finditer(text):
        start = find_sentence_start(text, boundary.start())
        if start is None:
            continue
        headline = text[start : boundary.start()]
        if is_embedded_headline(headline):
            fact = Fact("related_headline", headline, start, boundary.start())
            yield Finding(start, boundary.end(), "related_headline", "junk", (fact,))


def find_sentence_start(text: str, end: int) -> int | None:
    """Where the run of words without a stop begins that ends at `end`, if a sentence ends before it in the paragraph."""
    floor = max(text.rfind("\n", 0, end) + 1, end - HEADLINE_CHARS - 4)
    last = None
    for match in SENTENCE_END.finditer(text, floor, end):
        if not ABBREVIATION.search(text, max(0, match.start() - 12), match.start()):
            last = match.end()
    return last


def is_embedded_headline(run: str) -> bool:
    """Whether a run of words without a stop is a headline: all its words in capitals, or the grammar of one."""
    words = WORD.findall(run)
    if len(words) not in HEADLINE_WORDS or re.search(r"[\"“”;\[\]()]|\.\s", run):
        return False
    if len(words) >= 6 and is_title_case(words):
        return True
    return not SENTENCE_WORDS.search(run)


def is_title_case(words: list[str]) -> bool:
    """Whether the words, small ones aside, start with capitals."""
    large = [word for word in words if word.lower() not in SMALL_WORDS]
    return bool(large) and sum(not word[0].islower() for word in large) >= TITLE_CASE * len(large)
