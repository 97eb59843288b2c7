"""The faces of those who comment."""

import hashlib
import http.server
import io
import threading
from xml.etree import ElementTree

import pytest
from PIL import Image

from comments import avatars, tasks
from comments.models import Avatar, DiscussionSettings
from tests.factories import CommentFactory, PostFactory
from tests.pages import parse, with_class
from tests.pictures import jpeg, png

pytestmark = pytest.mark.django_db

EMAIL = "Camille@Example.org "
HASH = hashlib.sha256(b"camille@example.org").hexdigest()


class Gravatar(http.server.BaseHTTPRequestHandler):
    """Stands in for Gravatar: answers with what a test put in `answer`, and keeps what it was asked."""

    def do_GET(self):
        self.server.asked.append(self.path)
        status, body = self.server.answer
        self.send_response(status)
        if status == 302:
            self.send_header("Location", "/elsewhere")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


@pytest.fixture
def gravatar(settings):
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Gravatar)
    server.asked, server.answer = [], (200, png(160, 160))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.GRAVATAR_URL = f"http://127.0.0.1:{server.server_port}/avatar/"
    yield server
    server.shutdown()
    server.server_close()


def face_of(client, post):
    (face,) = with_class(parse(client.get(post.get_absolute_url())), "avatar")
    return face.get("src")


def fetch(comment):
    tasks.fetch_avatar.func(comment.avatar.pk)
    comment.avatar.refresh_from_db()
    return comment.avatar


def test_gravatar_is_asked_as_its_documentation_says(gravatar):
    DiscussionSettings(avatar_rating="pg").save()
    fetch(CommentFactory(email="camille@example.org"))
    assert gravatar.asked == [f"/avatar/{HASH}?s=160&d=404&r=pg"]
    assert avatars.email_hash(EMAIL) == HASH


def test_a_face_is_fetched_once_and_served_from_here_under_a_name_that_says_nothing(client, gravatar):
    gravatar.answer = (200, jpeg(160, 160))
    comment = CommentFactory(email="camille@example.org")
    fetch(comment)
    fetch(comment)
    assert len(gravatar.asked) == 1
    address = face_of(client, comment.post)
    assert address == f"/avatars/{comment.avatar.key}"
    response = client.get(address)
    assert response["Content-Type"] == "image/jpeg"
    assert Image.open(io.BytesIO(b"".join(response.streaming_content))).size == (160, 160)


@pytest.mark.parametrize(
    "answer", [(404, b""), (500, b"oops"), (302, b""), (200, b"<svg onload=alert(1)>"), (200, b"")]
)
def test_without_a_usable_face_one_is_drawn_here(client, gravatar, answer):
    gravatar.answer = answer
    comment = CommentFactory()
    assert not fetch(comment).image
    assert "/elsewhere" not in gravatar.asked
    response = client.get(face_of(client, comment.post))
    assert response["Content-Type"] == "image/svg+xml"
    ElementTree.fromstring(response.content)


def test_a_face_larger_than_any_face_is_not_kept(gravatar):
    gravatar.answer = (200, b"x" * (tasks.MOST_BYTES + 1))
    assert not fetch(CommentFactory()).image


def test_nobody_there_is_asked_again_with_the_next_comment(settings):
    settings.GRAVATAR_URL = "http://127.0.0.1:9/avatar/"
    avatar = fetch(CommentFactory())
    assert avatar.fetched_at is None
    assert avatar.is_stale


def test_a_new_comment_has_its_face_asked_for(client, gravatar, django_capture_on_commit_callbacks):
    post = PostFactory()
    words = {"name": "C", "email": "camille@example.org", "body": "Mot"}
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"{post.get_absolute_url()}comment/{post.pk}/", words)
    assert len(gravatar.asked) == 1


@pytest.mark.parametrize("mode", ["none", "direct"])
def test_where_the_author_wants_it_otherwise_this_site_asks_nobody(
    client, gravatar, mode, django_capture_on_commit_callbacks
):
    DiscussionSettings(avatars=mode).save()
    post = PostFactory()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(
            f"{post.get_absolute_url()}comment/{post.pk}/", {"name": "C", "email": "c@example.org", "body": "M"}
        )
    assert gravatar.asked == []


def test_one_person_has_the_same_face_on_every_comment_and_another_another():
    one, same, other = (CommentFactory(email=email) for email in ("a@example.org", " A@example.org", "b@example.org"))
    assert one.avatar == same.avatar != other.avatar
    assert (
        avatars.identicon(one.avatar.key) == avatars.identicon(same.avatar.key) != avatars.identicon(other.avatar.key)
    )


def test_a_commenter_without_an_address_has_a_face_too(client):
    comment = CommentFactory(email="")
    assert client.get(face_of(client, comment.post)).status_code == 200


def test_no_page_or_feed_holds_an_address_or_its_hash(client):
    comment = CommentFactory(email="camille@example.org")
    hashes = [hashlib.new(name, b"camille@example.org").hexdigest() for name in ("md5", "sha1", "sha256")]
    for address in (
        comment.post.get_absolute_url(),
        "/",
        "/feed/",
        "/feed/atom/",
        "/archive/",
        face_of(client, comment.post),
    ):
        content = client.get(address).content.decode()
        assert not [secret for secret in ("camille@example.org", *hashes) if secret in content], address


def test_direct_gravatars_are_the_authors_choice_and_the_policy_lets_them_in(client):
    comment = CommentFactory(email="camille@example.org")
    DiscussionSettings(avatars="direct", avatar_rating="r").save()
    response = client.get(comment.post.get_absolute_url())
    assert face_of(client, comment.post) == f"https://gravatar.com/avatar/{HASH}?s=160&d=identicon&r=r"
    assert "https://gravatar.com" in response["Content-Security-Policy"]
    assert "gravatar.com" not in client.get("/")["Content-Security-Policy"]


def test_no_faces_at_all_are_the_authors_choice_too(client):
    comment = CommentFactory()
    DiscussionSettings(avatars="none").save()
    page = client.get(comment.post.get_absolute_url())
    assert with_class(parse(page), "avatar") == []
    assert "Gravatar" not in page.content.decode()


def test_a_face_whose_file_went_missing_is_drawn(client, gravatar):
    avatar = fetch(CommentFactory())
    avatar.image.storage.delete(avatar.image.name)
    assert client.get(f"/avatars/{avatar.key}")["Content-Type"] == "image/svg+xml"


def test_stale_faces_are_asked_for_again(gravatar, time_machine):
    comment = CommentFactory()
    fetch(comment)
    gravatar.answer = (200, jpeg(160, 160))
    avatar = Avatar.objects.get()
    avatar.fetched_at = avatar.fetched_at.replace(year=2020)
    avatar.save()
    assert fetch(comment).image.name.endswith(".jpg")
    assert len(gravatar.asked) == 2
