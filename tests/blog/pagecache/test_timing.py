"""Staff see in their browser what a page cost."""

import pytest

from tests.factories import CommentFactory, UserFactory


@pytest.mark.django_db
def test_staff_are_told_what_a_page_cost(client):
    address = CommentFactory().post.get_absolute_url()
    client.force_login(UserFactory(is_staff=True))
    answer = client.get(address)
    assert "queries" in answer["Server-Timing"]
    assert "page;dur=" in answer["Server-Timing"]
    assert 'cache;desc="not kept' in answer["Server-Timing"]
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.django_db
@pytest.mark.parametrize("cookie", [None, "none"])
def test_nobody_else_is(client, cookie):
    address = CommentFactory().post.get_absolute_url()
    if cookie:
        client.cookies["sessionid"] = cookie
    assert "Server-Timing" not in client.get(address)


@pytest.mark.django_db
def test_a_reader_who_has_an_account_is_not(client):
    client.force_login(UserFactory())
    assert "Server-Timing" not in client.get("/")


def test_a_kept_page_tells_nobody(reader):
    address = CommentFactory().post.get_absolute_url()
    for _ in range(2):
        assert "Server-Timing" not in reader.ask(address).headers
