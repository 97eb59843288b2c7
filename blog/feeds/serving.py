"""One answer for every feed: its address, its page, its format, and nothing at all to a reader who has it already.

Absolute addresses come from SITE_URL and never from a request's Host header, so a copy kept by a cache is right for
everybody.
"""

import functools
import re
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import path
from django.utils.cache import patch_vary_headers
from django.utils.feedgenerator import Stylesheet

from blog import media_types
from blog.conditional import answer
from blog.models import SiteSettings
from blog.reading_only import read_only
from blog.rendering import printable

from .formats import FORMATS

# Nobody walks further back, and what a page costs stays bounded however long the blog.
MOST_PAGES = 1000
WORDPRESS_ALIASES = ("rdf", "rss", "rss2")


@dataclass(frozen=True)
class Channel:
    """What a feed is of."""

    title: str
    description: str
    link: str  # the path of the page that it follows
    address: str  # its own path, without the format: "/tag/encre/feed/"
    rows: QuerySet  # newest first; each row has `changed_at`
    describe: Callable  # of a row: the arguments of `formats.Entries.add_item`
    reading: AbstractContextManager = field(default_factory=nullcontext)  # what the rows are part of, to the page cache


@dataclass(frozen=True)
class Page:
    """One page of a feed (RFC 5005 § 3), at ?paged=2 as in WordPress; the first is the feed's own address."""

    number: int
    last: int
    address: str  # absolute, of the first

    def at(self, number):
        return self.address if number == 1 else f"{self.address}?paged={number}"

    def links(self):
        """Return {relation: address}; none for a feed of one page."""
        if self.last == 1:
            return {}
        found = {"first": 1, "previous": self.number - 1, "next": self.number + 1, "last": self.last}
        return {rel: self.at(number) for rel, number in found.items() if 1 <= number <= self.last}


def feed_paths(prefix, view, name):
    """Return the addresses of one feed: in each format, and those that WordPress has beside them."""
    return [
        path(f"{prefix}feed/", view, name=name),
        *(path(f"{prefix}feed/{kind}/", view, {"kind": kind}, f"{name}_{kind}") for kind in FORMATS if kind),
        *(path(f"{prefix}feed/{alias}/", view) for alias in WORDPRESS_ALIASES),
    ]


def feed_view(find):
    """Return a view that serves the `Channel` which `find` returns for the values in its address."""

    @read_only
    @functools.wraps(find)
    def view(request, kind="", **values):
        channel = find(**values)
        address = channel.address + (f"{kind}/" if kind else "")
        if request.path != address:
            return redirect(address, permanent=True)
        return serve(request, channel, kind, address)

    return view


def serve(request, channel, kind, address):
    """Return the page of the feed that `request` asks for, or 304 to who has it."""
    size = SiteSettings.current().posts_in_feed
    with channel.reading:
        known = channel.rows.order_by().values("pk")[: MOST_PAGES * size].count()
        page = Page(asked_page(request), max(1, -(-known // size)), settings.SITE_URL + address)
        if page.number > page.last:
            raise Http404
        rows = list(channel.rows[(page.number - 1) * size : page.number * size])

    feed = FORMATS[kind](
        title=printable(channel.title),
        link=settings.SITE_URL + channel.link,
        description=printable(channel.description),
        subtitle=printable(channel.description),
        language=settings.LANGUAGE_CODE,
        feed_url=page.at(page.number),
        feed_guid=page.at(1),
        stylesheets=[Stylesheet(static("css/feed.css"), "text/css", media=None)],
        pages=page.links(),
        for_people="",
    )
    for row in rows:
        feed.add_item(**printable_words(channel.describe(row)))
    changed = max((row.changed_at for row in rows), default=None)
    response = answer(request, *words_of(feed, request), changed)
    patch_vary_headers(response, ["Accept"])
    return response


def words_of(feed, request) -> tuple[bytes, str]:
    """Return the feed, or at a JSON feed's address the page that a browser shows of it; and its type."""
    accept = request.headers.get("Accept", "")
    context = {"feed": feed.feed, "items": feed.items}
    if media_types.suits_people(request.path, accept):
        return render_to_string("blog/feed_page.html", context, request).encode(), "text/html; charset=utf-8"
    feed.feed["for_people"] = render_to_string("blog/feed.html", context)
    return feed.writeString("utf-8").encode(), media_types.for_client(feed.content_type, accept)


def asked_page(request):
    """Return the page that ?paged=2 asks for, as in WordPress, or ?page=2, as in the lists; a 404 for what is none."""
    asked = request.GET.get("paged", request.GET.get("page", "1"))
    if not re.fullmatch(r"[1-9][0-9]{0,5}", asked):
        raise Http404
    return int(asked)


def printable_words(value):
    """Return `value` with no character in its texts that XML 1.0 forbids (§ 2.2)."""
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, list):
        return [printable_words(element) for element in value]
    if isinstance(value, dict):
        return {name: printable_words(element) for name, element in value.items()}
    return value
