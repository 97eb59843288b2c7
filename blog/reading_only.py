"""Addresses that only read."""

from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe


def read_only(view):
    """Return `view` for GET and HEAD; anything else is answered 405 with Allow (RFC 9110 § 15.5.6).

    Without Django's own look at where a POST comes from: that would say 403 first, of a request that changes nothing.
    """
    return csrf_exempt(require_safe(view))
