"""dataframely, which declares the tables, imported without sqlalchemy.

It imports that where it can, for columns of databases, which takes longer than all the rest of it.
"""

from .light_import import standing_in

with standing_in({"sqlalchemy": None}):
    import dataframely as dy

__all__ = ["dy"]
