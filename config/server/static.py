"""The static files, collected into STATIC_ROOT: with a hash in their names, and compressed."""

import contextlib
import fcntl
import hashlib
import os
from importlib.metadata import version

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command


def collect_if_outdated() -> bool:
    """Collect the static files unless what is there was made of the same ones. Returns whether it did.

    What was collected before stays, for pages that are open in somebody's browser.
    """
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    stamp = settings.STATIC_ROOT / "collected.txt"
    with alone():
        now = fingerprint()
        before = stamp.read_text("utf-8") if stamp.exists() else None
        if before == now:
            return False
        # Without a stamp the last time was cut off, perhaps in the middle of a file.
        stamp.unlink(missing_ok=True)
        call_command("collectstatic", interactive=False, verbosity=0, clear=before is None)
        stamp.write_text(now, "utf-8")
        return True


@contextlib.contextmanager
def alone():
    descriptor = os.open(settings.STATIC_ROOT, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def fingerprint() -> str:
    """Return a hash of all that the collected files are made of."""
    digest = hashlib.sha256(f"{version('django')} {version('whitenoise')} {settings.STORAGES}".encode())
    for finder in get_finders():
        for path, storage in sorted(finder.list([]), key=lambda found: found[0]):
            with storage.open(path) as file:
                digest.update(f"\0{path}\0".encode() + hashlib.sha256(file.read()).digest())
    return digest.hexdigest()
