"""Grants of anonymity: that a speaker is not named because he asked for it or may not speak, and why."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from quotidian.tasks.extract.parsing.parse import Parse
from quotidian.tasks.extract.quotes.drafts import Saying
from quotidian.tasks.extract.speakers.speakers import Speaker

TO_WHOM = r"(?:(?! (?:said|says|told|added|warned|confirmed|described|disclosed|revealed)\b)[^.,;\"\n]){0,80}"
SPEAK = r"(?:speak|talk|comment|discuss|brief|be quoted|give (?:interviews?|statements?|comments?))\b"
GRANT = re.compile(
    r"\b(?:(?:on|under) (?:the )?condition (?:of (?:strict )?anonymity|(?:that )?(?:he|she|they|\w+ names?) (?:not be|would not be|be not|remain)[\w ]{0,40})"
    r"|(?:asked|requested|wished|preferred|wanted|chose|insisted|begged|declined|refused|agreed)(?: on)? (?:not to be|to not be|to be|to remain|to stay|to speak|not being|being)"
    r" (?:named|identified|quoted by name|anonymous|anonymously|unnamed|unidentified)"
    r"|(?:declined|refused) to (?:give|provide|disclose|reveal) (?:his|her|their|a) (?:full )?names?"
    r"|asked that (?:his|her|their) (?:full |real )?names? (?:not be|be (?:kept|withheld))[\w ]{0,30}"
    r"|(?:can|could|may|must)(?: ?not|n't) be (?:named|identified)(?: for \w+ reasons| by law)?"
    r"|(?:did|does|do)(?: not|n't) (?:want|wish) (?:to be (?:named|identified|quoted)"
    r"|(?:his|her|their) (?:full |real )?names? (?:to be )?(?:published|used|printed|revealed|disclosed|known|made public))"
    r"|(?:requested|requesting|sought|seeking|demanded|granted|given|was granted|were granted|insisted on|insisting on) anonymity"
    r"|asking not to be (?:named|identified|quoted)|speaking anonymously|spoke anonymously|spoken anonymously|speak anonymously"
    r"|(?:speaking|spoke) on background"
    rf"|(?:was|were|is|are|been)(?: not|n't) (?:been )?(?:authori[sz]ed|permitted|allowed|cleared) to {SPEAK}{TO_WHOM}"
    rf"|not (?:authori[sz]ed|permitted|allowed) to {SPEAK}{TO_WHOM}"
    rf"|lacked authori[sz]ation to {SPEAK}{TO_WHOM}"
    r"|(?:whose|his|her|their) (?:real )?names? (?:was|were|is|are|has been|have been) (?:withheld|changed|not (?:used|published|given|disclosed)))",
    re.IGNORECASE,
)
"""The words of a grant; a mandate to speak that is lacking is one, and its own reason."""
REASON = re.compile(
    r"[,:]? ?(?:because|citing|for fear of|fearing|out of fear of|since|as|due to|owing to|in order to|so as not to|to (?:discuss|describe|speak|talk|avoid|protect|share|disclose)) ?[^.,;\"\n]{3,160}",
    re.IGNORECASE,
)
HINT = re.compile(
    r"anonym|name|identified|quoted|background|authori[sz]|permitted|allowed|cleared|condition", re.IGNORECASE
)
"""A word of each grant."""
MANDATE = re.compile(r"authori[sz]|permitted|allowed|cleared", re.IGNORECASE)
NAMELESS = frozenset(("role", "collective", "none", "anonymous"))
"""Kinds of speakers that a grant may be for: whoever is named has none."""


@dataclass(frozen=True, slots=True)
class Grant:
    """The words of a grant as they stand, those of its reason, if any is told, and the characters of both."""

    start: int
    end: int
    words: str
    reason: str | None


def find_grants(parse: Parse) -> dict[int, Grant]:
    """The grants of a text by sentence."""
    starts = [parse.starts[token] for token in parse.sentence_starts]
    return {
        max(0, bisect_right(starts, match.start()) - 1): read_grant(parse, match) for match in match_grants(parse.view)
    }


def match_grants(view: str) -> Iterator[re.Match[str]]:
    """The words of grants, looked for in the lines that hold a word of one alone."""
    end = 0
    for hint in HINT.finditer(view):
        if hint.start() >= end:
            start, end = view.rfind("\n", 0, hint.start()) + 1, view.find("\n", hint.start())
            end = len(view) if end < 0 else end
            yield from GRANT.finditer(view, start, end)


def read_grant(parse: Parse, match: re.Match[str]) -> Grant:
    """A grant with its reason: what follows with because and the like, or the mandate that is lacking."""
    behind = REASON.match(parse.view, match.end())
    if behind:
        return Grant(match.start(), behind.end(), clean_words(match[0]), clean_words(behind[0]))
    words = clean_words(match[0])
    return Grant(*match.span(), words, words if MANDATE.search(words) else None)


def clean_words(words: str) -> str:
    return " ".join(words.split()).strip(" ,:")


def find_grant(parse: Parse, grants: dict[int, Grant], saying: Saying, speaker: Speaker | None) -> Grant | None:
    """The grant of a speaker who is not named: in the sentence of his cue but not in what he says, or in the next one where that is about him."""
    if (
        not grants
        or speaker is None
        or saying.frame is None
        or speaker.entity is not None
        or speaker.kind not in NAMELESS
    ):
        return None
    sentence = parse.sentence_of[saying.frame.cue]
    own = grants.get(sentence)
    if own is not None:
        return None if is_within(own, saying) else own
    following = grants.get(sentence + 1)
    return following if following and goes_on(parse, sentence + 1, speaker) else None


def is_within(grant: Grant, saying: Saying) -> bool:
    """Whether a grant stands in what somebody says: then it is that of another."""
    return any(start <= grant.start < end for start, end in saying.parts)


def is_grant(grants: dict[int, Grant], saying: Saying) -> bool:
    """Whether all that is said is a grant ("who asked not to be named"): then nothing is said."""
    return any(grant.start <= saying.start and saying.end <= grant.end for grant in grants.values())


def goes_on(parse: Parse, sentence: int, speaker: Speaker) -> bool:
    """Whether a sentence begins with the speaker's noun or a pronoun (“The official spoke on …”)."""
    first, last = parse.sentence_range(sentence)
    opening = parse.words[first : min(last, first + 4)]
    nouns = set(parse.view[speaker.start : speaker.end].lower().split()[-1:])
    return bool({"he", "she", "they"} & set(opening[:1]) or nouns & set(opening))
