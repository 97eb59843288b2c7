"""RSS 2.0 and Atom feeds (RFC 4287)."""

from django.contrib.syndication.views import Feed


class RssFeed(Feed):
    pass


class AtomFeed(RssFeed):
    pass


class CategoryFeed(RssFeed):
    pass


class TagFeed(RssFeed):
    pass


class AuthorFeed(RssFeed):
    pass
