"""The cookie by which a visitor, and nobody else, sees their own words that wait for approval.

It holds nothing but signed comment ids, and browsers send it to that one post's address only: any other page stays
the same for everybody.
"""

from django.conf import settings
from django.core import signing

COOKIE = "waiting"
SALT = "comments.waiting"
MOST = 20  # comments
LIFE = 90 * 24 * 3600  # seconds


def read(request) -> list[int]:
    """Return the ids that the visitor's cookie vouches for; none when it is absent, old or forged."""
    try:
        ids = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=LIFE)
    except signing.BadSignature:
        return []
    return [number for number in ids if isinstance(number, int)]


def remember(request, response, comment):
    """Have the visitor's browser remember `comment` for its post's address."""
    ids = [*(number for number in read(request) if number != comment.pk), comment.pk]
    response.set_cookie(
        COOKIE,
        signing.dumps(ids[-MOST:], salt=SALT),
        max_age=LIFE,
        path=comment.post.get_absolute_url(),
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
