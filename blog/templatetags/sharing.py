"""What the head of a page says to programs, and the links by which people pass it on."""

from django import template
from django.conf import settings
from django.urls import reverse

from blog import sharing, structured
from blog.templatetags.navigation import way_to

register = template.Library()

TERRITORIES = {"fr": "fr_FR", "en": "en_US"}  # Open Graph wants one with every language


@register.simple_tag
def shared_picture(post, site):
    """The `SharedPicture` to show beside a link to `post`."""
    return sharing.picture_of(post, site)


@register.filter
def og_locale(language):
    """“fr_FR” for "fr"; a language nobody assigned a territory to as it is."""
    return TERRITORIES.get(language, language.replace("-", "_"))


@register.simple_tag
def website_data(site):
    return structured.script(structured.website(site))


@register.simple_tag
def breadcrumb_data(page, site):
    """The way from the front page down to a post, a page, a category or another list."""
    return structured.script(structured.breadcrumbs(way_to(page, site.title)))


@register.inclusion_tag("blog/_share.html")
def share_links(post):
    """Links to pass a post on, to places that learn of it when they are followed and not before."""
    return {
        "title": post.title,
        "address": settings.SITE_URL + post.get_absolute_url(),
        "mail": sharing.mail_address(post),
        "bluesky": sharing.bluesky_address(post),
        "mastodon": reverse("mastodon", args=[post.pk]),
    }
