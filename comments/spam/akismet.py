"""Akismet's protocol, for those who want its opinion beside the blog's own filter's. Off until its key is set.

https://akismet.com/developers/comment-check/, submit-spam/ and submit-ham/ there: it is asked about what comes in,
and told where moderators saw it otherwise. It is told who wrote what from where: the privacy page says so.
"""

import urllib.parse
import urllib.request

from django.conf import settings

from comments.downloads import NoRedirects

URL = "https://rest.akismet.com/1.1/"
TIMEOUT = 10  # seconds
MOST_BYTES = 1000


def comment_type(comment) -> str:
    if comment.kind != comment.Kind.COMMENT:
        return comment.kind
    return "reply" if comment.parent_id else "comment"


def takes_for_spam(comment, key: str) -> bool:
    """Return whether Akismet takes `comment` for spam. Raises OSError or ValueError where it gives no answer."""
    words = send("comment-check", comment, key)
    if words not in (b"true", b"false"):  # "invalid", for a key that is none
        raise ValueError(f"no verdict: {words[:50]!r}")
    return words == b"true"


def report(comment, key: str, *, is_spam: bool) -> None:
    """Tell Akismet what a moderator saw. Raises OSError or ValueError where it does not take it."""
    words = send("submit-spam" if is_spam else "submit-ham", comment, key)
    if words == b"invalid":
        raise ValueError("the key is none")


def send(call: str, comment, key: str) -> bytes:
    """Return the answer to `call` about `comment`; the same fields each time, by which Akismet knows it again."""
    fields = {
        "api_key": key,
        "blog": f"{settings.SITE_URL}/",
        "user_ip": comment.ip or "127.0.0.1",
        "user_agent": comment.user_agent,
        "permalink": settings.SITE_URL + comment.post.get_absolute_url(),
        "comment_type": comment_type(comment),
        "comment_author": comment.name,
        "comment_author_email": comment.email,
        "comment_author_url": comment.url,
        "comment_content": comment.body,
        "comment_date_gmt": comment.created_at.isoformat(),
        "blog_lang": settings.LANGUAGE_CODE,
        "blog_charset": "UTF-8",
    }
    data = urllib.parse.urlencode(fields).encode()
    request = urllib.request.Request(URL + call, data, headers={"User-Agent": "Causerie"})  # noqa: S310
    with urllib.request.build_opener(NoRedirects).open(request, timeout=TIMEOUT) as answer:
        return answer.read(MOST_BYTES).strip()
