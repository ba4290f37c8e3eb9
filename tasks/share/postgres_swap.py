"""What must outlive the replacement of a schema in PostgreSQL: rights, and views that people made over it."""

from collections.abc import Sequence
from typing import Any

from quotidian.tasks.store.errors import QuotidianError

from .definitions import quote_name, quote_text

FOREIGN = """
SELECT relname FROM pg_catalog.pg_class
WHERE relnamespace = to_regnamespace({schema}) AND relkind IN ('r', 'p', 'm', 'f') AND NOT relname = ANY ({own})
"""
"""Tables in the schema that no export made."""

GRANTS = """
SELECT format('GRANT USAGE ON SCHEMA %I TO %s', {building}, {grantee})
FROM pg_catalog.pg_namespace, aclexplode(nspacl) AS acl
WHERE nspname = {name} AND privilege_type = 'USAGE' AND grantee <> nspowner
UNION ALL
SELECT format('GRANT %s ON %I.%I TO %s', privilege_type, {building}, relname, {grantee})
FROM pg_catalog.pg_class, aclexplode(relacl) AS acl
WHERE relnamespace = to_regnamespace({schema}) AND relname = ANY ({own}) AND grantee <> relowner
"""
GRANTEE = "CASE grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(grantee)) END"

DEPENDENTS = """
WITH RECURSIVE readers AS (
    SELECT oid, 0 AS depth FROM pg_catalog.pg_class
    WHERE relnamespace = to_regnamespace({schema}) AND relname = ANY ({own})
    UNION
    SELECT rule.ev_class, depth + 1
    FROM readers
    JOIN pg_catalog.pg_depend AS needs ON needs.refobjid = readers.oid AND needs.classid = 'pg_rewrite'::regclass
    JOIN pg_catalog.pg_rewrite AS rule ON rule.oid = needs.objid AND rule.ev_class <> readers.oid
)
SELECT nspname, relname, relkind::text, pg_get_viewdef(view.oid), quote_ident(pg_get_userbyid(relowner)), (
    SELECT coalesce(string_agg(format('GRANT %s ON %I.%I TO %s', privilege_type, nspname, relname, {grantee}), '; '), '')
    FROM aclexplode(relacl) AS acl WHERE grantee <> relowner
)
FROM (SELECT oid, max(depth) AS depth FROM readers GROUP BY oid) AS found
JOIN pg_catalog.pg_class AS view ON view.oid = found.oid
JOIN pg_catalog.pg_namespace AS space ON space.oid = relnamespace
WHERE NOT (relnamespace = to_regnamespace({schema}) AND relname = ANY ({own}))
ORDER BY depth, relname
"""
"""Views over the tables of the schema, at any distance, nearest first: where they are, what they say, whose they are."""


class SchemaForeign(QuotidianError):
    """A schema holds what no export made and what would be lost."""


def own_names(own: list[str]) -> str:
    """Names as an SQL array."""
    return f"ARRAY[{', '.join(quote_text(name) for name in own)}]"


def require_own_schema(cursor: Any, schema: str, mark: str) -> None:
    """Raise SchemaForeign where the schema is there and its comment does not begin with `mark`."""
    cursor.execute(
        f"SELECT obj_description(oid, 'pg_namespace') FROM pg_catalog.pg_namespace WHERE nspname = {quote_text(schema)}"
    )
    found = cursor.fetchone()
    if found and not (found[0] or "").startswith(mark):
        raise SchemaForeign(
            f"Schema {schema} is there and no export made it: choose another name with --schema, or drop it."
        )


def is_there(cursor: Any, schema: str) -> bool:
    """Whether a schema of this name is there."""
    cursor.execute(f"SELECT to_regnamespace({quote_text(quote_name(schema))}) IS NOT NULL")
    return cursor.fetchone()[0]


def run_together(statements: Sequence[str], undone_by: Sequence[str]) -> str:
    """One statement that runs all of these, and undoes them all, without an error, on the conditions `undone_by`.

    The server does the undoing: the driver refuses whatever follows an error in a transaction, ROLLBACK TO too.
    """
    body = "".join(f"EXECUTE {quote_text(statement)}; " for statement in statements)
    caught = f"EXCEPTION WHEN {' OR '.join(undone_by)} THEN NULL; " if undone_by else ""
    return f"DO {quote_text(f'BEGIN {body}{caught}END')}"


def list_grants(cursor: Any, schema: str, building: str, own: list[str]) -> list[str]:
    """Statements that give the rights on a schema and its tables to the one that is being built."""
    names = {"name": quote_text(schema), "schema": quote_text(quote_name(schema)), "building": quote_text(building)}
    cursor.execute(GRANTS.format(**names, own=own_names(own), grantee=GRANTEE))
    return [statement for (statement,) in cursor.fetchall()]


def list_dependents(cursor: Any, schema: str, own: list[str]) -> list[str]:
    """Statements that make the views again that read the schema; raises SchemaForeign for what cannot be made again."""
    names = {"schema": quote_text(quote_name(schema)), "own": own_names(own)}
    cursor.execute(FOREIGN.format(**names))
    tables = [f"{schema}.{name}" for (name,) in cursor.fetchall()]
    cursor.execute(DEPENDENTS.format(**names, grantee=GRANTEE))
    views = cursor.fetchall()
    lost = tables + [f"{space}.{name}" for space, name, kind, *_ in views if kind != "v"]
    if lost:
        raise SchemaForeign(f"{', '.join(lost)} would be lost with the old tables: move or drop it, then export again.")
    return [statement for view in views for statement in make_view(*view)]


def make_view(space: str, name: str, kind: str, query: str, owner: str, grants: str) -> list[str]:
    """Statements that make one view again, with its owner and rights."""
    view = quote_name(space, name)
    made = [f"CREATE VIEW {view} AS {query}", f"ALTER VIEW {view} OWNER TO {owner}"]
    return [*made, *(statement for statement in grants.split("; ") if statement)]
