"""A real browser. Every visit is watched for what no page of this site may do."""

import os
import shutil
import threading
import time

import pytest
from django.conf import settings
from django.core.signals import request_finished, request_started
from django.test import Client

# Playwright runs its event loop in the tests' own thread, which Django takes for a mistake.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

CALM = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]


@pytest.fixture(scope="package")
def chromium():
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=20_000)  # a machine that does other things too is slow, not broken

    names = ("chromium", "chromium-browser", "google-chrome")
    executable = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    if not executable:
        pytest.skip("no Chromium here: install it, or say in CHROMIUM where it is")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=CALM)
        yield browser
        browser.close()


class AtWork:
    """How many requests the server answers now. What a page sends while it is closed (an autosave) must
    not meet a database that is being emptied."""

    def __init__(self):
        self.count, self.changed = 0, threading.Condition()
        request_started.connect(self.began)
        request_finished.connect(self.ended)

    def began(self, **kwargs):
        with self.changed:
            self.count += 1

    def ended(self, **kwargs):
        with self.changed:
            self.count -= 1
            self.changed.notify_all()

    def wait_until_quiet(self):
        quiet = 0
        for _ in range(500):  # 10 seconds: one that never ends fails elsewhere
            with self.changed:
                quiet = quiet + 1 if self.count <= 0 else 0
            if quiet == 5:
                break
            time.sleep(0.02)
        with self.changed:
            self.count = 0


at_work = AtWork()


@pytest.fixture
def arrive(chromium, live_server):
    """Return a function that opens a browser of one's own, perhaps logged in as `person`, and returns a page in it.

    When the test is over nobody may have met an error in the console, a missing file, or a request to another host
    (but those `elsewhere`, which the test answers itself).
    """
    contexts, complaints = [], []

    def open_browser(*, javascript=True, theme="light", width=1280, person=None, elsewhere=(), **options):
        context = chromium.new_context(
            base_url=live_server.url,
            java_script_enabled=javascript,
            color_scheme=theme,
            reduced_motion="reduce",
            viewport={"width": width, "height": 900},
            **options,
        )
        watch(context, (live_server.url, *elsewhere), complaints)
        contexts.append(context)
        if person:
            client = Client()
            client.force_login(person)
            cookie = client.cookies[settings.SESSION_COOKIE_NAME]
            context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
        return context.new_page()

    yield open_browser
    for context in contexts:
        context.close()
    at_work.wait_until_quiet()
    assert complaints == []


def watch(context, sites, complaints):
    def look_at_console(message):
        # A page that answers 404 on purpose is no complaint; a missing file is, see below.
        if message.type in ("error", "warning") and not message.text.startswith("Failed to load resource"):
            complaints.append(f"{message.page.url}: {message.text}")

    def look_at_request(request):
        if not request.url.startswith((*sites, "data:", "blob:")):
            complaints.append(f"asked {request.url}")

    def look_at_response(response):
        # The service worker asks for pages on its own.
        asked_by_a_page = not response.request.service_worker
        if asked_by_a_page and response.status >= 400 and not response.request.is_navigation_request():
            complaints.append(f"{response.url} answered {response.status}")

    context.on("console", look_at_console)
    context.on("weberror", lambda failure: complaints.append(str(failure.error)))
    context.on("request", look_at_request)
    context.on("response", look_at_response)
