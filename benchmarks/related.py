"""How good the related articles are: precision at 5 on posts whose tags are hidden from the ranker.

    python benchmarks/related.py POSTS.jsonl

POSTS.jsonl holds an object a line: title, date (YYYY-MM-DD…), tags (a list), text. For each tagged post, the ranker
orders the other tagged posts; one that shares a tag is relevant.
"""

import datetime
import json
import random
import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from blog.related import ranking


def measure(posts):
    """Return the precision at 5 of the ranker, and of chance."""
    counted = [ranking.counts(post["title"], [], post["text"]) for post in posts]
    posts_with = Counter(term for counts in counted for term in counts)
    tagged = [number for number, post in enumerate(posts) if post["tags"]]
    vectors = {number: ranking.vector(counted[number], posts_with, len(posts)) for number in tagged}
    days = [datetime.date.fromisoformat(post["date"][:10]).toordinal() for post in posts]

    def likeness(one, other):
        cosine = sum(weight * vectors[other].get(term, 0) for term, weight in vectors[one].items())
        return ranking.likeness(cosine, abs(days[one] - days[other]))

    def precision(order):
        hits = 0
        for one in tagged:
            first = order(one, [other for other in tagged if other != one])[:5]
            hits += sum(bool(set(posts[one]["tags"]) & set(posts[other]["tags"])) for other in first)
        return hits / 5 / len(tagged)

    chance = random.Random(1)
    return (
        precision(lambda one, others: sorted(others, key=lambda other: -likeness(one, other))),
        precision(lambda one, others: chance.sample(others, 5)),
    )


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python benchmarks/related.py POSTS.jsonl")
    ranked, by_chance = measure([json.loads(line) for line in Path(sys.argv[1]).read_text("utf-8").splitlines()])
    print(f"precision at 5: {ranked:.3f} (by chance {by_chance:.3f})")
