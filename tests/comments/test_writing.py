"""Before and after a comment is sent: looking at it, changing it, taking it back."""

import datetime
import re
import time

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.utils import timezone

from comments import stamps, views, waiting
from comments.decisions import decide
from comments.mail import links
from comments.models import Comment, DiscussionSettings
from tests.comments.forms import stamped
from tests.factories import CommentFactory, PageFactory, PostFactory, UserFactory
from tests.pages import parse, text_of, with_class

pytestmark = pytest.mark.django_db
WORDS = {"name": "Camille", "email": "camille@example.org", "body": "Une <b>pensée</b>."}


@pytest.fixture
def post():
    DiscussionSettings(policy="nobody").save()
    return PostFactory(title="Aube", slug="aube")


def send(client, post, **changed):
    return client.post(f"{post.get_absolute_url()}comment/{post.pk}/", {**WORDS, **stamped(post), **changed})


def own_address(comment):
    return f"{comment.post.get_absolute_url()}comment/{comment.post_id}/{comment.pk}/"


# Looking ----------------------------------------------------------------------------------------------


def previews(response):
    return [part for part in with_class(parse(response), "preview-body") if text_of(part)]


def test_a_visitor_without_javascript_sees_their_words_as_readers_will_and_nothing_is_kept(client, post):
    page = send(client, post, preview="1", name="", parent="77")
    (shown,) = previews(page)
    assert page.status_code == 200
    assert [text_of(bold) for bold in shown.iter("b")] == ["pensée"]
    assert 'name="body"' in page.content.decode()
    assert "Une &lt;b&gt;pensée&lt;/b&gt;." in page.content.decode()
    assert not with_class(parse(page), "form-errors")
    assert not Comment.objects.exists()
    assert not page.cookies


def test_the_live_preview_is_the_same_and_as_safe(client, post):
    answer = client.post("/comments/preview/", {"body": WORDS["body"] + '<img src=x onerror="alert(1)">'})
    assert answer.content.decode() == "<p>Une <b>pensée</b>.</p>"
    assert answer["Cache-Control"] == "no-store"
    assert client.get("/comments/preview/").status_code == 405


def test_the_previews_and_the_comment_have_the_typography_of_the_post(client):
    DiscussionSettings(policy="nobody").save()
    post, right = PostFactory(language="fr"), "<p>Ah bon\u202f?</p>"
    page = send(client, post, body="Ah bon ?", preview="1")
    assert right in page.content.decode()
    (section,) = [element for element in parse(page).iter("section") if element.get("id") == "respond"]
    assert client.post(section.get("data-preview"), {"body": "Ah bon ?"}).content.decode() == right
    send(client, post, body="Ah bon ?")
    comment = Comment.objects.get()
    assert (comment.html, comment.body) == (right, "Ah bon ?")
    assert right in client.post(own_address(comment), {"body": "Ah bon ?", "do": "preview"}).content.decode()


def test_no_other_site_gets_a_preview_and_nobody_a_book(client, post):
    headers = {"Sec-Fetch-Site": "cross-site"}
    assert client.post("/comments/preview/", {"body": "a"}, headers=headers).status_code == 403
    assert client.post("/comments/preview/", {"body": "a" * 20_001}).status_code == 413
    assert "at most 20000" in send(client, post, preview="1", body="a" * 20_001).content.decode()


def test_too_many_previews_are_slowed_and_keep_the_words(client, post, monkeypatch):
    monkeypatch.setattr(views, "MOST_PREVIEWS", 2)
    for _ in range(2):
        assert client.post("/comments/preview/", {"body": "a"}).status_code == 200
    slowed = client.post("/comments/preview/", {"body": "a"})
    assert (slowed.status_code, slowed["Retry-After"]) == (429, "60")
    page = send(client, post, preview="1")
    assert page.status_code == 429
    assert "Une &lt;b&gt;pensée&lt;/b&gt;." in page.content.decode()
    assert client.post("/comments/preview/", {"body": "a"}, REMOTE_ADDR="192.0.2.1").status_code == 200


# Changing ----------------------------------------------------------------------------------------------


def test_a_commenter_changes_what_they_just_wrote(client, post):
    send(client, post)
    comment = Comment.objects.get()
    page = client.get(post.get_absolute_url())
    assert own_address(comment) in [link.get("href") for link in parse(page).iter("a")]
    assert "Une &lt;b&gt;pensée" in client.get(own_address(comment)).content.decode()
    preview = client.post(own_address(comment), {"body": "Deux pensées.", "do": "preview"})
    assert text_of(previews(preview)[0]) == "Deux pensées."
    assert Comment.objects.get().body == WORDS["body"]
    response = client.post(own_address(comment), {"body": "Deux pensées.", "do": "save"})
    assert response["Location"] == comment.get_absolute_url()
    seen = Client().get(post.get_absolute_url()).content.decode()
    assert "Deux pensées." in seen
    assert "changed since" in seen
    assert Comment.objects.get().number == 1


def test_nobody_else_can_and_after_some_minutes_nor_can_they(client, post):
    send(client, post)
    comment = Comment.objects.get()
    assert Client().post(own_address(comment), {"body": "Volé.", "do": "save"}).status_code == 403
    headers = {"Sec-Fetch-Site": "cross-site"}
    assert client.post(own_address(comment), {"body": "Volé.", "do": "save"}, headers=headers).status_code == 403
    other = CommentFactory(post=post)
    assert client.post(own_address(other), {"do": "withdraw"}).status_code == 403
    with time_machine.travel(timezone.now() + datetime.timedelta(minutes=16), tick=False):
        assert own_address(comment) not in client.get(post.get_absolute_url()).content.decode()
        assert client.post(own_address(comment), {"body": "Tard.", "do": "save"}).status_code == 403
    assert not Comment.objects.exclude(body__in=[WORDS["body"], "A thought."]).exists()


def test_whoever_sends_the_same_words_after_somebody_gets_no_hold_on_theirs(post):
    """The words and the name are public, and many an author's address is."""
    author = UserFactory(is_staff=True, email=WORDS["email"])
    writer, stranger = Client(REMOTE_ADDR="192.0.2.1"), Client(REMOTE_ADDR="198.51.100.7")
    neighbour = Client(REMOTE_ADDR="192.0.2.1")
    writer.force_login(author)
    send(writer, post)
    comment = Comment.objects.get()
    for thief in (stranger, neighbour):
        send(thief, post)
        assert not thief.cookies
        assert thief.post(own_address(comment), {"body": "Stolen", "do": "save"}).status_code == 403
    assert Comment.objects.get().body == WORDS["body"]
    Comment.objects.all().delete()
    writer.logout()
    send(writer, post, email="other@example.org")
    send(stranger, post, email="other@example.org")
    assert not stranger.cookies
    send(writer, post, email="other@example.org")
    assert writer.post(own_address(Comment.objects.get()), {"body": "Mine", "do": "save"}).status_code == 302


def test_a_visitor_whose_network_changed_before_the_answer_came_still_sees_what_waits(post):
    DiscussionSettings(policy="everyone").save()
    for network in ("192.0.2.1", "198.51.100.7"):
        visitor = Client(REMOTE_ADDR=network)
        send(visitor, post)
    assert Comment.objects.count() == 1
    assert "Only you see it for now" in visitor.get(post.get_absolute_url()).content.decode()


def test_the_author_decides_for_how_long(client, post):
    DiscussionSettings(policy="nobody", edit_minutes=0).save()
    response = send(client, post)
    assert waiting.COOKIE not in response.cookies
    assert client.get(own_address(Comment.objects.get())).status_code == 403
    DiscussionSettings(policy="nobody", edit_minutes=30).save()
    assert send(client, post, body="Encore.").cookies[waiting.COOKIE]["max-age"] == 30 * 60


def test_words_changed_into_what_waits_wait(client, post):
    DiscussionSettings(policy="nobody", held="casino", blocked="pilules").save()
    send(client, post)
    comment = Comment.objects.get()
    client.post(own_address(comment), {"body": "Le casino.", "do": "save"})
    comment.refresh_from_db()
    assert comment.status == Comment.Status.PENDING
    assert "casino" in comment.reason
    assert "Le casino." not in Client().get(post.get_absolute_url()).content.decode()
    assert "Le casino." in client.get(post.get_absolute_url()).content.decode()
    client.post(own_address(comment), {"body": "Des fleurs.", "do": "save"})
    comment.refresh_from_db()
    assert comment.status == Comment.Status.PENDING  # a person decides what was held
    client.post(own_address(comment), {"body": "Des pilules.", "do": "save"})
    comment.refresh_from_db()
    assert comment.status == Comment.Status.SPAM


def test_an_empty_change_is_refused_and_shows_why(client, post):
    send(client, post)
    page = client.post(own_address(Comment.objects.get()), {"body": "  ", "do": "save"})
    assert page.status_code == 422
    assert with_class(parse(page), "form-errors")
    assert client.post(own_address(Comment.objects.get()), {"body": "x" * 20_001, "do": "save"}).status_code == 422


def test_a_commenter_takes_their_words_back(client, post):
    send(client, post)
    comment = Comment.objects.get()
    CommentFactory(post=post, parent=comment, body="Je réponds.")
    page = client.post(own_address(comment), {"do": "withdraw"})
    assert "taken back" in page.content.decode()
    seen = client.get(post.get_absolute_url())
    assert "pensée" not in seen.content.decode()
    assert "Camille" not in text_of(with_class(parse(seen), "tombstone")[0])
    comment.refresh_from_db()
    assert (comment.status, comment.body) == (Comment.Status.TRASH, WORDS["body"])
    assert "took it back" in comment.reason
    assert client.get(own_address(comment)).status_code == 410


def test_what_a_moderator_removed_is_changed_by_nobody_else(client, post):
    send(client, post)
    comment = Comment.objects.get()
    decide(Comment.objects.all(), Comment.Status.SPAM)
    for sent in ({"do": "withdraw"}, {"do": "save", "body": "Autre."}):
        assert client.post(own_address(comment), sent).status_code == 410
    comment.refresh_from_db()
    assert (comment.status, comment.body) == (Comment.Status.SPAM, WORDS["body"])


def test_the_mail_that_asks_a_commenter_lets_them_change_their_words_at_any_time(
    post, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        send(Client(), post, notify="on")
    comment = Comment.objects.get()
    (message,) = [message for message in mail.outbox if message.to == ["camille@example.org"]]
    (address,) = re.findall(r"https?://[^/]+(/comments/mine/\S+)", message.body)
    assert address in message.alternatives[0][0]
    later, stranger = timezone.now() + datetime.timedelta(days=900), Client()
    with time_machine.travel(later, tick=False):
        assert "Une &lt;b&gt;pensée" in stranger.get(address).content.decode()
        comment.refresh_from_db()
        assert comment.body == WORDS["body"]  # looking changes nothing: scanners follow every link
        stranger.post(address, {"do": "save", "body": "Plus tard."})
    comment.refresh_from_db()
    assert comment.body == "Plus tard."
    stranger.post(address, {"do": "withdraw"})
    assert stranger.get(address).status_code == 410


def test_a_forged_link_changes_nothing(client, post):
    comment = CommentFactory(post=post)
    good = links.address("mine", comment.pk).split("/mine/")[1]
    other = links.address("unfollow", comment.pk).split("/unfollow/")[1]
    for token in (good[:-2] + "/", "x" + good, other, f"{comment.pk}/", "é/"):
        assert client.post(f"/comments/mine/{token}", {"do": "withdraw"}).status_code == 404
    comment.refresh_from_db()
    assert comment.status == Comment.Status.APPROVED


# Closing ------------------------------------------------------------------------------------------------


def test_comments_close_some_days_after_publication_and_the_form_says_so(client, post):
    DiscussionSettings(policy="nobody", close_after_days=14).save()
    page = client.get(post.get_absolute_url()).content.decode()
    assert "Comments are open until" in page
    with time_machine.travel(timezone.now() + datetime.timedelta(days=15), tick=False):
        page = client.get(post.get_absolute_url()).content.decode()
        assert "Comments are closed" in page
        assert "They were open until" in page
        assert 'name="body"' not in page
        response = send(client, post)
        assert response.status_code == 403
        assert "Une &lt;b&gt;pensée&lt;/b&gt;." in response.content.decode()
    assert not Comment.objects.exists()


def test_pages_stay_open(client):
    DiscussionSettings(close_after_days=1).save()
    page = PageFactory(slug="a-propos", published_at=timezone.now() - datetime.timedelta(days=9))
    assert 'name="body"' in client.get(page.get_absolute_url()).content.decode()


def test_a_kept_page_ends_when_comments_close(client, post):
    from blog.pagecache.dependencies import recording

    DiscussionSettings(close_after_days=14).save()
    with recording() as record:
        client.get(post.get_absolute_url())
    assert record.expires == pytest.approx((post.published_at + datetime.timedelta(days=14)).timestamp())
    DiscussionSettings(close_after_days=0).save()
    with recording() as record:
        client.get(post.get_absolute_url())
    assert record.expires == pytest.approx(timezone.now().timestamp() + stamps.LIFE / 2, abs=60)


# The form's defences -----------------------------------------------------------------------------------


def held(client, post, **changed):
    assert send(client, post, **changed).status_code == 303
    comment = Comment.objects.latest("pk")
    assert comment.status == Comment.Status.PENDING
    return comment.reason


def test_a_program_that_sends_only_the_documented_fields_is_heard_and_waits(client, post):
    assert "did not come from the form" in held(client, post, stamp="")


@pytest.mark.parametrize("stamp", ["forged", "é", "x" * 1_000_000, "MTIz:1abc:xyz"])
def test_a_forged_stamp_only_makes_a_comment_wait(client, post, stamp):
    assert "did not come from the form" in held(client, post, stamp=stamp)


def test_the_stamp_of_another_post_is_none(client, post):
    assert "did not come from the form" in held(client, post, **stamped(PostFactory()))


def test_a_comment_that_was_written_too_fast_waits(client, post, monkeypatch):
    monkeypatch.setattr(stamps, "moment", lambda: int(time.time()))
    assert "faster than anybody writes" in held(client, post)


def test_a_form_that_was_open_for_months_only_makes_a_comment_wait(client, post):
    stamp = stamped(post)
    with time_machine.travel(timezone.now() + datetime.timedelta(days=61), tick=False):
        assert "open for months" in held(client, post, **stamp)


def test_a_visitor_who_sends_an_old_form_again_does_not_wait(client, post):
    page = send(client, post, stamp="", email="nowhere")
    (stamp,) = [field.get("value") for field in parse(page).iter("input") if field.get("name") == "stamp"]
    send(client, post, stamp=stamp)
    assert Comment.objects.get().status == Comment.Status.APPROVED


def test_whoever_fills_in_what_nobody_sees_waits(client, post):
    assert "people do not see" in held(client, post, phone="12345")


def test_what_nobody_should_fill_in_is_seen_heard_and_reached_by_nobody(client, post):
    document = parse(client.get(post.get_absolute_url()))
    (trap,) = [field for field in document.iter("input") if field.get("name") == "phone"]
    (around,) = with_class(document, "apart")
    assert trap in around.iter()
    assert (around.get("aria-hidden"), trap.get("tabindex"), trap.get("autocomplete")) == ("true", "-1", "off")


def test_staff_never_wait_whatever_their_form(post):
    client, person = Client(), UserFactory(is_staff=True)
    client.force_login(person)
    send(client, post, stamp="", phone="1")
    assert Comment.objects.get().status == Comment.Status.APPROVED


def test_a_flood_from_one_network_is_slowed_and_the_words_are_kept(client, post):
    DiscussionSettings(policy="nobody", most_per_network=2).save()
    for number in range(2):
        CommentFactory(post=post, ip=f"192.0.2.{number}")
        CommentFactory(post=post, ip=f"2001:db8::{number}")
    sent = {**WORDS, **stamped(post)}
    for ip, status in [("192.0.2.9", 429), ("2001:db8::9", 429), ("192.0.3.9", 303), ("2001:db8:1::9", 303)]:
        response = client.post(f"{post.get_absolute_url()}comment/{post.pk}/", {**sent, "name": ip}, REMOTE_ADDR=ip)
        assert response.status_code == status
        if status == 429:
            assert "Une &lt;b&gt;pensée&lt;/b&gt;." in response.content.decode()


def test_the_same_long_words_below_another_post_wait(client, post):
    body = "Quel bel article, je reviendrai."
    send(client, post, body=body)
    assert "same words" in held(client, PostFactory(), body=body, stamp="")
    send(client, PostFactory(), body="Merci !")
    assert Comment.objects.latest("pk").reason == ""


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ('<a href="https://evil.example/">https://bank.example/</a>', "says bank.example and leads to evil.example"),
        ('<a href="https://evil.example/">www.bank.example</a>', "says bank.example"),
        ("https://b\u0430nk.example/", "imitate others: xn--bnk-6cd.example"),
        ("https://xn--bnk-5cd.example/", "imitate others"),
    ],
)
def test_links_that_are_not_what_they_seem_wait(client, post, body, reason):
    assert reason in held(client, post, body=body)


@pytest.mark.parametrize(
    "body",
    [
        "https://www.élan.example/ et www.lemonde.example",
        '<a href="https://www.bank.example/a">bank.example</a>',
        '<a href="https://a.example/">mon article</a>',
        '<a href="http://[bad">ici</a>',
    ],
)
def test_honest_links_do_not_wait(client, post, body):
    send(client, post, body=body)
    assert Comment.objects.get().reason == ""
