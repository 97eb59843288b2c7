"""The table of contents of a long text."""

import re
from dataclasses import asdict, dataclass, field

from .clean_html import attributes_of, words_of

HEADING = re.compile(r"(<h([2-6])[^>]*>)(.*?)</h\2>", re.S)
# Below either a text needs no map: its parts are seen by scrolling once or twice.
FEWEST = 3  # headings
SHORTEST = 700  # words, a little more than three minutes


@dataclass
class Heading:
    anchor: str
    words: str
    below: list["Heading"] = field(default_factory=list)


def contents_if_long(html: str, text: str) -> list[dict]:
    """Return the table of contents of a text as JSON can hold it; an empty list for one that is not long.

    `html` is what was rendered, `text` its words.
    """
    if len(text.split()) < SHORTEST:
        return []
    return [asdict(heading) for heading in contents(html)]


def contents(html: str) -> list[Heading]:
    """Return the headings of rendered `html`: those of its highest level, each with those of the next level below it.

    None for a text with fewer than three. A heading before the first of the highest level stands among these.
    """
    found = [
        (int(level), attributes_of(tag)["id"], words_of(content))
        for tag, level, content in HEADING.findall(html)
        if "id" in attributes_of(tag)
    ]
    if len(found) < FEWEST:
        return []
    top = min(level for level, _, _ in found)
    tree = []
    for level, anchor, words in found:
        if level == top or (level == top + 1 and not tree):
            tree.append(Heading(anchor, words))
        elif level == top + 1:
            tree[-1].below.append(Heading(anchor, words))
    return tree
