"""Posts in lists: the front page, what is filed together, the archive."""

import datetime
import re

from django.db.models import Count
from django.db.models.functions import ExtractMonth, ExtractYear
from django.http import Http404, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _
from django.views.generic import ListView

from blog import filing, pagecache
from blog.models import Category, Post, SiteSettings, Tag, User
from blog.search.words import fold

from .legacy import legacy_permalink


class PostList(ListView):
    """A page of published posts, newest first. /…/page/1/ is the list's own address; ?page=2 leads to /…/page/2/."""

    template_name = "blog/post_list.html"
    context_object_name = "posts"
    page_kwarg = "page"
    fewest = 0  # posts: a list of less adds nothing to them, and search engines are asked not to keep it

    def get(self, request, *args, **kwargs):
        if kwargs.get("page") == 0:
            raise Http404
        if asked := request.GET.get("page") or request.GET.get("paged"):
            if not re.fullmatch(r"[1-9][0-9]{0,8}", asked):
                raise Http404
            self.kwargs["page"] = int(asked)
            super().get(request, *args, **kwargs)  # where there is no such page, 404
            return redirect(f"{self.list_url()}page/{asked}/" if asked != "1" else self.list_url(), permanent=True)
        if kwargs.get("page") == 1:
            return redirect(self.list_url(), permanent=True)
        return super().get(request, *args, **kwargs)

    def list_url(self):
        return re.sub(r"page/\d+/$", "", self.request.path)

    def get_queryset(self):
        return Post.objects.published().posts().for_lists()

    def get_paginate_by(self, queryset):
        return SiteSettings.current().posts_per_page

    def get_paginator(self, queryset, per_page, **kwargs):
        """Counting goes through all posts of the list: it is done once, and again when a post has changed."""
        paginator = super().get_paginator(queryset, per_page, **kwargs)
        name = re.sub(r"page/\d+/$", "", self.request.path)
        paginator.count = pagecache.kept(("count", name), lambda: queryset.order_by().count())
        return paginator

    def get_context_data(self, **kwargs):
        context = super().get_context_data(list_url=self.list_url(), **kwargs)
        page = context["page_obj"]
        context["page_numbers"] = list(page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1))
        context["thin"] = page.paginator.count < self.fewest or self.repeats_another()
        return context

    def repeats_another(self):
        """Whether the list holds the same as another one."""
        return False


class Home(PostList):
    template_name = "blog/home.html"

    def get(self, request, *args, **kwargs):
        if moved := legacy_permalink(request.GET):
            return HttpResponsePermanentRedirect(moved)
        return super().get(request, *args, **kwargs)


class CategoryList(PostList):
    """A category with those below it, as in WordPress. Found by its last slug, so a moved category keeps its links."""

    fewest = 1

    def get(self, request, *args, **kwargs):
        *_, slug = kwargs["path"].split("/")
        self.category = get_object_or_404(Category.objects.with_lineages(), slug=slug)
        canonical = self.category.get_absolute_url()
        page = f"page/{kwargs['page']}/" if "page" in kwargs else ""
        if request.path != canonical + page:
            return redirect(canonical + page, permanent=True)
        return super().get(request, *args, **kwargs)

    def get_queryset(self):
        return super().get_queryset().filed_under(self.category)

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            list_kind=_("Category"),
            way=self.category,
            heading=self.category.name,
            description=self.category.description,
            subcategories=pagecache.kept(
                ("subcategories", self.category.pk),
                lambda: filing.under(Post.objects.published().posts(), Category.objects.get(pk=self.category.pk)),
            ),
            list_feed_url=f"{self.category.get_absolute_url()}feed/",
            **kwargs,
        )


class TagList(PostList):
    fewest = 2  # with one, it is that post once more

    def get_queryset(self):
        self.tag = get_object_or_404(Tag, slug=self.kwargs["slug"])
        return super().get_queryset().filter(tags=self.tag)

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            list_kind=_("Tag"),
            way=[(_("Tags"), reverse("tags")), (self.tag.name, self.tag.get_absolute_url())],
            heading=self.tag.name,
            description=self.tag.description,
            list_feed_url=reverse("tag_feed", args=[self.tag.slug]),
            **kwargs,
        )


class AuthorList(PostList):
    def get_queryset(self):
        self.author = get_object_or_404(User, slug=self.kwargs["slug"])
        queryset = super().get_queryset().filter(author=self.author)
        # Somebody who has an account but has published nothing has no public page.
        if not queryset.exists():
            raise Http404
        return queryset

    def repeats_another(self):
        """One person's blog: their page is the front page once more."""
        return not Post.objects.published().posts().exclude(author=self.author).exists()

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            list_kind=_("Author"),
            way=[(self.author.public_name, self.author.get_absolute_url())],
            heading=self.author.public_name,
            description=self.author.biography,
            author=self.author,
            list_feed_url=reverse("author_feed", args=[self.author.slug]),
            **kwargs,
        )


class YearList(PostList):
    allow_empty = False
    fewest = 2

    def get_queryset(self):
        return super().get_queryset().filter(published_at__year=self.kwargs["year"])

    def get_context_data(self, **kwargs):
        return super().get_context_data(list_kind=_("Archive"), heading=self.heading(), way=self.way(), **kwargs)

    def heading(self):
        return str(self.kwargs["year"])

    def way(self):
        year = self.kwargs["year"]
        return [(_("Archive"), reverse("archive")), (str(year), reverse("year", args=[year]))]


class MonthList(YearList):
    def get_queryset(self):
        return super().get_queryset().filter(published_at__month=self.kwargs["month"])

    def heading(self):
        return format_date(self.first_day(), "F Y")

    def way(self):
        day = self.first_day()
        return [*super().way(), (format_date(day, "F"), reverse("month", args=[day.year, day.month]))]

    def first_day(self):
        return datetime.date(self.kwargs["year"], self.kwargs["month"], 1)


def categories(request):
    """The tree of categories, with what they are about and how much they hold."""
    branches = pagecache.kept(("categories of posts",), lambda: filing.tree(Post.objects.published().posts()))
    return render(request, "blog/categories.html", {"branches": branches})


def tags(request):
    """Every tag that something carries, by its first letter."""

    def letters():
        by_letter = {}
        for tag in filing.tags(Post.objects.published().posts()):
            by_letter.setdefault(fold(tag.name[:1]).upper() or "#", []).append(tag)
        return sorted(by_letter.items())

    return render(request, "blog/tags.html", {"letters": pagecache.kept(("tags of posts",), letters)})


def archive(request):
    """Every month that has posts, newest first, with how many."""
    months = (
        Post.objects.published()
        .posts()
        .order_by()
        .annotate(year=ExtractYear("published_at"), month=ExtractMonth("published_at"))
        .values("year", "month")
        .annotate(count=Count("pk"))
        .order_by("-year", "-month")
    )
    return render(request, "blog/archive.html", {"months": pagecache.kept(("months",), lambda: list(months))})
