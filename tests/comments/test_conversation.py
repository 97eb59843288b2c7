"""A visitor answers a post, in a browser without JavaScript."""

import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from blog.models import Post
from comments.models import Comment, DiscussionSettings
from tests.factories import CommentFactory, PageFactory, PostFactory, UserFactory
from tests.pages import parse, text_of, with_class

pytestmark = pytest.mark.django_db


@pytest.fixture
def post():
    return PostFactory(title="Aube", slug="aube")


def words(**changed):
    return {
        "name": "Camille",
        "email": "camille@example.org",
        "url": "",
        "body": "Une pensée.",
        "parent": "",
        **changed,
    }


def form_of(client, address):
    """Return the comment form of a page: its action and its fields with their values."""
    document = parse(client.get(address))
    (form,) = [form for form in document.iter("form") if form.get("class") == "comment-form"]
    fields = {field.get("name"): field.get("value", "") for field in form.iter("input") if field.get("name")}
    return form.get("action").split("#")[0], fields


def send(client, post, **changed):
    action, fields = form_of(client, post.get_absolute_url())
    return client.post(action, words(**{"stamp": fields.get("stamp", ""), **changed}))


def shown(client, post):
    """Return the names and texts of the comments on a post's page."""
    document = parse(client.get(post.get_absolute_url()))
    return [text_of(body) for body in with_class(document, "comment-body")]


def test_a_newcomers_words_wait_and_are_shown_back_to_them_alone(client, post):
    response = send(client, post)
    comment = Comment.objects.get()
    assert response.status_code == 303
    assert response["Location"] == f"{post.get_absolute_url()}#comment-{comment.pk}"
    assert comment.status == Comment.Status.PENDING
    assert "approved before" in comment.reason
    page = client.get(post.get_absolute_url())
    assert "Your comment waits for approval" in page.content.decode()
    assert page["Cache-Control"] == "private, no-store"
    assert shown(client, post) == ["Une pensée."]
    assert shown(Client(), post) == []
    assert "waiting" not in Client().get(post.get_absolute_url()).cookies


def test_several_waiting_comments_are_all_shown_back(client, post):
    send(client, post, body="Un.")
    send(client, post, body="Deux.")
    assert shown(client, post) == ["Un.", "Deux."]


def test_after_approval_everybody_sees_the_comment_at_once(client, post):
    send(client, post)
    Comment.objects.update(status=Comment.Status.APPROVED)
    assert shown(Client(), post) == ["Une pensée."]


def test_a_forged_cookie_shows_nobodys_waiting_words(post):
    comment = CommentFactory(post=post, status=Comment.Status.PENDING)
    stranger = Client()
    for forged in (f"[{comment.pk}]", "W10:1abc:xyz", "", "é"):
        stranger.cookies["waiting"] = forged
        assert shown(stranger, post) == []


def test_the_cookie_goes_to_that_posts_address_alone(client, post):
    cookie = send(client, post).cookies["waiting"]
    assert cookie["path"] == post.get_absolute_url()
    assert cookie["httponly"]
    assert "camille" not in cookie.value


def test_somebody_approved_before_does_not_wait(client, post):
    CommentFactory(post=PostFactory(), name="Camille", email="camille@example.org")
    send(client, post, email="Camille@Example.org")
    assert shown(Client(), post) == ["Une pensée."]


def test_another_name_with_a_known_address_waits(client, post):
    CommentFactory(post=PostFactory(), name="Camille", email="camille@example.org")
    send(client, post, name="Camillo")
    assert shown(Client(), post) == []


def test_a_comment_with_many_links_waits_and_says_why(client, post):
    CommentFactory(post=PostFactory(), name="Camille", email="camille@example.org")
    send(client, post, body="https://a.example https://b.example http://c.example")
    comment = Comment.objects.latest("pk")
    assert comment.status == Comment.Status.PENDING
    assert "3 links" in comment.reason


@pytest.mark.parametrize(("policy", "waits"), [("everyone", True), ("first", False), ("nobody", False)])
def test_the_author_decides_who_waits(client, post, policy, waits):
    CommentFactory(post=PostFactory(), name="Camille", email="camille@example.org")
    DiscussionSettings(policy=policy).save()
    send(client, post)
    assert shown(Client(), post) == ([] if waits else ["Une pensée."])


def test_nobody_waits_where_the_author_wants_it_so(client, post):
    DiscussionSettings(policy="nobody").save()
    send(client, post)
    assert shown(Client(), post) == ["Une pensée."]


def test_a_stranger_who_gives_the_authors_address_waits_whatever_they_said_before(client, post):
    UserFactory(is_staff=True, email="author@example.org")
    DiscussionSettings(policy="nobody").save()
    send(client, post, name="The author", email="Author@example.org")
    assert "not logged in" in Comment.objects.get().reason
    assert shown(Client(), post) == []


def test_staff_who_are_logged_in_never_wait_and_are_marked_as_the_author(client, post):
    DiscussionSettings(policy="everyone").save()
    post.author.is_staff = True
    post.author.save()
    client.force_login(post.author)
    send(client, post)
    document = parse(Client().get(post.get_absolute_url()))
    assert [text_of(mark) for mark in with_class(document, "author-mark")] == ["author"]


def test_a_visitor_answers_a_comment_at_any_depth(client, post):
    DiscussionSettings(policy="nobody").save()
    parent = ""
    for number in range(30):
        address = f"{post.get_absolute_url()}?replytocom={parent}" if parent else post.get_absolute_url()
        action, fields = form_of(client, address)
        assert fields["parent"] == str(parent)
        client.post(action, words(body=f"Voix {number}", parent=fields["parent"], stamp=fields["stamp"]))
        parent = Comment.objects.latest("pk").pk
    assert shown(Client(), post) == [f"Voix {number}" for number in range(30)]
    assert Comment.objects.latest("pk").parent.body == "Voix 28"


def test_the_form_says_whom_one_answers(client, post):
    comment = CommentFactory(post=post, name="Dominique")
    page = client.get(f"{post.get_absolute_url()}?replytocom={comment.pk}")
    assert [text_of(title) for title in parse(page).iter("h2")][-1] == "Reply to Dominique"


@pytest.mark.parametrize("number", ["0", "abc", "-1", "9" * 40, "1' OR 1", "\x00", "٣", ""])
def test_an_address_that_answers_nobody_shows_the_plain_form(client, post, number):
    page = client.get(post.get_absolute_url(), {"replytocom": number})
    assert page.status_code == 200
    assert [text_of(title) for title in parse(page).iter("h2")][-1] == "Leave a comment"


def refused(response):
    """Return what a refused visitor reads, and the words that came back to them."""
    document = parse(response)
    (errors,) = with_class(document, "form-errors")
    fields = {field.get("name"): field.get("value", "") for field in document.iter("input") if field.get("name")}
    fields |= {area.get("name"): (area.text or "").removeprefix("\n") for area in document.iter("textarea")}
    return text_of(errors), fields


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"name": ""}, "Name"),
        ({"name": "   "}, "Name"),
        ({"email": ""}, "E-mail"),
        ({"email": "camille"}, "valid email"),
        ({"body": ""}, "Comment"),
        ({"url": "javascript:alert(1)"}, "valid URL"),
        ({"url": "http://[bad"}, "valid URL"),
        ({"name": "N" * 101}, "at most 100"),
        ({"body": "B" * 20_001}, "at most 20000"),
        ({"name": "N" * 1_000_000}, "at most"),
        ({"email": "e" * 1_000_000 + "@example.org"}, "valid email"),
        ({"url": "https://a.example/" + "u" * 1_000_000}, "at most"),
        ({"body": "B " * 500_000}, "at most"),
        ({"parent": "P" * 1_000_000}, "no longer there"),
        ({"parent": "999999"}, "no longer there"),
        ({"parent": "abc"}, "no longer there"),
        ({"parent": "9" * 40}, "no longer there"),
        ({"name": "Ca\x00mille"}, "could not be read"),
        ({"email": "ca\x00mille@example.org"}, "could not be read"),
        ({"url": "https://a.example/\x00"}, "could not be read"),
        ({"body": "Une\x00 pensée."}, "could not be read"),
        ({"parent": "\x00"}, "could not be read"),
    ],
    ids=range(22),
)
def test_every_refusal_says_why_and_shows_the_words_again(client, post, changed, says):
    response = send(client, post, **changed)
    message, fields = refused(response)
    assert response.status_code == 422
    assert says in message
    assert not Comment.objects.exists()
    for name, value in words(**changed).items():
        if name != "parent":
            assert fields[name].strip() == value.replace("\x00", "").strip()


def test_a_lone_surrogate_is_named_and_the_rest_comes_back(client, post):
    action, _ = form_of(client, post.get_absolute_url())
    body = "name=Camille&email=camille%40example.org&body=Une%20pens%ED%A0%80e"
    response = client.post(action, body, content_type="application/x-www-form-urlencoded")
    message, fields = refused(response)
    assert "could not be read" in message
    assert fields["body"] == "Une pense"


def test_a_visitor_whose_words_were_mended_can_send_them_again(client, post):
    _, fields = refused(send(client, post, body="Une\x00 pensée.", parent="999"))
    assert client.post(form_of(client, post.get_absolute_url())[0], fields).status_code == 303
    assert Comment.objects.get().body == "Une pensée."


def test_a_reply_to_a_comment_of_another_post_is_refused(client, post):
    elsewhere = CommentFactory(post=PostFactory())
    assert "no longer there" in refused(send(client, post, parent=elsewhere.pk))[0]


@pytest.mark.parametrize("status", ["pending", "spam", "trash"])
def test_a_reply_to_a_comment_nobody_sees_is_refused(client, post, status):
    assert "no longer there" in refused(send(client, post, parent=CommentFactory(post=post, status=status).pk))[0]


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site", "Origin": "http://testserver"},
    ],
)
def test_a_form_on_another_site_cannot_speak_for_a_visitor(client, post, headers):
    action, _ = form_of(client, post.get_absolute_url())
    response = client.post(action, words(), headers=headers)
    assert response.status_code == 403
    assert refused(response)[1]["body"] == "Une pensée."
    assert not Comment.objects.exists()


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "same-origin"}, {"Origin": "http://testserver"}, {}])
def test_a_form_of_this_site_is_believed_without_a_cookie(post, headers):
    strict = Client(enforce_csrf_checks=True)
    action, _ = form_of(strict, post.get_absolute_url())
    assert strict.post(action, words(), headers=headers).status_code == 303


def test_words_sent_twice_are_one_comment(client, post):
    first, second = send(client, post), send(client, post)
    assert Comment.objects.count() == 1
    assert first["Location"] == second["Location"]


def test_a_flood_from_one_address_is_slowed_and_the_words_are_kept(client, post):
    DiscussionSettings(most_per_address=2).save()
    send(client, post, body="Un.")
    send(client, post, body="Deux.")
    response = send(client, post, body="Trois.")
    assert response.status_code == 429
    assert int(response["Retry-After"]) > 0
    assert refused(response)[1]["body"] == "Trois."
    assert Comment.objects.count() == 2


def test_a_closed_post_shows_no_form_and_gives_the_words_back(client, post):
    action, _ = form_of(client, post.get_absolute_url())
    Post.objects.update(comments_open=False)
    assert "Comments are closed" in client.get(post.get_absolute_url()).content.decode()
    response = client.post(action, words())
    assert response.status_code == 403
    assert refused(response)[1]["body"] == "Une pensée."


def test_a_draft_takes_no_comments(client, post):
    action, _ = form_of(client, post.get_absolute_url())
    Post.objects.update(status=Post.Status.DRAFT)
    assert client.post(action, words()).status_code == 404
    assert not Comment.objects.exists()


def test_a_form_left_open_still_works_after_the_posts_address_changed(client, post):
    action, _ = form_of(client, post.get_absolute_url())
    Post.objects.update(slug="crepuscule", published_at=timezone.now() - datetime.timedelta(days=90))
    assert client.post(action, words()).status_code == 303


def test_looking_at_the_forms_address_leads_to_the_post(client, post):
    action, _ = form_of(client, post.get_absolute_url())
    assert client.get(action)["Location"] == f"{post.get_absolute_url()}#respond"


def test_a_page_has_its_conversation_too(client):
    page = PageFactory(title="À propos", slug="a-propos")
    DiscussionSettings(policy="nobody").save()
    send(client, page)
    assert shown(client, page) == ["Une pensée."]


def test_a_removed_comment_with_replies_leaves_a_tombstone_without_anything_of_it(client, post):
    gone = CommentFactory(
        post=post, name="Parti", email="parti@example.org", body="Effacé", url="https://parti.example/"
    )
    CommentFactory(post=post, parent=gone, body="Je réponds")
    Comment.objects.filter(pk=gone.pk).update(status=Comment.Status.TRASH, ip="192.0.2.7")
    page = client.get(post.get_absolute_url())
    content = page.content.decode()
    (tombstone,) = with_class(parse(page), "tombstone")
    assert tombstone.get("id") == f"comment-{gone.pk}"
    assert not [word for word in ("Parti", "parti", "Effacé", "192.0.2.7", gone.avatar.key) if word in content]
    assert "Je réponds" in content


def test_a_deleted_comment_leaves_its_replies_where_they_were(client, post):
    gone = CommentFactory(post=post)
    CommentFactory(post=post, parent=gone, body="Je réponds")
    gone.delete()
    page = parse(client.get(post.get_absolute_url()))
    assert len(with_class(page, "tombstone")) == 1
    assert [text_of(body) for body in with_class(page, "comment-body")] == ["Je réponds"]


def test_a_commenter_is_linked_only_where_they_gave_an_address(client, post):
    CommentFactory(post=post, name="Alix", url="https://alix.example/")
    CommentFactory(post=post, name="Bo", url="")
    document = parse(client.get(post.get_absolute_url()))
    (conversation,) = [section for section in document.iter("section") if section.get("id") == "comments"]
    people = with_class(conversation, "p-name")
    named = {text_of(person): (person.tag, person.get("rel"), person.get("href")) for person in people}
    assert named["Alix"] == ("a", "external nofollow ugc", "https://alix.example/")
    assert named["Bo"] == ("span", None, None)


def test_a_french_reader_sees_dates_as_wordpress_wrote_them(client, post, settings):
    settings.LANGUAGE_CODE = "fr"
    CommentFactory(post=post, created_at=datetime.datetime(2011, 10, 27, 8, 30, tzinfo=datetime.UTC))
    CommentFactory(post=post, created_at=datetime.datetime(2011, 10, 28, 0, 26, tzinfo=datetime.UTC))
    CommentFactory(post=post, created_at=datetime.datetime(2012, 1, 1, 11, 5, tzinfo=datetime.UTC))
    document = parse(client.get(post.get_absolute_url()))
    dates = [text_of(time) for time in document.iter("time")]
    assert dates[-3:] == ["27 octobre 2011 - 10h30", "28 octobre 2011 - 2h26", "1er janvier 2012 - 12h05"]


def test_the_page_asks_the_database_as_often_for_fifty_comments_as_for_one(client, post):
    CommentFactory(post=post)
    with CaptureQueriesContext(connection) as few:
        client.get(post.get_absolute_url())
    for number in range(50):
        CommentFactory(post=post, email=f"{number}@example.org", parent=Comment.objects.order_by("?").first())
    with CaptureQueriesContext(connection) as many:
        client.get(post.get_absolute_url())
    assert len(many) == len(few)


def test_public_pages_set_no_cookie(client, post):
    CommentFactory(post=post)
    assert not client.get(post.get_absolute_url()).cookies


def test_nobody_takes_the_name_of_an_author_who_moved_in(client):
    """An imported author is no staff, and their old comments were approved."""
    author = UserFactory(email="flav@example.org", is_staff=False)
    post = PostFactory(author=author)
    CommentFactory(post=post, name="Flav", email="flav@example.org")
    send(client, post, name="Flav", email="flav@example.org")
    assert Comment.objects.latest("pk").status == Comment.Status.PENDING
