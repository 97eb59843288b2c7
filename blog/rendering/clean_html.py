"""Reading and writing HTML in the one form that nh3 gives it.

Its serialiser (HTML Standard § 13.3) leaves no choice: names are in lower case, values in double quotes, and `<`, `>`
and `"` stand in a text or a value only as entities. So `<[^>]*>` is exactly a tag, and what changes sanitised HTML
need not be a parser. Whatever is written here keeps to that form.
"""

import re
from html import escape, unescape

TAG = re.compile(r"(<[^>]*>)")
NAME = re.compile(r"</?([a-z0-9]+)")
ATTRIBUTE = re.compile(r' ([\w:-]+)="([^"]*)"')

__all__ = ["attributes_of", "escape", "is_end", "name_of", "pieces", "start_tag", "words_of"]


def pieces(html: str) -> list[str]:
    """Return `html` cut into text, tag, text, tag … text; a text may be empty."""
    return TAG.split(html)


def name_of(tag: str) -> str:
    return NAME.match(tag)[1]


def is_end(tag: str) -> bool:
    return tag.startswith("</")


def attributes_of(tag: str) -> dict[str, str]:
    """Return what a start tag says, as characters and not as entities."""
    return {name: unescape(value) for name, value in ATTRIBUTE.findall(tag)}


def start_tag(name: str, attributes: dict[str, str | None]) -> str:
    """Return `<name …>`; an attribute that is None is left out."""
    said = "".join(f' {key}="{escape(str(value))}"' for key, value in attributes.items() if value is not None)
    return f"<{name}{said}>"


def words_of(html: str) -> str:
    """Return the characters of `html` without its tags, white space folded."""
    return " ".join(unescape(TAG.sub("", html)).split())
