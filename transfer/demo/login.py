"""The administrator's first password: kept where only the site's own user may read it, until they choose another."""

import os
import secrets
from pathlib import Path

from django.conf import settings

from blog.models import User

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is taken for another
GROUPS, GROUP_LENGTH = 4, 4  # xxxx-xxxx-xxxx-xxxx: 79 bits


def path() -> Path:
    return settings.DATA_DIR / "demo-login"


def new_password() -> str:
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(GROUP_LENGTH)) for _ in range(GROUPS))


def keep(username: str, password: str) -> None:
    """Write them down, mode 600."""
    path().unlink(missing_ok=True)
    path().parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path(), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(f"{username}\n{password}\n")


def forget() -> None:
    path().unlink(missing_ok=True)


def kept() -> tuple[str, str] | None:
    """Return (name, password) as they were written down, or None."""
    try:
        username, password = path().read_text("ascii").split()
    except (OSError, ValueError):
        return None
    return username, password


def in_words() -> list[tuple[str, str]]:
    """Return how to log in, as lines of (what, how)."""
    known = kept()
    if known is None:
        return [("Log in", "with your own account")]
    username, password = known
    person = User.objects.filter(username=username, is_active=True).first()
    if person is None:
        return [("Log in", "with your own account")]
    if not person.check_password(password):
        return [("Log in as", username), ("Password", "the one you chose")]
    return [("Log in as", username), ("Password", password)]
