"""What the author writes. One file per idea; import them from `blog.models`."""

from .media import Media
from .people import User
from .post import Page, Post, RelatedPost
from .site import SiteSettings
from .taxonomy import Category, Tag

__all__ = ["Category", "Media", "Page", "Post", "RelatedPost", "SiteSettings", "Tag", "User"]
