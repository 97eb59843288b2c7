"""The WSGI application that the server loads."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from blog.pagecache.layer import PageCache

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

application = get_wsgi_application()
if settings.PAGE_CACHE:
    application = PageCache(application, settings.DATA_DIR / "cache")
