"""The script that keeps pages in a reader's browser."""

import gzip

import pytest

from blog.models import Post, SiteSettings
from tests.factories import PostFactory
from tests.pages import parse
from tests.people import member

pytestmark = pytest.mark.django_db


def worker_of(client, address):
    scripts = parse(client.get(address)).iter("script")
    return next((script.get("data-worker") for script in scripts if script.get("data-worker")), None)


def test_it_stands_at_the_root_and_is_light(client):
    assert worker_of(client, PostFactory().get_absolute_url()) == "/service-worker.js"
    answer = client.get("/service-worker.js")
    assert answer["Content-Type"].startswith("text/javascript")
    assert len(answer.content) < 3_000
    assert len(gzip.compress(answer.content)) < 1_500


def test_what_it_has_at_hand_exists(client, settings):
    script = client.get("/service-worker.js").content.decode()
    assert 'OFFLINE = "/offline.html"' in script
    assert client.get("/offline.html").status_code == 200
    for name in ("css/causerie.css", "js/theme.js", "js/post.js", "icon.svg"):
        assert f'"/static/{name}"' in script


def test_an_author_can_turn_it_off(client):
    address = PostFactory().get_absolute_url()
    SiteSettings(kept_for_offline=False).save()
    assert worker_of(client, address) is None
    script = client.get("/service-worker.js").content.decode()
    assert "unregister" in script
    assert "fetch" not in script
    assert "your own browser keeps" not in client.get("/privacy/").content.decode()


def test_a_draft_is_not_kept(client):
    author = member("Author")
    client.force_login(author)
    draft = PostFactory(author=author, status=Post.Status.DRAFT)
    assert worker_of(client, draft.get_preview_url()) is None
