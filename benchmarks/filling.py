"""A blog to measure, in the database that the environment names.

python benchmarks/filling.py POSTS COMMENTS     fills it, and prints what to ask for (JSON)
python benchmarks/filling.py publish            publishes a post, and prints what that took (JSON)
"""

import datetime
import json
import os
import random
import resource
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"

import django

django.setup()

from django.db import connection, transaction
from django.urls import reverse

from blog.models import Category, Page, Post, RelatedPost, Tag, User
from blog.search import index
from comments.models import Comment

BATCH = 1000
WORDS, WORDS_A_POST = 20_000, 120
SYLLABLES = ["ba", "cor", "di", "fe", "gra", "hu", "jo", "ka", "lis", "mon", "nu", "pre", "que", "ri", "son", "tar"]


def word(number):
    syllables = []
    while number or not syllables:
        number, last = divmod(number, len(SYLLABLES))
        syllables.append(SYLLABLES[last])
    return "".join(syllables) + "e"


def fill(posts, comments):
    chance = random.Random(1)
    words = [word(number) for number in range(WORDS)]
    totals, total = [], 0
    for rank in range(WORDS):
        total += 1 / (rank + 10)
        totals.append(total)

    def say(length):
        return " ".join(chance.choices(words, cum_weights=totals, k=length)).capitalize()

    author = User.objects.create(username="author")
    roots = [Category.objects.create(name=f"Category {number}") for number in range(5)]
    categories = roots + [
        Category.objects.create(name=f"Below {number}", parent=chance.choice(roots)) for number in range(10)
    ]
    tags = [Tag.objects.create(name=f"Tag {number}") for number in range(50)]
    for number in range(3):
        Page.objects.create(title=f"Page {number}", author=author, status="published", body=say(50))
    now = datetime.datetime.now(datetime.UTC)
    step = datetime.timedelta(days=20 * 365) / posts
    for start in range(0, posts, BATCH):
        made = []
        for number in range(start, min(start + BATCH, posts)):
            text = say(WORDS_A_POST)
            html = "".join(f"<p>{text[at : at + 300]}</p>" for at in range(0, len(text), 300))
            made.append(
                Post(
                    title=say(5),
                    slug=f"post-{number}",
                    author=author,
                    status="published",
                    published_at=now - datetime.timedelta(hours=1) - number * step,
                    body=text,
                    text=text,
                    html=html,
                )
            )
        with transaction.atomic():
            Post.objects.bulk_create(made)
            filing, tagging = Post.categories.through, Post.tags.through
            filing.objects.bulk_create(filing(post=post, category=chance.choice(categories)) for post in made)
            tagging.objects.bulk_create(tagging(post=post, tag=tag) for post in made for tag in chance.sample(tags, 2))
            RelatedPost.objects.bulk_create(
                RelatedPost(post=post, related=other, likeness=chance.random())
                for post in made
                for other in chance.sample(made, min(5, len(made)))
                if other != post
            )
            index.update([post.pk for post in made])
    first, second = Post.objects.posts()[:2]
    for post, count in ((first, 7), (second, comments)):
        Comment.objects.add_many(
            [
                Comment(
                    post=post,
                    name=f"Camille {number % 50}",
                    email=f"camille{number % 50}@example.org",
                    body=say(30),
                    status="approved",
                    created_at=now - datetime.timedelta(minutes=count - number),
                )
                for number in range(count)
            ]
        )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    form = reverse("comments:submit", args=[first.get_absolute_url().strip("/"), first.pk])
    return {
        "seven": first.get_absolute_url(),
        "many": second.get_absolute_url(),
        "category": roots[0].get_absolute_url(),
        "word": words[500],
        "form": form,
    }


def publish():
    from blog.related import index as related

    began = time.perf_counter()
    post = Post.objects.create(
        title="Published now",
        body="A paragraph. " * 100,
        author=User.objects.get(username="author"),
        status="published",
    )
    took = time.perf_counter() - began
    related.update(post.pk)
    return {
        "ms": took * 1000,
        "all_ms": (time.perf_counter() - began) * 1000,
        "mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


if __name__ == "__main__":
    print(json.dumps(publish() if sys.argv[1] == "publish" else fill(*map(int, sys.argv[1:]))))
