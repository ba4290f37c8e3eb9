"""The words that columns of kinds may hold. Workers import these without the schemas that use them."""

NAME_TYPES = ("PERSON", "ORG", "GPE", "LOC", "NORP", "FAC", "EVENT", "PRODUCT", "WORK_OF_ART", "LAW")
"""OntoNotes labels of names; dates, numbers and amounts are no mentions."""

COPY_KINDS = ("exact", "near", "rewritten")
ARTICLE_COPY_KINDS = ("original", "unordered", "revision", *COPY_KINDS)
RELATIONS = ("wire", "republished", "rewritten", "common_source", "revision")
ORDER_BASES = ("published_at", "published_date", "credit", "captured_at", "containment", "unknown")
METADATA_FIELDS = ("url", "title", "outlet", "byline", "section", "published", "agency", "dateline_place")
OFFER_FIELDS = (*METADATA_FIELDS, "caption")
"""What `metadata` has rows for: fields of an article, and the captions of its pictures."""
ORIGINS = ("declared", "json_ld", "meta", "link", "time", "title", "element", "header", "url", "dateline", "text")
PROBLEMS = ("date_unreadable", "date_ambiguous", "date_implausible", "value_unreadable", "no_address")
DATE_SOURCES = ("declared", "header", "metadata", "url", "text", "none")
EDIT_KINDS = ("junk", "credit", "header", "encoding", "spacing")
CREDIT_KINDS = (
    *(
        "agency",
        "dateline_place",
        "author",
        "contributor",
        "editor",
        "translator",
        "illustrator",
        "photographer",
        "photo_agency",
    ),
    *("republication", "licence", "correction", "editors_note", "related_headline"),
)
STEPS = ("ingest", "clean", "extract")
MENTION_KINDS = ("name", "pronoun", "role")
QUOTE_KINDS = ("direct", "mixed", "indirect")
STANCES = ("asserts", "denies", "asks", "orders", "promises", "doubts", "supposes")
CONFLICT_KINDS = ("figure", "negated", "denied")
CHANGE_KINDS = ("repeated", "figure", "reversed", "denied")
QUOTE_CHANGE_KINDS = ("added", "removed", "reworded", "figure", "attributed")
EXACTNESS = ("exact", "about", "at_least", "at_most", "more_than", "less_than", "range", "vague")
SPEAKER_CLASSES = (
    *(
        "official",
        "politician",
        "expert",
        "company",
        "organisation",
        "party to a case",
        "journalist",
        "cleric",
        "athlete",
        "artist",
    ),
    *("resident", "document", "anonymous"),
)
SEXES_STATED = ("he", "she", "they", "mixed")
DISPLAY_PLACES = ("title", "caption")
SPEAKER_BASES = ("words", "body")
SPEAKER_KINDS = ("named", "role", "anonymous", "collective", "document", "none")
ROOMS = ("ingest", "clean", "extract", "deduplicate", "publish")
STATES = ("completed", "failed", "interrupted")
DAY_STATES = ("completed", "missing", "failed", "interrupted")
METRICS = ("f1", "bcubed_f1", "share")
