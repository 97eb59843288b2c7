"""The cookie by which a visitor, and nobody else, sees their own words that wait, and may change what they just wrote.

It holds nothing but signed comment ids, each with when it was written, and browsers send it to that one post's
address only: any other page stays the same for everybody.
"""

import time

from django.conf import settings
from django.core import signing

from comments.models import Comment

COOKIE = "waiting"
SALT = "comments.waiting"
MOST = 20  # comments
LIFE = 90 * 24 * 3600  # seconds


def entries(request) -> dict[int, int]:
    """Return {comment id: when it was sent, in seconds since 1970} that the visitor's cookie vouches for."""
    try:
        found = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=LIFE)
        return {int(number): int(moment) for number, moment in found}
    except (signing.BadSignature, TypeError, ValueError):  # absent, old, forged, or of an earlier release
        return {}


def read(request) -> list[int]:
    """Return the ids of the visitor's own comments; none when the cookie is absent, old or forged."""
    return list(entries(request))


def changeable(request, minutes: int) -> set[int]:
    """Return the ids of what the visitor wrote less than `minutes` ago."""
    return {number for number, moment in entries(request).items() if time.time() - moment < minutes * 60}


def remember(request, response, comment, *, minutes: int):
    """Have the visitor's browser remember `comment` for its post's address.

    For as long as something waits; otherwise only while it can be changed, so that kept pages serve them too again.
    """
    known = {**entries(request)}
    known.setdefault(comment.pk, int(time.time()))
    waits = Comment.objects.waiting().filter(pk__in=known).exists()
    if not (waits or minutes):
        return
    response.set_cookie(
        COOKIE,
        signing.dumps(list(known.items())[-MOST:], salt=SALT),
        max_age=LIFE if waits else minutes * 60,
        path=comment.post.get_absolute_url(),
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
