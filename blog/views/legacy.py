"""WordPress's own addresses lead to where things stand now."""

import re

from django.http import Http404, HttpResponsePermanentRedirect
from django.urls import reverse

from blog.models import Media, Post

FEEDS = {"feed": "feed", "rss": "feed", "rss2": "feed", "rdf": "feed", "atom": "feed_atom", "json": "feed_json"}


def legacy_permalink(query):
    """Return where WordPress's plain addresses (`/?p=200`, `?page_id=`, `?attachment_id=`, `?feed=`) lead, or None.

    An imported post answers to its WordPress number; a post written here to its own.
    """
    if feed := FEEDS.get(query.get("feed")):
        return reverse(feed)
    number = query.get("p") or query.get("page_id") or query.get("attachment_id")
    if number is None:
        return None
    if not re.fullmatch(r"[0-9]{1,18}", number):
        raise Http404
    candidates = Post.objects.published()
    found = candidates.filter(wordpress_id=number).first()
    if not found and (attachment := Media.objects.filter(wordpress_id=number).first()):
        return attachment.file.url
    found = found or candidates.filter(pk=number, wordpress_id=None).first()
    if not found:
        raise Http404
    return found.get_absolute_url()


def legacy_upload(request, path):
    """WordPress's address of a file, or of one of its resized copies (`name-300x200.jpg`), leads to the file."""
    media = None if "\x00" in path else Media.at_legacy_path(path)
    if media is None:
        raise Http404
    return HttpResponsePermanentRedirect(media.file.url)
