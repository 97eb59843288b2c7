"""Signed addresses for mails. Whoever holds one may do that one thing, until it expires.

Scanners and previews follow every link of a mail, so an address alone changes nothing: its page asks, and only a POST
acts.
"""

from django.conf import settings
from django.core import signing
from django.urls import reverse

DAY = 24 * 3600  # seconds
LIVES = {
    "moderate": 30 * DAY,
    "follow": 30 * DAY,
    "my_data": DAY,
    "mine": None,  # one's words are one's own for ever
    "unfollow": None,  # RFC 8058: unsubscribing works for long
}


def address(purpose: str, value) -> str:
    """Return the absolute address that carries `value` (JSON) for `purpose`, a key of LIVES."""
    token = signing.dumps(value, salt=f"comments.mail.{purpose}")
    return settings.SITE_URL + reverse(f"comments:{purpose}", args=[token])


def moderation(comment, move: str) -> str:
    """Return the address that decides on a comment, once: a decision, undone or not, ends it."""
    return address("moderate", [comment.pk, move, round_of(comment)])


def round_of(comment) -> int:
    """Return a number that every decision on a comment changes; 0 before the first."""
    return int(comment.decided_at.timestamp() * 1000) if comment.decided_at else 0


def read(purpose: str, token: str):
    """Return what `address` put in. Raises `signing.BadSignature` when it is forged, `SignatureExpired` when old."""
    return signing.loads(token, salt=f"comments.mail.{purpose}", max_age=LIVES[purpose])
