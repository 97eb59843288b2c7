"""What an operator finds in the log."""

import io
import logging

import pytest

from config.logs import Discreet


@pytest.fixture
def logged():
    """Return a function that logs an exception and gives back what was written."""

    def log(name, error, message="It failed"):
        logger, stream = logging.Logger(name), io.StringIO()
        handler = logging.StreamHandler(stream)
        handler.setFormatter(Discreet("{levelname} {name}: {message}", style="{"))
        logger.addHandler(handler)
        try:
            raise error
        except type(error):
            logger.exception(message)
        return stream.getvalue()

    return log


def test_an_error_comes_with_its_traceback(logged):
    written = logged("blog.tasks", ValueError("no such picture"))
    assert "ERROR blog.tasks: It failed\nTraceback" in written
    assert "ValueError: no such picture" in written


def test_no_ones_mail_address_is_written_down(logged):
    detail = "Key (email)=(ada.lovelace+blog@example.org) already exists."
    written = logged("django.request", ValueError(detail), "From ada@example.org")
    assert "ada" not in written
    assert written.count("…@example.org") == 2


def test_no_password_is_written_down(logged):
    written = logged(
        "django", ValueError("postgres://ada:hunter2@db.example:5432/blog and redis://:hunter2@cache:6379/0")
    )
    assert "hunter2" not in written
    assert "postgres://ada:…@db.example:5432/blog" in written


@pytest.mark.parametrize("sent", ["x" * 2_000_000, "://" * 700_000, "x@" * 700_000, "://a:b" * 300_000])
def test_what_a_stranger_sends_is_logged_without_being_searched_over_and_over(logged, sent):
    """Once quadratic: a Host of 60,000 characters kept a worker busy for a minute. Now these would take an hour."""
    assert logged("django.security.DisallowedHost", ValueError("evil"), f"Invalid HTTP_HOST header: '{sent}'.")


def test_a_refused_request_is_one_line(logged):
    written = logged("django.security.DisallowedHost", ValueError("evil"), "Invalid HTTP_HOST header: 'evil'.")
    assert written == "ERROR django.security.DisallowedHost: Invalid HTTP_HOST header: 'evil'.\n"
