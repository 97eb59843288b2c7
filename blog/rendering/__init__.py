"""From the author's source to safe HTML. Pure: imports no model and asks no database.

`render` is the one door. Its steps: the source's own syntax (`markdown` or `wordpress`) → sanitising by two
independent parsers with one policy → typography → layout → pictures.
"""

import html
import re
from dataclasses import dataclass, field

from . import layout, markdown, pictures, sanitising, typography, wordpress
from .pictures import Picture, Variant

__all__ = ["VERSION", "Picture", "Rendered", "Variant", "render"]

# Raise it when the same source gives other HTML; `manage.py rerender` then brings stored rows up.
VERSION = 1

SYNTAXES = {"markdown": markdown.to_html, "wordpress": wordpress.to_html}


@dataclass(frozen=True)
class Rendered:
    """`html` is safe to show as it is; `text` is its words alone, for search and excerpts."""

    html: str
    text: str
    media_ids: frozenset[int] = field(default_factory=frozenset)


def render(source: str, source_format: str, *, language: str, find_picture) -> Rendered:
    """Return what readers see of `source`.

    `source_format` is a key of SYNTAXES. `language` ("fr", "en", …) decides typography. `find_picture(address)`
    returns the `Picture` that an image address means, or None. Never raises on any source.
    """
    clean = sanitising.clean(SYNTAXES[source_format](printable(source)))
    clean = typography.correct(clean, language)
    shown, media_ids = pictures.make_responsive(layout.arrange(clean, language), find_picture)
    return Rendered(html=shown, text=plain_text(clean), media_ids=frozenset(media_ids))


def printable(source: str) -> str:
    """Return `source` without what no database and no page can hold: control characters, lone surrogates."""
    source = source.encode("utf-8", "replace").decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]", "", source)


TAG = re.compile(r"""<(/?[a-z][a-z0-9]*)(?:[^>"]|"[^"]*")*>""")
FOOTNOTE_MARK = re.compile(r'<sup id="fnref[^>]*>.*?</sup>|<a class="footnote-backref"[^>]*>.*?</a>')
APART = re.compile(r"/?(?:br|p|div|ul|ol|li|dl|dt|dd|h\d|table|tr|td|th|figure|figcaption|blockquote|pre|section|hr)")


def plain_text(clean: str) -> str:
    """Return the words of sanitised HTML, without the marks of its footnotes."""
    without_marks = FOOTNOTE_MARK.sub("", clean)
    words = TAG.sub(lambda tag: " " if APART.fullmatch(tag[1]) else "", without_marks)
    return " ".join(html.unescape(words).split())
