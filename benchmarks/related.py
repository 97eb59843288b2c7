"""How good the related articles are: precision at 5 on posts whose tags are hidden from the ranker.

    python benchmarks/related.py POSTS.jsonl

POSTS.jsonl holds an object a line: title, date (YYYY-MM-DD…), tags (a list), text. For each tagged post, the ranker
orders the other tagged posts; one that shares a tag is relevant. How rare a term is comes from all posts. Posts that a
ranker finds equal are taken in any order: what is printed is the mean over all of them, so no draw decides.
"""

import datetime
import json
import math
import re
import statistics
import sys
from collections import Counter
from itertools import groupby
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from blog.related import ranking

FIRST = 5  # how many of the related posts are judged


def measure(posts):
    """Return {name: precision at 5} of the ranker and of simpler ones."""
    tagged = [number for number, post in enumerate(posts) if post["tags"]]
    tags = [set(post["tags"]) for post in posts]
    days = [datetime.date.fromisoformat(post["date"][:10]).toordinal() for post in posts]
    ours, plain = vectors(posts, tagged), plain_vectors(posts, tagged)

    def alike(one, other):
        apart = (days[one] - days[other]) * 86400
        return ranking.likeness(ranking.cosine(ours[one], ours[other], ours[other].values()), apart)

    def precision(likeness):
        def precision_of(one):
            others = [other for other in tagged if other != one]
            return first_relevant([(likeness(one, other), bool(tags[one] & tags[other])) for other in others]) / FIRST

        return statistics.mean(map(precision_of, tagged))

    return {
        "related articles": precision(alike),
        "plain TF-IDF": precision(lambda one, other: ranking.cosine(plain[one], plain[other], plain[other].values())),
        "nearest date": precision(lambda one, other: -abs(days[one] - days[other])),
        "by chance": precision(lambda one, other: 0),
    }


def first_relevant(judged):
    """Return how many of the FIRST are relevant; `judged` holds (likeness, relevant), equal ones in any order."""
    places, relevant = FIRST, 0
    for _, equal in groupby(sorted(judged, reverse=True), key=lambda pair: pair[0]):
        group = [is_relevant for _, is_relevant in equal]
        relevant += statistics.mean(group) * min(places, len(group))
        places -= len(group)
        if places <= 0:
            break
    return relevant


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
