"""The conversation, for templates."""

import datetime
from unicodedata import bidirectional
from urllib.parse import urljoin

from django import template
from django.conf import settings
from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.text import Truncator
from django.utils.translation import get_language

from blog import pagecache
from blog.rendering import plain_text
from blog.templatetags.dates import long_date
from comments import closing, people, rendering, stamps
from comments.conversation import address_of, conversation
from comments.forms import MOST_CHARACTERS, CommentForm
from comments.models import DiscussionSettings
from comments.models.comment import page_address

register = template.Library()

SHOWN = 80  # CSS pixels: as wide as a page shows a face at most
RIGHT_TO_LEFT = {"R", "AL", "AN"}
MOST_AS_DATA, LONGEST_AS_DATA = 20, 300


@register.inclusion_tag("comments/_thread.html", takes_context=True)
def comment_thread(context, post):
    """The conversation below `post`: what is approved, and the visitor's own words that wait."""
    found = shown(context, post)
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


@register.simple_tag(takes_context=True)
def conversation_data(context, post):
    """The conversation as schema.org names it: `commentCount`, and the first comments as `Comment`.

    https://schema.org/Comment. Not more than a search engine shows: the words stand in the page already.
    """
    found = shown(context, post)
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


@register.inclusion_tag("comments/_form.html", takes_context=True)
def comment_form(context, post):
    """The form below `post`; with the visitor's words again where they were refused."""
    form = context.get("refused_form")
    if form is None:
        form = CommentForm(post, initial={"parent": context["request"].GET.get("replytocom", "")})
        if form.initial["parent"] and form.answered is None:
            form.initial["parent"] = ""
    discussion = DiscussionSettings.load()
    pagecache.expires(timezone.now() + datetime.timedelta(seconds=stamps.LIFE / 2))
    closes_at, is_open = closing.closes_at(post, discussion), closing.is_open(post, discussion)
    if closes_at and is_open:
        pagecache.expires(closes_at)
    return {
        "post": post,
        "form": form,
        "preview": context.get("preview"),
        "is_open": is_open,
        "closes_at": closes_at if post.comments_open else None,
        "most_characters": MOST_CHARACTERS,
        "invites_to_gravatar": discussion.avatars != DiscussionSettings.Avatars.NONE,
    }


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
