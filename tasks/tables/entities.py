"""Table entities: who or what is named, the same across articles."""

import dataframely as dy

from . import columns as c
from .kinds import SEXES_STATED
from .table import Table


class Entities(dy.Schema):
    """One row for each person, organisation, place or other named thing, the same across articles."""

    entity_id = c.entity_id(primary_key=True)
    name = c.text("Canonical name: the fullest of its common names.", shared=True)
    type = c.entity_type()
    external_id = c.text(
        "Id elsewhere, such as a Wikidata QID, where a correction gives one.", shared=True, nullable=True
    )
    country = c.text(
        "Country of an institution that every country has (a supreme court, a ministry): ISO 3166 code, from what stands beside its name, else from the places that its article names; and of a town that shares its name with a larger one elsewhere. Null where nothing tells, and for all else.",
        shared=True,
        nullable=True,
    )
    is_ambiguous = c.flag(
        "Whether the texts leave open who is meant: a bare name that fits several, or a whole one that two people of an article bear; see entity_candidates."
    )
    sex_stated = c.choice(
        SEXES_STATED,
        "What articles call a person, never told by names; mixed where at least a quarter of what they state is something else. Null where none states it, and for all else.",
        nullable=True,
    )
    he_count = c.count("Times that articles state he: by Mr., a word such as son beside the name, he or his.", "times")
    she_count = c.count(
        "Times that articles state she: by Mrs. or Ms., a word such as wife beside the name, she or her.", "times"
    )
    they_count = c.count("Times that articles state they, by Mx.", "times")
    alias_count = c.count("Rows of entity_aliases.", "aliases")
    article_count = c.count("Articles that mention it.", "articles")
    mention_count = c.count("Rows of mentions.", "mentions")
    quote_count = c.count(
        "Rows of quotes that it says, alone or with others (quote_speakers), where is_said is true.", "quotations"
    )
    first_date = c.date("First day on which an article mentions it.", nullable=True)
    last_date = c.date("Last day on which an article mentions it.", nullable=True)


ENTITIES = Table("entities", Entities, ("entity_id",))
