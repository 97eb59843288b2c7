"""What search engines may list (sitemaps.org protocol), with its pictures (Google's image extension).

Each kind of page is cut into files by the keys of its rows: the first file holds keys 1 to 2,000, and so on. So a page
never moves to another file, a file is one range of the primary key, and the index is one aggregate for each kind:
nothing here loads more rows than a file shows.
"""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Exists, ExpressionWrapper, F, IntegerField, Max, OuterRef, Prefetch
from django.db.models.functions import Greatest
from django.http import Http404
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_safe

from blog import filing
from blog.conditional import answer
from blog.models import Category, Media, Post, Tag, User

PER_FILE = 2_000  # pages, as in WordPress; the protocol's limits are 50,000 and 50 MB
CHANGED = Greatest("updated_at", "published_at")  # `Post.changed_at`, in the database
CHANGED_BELOW = Max(Greatest("posts__updated_at", "posts__published_at"))


@dataclass(frozen=True)
class Entry:
    address: str  # absolute
    changed: datetime | None
    pictures: tuple[str, ...] = ()  # absolute addresses


def entry(row, changed):
    return Entry(settings.SITE_URL + row.get_absolute_url(), changed)


def within(rows, number):
    """Return those of `rows` that stand in file `number`."""
    return rows.filter(pk__gt=(number - 1) * PER_FILE, pk__lte=number * PER_FILE).order_by("pk")


def by_file(rows):
    """Return `rows` as the values of `file`, the number of the file that each stands in."""
    number = ExpressionWrapper((F("pk") - 1) / PER_FILE + 1, output_field=IntegerField())
    return rows.order_by().annotate(file=number).values("file")


def published_posts():
    return Post.objects.published().posts()


class FrontPages:
    """The pages that there is one of."""

    def files(self):
        """Return [(number, when its pages last changed; None for the newest change of any)]."""
        return [(1, None)]

    def entries(self, number):
        changed = published_posts().aggregate(latest=Max(CHANGED))["latest"]
        addresses = [settings.SITE_URL + reverse(name) for name in ("home", "archive")]
        return [Entry(address, changed) for address in addresses] if number == 1 else []


class Posts:
    """Posts, with the pictures they show."""

    def rows(self):
        return published_posts()

    def files(self):
        return list(by_file(self.rows()).annotate(latest=Max(CHANGED)).order_by("file").values_list("file", "latest"))

    def entries(self, number):
        pictures = Media.objects.exclude(width=None).only("file")
        rows = within(self.rows(), number).select_related("lead_picture").prefetch_related(Prefetch("media", pictures))
        rows = rows.only(
            *("kind", "slug", "parent", "published_at", "created_at", "updated_at"),
            *("lead_picture__file", "lead_picture__width"),
        )
        return [
            Entry(settings.SITE_URL + post.get_absolute_url(), post.changed_at, pictures_of(post))
            for post in self.with_parents(rows)
        ]

    def with_parents(self, rows):
        return rows


class Pages(Posts):
    def rows(self):
        return Post.objects.published().pages()

    def with_parents(self, rows):
        """Return `rows` with their parents in hand, whose slugs their addresses hold: pages are few."""
        return linked(rows, linked(Post.objects.pages().only("slug", "kind", "parent")))


class Gathering:
    """Categories, tags or authors that have something to read, under the name that posts have for them."""

    def __init__(self, model, name):
        self.model, self.name = model, name

    def rows(self):
        return self.model.objects.filter(Exists(published_posts().filter(**{self.name: OuterRef("pk")})))

    def files(self):
        return [(number, None) for number in sorted(by_file(self.rows()).distinct().values_list("file", flat=True))]

    def entries(self, number):
        gathering = self.rows().filter(posts__in=published_posts())
        rows = within(gathering, number).annotate(changed=CHANGED_BELOW)
        return [entry(row, row.changed) for row in rows]


class Tags(Gathering):
    """Where a tag is on one post alone, its page is kept out of search engines (`TagList.fewest`)."""

    def rows(self):
        return self.model.objects.filter(filing.several(published_posts(), tags=OuterRef("pk")))


class Authors(Gathering):
    """Where one person writes, their page is the front page once more (`AuthorList.repeats_another`)."""

    def rows(self):
        return super().rows().filter(Exists(published_posts().exclude(author=OuterRef("pk"))))


class Categories(Gathering):
    """A category's page lists what is filed below it too, so it is read with the tree: all of it, in one query."""

    def files(self):
        tree = {category.pk: category for category in linked(Category.objects.all())}
        filed = self.rows().order_by().values_list("pk", flat=True)
        shown = {category.pk for key in filed for category in tree[key].lineage()}
        return [(number, None) for number in sorted({(key - 1) // PER_FILE + 1 for key in shown})]

    def entries(self, number):
        tree = {category.pk: category for category in linked(Category.objects.all())}
        filed = Category.objects.filter(posts__in=published_posts()).order_by().annotate(changed=CHANGED_BELOW)
        latest = {}
        for key, changed in filed.values_list("pk", "changed"):
            for category in tree[key].lineage():
                latest[category.pk] = max(changed, latest.get(category.pk, changed))
        keys = sorted(key for key in latest if (key - 1) // PER_FILE + 1 == number)
        return [entry(tree[key], latest[key]) for key in keys]


def linked(rows, tree=None):
    """Return `rows` with their parents in hand, from among `tree` (themselves if not given)."""
    rows = list(rows)
    by_key = {row.pk: row for row in tree or rows}
    for row in rows:
        row.parent = by_key.get(row.parent_id)
    return rows


def pictures_of(post):
    lead = post.lead_picture
    shown = [*([lead] if lead and lead.is_picture else []), *post.media.all()]
    return tuple(dict.fromkeys(media.absolute_url for media in shown))


SECTIONS = {
    "front": FrontPages(),
    "posts": Posts(),
    "pages": Pages(),
    "categories": Categories(Category, "categories"),
    "tags": Tags(Tag, "tags"),
    "authors": Authors(User, "author"),
}


@require_safe
def index(request):
    """The files there are, and when what each lists last changed."""
    files = [(section, *file) for section, pages in SECTIONS.items() for file in pages.files()]
    newest = max((changed for *_, changed in files if changed), default=None)
    return xml(
        request,
        "blog/sitemap_index.xml",
        [
            Entry(settings.SITE_URL + reverse("sitemap_file", args=[section, number]), changed or newest)
            for section, number, changed in files
        ],
    )


@require_safe
def file(request, section, number):
    """One file of pages."""
    known = section in SECTIONS and 0 < number < 10**9
    entries = SECTIONS[section].entries(number) if known else []
    if not entries:
        raise Http404
    return xml(request, "blog/sitemap.xml", entries)


def xml(request, template, entries):
    body = render_to_string(template, {"entries": entries}).encode()
    changed = max((entry.changed for entry in entries if entry.changed), default=None)
    response = answer(request, body, "application/xml; charset=utf-8", changed)
    response["X-Robots-Tag"] = "noindex"  # the file itself is nothing to find
    return response
