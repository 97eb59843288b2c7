"""The media types of feeds. Pure: the page cache asks before Django is there."""

import re

JSON_FEED = "/feed/json/"  # the end of its address
FEED = re.compile(r"application/(?:rss|atom|feed)\+(?=xml|json)")


def is_feed(content_type: str) -> bool:
    return bool(FEED.match(content_type))


def suits_people(path: str, accept: str) -> bool:
    """Whether a page is answered at the address of a feed: JSON cannot be styled, as the XML of the others is."""
    return path.endswith(JSON_FEED) and "text/html" in accept


def for_client(content_type: str, accept: str) -> str:
    """Return a feed's type as it suits `accept`, a request's Accept header; any other type as it is.

    A browser is given the plain type of the same bytes: Firefox downloads application/rss+xml and Chromium shows its
    source, and both show application/xml the way it is styled.
    """
    return FEED.sub("application/", content_type) if "text/html" in accept else content_type
