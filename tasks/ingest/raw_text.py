"""The raw text of an archived input: what cleaning starts from, and what body and edits rebuild."""

import re
from dataclasses import dataclass
from email.message import Message
from typing import TYPE_CHECKING

from .encodings import decode_bytes, decode_page
from .pages import fragment_text, page_text
from .records import JSON, parse_record, record_text, replace_surrogates
from .settings import IngestSettings

if TYPE_CHECKING:
    from .page_metadata import PageFact

HTML = "text/html"
FRAGMENT = "text/html; scope=fragment"
PARAGRAPH_TAGS = re.compile(r"</?(?:p|div|br|li|h[1-6])(?:\s[^<>]{0,500})?/?>", re.IGNORECASE)

__all__ = ["FRAGMENT", "HTML", "RawArticle", "decode_bytes", "read_article", "read_raw_text"]


@dataclass(frozen=True, slots=True)
class RawArticle:
    """The raw text, and what the page around it declares."""

    text: str
    metadata: "tuple[PageFact, ...]" = ()


def read_raw_text(payload: bytes, media_type: str, settings: IngestSettings) -> str:
    """Raw text of an archived input that was not rejected."""
    essence, parameters = parse_media_type(media_type)
    if essence == JSON:
        text = replace_surrogates(record_text(parse_record(payload), settings))
        return page_text(text) if is_markup(text) else text
    if essence == HTML:
        html = decode_page(payload, parameters.get("charset"))
        return fragment_text(html) if parameters.get("scope") == "fragment" else page_text(html)
    return decode_bytes(payload)


def is_markup(text: str) -> bool:
    """Whether the text of a record is HTML, as systems that publish export it: it has two tags of paragraphs or more."""
    return len(PARAGRAPH_TAGS.findall(text)) > 1


def read_article(payload: bytes, media_type: str, settings: IngestSettings) -> RawArticle:
    """Raw text and own metadata of an archived input that was not rejected."""
    text = read_raw_text(payload, media_type, settings)
    essence, parameters = parse_media_type(media_type)
    if essence != HTML or parameters.get("scope") == "fragment":
        return RawArticle(text)
    from .page_metadata import read_metadata

    return RawArticle(text, read_metadata(decode_page(payload, parameters.get("charset"))))


def parse_media_type(media_type: str) -> tuple[str, dict[str, str]]:
    """The type in lower case, and its parameters."""
    message = Message()
    message["content-type"] = media_type
    return message.get_content_type(), {key: str(value) for key, value in (message.get_params() or [])[1:]}
