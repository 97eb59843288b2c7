"""Akismet's protocol, for those who want its opinion beside the blog's own filter's. Off until its key is set.

https://akismet.com/developers/comment-check/. It is told who wrote what from where: the privacy page says so.
"""

import urllib.parse
import urllib.request

from django.conf import settings

from comments.downloads import NoRedirects

URL = "https://rest.akismet.com/1.1/comment-check"
TIMEOUT = 10  # seconds
MOST_BYTES = 1000


def takes_for_spam(comment, key: str) -> bool:
    """Return whether Akismet takes `comment` for spam. Raises OSError or ValueError where it gives no answer."""
    fields = {
        "api_key": key,
        "blog": f"{settings.SITE_URL}/",
        "user_ip": comment.ip or "127.0.0.1",
        "user_agent": comment.user_agent,
        "permalink": settings.SITE_URL + comment.post.get_absolute_url(),
        "comment_type": "reply" if comment.parent_id else "comment",
        "comment_author": comment.name,
        "comment_author_email": comment.email,
        "comment_author_url": comment.url,
        "comment_content": comment.body,
        "comment_date_gmt": comment.created_at.isoformat(),
        "blog_lang": settings.LANGUAGE_CODE,
        "blog_charset": "UTF-8",
    }
    data = urllib.parse.urlencode(fields).encode()
    request = urllib.request.Request(URL, data, headers={"User-Agent": "Causerie"})
    with urllib.request.build_opener(NoRedirects).open(request, timeout=TIMEOUT) as answer:
        words = answer.read(MOST_BYTES).strip()
    if words not in (b"true", b"false"):  # "invalid", for a key that is none
        raise ValueError(f"no verdict: {words[:50]!r}")
    return words == b"true"
