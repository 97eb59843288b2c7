"""Words and addresses by which comments wait or are blocked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comments.models import Comment, DiscussionSettings
from comments.watchlists import Subject, entries, first_match, unusable
from tests.comments.forms import stamped
from tests.factories import CommentFactory, PostFactory
from tests.people import administrator

SUBJECT = Subject(
    name="Éléonore",
    email="eleonore@mail.example",
    url="https://pills.example/buy",
    body="J’ai visité un grand CASINO hier soir,\nprès de la mer : wordpress.",
    ip="192.0.2.17",
)


@pytest.mark.parametrize(
    ("entry", "fits"),
    [
        ("casino", True),
        ("casin", False),
        ("casin*", True),
        ("press", False),
        ("*press", True),
        ("grand casino", True),
        ("hier   soir", True),
        ("soir, près", True),
        ("eleonore", True),
        ("ÉLÉONORE", True),
        ("pills.example", True),
        ("eleonore@mail.example", True),
        ("Eleonore@MAIL.example", True),
        ("onore@mail.example", False),
        ("@mail.example", True),
        ("@example", False),
        ("192.0.2.17", True),
        ("192.0.2.0/24", True),
        ("192.0.3.0/24", False),
        ("2001:db8::/32", False),
        ("j'ai", True),
        ("(", False),
        (".*", False),
    ],
)
def test_an_entry_fits_what_its_owner_means(entry, fits):
    assert (first_match([entry], SUBJECT) == entry) is fits


def test_a_list_is_read_line_by_line():
    assert entries(" casino \r\n\r\npoker\ncasino") == ["casino", "poker"]


@pytest.mark.parametrize("entry", ["192.0.2.0/33", "192.0.2", "300.1.1.1", "2001:db8::/129", ":::"])
def test_a_range_that_is_none_is_told(entry):
    assert unusable(f"casino\n{entry}") == [entry]


@given(st.text(max_size=30), st.text(max_size=80))
def test_any_list_can_be_compared_with_any_comment(listed, body):
    first_match(entries(listed), Subject(body=body, ip="2001:db8::1"))


def send(client, post, REMOTE_ADDR="127.0.0.1", **changed):
    address = f"{post.get_absolute_url()}comment/{post.pk}/"
    words = {"name": "Camille", "email": "camille@example.org", "body": "Une pensée.", **stamped(post), **changed}
    client.post(address, words, REMOTE_ADDR=REMOTE_ADDR)
    return Comment.objects.latest("pk")


@pytest.mark.django_db
def test_what_is_on_the_list_waits_even_from_somebody_known(client):
    post = CommentFactory(name="Camille", email="camille@example.org").post
    DiscussionSettings(held="poker").save()
    comment = send(client, post, body="Une partie de poker ?")
    assert comment.status == Comment.Status.PENDING
    assert "“poker” is on the list of what waits." in comment.reason


@pytest.mark.django_db
def test_what_is_blocked_goes_to_the_spam_where_it_can_be_found(client):
    DiscussionSettings(policy="nobody", blocked="127.0.0.0/8").save()
    comment = send(client, PostFactory())
    assert comment.status == Comment.Status.SPAM
    assert "127.0.0.0/8" in comment.reason


LISTED = [
    ("levain*", {"body": "Mes levains."}),
    ("Éléonore", {"name": "Eleonore"}),
    ("pills.example", {"url": "https://pills.example/"}),
    ("camille@example.org", {}),
    ("@example.org", {}),
    ("192.0.2.0/24", {"ip": "192.0.2.200"}),
    ("2001:db8::/32", {"ip": "2001:db8:9::1"}),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("entry", "changed"), LISTED, ids=[entry for entry, _ in LISTED])
@pytest.mark.parametrize(("listed", "status"), [("held", "pending"), ("blocked", "spam")])
def test_words_addresses_and_networks_of_each_list_hold_a_comment(client, listed, status, entry, changed):
    CommentFactory(name="Camille", email="camille@example.org")
    ip = changed.get("ip", "127.0.0.1")
    fields = {name: value for name, value in changed.items() if name != "ip"}
    DiscussionSettings(policy="nobody").save()
    assert send(client, PostFactory(), REMOTE_ADDR=ip, **fields).status == "approved"
    DiscussionSettings(policy="nobody", **{listed: f"poker\n{entry}"}).save()
    comment = send(client, PostFactory(), REMOTE_ADDR=ip, **fields)
    assert comment.status == status
    assert f"“{entry}”" in comment.reason
    assert comment.held_for == {"held": "list", "blocked": "spam"}[listed]


@pytest.mark.django_db
def test_a_list_of_tens_of_thousands_is_read_once(client, monkeypatch):
    asked = []
    monkeypatch.setattr("comments.watchlists.network", lambda entry: asked.append(entry))
    listed = [f"mot-{number}" for number in range(300)]
    for _ in range(3):
        assert first_match(listed, Subject(body="Un mot-299.")) == "mot-299"
    assert len(asked) <= 300


@pytest.mark.django_db
@pytest.mark.parametrize("policy", ["everyone", "first"])
def test_whoever_is_trusted_never_waits(client, policy):
    DiscussionSettings(policy=policy, trusted="Camille@example.org").save()
    assert send(client, PostFactory()).status == Comment.Status.APPROVED
    assert send(client, PostFactory(), email="other@example.org").status == Comment.Status.PENDING


@pytest.mark.django_db
def test_the_owner_is_told_of_a_range_that_is_none(client):
    client.force_login(administrator())
    response = client.post("/admin/comments/discussionsettings/1/change/", {"blocked": "192.0.2.0/99"})
    assert "192.0.2.0/99" in str(response.context["adminform"].form.errors["blocked"])
