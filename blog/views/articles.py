"""One post or page, as readers see it or as its author will."""

from django.contrib.admin.views.decorators import staff_member_required
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from blog import pagecache
from blog.models import Category, Post


def post(request, year, month, slug, day=None):
    """A post at its permalink. The slug finds it; any other date leads to the right one."""
    found = found_by(slug, Post.Kind.POST)
    if found is None:
        return preview_or_404(request, slug, Post.Kind.POST)
    if request.path != found.get_absolute_url():
        return redirect(found, permanent=True)
    return render_post(request, found)


def page(request, path):
    """A page, /about/ or /about/team/. Its last slug finds it, its lineage is its address."""
    if "\x00" in path:  # which no PostgreSQL text can hold
        raise Http404
    *_, slug = path.split("/")
    found = found_by(slug, Post.Kind.PAGE)
    if found is None:
        return preview_or_404(request, slug, Post.Kind.PAGE)
    if request.path != found.get_absolute_url():
        return redirect(moved_from(request.path) or found, permanent=True)
    return render_post(request, found)


def found_by(slug, kind):
    """Return the published post or page with all that its page shows of it, to be read only; None for none."""

    def read():
        posts = Post.objects.published().select_related("author", "lead_picture").prefetch_related("categories", "tags")
        post = posts.filter(slug=slug, kind=kind).first()
        if post is not None:
            categories = Category.by_key()
            for category in post.categories.all():
                category.parent = categories.get(category.parent_id)
        return post

    return pagecache.kept(("post", kind, slug), read, weigh=lambda post: 4 * len(post.html) if post else 100)


def render_post(request, post, *, status=200, **context):
    """Return the page of one post or page. `context` adds to what its template shows."""
    template = "blog/page.html" if post.kind == Post.Kind.PAGE else "blog/post.html"
    # A lead picture that the text shows too (a WordPress habit) is not shown twice.
    show_lead = bool(post.lead_picture) and post.lead_picture.file.url not in post.html
    return render(request, template, {"post": post, "show_lead": show_lead, **context}, status=status)


def moved_from(path):
    """Return the published post or page that stood at `path` once, or None."""
    return Post.objects.published().filter(former_addresses__path=path.strip("/")).first()


def preview_or_404(request, slug, kind):
    """Send staff who may see an unpublished post to its preview. (Where a moved one stands: `blog.middleware`.)"""
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
