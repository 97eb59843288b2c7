"""What of an author's HTML readers will not get, so that its author is told."""

import re

from blog.rendering import SYNTAXES, printable
from blog.rendering.sanitising import TAGS

# <iframe> becomes a link, and the frame of a page is of no use in a text: nobody has to hear of these.
QUIETLY = {"iframe", "html", "head", "body", "main", "article", "header", "footer", "nav", "center", "font", "picture"}
SUSPECT = re.compile(r"<[a-z]|javascript:", re.I)
TAG = re.compile(r"<([a-z][a-z0-9-]*)((?:[^<>\"']|\"[^\"]*\"|'[^']*')*)", re.I)
HANDLER = re.compile(r"\s(on[a-z]+)\s*=", re.I)
SCRIPT_ADDRESS = re.compile(r"=\s*[\"']?\s*javascript:", re.I)
MOST_NAMED = 6


def taken_out(source: str, source_format: str) -> list[str]:
    """Return the elements, handlers and addresses of `source` that the site's policy takes out, as one writes them."""
    if not SUSPECT.search(source):
        return []
    found = {}
    for tag in TAG.finditer(SYNTAXES[source_format](printable(source))):
        name = tag[1].lower()
        if name not in TAGS and name not in QUIETLY:
            found[f"<{name}>"] = None
        found |= {f"{handler.lower()}=": None for handler in HANDLER.findall(tag[2])}
        if SCRIPT_ADDRESS.search(tag[2]):
            found["javascript:"] = None
        if len(found) >= MOST_NAMED:
            break
    return list(found)[:MOST_NAMED]
