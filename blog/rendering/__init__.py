"""From the author's source to safe HTML. Pure: imports no model and asks no database.

`render` is the one door. Its steps: the source's own syntax (`markdown` or `wordpress`) → sanitising by two
independent parsers with one policy → typography → layout → embeds → media → the policy once more, as a seal. What
comes after the sanitising works on HTML in one strict form (`clean_html`).
"""

import html
import re
from dataclasses import dataclass, field

from . import embeds, layout, markdown, media, sanitising, typography, wordpress
from .contents import Heading, contents, contents_if_long
from .pictures import Picture, Variant
from .recordings import File

__all__ = ["VERSION", "File", "Heading", "Picture", "Rendered", "Variant", "contents", "plain_text", "render"]

# Raise it when the same source gives other HTML; `manage.py rerender` then brings stored rows up.
VERSION = 3

SYNTAXES = {"markdown": markdown.to_html, "wordpress": wordpress.to_html}


@dataclass(frozen=True)
class Rendered:
    """`html` is safe to show as it is; `text` is its words alone, for search and excerpts; `contents` is the table of
    contents of a long text (see `contents.Heading`), ready for JSON."""

    html: str
    text: str
    contents: list[dict] = field(default_factory=list)
    media_ids: frozenset[int] = field(default_factory=frozenset)


def render(source: str, source_format: str, *, language: str, find_media, lead_id=None) -> Rendered:
    """Return what readers see of `source`.

    `source_format` is a key of SYNTAXES. `language` ("fr", "en", …) decides typography. `find_media(address)`
    returns the `Picture` or `File` that an address means, or None. `lead_id` is the media id of the picture that
    stands above the text. Never raises on any source, and takes a time that grows with its length: see `raw_html` and
    `markdown.Effort`.
    """
    clean = printable(sanitising.clean(SYNTAXES[source_format](printable(source))))
    clean = typography.correct(clean, language)
    arranged = embeds.arrange(layout.arrange(clean, language), language)
    shown, media_ids = media.place(arranged, find_media, lead_id=lead_id)
    shown = sanitising.seal(layout.without_empty(shown))
    text = plain_text(clean)
    return Rendered(shown, text, contents_if_long(shown, text), frozenset(media_ids))


def printable(source: str) -> str:
    """Return `source` without what no database and no page can hold: control characters, lone surrogates."""
    source = source.encode("utf-8", "replace").decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\U0010ff00-\U0010ffff]", "", source)


TAG = re.compile(r"<(/?[a-z][a-z0-9]*)[^>]*>")
FOOTNOTE_MARK = re.compile(r'<sup id="fnref[^>]*>.*?</sup>|<a class="footnote-backref"[^>]*>.*?</a>')
APART = re.compile(r"/?(?:br|p|div|ul|ol|li|dl|dt|dd|h\d|table|tr|td|th|figure|figcaption|blockquote|pre|section|hr)")


def plain_text(clean: str) -> str:
    """Return the words of sanitised HTML, without the marks of its footnotes."""
    without_marks = FOOTNOTE_MARK.sub("", embeds.without_cards(clean))
    words = TAG.sub(lambda tag: " " if APART.fullmatch(tag[1]) else "", without_marks)
    return " ".join(html.unescape(words).split())
