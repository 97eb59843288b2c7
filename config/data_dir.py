"""DATA_DIR: everything that is the blog's own, in one folder."""

import tempfile
from pathlib import Path

from config.environment import WrongValue


def prepare(folder: Path) -> None:
    """Make the folder the first time, for its owner's eyes only, and see that it can be written. Raises WrongValue."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except FileExistsError:
        raise WrongValue(f"DATA_DIR, {folder}, is a file: name a folder.") from None
    except OSError as error:
        raise WrongValue(f"DATA_DIR, {folder}, cannot be written: {error.strerror}.") from None
