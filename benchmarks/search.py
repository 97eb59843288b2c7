"""How long a search takes on a large blog, on the database that DATABASE_URL names.

    python benchmarks/search.py [POSTS]        (10,000 when not said; 20 comments each)

The posts are made of words drawn by Zipf's law, as in any language. A database of its own is made and dropped.
"""

import os
import random
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"

import django

django.setup()

from django.db import connection
from django.test import Client
from django.test.utils import get_runner, setup_test_environment
from django.utils import timezone

from blog.models import Category, Post, User
from blog.search import index
from comments.models import Comment

VOCABULARY, WORDS_A_POST, WORDS_A_COMMENT, COMMENTS_A_POST = 60_000, 500, 40, 20
SYLLABLES = ["ba", "cor", "di", "fe", "gra", "hu", "jo", "ka", "lis", "mon", "nu", "pre", "que", "ri", "son", "tar"]


def spelled(number):
    """Return a word that can be said, another one for each number."""
    syllables = []
    while number or not syllables:
        number, last = divmod(number, len(SYLLABLES))
        syllables.append(SYLLABLES[last])
    return "".join(syllables)


def fill(posts):
    chance = random.Random(1)
    words = [spelled(number) for number in range(VOCABULARY)]
    weights = [1 / (rank + 1) for rank in range(VOCABULARY)]
    totals = [sum(weights[:1])]
    for weight in weights[1:]:
        totals.append(totals[-1] + weight)

    def say(length):
        return " ".join(chance.choices(words, cum_weights=totals, k=length))

    author = User.objects.create(username="author")
    categories = [Category.objects.create(name=f"Category {number}") for number in range(20)]
    now = timezone.now()
    for start in range(0, posts, 500):
        made = Post.objects.bulk_create(
            Post(
                title=say(6),
                slug=f"post-{number}",
                author=author,
                status=Post.Status.PUBLISHED,
                published_at=now - timezone.timedelta(days=number % 4000),
                text=text,
                html=f"<h2>{say(4)}</h2><p>{text}</p>",
            )
            for number in range(start, min(start + 500, posts))
            for text in [say(WORDS_A_POST)]
        )
        filing = Post.categories.through
        filing.objects.bulk_create(filing(post=post, category=chance.choice(categories)) for post in made)
        Comment.objects.bulk_create(
            Comment(
                post=post, path=str(number), name="Camille", status="approved", html=f"<p>{say(WORDS_A_COMMENT)}</p>"
            )
            for post in made
            for number in range(COMMENTS_A_POST)
        )
    return words


def timed(label, act, times=1):
    taken = []
    for _ in range(times):
        begun = time.perf_counter()
        act()
        taken.append((time.perf_counter() - begun) * 1000)
    print(f"{label:55} {statistics.median(taken):9.1f} ms")


def main(posts):
    setup_test_environment()
    runner = get_runner(django.conf.settings)(verbosity=0, interactive=False)
    databases = runner.setup_databases()
    try:
        print(f"{connection.vendor}, {posts:,} posts, {posts * COMMENTS_A_POST:,} comments")
        words = fill(posts)
        timed("rebuild_search", index.rebuild)
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("ANALYZE")
        client = Client()
        client.get("/search/")

        def visit(query, **more):
            return lambda: client.get("/search/", {"q": query, **more})

        common, usual, rare = f"{words[0]} ", f"{words[200]} ", f"{words[50_000]} "
        timed("one post changed", lambda: index.update([Post.objects.first().pk]), 5)
        timed("a word that nearly every post holds", visit(common), 5)
        timed("a usual word", visit(usual), 5)
        timed("a rare word", visit(rare), 5)
        timed("three words", visit(f"{words[5]} {words[20]} {words[40]} "), 5)
        timed("the beginning of a word, two letters", visit(words[1][:2]), 5)
        timed("the beginning of a word, four letters", visit(words[300][:4]), 5)
        timed("a phrase", visit(f'"{words[3]} {words[7]}"'), 5)
        timed("two words without a third", visit(f"{words[5]} {words[20]} -{words[2]} "), 5)
        timed("page 20 of a common word, one category", visit(common, category="category-3", page=20), 5)
        timed("a word that is misspelt", visit(words[20_000][:-1] + "zu "), 5)
        timed("nothing asked", visit(""), 5)
    finally:
        runner.teardown_databases(databases)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
