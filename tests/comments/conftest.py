import secrets

import pytest
from django.core.cache import caches


@pytest.fixture(autouse=True)
def nobody_asked_before(monkeypatch):
    """Each test counts for itself. Not `cache.clear`: it empties a Redis that other tests use at the same time."""
    monkeypatch.setattr(caches["default"], "key_prefix", secrets.token_hex(8))
