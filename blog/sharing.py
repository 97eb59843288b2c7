"""What a post gives of itself where it is shared: one picture, and what it is in schema.org's words.

Thin: asks a post for what it holds and shapes it. `cards` draws, `templatetags.sharing` prints.
"""

import re
from dataclasses import dataclass
from urllib.parse import quote, urlencode, urljoin

from django.conf import settings
from django.urls import reverse

from blog.cards import HEIGHT, WIDTH, Card

# What the programs that show link previews read (Open Graph names no formats; none of them reads AVIF).
SHOWN_TYPES = ("image/jpeg", "image/png", "image/webp", "image/gif")
WIDE_ENOUGH = 1200  # pixels
LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
# A host name of at least two labels, the last of which begins with a letter (RFC 1123 § 2.1), after what people write
# before it.
HOST = re.compile(rf"(?:https?://|@?[\w.-]{{1,64}}@)?((?:{LABEL}\.)+(?![0-9]){LABEL})/?")
LONGEST_HOST = 253  # characters


@dataclass(frozen=True)
class SharedPicture:
    url: str  # absolute
    width: int
    height: int
    alt: str
    content_type: str


def card_of(post, site):
    """Return the title card of a post."""
    category = next(iter(post.categories.all()), None)
    return Card(title=post.title, rubric=category.name if category else "", signature=site.title)


def card_path(post, card):
    return reverse("card", args=[post.pk, card.digest])


def picture_of(post, site):
    """Return the picture to show beside a link to `post`: its lead, in a size that is sent fast, or its title card."""
    media = post.lead_picture
    if media and media.is_picture:
        original = {"type": media.content_type, "width": media.width, "height": media.height, "path": media.file.name}
        copies = [copy for copy in (*media.variants, original) if copy["type"] in SHOWN_TYPES]
        if copies:
            # The smallest that is wide enough, in its own format before others.
            best = min(
                copies,
                key=lambda copy: (
                    copy["width"] < WIDE_ENOUGH,
                    abs(copy["width"] - WIDE_ENOUGH),
                    copy["type"] != media.content_type,
                ),
            )
            url = absolute(media.file.storage.url(best["path"]))
            return SharedPicture(url, best["width"], best["height"], media.alt or post.title, best["type"])
    url = absolute(card_path(post, card_of(post, site)))
    return SharedPicture(url, WIDTH, HEIGHT, post.title, "image/png")


def absolute(path):
    return urljoin(settings.SITE_URL, path)


def words_to_share(post):
    return f"{post.title} {settings.SITE_URL}{post.get_absolute_url()}"


def mail_address(post):
    """RFC 6068."""
    query = {"subject": post.title, "body": words_to_share(post)}
    return "mailto:?" + urlencode(query, quote_via=quote)


def bluesky_address(post):
    """https://docs.bsky.app/docs/advanced-guides/intent-links"""
    return "https://bsky.app/intent/compose?" + urlencode({"text": words_to_share(post)}, quote_via=quote)


def mastodon_address(server, post):
    """Where a Mastodon server composes a post."""
    return f"https://{server}/share?" + urlencode({"text": words_to_share(post)}, quote_via=quote)


def mastodon_server(text):
    """Return the host that somebody means by its name, its address or their own (`@me@example.org`); "" for none."""
    found = HOST.fullmatch(text[: LONGEST_HOST + 100].strip().lower())
    return found[1] if found and len(found[1]) <= LONGEST_HOST else ""
