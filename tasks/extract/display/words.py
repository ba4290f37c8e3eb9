"""What a headline says with single words: `seeds/headline_words.csv`, `seeds/headline_verbs.csv` and lists of other rooms, read without a model."""

from dataclasses import dataclass
from functools import cache

from quotidian.tasks.extract.quotes.cues import inflect_verb
from quotidian.tasks.store.facts import read_facts

BODIES = frozenset(("company", "organisation"))


@dataclass(frozen=True, slots=True)
class Verb:
    """One form of a verb of saying: its lemma, what its content may be, and whether the form is that of several speakers."""

    lemma: str
    takes: frozenset[str]
    words: frozenset[str]
    stance: str
    is_plural: bool


@cache
def read_headline_words(kind: str) -> frozenset[str]:
    """The words of one kind."""
    return frozenset(
        word for row in read_facts("headline_words") if row["kind"] == kind for word in row["words"].split()
    )


@cache
def read_headline_verbs() -> dict[tuple[str, ...], Verb]:
    """Forms of the present, and "said": past forms of the others are passives more often than not ("drivers warned")."""
    verbs: dict[tuple[str, ...], Verb] = {}
    for row in read_facts("headline_verbs"):
        head, rest = row["lemma"].split()[0], row["particle"].split()
        takes, words = frozenset(row["takes"].split()), frozenset(row["words"].split())
        third = next(form for form in sorted(inflect_verb(head, ("",))) if form.endswith("s") and form != head)
        for form, is_plural in ((third, False), (head, True)):
            verbs[form, *rest] = Verb(row["lemma"], takes, words, row["stance"], is_plural)
    verbs["said",] = verbs["says",]
    return verbs


@cache
def read_title_words() -> frozenset[str]:
    """Titles, in small letters without stops."""
    return frozenset(row["title"] for row in read_facts("titles"))


@cache
def read_person_words() -> frozenset[str]:
    """Nouns for people by what they do, and others by which headlines call who speaks."""
    roles = (row["words"] for row in read_facts("speaker_classes") if row["class"] not in BODIES)
    return frozenset(word for word in roles if " " not in word) | read_headline_words("people")


@cache
def read_abbreviated() -> frozenset[str]:
    """Ranks and titles with their stop, which ends no sentence."""
    return frozenset(row["abbreviation"] for row in read_facts("abbreviations"))


@cache
def read_function_words() -> frozenset[str]:
    """Words without content of their own."""
    return frozenset(row["word"] for row in read_facts("function_words"))
