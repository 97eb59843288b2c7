"""What is filed where, counted: of the posts that are given, `Post.objects.published()`."""

from dataclasses import dataclass, field

from django.db.models import Case, Count, Exists, Q, Value, When

from blog.models import Category, Tag


@dataclass
class Branch:
    """A category with those below it, and how many posts stand in it or below, each counted once."""

    category: Category
    below: list["Branch"] = field(default_factory=list)
    count: int = 0

    def keys(self):
        """Return the keys of the category and of all below it. A loop that got into the table ends here."""
        found, waiting = {}, [self]
        while waiting:
            branch = waiting.pop()
            if branch.category.pk not in found:
                found[branch.category.pk] = branch
                waiting += branch.below
        return list(found)


def under(posts, category: Category | None = None) -> list[Branch]:
    """Return the branches right under a category (None: the top ones) that hold any of `posts`."""
    branches = grown()
    return counted(posts, tops(branches) if category is None else branches[category.pk].below)


def tree(posts) -> list[Branch]:
    """Return the top branches that hold any of `posts`, and below each those that do; one query a level."""
    shown = level = counted(posts, tops(grown()))
    while level:
        found = {branch.category.pk for branch in counted(posts, [child for branch in level for child in branch.below])}
        for branch in level:
            branch.below = [child for child in branch.below if child.category.pk in found]
        level = [child for branch in level for child in branch.below]
    return shown


def grown() -> dict[int, Branch]:
    """Return every category's branch by its key, in one query; each with its parent in hand."""
    branches = {category.pk: Branch(category) for category in Category.objects.order_by("name")}
    for branch in branches.values():
        parent = branches.get(branch.category.parent_id)
        if parent:
            branch.category.parent = parent.category
            parent.below.append(branch)
    return branches


def tops(branches):
    return [branch for branch in branches.values() if branch.category.parent_id is None]


def counted(posts, branches: list[Branch]) -> list[Branch]:
    """Count `posts` in branches, none of which stands below another, in one query; return those that hold any."""
    if not branches:
        return []
    place = Case(*(When(categories__in=branch.keys(), then=Value(branch.category.pk)) for branch in branches))
    rows = posts.order_by().annotate(top=place).filter(top__isnull=False).values("top")
    counts = dict(rows.annotate(count=Count("pk", distinct=True)).values_list("top", "count"))
    for branch in branches:
        branch.count = counts.get(branch.category.pk, 0)
    return [branch for branch in branches if branch.count]


def tags(posts):
    """Return the tags that any of `posts` carry, with how many do (`count`)."""
    carried = Count("posts", filter=Q(posts__in=posts.order_by().values("pk")))
    return Tag.objects.annotate(count=carried).filter(count__gt=0).order_by("name")


def several(posts, **gathered):
    """Return the condition that two of `posts` or more are gathered: `several(posts, tags=OuterRef("pk"))`.

    A list of one post is that post once more: search engines are asked not to keep it, and no sitemap leads there.
    """
    return Exists(posts.filter(**gathered).order_by()[1:2])
