"""What only programs ask for."""

from django.conf import settings
from django.db import connection
from django.http import HttpResponse
from django.views.decorators.cache import never_cache


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
    """200 and "ok" when the process answers and the database does too."""
    connection.ensure_connection()
    return HttpResponse("ok\n", content_type="text/plain")
