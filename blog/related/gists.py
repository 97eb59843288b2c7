"""What a post says, and what of it is most telling. Pure, and small enough to hold ten thousand of them in memory."""

import sys
from array import array
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from zlib import crc32

from . import ranking

REASONS = 4  # words


@dataclass(slots=True)
class Source:
    """All that a post says: its terms as numbers in rising order, how often each counts, and its words for them."""

    pk: int
    moment: float  # of publication, in seconds since 1970
    digest: str
    numbers: array
    counts: array
    words: list[str]


@dataclass(slots=True)
class Gist:
    """What a post is about: its most telling terms as numbers in rising order, with weights, a vector of length 1.

    `words` are those that its readers know the terms by; a tag or a category begins with “#”.
    """

    pk: int
    moment: float
    numbers: array
    weights: array
    words: list[str]


def read(post) -> Source:
    """Return what a post says; `post` has its categories and tags at hand."""
    filing = [(item.slug, item.name) for item in (*post.categories.all(), *post.tags.all())]
    counted, words = ranking.counts(post.title, filing, post.text)
    moment = post.published_at.timestamp()
    said = sorted((number_of(term), count, words[term]) for term, count in counted.items())
    # Two terms of one number are one term to everybody.
    merged = {number: (count, word) for number, count, word in said}
    return Source(
        pk=post.pk,
        moment=moment,
        digest=blake2b(repr((moment, said)).encode("utf-8", "backslashreplace"), digest_size=16).hexdigest(),
        numbers=array("I", merged),
        counts=array("f", (count for count, _ in merged.values())),
        words=[sys.intern(word) for _, word in merged.values()],
    )


def number_of(term: str) -> int:
    """Return a number of 32 bits for `term`. Among 100,000 terms a pair or two share theirs, which harms nobody."""
    return crc32(term.encode("utf-8", "backslashreplace"))


def distil(source: Source, holders: Mapping[int, int], posts: int) -> Gist:
    """Return what is most telling of what a post says, when `holders[term]` of `posts` posts hold a term."""
    weights = ranking.weigh(dict(zip(source.numbers, source.counts, strict=True)), holders, posts)
    words = dict(zip(source.numbers, source.words, strict=True))
    return Gist(
        source.pk, source.moment, array("I", weights), array("f", weights.values()), [words[term] for term in weights]
    )


def reasons_of(gist: Gist) -> Callable[[Gist], list[str]]:
    """Return a function that tells in the words of `gist` what likens it most to another."""
    mine = {number: (weight, word) for number, weight, word in zip(gist.numbers, gist.weights, gist.words, strict=True)}

    def shared_with(other):
        shared = []
        for number, weight in zip(other.numbers, other.weights, strict=True):
            if number in mine:
                my_weight, word = mine[number]
                shared.append((-weight * my_weight, word))
        return [word for _, word in sorted(shared)[:REASONS]]

    return shared_with
