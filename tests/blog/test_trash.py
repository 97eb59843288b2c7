"""A post that was deleted, and may come back."""

import datetime

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from blog import trash
from blog.models import Post
from blog.tasks import tidy
from comments.models import Comment
from tests.blog.desk import POSTS, at_desk, fields
from tests.factories import CommentFactory, PageFactory, PostFactory
from tests.people import member

pytestmark = pytest.mark.django_db


@pytest.fixture
def author():
    return member("Author")


@pytest.fixture
def post(author):
    return PostFactory(author=author, title="Le matin", body="Du pain.")


def public(post):
    addresses = ["/", "/feed/", "/sitemap-posts-1.xml", "/search/?q=matin", "/archive/"]
    pages = [Client().get(address).content.decode() for address in addresses]
    return [Client().get(post.get_absolute_url()).status_code, *("Le matin" in page for page in pages)]


def test_a_deleted_post_is_nowhere_public_and_comes_back_as_a_draft_with_its_comments(author, post):
    CommentFactory(post=post)
    address, desk = post.get_absolute_url(), at_desk(author)
    assert Client().get(address).status_code == 200
    desk.post(f"{POSTS}{post.pk}/trash/", fields())
    post.refresh_from_db()
    assert (post.status, post.is_live) == ("trash", False)
    assert public(post) == [410, False, False, False, False, False]
    desk.post(f"{POSTS}{post.pk}/bring-back/")
    post.refresh_from_db()
    assert post.status == "draft"
    assert Client().get(address).status_code == 410
    desk.post(f"{POSTS}{post.pk}/change/", fields(_publish="", published_at_0="2011-10-27", published_at_1="10:00"))
    post.refresh_from_db()
    assert "A thought." in Client().get(post.get_absolute_url()).content.decode()


def test_the_trash_has_a_list_of_its_own(author, post):
    desk = at_desk(author)
    assert "Le matin" in desk.get(POSTS).content.decode()
    trash.put(post)
    assert "Le matin" not in desk.get(POSTS).content.decode()
    assert "Le matin" in desk.get(f"{POSTS}?state=trash").content.decode()
    page = desk.get(f"{POSTS}{post.pk}/change/").content.decode()
    assert "Bring back as a draft" in page
    assert "Publish" not in page


def test_words_typed_when_one_deletes_are_kept(author, post):
    at_desk(author).post(f"{POSTS}{post.pk}/trash/", fields(body="Du pain, encore."))
    assert post.revisions.get().body == "Du pain, encore."


def test_a_get_deletes_nothing(author, post):
    desk = at_desk(author)
    desk.get(f"{POSTS}{post.pk}/trash/")
    desk.get(f"{POSTS}{post.pk}/delete/")
    desk.post(f"{POSTS}{post.pk}/delete/", {"post": "yes"})
    assert Post.objects.get().status == "published"


def test_deleting_for_good_asks_and_is_possible_from_the_trash_alone(author, post):
    trash.put(post)
    delete = f"{POSTS}{post.pk}/delete/"
    assert "Are you sure" in at_desk(author).get(delete).content.decode()
    assert Post.objects.exists()
    at_desk(author).post(delete, {"post": "yes"})
    assert not Post.objects.exists()


def test_many_are_put_away_and_brought_back_at_once(author, post):
    other, desk = PostFactory(author=author), at_desk(author)
    chosen = {"_selected_action": [post.pk, other.pk]}
    desk.post(POSTS, {"action": "delete_selected", "post": "yes", **chosen})
    assert set(Post.objects.values_list("status", flat=True)) == {"published"}
    desk.post(POSTS, {"action": "put_in_trash", **chosen})
    assert set(Post.objects.values_list("status", flat=True)) == {"trash"}
    desk.post(f"{POSTS}?state=trash", {"action": "bring_back", **chosen})
    assert set(Post.objects.values_list("status", flat=True)) == {"draft"}


@pytest.mark.parametrize("act", ["trash", "bring-back"])
def test_an_author_deletes_nothing_of_others(act, post):
    assert at_desk(member("Author")).post(f"{POSTS}{post.pk}/{act}/").status_code == 404
    assert Post.objects.get().status == "published"


def test_the_trash_is_emptied_after_thirty_days(post, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    CommentFactory(post=post)
    trash.put(post)
    with time_machine.travel(timezone.now() + trash.STAYS - datetime.timedelta(hours=1)):
        tidy.call()
        assert Post.objects.exists()
    with time_machine.travel(timezone.now() + trash.STAYS + datetime.timedelta(hours=1)):
        tidy.call()
    assert not Post.objects.exists()
    assert not Comment.objects.exists()


def test_no_form_puts_a_post_in_the_trash_by_its_status(author, post):
    response = at_desk(author).post(f"{POSTS}{post.pk}/change/", fields(status="trash"))
    assert response.status_code == 200
    assert Post.objects.get().status == "published"


def test_a_page_goes_the_same_way():
    page = PageFactory(slug="a-propos")
    desk = at_desk(member("Editor"))
    desk.post(f"/admin/blog/page/{page.pk}/trash/")
    assert Client().get("/a-propos/").status_code == 410
    desk.post(f"/admin/blog/page/{page.pk}/bring-back/")
    page.refresh_from_db()
    assert page.status == "draft"
