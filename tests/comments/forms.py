"""What a page's form sends beside what a visitor types."""

from comments import stamps


def stamped(post):
    return {"stamp": stamps.make(post.pk)}
