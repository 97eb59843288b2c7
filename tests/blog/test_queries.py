"""No page asks the database for more as the blog grows: at 10, 100 and 1,000 posts, filed, illustrated and answered."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from blog.models import Category, Media, Page, Post, RelatedPost, SiteSettings, Tag
from blog.search import index
from comments.models import Comment, DiscussionSettings
from tests.factories import UserFactory

JUNE = datetime.datetime(2011, 6, 1, 10, tzinfo=datetime.UTC)
POST, DEEP = "/2011/06/post-0/", "/category/arts/gravure/bois/bout/"
OWNERS = ["/", "/category/arts/", DEEP, "/tag/encre/", "/author/zoe/", "/comments/", POST]
ADDRESSES = [
    "/",
    "/page/2/",
    POST,
    "/page-0/",
    "/category/",
    "/category/arts/",
    DEEP,
    "/tag/",
    "/tag/encre/",
    "/archive/",
    "/2011/",
    "/2011/06/",
    "/author/zoe/",
    "/search/",
    "/search/?q=papier",
    "/search/?q=papier&category=arts&year=2011",
    "/search/?q=papyer",
    "/nowhere/",
    "/sitemap.xml",
    "/sitemap-posts-1.xml",
    *(f"{owner}feed/{kind}" for owner in OWNERS for kind in ("", "atom/", "json/")),
]


class Blog:
    """A blog that grows: the same page holds as much each time, among ever more."""

    def __init__(self):
        SiteSettings(posts_per_page=5, posts_in_feed=5).save()
        DiscussionSettings(per_page=5).save()
        self.authors = [UserFactory(display_name="Zoé"), UserFactory(display_name="Ana")]
        self.branch = []
        for name in ("Arts", "Gravure", "Bois", "Bout"):
            self.branch.append(Category.objects.create(name=name, parent=self.branch[-1] if self.branch else None))
        self.ink = Tag.objects.create(name="Encre")
        self.size = 0

    def grow(self, size):
        numbers = range(self.size, size)
        self.size = size
        pictures = Media.objects.bulk_create(
            Media(
                file=f"{number}.jpg",
                content_type="image/jpeg",
                width=900,
                height=600,
                variants=[{"type": "image/webp", "width": 400, "height": 267, "path": f"variants/{number}.webp"}],
            )
            for number in numbers
        )
        posts = Post.objects.bulk_create(
            Post(
                title=f"Post {number}",
                slug=f"post-{number}",
                text="Le papier boit.",
                html="<p>Le papier boit.</p>",
                author=self.authors[number % 2],
                status=Post.Status.PUBLISHED,
                # Half of them in June 2011, the others over a century.
                published_at=JUNE.replace(year=2011 if number % 4 < 2 else 1950 + number % 50)
                + datetime.timedelta(minutes=number),
                lead_picture=picture,
            )
            for number, picture in zip(numbers, pictures, strict=True)
        )
        Page.objects.bulk_create(
            Page(
                kind=Post.Kind.PAGE,
                title=f"Page {number}",
                slug=f"page-{number}",
                author=self.authors[0],
                status=Post.Status.PUBLISHED,
                published_at=JUNE,
            )
            for number in numbers
            if number % 10 == 0
        )
        self.file(posts, numbers)
        first = Post.objects.get(slug="post-0")
        comments = [
            Comment(post=post, name="Luc", email=f"{post.pk % 9}@a.example", body="Oui.", status="approved")
            for post in [*posts, *([first] * len(posts))]
        ]
        Comment.objects.add_many(comments)
        related = RelatedPost.objects.filter(post=first).count()
        RelatedPost.objects.bulk_create(
            RelatedPost(post=first, related=post, likeness=1 / (related + number))
            for number, post in enumerate(posts[1:9], 1)
        )
        index.rebuild()

    def file(self, posts, numbers):
        """Every post in a deep category and in one of ever more, with two tags."""
        categories = Category.objects.bulk_create(
            Category(name=f"C{number}", slug=f"c{number}", parent=self.branch[place % 4])
            for place, number in enumerate(numbers[::2])
        )
        tags = Tag.objects.bulk_create(Tag(name=f"T{number}", slug=f"t{number}") for number in numbers[::5])
        filing, carrying = Post.categories.through, Post.tags.through
        filing.objects.bulk_create(
            filing(post=post, category=category)
            for place, post in enumerate(posts)
            for category in (self.branch[3], categories[place % len(categories)])
        )
        carrying.objects.bulk_create(
            carrying(post=post, tag=tag)
            for place, post in enumerate(posts)
            for tag in (self.ink, tags[place % len(tags)])
        )


@pytest.mark.django_db
def test_what_any_page_costs_is_the_same_for_ten_a_hundred_and_a_thousand_posts(client, monkeypatch):
    # A missing address is noted now and then, which costs more than the times between.
    monkeypatch.setattr("blog.middleware.SECONDS_BETWEEN_NOTES", 3600)
    client.get("/lost/")
    blog, costs = Blog(), {address: [] for address in ADDRESSES}
    for size in (10, 100, 1000):
        blog.grow(size)
        for address in ADDRESSES:
            with CaptureQueriesContext(connection) as queries:
                response = client.get(address)
            assert response.status_code == (404 if address == "/nowhere/" else 200), address
            costs[address].append(len(queries))
    shown = client.get(POST).text
    assert all(mark in shown for mark in ('class="breadcrumbs"', 'rel="prev"', 'rel="next"')), "what is measured"
    grown = {address: counts for address, counts in costs.items() if len(set(counts)) > 1}
    assert grown == {}
    assert max(max(counts) for counts in costs.values()) < 40
