"""The tags, dependency labels, marks and words of grammar that rules ask for, each class once.

Tags are those of the Penn Treebank, labels those of spaCy's English pipelines. What is said only of one rule's own words
("conference", "debate") stands with the rule.
"""

import re

COMMON_NOUNS = frozenset(("NN", "NNS"))
PROPER_NOUNS = frozenset(("NNP", "NNPS"))
SINGULAR_NOUNS = frozenset(("NN", "NNP"))
PLURAL_NOUNS = frozenset(("NNS", "NNPS"))
NOUNS = COMMON_NOUNS | PROPER_NOUNS
NOUNS_AND_PRONOUN = NOUNS | {"PRP"}
NOMINALS = NOUNS_AND_PRONOUN | {"PRP$"}
SUBJECT_TAGS = NOUNS_AND_PRONOUN | {"DT", "JJ"}
"""Tags of a word that opens a clause of its own behind "and"."""
PHRASE_TAGS = NOUNS | {"DT", "JJ"}
"""Tags within a plain noun phrase."""
DESCRIPTION_TAGS = NOUNS | {"JJ", "POS"}
"""Tags of words that describe the name behind them."""
ATTRIBUTE_OPENERS = frozenset(("CD", "DT", "PRP$", "POS"))
"""Tags of words that open a noun phrase and are seldom the subject of the verb right behind them."""
BEFORE_NOUNS = frozenset(("DT", "JJ", "PRP$", "CD"))
DETERMINER_TAGS = frozenset(("DT", "PRP$"))
PERSONAL_TAGS = frozenset(("PRP", "NNP"))
"""Tags of a speaker of one word: a pronoun or a name."""
RELATIVE_TAGS = frozenset(("WP", "WDT", "WRB", "WP$"))
PRONOUN_TAGS = frozenset(("PRP", "PRP$", "WP", "WDT", "WP$"))

FINITE = frozenset(("VBD", "VBZ", "VBP"))
FINITE_OR_MODAL = FINITE | {"MD"}
VERBS = FINITE | {"VB", "VBG", "VBN"}
REPORTING = frozenset(("VBD", "VBZ"))
"""Tags of the verbs with which one is reported to speak."""
PAST_FORMS = frozenset(("VBD", "VBN"))
PARTICIPLES = frozenset(("VBG", "VBN"))
UNBOUND = frozenset(("VBG", "VB"))
"""Tags of a verb whose subject may stand with another verb."""
INFINITIVES = frozenset(("VB", "TO"))
INVERTED = FINITE | {"VBN"}
"""Tags of a cue behind a mark or comma that its speaker may follow (", read the email")."""
PRESENT = frozenset(("VBZ", "VBP", "MD"))
CLAUSE_TAGS = VERBS | {"MD", "WP", "WP$", "WDT"}
"""Tags of words that no phrase reaches across."""

SUBJECTS = ("nsubj", "csubj")
PASSIVE_SUBJECTS = ("nsubjpass", "auxpass")
OBJECTS = ("pobj", "pcomp")
ANY_SUBJECT = ("nsubj", "nsubjpass")
AUXILIARY = frozenset(("aux", "auxpass"))
OPENERS = frozenset(("mark", "advmod"))
ADVERBIALS = frozenset(("prep", "npadvmod"))
BORROWING = frozenset(("conj", "xcomp", "advcl", "acl", "ccomp", "dep", "parataxis"))
"""Labels of verbs that share the subject of the verb above them."""
LOOSE = frozenset(("parataxis", "dep"))
"""Labels of clauses that the parser hung loosely on another."""
CONTENT_LABELS = frozenset(("ccomp", "xcomp", "oprd", "dobj", "acomp", "attr"))
DEPENDENT_CLAUSES = frozenset(("relcl", "csubj", "csubjpass", "advcl", "acl", "pcomp", "nsubj", "nsubjpass"))
NOT_PREDICATES = frozenset(("amod", "compound", "aux", "auxpass", "nmod", "pobj", "nsubj", "dobj", "det", "case"))

WEEKDAYS = frozenset(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"])
MONTHS_BUT_MAY = frozenset(
    ["january", "february", "march", "april", "june", "july", "august", "september", "october", "november", "december"]
)
"""Months whose names are mostly those of months; "may" is mostly a verb."""

DASHES = frozenset(("-", "--", "–", "—"))
LEADING_OVER = DASHES | {",", ":"}
ASKING = frozenset(("?", "!"))
STOPS = frozenset((".", "?", "!"))
BEFORE_INVERSION = DASHES | ASKING | {",", '"'}
"""Marks behind which a cue may stand before its speaker (", said Hall")."""
PHRASE_ENDS = frozenset((",", ".", '"', ";", ":", "?", "!", "–", "—", "--"))
PUNCTUATION = PHRASE_ENDS | frozenset(("-", "'", "``", "''", "(", "[", ")", "]", "…", "...", ".."))

RELATIVE_WORDS = frozenset(("who", "which", "that", "whom", "whose"))
SPOKEN_SUBJECTS = frozenset(("i", "we", "you"))
THIRD_PERSONS = frozenset(("he", "she", "they"))
OBJECT_FORMS = frozenset(("him", "her", "them", "me", "us"))
EXPLETIVES = frozenset(("it", "there"))
ARTICLES = frozenset(("a", "an", "the"))
SUBORDINATORS = frozenset(("while", "although", "though", "after", "before", "since", "asked", "despite"))
MEANTIME = frozenset(("after", "before", "during", "following"))
CONDITIONS = frozenset(("if", "whether"))
FORMS_OF_SAY = frozenset(("say", "said", "says", "saying"))
AUXILIARY_WORDS = frozenset(("have", "has", "had", "was", "were", "did", "do", "does"))
LIVE_TIME = re.compile(r"\d{1,2}[:.]\d\d(?:[ap]m)?")
"""The time of an entry of a live page, before its first word."""
