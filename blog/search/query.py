"""What a visitor typed, understood. Pure: any text is a query, and none is an error.

- words: all of them, in any form (*manger* is found in *mangeaient*)
- "words in quotes", « guillemets » or “curly” ones: these very words in this order
- -word, -"a phrase": nothing that holds it
- the last word may be unfinished: *harmo* is found in *harmonie*. A space after it says that it is whole, and so does
  what it is: *le* is no beginning of *lesquels*
"""

import re
from dataclasses import dataclass, field, replace

from .words import chains, composed, places, whole

LONGEST_QUERY = 200  # characters
SHORTEST_BEGINNING = 2  # letters of an unfinished word

# They stand in nearly every text and tell nothing, unless nothing else is asked for.
EMPTY = frozenset(
    """
    a au aux c ce ces d dans de des du elle en est et il j je l la le les leur m n ne nous on ou par pas pour que qui s
    sa se ses son sur t un une vous y
    and are as at be by for from in is it its of on or that the this to was with
    """.split()
) - {"or"}  # gold

OPENING, CLOSING = '"«“„”‟＂', '"»”“‟＂'
PIECE = re.compile(
    rf"""
    (?P<minus>(?<!\S)[-−–])?
    (?:[{OPENING}](?P<quoted>[^{CLOSING}]*)(?P<closed>[{CLOSING}])?
    | (?P<bare>[^\s{OPENING}{CLOSING}]+))
    """,
    re.X,
)


@dataclass(frozen=True)
class Word:
    """A word in any of its forms; with `beginning`, also whatever begins with it."""

    word: str
    beginning: bool = False
    typed_at: tuple[int, int] = field(default=(0, 0), compare=False)  # where it stands in the query


@dataclass(frozen=True)
class Phrase:
    """These very words, one after the other; with `beginning`, the last may go on."""

    words: tuple[str, ...]
    beginning: bool = False


@dataclass(frozen=True)
class Compound:
    """Words joined by hyphens: all of them, or the one word that they make (*week-end*, *weekend*)."""

    parts: tuple[Word, ...]
    whole: Word

    @property
    def beginning(self):
        return self.whole.beginning


Clause = Word | Phrase | Compound


@dataclass(frozen=True)
class Query:
    """All of `wanted` and none of `unwanted`; without any `wanted` it asks for nothing."""

    wanted: tuple[Clause, ...] = ()
    unwanted: tuple[Clause, ...] = ()
    typed: str = ""

    def __bool__(self):
        return bool(self.wanted)

    @property
    def is_unfinished(self) -> bool:
        return any(clause.beginning for clause in self.wanted)

    def finished(self) -> "Query":
        """Return the same query with its last word taken as whole."""
        return replace(self, wanted=tuple(finish(clause) for clause in self.wanted))

    def words(self) -> list[Word]:
        """Return the words outside quotes, as they were typed."""
        parts = [clause.parts if isinstance(clause, Compound) else (clause,) for clause in self.wanted]
        return [part for several in parts for part in several if isinstance(part, Word)]


def parse(typed: str) -> Query:
    """Return what `typed` asks for."""
    typed = composed(typed)
    wanted, unwanted = [], []
    for piece in PIECE.finditer(typed):
        if piece["minus"]:
            unwanted += clauses(piece, last=False)
        else:
            wanted += clauses(piece, last=piece.end() == len(typed) and not piece["closed"])
    return Query(tuple(telling(wanted)), tuple(unwanted), typed)


def clauses(piece: re.Match, *, last: bool) -> list[Clause]:
    """Return what one piece of a query asks for: one clause, or none where it is only punctuation."""
    text, start = (piece["quoted"], None) if piece["bare"] is None else (piece["bare"], piece.start("bare"))
    found = list(places(text))
    if not found:
        return []
    unfinished = len(found[-1].word) >= SHORTEST_BEGINNING and found[-1].word not in EMPTY
    last = last and found[-1].end == len(text) and unfinished
    if start is not None:
        parts = [
            Word(place.word, last and place is found[-1], (start + place.start, start + place.end)) for place in found
        ]
        if len(parts) == 1:
            return parts
        if [found] == chains(found, text):
            return [Compound(tuple(parts), Word(whole(found), last))]
    return [Phrase(tuple(place.word for place in found), last)]


def finish(clause: Clause) -> Clause:
    if isinstance(clause, Compound):
        return Compound(tuple(finish(part) for part in clause.parts), finish(clause.whole))
    return replace(clause, beginning=False)


def telling(wanted: list[Clause]) -> list[Clause]:
    """Return the clauses without empty words, or all of them when nothing else is left."""
    kept = [clause for clause in wanted if not (isinstance(clause, Word) and clause.word in EMPTY)]
    return list(dict.fromkeys(kept or wanted))
