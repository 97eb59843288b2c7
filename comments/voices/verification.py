"""Whether a page really links to ours. Pure. https://www.w3.org/TR/webmention/#webmention-verification"""

import json
import re
from urllib.parse import urljoin, urlsplit

from comments.voices import discovery, markup

HTML = ("text/html", "application/xhtml+xml")
KINDS = (*HTML, "text/plain", "application/json", "application/activity+json", "application/ld+json")
LEADING = ("href", "src", "poster", "data", "cite")  # attributes that hold the address of another thing
NO_LINKS = {"link", "base", "script", "meta", "form"}  # what readers of the page do not meet
MORE_OF_AN_ADDRESS = re.compile(r"[\w~:/?#@!$&*+=%-]|[.,;'()][\w/]")


def links_to(content_type: str, text: str, url: str, target: str) -> bool:
    """Whether the page at `url` links to `target`, as its kind has links; of HTML, text and JSON."""
    if content_type in HTML:
        root = markup.parse(text)
        return next(links(root, discovery.base_of(root, url), target), None) is not None
    if content_type == "text/plain":
        return any(not MORE_OF_AN_ADDRESS.match(text, found.end()) for found in re.finditer(re.escape(target), text))
    try:
        return any(value == target for value in strings(json.loads(text)))
    except (ValueError, RecursionError):
        return False


def links(root: markup.Element, base: str, target: str):
    """Yield the elements below `root` that lead to `target`."""
    for element in root.elements():
        if element.name in NO_LINKS:
            continue
        names = (*LEADING, "value") if element.name == "data" else LEADING
        if any(is_same(base, element.attributes[name], target) for name in names if name in element.attributes):
            yield element


def is_same(base: str, address: str, target: str) -> bool:
    """Whether `address`, in a page with this base, is `target`: letter for letter, but for the case of the host."""
    try:
        return normal(urljoin(base, address.strip())) == normal(target)
    except ValueError:
        return False


def normal(address: str) -> tuple:
    split = urlsplit(address)
    return split.scheme, split.netloc.lower(), split.path or "/", split.query, split.fragment


def strings(value):
    """Yield every text in what was read from JSON."""
    line = [value]
    while line:
        value = line.pop()
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict):
            line += value.values()
        elif isinstance(value, list):
            line += value
