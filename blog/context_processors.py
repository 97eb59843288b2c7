"""What every template may show about the site."""

from django.conf import settings
from django.utils.functional import SimpleLazyObject

from blog.models import SiteSettings


def site(request):
    """`site` (the settings an author changes; read on first use) and `site_url` (no trailing slash)."""
    return {"site": SimpleLazyObject(SiteSettings.current), "site_url": settings.SITE_URL}
