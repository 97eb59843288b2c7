"""What the index holds of a post. Pure."""

import html
import re
from dataclasses import dataclass

from .words import LONGEST, chains, composed, fold, places, stems, whole

# From what counts most to what counts least. `headings` are in the text too.
FIELDS = ("title", "headings", "text", "comments")
STEM = "_"  # before a stem, which thus is no word: no word holds it

HEADING = re.compile(r"<h([1-6])\b[^>]*>(.*?)</h\1>", re.S)
TAG = re.compile(r"""<(?:[^>"]|"[^"]*")*>""")


@dataclass(frozen=True)
class Tokens:
    """A field as the index takes it: its words in their order, and the stems of each."""

    words: tuple[str, ...]
    stems: tuple[str, ...]


@dataclass(frozen=True)
class Entry:
    pk: int
    title: Tokens
    headings: Tokens
    text: Tokens
    comments: Tokens

    def fields(self) -> list[Tokens]:
        return [getattr(self, name) for name in FIELDS]


def entry(pk: int, *, title: str, html: str, text: str, comments: str) -> Entry:
    """Return what is kept of a post. `html` is sanitised; its headings count more than the rest of its `text`."""
    return Entry(pk, tokens(title), tokens(headings(html)), tokens(text), tokens(comments))


def tokens(text: str) -> Tokens:
    text = composed(text)
    found = list(places(text))
    words = [place.word for place in found]
    # What hyphens join is found as one word as well.
    every = [*words, *(whole(chain) for chain in chains(found, text))]
    return Tokens(tuple(words), tuple(STEM + stem for word in every for stem in stems(word)))


def headings(markup: str) -> str:
    """Return the headings of sanitised HTML, each on its line."""
    return "\n".join(html.unescape(TAG.sub("", match[2])) for match in HEADING.finditer(markup))


def spellings(*texts: str) -> dict[str, str]:
    """Return the words of the texts in small letters with their accents, each with its folded form.

    Only what may be offered to somebody who misspelt a word: letters, three of them or more.
    """
    found = {}
    for text in map(composed, texts):
        for place in places(text):
            spelling = text[place.start : place.end].lower()
            if 2 < len(spelling) <= LONGEST and spelling.isalpha() and fold(spelling) == place.word:
                found[spelling] = place.word
    return found
