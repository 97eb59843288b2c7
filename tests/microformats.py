"""Reading microformats2 as a parser does (microformats.org/wiki/microformats2-parsing), for what our pages use."""

import re
from urllib.parse import urljoin

ROOT = re.compile(r"h-[a-z-]+")
PROPERTY = re.compile(r"(p|u|dt|e)-([a-z-]+)")


def items(document, base):
    """Return the items at the top of an element tree: {"type": […], "properties": {…}, "children": […]}."""
    found = []
    walk(document, base, {"properties": {}, "children": found})
    return found


def walk(element, base, parent):
    """Put what stands below `element` into `parent`, an item."""
    for child in element:
        if not isinstance(child.tag, str):
            continue
        classes = (child.get("class") or "").split()
        types = [name for name in classes if ROOT.fullmatch(name)]
        properties = [match.groups() for name in classes if (match := PROPERTY.fullmatch(name))]
        if types:
            item = {"type": types, "properties": {}, "children": []}
            walk(child, base, item)
            imply(child, base, item)
            for _, name in properties:
                parent["properties"].setdefault(name, []).append(item)
            if not properties:
                parent["children"].append(item)
            continue
        for kind, name in properties:
            parent["properties"].setdefault(name, []).append(value(child, kind, base))
        walk(child, base, parent)


def value(element, kind, base):
    if kind == "u":
        for name in ("href", "src", "poster", "data"):
            if element.get(name) is not None:
                address = urljoin(base, element.get(name))
                if element.tag == "img" and element.get("alt") is not None:
                    return {"value": address, "alt": element.get("alt")}
                return address
    if kind == "dt" and element.get("datetime"):
        return element.get("datetime").strip()
    if kind == "p" and element.tag == "img":
        return element.get("alt", "")
    return " ".join("".join(element.itertext()).split())


def imply(element, base, item):
    """The name, photo and address of an item whose author wrote none as properties."""
    properties = item["properties"]
    explicit = [name for name in properties if name in ("name", "content", "summary", "author", "category")]
    if not explicit:
        properties.setdefault("name", [" ".join("".join(element.itertext()).split())])
    if "url" not in properties and element.tag == "a" and element.get("href"):
        properties["url"] = [urljoin(base, element.get("href"))]
