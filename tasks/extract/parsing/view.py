"""A reading copy of a text: as long as the text, character for character, but easier for the parser.

Only single characters are exchanged, so every offset in the copy is an offset in the text. What scraping and
machine translation broke is smoothed (stray stops, "[theirs]he said", "Blinkens’ visit"); the text itself is
never changed, and all results are slices of it.
"""

import re
from collections import Counter

PLAIN = str.maketrans(
    dict.fromkeys("“”„‟«»〝〞", '"')
    | dict.fromkeys("‘’‚‛ʼ′", "'")
    | dict.fromkeys("\x00\r\t\v\f\u00a0\u2007\u2009\u200a\u200b\u202f\u2060\ufeff\u2028\u2029", " ")
)

DOUBLED_OPENING = re.compile(r"(?:''|``)(?=\S)(?<![\w.,!?]..)|‹‹")
DOUBLED_CLOSING = re.compile(r"''|``|››")
STOP_AFTER_BLANK = re.compile(r"(?<=\S) \.(?=\s|$)")
PLAIN_STOP = re.compile(r"(?<=[a-z]{2})[.,](?=\s|$)")
CUT_COMMA = re.compile(r"(?<=\w) ,(?=\s)")
CUT_MARK = re.compile(r"(?:(?<=[\w)\]%])|(?<=[\"'])(?= [.?!])) ([.,?!;])(?=\s|$)")
FEWEST_LOOSE = 2
"""Stops behind a blank from which a text may have been cut into tokens."""
STOP_BEFORE_COMMA = re.compile(r"(?<=[a-z]{2})\.(?= ?[,;])")
STOP_INSIDE_SENTENCE = re.compile(r"(?<=[a-z]{4})\.(?= [a-z]+\b(?![A-Z.]))")
SENTENCE_BREAK = re.compile(r"(?<=[a-z]{4})\.\s+[A-Z]")
INSERT_STUCK_TO_WORD = re.compile(r"(?<=\w\w)\](?=\w)")
BROKEN_POSSESSIVE = re.compile(r"\b([A-Z][a-z]+)s'(?=\s[a-z0-9\"\[(-])")
LONG_RUN = re.compile(r"\S{200,}")
RUN_PIECE = 100
"""Runs without a blank are cut into pieces of this length: spaCy's tokenizer takes quadratic time on them."""
NAME_WORD = re.compile(r"\b[A-Z][a-z]+\b")
PLURAL_PEOPLE = ("an", "ese", "ish", "ist", "crat", "er", "or", "i", "ite")
"""Endings of demonyms and of words for groups, whose plural possessive is meant."""


def smooth_text(text: str) -> str:
    """The reading copy of `text`, of the same length."""
    view = LONG_RUN.sub(cut_run, text.translate(PLAIN))
    view = DOUBLED_OPENING.sub(' "', view)
    view = DOUBLED_CLOSING.sub('" ', view)
    view = mask_stray_stops(join_loose_marks(view))
    view = INSERT_STUCK_TO_WORD.sub(",", view)
    return mend_possessives(view)


def cut_run(match: re.Match[str]) -> str:
    """The run with a blank in place of the last character of each piece."""
    run = match[0]
    return "".join(run[i : i + RUN_PIECE - 1] + " " for i in range(0, len(run), RUN_PIECE))[: len(run)]


def join_loose_marks(view: str) -> str:
    """Where most stops stand behind a blank, as in text that was cut into tokens ("It rained , he said ."), they change places with it, as commas do."""
    loose = len(STOP_AFTER_BLANK.findall(view))
    is_cut = loose >= FEWEST_LOOSE and loose > len(PLAIN_STOP.findall(view)) and CUT_COMMA.search(view)
    return CUT_MARK.sub(r"\1 ", view) if is_cut else view


def mask_stray_stops(view: str) -> str:
    """Blank out stops that end nothing: " . ", "November. , said", and, where sentences start with capitals, "the strait. of"."""
    view = STOP_AFTER_BLANK.sub("  ", view)
    view = STOP_BEFORE_COMMA.sub(" ", view)
    if len(STOP_INSIDE_SENTENCE.findall(view)) * 2 <= len(SENTENCE_BREAK.findall(view)) + 2:
        view = STOP_INSIDE_SENTENCE.sub(" ", view)
    return view


def mend_possessives(view: str) -> str:
    """Turn "Blinkens' visit" into "Blinken's visit" where the text itself knows a Blinken and no Blinkens."""
    if not BROKEN_POSSESSIVE.search(view):
        return view
    counts = Counter(NAME_WORD.findall(view))
    possessives = Counter(match[1] for match in BROKEN_POSSESSIVE.finditer(view))

    def mend(match: re.Match[str]) -> str:
        stem = match[1]
        follows_article = view[max(0, match.start() - 4) : match.start()].endswith(("the ", "The "))
        plural = counts[stem + "s"] - possessives[stem]
        is_name = counts[stem] > 2 * plural and counts[stem] > 1 and not stem.endswith(PLURAL_PEOPLE)
        return f"{stem}'s" if is_name and not follows_article else match[0]

    return BROKEN_POSSESSIVE.sub(mend, view)
