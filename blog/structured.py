"""What pages say of themselves to search engines, in schema.org's words (JSON-LD 1.1). Pure but for addresses."""

import json

from django.conf import settings
from django.utils import timezone
from django.utils.safestring import mark_safe

# Whatever would end the script element early, or a line of JavaScript (JSON-LD 1.1 § 7.3: no escaping but JSON's own).
ESCAPED = {ord(character): f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}


def script(data):
    """Return `data` as a script element of data, which no browser executes and no policy has to allow."""
    text = json.dumps({"@context": "https://schema.org", **data}, ensure_ascii=False, separators=(",", ":"))
    return mark_safe(f'<script type="application/ld+json">{text.translate(ESCAPED)}</script>')


def absolute(path):
    return settings.SITE_URL + path


def moment(date):
    return timezone.localtime(date).isoformat(timespec="seconds")


def person(user):
    return {"@type": "Person", "name": user.public_name, "url": absolute(user.get_absolute_url())}


def website(site):
    """The blog, and how to search it (https://developers.google.com/search/docs/appearance/sitelinks-searchbox)."""
    return {
        "@type": "WebSite",
        "@id": absolute("/#website"),
        "url": absolute("/"),
        "name": site.title,
        **({"description": text} if (text := site.description or site.tagline) else {}),
        "inLanguage": settings.LANGUAGE_CODE,
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": absolute("/search/?q={search_term_string}")},
            "query-input": "required name=search_term_string",
        },
    }


def posting(post, site, picture, conversation):
    """A post, or a page, with its `SharedPicture` and its conversation (`commentCount` and `comment`)."""
    address = absolute(post.get_absolute_url())
    categories, tags = post.categories.all(), post.tags.all()
    data = {
        "@type": "BlogPosting" if post.kind == post.Kind.POST else "WebPage",
        "@id": address,
        "url": address,
        "mainEntityOfPage": address,
        "headline": post.title,
        "description": post.summary,
        "image": {"@type": "ImageObject", "url": picture.url, "width": picture.width, "height": picture.height},
        "datePublished": moment(post.date),
        "dateModified": moment(post.changed_at),
        "author": person(post.author),
        "publisher": {"@type": "Organization", "name": site.title, "url": absolute("/")},
        "isPartOf": {"@id": absolute("/#website")},
        "inLanguage": post.lang,
        "articleSection": [category.name for category in categories],
        "keywords": [tag.name for tag in tags],
        "wordCount": len(post.text.split()),
        **conversation,
    }
    return {name: value for name, value in data.items() if value not in ("", [])}


def breadcrumbs(steps):
    """The way to a page: (name, path) from the front page down to it (https://schema.org/BreadcrumbList)."""
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": name, "item": absolute(path)}
            for position, (name, path) in enumerate(steps, start=1)
        ],
    }
