"""From a text to the words that search compares. Pure.

Both databases are given words that were folded here and take them as they are, so both find the same.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from .stemming import english, french

LONGEST = 64  # characters of a word that count; longer ones are addresses and noise
APOSTROPHES = "'’‘ʼʹ′´`＇"
# Inside a word and not seen: soft hyphen, zero-width characters; accents that stand apart, Hebrew and Arabic points.
INVISIBLE = "\u00ad\u200b-\u200d\u2060\ufeff\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670"
IDEOGRAPH = "[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]"  # written without spaces: each is a word
ELISION = f"(?:[cdjlmnst]|jusqu|lorsqu|puisqu|quoiqu|qu)[{APOSTROPHES}]"
LETTER = f"(?:(?!{IDEOGRAPH})[^\\W_])"
WORD = re.compile(
    f"(?:\\b{ELISION}(?={LETTER}))?({IDEOGRAPH}|{LETTER}(?:[{INVISIBLE}{APOSTROPHES}]*{LETTER})*(?:\\+\\+|\\#)?)", re.I
)
HYPHEN = re.compile(f"[-‐‑][{INVISIBLE}]*")
POSSESSIVE = re.compile(f"[{APOSTROPHES}]s$", re.I)
LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "þ": "th", "ı": "i"})


class Place(NamedTuple):
    """A word of a text: `text[start:end]` as it stands there, `word` as it is compared."""

    word: str
    start: int
    end: int


def composed(text: str) -> str:
    """Return `text` with each accent on its letter (NFC): what places count in."""
    return unicodedata.normalize("NFC", text)


def places(text: str) -> Iterator[Place]:
    """Return the words of a composed text in their order.

    An elided article is not part of its word: *l’harmonie* is *harmonie*. Other apostrophes join: *aujourd’hui* is one
    word.
    """
    for match in WORD.finditer(text):
        if word := fold(match[1]):
            yield Place(word, match.start(1), match.end(1))


def words(text: str) -> list[str]:
    return [place.word for place in places(composed(text))]


@lru_cache(maxsize=100_000)
def fold(word: str) -> str:
    """Return one word as it is compared: small letters and digits without accents, ligatures in two letters."""
    word = POSSESSIVE.sub("", word)
    if word.endswith(("++", "#")):  # C++ and C# are no C
        word = word.removesuffix("++") + "plusplus" if word.endswith("++") else word.removesuffix("#") + "sharp"
    # Twice: some capitals show only once they are taken apart (𝓐), and some small letters come apart then (İ).
    word = unicodedata.normalize("NFKD", word[: 2 * LONGEST]).casefold().translate(LIGATURES)
    word = unicodedata.normalize("NFKD", word)
    return "".join(character for character in word if character.isalnum())[:LONGEST]


@lru_cache(maxsize=100_000)
def stems(word: str) -> frozenset[str]:
    """Return what a folded word has in common with its other forms, in French and in English."""
    return frozenset((french(word), english(word)))


def chains(found: list[Place], text: str) -> list[list[Place]]:
    """Return the words that hyphens join, *week-end*: they are found as one, *weekend*, too (`whole`)."""
    chained = []
    for before, place in pairwise(found):
        if HYPHEN.fullmatch(text, before.end, place.start):
            if chained and chained[-1][-1] is before:
                chained[-1].append(place)
            else:
                chained.append([before, place])
    return chained


def whole(chain: list[Place]) -> str:
    return "".join(place.word for place in chain)[:LONGEST]
