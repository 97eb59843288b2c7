"""Which post, and which comment below it, an address of this site means."""

import re
from urllib.parse import parse_qs, unquote, urlsplit

from django.conf import settings
from django.http import Http404
from django.urls import Resolver404, resolve

from blog.models import Post
from blog.views.legacy import legacy_permalink
from comments.models import Comment

POST_PAGES = {"post", "post_with_day", "page", "comments:page", "comments:permalink"}


def is_ours(url: str) -> bool:
    """Whether an address is one of this site: with or without www., over http or https."""
    try:
        split = urlsplit(url)
        own = urlsplit(settings.SITE_URL)
    except ValueError:
        return False
    return split.scheme in ("http", "https") and bare(split.netloc) == bare(own.netloc)


def bare(netloc: str) -> str:
    return netloc.lower().removeprefix("www.").removesuffix(":80").removesuffix(":443")


def find(url: str) -> tuple[Post, Comment | None] | None:
    """Return the published post or page that `url` means, with the comment that its fragment or path names, or None."""
    if not is_ours(url) or "\0" in unquote(url):
        return None
    split = urlsplit(url)
    path = unquote(split.path) or "/"
    if path == "/":
        try:
            path = legacy_permalink({name: values[0] for name, values in parse_qs(split.query).items()}) or "/"
        except Http404:
            return None
    post = post_at(path if path.endswith("/") else f"{path}/")
    if post is None:
        return None
    number = re.search(r"/comment-(\d{1,18})/?$", path) or re.fullmatch(r"comment-(\d{1,18})", split.fragment)
    return post, post.comments.approved().filter(pk=number[1]).first() if number else None


def post_at(path: str) -> Post | None:
    try:
        match = resolve(path)
    except Resolver404:
        return None
    if match.view_name not in POST_PAGES:
        return None
    slug = match.kwargs.get("slug") or match.kwargs.get("path", "").split("/")[-1]
    published = Post.objects.published()
    return published.filter(slug=slug).first() or published.filter(former_addresses__path=path.strip("/")).first()
