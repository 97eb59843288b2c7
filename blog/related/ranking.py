"""How alike two posts are. Pure.

TF-IDF vectors compared by their cosine (Salton and Buckley, 1988), with two changes that measuring asked for: a term
said often counts less than in proportion, and posts of the same years are drawn together a little. The constants were
chosen by precision at 5 of the first related posts, on one half of a blog and checked on the other.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping

from .terms import LONGEST_TERM, said

VERSION = 1  # raise it when terms or weights change: what was kept is then found anew
TITLE_WEIGHT = 4  # a word of the title counts as so many of the text
FILING_WEIGHT = 4  # and a shared tag or category as so many
DAMPING = 0.75  # twice as often counts 2 ** 0.75 as much
MOST_TERMS = 150  # of a post that are kept: its most telling
FEWEST_HOLDERS = 2  # what one post says alone counts as if a second said it: the next may take it up
LEAST_WEIGHT = 0.002  # of a term: so that sharing any is more than NEARLY_NOTHING
SAME_YEARS = 700  # days
NEARLY_NOTHING = 1e-6  # how alike two posts are that share no term: enough to put them in the order of their dates


def counts(title: str, filing: Iterable[tuple[str, str]], text: str) -> tuple[Counter, dict[str, str]]:
    """Return how often each term counts for a post, and the word that stands for it.

    `filing` holds the (address name, name) of its tags and categories.
    """
    counted, words = Counter(), {}
    for weight, part in ((TITLE_WEIGHT, title), (1, text)):
        for term, word in said(part):
            counted[term] += weight
            words.setdefault(term, word)
    for slug, name in filing:
        term = f"#{slug}"[:LONGEST_TERM]
        counted[term] += FILING_WEIGHT
        words[term] = f"#{name}"
    return counted, words


def weigh(counted: Mapping[int, float], holders: Mapping[int, int], posts: int) -> dict[int, float]:
    """Return a post's most telling terms in rising order with their weights, a vector of length 1.

    `holders[term]` of `posts` in all hold the term.
    """
    weights = {}
    for term, count in counted.items():
        holding = max(FEWEST_HOLDERS, holders.get(term, 0))
        rarity = math.log(1 + max(0, posts - holding + 0.5) / (holding + 0.5))
        weights[term] = rarity * count**DAMPING
    kept = sorted(weights, key=lambda term: (-weights[term], term))[:MOST_TERMS]
    norm = math.sqrt(sum(weights[term] ** 2 for term in kept)) or 1
    return {term: weights[term] / norm for term in sorted(kept) if weights[term] / norm > LEAST_WEIGHT}


def cosine(one: Mapping[int, float], numbers: Iterable[int], weights: Iterable[float]) -> float:
    """Return how much two vectors point the same way, from 0 to 1.

    The terms are added in rising order, as `lists.lists_of_all` adds them, so that both find the very same number.
    """
    total = 0.0
    for number, weight in zip(numbers, weights, strict=True):
        if number in one:
            total += one[number] * weight
    return total


def likeness(cosine: float, seconds_apart: float) -> float:
    """Return how alike two posts are, from 0 to 2."""
    return (cosine + NEARLY_NOTHING) * (1 + math.exp(-abs(seconds_apart) / 86400 / SAME_YEARS))


def cosine_needed(likeness: float) -> float:
    """Return a cosine below which no dates make two posts as alike as `likeness`."""
    return likeness / 2 - 2 * NEARLY_NOTHING
