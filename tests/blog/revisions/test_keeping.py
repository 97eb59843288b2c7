"""What a text was before: which revisions are kept, and for how long."""

import datetime

import pytest
import time_machine
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from blog.models import Post, Revision
from blog.revisions import keeping
from blog.tasks import tidy
from tests.factories import PostFactory, UserFactory

pytestmark = pytest.mark.django_db


def bodies(post):
    return [revision.body for revision in keeping.saves(post)]


def written(post, body, **options):
    keeping.keep_before(post.pk)
    post.body = body
    post.save()
    return keeping.keep(post, **options)


def typed(body):
    return {"title": "", "excerpt": "", "body": body, "body_format": "markdown"}


def test_a_save_keeps_the_words_who_wrote_them_and_why():
    author, post = UserFactory(), PostFactory(title="Matin", body="Un.")
    revision = written(post, "Deux.", author=author, note="Plus juste")
    assert (revision.title, revision.body, revision.author, revision.note) == ("Matin", "Deux.", author, "Plus juste")


def test_the_first_change_of_a_post_that_moved_in_keeps_what_it_was():
    post = PostFactory(body="Comme importé.")
    assert bodies(post) == []
    written(post, "Corrigé.")
    assert bodies(post) == ["Corrigé.", "Comme importé."]


def test_what_another_program_wrote_into_a_post_is_kept_before_the_next_save():
    post = PostFactory(body="Un.")
    written(post, "Deux.")
    Post.objects.filter(pk=post.pk).update(body="Écrit ailleurs.")
    written(post, "Trois.")
    assert bodies(post) == ["Trois.", "Écrit ailleurs.", "Deux.", "Un."]


def test_a_save_that_changes_no_word_keeps_nothing_but_its_note():
    post = PostFactory(body="Un.")
    written(post, "Deux.")
    assert written(post, "Deux.") is None
    assert written(post, "Deux.", note="Bon à tirer") is None
    assert [revision.note for revision in keeping.saves(post)] == ["Bon à tirer", ""]


def test_old_saves_go_and_those_with_a_note_stay(monkeypatch):
    monkeypatch.setattr(keeping, "MOST_SAVES", 3)
    post = PostFactory(body="0")
    written(post, "1", note="La première")
    for number in range(2, 8):
        written(post, str(number))
    assert bodies(post) == ["7", "6", "5", "1"]


def test_a_revision_takes_a_fraction_of_its_texts_size():
    revision = written(PostFactory(), "On longe le fleuve sans le regarder. " * 2000)
    revision.refresh_from_db()
    assert len(revision.body) == 74_000
    assert len(Revision._meta.get_field("body").get_prep_value(revision.body)) < 2_000


def test_a_tab_writes_one_autosave_and_two_tabs_two():
    author, post = UserFactory(), PostFactory()
    for body in ("D", "Du", "Du pain"):
        keeping.autosave(typed(body), post=post, author=author, tab="a" * 32)
    keeping.autosave(typed("Du vin"), post=post, author=author, tab="b" * 32)
    assert [autosave.body for autosave in keeping.autosaves(post=post, author=author)] == ["Du vin", "Du pain"]
    assert not keeping.saves(post).exists()
    keeping.forget_tab(author, "a" * 32)
    assert [autosave.body for autosave in keeping.autosaves(post=post, author=author)] == ["Du vin"]


def test_a_post_has_ten_autosaves_at_most_and_none_is_older_than_thirty_days(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    author, post = UserFactory(), PostFactory()
    for number in range(12):
        keeping.autosave(typed(str(number)), post=post, author=author, tab=f"{number:032d}")
    assert keeping.autosaves(post=post, author=author).count() == keeping.MOST_AUTOSAVES
    keeping.autosave(typed("Sans titre"), post=None, author=author, tab="c" * 32)
    with time_machine.travel(timezone.now() + keeping.AUTOSAVES_STAY + datetime.timedelta(hours=1)):
        tidy.call()
    assert not Revision.objects.exists()


def test_restoring_is_a_save_like_any_other():
    author, post = UserFactory(), PostFactory(body="Un.", title="Matin")
    written(post, "Deux.")
    keeping.restore(keeping.saves(post).last(), author=author)
    post.refresh_from_db()
    assert (post.body, post.html) == ("Un.", "<p>Un.</p>")
    assert bodies(post) == ["Un.", "Deux.", "Un."]
    assert keeping.saves(post).first().note.startswith("As it was on")


def test_what_goes_with_a_post_goes_when_it_is_deleted_for_good():
    post = PostFactory()
    written(post, "Deux.")
    post.delete()
    assert not Revision.objects.exists()


def test_what_the_worker_tidies_is_planned_once_a_night(settings, django_capture_on_commit_callbacks):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    author, post = UserFactory(), PostFactory()
    with django_capture_on_commit_callbacks(execute=True):
        for tab in ("a" * 32, "b" * 32):
            keeping.autosave(typed("Du pain"), post=post, author=author, tab=tab)
    assert DBTaskResult.objects.filter(task_path=tidy.module_path).count() == 1
