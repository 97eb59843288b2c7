"""Another spelling, from the blog's own words."""

import datetime
from math import inf

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from blog.models import KnownWord, Post
from blog.search import index
from blog.search.query import parse
from blog.search.spelling import distance, nearest, one_edit_away, sound
from blog.search.suggestions import did_you_mean
from tests.factories import CategoryFactory, CommentFactory, PostFactory, TagFactory


@pytest.mark.parametrize(
    ("slip", "word"),
    [("ortografe", "orthographe"), ("farmacie", "pharmacie"), ("aricot", "haricot"), ("sinema", "cinema")],
)
def test_what_sounds_alike_has_the_same_sound(slip, word):
    assert sound(slip) == sound(word)


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [("mer", "mer", 0), ("mer", "mère", 2), ("haromnie", "harmonie", 1), ("pain", "pin", 1), ("abcdef", "ghijkl", inf)],
)
def test_the_distance_counts_letters_and_swaps(one, other, apart):
    assert distance(one, other, most=2) == apart


@pytest.mark.parametrize(
    ("one", "other"),
    [("voiage", "voyage"), ("cayac", "cayak"), ("typografie", "typographie"), ("imprimeur", "imprimmeur")],
)
def test_what_sounds_the_same_is_a_small_slip(one, other):
    assert distance(one, other, 2) == distance(other, one, 2) < 0.5


words = st.text(alphabet="abcdefgh", max_size=8)


@given(words, words)
def test_the_distance_is_the_same_from_both_ends(one, other):
    assert distance(one, other, 3) == distance(other, one, 3)
    assert (distance(one, other, 3) == 0) == (one == other)


@given(st.text(alphabet="bcdfg", min_size=1, max_size=6))
def test_what_is_one_edit_away_is_near_from_both_ends(skeleton):
    assert all(distance(skeleton, near, 1) <= 1 for near in one_edit_away(skeleton))


def test_of_two_spellings_the_one_with_accents_is_offered():
    assert nearest("telefone", {"telephone": "telephone", "téléphone": "telephone"}, 3)[0][1] == "téléphone"


def test_the_first_letter_of_a_short_word_is_no_slip():
    assert nearest("drop", {"trop": "trop"}, 3) == []
    assert nearest("drpo", {"drop": "drop"}, 3)[0][1] == "drop"
    assert nearest("kafe", {"café": "cafe"}, 3)[0][1] == "café"


@pytest.fixture
def blog(db):
    PostFactory(title="L’harmonie", body="De la mémoire et de l’orthographe, à Paris.")
    PostFactory(title="La presse", body="Une machine à Paris.")
    PostFactory(title="Demain", body="Le xylophone.", published_at=timezone.now() + datetime.timedelta(days=1))
    index.rebuild()


def suggested(typed):
    return did_you_mean(Post.objects.published(), parse(typed))


@pytest.mark.parametrize(
    ("typed", "better"),
    [
        ("armonie", "harmonie"),
        ("haromnie", "harmonie"),
        ("ortografe", "orthographe"),
        ("memoyre", "mémoire"),
        ("l’armonie Pariz -presse", "l’harmonie Paris -presse"),
        ("harmonie", None),
        ("mangeaient", None),
        ("xilophone", None),
        ("12345", None),
        ("presse armonie", None),
        ('"armonie"', None),
    ],
)
def test_a_reader_who_misspelt_a_word_is_offered(blog, typed, better):
    assert suggested(typed) == better


def test_a_near_spelling_comes_before_a_frequent_one(db):
    PostFactory(title="Un voyage")
    PostFactory.create_batch(3, title="Un virage")
    index.rebuild()
    assert suggested("voiage") == "voyage"


def test_of_spellings_as_near_the_more_frequent_one_is_offered(db):
    PostFactory(title="Un bateau")
    PostFactory.create_batch(3, title="Un gateau")
    index.rebuild()
    assert suggested("lateau") == "gateau"


def test_what_posts_are_filed_under_is_offered_too(db):
    post = PostFactory(title="La coquille")
    post.tags.add(TagFactory(name="voyage"))
    post.categories.add(CategoryFactory(name="Typographie"))
    PostFactory(title="Un virage")
    index.rebuild()
    assert suggested("voiage") == "voyage"
    assert suggested("typografie") == "typographie"


def test_only_words_are_offered(db):
    PostFactory(title="Trop", body="C’est trop. Une harmonie.")
    index.rebuild()
    assert suggested(";drop") is None
    assert suggested("trp") is None
    assert suggested(";(armonie);") == "harmonie"
    assert suggested('"trop" armonie?') == '"trop" harmonie'


def test_a_word_is_offered_as_the_blog_writes_it(db):
    PostFactory(title="Une œuvre", body="Une visite à Strasbourg. Strasbourg dort.")
    PostFactory(title="Gravure", body="De la gravure.")
    index.rebuild()
    assert suggested("stasbourg") == "Strasbourg"
    assert suggested("grawure") == "gravure"
    assert suggested("oeuvvre") == "œuvre"


def test_the_words_of_a_scheduled_post_are_offered_only_once_it_is_published(blog, time_machine):
    assert suggested("xilophone") is None
    time_machine.move_to(timezone.now() + datetime.timedelta(days=2))
    assert suggested("xilophone") == "xylophone"


def test_the_words_of_a_withdrawn_post_are_not_offered(blog, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        Post.objects.filter(title="L’harmonie").update(status=Post.Status.DRAFT)
    assert suggested("armonie") is None


def test_what_readers_write_is_no_spelling_of_the_blog(blog):
    CommentFactory(post=Post.objects.get(title="La presse"), body="Une tipographie.")
    index.rebuild()
    assert not KnownWord.objects.filter(spelling="tipographie").exists()
