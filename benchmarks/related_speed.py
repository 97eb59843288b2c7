"""How long related articles take: finding all anew, and bringing in one change.

    python benchmarks/related_speed.py [--posts 10000] [--from POSTS.jsonl]

Works in a database of its own that it makes and deletes: SQLite in a temporary folder, or with `DATABASE_URL` a test
database on that PostgreSQL. The posts are mixed from the sentences of POSTS.jsonl (a JSON object a line: title, text),
400 words on average, or of words made up with the frequencies of a language when no file is given.
"""

import argparse
import datetime
import json
import os
import random
import resource
import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

SYLLABLES = "ba ce di fo gu la me ni po ru sa te vi zo cha bre dri flo gran plu".split()


def sentences_from(path):
    if path:
        posts = [json.loads(line) for line in Path(path).read_text("utf-8").splitlines()]
        return [f"{sentence}." for post in posts for sentence in f"{post['title']}. {post['text']}".split(". ")]
    words = ["".join(random.choices(SYLLABLES, k=random.randint(1, 4))) for _ in range(40_000)]
    frequencies = [1 / (rank + 10) for rank in range(len(words))]  # Zipf and Mandelbrot
    return [" ".join(random.choices(words, frequencies, k=15)) + "." for _ in range(20_000)]


def write(posts, sentences, tags, author):
    """Put `posts` posts in the database, each about a few things, over twenty years."""
    from blog.models import Post

    length = 400 / statistics.mean(len(sentence.split()) for sentence in sentences)
    rows = []
    for number in range(posts):
        start = random.randrange(len(sentences))  # sentences that stand together are about one thing
        told = [sentences[(start + step) % len(sentences)] for step in range(int(random.expovariate(1 / length)) + 1)]
        told += random.sample(sentences, 3)
        moment = datetime.datetime(2005, 1, 1, tzinfo=datetime.UTC) + datetime.timedelta(
            hours=random.randrange(175_000)
        )
        rows.append(
            Post(
                title=" ".join(random.choice(told).split()[:7])[:300],
                slug=f"post-{number}-{random.random()}".replace(".", "-"),
                text=" ".join(told),
                body=" ".join(told),
                author=author,
                status="published",
                published_at=moment,
            )
        )
    Post.objects.bulk_create(rows, 500)
    filing = Post.tags.through
    filing.objects.bulk_create(
        [
            filing(post_id=post.pk, tag_id=tag.pk)
            for post in rows
            for tag in random.sample(tags, random.choice([0, 1, 1, 2]))
        ],
        2000,
    )
    return rows


def timed(work):
    """Return the seconds that `work` takes, and those of them that this process was at work."""
    clock, processor = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - clock, time.process_time() - processor


def measure(count, path):
    from blog.models import Post, Tag, User
    from blog.related import index

    sentences = sentences_from(path)
    author = User.objects.create(username="author")
    tags = [Tag.objects.create(name=f"Tag {number}") for number in range(60)]
    posts = write(count, sentences, tags, author)
    before = peak()
    clock, processor = timed(index.rebuild)
    print(f"rebuild: {clock:.1f} s ({processor:.1f} s at work), {peak() - before:.0f} MB more than before")

    def each(name, change, chosen):
        times = []
        for post in chosen:
            change(post)
            times.append(timed(lambda pk=post.pk: index.update(pk)))
        clock, processor = (statistics.median(column) for column in zip(*times, strict=True))
        print(f"{name}: {clock:.2f} s ({processor:.2f} s at work), at most {max(times)[0]:.2f} s")

    each("a new post", lambda post: None, write(10, sentences, tags, author))
    chosen = random.sample(posts, 30)

    def edited(post):
        Post.objects.filter(pk=post.pk).update(text=post.text + " ".join(random.sample(sentences, 3)))

    each("an edited post", edited, chosen[:10])
    each("the same post again", lambda post: None, chosen[:10])
    each("a withdrawn post", lambda post: Post.objects.filter(pk=post.pk).update(status="draft"), chosen[10:20])

    for post in chosen[20:]:
        pk = post.pk
        post.delete()
        post.pk = pk
    each("a deleted post", lambda post: None, chosen[20:])
    print(f"in all {peak():.0f} MB")


def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024  # MB, on Linux


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--posts", type=int, default=10_000)
    options.add_argument("--from", dest="path", help="posts to mix, a JSON object a line")
    options = options.parse_args()
    random.seed(1)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DATA_DIR"] = folder
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
        import django
        from django.conf import settings

        settings.DATABASES["default"].setdefault("TEST", {})["NAME"] = (
            None if "DATABASE_URL" in os.environ else f"{folder}/speed.sqlite3"
        )
        django.setup()
        from django.db import connection

        name = settings.DATABASES["default"]["NAME"]
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        try:
            print(f"{connection.vendor}, {options.posts} posts")
            measure(options.posts, options.path)
        finally:
            connection.creation.destroy_test_db(name, verbosity=0)


if __name__ == "__main__":
    main()
