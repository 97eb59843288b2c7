"""Feeds: RSS 2.0, Atom (RFC 4287) and JSON Feed 1.1, one beside the other at each address, in pages (RFC 5005 § 3).

`posts` says what is in the feeds of posts, `serving` answers for any feed (of comments too), `formats` writes the three
formats, and `content` is what feeds allow a text to contain.
"""

from .formats import FORMATS
from .posts import author_feed, category_feed, site_feed, tag_feed
from .serving import Channel, feed_paths, feed_view

__all__ = ["FORMATS", "Channel", "author_feed", "category_feed", "feed_paths", "feed_view", "site_feed", "tag_feed"]
