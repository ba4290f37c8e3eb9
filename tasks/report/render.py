"""Pages from templates: everything is escaped unless it is Markup, and no page may load anything from anywhere."""

import base64
import hashlib
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

TEMPLATES = Path(__file__).parent / "templates"
POLICY = "default-src 'none'; style-src 'self' file:; form-action 'self' file:; base-uri 'none'"
"""Nothing but the style sheet beside the pages; `file:` because 'self' names no origin for pages opened from a disk."""


@cache
def environment() -> Environment:
    """The templates, with escaping on for all of them; an unknown variable is an error."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters |= {"number": lambda n: f"{n:,}", "percent": lambda s: f"{s:.0%}", "plural": pluralise}
    made.filters |= {"kind": name_kind, "visible": show_blanks}
    return made


KINDS = {
    "PERSON": "person",
    "ORG": "organisation",
    "GPE": "country or town",
    "LOC": "place",
    "NORP": "group of people",
    "FAC": "building",
    "EVENT": "event",
    "PRODUCT": "product",
    "WORK_OF_ART": "work",
    "LAW": "law",
}


def name_kind(label: str) -> str:
    """An OntoNotes label in words."""
    return KINDS[label]


def show_blanks(text: str) -> str:
    """Text that is nothing but blanks with a sign for each, other text as it is."""
    return text if text.strip() else text.replace("\n", "¶").replace(" ", "␣").replace("\t", "⇥")


def pluralise(count: int, word: str, several: str | None = None) -> str:
    """1 article, 2 articles."""
    return f"{count:,} {word if count == 1 else several or word + 's'}"


LISTS = ("articles", "outlet", "outlets", "quotations", "speaker", "speakers", "stories", "story")
"""Pages whose lists can be filtered and sorted, by the names of their templates."""


def render_page(name: str, root: str, **context: Any) -> str:
    """The HTML of a page by the name of its template; `root` is the way from its folder to that of the report."""
    script, policy = (read_script("lists.js"), allow_scripts("lists.js")) if name in LISTS else (None, POLICY)
    template = environment().get_template(f"{name}.html")
    return keep_characters(template.render(root=root, policy=policy, list_script=script, **context))


def keep_characters(page: str) -> str:
    """The page with the characters that an HTML reader would change written so that it does not.

    A bare carriage return would become a line feed; NUL cannot stand in HTML at all and is shown as its picture.
    """
    return page.replace("\r", "&#13;").replace("\x00", "\u2400")


@cache
def read_script(name: str) -> Markup:
    """A script of the report, to stand inside a page."""
    return Markup((TEMPLATES / name).read_text(encoding="utf-8"))


@cache
def allow_scripts(*names: str) -> str:
    """The policy that allows exactly these scripts."""
    digests = [base64.b64encode(hashlib.sha256(read_script(name).encode()).digest()).decode() for name in names]
    return " ".join([f"{POLICY}; script-src", *(f"'sha256-{digest}'" for digest in digests)])


def render_corrections(**context: Any) -> str:
    """The page that collects corrections in the browser; its script is allowed by its hash."""
    script, policy = read_script("corrections.js"), allow_scripts("corrections.js")
    template = environment().get_template("corrections.html")
    return keep_characters(template.render(root="", policy=policy, list_script=None, script=script, **context))


def render_search(index: str, **context: Any) -> str:
    """The search page: its scripts are allowed by their hashes."""
    script, policy = read_script("search.js"), allow_scripts("search.js")
    template = environment().get_template("search.html")
    words = Markup(index)
    return keep_characters(
        template.render(root="", policy=policy, list_script=None, script=script, index=words, **context)
    )
