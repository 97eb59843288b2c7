"""Keeping in the database what posts are about and what they recommend. For the task worker and commands.

How alike two posts are depends on both and on how rare their terms are in the whole blog. The rarities are those of the
last time that everything was found anew (`Lexicon`) and stay the same until the next. So a change to one post touches
the lists that it enters or leaves and no other, and the lists are the same, post for post, as if all had been found
anew with these rarities. The rarities themselves are at most a twentieth of the blog out of date.
"""

from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from django.db import transaction
from django.db.models import Count, Min, Q
from django.utils import timezone

from blog.models import Lexicon, Post, PostTerms, RelatedPost

from . import gists, lists, ranking
from .gists import Gist
from .lists import Entry, RelatedList

SMALL = 200  # posts: a blog of this size is found anew at every change
DRIFT = 20  # a larger one is when one in so many posts has changed
MOST_MENDED = 20  # lists found anew because of one post; beyond, all are
BATCH = 2000  # rows a statement
READ_AT_ONCE = 200  # posts


@dataclass
class Found:
    """Everything anew, not yet kept. `related` holds (post, related, likeness, words)."""

    digests: dict[int, str]
    gists: list[Gist]
    holders: Counter
    related: list[tuple]


def indexed_posts():
    """Return what may be recommended: posts that are published, also those whose moment is still to come."""
    posts = Post.objects.posts().filter(status=Post.Status.PUBLISHED, published_at__isnull=False)
    return posts.prefetch_related("categories", "tags").only("title", "text", "published_at")


@contextmanager
def locked():
    """Let one at a time write the index, on PostgreSQL as on SQLite; the others wait."""
    with transaction.atomic():
        lexicon, _ = Lexicon.objects.select_for_update().get_or_create(pk=1)
        yield lexicon


def rebuild(progress: Callable[[Iterable], Iterable] = iter):
    """Find everything anew. `progress` wraps the iterations that take time (tqdm, for a person who waits).

    The work is done before anything is locked: nobody who writes or comments has to wait for more than the keeping.
    """
    before = digests()
    found = find(progress)
    with locked() as lexicon:
        meanwhile = digests()
        keep(found, lexicon)
    for pk, _ in before.items() ^ meanwhile.items():
        update(pk)


def digests():
    return dict(PostTerms.objects.values_list("pk", "digest"))


def find(progress: Callable[[Iterable], Iterable] = iter) -> Found:
    pks = list(indexed_posts().order_by("pk").values_list("pk", flat=True))
    sources = []
    for start in progress(range(0, len(pks), READ_AT_ONCE)):
        posts = indexed_posts().filter(pk__in=pks[start : start + READ_AT_ONCE]).order_by("pk")
        sources += [gists.read(post) for post in posts]
    held = Counter(number for source in sources for number in source.numbers)
    holders = Counter({number: count for number, count in held.items() if count > ranking.FEWEST_HOLDERS})
    shelf = [gists.distil(source, holders, len(sources)) for source in sources]
    by_pk = {gist.pk: gist for gist in shelf}
    found = lists.lists_of_all(shelf, timezone.now().timestamp(), progress)
    return Found(
        digests={source.pk: source.digest for source in sources},
        gists=shelf,
        holders=holders,
        related=[row for gist, related in zip(shelf, found, strict=True) for row in rows_of(gist, related, by_pk)],
    )


def rows_of(gist, related, by_pk):
    """Yield (post, related, likeness, words) for each entry of a post's list."""
    shared_with = gists.reasons_of(gist)
    for entry in related.entries:
        yield gist.pk, entry.pk, entry.likeness, shared_with(by_pk[entry.pk])


def keep(found: Found, lexicon: Lexicon):
    """Put what was found in the place of what was known; posts that were withdrawn meanwhile are left out."""
    there = set(indexed_posts().values_list("pk", flat=True))
    RelatedPost.objects.all().delete()
    PostTerms.objects.all().delete()
    PostTerms.objects.bulk_create(
        (post_terms(gist, found.digests[gist.pk]) for gist in found.gists if gist.pk in there), BATCH
    )
    keep_related(row for row in found.related if row[0] in there and row[1] in there)
    lexicon.version, lexicon.posts, lexicon.changes = ranking.VERSION, len(found.gists), 0
    lexicon.numbers = array("I", found.holders).tobytes()
    lexicon.holders = array("I", found.holders.values()).tobytes()
    lexicon.save()


def keep_related(rows):
    rows = iter(rows)
    while batch := list(islice(rows, BATCH)):
        RelatedPost.objects.bulk_create(
            RelatedPost(post_id=post, related_id=other, likeness=likeness, words=words)
            for post, other, likeness, words in batch
        )


def post_terms(gist, digest):
    return PostTerms(
        post_id=gist.pk,
        moment=gist.moment,
        digest=digest,
        numbers=gist.numbers.tobytes(),
        weights=gist.weights.tobytes(),
        words=gist.words,
    )


def update(pk: int):
    """Bring the index up to date with one post that was written, changed, withdrawn or deleted."""
    with locked() as lexicon:
        post = indexed_posts().filter(pk=pk).first()
        source = gists.read(post) if post else None
        known = PostTerms.objects.filter(pk=pk).values_list("digest", flat=True).first()
        if known == (source.digest if source else None) and Post.objects.filter(pk=pk).exists():
            return  # the same words, or a draft as before
        settled = settle(lexicon, pk, source)
    if not settled:
        rebuild()


def settle(lexicon: Lexicon, pk: int, source: gists.Source | None) -> bool:
    """Take a post out of the index and put it back as it is now, if it still belongs there.

    Return False when it is time to find everything anew instead.
    """
    posts = indexed_posts().count()
    if posts <= SMALL:
        keep(find(), lexicon)
        return True
    unknown = abs(posts - PostTerms.objects.count())
    if lexicon.version != ranking.VERSION or (lexicon.changes + unknown) * DRIFT > posts:
        return False
    lexicon.changes += 1
    lexicon.save(update_fields=["changes"])
    RelatedPost.objects.filter(Q(post=pk) | Q(related=pk)).delete()
    PostTerms.objects.filter(pk=pk).delete()
    shelf, now = stored_gists(), timezone.now().timestamp()
    known = standings(now)
    if source:
        bring_in(source, lexicon, shelf, known, now)
    short = [one for one in shelf if one != pk and known.get(one, NO_LIST).too_short(len(shelf) - 1)]
    if len(short) > MOST_MENDED:
        return False
    fill(short, shelf, now)
    return True


class Standing(NamedTuple):
    """How far a stored list reaches."""

    horizon: float  # the likeness of its last
    length: int
    live: int

    def too_short(self, others):
        return self.live < lists.FEWEST and self.length < others


NO_LIST = Standing(0, 0, 0)


def standings(now: float) -> dict[int, Standing]:
    scheduled = list(PostTerms.objects.filter(moment__gt=now).values_list("pk", flat=True))
    waiting = Counter(RelatedPost.objects.order_by().filter(related__in=scheduled).values_list("post", flat=True))
    rows = RelatedPost.objects.order_by().values_list("post").annotate(Min("likeness"), Count("pk"))
    return {post: Standing(last, length, length - waiting[post]) for post, last, length in rows}


def stored_gists() -> dict[int, Gist]:
    """Return what all posts are about, without their words."""
    return {
        pk: Gist(pk, moment, numbers_in(numbers), array("f", bytes(weights)), [])
        for pk, moment, numbers, weights in PostTerms.objects.values_list("pk", "moment", "numbers", "weights")
    }


def numbers_in(stored) -> array:
    return array("I", bytes(stored))


def add_words(shelf: dict[int, Gist], pks):
    for pk, words in PostTerms.objects.filter(pk__in=pks).values_list("pk", "words"):
        shelf[pk].words = words


def bring_in(source, lexicon, shelf, known, now):
    """Put a post on the shelf, find its list, and let it enter the lists of those it goes well with."""
    holders = dict(zip(numbers_in(lexicon.numbers), numbers_in(lexicon.holders), strict=True))
    gist = gists.distil(source, holders, lexicon.posts)
    alike = lists.likenesses(gist, shelf.values())
    others = len(shelf) - 1  # of each of them, without the newcomer
    entering = {}
    for other, likeness in alike:
        standing = known.get(other.pk, NO_LIST)
        if standing.length and (likeness >= standing.horizon or standing.length == others):
            entering[other.pk] = likeness
    add_words(shelf, entering)
    shelf[gist.pk] = gist
    post_terms(gist, source.digest).save(force_insert=True)
    keep_related(rows_of(gist, lists.list_of(alike, now), shelf))
    enter_lists(gist, entering, shelf, now)


def enter_lists(gist, entering, shelf, now):
    """Put a newcomer in its place in stored lists, by how alike it is to the post of each."""
    stored = defaultdict(dict)
    rows = RelatedPost.objects.filter(post__in=entering).values_list("pk", "post", "related", "likeness")
    for row, post, other, likeness in rows:
        stored[post][Entry(-likeness, other, shelf[other].moment <= now)] = row
    gone, new = [], []
    for post, row_of in stored.items():
        newcomer = Entry(-entering[post], gist.pk, gist.moment <= now)
        complete = len(row_of) == len(shelf) - 2
        if newcomer > max(row_of) and not complete:
            continue
        related = RelatedList(row_of)
        related.enter(newcomer)
        gone += [row for entry, row in row_of.items() if entry not in related.entries]
        if newcomer in related.entries:
            new.append((post, gist.pk, newcomer.likeness, gists.reasons_of(shelf[post])(gist)))
    RelatedPost.objects.filter(pk__in=gone).delete()
    keep_related(new)


def fill(short, shelf, now):
    """Find the lists of some posts anew."""
    add_words(shelf, short)
    RelatedPost.objects.filter(post__in=short).delete()
    for pk in short:
        alike = lists.likenesses(shelf[pk], shelf.values())
        keep_related(rows_of(shelf[pk], lists.list_of(alike, now), shelf))
