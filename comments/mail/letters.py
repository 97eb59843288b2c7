"""The mails themselves, in text and in HTML. Each function returns what `tasks.deliver` sends."""

import nh3
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from blog.models import SiteSettings
from comments.mail import links

# What a mail may show of a comment: no picture that tells when it was opened, no class, no id.
TAGS = {"a", "abbr", "b", "blockquote", "br", "cite", "code", "del", "em", "i", "p", "pre", "q", "strike", "strong"}


def for_mail(html: str) -> str:
    return nh3.clean(html, tags=TAGS, attributes={"a": {"href"}}, url_schemes={"http", "https"}, link_rel=None)


def letter(template: str, to: str, subject: str, context: dict, headers: dict | None = None) -> dict:
    """Return a mail as plain data: subject, to, text, html, headers. A subject is one line, whatever is put in."""
    site = SiteSettings.load()
    context = {**context, "site": site, "site_url": settings.SITE_URL, "subject": subject}
    return {
        "subject": " ".join(f"[{site.title}] {subject}".split())[:200],
        "to": to,
        "text": render_to_string(f"comments/mail/{template}.txt", context).strip() + "\n",
        "html": render_to_string(f"comments/mail/{template}.html", context),
        "headers": headers or {},
    }


def shown(comment) -> dict:
    """Return what a mail shows of a comment."""
    return {
        "comment": comment,
        "html": for_mail(comment.html),
        "address": settings.SITE_URL + comment.get_absolute_url(),
        "moves": [
            (words, links.moderation(comment, move))
            for move, words in (("approve", _("Approve")), ("spam", _("Spam")), ("trash", _("Trash")))
        ],
    }


def to_author(comment, to: str) -> dict:
    """One comment, for whoever looks after the post."""
    words = _("A comment waits: %(name)s on “%(post)s”")
    if comment.status == comment.Status.APPROVED:
        words = _("A new comment: %(name)s on “%(post)s”")
    subject = words % {"name": comment.name, "post": comment.post.title}
    return letter("author", to, subject, shown(comment))


def digest(comments, waiting: int, to: str) -> dict:
    """The newest of `waiting` comments in one mail."""
    subject = ngettext("%(count)d comment waits", "%(count)d comments wait", waiting) % {"count": waiting}
    return letter("digest", to, subject, {"comments": [shown(comment) for comment in comments], "waiting": waiting})


def confirmation(subscription) -> dict:
    """Asks a commenter whether they asked for replies. Holds no word that a visitor could choose."""
    post = subscription.comment.post
    context = {
        "post": post,
        "confirm": links.address("follow", subscription.pk),
        "mine": links.address("mine", subscription.comment_id),
        "unfollow": links.address("unfollow", subscription.pk),
    }
    return letter("confirmation", subscription.email, _("Replies to your comment?"), context)


def reply(comment, subscription) -> dict:
    """Tells a follower of a comment. One click mutes the thread (RFC 2369 and RFC 8058)."""
    unfollow = links.address("unfollow", subscription.pk)
    headers = {"List-Unsubscribe": f"<{unfollow}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    words = _("%(name)s replied on “%(post)s”")
    if subscription.scope == subscription.Scope.POST:
        words = _("%(name)s wrote on “%(post)s”")
    subject = words % {"name": comment.name, "post": comment.post.title}
    return letter("reply", subscription.email, subject, {**shown(comment), "unfollow": unfollow}, headers)


def my_data(email: str) -> dict:
    """Leads whoever reads this address's mail to what is kept about them."""
    return letter("my_data", email, _("What we keep about you"), {"link": links.address("my_data", email)})
