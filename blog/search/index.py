"""Writing the index: from code, never from database triggers, which SQLite drops whenever a migration remakes a table.

A post is indexed as soon as it is saved, so that its author finds it at once. Scheduled posts are in the index before
their moment: whoever asks it starts from `Post.objects.published()`.
"""

from collections.abc import Iterable

from django.db import connection, transaction

from blog.models import KnownWord, Post

from . import engines, sources
from .entries import entry, spellings
from .spelling import sound

BATCH = 50  # posts a transaction: other writers wait no longer than these take


def searchable():
    """Return what is indexed: what is published, also what waits for its moment."""
    return Post.objects.filter(status=Post.Status.PUBLISHED, published_at__isnull=False)


def update(pks: Iterable[int]) -> None:
    """Bring the index up to date with these posts, whatever happened to them: changed, withdrawn or gone."""
    pks = sorted(set(pks))
    for start in range(0, len(pks), BATCH):
        update_batch(set(pks[start : start + BATCH]))


@transaction.atomic
def update_batch(pks: set[int]) -> None:
    # The lock: of two updates of one post, the later one reads what the later change left.
    posts = searchable().filter(pk__in=pks).order_by("pk").select_for_update(of=("self",))
    posts = list(posts.select_related("author").prefetch_related("categories", "tags"))
    said = sources.words_about(post.pk for post in posts)
    entries = [
        entry(
            post.pk,
            title=post.title,
            html=post.html,
            text=f"{searched_text(post)}\n{credits(post)}",
            comments=said.get(post.pk, ""),
        )
        for post in posts
    ]
    with connection.cursor() as cursor:
        engines.current().write(cursor, entries)
        engines.current().remove(cursor, pks - {post.pk for post in posts})
    learn(posts)


def searched_text(post) -> str:
    return f"{post.excerpt}\n{post.text}"


def credits(post) -> str:
    """Return who wrote a post and what it is filed under: found like its text, though it does not stand there."""
    return "\n".join([post.author.public_name, *map(str, post.categories.all()), *map(str, post.tags.all())])


def learn(posts) -> None:
    """Add the words of `posts` to the known ones."""
    found = spellings(*(text for post in posts for text in (post.title, searched_text(post), credits(post))))
    known = KnownWord.objects.filter(spelling__in=found).values_list("spelling", flat=True)
    KnownWord.objects.bulk_create(
        (
            KnownWord(spelling=spelling, word=found[spelling], sound=sound(found[spelling]))
            for spelling in sorted(found.keys() - set(known))
        ),
        ignore_conflicts=True,
    )


def forget(pk: int) -> None:
    """Take a post that is being deleted out of the index."""
    with connection.cursor() as cursor:
        engines.current().remove(cursor, [pk])


def rebuild(progress=iter) -> int:
    """Index every post anew and return how many there are. `progress` wraps the iteration (tqdm, for a person).

    A batch is replaced at a time: readers never meet an empty index, and nobody who writes waits for long.
    """
    pks = list(searchable().order_by("pk").values_list("pk", flat=True))
    for start in progress(range(0, len(pks), BATCH)):
        update(pks[start : start + BATCH])
    with transaction.atomic(), connection.cursor() as cursor:
        left = engines.current().indexed(cursor) - set(searchable().values_list("pk", flat=True))
        engines.current().remove(cursor, left)
        engines.current().tidy(cursor)
    return len(pks)
