"""A page is right only until the next scheduled post appears; and what it cost, for those who look after the site."""

import time

from django.db import connection

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


class ServerTiming:
    """Tells staff, and nobody else, how long a page took and how often it asked the database (W3C Server Timing).

    A browser shows it among its network tools. The pages of staff are never kept, so that nobody else gets it.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if "sessionid" not in request.COOKIES:
            return self.get_response(request)
        began, asked = time.perf_counter(), Asked()
        with recording() as record, connection.execute_wrapper(asked):
            response = self.get_response(request)
        user = getattr(request, "user", None)
        if user is not None and user.is_authenticated and user.is_staff:
            took = (time.perf_counter() - began) * 1000
            parts = f"{record.found} ready, {record.made} made"
            response["Server-Timing"] = (
                f'page;dur={took:.1f}, database;dur={asked.seconds * 1000:.1f};desc="{asked.times} queries", '
                f'cache;desc="not kept: yours alone; parts: {parts}"'
            )
            response["Cache-Control"] = response.get("Cache-Control", "private, no-store")
        return response


class Asked:
    """Counts statements, and the seconds they took."""

    def __init__(self):
        self.times, self.seconds = 0, 0.0

    def __call__(self, execute, *arguments):
        began = time.perf_counter()
        try:
            return execute(*arguments)
        finally:
            self.times += 1
            self.seconds += time.perf_counter() - began
