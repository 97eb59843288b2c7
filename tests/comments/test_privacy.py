"""What is kept about commenters, for how long, and how they have it back."""

import datetime
import json
import re

import pytest
from django.conf import settings as site
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from comments import privacy, tasks
from comments.mail.links import address
from comments.models import Avatar, Comment, Decision, DiscussionSettings, Subscription
from config.server import tasks as worker
from tests.factories import CommentFactory, PostFactory
from tests.pages import parse, text_of
from tests.people import administrator, member

pytestmark = pytest.mark.django_db
ASK = "/comments/my-data/"


def days_ago(days):
    return timezone.now() - datetime.timedelta(days=days)


@pytest.fixture
def camille():
    comment = CommentFactory(name="Camille", email="Camille@example.org", url="https://c.example/", ip="192.0.2.1")
    Subscription.objects.create(comment=comment, email="camille@example.org")
    return comment


def test_ip_addresses_are_forgotten_after_thirty_days():
    old = CommentFactory(ip="192.0.2.1", user_agent="Old", created_at=days_ago(31))
    new = CommentFactory(ip="192.0.2.2", user_agent="New", created_at=days_ago(29))
    assert privacy.erase_old_addresses() == 1
    assert privacy.erase_old_addresses() == 0
    old.refresh_from_db()
    new.refresh_from_db()
    assert (old.ip, old.user_agent) == (None, "")
    assert (new.ip, new.user_agent) == ("192.0.2.2", "New")


def test_the_owner_says_after_how_many_days(client, django_capture_on_commit_callbacks):
    comment = CommentFactory(ip="192.0.2.1", created_at=days_ago(8))
    client.force_login(administrator())
    fields = {"policy": "first", "most_links": "2", "notices": "none", "avatars": "none", "avatar_rating": "g"}
    fields |= {
        "most_per_address": "30",
        "most_per_network": "90",
        "per_page": "100",
        "close_after_days": "0",
        "edit_minutes": "15",
    }
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/admin/comments/discussionsettings/1/change/", {**fields, "address_days": "7"})
    comment.refresh_from_db()
    assert comment.ip is None


def test_the_worker_comes_back_every_night(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    CommentFactory(ip="192.0.2.1")
    tasks.erase_addresses.call()
    tasks.erase_addresses.call()
    (planned,) = DBTaskResult.objects.all()
    assert timezone.localtime(planned.run_after).hour == 4


def test_a_new_comment_plans_the_night(client, settings, django_capture_on_commit_callbacks):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    post = PostFactory()
    words = {"name": "Nina", "email": "nina@example.org", "body": "Bonjour"}
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("comments:submit", args=[post.get_absolute_url().strip("/"), post.pk]), words)
    assert DBTaskResult.objects.filter(task_path__endswith="erase_addresses").count() == 1


def test_a_commenter_is_sent_a_link_to_all_that_is_kept(client, camille):
    response = client.post(ASK, {"email": "camille@EXAMPLE.org"})
    assert response.status_code == 200
    link = re.search(rf"{site.SITE_URL}(/comments/my-data/\S+)", mail.outbox[0].body)[1]
    assert mail.outbox[0].to == ["camille@example.org"]
    assert "1 comment was given with" in text_of(parse(client.get(link)))
    export = client.post(link, {"do": "export"})
    assert "attachment" in export["Content-Disposition"]
    (kept,) = json.loads(export.content)["comments"]
    assert kept["text"] == camille.body
    assert kept["ip_address"] == "192.0.2.1"
    assert kept["replies_by_mail"] is True
    assert kept["replies_confirmed"] is False


def test_what_is_kept_says_on_which_lists_one_stands_and_why_one_waited(camille):
    DiscussionSettings(held="Camille@Example.org\npoker", trusted="other@example.org").save()
    Comment.objects.update(reason="“Camille@Example.org” is on the list of what waits.", spam_probability=0.25)
    told = privacy.stored_about("camille@example.org")
    assert told["on_lists"] == ["held"]
    assert told["comments"][0]["spam_probability"] == 0.25
    assert "Camille@" in told["comments"][0]["why_it_waited"]
    privacy.erase("camille@example.org")
    camille.refresh_from_db()
    assert camille.reason == ""


def test_forgetting_where_comments_came_from_makes_no_page_new():
    comment = CommentFactory(ip="192.0.2.1", created_at=days_ago(31))
    privacy.erase_old_addresses()
    changed = comment.changed_at
    comment.refresh_from_db()
    assert (comment.ip, comment.changed_at) == (None, changed)


def test_a_night_that_went_wrong_is_followed_by_another(settings, monkeypatch):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

    def fail():
        raise OSError("the disk is full")

    monkeypatch.setattr(privacy, "erase_old_addresses", fail)
    with pytest.raises(OSError):
        tasks.erase_addresses.call()
    assert DBTaskResult.objects.filter(task_path=tasks.erase_addresses.module_path).count() == 1


def test_every_worker_that_starts_plans_the_night(settings, monkeypatch):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    monkeypatch.setattr(worker.TaskWorker, "run", lambda self: None)
    monkeypatch.setattr(worker.TaskWorker, "configure_signals", lambda self: None)
    for _ in range(2):
        worker.work()
    assert DBTaskResult.objects.filter(task_path=tasks.erase_addresses.module_path).count() == 1


def test_decisions_that_nobody_undoes_any_more_are_forgotten(camille):
    for days in (29, 31):
        Decision.objects.create(status="spam", before={camille.pk: "approved"}, made_at=days_ago(days))
    tasks.erase_addresses.call()
    assert Decision.objects.get().made_at > days_ago(30)


def test_nobody_learns_whether_an_address_is_known(client, camille):
    known = client.post(ASK, {"email": "camille@example.org"})
    unknown = client.post(ASK, {"email": "nobody@example.org"})
    assert known.content == unknown.content
    assert len(mail.outbox) == 1


def test_asking_again_and_again_sends_one_mail(client, camille):
    for _ in range(3):
        client.post(ASK, {"email": "camille@example.org"})
    assert len(mail.outbox) == 1


@pytest.mark.parametrize(
    "email", ["", "not an address", "a@b\r\nBcc: c@d.example", "\x00", "x" * 5000 + "@example.org"]
)
def test_what_is_no_address_is_told(client, email):
    response = client.post(ASK, {"email": email})
    assert response.status_code == 422
    assert text_of(parse(response).find(".//ul[@class='errorlist']"))
    assert mail.outbox == []


def test_another_site_cannot_ask_for_somebody(client, camille):
    response = client.post(ASK, {"email": "camille@example.org"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert response.status_code == 403
    assert mail.outbox == []


def test_a_commenter_is_forgotten_and_the_thread_stays(client, camille):
    Avatar.objects.filter(pk=camille.avatar.pk).update(image="avatars/face.png")
    CommentFactory(post=camille.post, parent=camille, name="Jean", email="jean@example.org")
    link = address("my_data", "camille@example.org").removeprefix(site.SITE_URL)
    client.get(link)
    assert Comment.objects.filter(name="Camille").exists(), "opening the link erases nothing"
    client.post(link, {"do": "erase"})
    camille.refresh_from_db()
    assert (camille.name, camille.email, camille.url, camille.ip, camille.avatar) == ("Somebody", "", "", None, None)
    assert camille.body == "A thought."
    assert not Subscription.objects.exists()
    assert not Avatar.objects.filter(image="avatars/face.png").exists()
    page = client.get(camille.post.get_absolute_url()).content.decode()
    assert "Camille" not in page
    assert "Jean" in page


def test_somebody_elses_comments_are_untouched(camille):
    other = CommentFactory(name="Autre", email="autre@example.org")
    privacy.erase("camille@example.org")
    other.refresh_from_db()
    assert other.name == "Autre"


def test_erasing_nobody_erases_nothing():
    anonymous = CommentFactory(name="Sans adresse", email="")
    assert privacy.erase("") == 0
    anonymous.refresh_from_db()
    assert anonymous.name == "Sans adresse"


def act(client, action, *comments, **fields):
    chosen = {"action": action, "_selected_action": [comment.pk for comment in comments]}
    return client.post("/admin/comments/comment/?status=all", {**chosen, **fields})


def test_an_administrator_exports_and_erases_after_being_asked(client, camille):
    client.force_login(administrator())
    assert json.loads(act(client, "export_people", camille).content)[0]["email"] == "camille@example.org"
    asked = act(client, "erase_people", camille)
    assert "camille@example.org" in text_of(parse(asked).find(".//main"))
    assert Comment.objects.filter(name="Camille").exists()
    act(client, "erase_people", camille, confirmed="yes")
    assert not Comment.objects.filter(name="Camille").exists()


def test_a_moderator_has_no_right_to_erase_people(client, camille):
    client.force_login(member("Moderator"))
    act(client, "erase_people", camille, confirmed="yes")
    assert Comment.objects.filter(name="Camille").exists()


def test_the_notice_tells_what_is_true_of_this_site(client):
    DiscussionSettings(address_days=12, avatars="direct", privacy_note="Ana, 1 rue des Lilas").save()
    notice = text_of(parse(client.get("/privacy/")).find(".//main"))
    assert "for 12 days" in notice
    assert "gravatar.com, which learns your IP address" in notice
    assert "Ana, 1 rue des Lilas" in notice
    DiscussionSettings(address_days=1, avatars="none").save()
    notice = text_of(parse(client.get("/privacy/")).find(".//main"))
    assert "for 1 day," in notice
    assert "gravatar" not in notice
