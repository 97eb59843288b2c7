"""Looking into HTML and XML answers as a browser or a feed reader would."""

import html5lib
from defusedxml import ElementTree


def parse(response):
    """Return the answer's document as an element tree without namespaces."""
    return html5lib.parse(response.content, namespaceHTMLElements=False, transport_encoding="utf-8")


def parse_xml(response):
    return ElementTree.fromstring(response.content)


def text_of(element):
    """Return all the words below `element`, with white space folded."""
    return " ".join("".join(element.itertext()).split())


def with_class(document, name):
    """Return the elements that carry the class `name`."""
    return [element for element in document.iter() if name in (element.get("class") or "").split()]


def links(document):
    return [a.get("href") for a in document.iter("a") if a.get("href")]
