"""The faces of those who answer on their own sites: fetched by this server alone, and kept small and clean."""

import io

import pytest
from PIL import Image

from comments import tasks
from comments.models import Avatar, Comment, DiscussionSettings
from tests.factories import CommentFactory
from tests.pages import parse, with_class
from tests.pictures import jpeg, png

pytestmark = pytest.mark.django_db

PHOTO = "http://ann.example/ann.jpg"


@pytest.fixture
def comment():
    return CommentFactory(kind=Comment.Kind.WEBMENTION, email="", avatar=Avatar.at(PHOTO))


def fetch(comment):
    tasks.fetch_avatar.func(comment.avatar.pk)
    comment.avatar.refresh_from_db()
    return comment.avatar


def test_a_photo_is_cut_square_and_served_from_here(client, elsewhere, comment):
    elsewhere.page(PHOTO, jpeg(900, 600), kind="image/jpeg")
    avatar = fetch(comment)
    (face,) = with_class(parse(client.get(comment.post.get_absolute_url())), "avatar")
    assert face.get("src") == f"/avatars/{avatar.key}"
    content = b"".join(client.get(face.get("src")).streaming_content)
    with Image.open(io.BytesIO(content)) as picture:
        assert (picture.size, picture.format) == ((160, 160), "WEBP")
    fetch(comment)
    assert elsewhere.asked == [PHOTO]  # once a week


@pytest.mark.parametrize(
    ("body", "kind"), [(b"<svg onload=alert(1)>", "image/svg+xml"), (b"nonsense", "image/png"), (b"<p>", "text/html")]
)
def test_what_is_no_picture_is_no_face(client, elsewhere, comment, body, kind):
    elsewhere.page(PHOTO, body, kind=kind)
    assert not fetch(comment).image
    assert client.get(f"/avatars/{comment.avatar.key}")["Content-Type"] == "image/svg+xml"


def test_a_photo_inside_the_house_is_not_asked_for(elsewhere, comment):
    elsewhere.names["ann.example"] = ["192.168.1.1"]
    elsewhere.page(PHOTO, png(10, 10), kind="image/png")
    assert not fetch(comment).image
    assert elsewhere.connections == []


def test_the_face_stays_when_a_moderator_edits_the_comment(comment):
    comment.body = "Edited."
    comment.save()
    assert Comment.objects.get().avatar.photo == PHOTO


def test_no_readers_browser_is_sent_elsewhere_for_it(client, comment):
    DiscussionSettings(avatars="direct").save()
    (face,) = with_class(parse(client.get(comment.post.get_absolute_url())), "avatar")
    assert face.get("src") == f"/avatars/{comment.avatar.key}"
