"""The newest posts, wherever a template wants to offer some."""

from django import template

from blog.models import Post

register = template.Library()


@register.simple_tag
def latest_posts(count):
    return Post.objects.published().posts().for_lists()[:count]
