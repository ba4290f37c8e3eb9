"""Where each line of an article stands: its zone and its company."""

import re
from itertools import pairwise

from .lines import Line
from .looks import LONE_HEADLINE_WORDS, PLAIN, REPEATED_WORDS, TITLE_SHARE, Place, is_headline
from .verdicts import Verdict, Zones

# More lines than these before the first paragraph are a list or a table of the story, not a head.
HEAD_LINES = 12
# Fewer lines in a row that are no sentences are subheadings.
LIST_LINES = 3
# A caption is shown short and in full within so many lines.
TWIN_LINES = 3
# Mean of the words in a run of headlines; items of lists are shorter.
RUN_WORDS = 7
# Notes on authors stand in the last lines; "About the author" is followed by a line or two of them.
END_LINES = 6
ABOUT_LINES = 2
# A line-up or a result, which names people with their numbers or one after the other, is no headline.
LISTED = re.compile(r";|\([^()\d]*\d[^()]*\)|,[^,]+,[^,]+,")
# So many questions with an answer below each make an interview; calls on the reader stand alone.
LEAST_QUESTIONS = 3
CREDIT_RULES = ("photo_credit", "caption")


def describe_places(lines: list[Line], verdicts: dict[int, Verdict], zones: Zones) -> list[Place]:
    """Where each line stands."""
    title = next((index for index, verdict in verdicts.items() if verdict.rule == "headline"), -1)
    openers, abouts = follow_openers(lines, verdicts)
    repeated, twins = find_repeated(lines)
    lone, listed, headlines = (
        find_lone(lines, verdicts, zones),
        find_lists(lines, verdicts),
        find_headlines(lines, verdicts, zones),
    )
    company = openers | abouts | listed | repeated | twins | headlines | lone
    beside = {near for index in verdicts for near in (index - 1, index + 1)}
    return [
        PLAIN
        if i not in company
        and i not in beside
        and i > title
        and zones.name(i) == "middle"
        and not is_led_to(lines, verdicts, i)
        else Place(
            zone=name_zone(lines, zones, i),
            is_before_title=i < title,
            is_after_opener=i in openers,
            is_in_about=i in abouts,
            is_after_colon=is_led_to(lines, verdicts, i),
            is_in_list=i in listed,
            is_repeated=i in repeated,
            is_twin=i in twins,
            is_in_headlines=i in headlines,
            is_after_title=0 <= title < i and zones.name(i) == "head",
            is_lone=i in lone,
            is_beside_credit=any(n in verdicts and verdicts[n].rule in CREDIT_RULES for n in (i - 1, i + 1)),
            junk_neighbours=sum(n in verdicts for n in (i - 1, i + 1)),
        )
        for i in range(len(lines))
    ]


def is_led_to(lines: list[Line], verdicts: dict[int, Verdict], index: int) -> bool:
    """Whether a line stands below one that ends in a colon."""
    return index > 0 and lines[index - 1].text.endswith(":") and index - 1 not in verdicts


def name_zone(lines: list[Line], zones: Zones, index: int) -> str:
    """Zone of a line; a head of too many lines is none."""
    zone = zones.name(index)
    return "middle" if zone == "head" and zones.first is not None and zones.first > HEAD_LINES else zone


def follow_openers(lines: list[Line], verdicts: dict[int, Verdict]) -> tuple[set[int], set[int]]:
    """Indices of the lines in lists of links, and of those below "About the author" at the end."""
    openers, abouts = set(), set()
    is_open, about = False, -1
    for line in lines:
        verdict = verdicts.get(line.index)
        if verdict:
            is_open = is_open or bool(verdict.opens)
            about = line.index if verdict.rule == "about_author" else about
            continue
        if about >= 0 and line.index - about <= ABOUT_LINES and is_near_end(lines, line):
            abouts.add(line.index)
        is_open = is_open and not line.is_story
        if is_open:
            openers.add(line.index)
    return openers, abouts


def is_near_end(lines: list[Line], line: Line) -> bool:
    """Whether a line is one of the last of an article."""
    return len(lines) - line.index <= END_LINES


def find_repeated(lines: list[Line]) -> tuple[set[int], set[int]]:
    """Indices of the lines that stood before in the article, and of those that stand twice close together."""
    seen: dict[str, int] = {}
    repeated, twins = set(), set()
    for line in lines:
        before = seen.get(line.text)
        if before is not None and line.word_count >= REPEATED_WORDS:
            repeated.add(line.index)
            if line.index - before <= TWIN_LINES:
                twins.update((before, line.index))
        seen[line.text] = line.index
    return repeated, twins


def find_lone(lines: list[Line], verdicts: dict[int, Verdict], zones: Zones) -> set[int]:
    """Index of the one headline between paragraphs; several are the subheadings of the story."""
    found = [
        line.index
        for line in lines
        if not line.ends_in_stop
        and line.index not in verdicts
        and zones.name(line.index) == "middle"
        and is_headline(line)
        and line.capital_share >= TITLE_SHARE
        and not LISTED.search(line.text)
    ]
    return set(found) if len(found) == 1 and lines[found[0]].word_count >= LONE_HEADLINE_WORDS else set()


def find_questions(lines: list[Line]) -> set[int]:
    """Indices of the questions of an interview: lines that ask, with an answer below each."""
    asked = {
        line.index
        for line, answer in pairwise(lines)
        if line.text.endswith("?") and answer.ends_in_stop and not answer.text.endswith("?")
    }
    return asked if len(asked) >= LEAST_QUESTIONS else set()


def find_lists(lines: list[Line], verdicts: dict[int, Verdict]) -> set[int]:
    """Indices of lines in runs of three or more that are no sentences."""
    listed: set[int] = set()
    run: list[int] = []
    for line in lines:
        if line.index in verdicts or line.ends_in_stop:
            run = []
            continue
        run.append(line.index)
        if len(run) >= LIST_LINES:
            listed.update(run if len(run) == LIST_LINES else run[-1:])
    return listed


def find_headlines(lines: list[Line], verdicts: dict[int, Verdict], zones: Zones) -> set[int]:
    """Indices of the headlines in a row that end an article, where nothing but junk stands among and below them."""
    run: list[Line] = []
    for line in reversed(lines):
        if line.index in verdicts:
            continue
        if zones.name(line.index) != "tail" or not may_be_headline(line):
            break
        run.append(line)
    above = lines[run[-1].index - 1].text if run and run[-1].index else ""
    is_run = len(run) >= LIST_LINES and sum(line.word_count for line in run) >= RUN_WORDS * len(run)
    return {line.index for line in run} if is_run and not above.endswith((":", ";", ",")) else set()


def may_be_headline(line: Line) -> bool:
    """Whether a line can be one of a list of headlines, bullets and emoji aside."""
    return 3 <= line.word_count <= 40 and line.starts_large and not line.text.endswith((".", ":", ";", ","))
