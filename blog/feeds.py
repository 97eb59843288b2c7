"""RSS 2.0 and Atom (RFC 4287) feeds, with the full text and addresses that work from anywhere.

Absolute addresses come from SITE_URL and never from a request's Host header, so a copy kept by a cache
is right for everybody.
"""

import re
from urllib.parse import urljoin

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.feedgenerator import Atom1Feed, Enclosure, Rss201rev2Feed
from django.views.decorators.http import conditional_page, require_safe

from blog.models import Category, Post, SiteSettings, Tag, User


class Rss(Rss201rev2Feed):
    """RSS 2.0 whose items carry their whole text in content:encoded (RSS content module)."""

    def rss_attributes(self):
        return {
            **super().rss_attributes(),
            "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
        }

    def add_item_elements(self, handler, item):
        # RSS wants an e-mail in <author>, and no page or feed of ours shows one: dc:creator names people.
        super().add_item_elements(handler, item)
        handler.addQuickElement("content:encoded", item["content"])


class Atom(Atom1Feed):
    def add_item_elements(self, handler, item):
        super().add_item_elements(handler, item)
        handler.addQuickElement("content", item["content"], {"type": "html"})


def printable(text):
    """Return `text` without the control characters that XML 1.0 forbids (§ 2.2)."""
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "", text)


def absolute_addresses(html):
    """Return `html` with every address that starts at the site's root made absolute (href, src, srcset)."""

    def absolute(match):
        return re.sub(r'(^|["\s,])/(?!/)', rf"\1{settings.SITE_URL}/", match.group())

    return re.sub(r'\b(?:href|src|srcset)="[^"]*"', absolute, html)


def respond(generator_class, posts, *, title, link, feed_url, description):
    """Return the feed of the newest of `posts` as a response."""
    site = SiteSettings.load()
    feed = generator_class(
        title=title or site.title,
        link=urljoin(settings.SITE_URL, link),
        description=description or site.description or site.tagline or site.title,
        language=settings.LANGUAGE_CODE,
        feed_url=urljoin(settings.SITE_URL, feed_url),
    )
    for post in posts.for_feeds()[: site.posts_in_feed]:
        address = settings.SITE_URL + post.get_absolute_url()
        picture = post.lead_picture
        feed.add_item(
            title=printable(post.title),
            link=address,
            description=printable(post.summary),
            content=printable(absolute_addresses(post.html)),
            author_name=post.author.public_name,
            pubdate=post.published_at,
            updateddate=post.updated_at,
            unique_id=post.guid,
            unique_id_is_permalink=False,
            categories=[term.name for term in (*post.categories.all(), *post.tags.all())],
            enclosures=[Enclosure(picture.absolute_url, str(picture.size), picture.content_type)] if picture else [],
        )
    response = HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)
    patch_cache_control(response, max_age=0, must_revalidate=True)
    return response


def feed_view(find):
    """Return a view that serves the feed whose posts, title, link and description `find` returns."""

    @require_safe
    @conditional_page
    def view(request, generator_class=Rss, **kwargs):
        posts, title, link, description = find(**kwargs)
        return respond(generator_class, posts, title=title, link=link, feed_url=request.path, description=description)

    return view


def published():
    return Post.objects.published().posts()


@feed_view
def site_feed():
    return published(), "", reverse("home"), ""


@feed_view
def category_feed(path):
    category = get_object_or_404(Category, slug=path.split("/")[-1])
    posts = published().filter(categories__in=category.with_descendants()).distinct()
    return posts, f"{category.name} – {SiteSettings.load()}", category.get_absolute_url(), category.description


@feed_view
def tag_feed(slug):
    tag = get_object_or_404(Tag, slug=slug)
    return published().filter(tags=tag), f"{tag.name} – {SiteSettings.load()}", tag.get_absolute_url(), tag.description


@feed_view
def author_feed(slug):
    author = get_object_or_404(User.objects.filter(posts__in=published()).distinct(), slug=slug)
    title = f"{author.public_name} – {SiteSettings.load()}"
    return published().filter(author=author), title, author.get_absolute_url(), author.biography
