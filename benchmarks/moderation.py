"""How fast the moderators' list opens when there are very many comments.

    python benchmarks/moderation.py [COMMENTS] [--folder FOLDER]

Makes COMMENTS (500,000 when not said) below 200 posts in a scratch DATA_DIR (or in the empty database that DATABASE_URL
names), a fifth of them waiting, then opens the list as a moderator does and prints how long the middle of five answers
took, how much of it was this process's own work, and how many queries it asked. A --folder is used again, so that the
comments are made once.
"""

import argparse
import os
import random
import statistics
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

POSTS, BATCH, TIMES = 200, 5000, 5
WORDS = "pain levain mie croûte farine four merci recette matin ville port vélo pluie lecture chanson café".split()
HELD = ["first", "first links", "spam", "spam first", "doubt", "links", "list"]
STATUSES = ["approved"] * 13 + ["pending"] * 4 + ["spam"] * 2 + ["trash"]
LIST = "/admin/comments/comment/"
ASKED = {
    "what waits, with counts": "",
    "what waits, page 1,000": "?p=1000",
    "newcomers who wait": "?held=first",
    "likely spam that waits, page 50": "?held=spam&p=50",
    "approved": "?status=approved",
    "all": "?status=all",
    "all, page 9,000": "?status=all&p=9000",
    "oldest first": "?status=all&o=3",
    "pingbacks that wait": "?kind__exact=pingback",
    "search, a common word": "?status=all&q=levain",
    "search, a rare word": "?status=all&q=hapax",
    "search what waits, rare": "?q=hapax",
    "search an address": "?status=all&q=person-77@example.org",
}


def made(number, posts, chance, now):
    from comments import rendering, threads
    from comments.models import Comment

    body = " ".join(chance.choices(WORDS, k=chance.randint(5, 60))) + (" hapax" if number % 100_000 == 7 else "")
    status = chance.choice(STATUSES)
    comment = Comment(
        pk=number,
        post_id=chance.choice(posts),
        name=f"Person {number % 20_000}",
        folded_name=f"person {number % 20_000}",
        email=f"person-{number % 20_000}@example.org",
        body=body,
        html=f"<p>{body}</p>",
        renderer_version=rendering.VERSION,
        status=status,
        held_for=chance.choice(HELD) if status == "pending" else "",
        reason="No comment of this name and address has been approved before." if status == "pending" else "",
        ip=f"192.0.{number % 250}.{number % 240}",
        created_at=now - timedelta(minutes=number),
    )
    comment.path = threads.path("", number, comment.created_at)
    return comment


def fill(count):
    from django.contrib.auth import get_user_model
    from django.utils import timezone

    from blog.models import Post
    from comments.models import Comment

    author = get_user_model().objects.create_superuser("bench", "bench@example.org", "bench")
    now, chance = timezone.now(), random.Random(1)
    Post.objects.bulk_create(
        Post(title=f"Post {number}", slug=f"post-{number}", author=author, status="published", published_at=now,
             body="word " * 2000, html="<p>word</p>" * 2000)
        for number in range(POSTS)
    )  # fmt: skip
    posts = list(Post.objects.values_list("pk", flat=True))
    for start in range(1, count + 1, BATCH):
        numbers = range(start, min(start + BATCH, count + 1))
        Comment.objects.bulk_create([made(number, posts, chance, now) for number in numbers])
        print(f"\r{numbers[-1]:,} comments", end="", flush=True)
    print()


def measure(client, address):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    took = []
    for _ in range(TIMES):
        with CaptureQueriesContext(connection) as queries:
            started, worked = time.perf_counter(), time.process_time()
            answer = client.get(address)
            took.append((time.perf_counter() - started, time.process_time() - worked))
        if answer.status_code != 200:
            sys.exit(f"{address} answered {answer.status_code}")
    slowest = max(queries.captured_queries, key=lambda query: float(query["time"]))
    return (
        statistics.median(wall for wall, _cpu in took),
        statistics.median(cpu for _wall, cpu in took),
        len(queries),
        slowest,
    )


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("comments", nargs="?", type=int, default=500_000)
    parser.add_argument("--folder")
    parser.add_argument("--explain", action="store_true", help="print each page's slowest query")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        os.environ |= {"DATA_DIR": options.folder or scratch, "DJANGO_SETTINGS_MODULE": "config.settings"}
        import django

        django.setup()
        from django.conf import settings
        from django.core.management import call_command
        from django.db import connection
        from django.test import Client

        from blog.models import User
        from comments.models import Comment

        settings.ALLOWED_HOSTS = ["*"]
        settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
        call_command("migrate", verbosity=0)
        if not Comment.objects.exists():
            fill(options.comments)
            with connection.cursor() as cursor:
                # As PostgreSQL does by itself after a while: indexes are read without the table then.
                cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
        client = Client()
        client.force_login(User.objects.get(username="bench"))
        print(f"{connection.vendor}, {Comment.objects.count():,} comments")
        print(f"{'':<34}{'seconds':>9}{'CPU':>9}{'queries':>9}")
        for words, query in ASKED.items():
            took, worked, queries, slowest = measure(client, LIST + query)
            print(f"{words:<34}{took:>9.3f}{worked:>9.3f}{queries:>9}", flush=True)
            if options.explain:
                print(f"    {slowest['time']} s: {slowest['sql'][:1500]}")


if __name__ == "__main__":
    main()
