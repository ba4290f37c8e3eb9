"""The published tables, in the order in which pages list them. RUNS and BACKFILLS lie beside the snapshots."""

from .articles import ARTICLES
from .backfills import BACKFILLS
from .changes import CHANGES
from .conflicts import CONFLICTS
from .copies import COPIES
from .credits import CREDITS
from .display_quotes import DISPLAY_QUOTES
from .edits import EDITS
from .entities import ENTITIES
from .entity_aliases import ENTITY_ALIASES
from .entity_candidates import ENTITY_CANDIDATES
from .entity_ids import ENTITY_IDS
from .ledger import LEDGER
from .mentions import MENTIONS
from .metadata import METADATA
from .quality import QUALITY
from .quantities import QUANTITIES
from .quote_changes import QUOTE_CHANGES
from .quote_entities import QUOTE_ENTITIES
from .quote_parts import QUOTE_PARTS
from .quote_speakers import QUOTE_SPEAKERS
from .quotes import QUOTES
from .rejects import REJECTS
from .runs import RUNS
from .sentences import SENTENCES
from .speaker_candidates import SPEAKER_CANDIDATES
from .statement_variants import STATEMENT_VARIANTS
from .statements import STATEMENTS
from .stories import STORIES
from .table import Table

__all__ = ["BACKFILLS", "CATALOG", "RUNS", "TABLES", "Table"]

CATALOG = (
    ARTICLES,
    EDITS,
    CREDITS,
    METADATA,
    SENTENCES,
    MENTIONS,
    QUOTES,
    QUOTE_PARTS,
    QUOTE_SPEAKERS,
    SPEAKER_CANDIDATES,
    QUOTE_ENTITIES,
    QUANTITIES,
    DISPLAY_QUOTES,
    COPIES,
    ENTITIES,
    ENTITY_ALIASES,
    ENTITY_CANDIDATES,
    ENTITY_IDS,
    STATEMENTS,
    STATEMENT_VARIANTS,
    CONFLICTS,
    CHANGES,
    QUOTE_CHANGES,
    STORIES,
    REJECTS,
    LEDGER,
    QUALITY,
)
TABLES = {table.name: table for table in CATALOG}
