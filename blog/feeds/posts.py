"""The feeds of posts: all of them, and those of a category, a tag or an author."""

from html import escape

from django.conf import settings
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.feedgenerator import Enclosure

from blog.models import Category, Post, SiteSettings, Tag, User
from blog.rendering.pictures import markup

from .content import for_feeds
from .serving import Channel, feed_view


def channel(owner, posts):
    """Return the channel of `posts`, which `owner` (a category, tag or author; None for the site) gathers."""
    site = SiteSettings.current()
    link = owner.get_absolute_url() if owner else reverse("home")
    about = getattr(owner, "description", "") or getattr(owner, "biography", "") if owner else site.description
    title = f"{owner} – {site.title}" if owner else site.title
    return Channel(
        title=title,
        description=about or site.tagline or title,
        link=link,
        address=f"{link}feed/",
        rows=posts.for_feeds(),
        describe=describe,
    )


def published():
    return Post.objects.published().posts()


@feed_view
def site_feed():
    return channel(None, published())


@feed_view
def category_feed(path):
    category = get_object_or_404(Category, slug=path.split("/")[-1])
    return channel(category, published().filed_under(category))


@feed_view
def tag_feed(slug):
    tag = get_object_or_404(Tag, slug=slug)
    return channel(tag, published().filter(tags=tag))


@feed_view
def author_feed(slug):
    author = get_object_or_404(User, slug=slug)
    posts = published().filter(author=author)
    # Somebody who has an account but has published nothing has no public feed.
    if not posts.exists():
        raise Http404
    return channel(author, posts)


def describe(post):
    """Return what a feed says of `post`."""
    address = settings.SITE_URL + post.get_absolute_url()
    picture = post.lead_picture
    return {
        "title": post.title,
        "link": address,
        "summary": post.summary,
        "content": for_feeds(lead(post) + post.html, address),
        "author_name": post.author.public_name,
        "author_link": settings.SITE_URL + post.author.get_absolute_url(),
        "pubdate": post.published_at,
        "updateddate": post.changed_at,
        "unique_id": post.guid,
        "unique_id_is_permalink": False,
        "categories": [term.name for term in (*post.categories.all(), *post.tags.all())],
        "comments": f"{address}#respond" if post.comments_open else None,
        "language": post.language,
        "picture": picture.absolute_url if picture and picture.is_picture else None,
        "enclosures": [Enclosure(picture.absolute_url, str(picture.size), picture.content_type)] if picture else [],
    }


def lead(post):
    """Return the lead picture as the head of a text that does not show it."""
    picture = post.lead_picture
    if not picture or not picture.is_picture or picture.file.url in post.html:
        return ""
    shown = markup(picture.as_picture(), width=picture.width, height=picture.height, sizes="100vw", alt=picture.alt)
    words = [picture.caption, f"© {picture.credit}" if picture.credit else ""]
    caption = " ".join(escape(part) for part in words if part)
    return f"<figure>{shown}<figcaption>{caption}</figcaption></figure>" if caption else f"<figure>{shown}</figure>"
