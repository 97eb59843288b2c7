"""What is written to stderr, and what never is."""

import logging
import re

# Of a person's address only the host is kept; of a service's address, all but the password.
# Possessive and bounded: a stranger's words are logged too (a refused Host), and are not searched over and over.
PERSON = re.compile(r"(?<![\w.+%-])[\w.+%-]++(@[\w-]++\.[\w.-]+)")
PASSWORD = re.compile(r"(://[^\s:/@]{0,200}+:)[^\s@]{1,500}+@")


class Discreet(logging.Formatter):
    """Leaves out what a log must not hold, from tracebacks too: PostgreSQL repeats whole rows in its errors."""

    def format(self, record):
        if record.name.startswith("django.security."):
            record.exc_info = record.exc_text = None  # a request that was refused: where in Django is no news
        return PERSON.sub(r"…\1", PASSWORD.sub(r"\1…@", super().format(record)))


LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {"()": Discreet, "format": "{asctime} {levelname} {name}: {message}", "style": "{"},
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {
        # Errors with their traceback, and refused hosts. That an address was not found is no news.
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        "django.request": {"level": "ERROR"},
        # One line for each task is for those who look for something.
        "django_tasks": {"level": "WARNING"},
        "django_tasks_db": {"level": "WARNING"},
        # It warns of every setting that it finds unusual, each time it starts.
        "_granian": {"level": "ERROR"},
        "PIL": {"level": "WARNING"},
    },
}
