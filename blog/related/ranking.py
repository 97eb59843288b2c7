"""How alike two posts are. Pure.

TF-IDF vectors compared by their cosine. A term's count saturates and long texts are held back as in BM25 (Robertson
and Zaragoza, 2009), and posts of the same years are drawn together a little. The constants were chosen by
`make bench-related` (precision at 5 of the first related posts).
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping

from .terms import LONGEST_TERM, terms

TITLE_WEIGHT = 3  # a word of the title counts as so many of the text
FILING_WEIGHT = 4  # and a shared tag or category as so many
SATURATION, LENGTH_WEIGHT = 4, 0.9
USUAL_LENGTH = 100  # terms
MOST_TERMS = 200  # of a post that are kept: its most telling
SAME_YEARS = 1000  # days
YOUNG = 10  # posts: in a smaller blog nothing is rare yet, and everything would weigh nothing


def counts(title: str, filing: Iterable[str], text: str) -> Counter:
    """Return how often each term counts for a post; `filing` are its tags and categories."""
    counted = Counter(terms(text))
    for term in terms(title):
        counted[term] += TITLE_WEIGHT
    for name in filing:
        counted[f"#{name.casefold()}"[:LONGEST_TERM]] += FILING_WEIGHT
    return counted


def vector(counted: Mapping[str, float], posts_with: Mapping[str, int], posts: int) -> dict[str, float]:
    """Return the post's most telling terms with their weights, of length 1.

    `posts_with[term]` of `posts` in all hold the term.
    """
    length = sum(counted.values())
    held_back = SATURATION * (1 - LENGTH_WEIGHT + LENGTH_WEIGHT * length / USUAL_LENGTH)
    weights = {}
    for term, count in counted.items():
        # What one post says alone likens it to nobody yet: it counts as if a second said it, which may come.
        holders = max(2, posts_with.get(term, 0))
        rarity = math.log(1 + max(0, max(posts, YOUNG) - holders + 0.5) / (holders + 0.5))
        weights[term] = rarity * count * (SATURATION + 1) / (count + held_back)
    kept = dict(sorted(weights.items(), key=lambda item: (-item[1], item[0]))[:MOST_TERMS])
    norm = math.sqrt(sum(weight * weight for weight in kept.values()))
    return {term: weight / norm for term, weight in kept.items()} if norm else {}


def likeness(cosine: float, days_apart: float) -> float:
    """Return how alike two posts are, from 0 to 2."""
    return cosine * (1 + math.exp(-days_apart / SAME_YEARS))
