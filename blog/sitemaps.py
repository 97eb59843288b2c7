"""What search engines may list (sitemaps.org protocol), with its pictures (Google's image extension).

Each kind of page is cut into files by the keys of its rows: the first file holds keys 1 to 2,000, and so on. So a page
never moves to another file, a file is one range of the primary key, and the index is one aggregate for each kind:
nothing here loads more rows than a file shows.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Expression, ExpressionWrapper, F, IntegerField, Max, Prefetch, QuerySet
from django.db.models.functions import Greatest
from django.http import Http404
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_safe

from blog.conditional import answer
from blog.models import Category, Media, Post, Tag, User

PER_FILE = 2_000  # pages, as in WordPress; the protocol's limits are 50,000 and 50 MB


@dataclass(frozen=True)
class Entry:
    address: str  # absolute
    changed: datetime | None
    pictures: tuple[str, ...] = ()  # absolute addresses


@dataclass(frozen=True)
class Rows:
    """A kind of page that has a row for each."""

    published: Callable[[], QuerySet]
    changed: Expression  # when a row's page last changed
    latest: Expression  # the last of many
    complete: Callable = list  # gives the rows of a file what their addresses need, in few queries

    def files(self):
        """Return [(number, when its pages last changed)]."""
        file = ExpressionWrapper((F("pk") - 1) / PER_FILE + 1, output_field=IntegerField())
        files = self.published().order_by().annotate(file=file).values("file").annotate(latest=self.latest)
        return list(files.order_by("file").values_list("file", "latest"))

    def entries(self, number):
        keys = {"pk__gt": (number - 1) * PER_FILE, "pk__lte": number * PER_FILE}
        rows = self.complete(self.published().filter(**keys).annotate(changed=self.changed).order_by("pk"))
        return [Entry(settings.SITE_URL + row.get_absolute_url(), row.changed, pictures(row)) for row in rows]


class Categories:
    """A category's page lists what is filed below it too, so it is read with its tree: all of it, in one query."""

    def changes(self):
        """Return {category: when its page last changed} for those that show something."""
        tree = {category.pk: category for category in with_parents(Category.objects.all())}
        filed = Category.objects.filter(posts__in=published_posts()).order_by().annotate(latest=LATEST_OF_POSTS)
        found = {}
        for key, changed in filed.values_list("pk", "latest"):
            for category in tree[key].lineage():
                found[category] = max(changed, found.get(category, changed))
        return found

    def files(self):
        files = {}
        for category, changed in self.changes().items():
            number = (category.pk - 1) // PER_FILE + 1
            files[number] = max(changed, files.get(number, changed))
        return sorted(files.items())

    def entries(self, number):
        return [
            Entry(settings.SITE_URL + category.get_absolute_url(), changed)
            for category, changed in sorted(self.changes().items(), key=lambda item: item[0].pk)
            if (category.pk - 1) // PER_FILE + 1 == number
        ]


class FrontPages:
    """The pages that there is one of."""

    def files(self):
        return [(1, published_posts().aggregate(latest=Max(POST_CHANGED))["latest"])]

    def entries(self, number):
        [(only, changed)] = self.files()
        addresses = [settings.SITE_URL + reverse(name) for name in ("home", "archive")]
        return [Entry(address, changed) for address in addresses] if number == only else []


def published_posts():
    return Post.objects.published().posts()


def with_pictures(posts):
    shown = Media.objects.exclude(width=None).only("file")
    return (
        posts.select_related("lead_picture")
        .prefetch_related(Prefetch("media", shown))
        .only("slug", "kind", "published_at", "created_at", "parent", "lead_picture__file", "lead_picture__width")
    )


def pictures(row):
    """Return the addresses of the pictures that a post shows."""
    if not isinstance(row, Post):
        return ()
    lead = row.lead_picture if row.lead_picture and row.lead_picture.is_picture else None
    shown = [*([lead] if lead else []), *row.media.all()]
    return tuple(dict.fromkeys(media.absolute_url for media in shown))


def with_parents(rows, everything=None):
    """Return `rows` of a tree with their parents in hand; `everything` holds the tree where `rows` do not."""
    rows = list(rows)
    tree = {row.pk: row for row in (rows if everything is None else everything)}
    for row in (*tree.values(), *rows):
        row.parent = tree.get(row.parent_id)
    return rows


def with_parent_pages(pages):
    return with_parents(pages, Post.objects.pages().only("slug", "kind", "parent"))


POST_CHANGED = Greatest("updated_at", "published_at")
LATEST_OF_POSTS = Max(Greatest("posts__updated_at", "posts__published_at"))
SECTIONS = {
    "front": FrontPages(),
    "posts": Rows(lambda: with_pictures(published_posts()), POST_CHANGED, Max(POST_CHANGED)),
    "pages": Rows(lambda: with_pictures(Post.objects.published().pages()), POST_CHANGED, Max(POST_CHANGED), with_parent_pages),
    "categories": Categories(),
    "tags": Rows(lambda: Tag.objects.filter(posts__in=published_posts()), LATEST_OF_POSTS, LATEST_OF_POSTS),
    "authors": Rows(lambda: User.objects.filter(posts__in=published_posts()), LATEST_OF_POSTS, LATEST_OF_POSTS),
}


@require_safe
def index(request):
    """The files there are, and when what each lists last changed."""
    files = [
        Entry(settings.SITE_URL + reverse("sitemap_file", args=[section, number]), changed)
        for section, kind in SECTIONS.items()
        for number, changed in kind.files()
    ]
    return xml(request, "blog/sitemap_index.xml", files)


@require_safe
def file(request, section, number):
    """One file of pages."""
    if section not in SECTIONS or not 0 < number < 10**9:
        raise Http404
    entries = SECTIONS[section].entries(number)
    if not entries:
        raise Http404
    return xml(request, "blog/sitemap.xml", entries)


def xml(request, template, entries):
    body = render_to_string(template, {"entries": entries}).encode()
    changed = max((entry.changed for entry in entries if entry.changed), default=None)
    response = answer(request, body, "application/xml; charset=utf-8", changed)
    response["X-Robots-Tag"] = "noindex"  # the file itself is nothing to find
    return response
