"""What the author writes. One file per idea; import them from `blog.models`."""

from .media import Media
from .people import User
from .post import Page, Post
from .redirect import MissingAddress, Redirect
from .related import Lexicon, PostTerms, RelatedChoice, RelatedPost
from .revision import Revision
from .search import KnownWord
from .site import SiteSettings
from .taxonomy import Category, Tag

__all__ = [
    "Category",
    "KnownWord",
    "Lexicon",
    "Media",
    "MissingAddress",
    "Page",
    "Post",
    "PostTerms",
    "Redirect",
    "RelatedChoice",
    "RelatedPost",
    "Revision",
    "SiteSettings",
    "Tag",
    "User",
]
