import io
from urllib.parse import urlsplit

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.management.base import BaseCommand, CommandError

from blog.pagecache.layer import PERSONAL, headers_of_all_pages
from config.server.nginx import configuration


class Command(BaseCommand):
    help = "Print an nginx configuration that serves kept pages as files (PAGE_FILES) and leaves the rest to serve."

    def add_arguments(self, parser):
        usual = "443 ssl" if settings.SITE_URL.startswith("https://") else "80"
        parser.add_argument("--listen", default=usual, help="as in nginx; default: %(default)s")
        parser.add_argument("--upstream", default="127.0.0.1:8000", help="where serve listens; default: %(default)s")

    def handle(self, *, listen, upstream, **options):
        if settings.PAGE_FILES is None:
            raise CommandError("Set PAGE_FILES=1 (or a folder) first: pages are no files yet.")
        self.stdout.write(
            configuration(
                site_url=settings.SITE_URL,
                folder=str(settings.PAGE_FILES),
                headers=headers_of_all_pages(WSGIHandler(), request_for_site()),
                cookies=PERSONAL,
                listen=listen,
                upstream=upstream,
            ),
            ending="",
        )


def request_for_site():
    """Return a WSGI environment of a request at the site's own address."""
    site = urlsplit(settings.SITE_URL)
    return {
        "SERVER_NAME": site.hostname,
        "SERVER_PORT": str(site.port or {"http": 80, "https": 443}[site.scheme]),
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": site.netloc,
        "HTTP_X_FORWARDED_PROTO": site.scheme,
        "wsgi.url_scheme": site.scheme,
        "wsgi.input": io.BytesIO(),
    }
