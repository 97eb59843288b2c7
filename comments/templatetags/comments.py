"""The conversation, for templates."""

from django import template

register = template.Library()


@register.simple_tag
def comment_thread(post):
    return ""


@register.simple_tag
def comment_form(post):
    return ""
