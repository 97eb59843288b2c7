"""Which articles a reader is offered next."""

import datetime

import pytest
from django.core.management import call_command
from django.utils import timezone

from blog.models import Post, RelatedPost
from blog.related import index, ranking
from blog.related.terms import terms
from tests.factories import CategoryFactory, PostFactory, TagFactory
from tests.pages import parse, text_of, with_class

BREAD = "Le levain, la farine et le four : pétrir la pâte, façonner les pains, enfourner."
SEA = "Le port, les voiles et la marée : hisser les voiles, sortir du port, suivre la marée."


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("L’imprimerie", "les imprimeries"),
        ("œuvre", "OEUVRES"),
        ("Français", "françaises"),
        ("manger", "mangeaient"),
        ("l'eau", "L’EAU"),
        ("printing", "printed"),
        ("stories", "story"),
    ],
)
def test_words_that_are_one_word_to_a_reader_are_one_term(one, other):
    assert terms(one) == terms(other)


def test_empty_words_are_no_terms():
    assert terms("Le la les, et puis : and the of!") == []


def test_what_few_say_tells_more_than_what_everybody_says():
    counted = ranking.counts("Pain", [], "farine levain")
    told = ranking.vector(counted, {"farin": 2, "levain": 9, "pain": 10}, 10)
    assert told["farin"] > told["levain"]
    assert sum(weight**2 for weight in told.values()) == pytest.approx(1)


def offered(post):
    return list(post.recommendations.values_list("related__title", flat=True))


def days_ago(days):
    return timezone.now() - datetime.timedelta(days=days)


@pytest.fixture
def library(db):
    """Return posts about bread and about the sea, far apart in time."""
    posts = [PostFactory(title=f"Pain {n}", body=BREAD, published_at=days_ago(10 * n)) for n in range(1, 4)]
    return posts + [PostFactory(title=f"Mer {n}", body=SEA, published_at=days_ago(10 * n + 5)) for n in range(1, 4)]


@pytest.mark.parametrize("anew", [True, False], ids=["rebuilt", "one by one"])
def test_a_reader_of_bread_is_offered_bread_first(library, anew):
    if anew:
        call_command("rebuild_related", verbosity=0)
    else:
        for post in library:
            index.update(post)
    assert set(offered(library[0])[:2]) == {"Pain 2", "Pain 3"}
    assert set(offered(library[3])[:2]) == {"Mer 2", "Mer 3"}
    assert "levain" in library[0].recommendations.first().reason or "farin" in library[0].recommendations.first().reason


def test_a_new_post_enters_the_lists_of_older_ones(library):
    index.rebuild()
    new = PostFactory(title="Pain neuf", body=BREAD)
    index.update(new)
    assert "Pain neuf" in offered(library[0])[:3]
    assert set(offered(new)[:3]) == {"Pain 1", "Pain 2", "Pain 3"}


def test_saving_a_post_has_its_relations_found(library, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        new = PostFactory(title="Pain neuf", body=BREAD)
    assert new.recommendations.exists()


def test_a_shared_tag_or_category_draws_posts_together(db):
    tag, category = TagFactory(name="Encre"), CategoryFactory(name="Gravure")
    posts = [PostFactory(title=f"T{n}", body=f"unique{n}", published_at=days_ago(n)) for n in range(8)]
    for number in (0, 7):
        posts[number].tags.add(tag)
        posts[number].categories.add(category)
    index.rebuild()
    assert offered(posts[0])[0] == "T7"


def test_what_the_author_pinned_comes_first_and_stays(library, client):
    post, sea = library[0], library[5]
    RelatedPost.objects.create(post=post, related=sea, pinned=True)
    index.rebuild()
    index.update(post)
    titles = [text_of(title) for title in with_class(parse(client.get(post.get_absolute_url())), "related-title")]
    assert titles[0] == "Mer 3"
    assert len(titles) == len(set(titles)) == 4


def test_a_withdrawn_or_coming_post_is_offered_to_nobody(library, client):
    index.rebuild()
    Post.objects.filter(title="Pain 2").update(status="draft")
    Post.objects.filter(title="Pain 3").update(published_at=timezone.now() + datetime.timedelta(days=1))
    page = client.get(library[0].get_absolute_url()).content.decode()
    assert "Pain 2" not in page
    assert "Pain 3" not in page


def test_a_draft_leaves_the_lists_and_the_terms(library):
    index.rebuild()
    draft = library[1]
    draft.status = "draft"
    draft.save()
    index.update(draft)
    assert "Pain 2" not in offered(library[0])
    assert not draft.terms.exists()


def test_a_young_blog_offers_what_was_written_around_the_same_time(db):
    first, second = PostFactory(title="Un", body="abc"), PostFactory(title="Deux", body="xyz")
    index.rebuild()
    assert (offered(first), offered(second)) == (["Deux"], ["Un"])
