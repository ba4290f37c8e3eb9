"""Notices of a site where an article should be: a bot check, a refusal, an error, a question for consent."""

import re
from collections import Counter
from functools import cache

from quotidian.tasks.store.facts import read_facts

# Longer texts hold an article beside the notice.
NOTICE_WORDS = 250
# Share of the words in sentences that a notice would hold, from which all of the text is one.
NOTICE_SHARE = 0.6
# One such sentence can stand in a short story; its title or its start says so too where all is a notice, or nothing
# else has more words than a title.
LEAST_SENTENCES, TITLE_WORDS = 2, 5
# A notice speaks to its reader and quotes nobody.
QUOTES_SOMEBODY = re.compile(r"[“”]|\b(?:said|says|told|according to)\b")
SENTENCE = re.compile(r"[^\n.!?]+[.!?]*")


@cache
def read_notices() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Kinds of notices with the patterns of their sentences in lower case."""
    return tuple((row["kind"], re.compile(row["pattern"])) for row in read_facts("page_notices"))


@cache
def any_notice() -> re.Pattern[str]:
    """All patterns as one, which finds nothing in most sentences."""
    return re.compile("|".join(f"(?:{form.pattern})" for _, form in read_notices()))


def find_notice(text: str, title: str | None) -> str | None:
    """The kind of notice that a text is as a whole; None for an article. `title` is a line more of it."""
    if text.count(" ") > NOTICE_WORDS:
        return None
    sentences = [found.group() for found in SENTENCE.finditer(f"{title or ''}\n{text}")]
    sentences = [words for words in dict.fromkeys(map(str.strip, sentences)) if any(map(str.isalnum, words))]
    kinds = name_notices(sentences)
    is_alone = all(words in kinds or len(words.split()) <= TITLE_WORDS for words in sentences)
    if not kinds or (len(kinds) < LEAST_SENTENCES and not is_alone):
        return None
    return Counter(kinds[words] for words in sentences if words in kinds).most_common(1)[0][0]


def name_notices(sentences: list[str]) -> dict[str, str]:
    """The kinds of the sentences that stand in notices; none as soon as too many words stand in others, the longest looked at first."""
    sizes = {words: len(words.split()) for words in sentences}
    left = whole = sum(sizes.values())
    kinds = {}
    for words in sorted(sizes, key=sizes.__getitem__, reverse=True):
        if kind := name_notice(words):
            kinds[words] = kind
            continue
        left -= sizes[words]
        if left < NOTICE_SHARE * whole:
            return {}
    return kinds


def name_notice(sentence: str) -> str | None:
    """The kind of notice that a sentence stands in, if any."""
    lower = sentence.lower()
    if not any_notice().search(lower) or QUOTES_SOMEBODY.search(lower):
        return None
    return next((kind for kind, form in read_notices() if form.search(lower)), None)
