"""Related articles, for templates."""

from django import template

from blog.models import Post

register = template.Library()

SHOWN = 4


@register.simple_tag
def related_posts(post):
    """Return the published posts that `post` recommends: pinned by the author first, then the most alike."""
    candidates = Post.objects.published().posts().for_lists().filter(recommended_in__post=post)
    return candidates.order_by("-recommended_in__pinned", "recommended_in__rank", "-published_at")[:SHOWN]
