"""What somebody at the desk sends."""

from django.test import Client

POSTS = "/admin/blog/post/"


def at_desk(person):
    client = Client()
    client.force_login(person)
    return client


def fields(**changed):
    """Return what the form of a post sends."""
    return {
        "title": "Le matin",
        "slug": "le-matin",
        "body": "Du pain.",
        "excerpt": "",
        "status": "draft",
        "published_at_0": "",
        "published_at_1": "",
        "tags": "",
        "lead_picture": "",
        "comments_open": "on",
        "language": "",
        "body_format": "markdown",
        "recommendations-TOTAL_FORMS": "0",
        "recommendations-INITIAL_FORMS": "0",
        **changed,
    }
