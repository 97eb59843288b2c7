"""What the sitemap of a large blog costs: its index, and its largest file.

    python benchmarks/sitemap.py [POSTS]

Works in a temporary folder of its own, on SQLite, with POSTS posts (100,000 when it is not said), each with a picture.
"""

import datetime
import os
import resource
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

BATCH = 5_000


def fill(count):
    from blog.models import Media, Post, Tag, User

    author = User.objects.create(username="author")
    tag = Tag.objects.create(name="Tag")
    began = datetime.datetime(2001, 1, 1, tzinfo=datetime.UTC)
    for start in range(0, count, BATCH):
        numbers = range(start, min(start + BATCH, count))
        pictures = Media.objects.bulk_create(
            Media(file=f"2001/{number}.jpg", content_type="image/jpeg", width=900, height=600) for number in numbers
        )
        posts = Post.objects.bulk_create(
            Post(
                title=f"Post {number}",
                slug=f"post-{number}",
                html="<p>Words.</p>",
                text="Words.",
                author=author,
                status=Post.Status.PUBLISHED,
                published_at=began + datetime.timedelta(hours=2 * number),
                lead_picture=picture,
            )
            for number, picture in zip(numbers, pictures, strict=True)
        )
        Post.tags.through.objects.bulk_create(Post.tags.through(post=post, tag=tag) for post in posts)
        Post.media.through.objects.bulk_create(
            Post.media.through(post=post, media=picture) for post, picture in zip(posts, pictures, strict=True)
        )


def measure(address):
    """Print what `address` costs, and return the answer."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        clock, processor = time.perf_counter(), time.process_time()
        answer = Client().get(address, HTTP_HOST="127.0.0.1")
        clock, processor = time.perf_counter() - clock, time.process_time() - processor
    text = answer.content.decode()
    print(
        f"{address}: {answer.status_code}, {clock:.2f} s ({processor:.2f} s at work), {len(queries)} queries, "
        f"{text.count('<loc>')} addresses, {text.count('<image:loc>')} pictures, {text.count('<lastmod>')} dates, "
        f"{len(answer.content) / 1e6:.2f} MB"
    )
    return text


def main(count):
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"DATA_DIR": folder, "DJANGO_SETTINGS_MODULE": "config.settings"}
        os.environ.pop("DATABASE_URL", None)
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        fill(count)
        index = measure("/sitemap.xml")
        files = index.count("sitemap-posts-")
        for number in sorted({1, files // 2 or 1, files}):
            measure(f"/sitemap-posts-{number}.xml")
        measure("/sitemap-tags-1.xml")
        print(f"{files} files of posts; in all {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
