"""What search engines may list (sitemaps.org protocol)."""

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from blog.models import Category, Post, Tag

# Absolute addresses come from SITE_URL, never from a request's Host header.


class BlogSitemap(Sitemap):
    limit = 10_000

    def get_domain(self, site=None):
        return settings.SITE_URL.split("://", 1)[1]

    @property
    def protocol(self):
        return settings.SITE_URL.split("://", 1)[0]

    @protocol.setter
    def protocol(self, value):
        """The framework sets it from the request; SITE_URL decides."""


class HomeSitemap(BlogSitemap):
    def items(self):
        return ["home", "archive"]

    def location(self, item):
        return reverse(item)


class PostSitemap(BlogSitemap):
    def items(self):
        return Post.objects.published().posts().only("slug", "kind", "published_at", "created_at", "updated_at")

    def lastmod(self, post):
        return post.updated_at


class PageSitemap(PostSitemap):
    def items(self):
        return Post.objects.published().pages().order_by("pk")


class CategorySitemap(BlogSitemap):
    def items(self):
        return Category.objects.filter(posts__in=Post.objects.published().posts()).distinct().order_by("pk")


class TagSitemap(BlogSitemap):
    def items(self):
        return Tag.objects.filter(posts__in=Post.objects.published().posts()).distinct().order_by("pk")


SITEMAPS = {
    "home": HomeSitemap,
    "posts": PostSitemap,
    "pages": PageSitemap,
    "categories": CategorySitemap,
    "tags": TagSitemap,
}
