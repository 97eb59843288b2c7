"""Answers that the client may have already (RFC 9110 § 13)."""

import hashlib

from django.http import HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import http_date


def answer(request, body: bytes, content_type: str, changed=None):
    """Return `body`, or 304 to a client that has it; for HEAD too, which Django's own decorator leaves out.

    `changed` is when its data last changed, or None. The ETag, which has precedence, tells of every other change.
    """
    response = HttpResponse(body, content_type=content_type)
    response["ETag"] = etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    seconds = None
    if changed is not None:
        seconds = int(changed.timestamp())
        response["Last-Modified"] = http_date(seconds)
    patch_cache_control(response, public=True, max_age=0, must_revalidate=True)
    return get_conditional_response(request, etag, seconds, response)
