"""Where a page wants to hear of mentions. Pure. https://www.w3.org/TR/webmention/#sender-discovers-receiver-webmention-endpoint"""

import re
from urllib.parse import urljoin

from comments.voices import markup

REL = "webmention"
LINK = re.compile(r"""<([^>]*+)>((?:[^,"]|"(?:[^"\\]|\\.)*+"?)*+)""")  # RFC 8288 § 3
PARAMETER = re.compile(r""";\s*+([^\s=;"]++)\s*+(?:=\s*+(?:"((?:[^"\\]|\\.)*+)"?|([^\s;,"]++)))?+""")


def endpoint_in_headers(url: str, values: list[str]) -> str | None:
    """Return the endpoint that the Link headers of the page at `url` name, or None."""
    for value in values:
        for address, parameters in LINK.findall(value):
            named = {}
            for name, quoted, bare in PARAMETER.findall(parameters):
                named.setdefault(name.lower(), quoted or bare)
            if REL in named.get("rel", "").lower().split():
                return urljoin(url, address.strip())
    return None


def endpoint_in_html(url: str, html: str) -> str | None:
    """Return the endpoint that the first <link> or <a> of a page names, or None. An empty `href` is the page itself."""
    root = markup.parse(html)
    base = base_of(root, url)
    for element in root.elements():
        address = element.attributes.get("href") if element.name in ("link", "a") else None
        if address is not None and REL in element.attributes.get("rel", "").lower().split():
            return urljoin(base, address.strip())
    return None


def base_of(root: markup.Element, url: str) -> str:
    """Return what the relative addresses of a page are relative to."""
    for element in root.elements():
        if element.name == "base" and "href" in element.attributes:
            return urljoin(url, element.attributes["href"].strip())
    return url


def endpoint_of(answer) -> str | None:
    """Return the endpoint of a page that was fetched, or None."""
    found = endpoint_in_headers(answer.url, answer.headers.get_all("Link", []))
    return found or (endpoint_in_html(answer.url, answer.text) if answer.body else None)
