"""Slugs: the readable, unique part of an address."""

import re

from django.utils.text import slugify

# Œ and ß do not decompose in Unicode, so `slugify` would drop them.
LIGATURES = str.maketrans({"œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE", "ß": "ss", "’": "-", "'": "-"})

SLUG_LENGTH = 200  # characters; WordPress's own limit


# What stands below the address of a text: a slug that is the same would hide behind it. WordPress keeps "feed" free too
# (wp_unique_post_slug).
RESERVED = re.compile(r"feed|comment-(?:page-)?[0-9]+")


def slug_of(text: str) -> str:
    """Return the slug of `text`; "" when nothing of it can stand in an address (a title of emoji)."""
    return slugify(text.translate(LIGATURES))[:SLUG_LENGTH].strip("-")


def unique_slug(instance, text: str, *, fallback: str) -> str:
    """Return a slug for `instance` that is free, and that no other row holds: `title`, `title-2`, `title-3`…"""
    base = slug_of(text) or fallback
    others = type(instance)._base_manager.exclude(pk=instance.pk)
    taken = set(others.filter(slug__startswith=base[: SLUG_LENGTH - 8]).values_list("slug", flat=True))
    slug, number = base, 1
    while slug in taken or RESERVED.fullmatch(slug):
        number += 1
        ending = f"-{number}"
        slug = base[: SLUG_LENGTH - len(ending)] + ending
    return slug
