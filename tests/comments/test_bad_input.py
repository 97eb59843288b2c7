"""What no honest visitor sends harms nobody and is lost by nobody."""

import re

import pytest
from django.core import mail
from hypothesis import given
from hypothesis import strategies as st

from comments import rendering
from comments.mail import links
from comments.models import Comment, DiscussionSettings
from tests.comments.forms import stamped
from tests.factories import CommentFactory, PostFactory, UserFactory
from tests.pages import parse, text_of, with_class
from tests.people import member

ZALGO = "Z" + "\u0300\u0301\u0316\u0317" * 50 + "algo"
TURN = "\u202e"  # right-to-left override


@pytest.fixture
def post(db):
    DiscussionSettings(policy="nobody", notices="all").save()
    return PostFactory(slug="aube", author=UserFactory(is_staff=True, email="author@example.org"))


def send(client, post, **changed):
    words = {"name": "Camille", "email": "camille@example.org", "body": "Une pensée.", **stamped(post), **changed}
    return client.post(f"{post.get_absolute_url()}comment/{post.pk}/", words)


@pytest.mark.parametrize(
    "body",
    [
        "[" * 10_000,
        "<b>" * 5_000 + "x",
        "<blockquote>" * 1_600 + "x",
        "&" * 20_000,
        "<" * 20_000,
        "@a " * 6_000,
        ZALGO * 90,
    ],
    ids=["brackets", "tags", "quotations", "ampersands", "angles", "mentions", "marks"],
)
def test_strange_comments_are_taken_in_and_shown(client, post, body):
    assert send(client, post, body=body).status_code == 303
    assert Comment.objects.get().body == body.strip()
    page = client.get(post.get_absolute_url())
    assert page.status_code == 200
    assert len(with_class(parse(page), "comment-body")) == 1


@pytest.mark.parametrize("body", ["<u></u>", "<u></u><script></script>", "\u200b \u200b", "<b> </b>", "<grin>"])
def test_words_of_which_nothing_is_seen_are_none(client, post, body):
    assert send(client, post, body=body).status_code == 422
    assert not Comment.objects.exists()


@pytest.mark.parametrize("body", ["🙂", "…", "<3", "<https://example.org/>", "<b>oui</b>", "<code></code>x"])
def test_few_words_are_words(client, post, body):
    assert send(client, post, body=body).status_code == 303


def test_bytes_that_are_no_text_are_named_and_never_kept(client, post):
    words = "&".join(
        f"{name}={value}" for name, value in {"name": "Camille", "email": "c@example.org", **stamped(post)}.items()
    )
    sent = words.encode() + b"&body=un\xed\xa0\x80mot"
    address = f"{post.get_absolute_url()}comment/{post.pk}/"
    response = client.post(address, sent, content_type="application/x-www-form-urlencoded")
    assert response.status_code == 422
    assert "\x80" not in response.text
    assert not Comment.objects.exists()


def test_a_paragraph_of_two_megabytes_comes_back_with_the_reason(client, post):
    body = "mot " * 500_000
    page = send(client, post, body=body)
    assert page.status_code == 422
    assert "at most 20000" in page.content.decode()
    assert body.strip() in page.content.decode()


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:alert(1)", "java\tscript:alert(1)",
        "java\nscript:alert(1)", "&#106;avascript:alert(1)", "&#x6A;avascript:alert(1)", "javascript&colon;alert(1)",
        "javascript&#58;alert(1)", "\x01javascript:alert(1)", "vbscript:x", "data:text/html,<script>alert(1)</script>",
        "data:text/html;base64,PHNjcmlwdD4=", "//evil.example\\@a", "feed:javascript:alert(1)", "blob:x", "file:///etc",
    ],
)  # fmt: skip
def test_no_link_runs_anything_however_it_is_spelled(address):
    shown = rendering.render(f"<a href=\"{address}\">ici</a> <a href='{address}'>là</a>")
    document = parse(type("Answer", (), {"content": shown.encode()}))
    for link in document.iter("a"):
        scheme = re.match(r"\s*([a-z][a-z0-9+.-]*):", link.get("href") or "", re.I)
        assert scheme is None or scheme[1].lower() in ("http", "https")
    assert "ici" in text_of(document)


def test_marks_do_not_pile_up_over_their_neighbours(client, post):
    send(client, post, body=ZALGO, name=ZALGO[:60])
    page = client.get(post.get_absolute_url()).content.decode()
    assert not re.search("[\u0300-\u036f]{4}", page)
    assert Comment.objects.get().body == ZALGO
    assert rendering.calm("Việt Nam, é, e\u0301\u0323") == "Việt Nam, é, e\u0301\u0323"


@given(st.text(alphabet=st.sampled_from("ae\u0300\u0301\u0316 <b>"), max_size=80))
def test_calming_takes_nothing_but_marks(text):
    def bare(words):
        return re.sub(rendering.MARK, "", words)

    assert bare(rendering.calm(text)) == bare(text)
    assert not re.search(rf"{rendering.MARK}{{4}}", rendering.calm(text))


def test_letters_that_run_the_other_way_stay_within_their_name(client, post):
    send(client, post, name=f"gro.elpmaxe{TURN}\u2069 Camille")
    assert Comment.objects.get().name == "gro.elpmaxe Camille"
    parent = CommentFactory(post=post, name=f"שלום{TURN}\u2069")  # as another blog may have kept it
    CommentFactory(post=post, name="Bo", parent=parent)
    document = parse(client.get(post.get_absolute_url()))
    assert {name.get("dir") for name in with_class(document, "p-name") if text_of(name) != "Aube"} >= {"auto"}
    (answered,) = with_class(document, "comment-answered")
    assert answered.text == "in reply to \u2068שלום\u2069"
    assert {body.get("dir") for body in with_class(document, "comment-body")} == {"auto"}


def test_a_name_of_nothing_that_shows_is_none(client, post):
    assert send(client, post, name=TURN * 3).status_code == 422


def test_a_name_or_an_address_cannot_write_headers(client, post, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        send(client, post, name="Camille\r\nBcc: everybody@example.org")
        assert send(client, post, email="camille@example.org\r\nBcc: everybody@example.org").status_code == 422
    assert mail.outbox
    for message in mail.outbox:
        assert message.recipients() == ["author@example.org"]
        assert "\nBcc" not in message.message().as_string().split("\n\n")[0]


@pytest.mark.parametrize("status", ["spam", "trash"])
def test_a_removed_comment_is_in_no_page_and_no_feed(client, post, status):
    gone = CommentFactory(
        post=post, name="Parti", email="parti@example.org", body="Effacé", url="https://parti.example/"
    )
    CommentFactory(post=post, parent=gone, body="Je réponds @Parti")
    Comment.objects.filter(pk=gone.pk).update(status=status, ip="192.0.2.7")
    here = post.get_absolute_url()
    for address in (here, f"{here}?replytocom={gone.pk}", f"{here}feed/", "/comments/feed/", "/comments/feed/json/"):
        content = client.get(address).content.decode().replace("@Parti", "")
        assert not [word for word in ("Parti", "parti", "Effacé", "192.0.2.7", gone.avatar.key) if word in content]


# Where moderators and mails meet it -----------------------------------------------------------------------


NESTED = ["[" * 10_000, "<b>" * 5_000 + "x", ZALGO * 90, f"{TURN}evil", "<a href='java\tscript:alert(1)'>ici</a>"]


@pytest.mark.parametrize("body", NESTED, ids=["brackets", "tags", "marks", "turn", "script"])
def test_the_queue_and_every_mail_bear_it_too(client, post, body, django_capture_on_commit_callbacks):
    DiscussionSettings(policy="everyone", notices="waiting").save()
    with django_capture_on_commit_callbacks(execute=True):
        send(client, post, body=body)
    (message,) = mail.outbox
    assert "javascript" not in re.sub(r"\s", "", message.alternatives[0][0])
    client.force_login(member("Moderator"))
    page = client.get("/admin/comments/comment/")
    assert page.status_code == 200
    (words,) = with_class(parse(page), "words")
    assert not [link for link in words.iter("a") if "script:" in (link.get("href") or "")]
    pk = Comment.objects.get().pk
    assert client.post(f"/admin/comments/comment/{pk}/reply/", {"body": body}).status_code == 302
    assert client.get(post.get_absolute_url()).status_code == 200


def test_data_addresses_and_homographs_show_what_they_are(client, post):
    data = '<a href="data:text/html;base64,PHNjcmlwdD4=">ici</a>'
    send(client, post, body=f"{data} https://b\u0430nk.example/")
    comment = Comment.objects.get()
    assert "data:" not in comment.html
    assert (comment.status, comment.held_for) == ("pending", "doubt")
    assert "xn--bnk-6cd.example" in comment.reason


@pytest.mark.parametrize("purpose", ["moderate", "follow", "unfollow", "my_data", "mine"])
@pytest.mark.parametrize("change", ["cut", "longer", "turned", "other key"])
def test_a_forged_signature_opens_nothing(client, post, purpose, change, settings):
    comment = CommentFactory(post=post, status="pending")
    value = {"moderate": [comment.pk, "approve"], "my_data": comment.email}.get(purpose, comment.pk)
    if change == "other key":
        settings.SECRET_KEY, kept = "another", settings.SECRET_KEY
    address = links.address(purpose, value).removeprefix(settings.SITE_URL).rstrip("/")
    if change == "other key":
        settings.SECRET_KEY = kept
    head, token = address.rsplit("/", 1)
    forged = {"cut": token[:-3], "longer": token + "A", "turned": token.swapcase(), "other key": token}[change]
    answer = client.post(f"{head}/{forged}/", {"move": "approve", "do": "erase"})
    assert answer.status_code == 404
    comment.refresh_from_db()
    assert (comment.status, comment.name) == ("pending", "Camille")


@pytest.mark.parametrize("sign", ["\r\n", "\n", "\r", "\u2028", "%0a", "\x85", "\x0b"])
def test_no_sign_that_ends_a_line_ends_a_header(client, post, sign, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        send(client, post, name=f"Camille{sign}Bcc: everybody@example.org", email="camille@example.org")
        send(client, post, name="Bo", email=f"bo@example.org{sign}Bcc: everybody@example.org")
        client.post("/comments/my-data/", {"email": f"camille@example.org{sign}Bcc: everybody@example.org"})
    assert [message.recipients() for message in mail.outbox] == [["author@example.org"]] * len(mail.outbox)
    for message in mail.outbox:
        assert len(message.subject.splitlines()) == 1
        assert message.message()["Bcc"] is None
