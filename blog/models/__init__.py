"""What the author writes. One file per idea; import them from `blog.models`."""

from .addresses import FormerAddress
from .media import Media
from .people import User
from .post import Page, Post
from .related import Lexicon, PostTerms, RelatedChoice, RelatedPost
from .search import KnownWord
from .site import SiteSettings
from .taxonomy import Category, Tag

__all__ = [
    "Category",
    "FormerAddress",
    "KnownWord",
    "Lexicon",
    "Media",
    "Page",
    "Post",
    "PostTerms",
    "RelatedChoice",
    "RelatedPost",
    "SiteSettings",
    "Tag",
    "User",
]
