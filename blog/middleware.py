"""Before a reader is told that nothing is here: perhaps it moved, or was withdrawn."""

import datetime
import logging
import re
import time
from urllib.parse import urlsplit

from django.db import DatabaseError
from django.http import HttpResponsePermanentRedirect
from django.shortcuts import render
from django.utils import timezone

from blog import pagecache
from blog.models import MissingAddress, Redirect
from blog.models.redirect import LONGEST_PATH

logger = logging.getLogger(__name__)

# What stands below an address moves with it: its feeds and its further pages.
BELOW = re.compile(r"^(.*?)((?:/(?:feed(?:/(?:atom|json))?|page/[0-9]+))?)$", re.S)
DAY = re.compile(r"^([12][0-9]{3}/[01][0-9])/[0-3][0-9]/([^/]+)$")
# Nobody reads these: programs that look for a way in ask for them.
PROBES = re.compile(
    r"\.(?:php\d?|env|git|aspx?|jsp|cgi|sql|bak|zip|gz|ya?ml|ini|log)\b|wp-(?:admin|login|json|includes)|^\.", re.I
)
ROOMS = ("admin/", "preview/", "media/", "static/", "card/", "avatars/")
SECONDS_BETWEEN_NOTES = 1  # a crowd of wrong addresses is a program's; some of them tell enough
SECONDS_KEPT = 60  # so that an address that is missed again is noticed again


class Elsewhere:
    """Turns a 404 into the redirect (301) or the 410 that stands for its address, and keeps a note of the others."""

    def __init__(self, get_response):
        self.get_response = get_response
        self.noted = -SECONDS_BETWEEN_NOTES  # seconds, monotonic

    def __call__(self, request):
        response = self.get_response(request)
        if response.status_code != 404 or request.method not in ("GET", "HEAD"):
            return response
        path = request.path.strip("/")
        if not path or len(path) > LONGEST_PATH or "\0" in path:
            return response
        if found := redirect_of(path):
            redirect, rest = found
            if redirect.is_gone:
                return render(request, "410.html", status=410)
            if target := redirect.target:
                return HttpResponsePermanentRedirect(f"{target.rstrip('/')}{rest}/" if rest else target)
        elif request.path.endswith("/"):  # without it, Django asks once more, with it
            self.note(path, request.headers.get("Referer", ""))
        return response

    def note(self, path, referrer):
        now = time.monotonic()
        if path.startswith(ROOMS) or PROBES.search(path) or now - self.noted < SECONDS_BETWEEN_NOTES:
            return
        self.noted = now
        try:
            MissingAddress.note(path, without_query(referrer))
        except DatabaseError as error:  # a database that takes no writes now still has pages to show
            logger.warning("A missing address could not be noted: %s", error)
        pagecache.expires(timezone.now() + datetime.timedelta(seconds=SECONDS_KEPT))


def redirect_of(path: str) -> tuple[Redirect, str] | None:
    """Return the redirect for `path`, and what stands below the address it is for ("/feed"); or None."""
    above, rest = BELOW.match(path).groups()
    plain = DAY.sub(r"\1/\2", above)
    candidates = {path: "", above: rest, plain: rest}
    found = {
        redirect.path: redirect
        for redirect in Redirect.objects.filter(path__in=candidates).select_related("post", "category", "tag")
    }
    return next(((found[candidate], below) for candidate, below in candidates.items() if candidate in found), None)


def without_query(referrer: str) -> str:
    """Return the page that sent somebody, without what may tell who they are."""
    try:
        parts = urlsplit(referrer)
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https"):
        return ""
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"[:500]
