"""What readers see of the blog. Everything public starts from `Post.objects.published()`."""

from .articles import found_by, page, post, preview, render_post
from .legacy import legacy_upload
from .lists import AuthorList, CategoryList, Home, MonthList, TagList, YearList, archive, categories, tags
from .machines import healthz, robots
from .offline import offline, service_worker
from .search import opensearch, search
from .sharing import card, mastodon

__all__ = [
    "AuthorList",
    "CategoryList",
    "Home",
    "MonthList",
    "TagList",
    "YearList",
    "archive",
    "card",
    "categories",
    "found_by",
    "healthz",
    "legacy_upload",
    "mastodon",
    "offline",
    "opensearch",
    "page",
    "post",
    "preview",
    "render_post",
    "robots",
    "search",
    "service_worker",
    "tags",
]
