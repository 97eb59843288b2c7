"""The menus, and the links of a paginated list."""

from dataclasses import dataclass

from django import template
from django.db.models import Exists, OuterRef, Subquery
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from blog import pagecache
from blog.models import Category, Post, SiteSettings

register = template.Library()


@register.simple_tag
def rubrics():
    """The top categories that hold something to read, themselves or below."""
    filed = Post.categories.through.objects.filter(category=OuterRef("pk"))
    # Asked category by category, which ends at the first post: a join would go through all of them.
    holding = Category.objects.filter(Exists(filed.filter(post__in=Post.objects.published().posts()))).order_by()
    categories = Category.by_key()
    roots = {categories[pk].lineage()[0] for pk in holding.values_list("pk", flat=True) if pk in categories}
    return sorted(roots, key=lambda category: category.name.casefold())


@register.simple_tag(takes_context=True)
def masthead(context):
    """The head of every page: the title, the menu with the page where the reader is marked, the tools."""
    request = context.get("request")
    path = request.path if request else ""

    def links():
        menu = {"rubrics": rubrics(), "menu_pages": list(menu_pages())}
        return Menu(**menu, paths={entry.get_absolute_url() for those in menu.values() for entry in those})

    site = SiteSettings.current()
    menu = pagecache.kept(("menu",), links)
    here = path if path in menu.paths or path == reverse("search") else ""
    return pagecache.kept(
        ("masthead", here),
        lambda: mark_safe(render_to_string("blog/_masthead.html", {"site": site, "menu": menu, "path": here})),
        of=(site, menu),
    )


@dataclass
class Menu:
    rubrics: list
    menu_pages: list
    paths: set  # of all their entries


@register.simple_tag
def footer():
    """The foot of every page."""
    site = SiteSettings.current()
    return pagecache.kept(
        ("footer",), lambda: mark_safe(render_to_string("blog/_footer.html", {"site": site})), of=[site]
    )


@register.simple_tag
def menu_pages():
    """The published pages that stand at the top."""
    return (
        Post.objects.published()
        .pages()
        .filter(parent=None)
        .order_by("menu_order", "title")
        .only("title", "slug", "kind", "parent", "language")
    )


def way_to(target, home):
    """Return the (name, path) of each step from the front page, called `home`, down to a post, page or category.

    A post's way leads through the deepest of its categories. Any other page gives its steps itself, as such a list.
    """
    steps = [(home, reverse("home"))]
    if isinstance(target, list):
        return steps + target
    if isinstance(target, Post):
        lineages = [category.lineage() for category in target.categories.all()]
        steps += [(step.name, step.get_absolute_url()) for step in max(lineages, key=len, default=[])]
    return steps + [(str(step), step.get_absolute_url()) for step in target.lineage()]


@register.inclusion_tag("blog/_breadcrumbs.html")
def breadcrumbs(target):
    """Where a post, a page, a category or another list stands (see `way_to`)."""
    *above, (name, _path) = way_to(target, _("Home"))
    return {"above": above, "name": name}


@register.inclusion_tag("blog/_neighbours.html")
def neighbours(post):
    """The posts that were published just before and just after `post`."""
    posts = Post.objects.published().posts().only("title", "slug", "kind", "published_at", "created_at", "language")
    moment = post.published_at
    # One bound and an exception for the same moment, so that the index by date leads straight to each.
    older = posts.filter(published_at__lte=moment).exclude(published_at=moment, pk__gte=post.pk)
    newer = posts.filter(published_at__gte=moment).exclude(published_at=moment, pk__lte=post.pk)
    nearest = (older, newer.order_by("published_at", "pk"))
    either = posts.filter(pk__in=[Subquery(those.values("pk")[:1]) for those in nearest]).order_by()
    found = {"older" if comes_before(other, post) else "newer": other for other in either}
    return {"older": found.get("older"), "newer": found.get("newer")}


def comes_before(one, other):
    return (one.published_at, one.pk) < (other.published_at, other.pk)


@register.simple_tag
def page_link(list_url, number):
    """The address of page `number` of the list at `list_url`; the first page is the list itself."""
    if number == 1:
        return list_url
    return f"{list_url}&page={number}" if "?" in list_url else f"{list_url}page/{number}/"
