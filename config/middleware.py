"""What is refused before anything is read."""

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import Http404


class MostBytes:
    """Refuses (400, as Django does) a body that is too large for where it goes.

    Django itself counts only what is no file: anybody could fill the disk with a file that no form has asked for.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        desk = request.path_info.startswith("/admin/")
        most = settings.ADMIN_UPLOAD_MAX_SIZE if desk else settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        try:
            length = int(request.META.get("CONTENT_LENGTH") or 0)
        except ValueError:
            length = 0  # what Django makes of it
        if length > most:
            raise RequestDataTooBig(f"The body has {length} bytes; {most} are allowed here.")
        return self.get_response(request)


class NoNul:
    """No address holds a NUL, and PostgreSQL must not be asked for one."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if "\0" in request.path_info:
            raise Http404
        return self.get_response(request)
