"""The menus, and the links of a paginated list."""

from django import template
from django.urls import reverse
from django.utils.translation import gettext as _

from blog.models import Category, Post

register = template.Library()


@register.simple_tag
def rubrics():
    """The top categories that hold something to read, themselves or below."""
    categories = Category.objects.select_related("parent").filter(posts__in=Post.objects.published().posts()).distinct()
    roots = {category.lineage()[0] for category in categories}
    return sorted(roots, key=lambda category: category.name.casefold())


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

    A post's way leads through the deepest of its categories.
    """
    steps = [(home, reverse("home"))]
    if isinstance(target, Post):
        lineages = [category.lineage() for category in target.categories.all()]
        steps += [(step.name, step.get_absolute_url()) for step in max(lineages, key=len, default=[])]
    return steps + [(str(step), step.get_absolute_url()) for step in target.lineage()]


@register.inclusion_tag("blog/_breadcrumbs.html")
def breadcrumbs(target):
    """Where a post, a page or a category stands."""
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
    return {"older": older.first(), "newer": newer.order_by("published_at", "pk").first()}


@register.simple_tag
def page_link(list_url, number):
    """The address of page `number` of the list at `list_url`; the first page is the list itself."""
    if number == 1:
        return list_url
    return f"{list_url}&page={number}" if "?" in list_url else f"{list_url}page/{number}/"
