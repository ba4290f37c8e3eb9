"""Where content behind a cue starts and ends: what the parser broke off is added, what is the reporter's is cut."""

from quotidian.tasks.extract.quotes.before import DASHES, RELATIVE_TAGS
from quotidian.tasks.extract.quotes.frames import Frame
from quotidian.tasks.extract.quotes.page import Page
from quotidian.tasks.extract.quotes.phrases import PHRASE_ENDS

TIME_WORDS = frozenset(
    [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "today",
        "yesterday",
        "week",
        "month",
        "year",
        "morning",
        "night",
    ]
)
DATE_WORDS = TIME_WORDS.union(
    (
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ),
    ("days", "weeks", "months", "years", "weekend", "afternoon", "evening"),
)
OCCASIONS = frozenset(("conference", "debate", "interview", "letter", "post", "rally", "speech", "statement"))
"""At or in which people speak."""
FORWARD_CUES = frozenset(
    ("call", "demand", "pledge", "predict", "promise", "propose", "request", "urge", "vow", "warn")
)
"""With these a date behind the thing is rather that of the thing ("warned of floods in May")."""
OCCASION_PREPOSITIONS = frozenset(("during", "until", "via"))
"""Prepositions that hang on a cue of saying only to tell an occasion."""
TIME_PREPOSITIONS = frozenset(("in", "on", "at", "by", "after", "before"))
YEAR_DIGITS = 4
SUBJECT_TAGS = frozenset(("PRP", "DT", "JJ", "NN", "NNS", "NNP", "NNPS"))
"""Tags of a word that opens a clause of its own behind "and"."""
POINTING = frozenset(("referring", "alluding"))
"""With these a reporter explains what somebody meant."""
AUXILIARIES = frozenset(("have", "has", "had", "was", "were", "did", "do", "does"))
PHRASES = frozenset(("thing", "person"))
"""Complements without a verb, which seldom tell a time of their own."""
WITHHOLDING = frozenset(
    ("giving", "providing", "offering", "elaborating", "specifying", "naming", "indicating", "saying")
)
"""What a reporter says somebody went without ("…, without elaborating")."""
OPEN_TAGS = frozenset(("VB", "VBP", "VBZ", "VBD", "DT", "JJ", "PRP$", "IN", "TO"))
"""Tags of a word that does not end a phrase where another of CLOSING_TAGS follows at once."""
CLOSING_TAGS = frozenset(("NN", "NNS", "JJ", "RB", "VBN", "DT", "NNP"))


def skip_time(page: Page, frame: Frame, first: int) -> int:
    """First token of a clause behind a day that the parser took into it ("said on Saturday he hoped")."""
    parse = page.parse
    if first != frame.cue_end:
        return first
    for child in parse.children[frame.content][:1]:
        left, right = parse.subtree(child)
        is_time = parse.deps[child] in ("prep", "npadvmod") and bool(TIME_WORDS & set(parse.words[left:right]))
        if is_time and left == first and parse.words[right] != ",":
            return right
    return first


def add_followers(page: Page, frame: Frame, last: int, deps: frozenset[str]) -> int:
    """Words that the parser hung on the cue although they follow the content without a comma ("because …")."""
    parse = page.parse
    for child in parse.children[frame.cue]:
        left, right = parse.subtree(child)
        if left == last and parse.deps[child] in deps:
            if tells_occasion(page, frame, child):
                break
            last = right
    return last


def tells_occasion(page: Page, frame: Frame, preposition: int) -> bool:
    """Whether a phrase tells when or where somebody spoke ("announced his plan on Sunday at a rally")."""
    parse = page.parse
    left, right = parse.subtree(preposition)
    if parse.words[preposition] in OCCASION_PREPOSITIONS:
        return True
    if parse.words[preposition] not in TIME_PREPOSITIONS:
        return False
    words = parse.words[left:right]
    if frame.lemma in FORWARD_CUES or not OCCASIONS.isdisjoint(words):
        return not OCCASIONS.isdisjoint(words)
    is_year = any(parse.tags[token] == "CD" and len(parse.words[token]) == YEAR_DIGITS for token in range(left, right))
    return is_year or not DATE_WORDS.isdisjoint(words)


def finish_phrase(page: Page, frame: Frame, last: int) -> int:
    """End of a phrase that the parser broke off in its middle ("to stabilize | badly deteriorated relations")."""
    parse, end = page.parse, page.sentence_end(frame.cue)
    if last >= end or parse.tags[last - 1] not in OPEN_TAGS or parse.tags[last] not in CLOSING_TAGS:
        return last
    stop = last
    while stop < end and parse.words[stop] not in PHRASE_ENDS and not parse.words[stop].isspace():
        if stop in page.cue_set or parse.words[stop] in TIME_WORDS:
            return last
        stop += 1
    return stop


def add_second_clause(page: Page, frame: Frame, last: int) -> int:
    """End of "said that A, and that B", where the parser did not join B: the end of the sentence or the next saying."""
    words, end = page.parse.words, page.sentence_end(frame.cue)
    place = last + (words[last : last + 1] == [","])
    if place + 2 >= end or words[place] not in ("and", "but") or words[place + 1] != "that":
        return last
    cues = page.outer_cues(place, end)
    return cues[0] if cues else end


def add_behind_colon(page: Page, frame: Frame, last: int) -> int:
    """End of what a colon behind a content explains ("said it fails for a reason: …"): the end of the sentence."""
    parse, end = page.parse, page.sentence_end(frame.cue)
    if last + 1 >= end or parse.words[last] != ":" or page.outer_cues(last, end):
        return last
    return end if page.segment_of[last + 1] < 0 and parse.words[last + 1] not in PHRASE_ENDS else last


def add_infinitive(page: Page, frame: Frame, last: int) -> int:
    """End of "called on companies to act": an infinitive right behind the thing asked for belongs to it."""
    parse = page.parse
    if last + 1 >= page.sentence_end(frame.cue) or parse.tags[last] != "TO" or parse.tags[last + 1] != "VB":
        return last
    return max(last, min(parse.subtree(last + 1)[1], page.sentence_end(frame.cue)))


def cut_at_aside(page: Page, first: int, last: int) -> int:
    """End of a phrase before ", who …", ", which …" or an apposition that closes it (", one of …")."""
    parse = page.parse
    last_and = next((token for token in range(last - 1, first, -1) if parse.words[token] == "and"), first)
    for token in range(first + 1, last - 1):
        is_aside = parse.tags[token + 1] in RELATIVE_TAGS or (parse.tags[token + 1] == "DT" and token > last_and)
        if parse.words[token] == "," and is_aside:
            return token
    return last


def cut_next_saying(page: Page, first: int, last: int) -> int:
    """End of a clause before ", adding that …": a participle of saying behind a comma goes on with the speaker."""
    parse = page.parse
    for cue in page.outer_cues(first + 1, last):
        if parse.tags[cue] == "VBG" and parse.words[cue - 1] == ",":
            return cue
    return last


def cut_source(page: Page, first: int, last: int) -> int:
    """End of a clause before ", according to …"."""
    words = page.parse.words
    for cue in page.outer_cues(first + 1, last):
        is_apart = words[cue - 1] == "," or (words[cue - 1] == '"' and words[cue - 2] == ",")
        if words[cue] == "according" and is_apart:
            return cue
    return last


def cut_aside_behind_dash(page: Page, first: int, last: int) -> int:
    """End of a clause before a dash behind which the reporter goes on (" – prompting …", " — and he …", " - although …")."""
    parse = page.parse
    dashes = [token for token in range(first + 1, last - 1) if is_dash(page, token)]
    if len(dashes) != 1:
        return last
    behind = dashes[0] + 1
    tags = parse.tags[behind : behind + 2]
    joins = parse.words[behind] in ("and", "but") and tags[1] in SUBJECT_TAGS and parse.words[behind + 1] != "that"
    goes_on = parse.words[behind] in ("although", "though", "which") or tags[0] in ("VBG", "VBN")
    return dashes[0] if joins or goes_on else last


def is_dash(page: Page, token: int) -> bool:
    """Whether a token is a dash between words, not a hyphen within one."""
    parse = page.parse
    return parse.words[token] in DASHES and parse.ends[token - 1] < parse.starts[token] < parse.starts[token + 1] - 1


def cut_closing_comment(page: Page, frame: Frame, last: int) -> int:
    """End of a clause before a closing comment of the reporter's: ", a plan that …", ", where …", ", as have …", ", referring to …"."""
    words = page.parse.words
    for token in range(frame.content + 1, last):
        if words[token] in POINTING and "," in words[token - 2 : token]:
            return token
    commas = [token for token in range(frame.content + 1, last - 2) if words[token] == ","]
    if not commas:
        return last
    behind = words[commas[-1] + 1 : commas[-1] + 3]
    is_apposition = behind[0] in ("a", "an") and "and" not in words[commas[-1] : last]
    is_comparison = behind[0] == "as" and behind[1] in AUXILIARIES
    return commas[-1] if is_apposition or is_comparison or behind[0] == "where" else last


def cut_withheld(page: Page, first: int, last: int) -> int:
    """End of a clause before ", without giving details", which is the reporter's."""
    parse = page.parse
    for token in range(first + 1, last - 1):
        if parse.words[token] == "without" and parse.words[token - 1] == "," and parse.words[token + 1] in WITHHOLDING:
            return token - 1
    return last


def cut_other_sayings(page: Page, frame: Frame, last: int) -> int:
    """End of a clause before "and insisted …", where the speaker's next saying was taken for part of the content."""
    parse, verb = page.parse, frame.content
    while (verb := parse.child(verb, "conj")) is not None:
        is_saying = verb in page.cue_set and parse.tags[verb] == parse.tags[frame.cue]
        if is_saying and parse.child(verb, "nsubj", "nsubjpass") is None:
            return min(last, max(verb, frame.cue_end))
    return last
