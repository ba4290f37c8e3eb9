"""The words that say that something was said: cue verbs, cue nouns and "according to"."""

from functools import cache

from quotidian.tasks.store.facts import read_facts

VOWELS = frozenset("aeiou")


@cache
def read_cue_verbs() -> dict[str, str]:
    """Each inflected form of the verbs in seeds/cue_verbs.csv, with its lemma."""
    forms = {}
    for row in read_facts("cue_verbs"):
        for form in inflect_verb(row["lemma"], tuple(row["forms"].split())):
            forms.setdefault(form, row["lemma"])
    return forms


@cache
def read_complements() -> dict[str, frozenset[str]]:
    """What each cue verb of seeds/cue_verbs.csv takes as its content."""
    return {row["lemma"]: frozenset(row["complements"].split()) for row in read_facts("cue_verbs")}


@cache
def read_stances() -> dict[str, str]:
    """What a speaker does with his words, for each lemma of seeds/cue_verbs.csv and seeds/cue_nouns.csv."""
    return {row["lemma"]: row["stance"] for row in (*read_facts("cue_nouns"), *read_facts("cue_verbs"))}


@cache
def read_denial_verbs() -> dict[str, frozenset[str]]:
    """Each form of the verbs in seeds/denial_verbs.csv, with the particles of which it takes one, if any."""
    forms = {}
    for row in read_facts("denial_verbs"):
        particles = frozenset(row["particles"].split())
        forms |= dict.fromkeys(inflect_verb(row["lemma"], tuple(row["forms"].split())), particles)
    return forms


@cache
def read_cue_nouns() -> dict[str, str]:
    """Each form of the nouns in seeds/cue_nouns.csv, with its lemma."""
    forms = {}
    for row in read_facts("cue_nouns"):
        lemma = row["lemma"]
        plural = lemma[:-1] + "ies" if lemma[-1] == "y" and lemma[-2] not in VOWELS else lemma + "s"
        forms |= {lemma: lemma, plural: lemma}
    return forms


def inflect_verb(lemma: str, irregular: tuple[str, ...]) -> set[str]:
    """All forms of an English verb; `irregular` names past forms, or past and -ing where a consonant doubles."""
    stem = lemma[:-1] if lemma.endswith("e") else lemma
    soft_y = lemma.endswith("y") and lemma[-2] not in VOWELS
    third = lemma[:-1] + "ies" if soft_y else lemma + ("es" if lemma.endswith(("s", "sh", "ch", "x")) else "s")
    past = {lemma[:-1] + "ied"} if soft_y else {stem + "ed"}
    return {lemma, third, stem + "ing", *(irregular or past)}
