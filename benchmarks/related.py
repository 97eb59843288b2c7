"""How good the related articles are: precision at 5 on posts whose tags are hidden from the ranker.

    python benchmarks/related.py POSTS.jsonl

POSTS.jsonl holds an object a line: title, date (YYYY-MM-DD…), tags (a list), text. For each tagged post, the ranker
orders the other tagged posts; one that shares a tag is relevant. How rare a term is comes from all posts.
"""

import datetime
import json
import math
import random
import re
import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from blog.related import ranking


def measure(posts):
    """Return {name: precision at 5} of the ranker and of simpler ones."""
    tagged = [number for number, post in enumerate(posts) if post["tags"]]
    tags = [set(post["tags"]) for post in posts]
    days = [datetime.date.fromisoformat(post["date"][:10]).toordinal() for post in posts]
    ours, plain = vectors(posts, tagged), plain_vectors(posts, tagged)
    chance = random.Random(1)

    def alike(one, other):
        apart = (days[one] - days[other]) * 86400
        return ranking.likeness(ranking.cosine(ours[one], ours[other], ours[other].values()), apart)

    def precision(likeness):
        hits = 0
        for one in tagged:
            others = sorted((other for other in tagged if other != one), key=lambda other: -likeness(one, other))
            hits += sum(bool(tags[one] & tags[other]) for other in others[:5])
        return hits / 5 / len(tagged)

    return {
        "related articles": precision(alike),
        "plain TF-IDF": precision(lambda one, other: ranking.cosine(plain[one], plain[other], plain[other].values())),
        "nearest date": precision(lambda one, other: -abs(days[one] - days[other])),
        "by chance": precision(lambda one, other: chance.random()),
    }


def vectors(posts, tagged):
    counted = [ranking.counts(post["title"], [], post["text"])[0] for post in posts]
    holders = Counter(term for counts in counted for term in counts)
    return {number: ranking.weigh(counted[number], holders, len(posts)) for number in tagged}


def plain_vectors(posts, tagged):
    """Return what anybody would try first: how often a word stands there, by how few posts hold it."""
    counted = [Counter(re.findall(r"\w+", f"{post['title']} {post['text']}".lower())) for post in posts]
    holders = Counter(word for counts in counted for word in counts)
    found = {}
    for number in tagged:
        weights = {word: count * math.log(len(posts) / holders[word]) for word, count in counted[number].items()}
        norm = math.sqrt(sum(weight**2 for weight in weights.values())) or 1
        found[number] = {word: weight / norm for word, weight in weights.items()}
    return found


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python benchmarks/related.py POSTS.jsonl")
    lines = Path(sys.argv[1]).read_text("utf-8").splitlines()
    print("precision at 5")
    for name, precision in measure([json.loads(line) for line in lines if line.strip()]).items():
        print(f"{precision:.3f}  {name}")
