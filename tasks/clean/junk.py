"""Junk lines: what is no part of the story, by what the lines say and by how they look."""

import re
from bisect import bisect_left
from dataclasses import replace

from .article_notes import is_kept, list_kinds
from .author_notes import find_author_note
from .contributors import is_drawn
from .findings import Fact, Finding
from .furniture import is_furniture
from .learned import score_lines
from .lines import Line
from .looks import JUNK_SCORE, Place, is_caption_like, is_headline, may_be_junk, score_look
from .phrases import (
    LINE_CHARS,
    Pattern,
    Phrase,
    active_line_patterns,
    cut_by_length,
    find_phrase,
    match_line,
    normalise_phrase,
    read_groups,
)
from .places import END_LINES, HEAD_LINES, describe_places, find_questions, is_near_end
from .refrains import find_refrains, find_unanswered
from .statistics import find_boxes, find_tables
from .titles import find_section, find_title, find_titles
from .verdicts import Verdict, Zones, find_zones

# Bylines and times also stand below a summary that reads like the story.
HEAD_REACH = 8
HEAD_RULES = ("byline", "timestamp")
# Looks are judged again with what the first judgement found; a third time changes almost nothing.
LOOK_ROUNDS = 2
# One "name says:" can stand in a story; readers' comments come in numbers, with the minute.
LEAST_COMMENTS = 2
COMMENT_DATE = re.compile(r"(?:19|20)\d\d (?:at )?\d{1,2}:\d\d", re.IGNORECASE)
COMMENT_DATE_WORDS = 8


def find_junk_lines(
    lines: list[Line],
    title: str | None,
    phrases: tuple[str, ...] = (),
    kept: tuple[str, ...] = (),
    authors: tuple[str, ...] = (),
) -> list[Finding]:
    """The lines of a text that are no part of its story.

    `title` is the declared headline, `authors` are the people of the declared byline; `phrases` are whole lines to remove
    beside those of the seeds, `kept` whole lines that stay, both as `normalise_phrase` sees them.
    """
    patterns = active_line_patterns((line.text for line in lines), ("line", "head", "tail", "comment"))
    verdicts = judge_words(lines, patterns, phrases)
    judge_blocks(lines, verdicts)
    judge_declared(lines, verdicts, title, authors)
    zones = find_zones(lines, verdicts)
    judge_ends(lines, verdicts, zones, patterns)
    judge_comments(lines, verdicts, patterns["comment"])
    judge_head(lines, verdicts, zones, title)
    for _ in range(LOOK_ROUNDS):
        before = len(verdicts)
        judge_looks(lines, verdicts, find_zones(lines, verdicts))
        if len(verdicts) == before:
            break
    judge_learned(lines, verdicts, zones)
    stay = {normalise_phrase(text) for text in kept} - {""}
    return [
        Finding(line.start, line.next_start, v.rule, v.kind, v.facts, score=v.score)
        for line in lines
        if (v := verdicts.get(line.index)) and not is_kept(line) and normalise_phrase(line.text) not in stay
    ]


def judge_words(lines: list[Line], patterns: dict[str, list[Pattern]], phrases: tuple[str, ...]) -> dict[int, Verdict]:
    """The lines that are junk by their words, wherever they stand."""
    verdicts = {}
    fitting = cut_by_length(patterns["line"])
    for line in lines:
        phrase = find_phrase(line.text, phrases)
        if phrase and not phrase.where:
            verdicts[line.index] = judge_phrase(phrase)
        elif found := match_line(line.text, fitting[bisect_left(LINE_CHARS, len(line.text))]):
            verdicts[line.index] = judge_match(line, *found)
    return verdicts


def judge_blocks(lines: list[Line], verdicts: dict[int, Verdict]) -> None:
    """Add tables of figures, boxes for and against, notices that come back, questions without answers and lists of links."""
    for rule, blocks in (("statistics_table", find_tables(lines)), ("verdict_box", find_boxes(lines))):
        verdicts |= {line.index: Verdict(rule, "junk") for block in blocks for line in block}
    for rule, found in (("repeated_line", find_refrains(lines)), ("faq", find_unanswered(lines))):
        for line in found:
            verdicts.setdefault(line.index, Verdict(rule, "junk"))
    judge_items(lines, verdicts)


def judge_items(lines: list[Line], verdicts: dict[int, Verdict]) -> None:
    """Add the items right below a line that opens a list of links, also those that read like sentences."""
    rule = ""
    for line in lines:
        if line.index in verdicts:
            phrase = find_phrase(line.text) if verdicts[line.index].opens else None
            rule = phrase.rule if phrase and phrase.opens_items else ""
        elif rule and line.has_bullet:
            verdicts[line.index] = Verdict(rule, "junk")
        else:
            rule = ""


def judge_declared(
    lines: list[Line], verdicts: dict[int, Verdict], title: str | None, authors: tuple[str, ...]
) -> None:
    """Add what the page itself tells to be no story: its headline, however often it stands, and notes on its authors."""
    if title:
        verdicts |= {line.index: Verdict("headline", "header", (fact,)) for line, fact in find_titles(lines, title)}
    for line in (*lines[:HEAD_REACH], *lines[-END_LINES:]) if authors else ():
        facts = find_author_note(line, authors) if line.index not in verdicts else None
        if facts is not None:
            verdicts[line.index] = Verdict("author_bio", "credit", facts)


def judge_phrase(phrase: Phrase) -> Verdict:
    return Verdict(phrase.rule, "junk", (), phrase.rule if phrase.opens_block else "")


def judge_match(line: Line, pattern: Pattern, match: re.Match[str]) -> Verdict:
    facts = read_groups(match, line.start)
    if pattern.rule == "photo_credit" and is_drawn(line.text):
        facts = tuple(replace(f, field="illustrator") if f.field == "photographer" else f for f in facts)
    if pattern.rule == "caption":
        facts = (*facts, Fact("caption", line.text, line.start, line.end))
    return Verdict(pattern.rule, pattern.kind, facts, "")


def judge_ends(
    lines: list[Line], verdicts: dict[int, Verdict], zones: Zones, patterns: dict[str, list[Pattern]]
) -> None:
    """Add what is junk only above the story or only below it."""
    if zones.first is None or zones.last is None:
        return
    known = set(verdicts)
    for line in lines[: max(zones.first, HEAD_REACH)]:
        if not line.is_story:
            judge_place(line, verdicts, "head", patterns["head"])
    # Several days or names below the first paragraph are a list of the story: dates of a tour, days of a forecast.
    below = [index for index in verdicts if index > zones.first and index not in known]
    for index in below if len(below) > 1 else ():
        del verdicts[index]
    for line in reversed(lines):
        if line.index <= zones.first or (line.is_story and not is_near_end(lines, line)):
            return
        if line.index in verdicts:
            continue
        judge_place(line, verdicts, "tail", patterns["tail"])
        if line.index in verdicts and line.is_story and is_known(verdicts[line.index], lines[: line.index], verdicts):
            del verdicts[line.index]
        if line.index not in verdicts and line.index <= zones.last:
            return


def judge_place(line: Line, verdicts: dict[int, Verdict], where: str, patterns: list[Pattern]) -> None:
    """Add the verdict on a line that only this end of an article makes junk."""
    if line.index in verdicts:
        return
    phrase = find_phrase(line.text)
    if phrase and phrase.where in (where, "ends"):
        verdicts[line.index] = judge_phrase(phrase)
    elif found := match_line(line.text, patterns):
        verdicts[line.index] = judge_match(line, *found)


def is_known(verdict: Verdict, lines: list[Line], verdicts: dict[int, Verdict]) -> bool:
    """Whether the story speaks of the person of a supposed note on the author."""
    names = [fact.text.split()[-1] for fact in verdict.facts if fact.field == "author"]
    return any(
        name in line.text
        for name in names
        for line in lines
        if line.index not in verdicts and not line.text.startswith("About")
    )


def judge_comments(lines: list[Line], verdicts: dict[int, Verdict], patterns: list[Pattern]) -> None:
    """Add the comments of readers: from the first "name says:" on, where several and their dates stand."""
    heads = [line.index for line in lines if match_line(line.text, patterns)]
    if len(heads) < LEAST_COMMENTS:
        return
    rest = lines[heads[0] :]
    if any(COMMENT_DATE.search(line.text) for line in rest if line.word_count <= COMMENT_DATE_WORDS):
        for line in rest:
            verdicts.setdefault(line.index, Verdict("reader_comment", "junk"))


def judge_head(lines: list[Line], verdicts: dict[int, Verdict], zones: Zones, declared: str | None) -> None:
    """Add headline and section above the story."""
    if zones.first is None:
        return
    labels = {i for i, verdict in verdicts.items() if verdict.rule in HEAD_RULES and i < max(zones.first, HEAD_REACH)}
    head = [line for line in lines[: max({zones.first, *labels})] if line.index not in verdicts]
    for line in head:
        if section := find_section(line):
            verdicts[line.index] = Verdict("section_label", "header", (section,))
    if any(verdict.rule == "headline" for verdict in verdicts.values()):
        return
    candidates = [line for line in head if line.index not in verdicts and not is_caption_like(line)]
    title = find_title(candidates[:HEAD_LINES], declared, labels)
    if title:
        verdicts[title[0].index] = Verdict("headline", "header", (title[1],))


def judge_looks(lines: list[Line], verdicts: dict[int, Verdict], zones: Zones) -> None:
    """Add the lines that look like junk, judged by the verdicts so far."""
    places, asked = describe_places(lines, verdicts, zones), find_questions(lines)
    for line, place in zip(lines, places, strict=True):
        if (
            line.index not in verdicts
            and line.index not in asked
            and may_be_junk(line, place)
            and score_look(line, place) >= JUNK_SCORE
            and not list_kinds(line)
        ):
            verdicts[line.index] = name_look(line, place)


def judge_learned(lines: list[Line], verdicts: dict[int, Verdict], zones: Zones) -> None:
    """Add what no pattern knows and is surely junk by what was learned; a text without a story has too little to judge by."""
    if zones.first is not None:
        for index, score in score_lines(lines, {*verdicts, *find_questions(lines)}).items():
            if not list_kinds(lines[index]):
                verdicts[index] = Verdict("learned", "junk", score=score)


def name_look(line: Line, place: Place) -> Verdict:
    """The verdict on a line that looks like junk."""
    if is_furniture(line):
        return Verdict("furniture", "junk")
    if place.zone == "head":
        return Verdict("head_line", "header")
    if is_headline(line) and not line.has_address:
        return Verdict("related_headline", "junk", (Fact("related_headline", line.text, line.start, line.end),))
    if is_caption_like(line) or place.is_beside_credit:
        return Verdict("caption", "junk", (Fact("caption", line.text, line.start, line.end),))
    return Verdict("junk_line", "junk")
