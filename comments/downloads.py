"""Asking other servers, with care."""

import urllib.request


class NoRedirects(urllib.request.HTTPRedirectHandler):
    """The address that was asked is the one that answers, or nobody does."""

    def redirect_request(self, *args):
        return None
