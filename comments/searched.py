"""What search knows of the conversation."""

from collections.abc import Iterable

from blog.rendering import plain_text
from comments.models import Comment

MOST_CHARACTERS = 200_000  # of a conversation: the newest, so that a post of 10,000 comments is still indexed quickly


def approved_words(pks: Iterable[int]) -> dict[int, str]:
    """Return what everybody may read in the comments of these posts, by the post's key; the newest first."""
    said, length = {}, {}
    comments = Comment.objects.approved().filter(post__in=list(pks)).order_by("post", "-created_at")
    for pk, html in comments.values_list("post", "html").iterator():
        if length.setdefault(pk, 0) < MOST_CHARACTERS:
            text = plain_text(html)
            said.setdefault(pk, []).append(text)
            length[pk] += len(text)
    return {pk: "\n".join(texts) for pk, texts in said.items()}
