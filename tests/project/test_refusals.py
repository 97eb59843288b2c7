"""What no visitor needs is refused before anything is read."""

import pytest

MEGABYTE = 1024 * 1024


@pytest.mark.parametrize(
    ("path", "length", "status"),
    [
        ("/", 17 * MEGABYTE, 400),
        ("/comments/", 10**12, 400),
        ("/admin/login/", 257 * MEGABYTE, 400),
        ("/admin/login/", 0, 403),  # read, and refused for want of a token
    ],
)
@pytest.mark.django_db
def test_a_body_that_no_form_asks_for_is_not_read(client, path, length, status):
    client.handler.enforce_csrf_checks = True
    response = client.generic("POST", path, b"", content_type="text/plain", CONTENT_LENGTH=str(length))
    assert response.status_code == status
    if status == 400:
        assert b"could not be understood" in response.content
        assert "default-src 'none'" in response["Content-Security-Policy"]


@pytest.mark.django_db
def test_an_address_with_a_nul_leads_to_the_page_for_lost_readers(client):
    response = client.get("/2011/10/aube%00/")
    assert response.status_code == 404
    assert b"<h1>" in response.content
