"""Who says what in a page that links to ours: microformats2, of which only what a comment shows. Pure.

https://microformats.org/wiki/microformats2-parsing, https://indieweb.org/comments#How_to_display. Whatever is found is
somebody's claim, and text to be sanitised.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from urllib.parse import urljoin, urlsplit

from comments.voices import discovery
from comments.voices.markup import APART, BLOCKS, Element, parse
from comments.voices.verification import links

ROOT = re.compile(r"h-[a-z][a-z0-9-]*")
ENTRIES = {"h-entry", "h-cite", "h-event", "h-review", "h-recipe"}
GESTURES = {  # property: gesture
    "in-reply-to": "reply",
    "like-of": "like",
    "favorite-of": "like",
    "repost-of": "repost",
    "share-of": "repost",
    "bookmark-of": "bookmark",
}
INLINE = {"a", "abbr", "b", "cite", "code", "del", "em", "i", "q", "strong"}  # of what comments may hold
LONGEST_REPLY, LONGEST_EXTRACT = 5000, 320  # characters
LONGEST_NAME, LONGEST_TITLE = 100, 150


@dataclass(frozen=True)
class Entry:
    gesture: str  # of `Voice.Gesture`
    name: str = ""  # of its author; "" where the page does not say
    url: str = ""  # of its author
    photo: str = ""  # of its author
    words: str = ""  # as somebody would have typed them into the form: a few tags, blank lines between paragraphs
    published: str = ""  # a date, as the page writes it


def read(html: str, url: str, target: str) -> Entry:
    """Return what the page at `url` says about `target`, to which it links."""
    root = parse(html)
    base = discovery.base_of(root, url)
    link = next(links(root, base, target), None)
    entry = entry_around(link) or first_entry(root, base, url)
    if entry is None:
        return Entry("mention", words=mentioned(root, link, title_of(root)))
    gesture = gesture_of(entry, base, target)
    found = {name: list(elements(entry, name)) for name in ("author", "content", "summary", "name", "published")}
    content = next(iter(found["content"] or found["summary"]), None)
    if gesture == "reply" and content is not None:
        words = typed(content, base)
    elif gesture in ("like", "repost", "bookmark"):
        words = ""
    else:
        title = found["name"][0].text if found["name"] else title_of(root)
        words = mentioned(content or entry, link, title)
    author = author_of(entry, root, base)
    return Entry(gesture, **author, words=words, published=date_of(found["published"]))


def is_root(element: Element) -> bool:
    return any(ROOT.fullmatch(name) for name in element.classes)


def properties(element: Element) -> set[str]:
    return {name.split("-", 1)[1] for name in element.classes if re.fullmatch(r"(?:p|u|dt|e)-[a-z-]+", name)}


def within(entry: Element) -> Iterator[Element]:
    """Yield the elements that belong to `entry` itself, and not to an item inside it."""
    line = entry.children[::-1]
    while line:
        element = line.pop()
        if isinstance(element, Element):
            yield element
            if not is_root(element):
                line += element.children[::-1]


def elements(entry: Element, name: str) -> Iterator[Element]:
    return (element for element in within(entry) if name in properties(element))


def ancestors(element: Element | None) -> Iterator[Element]:
    while element is not None:
        yield element
        element = element.parent


def entry_around(link: Element | None) -> Element | None:
    """Return the entry that says the link: the nearest that is not itself a thing which another entry answers."""
    around = [element for element in ancestors(link) if ENTRIES & set(element.classes)]
    return next((element for element in around if not (set(GESTURES) & properties(element))), None)


def first_entry(root: Element, base: str, url: str) -> Element | None:
    return next((element for element in root.elements() if "h-entry" in element.classes), None)


def gesture_of(entry: Element, base: str, target: str) -> str:
    for element in within(entry):
        for name in properties(element) & set(GESTURES):
            alone = Element("", children=[element])  # the property's own address, or one in it
            if next(links(alone, base, target), None) is not None:
                return GESTURES[name]
    return "mention"


def author_of(entry: Element, root: Element, base: str) -> dict[str, str]:
    """Return name, url and photo of whoever wrote `entry`: its own author, or that around it, or the page’s.

    https://indieweb.org/authorship, without its further look-ups: those would be one more page to fetch.
    """
    for item in ancestors(entry):
        if author := next(elements(item, "author"), None) if is_root(item) else None:
            return card(author, base)
    for element in root.elements():
        if element.name == "a" and "author" in element.attributes.get("rel", "").lower().split():
            return card(element, base)
    return {}


def card(element: Element, base: str) -> dict[str, str]:
    """Return what an h-card, or a plain name or link, says of a person."""
    below = [element, *element.elements()]

    def first(name, *attributes):
        for one in below:
            if name in properties(one) and one is not element:
                for attribute in attributes:
                    if one.attributes.get(attribute):
                        return one.attributes[attribute]
                return one.text
        return ""

    pictures = [one for one in below if one.name == "img" and one.attributes.get("src")]
    name = (
        first("name", "alt", "title") or element.text or "".join(one.attributes.get("alt", "") for one in pictures[:1])
    )
    url = first("url", "href") or element.attributes.get("href", "")
    photo = first("photo", "src", "data", "href") or (pictures[0].attributes["src"] if len(pictures) == 1 else "")
    return {"name": name[:LONGEST_NAME].strip(), "url": web_address(base, url), "photo": web_address(base, photo)}


def web_address(base: str, address: str) -> str:
    """Return an absolute http(s) address, "" for anything else."""
    try:
        found = urljoin(base, address.strip()) if address else ""
        split = urlsplit(found)
    except ValueError:
        return ""
    return found if split.scheme in ("http", "https") and split.netloc and not re.search(r"[\s<>\"]", found) else ""


def date_of(found: list[Element]) -> str:
    if not found:
        return ""
    inside = [found[0], *found[0].elements()]
    return next((one.attributes["datetime"] for one in inside if one.attributes.get("datetime")), found[0].text)[:40]


def title_of(root: Element) -> str:
    return next((element.text for element in root.elements() if element.name == "title"), "")


def mentioned(around: Element, link: Element | None, title: str) -> str:
    """Return the title of a page and the words in which it links here, as WordPress shows a pingback."""
    where = next((element for element in ancestors(link) if element.name in BLOCKS or element.name in APART), None)
    text, said = (where or around).text, link.text if link is not None else ""
    start = max(0, text.find(said) + len(said) // 2 - LONGEST_EXTRACT // 2) if said else 0
    extract = text[start : start + LONGEST_EXTRACT]
    if start:
        extract = "[…] " + extract.partition(" ")[2]
    if start + LONGEST_EXTRACT < len(text):
        extract = extract.rpartition(" ")[0] + " […]"
    title = title[:LONGEST_TITLE].strip()
    parts = [f"<cite>{escape(title, quote=False)}</cite>" if title else "", escape(extract, quote=False)]
    return "\n\n".join(part for part in parts if part)


def typed(element: Element, base: str) -> str:
    """Return the words of an element as somebody would have typed them into the comment form."""
    pieces: list[str] = []
    left = collect(element, base, pieces, LONGEST_REPLY)
    text = re.sub(r"[ \t]+", " ", "".join(pieces))
    text = re.sub(r" ?\n ?", "\n", text)
    return re.sub(r"\n{3,}", "\n\n", text).strip() + (" […]" if left <= 0 else "")


def collect(element: Element, base: str, pieces: list[str], left: int) -> int:
    """Add the words of `element` to `pieces` until `left` characters are; return how many more there may be."""
    for child in element.children:
        if left <= 0:
            break
        if isinstance(child, str):
            words = re.sub(r"\s+", " ", child)[:left]
            pieces.append(escape(words, quote=False))
            left -= len(words)
        elif child.name == "br":
            pieces.append("\n")
        elif child.name in INLINE or child.name == "blockquote":
            address = web_address(base, child.attributes.get("href", "")) if child.name == "a" else ""
            pieces.append(f'<a href="{escape(address)}">' if address else f"<{child.name}>")
            left = collect(child, base, pieces, left)
            pieces.append(f"</{child.name}>")
        elif not (set(GESTURES) & properties(child)):  # “in reply to …” is said by the thread
            apart = "\n\n" if child.name in APART else ""
            pieces.append(apart)
            left = collect(child, base, pieces, left)
            pieces.append(apart)
    return left
