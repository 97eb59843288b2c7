"""The secret key that signs sessions and tokens."""

import os
import secrets
from pathlib import Path


def read_or_create(path: Path) -> str:
    """Return the key kept in `path`, making one (mode 600) the first time.

    Several processes may start at once: each writes its own candidate aside and
    the first `link` wins, so nobody ever reads a half-written key.
    """
    try:
        return path.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        pass
    path.parent.mkdir(parents=True, exist_ok=True)
    candidate = path.with_name(f"{path.name}.{os.getpid()}")
    descriptor = os.open(candidate, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(50))
    try:
        os.link(candidate, path)
    except FileExistsError:
        pass
    finally:
        candidate.unlink()
    return path.read_text(encoding="ascii").strip()
