"""The raw text of an archived input: what cleaning starts from, and what body and edits rebuild."""

import html
import re
from dataclasses import dataclass
from email.message import Message
from typing import TYPE_CHECKING, Any

from .encodings import decode_bytes, decode_page
from .folding import fold_words
from .pages import IS_PAGE, fragment_text, page_text
from .paywalls import is_behind_paywall
from .records import JSON, NotARecord, first_words, parse_record, record_text, replace_surrogates
from .rescue import rescue_article
from .settings import IngestSettings

if TYPE_CHECKING:
    from .page_metadata import PageFact

HTML = "text/html"
FRAGMENT = "text/html; scope=fragment"
CDATA = re.compile(r"\s*<! ?\[CDATA\[(.*?)(?:\]\]>\s*)?", re.DOTALL | re.IGNORECASE)
CDATA_MARK = re.compile(r"<! ?\[CDATA\[|\]\](?:>|&gt;)", re.IGNORECASE)
# A standfirst whose start stands in the text is a summary of it, cut.
SAME_CHARS = 60
STOPS = (".", "!", "?", "”", '"')
PARAGRAPH_TAGS = re.compile(r"</?(?:p|div|br|li|h[1-6])(?:\s[^<>]{0,500})?/?>", re.IGNORECASE)

__all__ = ["FRAGMENT", "HTML", "RawArticle", "decode_bytes", "read_article", "read_raw_text"]


@dataclass(frozen=True, slots=True)
class RawArticle:
    """The raw text, what the page or the record around it declares, the record's own id, why there is no text, and whether the page keeps the rest for subscribers."""

    text: str
    metadata: "tuple[PageFact, ...]" = ()
    record_id: str | None = None
    problem: str | None = None
    is_paywalled: bool = False


def read_raw_text(payload: bytes, media_type: str, settings: IngestSettings) -> str:
    """Raw text of an archived input that was not rejected."""
    essence, parameters = parse_media_type(media_type)
    if essence == JSON:
        return read_marked_text(read_record_markup(parse_record(payload), settings))
    if essence == HTML:
        page = decode_page(payload, parameters.get("charset"))
        return fragment_text(read_markup(page)) if parameters.get("scope") == "fragment" else read_page_text(page)
    return decode_bytes(payload)


def read_record_markup(record: dict[str, Any], settings: IngestSettings) -> str:
    """The text of a record as it has it, without marks of CDATA; where it is markup that was escaped, as that was. Raises NotARecord."""
    text = strip_cdata(replace_surrogates(record_text(record, settings)))
    markup = read_markup(text) if "<" in text or "&lt;" in text else text
    return markup if is_markup(markup) else text


def read_marked_text(markup: str) -> str:
    """The text of what a record has: a page, the markup of an article, or plain words."""
    if not is_markup(markup):
        return markup
    return read_page_text(markup) if is_page(markup) else page_text(markup)


def read_page_text(page: str) -> str:
    """The text of a page, without the titles of its players, with the standfirst under its headline where that is not in it already."""
    text = rescue_article(page, page_text(page))
    if not text.strip() or not IS_PAGE.search(page):
        return text
    from .page_metadata import read_surroundings

    around = read_surroundings(page)
    return add_standfirst(drop_players(text, around.players), around.title, around.standfirst)


def drop_players(text: str, players: frozenset[str]) -> str:
    """The text without the lines that are the title of a video; a whole sentence is the story's too."""
    if not players:
        return text
    lines = text.split("\n")
    kept = [line for line in lines if line.endswith(STOPS) or fold_words(line) not in players]
    return "\n".join(kept) if any(kept) else text


def add_standfirst(text: str, title: str, standfirst: str) -> str:
    """The text with the standfirst as a line above the story, below the headline."""
    if not standfirst or fold_words(standfirst)[:SAME_CHARS] in fold_words(f"{title}\n{text}"):
        return text
    first, _, rest = text.partition("\n")
    has_title = bool(title) and fold_words(first) == fold_words(title)
    return f"{first}\n{standfirst}\n{rest}" if has_title else f"{standfirst}\n{text}"


def strip_cdata(text: str) -> str:
    """A text without the CDATA marks around it, which feeds and exports that escape twice leave."""
    marked = CDATA.fullmatch(text) if "[" in text[:200] else None
    return marked[1] if marked else text


def read_markup(text: str) -> str:
    """Markup without the marks of CDATA, which no reader of a page sees; what was escaped once more is as it was."""
    if "<" not in text and len(PARAGRAPH_TAGS.findall(html.unescape(text))) > 1:
        text = html.unescape(text)
    return CDATA_MARK.sub("", text)


def is_markup(text: str) -> bool:
    """Whether the text of a record is HTML, as systems that publish export it: it has two tags of paragraphs or more."""
    return len(PARAGRAPH_TAGS.findall(text)) > 1


def is_page(text: str) -> bool:
    """Whether the text of a record is a whole page, as crawlers store it."""
    return is_markup(text) and IS_PAGE.search(text) is not None


def read_article(payload: bytes, media_type: str, settings: IngestSettings) -> RawArticle:
    """Raw text and own metadata of an archived input that was not rejected; no text where a record has none."""
    essence, parameters = parse_media_type(media_type)
    if essence == JSON:
        return read_record_article(payload, settings)
    text = read_raw_text(payload, media_type, settings)
    if essence != HTML or parameters.get("scope") == "fragment":
        return RawArticle(text)
    from .page_metadata import read_metadata

    page = decode_page(payload, parameters.get("charset"))
    return RawArticle(text, read_metadata(page), is_paywalled=is_behind_paywall(page, text))


def read_record_article(payload: bytes, settings: IngestSettings) -> RawArticle:
    """What a record says of its article, by the settings; and behind that what the page says that it holds."""
    from .page_metadata import read_metadata
    from .record_facts import list_facts

    record = parse_record(payload)
    facts, own_id = tuple(list_facts(record, settings)), first_words(record, settings.id_fields)
    try:
        markup = read_record_markup(record, settings)
    except NotARecord as error:
        return RawArticle("", facts, own_id, error.args[1])
    text = read_marked_text(markup)
    if not is_page(markup):
        return RawArticle(text, facts, own_id)
    return RawArticle(text, (*facts, *read_metadata(markup)), own_id, is_paywalled=is_behind_paywall(markup, text))


def parse_media_type(media_type: str) -> tuple[str, dict[str, str]]:
    """The type in lower case, and its parameters."""
    message = Message()
    message["content-type"] = media_type
    return message.get_content_type(), {key: str(value) for key, value in (message.get_params() or [])[1:]}
