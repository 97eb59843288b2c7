"""Older blogs say that they link here in XML-RPC, at WordPress's address."""

import xmlrpc.client

import pytest

from comments.models import Comment, Voice
from tests.factories import CommentFactory, PostFactory

pytestmark = pytest.mark.django_db

SITE = "http://127.0.0.1:8000"
SOURCE = "http://old.example/2009/05/entry"


@pytest.fixture
def ping(client, django_capture_on_commit_callbacks):
    """Return a function that calls a method as XML-RPC clients do, and has the worker do its work."""

    def call(*arguments, method="pingback.ping"):
        body = xmlrpc.client.dumps(arguments, method)
        with django_capture_on_commit_callbacks(execute=True):
            response = client.post("/xmlrpc.php", body, content_type="text/xml")
        assert response.status_code == 200
        (answer,), _ = xmlrpc.client.loads(response.content)
        return answer

    return call


def test_a_pingback_is_a_comment_that_waits(elsewhere, ping):
    post = PostFactory()
    target = SITE + post.get_absolute_url()
    elsewhere.page(SOURCE, f'<title>Old & good</title><p>As <a href="{target}">they say</a>, it is.</p>')
    assert "Thank you" in ping(SOURCE, target)
    comment = Comment.objects.get()
    assert (comment.kind, comment.status, comment.name) == ("pingback", "pending", "old.example")
    assert comment.body == "<cite>Old &amp; good</cite>\n\nAs they say, it is."
    assert comment.voice.source == SOURCE


def test_a_pingback_that_moved_in_from_wordpress_is_known_again(elsewhere, ping):
    comment = CommentFactory(kind="pingback", url=SOURCE, name="Old", email="", body="[…] they say […]")
    target = SITE + comment.post.get_absolute_url()
    elsewhere.page(SOURCE, "gone", status=410)
    ping(SOURCE, target)
    assert Voice.objects.get().comment == comment
    comment.refresh_from_db()
    assert comment.status == "trash"


@pytest.mark.parametrize(
    "arguments", [(), (SOURCE,), (SOURCE, "TARGET", "more"), (SOURCE, "http://other.example/"), ("TARGET", "TARGET")]
)
def test_what_cannot_be_a_pingback_is_a_fault(elsewhere, ping, arguments):
    target = SITE + PostFactory().get_absolute_url()
    with pytest.raises(xmlrpc.client.Fault):
        ping(*(target if argument == "TARGET" else argument for argument in arguments))
    assert elsewhere.asked == []


@pytest.mark.parametrize(
    "method", ["system.multicall", "system.listMethods", "wp.getUsersBlogs", "pingback.extensions"]
)
def test_nothing_else_is_spoken(elsewhere, ping, method):
    with pytest.raises(xmlrpc.client.Fault) as fault:
        ping(SOURCE, method=method)
    assert fault.value.faultCode == -32601


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"nonsense",
        b"<methodCall>",
        b"\xff\xfe\x00",
        b"<x>" * 1000,
        b"<methodCall/>" + b" " * 20_000,
        b'<!DOCTYPE x [<!ENTITY a "b">]><methodCall><methodName>&a;</methodName></methodCall>',
        b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><methodCall/>',
        b'<?xml version="1.0" encoding="nonsense"?><methodCall/>',
    ],
)
def test_what_is_no_xml_rpc_is_a_fault_and_never_an_error(client, body):
    response = client.post("/xmlrpc.php", body, content_type="text/xml")
    assert response.status_code == 200
    with pytest.raises(xmlrpc.client.Fault):
        xmlrpc.client.loads(response.content)


def test_who_only_looks_is_told_to_post(client):
    response = client.get("/xmlrpc.php")
    assert (response.status_code, response["Allow"]) == (405, "POST")
