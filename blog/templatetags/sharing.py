"""What the head of a page says to programs, and the links by which people pass it on."""

from django import template
from django.conf import settings
from django.urls import reverse

from blog import sharing, structured

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
def posting_data(post, site, picture, conversation):
    return structured.script(structured.posting(post, site, picture, conversation))


@register.simple_tag
def breadcrumb_data(page, site):
    """The way from the front page down to a post, a page or a category."""
    steps = [(site.title, reverse("home"))]
    if hasattr(page, "categories") and (category := next(iter(page.categories.all()), None)):
        steps += [(ancestor.name, ancestor.get_absolute_url()) for ancestor in category.lineage()]
    steps += [(str(ancestor), ancestor.get_absolute_url()) for ancestor in page.lineage()]
    return structured.script(structured.breadcrumbs(steps))


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
