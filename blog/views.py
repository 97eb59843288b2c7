"""What readers see of the blog. Everything public starts from `Post.objects.published()`."""

import datetime
import re

from django.conf import settings
from django.contrib.admin.views.decorators import staff_member_required
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.db.models import Count
from django.db.models.functions import ExtractMonth, ExtractYear
from django.http import Http404, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.generic import ListView

from blog.models import Category, Media, Post, SiteSettings, Tag, User


class PostList(ListView):
    """A page of published posts, newest first. /…/page/1/ is the list's own address."""

    template_name = "blog/post_list.html"
    context_object_name = "posts"
    page_kwarg = "page"

    def get(self, request, *args, **kwargs):
        if kwargs.get("page") == 0:
            raise Http404
        if kwargs.get("page") == 1:
            return redirect(re.sub(r"page/1/$", "", request.path), permanent=True)
        return super().get(request, *args, **kwargs)

    def get_queryset(self):
        return Post.objects.published().posts().for_lists()

    def get_paginate_by(self, queryset):
        return SiteSettings.load().posts_per_page

    def get_context_data(self, **kwargs):
        context = super().get_context_data(list_url=re.sub(r"page/\d+/$", "", self.request.path), **kwargs)
        page = context["page_obj"]
        context["page_numbers"] = list(page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1))
        return context


class Home(PostList):
    template_name = "blog/home.html"

    def get(self, request, *args, **kwargs):
        if moved := legacy_permalink(request.GET):
            return HttpResponsePermanentRedirect(moved)
        return super().get(request, *args, **kwargs)


def legacy_permalink(query):
    """Return where WordPress's plain addresses (`/?p=200`, `?page_id=`, `?attachment_id=`) lead, or None.

    An imported post answers to its WordPress number; a post written here to its own.
    """
    number = query.get("p") or query.get("page_id") or query.get("attachment_id")
    if number is None:
        return None
    if not re.fullmatch(r"[0-9]{1,18}", number):
        raise Http404
    candidates = Post.objects.published()
    found = candidates.filter(wordpress_id=number).first()
    if not found and (attachment := Media.objects.filter(wordpress_id=number).first()):
        return attachment.file.url
    found = found or candidates.filter(pk=number, wordpress_id=None).first()
    if not found:
        raise Http404
    return found.get_absolute_url()


class CategoryList(PostList):
    """A category with those below it, as in WordPress. Found by its last slug, so a moved category keeps its links."""

    def get(self, request, *args, **kwargs):
        *_, slug = kwargs["path"].split("/")
        self.category = get_object_or_404(Category, slug=slug)
        canonical = self.category.get_absolute_url()
        page = f"page/{kwargs['page']}/" if "page" in kwargs else ""
        if request.path != canonical + page:
            return redirect(canonical + page, permanent=True)
        return super().get(request, *args, **kwargs)

    def get_queryset(self):
        return super().get_queryset().filter(categories__in=self.category.with_descendants()).distinct()

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            list_kind=_("Category"),
            heading=self.category.name,
            description=self.category.description,
            subcategories=self.category.children.select_related("parent"),
            list_feed_url=f"{self.category.get_absolute_url()}feed/",
            **kwargs,
        )


class TagList(PostList):
    def get_queryset(self):
        self.tag = get_object_or_404(Tag, slug=self.kwargs["slug"])
        return super().get_queryset().filter(tags=self.tag)

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            list_kind=_("Tag"),
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

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            list_kind=_("Author"),
            heading=self.author.public_name,
            description=self.author.biography,
            author=self.author,
            list_feed_url=reverse("author_feed", args=[self.author.slug]),
            **kwargs,
        )


class YearList(PostList):
    allow_empty = False

    def get_queryset(self):
        return super().get_queryset().filter(published_at__year=self.kwargs["year"])

    def get_context_data(self, **kwargs):
        return super().get_context_data(list_kind=_("Archive"), heading=self.heading(), **kwargs)

    def heading(self):
        return str(self.kwargs["year"])


class MonthList(YearList):
    def get_queryset(self):
        return super().get_queryset().filter(published_at__month=self.kwargs["month"])

    def heading(self):
        return format_date(datetime.date(self.kwargs["year"], self.kwargs["month"], 1), "F Y")


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
    return render(request, "blog/archive.html", {"months": months})


def post(request, year, month, slug, day=None):
    """A post at its permalink. The slug finds it; any other date leads to the right one."""
    found = (
        Post.objects.published()
        .posts()
        .select_related("author", "lead_picture")
        .prefetch_related("categories__parent", "tags")
        .filter(slug=slug)
        .first()
    )
    if found is None:
        return preview_or_404(request, slug, Post.Kind.POST)
    if request.path != found.get_absolute_url():
        return redirect(found, permanent=True)
    return render_post(request, found)


def page(request, path):
    """A page, /about/ or /about/team/. Its last slug finds it, its lineage is its address."""
    *_, slug = path.split("/")
    found = Post.objects.published().pages().select_related("author", "lead_picture").filter(slug=slug).first()
    if found is None:
        return preview_or_404(request, slug, Post.Kind.PAGE)
    if request.path != found.get_absolute_url():
        return redirect(found, permanent=True)
    return render_post(request, found)


def render_post(request, post, *, status=200, **context):
    """Return the page of one post or page. `context` adds to what its template shows."""
    template = "blog/page.html" if post.kind == Post.Kind.PAGE else "blog/post.html"
    # A lead picture that the text shows too (a WordPress habit) is not shown twice.
    show_lead = bool(post.lead_picture) and post.lead_picture.file.url not in post.html
    return render(request, template, {"post": post, "show_lead": show_lead, **context}, status=status)


def preview_or_404(request, slug, kind):
    """Send staff who may see an unpublished post to its preview; for everybody else it does not exist."""
    hidden = Post.objects.filter(slug=slug, kind=kind).first()
    if hidden is not None and hidden.may_be_previewed_by(request.user):
        return redirect(hidden.get_preview_url())
    raise Http404


@never_cache
@staff_member_required
def preview(request, pk):
    """A post as readers will see it, for those who may write it."""
    post = get_object_or_404(Post, pk=pk)
    if not post.may_be_previewed_by(request.user):
        raise PermissionDenied
    edit_url = reverse(f"admin:blog_{post.kind}_change", args=[post.pk])
    return render_post(request, post, previewing=not post.is_live, edit_url=edit_url)


def legacy_upload(request, path):
    """WordPress's address of a file, or of one of its resized copies (`name-300x200.jpg`), leads to the file."""
    media = Media.at_legacy_path(path)
    if media is None:
        raise Http404
    return HttpResponsePermanentRedirect(media.file.url)


def robots(request):
    """RFC 9309."""
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /preview/",
        "",
        f"Sitemap: {settings.SITE_URL}/sitemap.xml",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@never_cache
def healthz(request):
    """200 and "ok" when the process answers and the database does too."""
    connection.ensure_connection()
    return HttpResponse("ok\n", content_type="text/plain")
