"""Keeping the terms of posts and what they recommend."""

from collections import Counter, defaultdict

from django.db import transaction
from django.db.models import F

from blog.models import Post, PostTerm, RelatedPost, Term

from . import ranking

KEPT = 8  # recommendations a post; more than a page shows, for those that are withdrawn later
REASON_TERMS = 4
BATCH = 2000  # rows a statement


def indexed_posts():
    """Return what may be recommended: posts that are published, also those whose moment is still to come."""
    posts = Post.objects.posts().filter(status=Post.Status.PUBLISHED, published_at__isnull=False)
    return posts.prefetch_related("categories", "tags").only("title", "text", "published_at")


def counts_of(post):
    filing = [item.name for item in [*post.categories.all(), *post.tags.all()]]
    return ranking.counts(post.title, filing, post.text)


@transaction.atomic
def rebuild(progress=iter):
    """Find everything anew. `progress` wraps the iterations that take time (tqdm, for a person who waits)."""
    counted, dates = {}, {}
    for post in progress(list(indexed_posts())):
        counted[post.pk], dates[post.pk] = counts_of(post), post.published_at
    posts_with = Counter(term for counts in counted.values() for term in counts)
    vectors = {pk: ranking.vector(counts, posts_with, len(counted)) for pk, counts in counted.items()}
    store_terms(posts_with, vectors)
    postings = defaultdict(list)
    for pk, weights in vectors.items():
        for term, weight in weights.items():
            postings[term].append((pk, weight))
    RelatedPost.objects.filter(pinned=False).delete()
    pinned = pinned_pairs()
    rows = []
    for pk in progress(vectors):
        found = recommend(pk, vectors[pk], postings, dates)
        rows += recommendations(pk, found, pinned)
    RelatedPost.objects.bulk_create(rows, batch_size=BATCH)


def store_terms(posts_with, vectors):
    PostTerm.objects.all().delete()
    Term.objects.all().delete()
    Term.objects.bulk_create(
        (Term(text=text[:100], posts=posts) for text, posts in posts_with.items()), BATCH, ignore_conflicts=True
    )
    numbers = dict(Term.objects.values_list("text", "pk"))
    PostTerm.objects.bulk_create(
        (
            PostTerm(post_id=pk, term_id=numbers[text], weight=weight)
            for pk, weights in vectors.items()
            for text, weight in weights.items()
        ),
        BATCH,
    )


def recommend(pk, weights, postings, dates):
    """Return [(score, other's pk, terms in common)] of the posts most like `pk`, the best first."""
    cosines, common = defaultdict(float), defaultdict(list)
    for term, weight in weights.items():
        for other, other_weight in postings.get(term, ()):
            cosines[other] += weight * other_weight
            common[other].append((weight * other_weight, term))
    cosines.pop(pk, None)
    scored = [(ranking.likeness(cosine, days_apart(dates, pk, other)), other) for other, cosine in cosines.items()]
    best = sorted(scored, key=lambda item: (-item[0], item[1]))[:KEPT]
    if len(best) < KEPT:  # a young blog: whatever was written around the same time
        left = sorted((days_apart(dates, pk, other), other) for other in dates if other != pk and other not in cosines)
        best += [(0.0, other) for _, other in left[: KEPT - len(best)]]
    return [(score, other, [term for _, term in sorted(common[other], reverse=True)]) for score, other in best]


def days_apart(dates, one, other):
    return abs((dates[one] - dates[other]).total_seconds()) / 86400


def recommendations(pk, found, pinned):
    """Return the rows of what was found for post `pk`; what the author pinned is not said twice."""
    return [
        RelatedPost(post_id=pk, related_id=other, rank=rank, score=score, reason=", ".join(common[:REASON_TERMS])[:300])
        for rank, (score, other, common) in enumerate(found)
        if (pk, other) not in pinned
    ]


def pinned_pairs(**which):
    return set(RelatedPost.objects.filter(pinned=True, **which).values_list("post_id", "related_id"))


def forget(post):
    """Take a post that is not published any more out of the terms, and out of what others recommend."""
    Term.objects.filter(pk__in=PostTerm.objects.filter(post=post).values("term")).update(posts=F("posts") - 1)
    PostTerm.objects.filter(post=post).delete()
    RelatedPost.objects.filter(related=post, pinned=False).delete()


@transaction.atomic
def update(post):
    """Find what goes with one post, and let it enter the lists of those it goes with best."""
    fresh = indexed_posts().filter(pk=post.pk).first()
    if fresh is None:
        forget(post)
        return
    weights = index(fresh)
    postings = defaultdict(list)
    rows = PostTerm.objects.filter(term__text__in=weights).exclude(post=post)
    for pk, text, weight in rows.values_list("post_id", "term__text", "weight"):
        postings[text].append((pk, weight))
    dates = dict(indexed_posts().values_list("pk", "published_at"))
    found = recommend(fresh.pk, weights, postings, dates)
    replace(fresh.pk, found)
    RelatedPost.objects.filter(related=fresh, pinned=False).delete()
    for score, other, common in found:
        enter_list(other, fresh.pk, score, common)


def index(post):
    """Keep the terms of one post, by how rare they are among all; return their weights."""
    counted = counts_of(post)
    if not PostTerm.objects.filter(post=post).exists():
        Term.objects.bulk_create((Term(text=text) for text in counted), BATCH, ignore_conflicts=True)
        Term.objects.filter(text__in=counted).update(posts=F("posts") + 1)
    posts_with = dict(Term.objects.filter(text__in=counted).values_list("text", "posts"))
    posts = PostTerm.objects.values("post").distinct().count() + 1
    weights = ranking.vector(counted, posts_with, posts)
    numbers = dict(Term.objects.filter(text__in=weights).values_list("text", "pk"))
    PostTerm.objects.filter(post=post).delete()
    PostTerm.objects.bulk_create(
        PostTerm(post=post, term_id=numbers[text], weight=weight) for text, weight in weights.items()
    )
    return weights


def replace(pk, found):
    RelatedPost.objects.filter(post=pk, pinned=False).delete()
    RelatedPost.objects.bulk_create(recommendations(pk, found, pinned_pairs(post=pk)))


def enter_list(pk, newcomer, score, common):
    """Put `newcomer` in its place in the list of post `pk`, and its last out."""
    known = RelatedPost.objects.filter(post=pk, pinned=False).values_list("score", "related_id", "reason")
    found = [(known_score, other, reason.split(", ")) for known_score, other, reason in known]
    found = sorted([*found, (score, newcomer, common)], key=lambda item: -item[0])
    replace(pk, found[:KEPT])
