"""Names of speakers that the recogniser overlooked: a proper noun that says something is a name."""

from quotidian.tasks.extract.names.mentions import Name, make_name, read_titles
from quotidian.tasks.extract.names.name_types import read_organisation_words
from quotidian.tasks.extract.names.settle_names import read_generic_names
from quotidian.tasks.extract.parsing.parse import Parse
from quotidian.tasks.extract.quotes.frames import Frame
from quotidian.tasks.extract.quotes.grammar import PROPER_NOUNS

LONGEST_SPEAKER_NAME = 4
"""Words; a longer run of capitals is a headline."""
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
        if owner is not None and (owner.label != "PERSON" or first == owner.first):
            continue
        last = head + 1 if owner is None else owner.last
        if last - first <= LONGEST_SPEAKER_NAME and parse.view[parse.starts[head]].isupper():
            name = make_name(parse, first, last, guess_label(parse, first, last))
            kept.pop(id(owner), None)
            kept[id(name)] = name
            owners.update(dict.fromkeys(range(first, last), name))
    return sorted(kept.values(), key=lambda name: name.first)


def find_first_word(parse: Parse, token: int, owners: dict[int, Name]) -> int:
    """First of the proper nouns right before `token` that belong to it and are no title and no other name."""
    while token and token - 1 not in owners and parse.tags[token - 1] in PROPER_NOUNS:
        is_part = (
            parse.deps[token - 1] in ("compound", "nmod") and parse.sentence_of[token - 1] == parse.sentence_of[token]
        )
        if not is_part or parse.words[token - 1].rstrip(".") in read_titles():
            break
        token -= 1
    return token


def guess_label(parse: Parse, first: int, last: int) -> str:
    """ORG for a word of organisations and for acronyms, else PERSON."""
    word = parse.view[parse.starts[last - 1] : parse.ends[last - 1]]
    is_acronym = first + 1 == last and word.isupper() and len(word) in ACRONYM_LENGTHS
    return "ORG" if is_acronym or word.lower() in read_organisation_words() else "PERSON"
