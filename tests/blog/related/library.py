"""A small blog about bread and about the sea."""

import datetime

from django.utils import timezone

from blog.models import Lexicon, Post, PostTerms, RelatedPost
from blog.related import gists, index, lists
from tests.factories import PostFactory, UserFactory

BREAD = "Le levain, la farine et le four : pétrir la pâte, façonner les pains, enfourner."
SEA = "Le port, les voiles et la marée : hisser les voiles, sortir du port, suivre la marée."


def days_ago(days):
    return timezone.now() - datetime.timedelta(days=days)


def bread_and_sea():
    """Return three posts about bread and three about the sea, some days apart."""
    posts = [PostFactory(title=f"Pain {n}", body=BREAD, published_at=days_ago(10 * n)) for n in range(1, 4)]
    return posts + [PostFactory(title=f"Mer {n}", body=SEA, published_at=days_ago(10 * n + 5)) for n in range(1, 4)]


def offered(post):
    return list(post.found_related.values_list("related__title", flat=True))


def many_posts(count):
    """Write `count` posts quickly, each about two of seven things."""
    things = "levain port forêt nuage violon échecs verger".split()
    author = UserFactory()
    Post.objects.bulk_create(
        Post(
            title=f"T{number}",
            slug=f"t{number}",
            text=f"{things[number % 7]} {things[number % 5]} chose{number % 11}",
            author=author,
            status="published",
            published_at=days_ago(number),
        )
        for number in range(count)
    )
    return list(Post.objects.order_by("slug"))


def stored_lists():
    """Return {post: [(related, likeness)]} as readers are offered it."""
    found = {pk: [] for pk in PostTerms.objects.values_list("pk", flat=True)}
    for post, related, likeness in RelatedPost.objects.order_by("post", "-likeness", "related_id").values_list(
        "post", "related", "likeness"
    ):
        found[post].append((related, likeness))
    return found


def lists_found_anew():
    """Return what `stored_lists` should hold: all posts as they are now, with the rarities as they were."""
    lexicon = Lexicon.objects.get()
    holders = dict(zip(index.numbers_in(lexicon.numbers), index.numbers_in(lexicon.holders), strict=True))
    shelf = [gists.distil(gists.read(post), holders, lexicon.posts) for post in index.indexed_posts().order_by("pk")]
    found = lists.lists_of_all(shelf, timezone.now().timestamp())
    return {
        gist.pk: [(entry.pk, entry.likeness) for entry in related.entries]
        for gist, related in zip(shelf, found, strict=True)
    }
