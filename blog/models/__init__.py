"""What the author writes. One file per idea; import them from `blog.models`."""

from .addresses import FormerAddress
from .media import Media
from .people import User
from .post import Page, Post
from .related import PostTerm, RelatedPost, Term
from .search import KnownWord
from .site import SiteSettings
from .taxonomy import Category, Tag

__all__ = [
    "Category",
    "FormerAddress",
    "KnownWord",
    "Media",
    "Page",
    "Post",
    "PostTerm",
    "RelatedPost",
    "SiteSettings",
    "Tag",
    "Term",
    "User",
]
