"""`@Name` leads to what that person said. Pure: it is told who spoke before.

Links are made when a page is shown and kept nowhere, so that a comment that was removed, or a person who was
forgotten, is linked no longer.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from html import escape

from comments.people import folded

TAG = re.compile(r'(<(?:[^>"]|"[^"]*")*>)')
# Not within an e-mail address, an address of the web or another name.
SIGN = re.compile(r"(?<![\w@./&;])@(?=\w)")
WORDS = re.compile(r"[\w'’.-]+(?:[ \u00a0]+[\w'’.-]+){0,4}")
ENDS = ".'’-"  # may end a name, or a sentence
MOST = 30  # mentions in one comment
UNLINKED = ("a", "code", "pre")


@dataclass(frozen=True)
class Spoken:
    """A comment that may be meant. `when` orders them."""

    name: str  # folded
    when: tuple
    comment: object


def first_words(html: str) -> set[str]:
    """Return what the names that sanitised `html` mentions begin with, folded."""
    firsts = [folded(words).split()[0] for _piece, found in pieces(html) for _at, words in found]
    return {first for word in firsts for first in (word, word.rstrip(ENDS)) if first}


def link(html: str, when: tuple, spoken: Iterable[Spoken], address: Callable) -> str:
    """Return sanitised `html` with each mention of somebody who spoke before `when` linked to the nearest of theirs.

    Case and accents do not matter, and the first name is enough where only one person has it. `address(comment)`
    returns where a comment is.
    """
    if "@" not in html:
        return html
    nearest = {}
    for one in spoken:
        if one.name and one.when < when and (one.name not in nearest or nearest[one.name].when < one.when):
            nearest[one.name] = one
    shown = []
    for piece, found in pieces(html):
        start = 0
        for at, words in found:
            length, person = whom(words, nearest)
            if person is None:
                continue
            end = at + 1 + length
            name = piece[at:end]
            shown.append(f'{piece[start:at]}<a class="mention" href="{escape(address(person.comment))}">{name}</a>')
            start = end
        shown.append(piece[start:])
    return "".join(shown)


def pieces(html: str):
    """Yield each tag and text of `html` with the (place, following words) of the mentions in it."""
    inside, count = [], 0
    for piece in TAG.split(html):
        found = []
        if piece.startswith("<"):
            name = re.match(r"</?([a-z]*)", piece)[1]
            if name in UNLINKED:
                inside = inside[:-1] if piece.startswith("</") else [*inside, name]
        elif not inside:
            for sign in SIGN.finditer(piece):
                if count < MOST:
                    found.append((sign.start(), WORDS.match(piece, sign.end())[0]))
                    count += 1
        yield piece, found


def whom(words: str, nearest: dict[str, Spoken]):
    """Return how many characters of `words` name somebody of `nearest`, and their comment; (0, None) for nobody.

    The longest name wins: @romain blachier before @romain.
    """
    ends = [match.end() for match in re.finditer(r"[^ \u00a0]+", words)]
    for end in reversed(ends):
        for stop in (end, len(words[:end].rstrip(ENDS))):
            if person := nearest.get(folded(words[:stop])):
                return stop, person
    stop = len(words[: ends[0]].rstrip(ENDS))
    first = folded(words[:stop])
    same = [person for name, person in nearest.items() if name.startswith(f"{first} ")] if first else []
    return (stop, same[0]) if len(same) == 1 else (0, None)
