"""The author links to other people's pages, and their sites hear of it: webmention.rocks' tests of a sender."""

import datetime

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from comments.models import DiscussionSettings, SentMention
from comments.voices import discovery, tasks
from comments.voices.fetching import fetch
from comments.voices.verification import HTML
from tests.comments.voices.elsewhere import ROCKS, play_discovery_tests
from tests.factories import PageFactory, PostFactory
from tests.people import administrator

pytestmark = pytest.mark.django_db

SITE = "http://127.0.0.1:8000"
TARGET = "http://bo.example/essay"
ENDPOINT = "http://bo.example/mentions"


@pytest.fixture
def bo(elsewhere):
    """Bo's essay, whose site takes mentions."""
    elsewhere.page(TARGET, f'<link rel="webmention" href="{ENDPOINT}">')
    elsewhere.takes(ENDPOINT)
    return elsewhere


@pytest.fixture
def commit(django_capture_on_commit_callbacks):
    """Return a function that does something, and then what follows from it."""

    def run(act, *arguments, **named):
        with django_capture_on_commit_callbacks(execute=True):
            return act(*arguments, **named)

    return run


def linking(*targets):
    return " ".join(f"[there]({target})" for target in targets)


# Discovery (3.1.2) --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", range(1, 24))
def test_each_way_to_name_an_endpoint_is_understood(elsewhere, number):
    target, endpoint = play_discovery_tests(elsewhere)[number]
    assert discovery.endpoint_of(fetch(target, accept=HTML)) == endpoint


def test_a_post_that_links_to_every_discovery_test_tells_each_of_them_once(elsewhere, commit):
    pages = play_discovery_tests(elsewhere)
    post = commit(PostFactory, body=linking(*(target for target, _ in pages.values())))
    source = SITE + post.get_absolute_url()
    expected = {
        number: (endpoint, {"source": source, "target": target}) for number, (target, endpoint) in pages.items()
    }
    for number, told in expected.items():
        assert elsewhere.told.count(told) == 1, number
    assert len(elsewhere.told) == len(pages)
    assert set(SentMention.objects.values_list("status", flat=True)) == {"sent"}


@pytest.mark.parametrize(
    ("header", "endpoint"),
    [
        ('</w>; rel="webmention"', f"{ROCKS}/w"),
        ("</w>;rel=WebMention", f"{ROCKS}/w"),
        ("</w>; REL=webmention", f"{ROCKS}/w"),
        ('</no>; title="a, b; rel=webmention", </w>; rel=webmention', f"{ROCKS}/w"),
        ('</no>; rel="http://webmention.org/"', None),
        ("</no>; rel=other; rel=webmention", None),  # RFC 8288 § 3.3: the first counts
        ("</w,x>; foo; rel=webmention", f"{ROCKS}/w,x"),
        ("<>; rel=webmention", f"{ROCKS}/p"),
        ("nonsense", None),
        ("<" * 10_000, None),
        ('<a>; x="' * 5_000, None),
        ("", None),
    ],
)
def test_link_headers_of_every_shape_are_read(header, endpoint):
    assert discovery.endpoint_in_headers(f"{ROCKS}/p", [header]) == endpoint


# Sending (3.1.3) ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [200, 201, 202])
def test_each_good_answer_counts_as_heard(bo, commit, status):
    bo.takes(ENDPOINT, status)
    post = commit(PostFactory, body=linking(TARGET))
    assert bo.told == [(ENDPOINT, {"source": SITE + post.get_absolute_url(), "target": TARGET})]
    mention = SentMention.objects.get()
    assert (mention.status, mention.note) == ("sent", str(status))


def test_pages_send_mentions_too(bo, commit):
    commit(PageFactory, body=linking(TARGET))
    assert len(bo.told) == 1


def test_a_redirected_endpoint_gets_the_form_where_it_leads(bo, commit):
    bo.redirect(ENDPOINT, "/elsewhere", 307)
    bo.takes("http://bo.example/elsewhere")
    commit(PostFactory, body=linking(TARGET))
    assert [url for url, _ in bo.told] == [ENDPOINT, "http://bo.example/elsewhere"]
    assert SentMention.objects.get().status == "sent"


def test_a_site_that_takes_no_mentions_is_noted(elsewhere, commit):
    elsewhere.page(TARGET, "<p>Just words.</p>")
    commit(PostFactory, body=linking(TARGET))
    assert SentMention.objects.get().status == "unheard"


def test_a_site_that_says_no_is_not_asked_again(bo, commit):
    bo.page(ENDPOINT, "no", status=400)
    commit(PostFactory, body=linking(TARGET))
    mention = SentMention.objects.get()
    assert (mention.status, mention.note) == ("failed", "400")


@pytest.mark.parametrize("place", [TARGET, ENDPOINT])
def test_a_site_in_trouble_is_told_later_and_later_until_it_hears(bo, settings, place):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    post = PostFactory(body=linking(TARGET))
    mention = SentMention.objects.create(post=post, target=TARGET)
    well = bo.server.pages[place]
    bo.page(place, "", status=503)
    tasks.tell.func(mention.pk)
    first = DBTaskResult.objects.get()
    tasks.tell.func(*first.args_kwargs["args"])
    second = DBTaskResult.objects.exclude(pk=first.pk).get()
    assert timezone.now() < first.run_after < second.run_after
    mention.refresh_from_db()
    assert (mention.status, "503" in mention.note) == ("waiting", True)
    bo.server.pages[place] = well
    tasks.tell.func(*second.args_kwargs["args"])
    mention.refresh_from_db()
    assert mention.status == "sent"


def test_after_the_last_try_the_author_sees_that_it_failed(bo):
    mention = SentMention.objects.create(post=PostFactory(), target=TARGET)
    bo.page(ENDPOINT, "", status=500)
    tasks.tell.func(mention.pk, len(tasks.WAITS_TO_TELL))
    mention.refresh_from_db()
    assert (mention.status, mention.note) == ("failed", "status 500")


@pytest.mark.parametrize("address", ["127.0.0.1", "10.0.0.1", "::1", "169.254.169.254"])
def test_nothing_is_sent_into_the_house(bo, commit, address):
    bo.names["bo.example"] = [address]
    commit(PostFactory, body=linking(TARGET))
    assert bo.connections == []
    assert SentMention.objects.get().status == "failed"


def test_an_endpoint_inside_the_house_gets_nothing(bo, commit):
    bo.names["inside.example"] = ["127.0.0.1"]
    bo.page(TARGET, headers=[("Link", "<http://inside.example/admin>; rel=webmention")])
    commit(PostFactory, body=linking(TARGET))
    assert bo.told == []
    assert SentMention.objects.get().status == "failed"


# When --------------------------------------------------------------------------------------------------------------


def test_drafts_and_what_is_scheduled_tell_nobody_yet(bo, commit, settings):
    commit(PostFactory, body=linking(TARGET), status="draft")
    assert bo.asked == []
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    moment = timezone.now() + datetime.timedelta(days=3)
    post = PostFactory(body=linking(TARGET), published_at=moment)
    tasks.send_mentions.func(post.pk)
    assert bo.asked == []
    assert DBTaskResult.objects.get(task_path=tasks.send_mentions.module_path).run_after == moment


def test_own_links_are_no_mentions(elsewhere, commit):
    commit(PostFactory, body=f"[a](/about/) [b]({SITE}/x/) [c](#d) [e](mailto:a@example.org)")
    assert not SentMention.objects.exists()
    assert elsewhere.asked == []


def test_a_change_tells_the_links_that_are_there_the_new_ones_and_those_that_went(bo, commit):
    other, third = "http://cy.example/1", "http://cy.example/2"
    for target in (other, third):
        bo.page(target, '<a rel="webmention" href="/hear">x</a>')
    bo.takes("http://cy.example/hear")
    post = commit(PostFactory, body=linking(TARGET, other))
    bo.told.clear()
    post.body = linking(TARGET, third)
    commit(post.save)
    assert sorted(form["target"] for _, form in bo.told) == sorted([TARGET, other, third])
    assert SentMention.objects.get(target=other).is_removed
    bo.told.clear()
    post.body += "\n\nMore words."
    commit(post.save)
    assert sorted(form["target"] for _, form in bo.told) == sorted([TARGET, third])


def test_a_change_that_changes_nothing_to_read_tells_nobody(bo, commit):
    post = commit(PostFactory, body=linking(TARGET))
    bo.told.clear()
    post.excerpt = "For lists."
    commit(post.save)
    assert bo.told == []


def test_a_post_that_is_withdrawn_or_deleted_tells_those_who_heard_of_it(bo, commit):
    post = commit(PostFactory, body=linking(TARGET))
    bo.told.clear()
    post.status = "draft"
    commit(post.save)
    assert len(bo.told) == 1
    post.status = "published"
    commit(post.save)
    bo.told.clear()
    source = SITE + post.get_absolute_url()
    commit(post.delete)
    assert bo.told == [(ENDPOINT, {"source": source, "target": TARGET})]


def test_where_the_author_does_not_want_it_nobody_is_told(bo, commit):
    DiscussionSettings(sends_mentions=False).save()
    commit(PostFactory, body=linking(TARGET))
    assert bo.asked == []


def test_a_task_that_runs_twice_tells_once(bo, commit):
    post = commit(PostFactory, body=linking(TARGET))
    tasks.send_mentions.func(post.pk)
    tasks.tell.func(SentMention.objects.get().pk)
    assert len(bo.told) == 1


def test_thousands_that_move_in_tell_nobody(bo, commit):
    def move_in():
        PostFactory.build(author=administrator(), body=linking(TARGET)).save(announce=False)

    commit(move_in)
    assert bo.asked == []


# What the author sees ----------------------------------------------------------------------------------------------


def test_the_desk_shows_what_became_of_each_link_and_tells_again(client, bo, commit):
    bo.page(ENDPOINT, "no", status=400)
    commit(PostFactory, title="On links", body=linking(TARGET))
    client.force_login(administrator())
    page = client.get("/admin/comments/sentmention/")
    for words in (TARGET, "failed", "400", "On links"):
        assert words in page.content.decode()
    bo.takes(ENDPOINT)
    mention = SentMention.objects.get()
    commit(client.post, "/admin/comments/sentmention/", {"action": "send_again", "_selected_action": mention.pk})
    mention.refresh_from_db()
    assert mention.status == "sent"
