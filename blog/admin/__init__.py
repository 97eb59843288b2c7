"""The author's desk: one file per kind of thing."""

from . import media, people, posts, redirects, site, taxonomy

__all__ = ["media", "people", "posts", "redirects", "site", "taxonomy"]
