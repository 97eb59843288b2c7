"""The menus, and the links of a paginated list."""

from django import template

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


@register.simple_tag
def page_link(list_url, number):
    """The address of page `number` of the list at `list_url`; the first page is the list itself."""
    return list_url if number == 1 else f"{list_url}page/{number}/"
