"""The conversation, for templates."""

import datetime
import re
from unicodedata import bidirectional
from urllib.parse import urljoin

from django import template
from django.conf import settings
from django.db.models import Count
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.formats import date_format, number_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.text import Truncator
from django.utils.translation import get_language

from blog import pagecache, sharing, structured
from blog.models import Post
from blog.rendering import plain_text
from blog.templatetags.dates import long_date
from comments import closing, people, rendering, stamps
from comments.conversation import address_of, conversation
from comments.forms import MOST_CHARACTERS, CommentForm
from comments.models import Comment, DiscussionSettings
from comments.models.comment import page_address

register = template.Library()

LATEST_WORDS = 18
SHOWN = 80  # CSS pixels: as wide as a page shows a face at most
RIGHT_TO_LEFT = {"R", "AL", "AN"}
MOST_AS_DATA, LONGEST_AS_DATA = 20, 300


@register.simple_tag(takes_context=True)
def comment_thread(context, post):
    """The conversation below `post`: what is approved, and the visitor's own words that wait."""
    found = shown(context, post)
    return pagecache.kept(
        ("thread", post.pk, found.page.number, found.newest_first),
        lambda: mark_safe(render_to_string("comments/_thread.html", thread(post, found))),
        of=(post, found),
    )


def thread(post, found):
    several = found.page.paginator.num_pages > 1
    return {
        "post": post,
        "conversation": found,
        "anywhere": address_of(post, 0) if several else "",
        "pages": [(number, number.__class__ is int and found.address(number)) for number in found.numbers],
        "previous": found.page.has_previous() and found.address(found.page.number - 1),
        "next": found.page.has_next() and found.address(found.page.number + 1),
    }


def shown(context, post):
    """Return the page of the conversation that a post's page shows."""
    return conversation(context["request"], post, context.get("comment_page", 1))


@register.simple_tag(takes_context=True)
def conversation_links(context, post):
    """The address of a post's page for search engines, with the pages of its conversation before and after this."""
    if context.get("previewing"):
        links = [("canonical", post.get_absolute_url())]
    else:
        page = shown(context, post).page
        links = [("canonical", page_address(post, page.number))]
        if page.has_previous():
            links.append(("prev", page_address(post, page.number - 1)))
        if page.has_next():
            links.append(("next", page_address(post, page.number + 1)))
    return format_html_join(
        "\n", '<link rel="{}" href="{}{}">', [(rel, settings.SITE_URL, address) for rel, address in links]
    )


@register.inclusion_tag("comments/_endpoints.html", takes_context=True)
def mention_endpoints(context, post):
    """Where other sites say that they link to this post, while it takes comments.

    The page says it, not its headers: either is enough (Webmention § 3.1.2, Pingback § 2), and every page having the
    same headers, a web server in front can answer with files.
    """
    discussion = DiscussionSettings.current()
    if context.get("previewing") or not (discussion.receives_mentions and closing.is_open(post, discussion)):
        return {}
    # Absolute, as pages of an answer to a POST stand elsewhere.
    return {name: settings.SITE_URL + reverse(f"comments:{name}") for name in ("webmention", "xmlrpc")}


@register.simple_tag(takes_context=True)
def posting_script(context, post):
    """What a post's page says of it, and of its conversation, in schema.org's words."""
    found, site = shown(context, post), context["site"]

    def make():
        picture = sharing.picture_of(post, site)
        return structured.script(structured.posting(post, site, picture, conversation_data(post, found)))

    return pagecache.kept(("data", post.pk, found.page.number, found.newest_first), make, of=(post, site, found))


def conversation_data(post, found):
    """Return the conversation as schema.org names it: `commentCount`, and the first comments as `Comment`.

    https://schema.org/Comment. Not more than a search engine shows: the words stand in the page already.
    """
    comments = [comment for comment in found.comments if not comment.is_waiting]
    page = settings.SITE_URL + page_address(post, found.page.number)
    return {
        "commentCount": found.total - len(found.comments) + len(comments),
        "comment": [comment_data(comment, page) for comment in comments[:MOST_AS_DATA]],
    }


def comment_data(comment, page):
    data = {
        "@type": "Comment",
        "@id": f"{page}#comment-{comment.pk}",
        "url": f"{page}#comment-{comment.pk}",
        "author": {"@type": "Person", "name": comment.name},
        "datePublished": timezone.localtime(comment.created_at).isoformat(timespec="seconds"),
        "text": Truncator(plain_text(comment.html)).chars(LONGEST_AS_DATA),
    }
    if comment.url:
        data["author"]["url"] = comment.url
    if comment.answered and not comment.answered.is_waiting:
        data["parentItem"] = {"@id": urljoin(page, comment.answered.address)}
    return data


@register.simple_tag(takes_context=True)
def comment_form(context, post):
    """The form below `post`; with the visitor's words again where they were refused."""
    refused, discussion = context.get("refused_form"), DiscussionSettings.current()
    answered = context["request"].GET.get("replytocom", "")
    if refused is None and (not answered or not re.fullmatch("[1-9][0-9]{0,17}", answered)):
        return pagecache.kept(("form", post.pk), lambda: form_html(post, None, discussion), of=(post, discussion))
    form = refused
    if form is None:
        form = CommentForm(post, initial={"parent": answered})
        if form.answered is None:
            form.initial["parent"] = ""
    return form_html(post, form, discussion, context.get("preview"))


def form_html(post, form, discussion, preview=None):
    return mark_safe(render_to_string("comments/_form.html", form_context(post, form, discussion, preview)))


def form_context(post, form, discussion, preview):
    form = form or CommentForm(post, initial={"parent": ""})
    pagecache.expires(timezone.now() + datetime.timedelta(seconds=stamps.LIFE / 2))
    closes_at, is_open = closing.closes_at(post, discussion), closing.is_open(post, discussion)
    if closes_at and is_open:
        pagecache.expires(closes_at)
    return {
        "post": post,
        "form": form,
        "preview": preview,
        "is_open": is_open,
        "closes_at": closes_at if post.comments_open else None,
        "most_characters": MOST_CHARACTERS,
        "most_shown": number_format(MOST_CHARACTERS, force_grouping=True),
        "invites_to_gravatar": discussion.avatars != DiscussionSettings.Avatars.NONE,
    }


@register.inclusion_tag("comments/_count.html", takes_context=True)
def comment_count(context, post):
    """How many comments everybody may read below `post`: asked once for all `posts` of a list."""
    request = context["request"]
    counts = getattr(request, "comment_counts", {})
    if post.pk not in counts:
        listed = {post.pk, *(other.pk for other in context.get("posts") or [])}
        request.comment_counts = counts = {**counts, **counts_below(listed)}
    return {"post": post, "count": counts[post.pk]}


def counts_below(post_ids) -> dict[int, int]:
    """Return {post id: number of approved comments}, by one grouped query."""
    with pagecache.reading("comments_comment", *sorted(post_ids)):
        approved = Comment.objects.approved().filter(post__in=post_ids).order_by()
        return dict.fromkeys(post_ids, 0) | dict(approved.values_list("post").annotate(Count("pk")))


@register.inclusion_tag("comments/_latest.html")
def latest_comments(count):
    """The newest comments of the whole site, each with where it stands."""
    comments = Comment.objects.approved().filter(post__in=Post.objects.published())
    comments = comments.select_related("post__parent__parent").defer("body", "post__body", "post__html", "post__text")
    newest = list(comments.order_by("-created_at", "-pk")[:count])
    for comment in newest:
        comment.address = address_of(comment.post, comment.pk)
        comment.extract = Truncator(plain_text(comment.html)).words(LATEST_WORDS, truncate="\u00a0…")
    return {"comments": newest}


@register.simple_tag
def allowed_tags():
    return format_html("{}", rendering.allowed_tags())


@register.filter
def isolated(name):
    """A visitor's name within a sentence, so that letters that run the other way turn nothing around it.

    Unicode's isolates (UAX #9), where no element can stand: the same as <bdi>. Only where it may be needed.
    """
    name = people.TURNS.sub("", str(name))
    return f"\u2068{name}\u2069" if any(bidirectional(letter) in RIGHT_TO_LEFT for letter in name) else name


@register.filter
def comment_date(moment):
    """“27 octobre 2011 - 10h30”, as the French WordPress writes it; elsewhere the locale's own date and time."""
    moment = timezone.localtime(moment)
    if (get_language() or "").startswith("fr"):
        return f"{long_date(moment)} - {format_date(moment, 'G')}h{format_date(moment, 'i')}"
    return date_format(moment, "DATETIME_FORMAT")
