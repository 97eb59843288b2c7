"""Serving uploaded files: pictures to look at, anything else to download."""

import mimetypes
import re
from pathlib import Path

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.http import FileResponse, Http404, HttpResponseNotModified
from django.utils._os import safe_join
from django.utils.http import http_date
from django.views.decorators.http import require_safe
from django.views.static import was_modified_since

DAY, YEAR = 24 * 3600, 365 * 24 * 3600  # seconds
SHOWN = re.compile(r"(?:image/(?:jpeg|png|gif|webp|avif)|audio/.*|video/.*|application/pdf)")

mimetypes.add_type("image/avif", ".avif")
mimetypes.add_type("image/webp", ".webp")


@require_safe
def serve(request, path):
    """The file at `path` below MEDIA_ROOT. A copy whose name is of its content may be kept for ever."""
    try:
        file = Path(safe_join(settings.MEDIA_ROOT, path))
        status = file.stat()
    except (SuspiciousFileOperation, OSError, ValueError):
        raise Http404 from None
    if not file.is_file():
        raise Http404
    if not was_modified_since(request.headers.get("if-modified-since"), status.st_mtime):
        return HttpResponseNotModified()
    content_type = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    shown = bool(SHOWN.fullmatch(content_type))
    response = FileResponse(file.open("rb"), content_type=content_type, as_attachment=not shown, filename=file.name)
    response["Last-Modified"] = http_date(status.st_mtime)
    hashed = path.startswith("variants/")
    response["Cache-Control"] = f"public, max-age={YEAR}, immutable" if hashed else f"public, max-age={DAY}"
    # Whatever it is, it runs nothing here.
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
