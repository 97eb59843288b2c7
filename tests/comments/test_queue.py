"""The moderators' queue: each comment in its thread, why it waits, one step to decide and one to undo."""

import re

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from comments import decisions, moderation, queue
from comments.admin import CommentAdmin
from comments.decisions import decide, undo
from comments.models import Comment, Decision, DiscussionSettings, Subscription
from comments.spam import learning
from tests.comments.forms import stamped
from tests.factories import CommentFactory, PostFactory
from tests.pages import parse, text_of, with_class
from tests.people import member

pytestmark = pytest.mark.django_db

LIST = "/admin/comments/comment/"
JSON = {"Accept": "application/json"}


@pytest.fixture
def person():
    return member("Moderator", display_name="Modeste")


@pytest.fixture
def moderator(client, person):
    client.force_login(person)
    return client


def statuses():
    return dict(Comment.objects.values_list("name", "status"))


def names(client, query=""):
    return sorted(text_of(name) for name in with_class(parse(client.get(LIST + query)), "who-name"))


def tabs(client, query=""):
    return [text_of(tab) for nav in with_class(parse(client.get(LIST + query)), "tabs") for tab in nav.iter("a")]


# What one sees -----------------------------------------------------------------------------------------


def test_each_comment_stands_in_its_thread_with_why_it_waits_and_who_wrote_it(moderator):
    post = PostFactory(title="Le pain")
    asked = CommentFactory(post=post, name="Anne", email="anne@example.org", body="Quelle farine ?")
    CommentFactory(name="Bo", email="BO@example.org")
    CommentFactory(name="Bo", email="bo@example.org", status="spam")
    CommentFactory(post=post, parent=asked, name="Bo", email="bo@example.org", status="pending", reason="Deux liens.")
    (row,) = [row for row in parse(moderator.get(LIST)).iter("tr") if with_class(row, "moves")]
    shown = text_of(row)
    for words in ("Le pain", "in reply to Anne", "Quelle farine ?", "Deux liens.", "1 approved, 1 spam"):
        assert words in shown


def test_somebody_new_is_called_so(moderator):
    CommentFactory(email="nina@example.org", status="pending")
    assert "first comment" in text_of(with_class(parse(moderator.get(LIST)), "record")[0])


def test_a_long_comment_can_be_read_whole(moderator):
    CommentFactory(body="début " + "mot " * 1000 + "fin", status="pending")
    (words,) = with_class(parse(moderator.get(LIST)), "words")
    assert text_of(words.find("details")).endswith("fin")


def test_the_desk_opens_on_what_waits(moderator):
    CommentFactory(name="Anne", body="Bonjour", reason="Elle est nouvelle.", status="pending")
    opened = text_of(parse(moderator.get("/admin/")).find(".//section"))
    assert opened.startswith("1 comment waits")
    assert "Elle est nouvelle." in opened
    Comment.objects.update(status="approved")
    assert parse(moderator.get("/admin/")).find(".//section[@class='desk-waits']") is None


# The piles ---------------------------------------------------------------------------------------------


def test_what_waits_is_narrowed_by_why(moderator):
    for name, held_for in [("Anne", "first"), ("Bo", "first links"), ("Chloé", "spam links"), ("David", "")]:
        CommentFactory(name=name, status="pending", held_for=held_for)
    CommentFactory(name="Eve", status="spam", held_for="spam")
    assert {"Likely spam (1)", "Newcomers (2)", "Many links (2)"} <= set(tabs(moderator))
    assert names(moderator, "?held=first") == ["Anne", "Bo"]
    assert names(moderator, "?held=links") == ["Bo", "Chloé"]
    assert names(moderator, "?held=spam") == ["Chloé"]
    assert names(moderator, "?held=nonsense") == []
    assert not [tab for tab in tabs(moderator, "?status=spam") if tab.startswith("Newcomers")]


def test_every_cause_has_a_name_and_every_reason_a_cause(client):
    everything = moderation.Facts(
        links=9, most_links=2, policy="first", claims_staff_address=True, doubts=("x",), spam_signs=("y",), held_by="z"
    )
    verdict = moderation.judge(everything)
    assert set(verdict.causes) == set(moderation.CAUSES) - {"everyone"}
    assert len(verdict.reasons) == len(verdict.causes)
    longest = " ".join(moderation.CAUSES)
    assert len(longest) <= Comment._meta.get_field("held_for").max_length


def test_why_a_comment_waits_is_kept_with_it(client):
    post = PostFactory()
    DiscussionSettings(most_links=0, policy="first").save()
    words = {"name": "Nina", "email": "nina@example.org", "body": "https://a.example/", **stamped(post)}
    client.post(f"{post.get_absolute_url()}comment/{post.pk}/", words)
    assert Comment.objects.get().held_for == "first links"


# Undoing ------------------------------------------------------------------------------------------------


def mixed(post=None):
    post = post or PostFactory()
    return [CommentFactory(post=post, name=status, status=status) for status in Comment.Status.values]


def test_undo_brings_back_what_each_comment_was(person):
    comments = mixed()
    decision = decide(Comment.objects.all(), Comment.Status.SPAM, by=person)
    assert decision.count == 3
    assert set(statuses().values()) == {"spam"}
    assert undo(decision) == 3
    assert statuses() == {status: status for status in Comment.Status.values}
    assert undo(decision) == 0
    assert len(comments) == 4


def test_what_somebody_decided_since_stays_so(person):
    comment = CommentFactory(name="Anne", status="pending")
    first = decide(Comment.objects.all(), Comment.Status.SPAM, by=person)
    decide(Comment.objects.filter(pk=comment.pk), Comment.Status.TRASH)
    assert undo(first) == 0
    assert statuses() == {"Anne": "trash"}


def test_a_published_comment_keeps_its_number_through_a_mistake(person):
    comment = CommentFactory(name="Anne")
    assert comment.number == 1
    undo(decide(Comment.objects.all(), Comment.Status.TRASH, by=person))
    comment.refresh_from_db()
    assert (comment.status, comment.number) == ("approved", 1)


def test_undo_mails_nobody_twice(person, django_capture_on_commit_callbacks):
    followed = CommentFactory(name="Camille", email="camille@example.org")
    now = timezone.now()
    Subscription.objects.create(comment=followed, email="camille@example.org", asked_at=now, confirmed_at=now)
    CommentFactory(post=followed.post, parent=followed, name="Jean", email="jean@example.org", status="pending")
    jean = Comment.objects.filter(name="Jean")
    with django_capture_on_commit_callbacks(execute=True):
        undo(decide(jean, Comment.Status.APPROVED, by=person))
        decide(jean, Comment.Status.APPROVED, by=person)
        undo(decide(jean, Comment.Status.SPAM, by=person))
    assert [message.to for message in mail.outbox] == [["camille@example.org"]]


def test_the_filter_unlearns_what_was_undone(person, django_capture_on_commit_callbacks):
    post = PostFactory()
    for number in range(12):
        CommentFactory(post=post, name="Seller", body=f"cheap pills {number}", status="spam")
        CommentFactory(post=post, body=f"le levain monte {number}")
    learning.learn()
    CommentFactory(post=post, name="Chloé", body="une brioche tressée")
    with django_capture_on_commit_callbacks(execute=True):
        decision = decide(Comment.objects.filter(name="Chloé"), Comment.Status.SPAM, by=person)
    assert learning.current().weights["brioch"] > 0
    with django_capture_on_commit_callbacks(execute=True):
        undo(decision)
    assert learning.current().weights["brioch"] < 0


def test_a_filter_that_knows_thousands_of_decisions_goes_on_learning(person, monkeypatch):
    monkeypatch.setattr(learning, "MOST_DECISIONS", 12)
    post = PostFactory()
    for number in range(20):
        CommentFactory(post=post, body=f"cheap pills {number}", status="spam")
        CommentFactory(post=post, body=f"le levain monte {number}")
    learning.learn()
    CommentFactory(post=post, name="Chloé", body="a casino", status="pending")
    decide(Comment.objects.filter(name="Chloé"), Comment.Status.SPAM, by=person)
    assert learning.learn() is True


def test_undo_ends_after_a_day(person):
    CommentFactory(name="Anne", status="pending")
    decision = decide(Comment.objects.all(), Comment.Status.SPAM, by=person)
    with time_machine.travel(timezone.now() + decisions.UNDOABLE, tick=False):
        assert undo(decision) == 0
        assert decisions.last_of(person) is None
    assert statuses() == {"Anne": "spam"}


def undo_button(client, query=""):
    (bar,) = [element for element in parse(client.get(LIST + query)).iter("p") if element.get("id") == "undo"]
    return None if bar.get("hidden") is not None else (text_of(bar), bar.find("button").get("formaction"))


def test_without_javascript_a_bulk_decision_is_undone_by_a_button(moderator):
    mixed()
    chosen = list(Comment.objects.values_list("pk", flat=True))
    assert undo_button(moderator) is None
    moderator.post(f"{LIST}?status=all", {"action": "move_to_trash", "_selected_action": chosen})
    words, address = undo_button(moderator, "?status=all")
    assert words.startswith("3 comments: trash")
    assert moderator.post(address, headers={"Referer": f"http://testserver{LIST}?status=all"}).status_code == 302
    assert statuses() == {status: status for status in Comment.Status.values}
    assert undo_button(moderator) is None


def test_the_decision_before_the_last_is_undone_next(moderator):
    first, second = CommentFactory(name="Anne", status="pending"), CommentFactory(name="Bo", status="pending")
    moderator.post(f"{LIST}{first.pk}/spam/")
    moderator.post(f"{LIST}{second.pk}/trash/")
    moderator.post(undo_button(moderator)[1])
    assert statuses() == {"Anne": "spam", "Bo": "pending"}
    moderator.post(undo_button(moderator)[1])
    assert statuses() == {"Anne": "pending", "Bo": "pending"}


def test_nobody_undoes_what_another_decided_and_looking_undoes_nothing(moderator):
    CommentFactory(name="Anne", status="pending")
    other = decide(Comment.objects.all(), Comment.Status.SPAM, by=member("Moderator"))
    assert moderator.post(f"{LIST}undo/{other.pk}/").status_code == 404
    own = decide(Comment.objects.all(), Comment.Status.TRASH, by=Decision.objects.get().moderator)
    assert moderator.get(f"{LIST}undo/{own.pk}/").status_code == 405
    assert statuses() == {"Anne": "trash"}


# For the script -----------------------------------------------------------------------------------------


def test_the_script_is_told_what_became_of_each_comment(moderator):
    comment = CommentFactory(status="pending")
    told = moderator.post(f"{LIST}{comment.pk}/approve/", headers=JSON).json()
    assert told["statuses"] == {str(comment.pk): "approved"}
    assert told["tabs"]["pending"] == "Waiting (0)"
    undone = moderator.post(told["undo_address"], headers=JSON).json()
    assert undone["statuses"] == {str(comment.pk): "pending"}
    assert undone["undo_address"] == ""


def test_several_are_decided_at_once(moderator):
    comments = [CommentFactory(status="pending") for _ in range(3)]
    chosen = ",".join(str(comment.pk) for comment in comments[:2])
    told = moderator.post(f"{LIST}several/spam/", {"comments": chosen}, headers=JSON).json()
    assert told["words"] == "2 comments: spam"
    assert sorted(Comment.objects.values_list("status", flat=True)) == ["pending", "spam", "spam"]


@pytest.mark.parametrize("chosen", ["", "a", "1,", "-1", "9" * 30, ",".join("1" * 600), "1;2", "\x00"])
def test_what_is_no_list_of_comments_is_told(moderator, chosen):
    answer = moderator.post(f"{LIST}several/spam/", {"comments": chosen}, headers=JSON)
    assert answer.status_code == 422
    assert answer.json()["words"]


def test_approving_and_replying_is_one_step_and_one_undo(moderator):
    comment = CommentFactory(name="Anne", status="spam")
    told = moderator.post(f"{LIST}{comment.pk}/reply/", {"body": "Merci !"}, headers=JSON).json()
    assert statuses() == {"Anne": "approved", "Modeste": "approved"}
    moderator.post(told["undo_address"], headers=JSON)
    assert statuses() == {"Anne": "spam", "Modeste": "trash"}


def test_an_empty_reply_is_told_to_the_script(moderator):
    comment = CommentFactory(status="pending")
    answer = moderator.post(f"{LIST}{comment.pk}/reply/", {"body": " "}, headers=JSON)
    assert (answer.status_code, answer.json()) == (422, {"words": "This field is required."})
    assert moderator.post(f"{LIST}{comment.pk}/reply/", headers=JSON).status_code == 422


@pytest.mark.parametrize("role", ["Author", "Editor"])
def test_who_only_writes_decides_nothing(client, role):
    comment = CommentFactory(name="Anne", status="pending")
    decision = decide(Comment.objects.all(), Comment.Status.SPAM, by=member("Moderator"))
    client.force_login(member(role))
    for address in (f"several/approve/?comments={comment.pk}", f"undo/{decision.pk}/", f"{comment.pk}/reply/"):
        assert client.post(LIST + address, {"comments": comment.pk, "body": "x"}).status_code == 403
    assert statuses() == {"Anne": "spam"}


# Mending ------------------------------------------------------------------------------------------------


def mend(client, comment, body):
    fields = {"status": comment.status, "name": "Anne", "email": "a@example.org", "url": "", "body": body}
    return client.post(f"{LIST}{comment.pk}/change/", fields)


def test_a_megabyte_is_no_comment_for_staff_either(moderator):
    comment = CommentFactory(name="Anne")
    answer = mend(moderator, comment, "x" * 1_000_000)
    assert "at most 20000 characters; this has 1000000" in answer.content.decode()
    comment.refresh_from_db()
    assert comment.body == "A thought."


def test_a_long_comment_of_another_blog_can_still_be_mended(moderator):
    comment = CommentFactory(name="Anne", body="x" * 30_000)
    assert mend(moderator, comment, "y" * 30_000).status_code == 302
    assert mend(moderator, comment, "y" * 30_001).status_code == 200


# With half a million comments -----------------------------------------------------------------------------


def test_the_queue_asks_the_database_as_often_for_forty_comments_as_for_two(moderator):
    post = PostFactory()
    counted = []
    for count in (2, 40):
        for number in range(count):
            CommentFactory(post=post, status="pending", email=f"{count}.{number}@example.org", held_for="first")
        with CaptureQueriesContext(connection) as queries:
            moderator.get(LIST)
        counted.append(len(queries))
    assert counted[0] == counted[1]


def plan(queryset):
    if connection.vendor == "postgresql":  # which reads small tables whole
        with connection.cursor() as cursor:
            cursor.execute(
                "SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off; SET LOCAL enable_sort = off"
            )
    return queryset.explain()


def test_counts_and_pages_are_read_from_indexes_alone():
    waiting = Comment.objects.waiting().order_by("-created_at", "-pk")
    for queryset in (
        Comment.objects.order_by("-created_at", "-pk").values_list("pk"),
        waiting.values_list("pk"),
        Comment.objects.by_address("a@example.org").order_by().values_list("status"),
    ):
        assert re.search("USING (COVERING )?INDEX comment_|Index (Only )?Scan using comment_", plan(queryset)), plan(
            queryset
        )
        assert not re.search("TEMP B-TREE FOR ORDER BY|Sort", plan(queryset))


def test_a_page_beyond_the_last_is_the_last(moderator):
    CommentFactory(name="Anne", status="pending")
    assert names(moderator, "?p=900") == ["Anne"]


def test_a_search_that_finds_too_much_says_so(moderator, monkeypatch):
    monkeypatch.setattr("comments.admin_list.MOST_FOUND", 3)
    monkeypatch.setattr(CommentAdmin, "list_per_page", 2)
    for number in range(5):
        CommentFactory(name=f"N{number}", body="pain", status="pending")
    page = moderator.get(f"{LIST}?q=pain")
    assert "More than 3 were found" in page.content.decode()
    assert names(moderator, "?q=pain") == ["N3", "N4"]
    assert names(moderator, "?q=pain&p=2") == ["N2"]
    assert "More than" not in moderator.get(LIST).content.decode()


def test_counts_are_one_query():
    mixed()
    with CaptureQueriesContext(connection) as queries:
        assert queue.counts() == dict.fromkeys(Comment.Status.values, 1)
    assert len(queries) == 1


def test_an_address_is_found_whoever_wrote_it_in_capitals(moderator):
    CommentFactory(name="Anne", email="Anne@example.org", status="pending")
    CommentFactory(name="Bo", email="bo@example.org", body="Écris à anne@example.org", status="pending")
    assert names(moderator, "?q=anne@EXAMPLE.org") == ["Anne"]
    assert names(moderator, "?q=@example.org") == ["Anne", "Bo"]
