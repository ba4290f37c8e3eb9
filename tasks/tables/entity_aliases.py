"""Table entity_aliases: the forms of names that articles use."""

import dataframely as dy

from . import columns as c
from .table import ENTITY, Table


class EntityAliases(dy.Schema):
    """One row for each form of a name that articles use for an entity."""

    entity_id = c.entity_id(primary_key=True)
    alias = c.text("The form, as it stands in the text.", shared=True, primary_key=True)
    mention_count = c.count("Mentions in this form.", "mentions")


ENTITY_ALIASES = Table("entity_aliases", EntityAliases, ("entity_id", "alias"), foreign_keys={"entity_id": ENTITY})
