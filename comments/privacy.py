"""What is kept about those who comment, for how long, and how they get it back or have it forgotten."""

import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from blog import pagecache
from comments import watchlists
from comments.models import Avatar, Comment, DiscussionSettings, MutedAddress, Subscription


def erase_old_addresses() -> int:
    """Forget where comments came from (IP address, browser) once they are as old as the settings say.

    Returns how many comments lost theirs.
    """
    kept = Comment.objects.exclude(ip=None, user_agent="")
    days = DiscussionSettings.load().address_days
    old = kept.filter(created_at__lt=timezone.now() - datetime.timedelta(days=days))
    # No page shows them: pages that are kept, and feeds that somebody has, stay as they are.
    with pagecache.writing("comments_comment", []):
        return old.update(ip=None, user_agent="", changed_at=F("changed_at"))


def comments_of(email: str):
    """Return the comments given with this address by people without an account."""
    return Comment.objects.by_address(email.strip()).filter(user=None).exclude(email="")


def stored_about(email: str) -> dict:
    """Return everything that is kept about the owner of an e-mail address, ready for JSON."""
    comments = comments_of(email).with_pages().order_by("created_at")
    comments = comments.select_related("post", "parent", "subscription", "avatar")
    avatar = next((comment.avatar for comment in comments if comment.avatar), None)
    return {
        "site": settings.SITE_URL,
        "email": email,
        "mails_refused": MutedAddress.objects.filter(email=email.lower()).exists(),
        "on_lists": lists_with(email),
        "avatar_kept": bool(avatar and avatar.image),
        "comments": [
            {
                "address": settings.SITE_URL + comment.get_absolute_url(),
                "article": comment.post.title,
                "date": comment.created_at.isoformat(),
                "status": comment.status,
                "name": comment.name,
                "email": comment.email,
                "website": comment.url,
                "text": comment.body,
                "ip_address": comment.ip,
                "browser": comment.user_agent,
                "changed_by_writer": comment.edited_at and comment.edited_at.isoformat(),
                "why_it_waited": comment.reason,
                "spam_probability": comment.spam_probability,
                "replies_by_mail": hasattr(comment, "subscription"),
                "replies_confirmed": is_confirmed(comment),
            }
            for comment in comments
        ],
    }


def is_confirmed(comment) -> bool:
    return hasattr(comment, "subscription") and comment.subscription.confirmed_at is not None


def lists_with(email: str) -> list[str]:
    """Return the lists of the moderators on which an e-mail address stands."""
    discussion, wanted = DiscussionSettings.load(), email.casefold()
    listed = {"trusted": discussion.trusted, "held": discussion.held, "blocked": discussion.blocked}
    return [name for name, text in listed.items() if wanted in watchlists.entries(text.casefold())]


@transaction.atomic
def erase(email: str) -> int:
    """Forget who the owner of an e-mail address is; return how many comments lost their name.

    Their words stay, so that the answers to them still make sense, without name, address, website, face or IP.
    """
    comments = comments_of(email)
    Subscription.objects.filter(email=email.lower()).delete()
    MutedAddress.objects.filter(email=email.lower()).delete()
    avatars = list(Avatar.objects.filter(comment__in=comments).distinct())
    names = {"name": _("Somebody"), "email": "", "url": "", "ip": None, "user_agent": "", "avatar": None, "reason": ""}
    count = comments.update(**names)
    for avatar in avatars:
        if not avatar.comment_set.exists():  # somebody with an account may share the address
            forget_face(avatar)
    return count


def forget_face(avatar: Avatar) -> None:
    storage, name = avatar.image.storage, avatar.image.name
    avatar.delete()
    if name:
        transaction.on_commit(lambda: storage.delete(name), robust=True)
