"""What a probe is told."""

import pytest
from django.db import OperationalError, connection


@pytest.mark.django_db
def test_a_site_that_works_says_ok(client):
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok\n")
    assert "no-store" in response["Cache-Control"]


@pytest.mark.django_db
def test_a_database_that_does_not_answer_is_told_clearly(client, caplog):
    def broken(*args):
        raise OperationalError("connection to server failed:\nConnection refused")

    with connection.execute_wrapper(broken):
        response = client.get("/healthz")
    assert (response.status_code, response.content) == (503, b"The database does not answer.\n")
    assert "connection to server failed: Connection refused" in caplog.text
