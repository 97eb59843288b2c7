"""What holds for every test."""

import os
import time
from importlib.util import find_spec

import pytest
from hypothesis import HealthCheck, settings

# No test fails because a machine was busy.
settings.register_profile("calm", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("calm")

DAY = 24 * 3600  # seconds
REQUIRE_ALL = os.environ.get("CAUSERIE_REQUIRE_ALL") == "1"


@pytest.fixture(autouse=True)
def calm_forms(monkeypatch):
    """Forms were shown at midnight: the same page is the same a second later, and nobody writes too fast."""
    if find_spec("comments"):  # `tests/project/test_skipping.py` runs a copy of this file far from the site
        monkeypatch.setattr("comments.stamps.moment", lambda: int(time.time()) // DAY * DAY - DAY)


@pytest.fixture(autouse=True)
def nobody_elsewhere(monkeypatch):
    """No test asks another machine anything: no name has an address, unless a test stands in for its owner."""
    if find_spec("comments"):

        def resolve(host, port):
            raise OSError(f"tests ask nobody, not even {host}")

        monkeypatch.setattr("comments.voices.fetching.resolve", resolve)


def require(report):
    """Where everything is required, a test that was skipped, or marked as one that may fail, has failed."""
    marked = report.__dict__.pop("wasxfail", None) if REQUIRE_ALL else None
    if REQUIRE_ALL and (report.skipped or marked is not None):
        reason = report.longrepr[-1] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"CAUSERIE_REQUIRE_ALL=1 lets nothing be left out: {marked or reason}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport():
    return require((yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report():
    return require((yield))
