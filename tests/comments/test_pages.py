"""A long conversation is read page by page."""

import datetime
import gzip

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from comments.decisions import decide
from comments.models import Comment, DiscussionSettings
from tests.factories import CommentFactory, PageFactory, PostFactory
from tests.pages import parse, text_of, with_class

pytestmark = pytest.mark.django_db


@pytest.fixture
def post():
    DiscussionSettings(per_page=5).save()
    return PostFactory(title="Aube", slug="aube")


def talk(post, parents, body="Voix {}"):
    """Keep a conversation: `parents[n]` is the number of the comment that comment n + 1 answers, 0 for none."""
    start, said = timezone.now() - datetime.timedelta(days=100), [None]
    for number, parent in enumerate(parents, start=1):
        moment = start + datetime.timedelta(minutes=number)
        comment = Comment(post=post, parent=said[parent], name=f"N{number}", body=body.format(number))
        comment.created_at, comment.status = moment, Comment.Status.APPROVED
        said.append(comment)
    Comment.objects.add_many(said[1:])
    return said[1:]


def spoken(response):
    return [text_of(body) for body in with_class(parse(response), "comment-body")]


def link(response, rel):
    return [link.get("href") for link in parse(response).iter("link") if link.get("rel") == rel]


def test_each_comment_stands_on_one_page_and_its_permalink_leads_there(client, post):
    said = talk(post, [0, 1, 0, 3, 1, 2, 6, 0, 0, 9, 10, 4])
    seen = []
    for number in (1, 2, 3):
        page = client.get(post.get_absolute_url() + (f"comment-page-{number}/" if number > 1 else ""))
        assert page.status_code == 200
        seen += spoken(page)
    assert sorted(seen) == sorted(comment.body for comment in said)
    assert seen == [comment.body for comment in Comment.objects.order_by("path")]
    for comment in Comment.objects.all():
        address, fragment = comment.get_absolute_url().split("#")
        found = [element for element in parse(client.get(address)).iter() if element.get("id") == fragment]
        assert len(found) == 1
        assert client.get(f"{post.get_absolute_url()}comment-{comment.pk}/")["Location"] == f"{address}#{fragment}"


def test_pages_know_each_other_and_their_own_address(client, post, settings):
    talk(post, [0] * 12)
    here, site = post.get_absolute_url(), settings.SITE_URL
    first, second, third = (client.get(f"{here}{page}") for page in ("", "comment-page-2/", "comment-page-3/"))
    assert [link(first, rel) for rel in ("canonical", "prev", "next")] == [
        [f"{site}{here}"], [], [f"{site}{here}comment-page-2/"],
    ]  # fmt: skip
    assert [link(second, rel) for rel in ("canonical", "prev", "next")] == [
        [f"{site}{here}comment-page-2/"], [f"{site}{here}"], [f"{site}{here}comment-page-3/"],
    ]  # fmt: skip
    assert link(third, "next") == []
    assert "page 2" in text_of(next(parse(second).iter("title")))
    (navigation,) = with_class(parse(second), "pagination")
    assert [text_of(item) for item in navigation.iter("li")] == ["1", "2", "3"]


def test_a_short_conversation_has_no_pages(client, post):
    talk(post, [0] * 5)
    page = client.get(post.get_absolute_url())
    assert not with_class(parse(page), "pagination")
    assert link(page, "next") == []


@pytest.mark.parametrize(
    ("number", "leads_to"), [("0", ""), ("1", ""), ("3", "comment-page-2/"), ("9" * 40, "comment-page-2/")]
)
def test_an_address_of_no_page_leads_to_the_nearest(client, post, number, leads_to):
    talk(post, [0] * 7)
    here = post.get_absolute_url()
    assert client.get(f"{here}comment-page-{number}/")["Location"] == here + leads_to


def test_wordpress_links_with_another_date_or_of_a_page_lead_where_they_should(client, post):
    talk(post, [0] * 7)
    about = PageFactory(title="À propos", slug="a-propos")
    talk(about, [0] * 7)
    assert client.get("/2001/01/aube/comment-page-2/")["Location"] == f"{post.get_absolute_url()}comment-page-2/"
    assert len(spoken(client.get("/a-propos/comment-page-2/"))) == 2
    assert client.get("/2001/01/nowhere/comment-page-2/").status_code == 404


def test_a_gone_or_hidden_comment_leads_to_its_post(client, post):
    hidden = CommentFactory(post=post, status=Comment.Status.PENDING)
    for number in (hidden.pk, 999_999, "9" * 40):
        assert client.get(f"{post.get_absolute_url()}comment-{number}/")["Location"] == post.get_absolute_url()


def test_a_reply_on_a_later_page_says_whom_it_answers_and_leads_up_to_them(client, post):
    talk(post, [0, 1, 1, 1, 1, 1, 2])
    page = client.get(f"{post.get_absolute_url()}comment-page-2/")
    answered = with_class(parse(page), "comment-answered")
    first = Comment.objects.get(name="N1")
    assert [text_of(link) for link in answered] == ["in reply to N1"] * 2
    assert {link.get("href") for link in answered} == {f"{post.get_absolute_url()}#comment-{first.pk}"}
    assert not with_class(parse(page), "tombstone")


def test_a_removed_comment_has_one_tombstone_whatever_page_its_replies_are_on(client, post):
    said = talk(post, [0, 1, 1, 1, 1, 1, 1])
    decide(Comment.objects.filter(pk=said[0].pk), Comment.Status.TRASH)
    pages = [client.get(f"{post.get_absolute_url()}{page}") for page in ("", "comment-page-2/")]
    assert [len(with_class(parse(page), "tombstone")) for page in pages] == [1, 0]
    assert "in reply to" not in pages[1].content.decode()


def test_the_newest_first_where_the_reader_or_the_author_wants_it(client, post):
    talk(post, [0, 0, 1, 0, 0, 0, 0])
    newest = [f"Voix {number}" for number in (7, 6, 5, 4, 2)]
    assert spoken(client.get(f"{post.get_absolute_url()}?comments=newest")) == newest
    assert spoken(client.get(f"{post.get_absolute_url()}comment-page-2/?comments=newest")) == ["Voix 1", "Voix 3"]
    DiscussionSettings(per_page=5, newest_first=True).save()
    assert spoken(client.get(post.get_absolute_url())) == newest
    assert spoken(client.get(f"{post.get_absolute_url()}?comments=oldest"))[0] == "Voix 1"
    for comment in Comment.objects.all():
        address, fragment = comment.get_absolute_url().split("#")
        assert f'id="{fragment}"' in client.get(address).content.decode()
        annotated = Comment.objects.with_pages().get(pk=comment.pk)
        assert annotated.get_absolute_url() == comment.get_absolute_url()


def test_in_another_order_numbers_lead_to_the_addresses_everybody_has(client, post):
    (comment,) = talk(post, [0])
    page = parse(client.get(f"{post.get_absolute_url()}?comments=newest"))
    (number,) = with_class(page, "comment-number")
    assert number.get("href") == f"{post.get_absolute_url()}comment-{comment.pk}/"


def test_a_number_is_given_once_and_never_to_another(client, post):
    said = talk(post, [0, 0, 1])
    decide(Comment.objects.filter(pk=said[1].pk), Comment.Status.TRASH)
    waiting = CommentFactory(post=post, status=Comment.Status.PENDING)
    assert waiting.number is None
    decide(Comment.objects.filter(pk=waiting.pk), Comment.Status.APPROVED)
    newest = CommentFactory(post=post, parent=said[0])
    numbers = [text_of(number) for number in with_class(parse(client.get(post.get_absolute_url())), "comment-number")]
    assert numbers == ["1", "3", "5", "4"]
    decide(Comment.objects.filter(pk=said[1].pk), Comment.Status.APPROVED)
    assert Comment.objects.get(pk=said[1].pk).number == 2
    assert newest.number == 5


def test_what_is_approved_together_is_numbered_by_date(post):
    start = timezone.now()
    later = CommentFactory(post=post, status="pending", created_at=start)
    earlier = CommentFactory(post=post, status="pending", created_at=start - datetime.timedelta(hours=1))
    elsewhere = CommentFactory(status="pending")
    decide(Comment.objects.all(), Comment.Status.APPROVED)
    numbers = dict(Comment.objects.values_list("pk", "number"))
    assert numbers == {earlier.pk: 1, later.pk: 2, elsewhere.pk: 1}


def test_a_visitors_waiting_words_on_a_later_page_are_shown_to_them_there(client, post):
    talk(post, [0] * 7)
    sent = {"name": "Camille", "email": "camille@example.org", "body": "Enfin."}
    response = client.post(f"{post.get_absolute_url()}comment/{post.pk}/", sent)
    address = response["Location"].split("#")[0]
    assert address == f"{post.get_absolute_url()}comment-page-2/"
    assert "Enfin." in spoken(client.get(address))
    assert "Enfin." not in spoken(Client().get(address))


FIRST = 1_000_000  # far from what the database counts to by itself


def crowd(post, count):
    """Keep `count` comments, each third one an answer to an earlier one, as they would be stored."""
    start, said = timezone.now() - datetime.timedelta(days=100), []
    for number in range(1, count + 1):
        moment = start + datetime.timedelta(minutes=number)
        parent = said[number * 7919 % (number - 1)] if number > 9 and number % 3 == 0 else None
        words = f"Une voix {number} parmi d’autres, qui parle assez longtemps pour qu’on l’entende ({number**3})."
        comment = Comment(
            post=post, parent=parent, pk=FIRST + number, name=f"N{number}", body=words, html=f"<p>{words}</p>"
        )
        comment.created_at, comment.status, comment.number = moment, Comment.Status.APPROVED, number
        comment.path = comment.own_path()
        said.append(comment)
    Comment.objects.bulk_create(said, 500)


def test_ten_thousand_comments_are_read_a_page_at_a_time(client):
    post = PostFactory(title="Aube", slug="aube")
    crowd(post, 10_000)
    here = post.get_absolute_url()
    short = PostFactory(slug="midi")
    CommentFactory(post=short)
    client.get(here)
    with CaptureQueriesContext(connection) as few:
        client.get(short.get_absolute_url())
    for number in (2, 57, 100):
        with CaptureQueriesContext(connection) as many:
            page = client.get(f"{here}comment-page-{number}/")
        assert len(spoken(page)) == 100
        assert len(gzip.compress(page.content)) < 60_000
        # How many there are; which stand on the page; who is answered on other pages, and how long those are.
        assert len(many) <= len(few) + 4
