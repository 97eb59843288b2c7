"""From a visitor's words to safe HTML. Pure: imports no model and asks no database.

Only the tags that the form announces survive. bleach applies that policy first; paragraphs are then made from blank
lines, and nh3, an independent parser, applies the policy once more (with the paragraphs) and mends what cutting into
paragraphs left open. Typography comes last, on texts alone: it makes no tag and no attribute.
"""

import re
from functools import partial
from html import escape

import nh3
from bleach.linkifier import LinkifyFilter
from bleach.sanitizer import Cleaner

from blog.rendering import printable, typography
from blog.rendering.wordpress import paragraphs

# Raise it when the same words give other HTML; `manage.py rerender` then brings stored comments up.
VERSION = 3

ALLOWED_TAGS = {  # and their attributes, in the order the form prints them
    "a": ["href", "title"],
    "abbr": ["title"],
    "acronym": ["title"],
    "b": [],
    "blockquote": ["cite"],
    "cite": [],
    "code": [],
    "del": ["datetime"],
    "em": [],
    "i": [],
    "q": ["cite"],
    "strike": [],
    "strong": [],
}
SCHEMES = {"http", "https"}

ADDRESS = re.compile(r"\(?(?:https?://|(?<![\w.@/-])www\.)[^\s<>\"«»]{1,1900}[^\s<>\"«».,;:!?…'’]", re.I)
ADDRESS_IN_ANGLES = re.compile(r"<(https?://[^\s<>]{1,1900})>", re.I)
CODE = re.compile(r"<code>(.*?)</code>", re.I | re.S)
TAG = re.compile(r'(<(?:[^>"]|"[^"]*")*>)')

EMOJI = {":)": "🙂", ":-)": "🙂", ";)": "😉", ";-)": "😉", ":D": "😀", ":-D": "😀", ":(": "🙁", ":-(": "🙁"}
EMOTICON = re.compile(r"(?:(?<!\S)|(?<=&nbsp;))([:;]-?\)|:-?D|:-?\()(?=$|\s|[.,!?…)])")

MOST_MARKS = 3
MARK = "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20f0\ufe20-\ufe2f]"
STACKED = re.compile(f"({MARK}{{{MOST_MARKS}}}){MARK}+")

CLEANER = Cleaner(
    tags=set(ALLOWED_TAGS),
    attributes=ALLOWED_TAGS,
    protocols=SCHEMES,
    strip=True,
    filters=[partial(LinkifyFilter, callbacks=[], skip_tags={"code"}, url_re=ADDRESS)],
)


def allowed_tags() -> str:
    """Return the allowed tags as the form prints them, WordPress's way: `<a href="" title=""> <abbr title="">…`."""
    return " ".join(
        "<" + " ".join([tag, *(f'{attribute}=""' for attribute in attributes)]) + ">"
        for tag, attributes in ALLOWED_TAGS.items()
    )


def render(body: str, language: str = "") -> str:
    """Return what readers see of a comment below a post in `language` ("fr", "en"; others are left alone).

    Never raises on any text.
    """
    source = ADDRESS_IN_ANGLES.sub(r"\1", calm(printable(body)))
    # Somebody who shows code means its tags to be read.
    source = CODE.sub(lambda match: f"<code>{escape(match[1], quote=False)}</code>", source)
    html = paragraphs(keep_shape_of_code(CLEANER.clean(source)))
    html = nh3.clean(
        html,
        tags={*ALLOWED_TAGS, "br", "p", "pre"},
        attributes={tag: set(attributes) for tag, attributes in ALLOWED_TAGS.items()},
        url_schemes=SCHEMES,
        link_rel="nofollow ugc",
        clean_content_tags=set(),
    )
    return typography.correct(emoticons(html), language).strip()


def calm(text: str) -> str:
    """Return `text` with at most MOST_MARKS marks on a letter: what stacks more writes over its neighbours.

    No language of the Latin, Greek and Cyrillic letters needs more; the marks of other scripts are left alone.
    """
    return STACKED.sub(r"\1", text)


def keep_shape_of_code(html: str) -> str:
    """Return `html` with each <code> of several lines in a <pre>, so that its indentation shows."""
    return CODE.sub(lambda match: f"<pre>{match.group()}</pre>" if "\n" in match[1].strip() else match.group(), html)


def emoticons(html: str) -> str:
    """Return sanitised `html` with :) ;-) :D :( as emoji, but not in code."""
    in_code, pieces = 0, []
    for piece in TAG.split(html):
        if piece.startswith("<"):
            if re.match(r"</?(?:code|pre)\b", piece):
                in_code += -1 if piece.startswith("</") else 1
        elif not in_code:
            piece = EMOTICON.sub(lambda match: EMOJI[match[1]], piece)
        pieces.append(piece)
    return "".join(pieces)
