"""Which articles a reader is offered next, as posts come, change and go."""

import datetime

import pytest
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from blog import tasks
from blog.models import Lexicon, Post, PostTerms, RelatedPost
from blog.related import index, lists
from tests.factories import CategoryFactory, PageFactory, PostFactory, TagFactory

from .library import BREAD, bread_and_sea, days_ago, lists_found_anew, many_posts, offered, stored_lists


@pytest.fixture
def library(db):
    return bread_and_sea()


@pytest.fixture
def large(monkeypatch):
    """Have every blog treated as a large one, which is not found anew at every change."""
    monkeypatch.setattr(index, "SMALL", 0)
    monkeypatch.setattr(index, "DRIFT", 0)


@pytest.mark.parametrize("anew", [True, False], ids=["rebuilt", "one by one"])
def test_a_reader_of_bread_is_offered_bread_first(library, anew):
    if anew:
        call_command("rebuild_related", verbosity=0)
    else:
        for post in library:
            index.update(post.pk)
    assert set(offered(library[0])[:2]) == {"Pain 2", "Pain 3"}
    assert set(offered(library[3])[:2]) == {"Mer 2", "Mer 3"}
    assert "pain" in library[0].found_related.first().words


def test_the_command_says_how_many_posts_have_related_articles(library, capsys):
    call_command("rebuild_related")
    assert "6 posts" in capsys.readouterr().out


def test_a_new_post_enters_the_lists_of_older_ones(library, large):
    index.rebuild()
    new = PostFactory(title="Pain neuf", body=BREAD)
    index.update(new.pk)
    assert "Pain neuf" in offered(library[0])[:3]
    assert set(offered(new)[:3]) == {"Pain 1", "Pain 2", "Pain 3"}
    assert RelatedPost.objects.get(post=library[0], related=new).words


def test_saving_filing_and_deleting_a_post_has_its_relations_found(library, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        new = PostFactory(title="Pain neuf", body=BREAD)
    assert new.found_related.exists()
    with django_capture_on_commit_callbacks(execute=True):
        new.tags.add(TagFactory(name="Encre"))
    assert "#Encre" in new.terms.words
    with django_capture_on_commit_callbacks(execute=True):
        new.tags.get().posts.clear()
    new.terms.refresh_from_db()
    assert "#Encre" not in new.terms.words
    with django_capture_on_commit_callbacks(execute=True):
        CategoryFactory(name="Gravure").posts.add(new)
    new.terms.refresh_from_db()
    assert "#Gravure" in new.terms.words
    with django_capture_on_commit_callbacks(execute=True):
        new.delete()
    assert Lexicon.objects.get().posts == 6


def test_a_post_that_is_filed_five_times_is_looked_at_once(library, monkeypatch, django_capture_on_commit_callbacks):
    asked = []
    monkeypatch.setattr(tasks.update_related.__class__, "enqueue", lambda task, *args: asked.append((task.name, *args)))
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        for number in range(5):
            library[0].tags.add(TagFactory(name=f"Tag {number}"))
    assert asked == [("update_related", library[0].pk)]


def test_a_thousand_posts_filed_at_once_are_found_anew_once(db, monkeypatch, django_capture_on_commit_callbacks):
    asked = []
    monkeypatch.setattr(tasks.update_related.__class__, "enqueue", lambda task, *args: asked.append((task.name, *args)))
    with django_capture_on_commit_callbacks(execute=True):
        TagFactory(name="Encre").posts.set(many_posts(60))
    assert [name for name, *_ in asked if name != "update_search"] == ["rebuild_related"]


def test_a_shared_tag_or_category_draws_posts_together(db):
    tag, category = TagFactory(name="Encre"), CategoryFactory(name="Gravure")
    posts = [PostFactory(title=f"T{n}", body=f"unique{n}", published_at=days_ago(n)) for n in range(8)]
    for number in (0, 7):
        posts[number].tags.add(tag)
        posts[number].categories.add(category)
    index.rebuild()
    assert offered(posts[0])[0] == "T7"
    assert sorted(posts[0].found_related.first().words) == ["#Encre", "#Gravure"]


def test_a_draft_leaves_the_lists_and_the_terms(library, large):
    index.rebuild()
    draft = library[1]
    draft.status = "draft"
    draft.save()
    index.update(draft.pk)
    assert "Pain 2" not in offered(library[0])
    assert not offered(draft)
    assert not PostTerms.objects.filter(post=draft).exists()


def test_an_edited_post_leaves_the_lists_where_it_does_not_belong_any_more(library, large):
    index.rebuild()
    changed = library[1]
    changed.title, changed.body = "Mer 0", "Le port, la marée."
    changed.save()
    index.update(changed.pk)
    assert offered(library[0])[0] == "Pain 3"
    assert "Mer 0" in offered(library[3])[:3]


def test_lists_that_lost_too_many_are_filled_again(db, large):
    posts = many_posts(40)
    index.rebuild()
    post = posts[0]
    for _ in range(8):
        post.found_related.first().related.delete()
        index.update(0)
    assert lists.FEWEST <= post.found_related.count() <= lists.KEPT
    assert_right()


def test_when_many_lists_became_too_short_all_is_found_anew(db, large, monkeypatch):
    monkeypatch.setattr(index, "MOST_MENDED", 2)
    posts = many_posts(40)
    index.rebuild()
    for post in posts[:15]:
        post.delete()
    index.update(posts[20].pk)  # the same words: nothing to do
    assert Lexicon.objects.get().posts == 40
    index.update(0)
    assert Lexicon.objects.get().posts == 25
    assert all(len(related) == lists.KEPT for related in stored_lists().values())


def test_a_post_that_nobody_changed_needs_no_work(library, large, django_assert_max_num_queries):
    index.rebuild()
    before = list(RelatedPost.objects.values_list("pk", flat=True))
    with django_assert_max_num_queries(10):
        index.update(library[0].pk)
    assert list(RelatedPost.objects.values_list("pk", flat=True)) == before
    assert Lexicon.objects.get().changes == 0


def test_after_a_twentieth_of_a_blog_has_changed_its_rarities_are_found_anew(db, monkeypatch):
    monkeypatch.setattr(index, "SMALL", 0)
    posts = many_posts(60)
    index.rebuild()
    for number, expected in enumerate([1, 2, 3, 4, 0]):
        Post.objects.filter(pk=posts[number].pk).update(text=f"autre chose {number}")
        index.update(posts[number].pk)
        assert Lexicon.objects.get().changes == expected


def test_posts_that_came_in_behind_the_back_of_the_index_are_all_found_by_the_first_update(db, monkeypatch):
    monkeypatch.setattr(index, "SMALL", 0)
    posts = many_posts(30)
    index.update(posts[0].pk)
    assert PostTerms.objects.count() == 30
    assert all(stored_lists().values())


def test_another_version_of_the_ranking_finds_everything_anew(db, large):
    posts = many_posts(30)
    index.rebuild()
    Lexicon.objects.update(version=0)
    Post.objects.filter(pk=posts[0].pk).update(text="autre chose")
    index.update(posts[0].pk)
    assert (Lexicon.objects.get().version, Lexicon.objects.get().changes) == (1, 0)


def test_what_happens_while_everything_is_found_anew_is_not_lost(library, large, monkeypatch):
    index.rebuild()
    find, new = index.find, []

    def slow_find(*args):
        found = find(*args)
        if not new:
            new.append(PostFactory(title="Pain neuf", body=BREAD))
            index.update(new[0].pk)
            library[1].delete()
        return found

    monkeypatch.setattr(index, "find", slow_find)
    index.rebuild()
    assert "Pain neuf" in offered(library[0])
    assert "Pain 2" not in offered(library[0])
    assert_right()


def test_a_page_is_no_related_article(library):
    page = PageFactory(title="Le pain", body=BREAD)
    index.update(page.pk)
    index.rebuild()
    assert not PostTerms.objects.filter(post=page).exists()


def test_a_young_blog_offers_what_was_written_around_the_same_time(db):
    posts = [PostFactory(title=f"T{n}", body="abc" * (n + 1), published_at=days_ago(n * n)) for n in range(4)]
    index.rebuild()
    assert offered(posts[0]) == ["T1", "T2", "T3"]
    assert offered(posts[3]) == ["T2", "T1", "T0"]


def test_scheduled_posts_are_ready_but_take_nobodys_place(library, large):
    for number in range(15):
        moment = timezone.now() + datetime.timedelta(days=number + 1)
        PostFactory(title=f"Pain à venir {number}", body=BREAD, published_at=moment)
    index.rebuild()
    titles = offered(library[0])
    assert sum("venir" in title for title in titles) == 15
    assert sum("venir" not in title for title in titles) == 5
    late = PostFactory(title="Pain bien à venir", body=BREAD, published_at=timezone.now() + datetime.timedelta(days=9))
    index.update(late.pk)
    assert "Pain bien à venir" in offered(library[0])
    assert_right()


def assert_right():
    """Every stored list is the beginning of the list that would be found anew, and long enough."""
    stored, anew = stored_lists(), lists_found_anew()
    assert stored.keys() == anew.keys()
    for pk, entries in stored.items():
        assert entries == anew[pk][: len(entries)]
        assert len(entries) >= min(lists.FEWEST, len(anew[pk]))


steps = st.lists(
    st.tuples(
        st.sampled_from(["write", "edit", "schedule", "withdraw", "publish", "delete", "file", "again"]),
        st.integers(0, 30),
        st.lists(st.sampled_from("pain levain four port marée voile nuage violon".split()), max_size=4).map(" ".join),
    ),
    max_size=14,
)


def take(step, which, text, tag):
    """Do what an author does to one of the posts, and what the worker does then."""
    posts = list(Post.objects.order_by("pk"))
    if step == "write" or not posts:
        pk = PostFactory(title=f"T{which}", body=text, published_at=days_ago(which)).pk
    else:
        post = posts[which % len(posts)]
        pk = post.pk
        if step == "edit":
            post.body = text
        elif step == "schedule":
            post.status, post.published_at = "published", timezone.now() + datetime.timedelta(days=which + 1)
        elif step in ("withdraw", "publish"):
            post.status = "draft" if step == "withdraw" else "published"
        elif step == "file":
            post.tags.add(tag)
        if step == "delete":
            post.delete()
        else:
            post.save()
    index.update(pk)


@pytest.mark.usefixtures("large")
@pytest.mark.django_db
class TestAnyHistory:
    @settings(max_examples=15, deadline=None)
    @given(steps)
    def test_any_history_leaves_the_lists_that_would_be_found_anew(self, history):
        with transaction.atomic():
            many_posts(14)
            tag = TagFactory(name="Encre")
            index.rebuild()
            for step in history:
                take(*step, tag)
                assert_right()
            transaction.set_rollback(True)


@settings(max_examples=8, deadline=None)
@given(steps)
@pytest.mark.django_db
def test_any_history_of_a_small_blog_ends_where_a_rebuild_does(history):
    with transaction.atomic():
        tag = TagFactory(name="Encre")
        for step in history:
            take(*step, tag)
        one_by_one = stored_lists()
        index.rebuild()
        assert one_by_one == stored_lists()
        transaction.set_rollback(True)
