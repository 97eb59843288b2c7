"""What a page needs around a text's own elements. Works on sanitised HTML, and writes none of the author's words."""

import re

from .clean_html import attributes_of, is_end, name_of, pieces, start_tag, words_of
from .sanitising import ID_PREFIX

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
EMPTY = re.compile(r"<(p|li|figure)>\s*</\1>\n?")
LONGEST_SLUG = 80  # characters

# In the text's language, not the reader's.
BACK_TO_TEXT = {"fr": "Revenir au texte", "en": "Back to the text"}


def arrange(html: str, language: str) -> str:
    """Return `html` with its headings below the page's own and linked to themselves, its ids unique, its footnotes
    named for screen readers, and what may be wider than a phone made to scroll alone.

    What scrolls takes the keyboard's focus (WCAG 2.1.1).
    """
    html = headings(without_empty(html))
    arranged, tables, ids = [], 0, set()
    for place, piece in enumerate(pieces(html)):
        if not place % 2 or not piece:
            arranged.append(piece)
            continue
        name = name_of(piece)
        piece = with_unique_id(piece, name, ids)
        if name == "table":
            tables += -1 if is_end(piece) else 1
            if not is_end(piece) and tables == 1:
                piece = f'<div class="table-scroll" tabindex="0">{piece}'
            elif is_end(piece) and tables == 0:
                piece = f"{piece}</div>"
        elif name == "pre" and not is_end(piece):
            piece = piece.replace("<pre", '<pre tabindex="0"', 1)
        elif ' class="footnote' in piece:
            piece = named_footnote(piece, name, language)
        arranged.append(piece)
    return "".join(arranged)


def without_empty(html: str) -> str:
    """Return `html` without the paragraphs and list items that nothing is in."""
    return EMPTY.sub("", html)


def with_unique_id(tag, name, ids):
    own = attributes_of(tag).get("id") if ' id="' in tag else None
    if own in ids:
        return start_tag(name, {**attributes_of(tag), "id": None})
    if own:
        ids.add(own)
    return tag


def named_footnote(tag, name, language):
    """Return a tag that python-markdown wrote for its footnotes with its role (DPUB-ARIA 1.1)."""
    attributes = attributes_of(tag)
    kind = attributes.get("class")
    if kind == "footnote" and name == "div":
        return start_tag(name, {**attributes, "role": "doc-endnotes"})
    if kind == "footnote-ref" and name == "a":
        return start_tag(name, {**attributes, "role": "doc-noteref"})
    if kind == "footnote-backref" and name == "a":
        label = BACK_TO_TEXT.get(language[:2], BACK_TO_TEXT["en"])
        return start_tag(name, {**attributes, "title": None, "role": "doc-backlink", "aria-label": label})
    return tag


def headings(html: str) -> str:
    """Return `html` with each heading linked to itself, and one level lower where there is an h1: the page's title is
    the one h1."""
    down = 1 if "<h1" in html else 0
    taken = set(re.findall(r' id="([^"]*)"', html))

    def heading(match):
        level, attributes, content = int(match[1]), attributes_of(f"<h{match[2]}>"), match[3]
        words = words_of(content)
        if words:
            attributes.setdefault("id", anchor(words, taken))
            if "<a " not in content:
                content = f"{start_tag('a', {'class': 'headerlink', 'href': '#' + attributes['id']})}{content}</a>"
        name = f"h{min(6, level + down)}"
        return f"{start_tag(name, attributes)}{content}</{name}>"

    return re.sub(r"<h([1-6])([^>]*)>(.*?)</h\1>", heading, html, flags=re.S)


def anchor(words: str, taken: set[str]) -> str:
    """Return an id for a heading of these `words` that no other element has: `text-words`, `text-words_1`…"""
    base = ID_PREFIX + re.sub(r"[^\w]+", "-", words.lower()).strip("-")[:LONGEST_SLUG]
    anchor, number = base, 0
    while anchor in taken:
        number += 1
        anchor = f"{base}_{number}"
    taken.add(anchor)
    return anchor
