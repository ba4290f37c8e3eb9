"""Names of speakers that the recogniser overlooked: a proper noun that says something is a name."""

from bisect import bisect_left

from quotidian.tasks.extract.names.extend_names import is_day
from quotidian.tasks.extract.names.given_names import is_given
from quotidian.tasks.extract.names.mentions import HYPHENS, Name, is_joined, make_name, read_titles, replace_names
from quotidian.tasks.extract.names.name_types import read_organisation_words
from quotidian.tasks.extract.names.settle_names import read_generic_names
from quotidian.tasks.extract.parsing.parse import Parse
from quotidian.tasks.extract.quotes.frames import Frame
from quotidian.tasks.extract.quotes.grammar import PROPER_NOUNS
from quotidian.tasks.extract.quotes.spoken_lines import SpokenLine

LONGEST_SPEAKER_NAME = 4
"""Words; a longer run of capitals is a headline."""
FULL_NAME = 2
"""Words of a label that is a name in full."""
ACRONYM_LENGTHS = range(2, 6)


def add_speaker_names(parse: Parse, names: list[Name], frames: list[Frame]) -> list[Name]:
    """The names, and one for each speaker of a cue verb that is a proper noun without a name; in the order of the text."""
    owners = {token: name for name in names for token in range(name.first, name.last)}
    kept = {id(name): name for name in names}
    for frame in frames:
        head = frame.subject
        if frame.kind != "verb" or head is None or parse.tags[head] not in PROPER_NOUNS:
            continue
        owner = owners.get(head)
        if owner is None and parse.words[head].rstrip(".") in read_titles().keys() | read_generic_names():
            continue
        first = find_first_word(parse, head if owner is None else owner.first, owners)
        if owner is not None and (owner.label != "PERSON" or first == owner.first or is_whole(parse, owner, first)):
            continue
        last = head + 1 if owner is None else owner.last
        if last - first <= LONGEST_SPEAKER_NAME and parse.view[parse.starts[head]].isupper():
            name = make_name(parse, first, last, guess_label(parse, first, last))
            kept.pop(id(owner), None)
            kept[id(name)] = name
            owners.update(dict.fromkeys(range(first, last), name))
    return sorted(kept.values(), key=lambda name: name.first)


def is_whole(parse: Parse, name: Name, first: int) -> bool:
    """Whether a given name and a surname are all of a person's name, and words from `first` on before it none of it ("Host | Mia Grant",
    "EXCLUSIVE | Ben Cole")."""
    is_full = len(name.words) >= FULL_NAME and is_given(name.words[0])
    return is_full and not all(map(is_given, parse.words[first : name.first]))


def add_line_names(parse: Parse, names: list[Name], lines: list[SpokenLine]) -> list[Name]:
    """The names, and in place of a part of it the whole label of a transcript that starts with a given name ("Sofia | Berg: …")."""
    labels = [(bisect_left(parse.starts, line.name_start), bisect_left(parse.starts, line.name_end)) for line in lines]
    labels = [(first, last) for first, last in labels if last - first == FULL_NAME and is_given(parse.words[first])]
    return replace_names(names, [make_name(parse, first, last, "PERSON") for first, last in labels])


def find_first_word(parse: Parse, token: int, owners: dict[int, Name]) -> int:
    """First of the proper nouns right before `token` that belong to it, by a hyphen or else, and are no title and no other name."""
    if token > 1 and parse.words[token - 1] in HYPHENS and is_joined(parse, token - 1) and token - 2 not in owners:
        token -= 2
    while token and token - 1 not in owners and parse.tags[token - 1] in PROPER_NOUNS:
        is_part = (
            parse.deps[token - 1] in ("compound", "nmod") and parse.sentence_of[token - 1] == parse.sentence_of[token]
        )
        if not is_part or parse.words[token - 1].rstrip(".") in read_titles() or is_day(parse, token - 1):
            break
        token -= 1
    return token


def guess_label(parse: Parse, first: int, last: int) -> str:
    """ORG for a word of organisations and for acronyms, else PERSON."""
    word = parse.view[parse.starts[last - 1] : parse.ends[last - 1]]
    is_acronym = first + 1 == last and word.isupper() and len(word) in ACRONYM_LENGTHS
    return "ORG" if is_acronym or word.lower() in read_organisation_words() else "PERSON"
