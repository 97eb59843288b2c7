"""A moderator at work."""

import pytest
from django.test import Client
from django.urls import reverse

from comments.models import Comment, DiscussionSettings
from tests.factories import CommentFactory, PostFactory
from tests.pages import links, parse, text_of, with_class
from tests.people import administrator, member

pytestmark = pytest.mark.django_db

LIST = "/admin/comments/comment/"


@pytest.fixture
def moderator(client):
    client.force_login(member("Moderator", display_name="Modeste"))
    return client


def texts(client, query=""):
    return [
        text_of(words.find("p") if words.find("p") is not None else words)
        for words in with_class(parse(client.get(LIST + query)), "words")
    ]


def test_the_list_opens_on_what_waits_and_each_status_is_one_click_away(moderator):
    for status in Comment.Status:
        CommentFactory(body=f"Mot {status.value}", status=status)
    assert texts(moderator) == ["Mot pending"]
    for status in Comment.Status:
        assert texts(moderator, f"?status={status.value}") == [f"Mot {status.value}"]
        assert texts(moderator, f"?status__exact={status.value}") == [f"Mot {status.value}"]
    assert len(texts(moderator, "?status=all")) == 4
    assert "Waiting (1)" in text_of(parse(moderator.get(LIST)))


@pytest.mark.parametrize(
    ("action", "status"), [("approve", "approved"), ("mark_as_spam", "spam"), ("move_to_trash", "trash")]
)
def test_several_comments_are_judged_at_once(moderator, action, status):
    chosen = [CommentFactory(status="pending") for _ in range(3)]
    left = CommentFactory(status="pending")
    response = moderator.post(LIST, {"action": action, "_selected_action": [comment.pk for comment in chosen]})
    assert response.status_code == 302
    assert set(Comment.objects.exclude(pk=left.pk).values_list("status", flat=True)) == {status}
    left.refresh_from_db()
    assert left.status == "pending"


@pytest.mark.parametrize(
    ("move", "status"), [("approve", "approved"), ("spam", "spam"), ("trash", "trash"), ("wait", "pending")]
)
def test_one_comment_is_judged_from_its_row(moderator, move, status):
    before = "approved" if move == "wait" else "pending"
    comment = CommentFactory(status=before)
    page = parse(moderator.get(f"{LIST}?status={before}"))
    (button,) = [button for button in page.iter("button") if button.get("formaction", "").endswith(f"/{move}/")]
    response = moderator.post(button.get("formaction"), headers={"Referer": f"http://testserver{LIST}?status=all"})
    comment.refresh_from_db()
    assert comment.status == status
    assert response["Location"] == f"http://testserver{LIST}?status=all"


def test_after_judging_nobody_is_led_to_another_site(moderator):
    comment = CommentFactory(status="pending")
    response = moderator.post(f"{LIST}{comment.pk}/approve/", headers={"Referer": "https://evil.example/"})
    assert response["Location"] == LIST


def test_looking_at_the_address_of_a_judgement_changes_nothing(moderator):
    comment = CommentFactory(status="pending")
    assert moderator.get(f"{LIST}{comment.pk}/approve/").status_code == 405
    comment.refresh_from_db()
    assert comment.status == "pending"


def test_an_approved_comment_is_seen_by_everybody_at_once(moderator):
    comment = CommentFactory(body="Enfin", status="pending")
    moderator.post(f"{LIST}{comment.pk}/approve/")
    assert "Enfin" in Client().get(comment.post.get_absolute_url()).content.decode()


def test_a_moderator_answers_from_the_list_and_so_approves(moderator):
    comment = CommentFactory(body="Une question ?", status="pending")
    page = moderator.get(LIST)
    address = reverse("admin:comments_comment_reply", args=[comment.pk])
    assert address in links(parse(page))
    assert "Une question" in moderator.get(address).content.decode()
    response = moderator.post(address, {"body": "Une **réponse**"})
    assert response["Location"] == LIST
    reply = comment.replies.get()
    assert (reply.name, reply.status, reply.post) == ("Modeste", "approved", comment.post)
    comment.refresh_from_db()
    assert comment.status == "approved"
    assert reply.path.startswith(comment.path)


def test_an_empty_answer_is_refused_and_nothing_is_approved(moderator):
    comment = CommentFactory(status="pending")
    response = moderator.post(reverse("admin:comments_comment_reply", args=[comment.pk]), {"body": " "})
    assert response.status_code == 200
    assert "required" in response.content.decode()
    comment.refresh_from_db()
    assert comment.status == "pending"


def test_a_moderator_mends_a_comment_and_its_page_follows(moderator):
    comment = CommentFactory(body="Coquile", status="approved")
    change = f"{LIST}{comment.pk}/change/"
    fields = {"status": "approved", "name": "Camille", "email": "c@example.org", "url": "", "body": "Coquille"}
    assert moderator.post(change, fields).status_code == 302
    comment.refresh_from_db()
    assert comment.html == "<p>Coquille</p>"
    assert "Coquille" in moderator.get(change).content.decode()


def test_a_moderator_touches_comments_and_nothing_else(moderator):
    post, comment = PostFactory(), CommentFactory()
    assert moderator.get(f"/admin/blog/post/{post.pk}/change/").status_code == 403
    assert moderator.get("/admin/blog/sitesettings/1/change/").status_code == 403
    assert moderator.get("/admin/comments/discussionsettings/1/change/").status_code == 403
    assert moderator.get("/admin/blog/user/").status_code == 403
    assert moderator.get(f"{LIST}{comment.pk}/delete/").status_code == 403
    assert moderator.get(f"{LIST}add/").status_code == 403


@pytest.mark.parametrize("role", ["Author", "Editor"])
def test_those_who_only_write_do_not_judge_comments(client, role):
    client.force_login(member(role))
    comment = CommentFactory(status="pending")
    for address in (LIST, f"{LIST}{comment.pk}/reply/"):
        assert client.get(address).status_code == 403
    assert client.post(f"{LIST}{comment.pk}/approve/").status_code == 403
    comment.refresh_from_db()
    assert comment.status == "pending"


def test_a_stranger_is_asked_to_log_in(client):
    assert client.get(LIST)["Location"].startswith("/admin/login/")
    comment = CommentFactory(status="pending")
    client.post(f"{LIST}{comment.pk}/approve/")
    comment.refresh_from_db()
    assert comment.status == "pending"


def test_what_a_spammer_writes_does_not_run_in_the_moderators_page(moderator):
    evil = "<script>alert(1)</script>"
    CommentFactory(name=evil, body=evil, url="https://a.example/" + evil, status="pending", reason=evil)
    assert evil not in moderator.get(LIST).content.decode()


def test_the_owner_sets_the_rules_of_the_conversation(client):
    client.force_login(administrator())
    change = "/admin/comments/discussionsettings/1/change/"
    assert client.get("/admin/comments/discussionsettings/")["Location"] == change
    fields = {
        "policy": "nobody",
        "per_page": "50",
        "close_after_days": "30",
        "edit_minutes": "5",
        "most_links": "5",
        "most_per_address": "20",
        "most_per_network": "60",
        "notices": "daily",
        "avatars": "none",
        "avatar_rating": "pg",
        "address_days": "7",
    }
    assert client.post(change, fields).status_code == 302
    rules = DiscussionSettings.load()
    assert (rules.per_page, rules.newest_first, rules.close_after_days, rules.edit_minutes) == (50, False, 30, 5)
    assert (rules.policy, rules.most_links, rules.avatars, rules.avatar_rating) == ("nobody", 5, "none", "pg")


def test_the_list_asks_the_database_as_often_for_forty_comments_as_for_two(moderator, django_assert_max_num_queries):
    post = PostFactory()
    for number in range(40):
        CommentFactory(post=post, status="pending", email=f"{number}@example.org")
    with django_assert_max_num_queries(15):
        moderator.get(LIST)
