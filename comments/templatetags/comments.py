"""The conversation, for templates."""

from django import template
from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import get_language

from blog import pagecache
from blog.rendering import plain_text
from blog.templatetags.dates import long_date
from comments import avatars, rendering, threads, waiting
from comments.forms import CommentForm
from comments.models import Comment, DiscussionSettings

register = template.Library()

SHOWN = 80  # CSS pixels: as wide as a page shows a face at most
MOST_AS_DATA, MOST_CHARACTERS = 20, 300


@register.inclusion_tag("comments/_thread.html", takes_context=True)
def comment_thread(context, post):
    """The conversation below `post`: what is approved, and the visitor's own words that wait."""
    comments = conversation(context["request"], post)
    return {"post": post, "nodes": threads.arrange(comments), "count": len(comments), "site_url": settings.SITE_URL}


def conversation(request, post):
    """Return the comments that `comment_thread` shows, in reading order; read once for one page."""
    if not hasattr(request, "conversation"):
        request.conversation = read_conversation(request, post)
    return request.conversation


def read_conversation(request, post):
    own = Q(pk__in=waiting.read(request), status=Comment.Status.PENDING)
    comments = post.comments.filter(Q(status=Comment.Status.APPROVED) | own).select_related("avatar").order_by("path")
    with pagecache.reading("comments_comment", post.pk):
        comments = list(comments.defer("body", "ip", "user_agent", "reason"))
    by_id = {comment.pk: comment for comment in comments}
    discussion = DiscussionSettings.load()
    request.shows_gravatars = discussion.avatars == DiscussionSettings.Avatars.DIRECT
    for comment in comments:
        comment.answered = by_id.get(comment.parent_id)
        comment.avatar_url = avatar_url(comment, discussion)
        comment.is_waiting = comment.status == Comment.Status.PENDING
        comment.is_by_author = comment.user_id is not None and comment.user_id == post.author_id
    return comments


@register.simple_tag(takes_context=True)
def conversation_data(context, post):
    """The conversation as schema.org names it: `commentCount`, and the first comments as `Comment`.

    https://schema.org/Comment. Not more than a search engine shows: the words stand in the page already.
    """
    comments = [comment for comment in conversation(context["request"], post) if not comment.is_waiting]
    page = settings.SITE_URL + post.get_absolute_url()
    return {
        "commentCount": len(comments),
        "comment": [comment_data(comment, page) for comment in comments[:MOST_AS_DATA]],
    }


def comment_data(comment, page):
    data = {
        "@type": "Comment",
        "@id": f"{page}#comment-{comment.pk}",
        "url": f"{page}#comment-{comment.pk}",
        "author": {"@type": "Person", "name": comment.name},
        "datePublished": timezone.localtime(comment.created_at).isoformat(timespec="seconds"),
        "text": Truncator(plain_text(comment.html)).chars(MOST_CHARACTERS),
    }
    if comment.url:
        data["author"]["url"] = comment.url
    if comment.answered and not comment.answered.is_waiting:
        data["parentItem"] = {"@id": f"{page}#comment-{comment.answered.pk}"}
    return data


def avatar_url(comment, discussion):
    """Return where the commenter's face is; "" when the author wants none."""
    if discussion.avatars == DiscussionSettings.Avatars.NONE:
        return ""
    if discussion.avatars == DiscussionSettings.Avatars.DIRECT and comment.avatar:
        base = "https://gravatar.com/avatar/"
        return avatars.gravatar_url(
            base, comment.avatar.email_hash, rating=discussion.avatar_rating, default="identicon"
        )
    return reverse("comments:avatar", args=[comment.avatar.key if comment.avatar else "nobody"])


@register.inclusion_tag("comments/_form.html", takes_context=True)
def comment_form(context, post):
    """The form below `post`; with the visitor's words again where they were refused."""
    form = context.get("refused_form")
    if form is None:
        form = CommentForm(post, initial={"parent": context["request"].GET.get("replytocom", "")})
        if form.initial["parent"] and form.answered is None:
            form.initial["parent"] = ""
    discussion = DiscussionSettings.load()
    return {
        "post": post,
        "form": form,
        "invites_to_gravatar": discussion.avatars != DiscussionSettings.Avatars.NONE,
    }


@register.simple_tag
def allowed_tags():
    return format_html("{}", rendering.allowed_tags())


@register.filter
def comment_date(moment):
    """“27 octobre 2011 - 10h30”, as the French WordPress writes it; elsewhere the locale's own date and time."""
    moment = timezone.localtime(moment)
    if (get_language() or "").startswith("fr"):
        return f"{long_date(moment)} - {format_date(moment, 'G')}h{format_date(moment, 'i')}"
    return date_format(moment, "DATETIME_FORMAT")
