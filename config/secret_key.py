"""The secret key that signs sessions and tokens."""

import os
import secrets
import stat
from pathlib import Path

from config.environment import FEWEST_KEY_CHARACTERS, SHORTEST_KEY, WrongValue


def read_or_create(path: Path) -> str:
    """Return the key kept in `path`, making one (mode 600) the first time. Raises WrongValue.

    Several processes may start at once: each writes its own candidate aside and
    the first `link` wins, so nobody ever reads a half-written key.
    """
    try:
        if not path.exists():
            create(path)
        # A copy that was restored from a backup may have become readable for others.
        if stat.S_IMODE(path.stat().st_mode) & 0o077:
            path.chmod(0o600)
        key = path.read_text("ascii").strip()
    except OSError as error:
        raise WrongValue(f"The secret key {path} cannot be read or made: {error.strerror}.") from None
    except UnicodeDecodeError:
        key = ""
    if len(key) < SHORTEST_KEY or len(set(key)) < FEWEST_KEY_CHARACTERS or not key.isprintable():
        raise WrongValue(
            f"The secret key {path} is empty or damaged: bring it back from a backup, or delete it; a new one will be"
            " made, and everybody has to log in again."
        )
    return key


def create(path: Path) -> None:
    candidate = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(candidate, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(50))
            file.flush()
            os.fsync(file.fileno())  # or a power cut could leave the name without its content
        os.link(candidate, path)
    except FileExistsError:
        pass
    finally:
        candidate.unlink()
