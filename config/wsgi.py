"""The WSGI application that the server loads."""

import os
import sys

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from blog.pagecache.layer import PageCache
from config.doorway import Doorway
from config.environment import WrongValue

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

try:
    application = get_wsgi_application()
except WrongValue as error:
    sys.exit(str(error))
if settings.PAGE_CACHE:
    application = PageCache(application, settings.DATA_DIR / "cache")
application = Doorway(application, settings.TRUSTED_PROXIES)
