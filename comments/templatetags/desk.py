"""The conversation, for the first page of the admin."""

from django import template

from comments.models import Comment

register = template.Library()

SHOWN = 5


@register.simple_tag
def waiting_comments():
    """Return how many comments wait, and the newest of them."""
    waiting = Comment.objects.waiting()
    newest = waiting.select_related("post").only("name", "body", "reason", "post__title")
    return {"waiting": waiting.count(), "newest": newest[:SHOWN]}
