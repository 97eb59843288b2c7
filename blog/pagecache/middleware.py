"""A page is right only until the next scheduled post appears."""

from . import schedule
from .dependencies import recorder, recording


class UntilTheNextPost:
    """Ends a kept page's life at the moment of the next post that is published by itself.

    Requests that the page cache leaves to Django are recorded here, so that their parts may be kept.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if (current := recorder.get()) is None:
            with recording():
                return self.get_response(request)
        response = self.get_response(request)
        schedule.limit(current)
        return response
