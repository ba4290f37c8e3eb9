"""How large a page is: scripts, styles and drawings do not count, of which large pages are made."""

from .pages import drop_scripts
from .raw_text import HTML
from .settings import IngestSettings


def is_too_large(payload: bytes, media_type: str, settings: IngestSettings) -> bool:
    """Whether a text or page has more bytes than the settings allow."""
    if len(payload) <= settings.max_record_bytes:
        return False
    if media_type != HTML or len(payload) > settings.max_page_bytes:
        return True
    return count_page_bytes(payload) > settings.max_record_bytes


def count_page_bytes(payload: bytes) -> int:
    """Bytes of a page that are no scripts, styles or drawings."""
    return len(drop_scripts(payload.decode("latin-1")))
