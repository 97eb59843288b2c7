"""Whose turn it is to write, where one database file takes one writer at a time.

SQLite lets writers wait by trying again and again, in no order: of fifty who comment at once, one was seen to be
passed over for twenty seconds, and got an error. The kernel's lock on a file wakes whoever waited longest. It ends
with the process that holds it, however that ends.
"""

import contextlib
import fcntl

from django.conf import settings
from django.db import connection


@contextlib.contextmanager
def turn():
    """Wait for one's turn to write a comment; on PostgreSQL, which locks a post alone, at once."""
    if connection.vendor != "sqlite" or connection.in_atomic_block:  # inside of a transaction it is too late
        yield
        return
    with (settings.DATA_DIR / "comments.lock").open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
