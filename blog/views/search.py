"""Looking for something in what everybody may read."""

import re
from dataclasses import dataclass, replace
from functools import cached_property

from django.conf import settings
from django.core.paginator import InvalidPage, Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import urlencode

from blog import filing
from blog.models import Category, Post, SiteSettings
from blog.models.post import filed_in
from blog.rendering import printable
from blog.search import engines, finding, sources
from blog.search.extracts import extract, highlight
from blog.search.index import searched_text
from blog.search.query import LONGEST_QUERY, Query, parse
from blog.search.suggestions import FEW, did_you_mean

PER_PAGE = 10


@dataclass(frozen=True)
class Asked:
    """What the address asks: words, and within which category and year."""

    typed: str
    category: Category | None = None
    year: int | None = None

    @classmethod
    def by(cls, request):
        """Return what a request asks; a category or a year that is none is a 404."""
        slug, year = request.GET.get("category", ""), request.GET.get("year", "")
        if not (re.fullmatch(r"[12][0-9]{3}|", year) and re.fullmatch(r"[-\w]*", slug)):
            raise Http404
        category = get_object_or_404(Category, slug=slug) if slug else None
        return cls(printable(request.GET.get("q", "")), category, int(year) if year else None)

    @property
    def address(self):
        """Where this is found: as short as it can be said."""
        said = {"q": self.typed, "category": self.category and self.category.slug, "year": self.year}
        return f"{reverse('search')}?{urlencode({name: value for name, value in said.items() if value})}"

    @cached_property
    def posts(self):
        """Return the published posts and pages among which is looked."""
        posts = Post.objects.published()
        if self.category:
            posts = posts.filed_under(self.category)
        return posts.filter(published_at__year=self.year) if self.year else posts

    def but(self, **changed):
        return replace(self, **changed)


def search(request):
    """/search/?q=words, and with them category=slug, year=2011, page=2. Without words: a page to begin at."""
    asked = Asked.by(request)
    if len(asked.typed) > LONGEST_QUERY:
        context = {"asked": asked, "too_long": len(asked.typed), "longest": LONGEST_QUERY}
        return render(request, "blog/search.html", context, status=400)
    query = parse(asked.typed)
    context = {"asked": asked, "query": query}
    if query:
        with engines.current().asking():
            context.update(answer(asked, query, request.GET.get("page", "1")))
    return render(request, "blog/search.html", context)


def answer(asked: Asked, query: Query, number: str) -> dict:
    """Return what page `number` of the results shows; raises Http404 where there is no such page."""
    found = finding.find(asked.posts, query)
    paginator = Paginator(found, PER_PAGE)
    paginator.object_list = finding.ranked(found, query, paginator.count).values_list("pk", flat=True)
    try:
        page = paginator.page(number)
    except InvalidPage:
        raise Http404 from None
    return {
        "results": results(list(page.object_list), query),
        "page_obj": page,
        "paginator": paginator,
        "page_numbers": list(paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)),
        "list_url": asked.address,
        "categories": [
            (branch.category, branch.count, asked.but(category=branch.category).address)
            for branch in filing.under(found, asked.category)
        ],
        "years": [
            (year, count, asked.but(year=year).address)
            for year, count in finding.years(finding.find(asked.but(year=None).posts, query))
        ],
        "without_category": asked.but(category=None).address,
        "without_year": asked.but(year=None).address,
        "everywhere": asked.but(category=None, year=None).address,
        "suggestion": suggest(asked, query) if paginator.count < FEW else None,
    }


def suggest(asked, query):
    better = did_you_mean(asked.posts, query)
    return asked.but(typed=better) if better else None


def results(pks, query):
    """Return (post, its title, the place that answers, whether that is a comment) of each post, in this order."""
    posts = Post.objects.published().defer("body", "html").select_related("author", "lead_picture", "parent__parent")
    posts = posts.prefetch_related(filed_in()).in_bulk(pks)
    places = {pk: extract(searched_text(post), query) for pk, post in posts.items()}
    # What readers said below is asked for where the author's words do not answer.
    said = sources.words_about(pk for pk, place in places.items() if place is None)
    said = {pk: extract(text, query) for pk, text in said.items()}
    return [
        {
            "post": posts[pk],
            "title": highlight(posts[pk].title, query),
            "place": places[pk] or said.get(pk) or posts[pk].summary,
            "in_comments": not places[pk] and bool(said.get(pk)),
        }
        for pk in pks
        if pk in posts
    ]


def opensearch(request):
    """How a browser adds this site to its search engines (OpenSearch 1.1)."""
    context = {"language": settings.LANGUAGE_CODE, "name": SiteSettings.current().title[:16]}
    return render(request, "blog/opensearch.xml", context, content_type="application/opensearchdescription+xml")
