"""The feeds of comments: of the whole site, and of one post or page. Only what everybody may read."""

from django.conf import settings
from django.db.models import Prefetch
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from blog.feeds import Channel, feed_view
from blog.feeds.content import for_feeds
from blog.models import Post, SiteSettings
from blog.pagecache import reading
from blog.rendering import plain_text
from comments.models import Comment, DiscussionSettings

# What an entry tells of its post: its title and address, and not its text.
POSTS = Post.objects.only("title", "slug", "kind", "published_at", "created_at", "language", "guid", "parent")


@feed_view
def site_comments():
    title = _("Comments on %(what)s") % {"what": SiteSettings.current().title}
    comments = Comment.objects.approved().filter(post__in=Post.objects.published())
    return channel(title, comments, link=reverse("home"), address=reverse("comments:feed"))


@feed_view
def post_comments(path):
    """The conversation below one post or page. Its last slug finds it, as it finds the page."""
    post = get_object_or_404(Post.objects.published(), slug=path.split("/")[-1])
    title = _("Comments on %(what)s") % {"what": post.title}
    link = post.get_absolute_url()
    comments = Comment.objects.approved().filter(post=post)
    return channel(title, comments, link=link, address=f"{link}feed/", reading=reading("comments_comment", post.pk))


def channel(title, comments, *, link, address, **of_channel):
    shows_faces = DiscussionSettings.current().avatars != DiscussionSettings.Avatars.NONE
    return Channel(
        title=title,
        description=title,
        link=link,
        address=address,
        rows=comments.with_pages(parents=True)
        .select_related("avatar", "parent")
        .defer("body", "parent__body", "parent__html")
        .prefetch_related(*(Prefetch(lookup, POSTS) for lookup in ("post", "post__parent", "post__parent__parent"))),
        describe=lambda comment: describe(comment, shows_faces),
        **of_channel,
    )


def describe(comment, shows_faces):
    """Return what a feed says of `comment`: never an e-mail address, and a face only under our own address of it."""
    post, parent = comment.post, comment.parent
    page = settings.SITE_URL + post.get_absolute_url()
    html, in_reply_to = comment.html, (post.guid, page)
    if parent and parent.status == Comment.Status.APPROVED:
        parent.post = post
        parent.page = comment.parent_page
        in_reply_to = (parent.guid, settings.SITE_URL + parent.get_absolute_url())
        sentence = format_html(_('In reply to <a href="{}">{}</a>'), in_reply_to[1], parent.name)
        html = f"<p>{sentence}</p>{html}"
    face = reverse("comments:avatar", args=[comment.avatar.key if comment.avatar else "nobody"])
    return {
        "title": _("%(name)s on “%(post)s”") % {"name": comment.name, "post": post.title},
        "link": settings.SITE_URL + comment.get_absolute_url(),
        "summary": Truncator(plain_text(comment.html)).words(45, truncate=" …"),
        "content": for_feeds(html, page),
        "author_name": comment.name,
        "author_link": comment.url or None,
        "pubdate": comment.created_at,
        "updateddate": comment.edited_at or comment.created_at,
        "unique_id": comment.guid,
        "unique_id_is_permalink": False,
        "language": post.language,
        "avatar": settings.SITE_URL + face if shows_faces else None,
        "in_reply_to": in_reply_to,
    }
