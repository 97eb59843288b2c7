"""Somebody looks at what their text was, at the desk."""

import pytest

from blog.models import Post
from blog.revisions import keeping
from tests.blog.desk import POSTS, at_desk, fields
from tests.factories import PostFactory
from tests.pages import parse, text_of
from tests.people import member

pytestmark = pytest.mark.django_db


@pytest.fixture
def author():
    return member("Author", display_name="Aude")


@pytest.fixture
def post(author):
    """A post that was saved twice at the desk."""
    desk = at_desk(author)
    desk.post(f"{POSTS}add/", fields())
    made = Post.objects.get()
    desk.post(f"{POSTS}{made.pk}/change/", fields(body="Du bon pain.", revision_note="Meilleur"))
    return made


def test_each_save_at_the_desk_keeps_a_revision_with_its_author_and_note(author, post):
    assert [(r.body, r.author, r.note) for r in keeping.saves(post)] == [
        ("Du bon pain.", author, "Meilleur"),
        ("Du pain.", author, ""),
    ]
    listed = text_of(parse(at_desk(author).get(f"{POSTS}{post.pk}/revisions/")))
    assert "Aude" in listed
    assert "Meilleur" in listed
    assert "the text as it is" in listed


def test_the_difference_is_shown_and_said(author, post):
    newest, oldest = keeping.saves(post)
    page = parse(at_desk(author).get(f"{POSTS}{post.pk}/revisions/{newest.pk}/"))
    assert [text_of(ins) for ins in page.iter("ins")] == ["[put in: bon]"]
    page = parse(at_desk(author).get(f"{POSTS}{post.pk}/revisions/{oldest.pk}/?with=now"))
    assert [text_of(ins) for ins in page.iter("ins")] == ["[put in: bon]"]


def test_an_earlier_text_is_restored_by_a_post_alone(author, post):
    oldest = keeping.saves(post).last()
    restore = f"{POSTS}{post.pk}/revisions/{oldest.pk}/restore/"
    at_desk(author).get(restore)
    assert Post.objects.get().body == "Du bon pain."
    at_desk(author).post(restore)
    assert Post.objects.get().body == "Du pain."
    assert keeping.saves(post).count() == 3


def test_a_note_is_given_to_a_revision_afterwards(author, post):
    oldest = keeping.saves(post).last()
    at_desk(author).post(f"{POSTS}{post.pk}/revisions/{oldest.pk}/note/", {"note": "  Le  premier\0 jet " + "x" * 300})
    oldest.refresh_from_db()
    assert oldest.note.startswith("Le premier jet x")
    assert len(oldest.note) == 200


@pytest.mark.parametrize("page", ["", "{pk}/", "{pk}/restore/", "{pk}/note/", "{pk}/drop/"])
def test_another_author_and_a_stranger_get_nowhere_near(client, post, page):
    revision = keeping.saves(post).last()
    address = f"{POSTS}{post.pk}/revisions/{page.format(pk=revision.pk)}"
    for answer in (at_desk(member("Author")).post(address), at_desk(member("Moderator")).post(address)):
        assert answer.status_code in (403, 404)
    assert client.get(address)["Location"].startswith("/admin/login/")
    assert Post.objects.get().body == "Du bon pain."


def test_a_revision_is_found_under_its_own_post_alone(author, post):
    other = PostFactory(author=author)
    revision = keeping.saves(post).first()
    assert at_desk(author).get(f"{POSTS}{other.pk}/revisions/{revision.pk}/").status_code == 404


def test_an_editor_sees_what_others_wrote(post):
    assert at_desk(member("Editor")).get(f"{POSTS}{post.pk}/revisions/").status_code == 200


def test_words_of_a_revision_are_shown_as_words(author, post):
    desk = at_desk(author)
    desk.post(f"{POSTS}{post.pk}/change/", fields(body="<script>alert(1)</script>"))
    page = desk.get(f"{POSTS}{post.pk}/revisions/{keeping.saves(post).first().pk}/").content.decode()
    assert "<script>alert(1)" not in page
    assert "alert" in page


def test_the_list_asks_as_often_for_forty_as_for_two(author, post, django_assert_max_num_queries):
    for number in range(40):
        post.body = str(number)
        keeping.keep(post, author=author, note=str(number))
    with django_assert_max_num_queries(30):
        at_desk(author).get(f"{POSTS}{post.pk}/revisions/")
