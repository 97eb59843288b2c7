"""What only programs ask for."""

import logging

from django.conf import settings
from django.db import Error as DatabaseFailure
from django.http import HttpResponse
from django.views.decorators.cache import never_cache

from blog.models import Post

logger = logging.getLogger(__name__)


def robots(request):
    """RFC 9309."""
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /preview/",
        "Disallow: /search/",  # endless, and every result has a page of its own
        "Disallow: /share/",
        "Disallow: /*?replytocom=",
        "",
        f"Sitemap: {settings.SITE_URL}/sitemap.xml",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@never_cache
def healthz(request):
    """200 and "ok" when the process answers and the database does too, else 503."""
    try:
        Post.objects.exists()
    except DatabaseFailure as error:
        logger.critical("The database does not answer: %s", " ".join(str(error).split())[:300])
        return HttpResponse("The database does not answer.\n", content_type="text/plain; charset=utf-8", status=503)
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")
