"""Which database keeps the index."""

from types import ModuleType

from django.db import connection

from . import postgresql, sqlite

ENGINES = {"sqlite": sqlite, "postgresql": postgresql}


def current() -> ModuleType:
    """Return the module that speaks to this database: `sqlite` or `postgresql`, which hold the same functions."""
    return ENGINES[connection.vendor]
