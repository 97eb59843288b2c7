"""Asking the index. Everything starts from the posts it is given: `Post.objects.published()`."""

from django.db.models import Count
from django.db.models.expressions import RawSQL
from django.db.models.functions import ExtractYear

from . import engines
from .entries import FIELDS
from .query import Query

# What so many texts hold tells nothing of any (as BM25 has it), and takes long to score.
MOST_SCORED = 2000


def find(posts, query: Query):
    """Return those of `posts` (a queryset) that answer the query; none when it asks for nothing."""
    return engines.current().find(posts, query) if query else posts.none()


def ranked(found, query: Query, count: int):
    """Return what `find` found, `count` texts, the best first.

    Where the words stand decides: in the title, in the headings, in the text, in comments; whole words come before
    those that only begin alike. What is equal in that is ordered by how often and in which form, then by date.
    """
    cases, params = [], []
    for place, (asked, fields) in enumerate(places(query)):
        sql, more = engines.current().holds(asked, fields)
        cases.append(f"WHEN {sql} THEN {place}")
        params += more
    place = RawSQL(f"(CASE {' '.join(cases)} ELSE {len(cases)} END)", params)  # noqa: S611
    if count > MOST_SCORED:
        return found.annotate(place=place).order_by("place", "-published_at", "-pk")
    score = RawSQL(*engines.current().score(query))  # noqa: S611
    return found.annotate(place=place, score=score).order_by("place", "score", "-published_at", "-pk")


def places(query: Query):
    """Return (query, fields) from the best place to the last but one."""
    nested = [FIELDS[: number + 1] for number in range(len(FIELDS))]
    if query.is_unfinished:
        return [(asked, fields) for asked in (query.finished(), query) for fields in nested][:-1]
    return [(query, fields) for fields in nested[:-1]]


def years(found) -> list[tuple[int, int]]:
    """Return (year, how many) of what was found, the newest first."""
    dated = found.order_by().annotate(year=ExtractYear("published_at")).values("year")
    return list(dated.annotate(count=Count("pk")).order_by("-year").values_list("year", "count"))
