"""The command line. What the person who runs it can put right is told in one line, never as a traceback."""

import os
import re
import sys

from django.core.management import execute_from_command_line
from django.db import DatabaseError, InterfaceError, OperationalError, connection

from config.environment import WrongValue, shown

WRONG_VALUE = 78  # sysexits.h, EX_CONFIG: systemd can be told that trying again will not help
NOT_NOW = 75  # sysexits.h, EX_TEMPFAIL
INTERRUPTED = 130  # what shells say of Ctrl-C

OUTDATED = re.compile(r"no such (?:table|column)|(?:relation|column) \S+ does not exist")
BROKEN_FILE = re.compile("file is not a database|malformed")


def run(arguments: list[str]) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        execute_from_command_line(arguments)
    except WrongValue as error:
        stop(str(error), WRONG_VALUE)
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    except (DatabaseError, InterfaceError) as error:
        sentence = in_words(error)
        if sentence is None or "--traceback" in arguments:
            raise
        stop(sentence, NOT_NOW)


def stop(sentence: str, code: int) -> None:
    sys.stderr.write(f"{sentence}\n")
    sys.exit(code)


def in_words(error: Exception) -> str | None:
    """Return what to tell of a failure of the database; None when it is a mistake in the program."""
    said = " ".join(str(error).split())
    if found := OUTDATED.search(said):
        return f"The database {where()} is not up to date ({found[0]}): run manage.py migrate first."
    if isinstance(error, OperationalError | InterfaceError) or BROKEN_FILE.search(said):
        return f"The database {where()} cannot be used: {said[:300]}"
    return None


def where() -> str:
    """Name the database without its password."""
    settings = connection.settings_dict
    if connection.vendor == "sqlite":
        return str(settings["NAME"])
    return shown(f"{settings['NAME']} on {settings['HOST'] or 'this machine'}")
