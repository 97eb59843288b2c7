"""How two texts differ, word by word. Pure, and done in a time that grows with their length.

Lines that stand exactly once in both texts are anchors (the longest run of them that keeps its order: “patience
diff”); between two anchors words are compared, for as long as `MOST_EFFORT` lasts. What is beyond it is shown as taken
out and put in whole.
"""

import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby

MOST_EFFORT = 30_000_000  # pairs of equal words, times the words that may follow them: some seconds at worst
WORD = re.compile(r"\s*\w+|\s*[^\w\s]|\s+")
SHOWN_AROUND = 240  # characters of what did not change, before and after what did


@dataclass(frozen=True)
class Piece:
    """Some words and what became of them: "same", "deleted", "inserted", or "skipped" (the same, and left out)."""

    became: str
    text: str


def compare(before: str, after: str) -> list[Piece]:
    """Return what of `before` stayed, went and came to make `after`. Adjacent pieces are never of one kind."""
    effort, pieces = Effort(), []
    olds, news = lines(before), lines(after)
    for old, new in between_anchors(olds, news):
        if old == new:
            pieces.append(Piece("same", "".join(old)))
        else:
            pieces += compare_words("".join(old), "".join(new), effort)
    return joined(pieces)


def lines(text):
    return text.replace("\r\n", "\n").replace("\r", "\n").splitlines(keepends=True)


def between_anchors(old, new):
    """Yield pairs of runs of lines, one of each text, that belong to each other and make up both texts together."""
    once_old = {line: place for place, line in enumerate(old)}
    once_new = {line: place for place, line in enumerate(new)}
    counts_old, counts_new = Counter(old), Counter(new)
    shared = [
        (once_old[line], place) for line, place in once_new.items() if counts_new[line] == 1 == counts_old.get(line)
    ]
    old_from = new_from = 0
    for old_to, new_to in [*longest_rise(sorted(shared)), (len(old), len(new))]:
        yield from common_ends(old[old_from:old_to], new[new_from:new_to])
        if old_to < len(old):
            yield [old[old_to]], [new[new_to]]
        old_from, new_from = old_to + 1, new_to + 1


def longest_rise(pairs):
    """Return the longest run of `pairs`, sorted by their first, whose second numbers rise too."""
    tops, tails, before = [], [], {}
    for pair in pairs:
        place = bisect_left(tops, pair[1])
        before[pair] = tails[place - 1] if place else None
        if place == len(tops):
            tops.append(pair[1])
            tails.append(pair)
        else:
            tops[place], tails[place] = pair[1], pair
    run, pair = [], tails[-1] if tails else None
    while pair:
        run.append(pair)
        pair = before[pair]
    return run[::-1]


def common_ends(old, new):
    """Yield pairs of runs: what both begin with, what is between, what both end with."""
    most = min(len(old), len(new))
    start = next((place for place in range(most) if old[place] != new[place]), most)
    most -= start
    end = next((place for place in range(most) if old[-1 - place] != new[-1 - place]), most)
    old_end, new_end = len(old) - end, len(new) - end
    yield old[:start], new[:start]
    yield old[start:old_end], new[start:new_end]
    yield old[old_end:], new[new_end:]


class Effort:
    def __init__(self):
        self.left = MOST_EFFORT

    def allows(self, old, new):
        """Whether these words may be compared. A word that is said often costs most."""
        counts = Counter(new)
        pairs = sum(count * counts[word] for word, count in Counter(old).items())
        self.left -= (cost := pairs * min(len(old), len(new)))
        if self.left >= 0:
            return True
        self.left += cost
        return False


def compare_words(before, after, effort):
    old, new = WORD.findall(before), WORD.findall(after)
    if not effort.allows(old, new):
        return [Piece("deleted", before), Piece("inserted", after)]
    pieces = []
    for became, old_from, old_to, new_from, new_to in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if became == "equal":
            pieces.append(Piece("same", "".join(old[old_from:old_to])))
        else:
            pieces += [
                Piece("deleted", "".join(old[old_from:old_to])),
                Piece("inserted", "".join(new[new_from:new_to])),
            ]
    return pieces


def joined(pieces):
    """Return the pieces without empty ones, neighbours of one kind made one; of a place, first what went."""
    result = []
    filled = (piece for piece in pieces if piece.text)
    for stayed, group in groupby(filled, key=lambda piece: piece.became == "same"):
        group = list(group)
        for became in ["same"] if stayed else ["deleted", "inserted"]:
            if text := "".join(piece.text for piece in group if piece.became == became):
                result.append(Piece(became, text))
    return result


def abridged(pieces):
    """Return the pieces with long stretches of what stayed cut to the words around a change."""
    result = []
    for place, piece in enumerate(pieces):
        head = piece.text[:SHOWN_AROUND] if place else ""
        tail = piece.text[-SHOWN_AROUND:] if place < len(pieces) - 1 else ""
        middle = piece.text[len(head) : len(piece.text) - len(tail)]
        if piece.became != "same" or len(middle) < SHOWN_AROUND:
            result.append(piece)
        else:
            parts = (("same", head), ("skipped", middle), ("same", tail))
            result += [Piece(became, text) for became, text in parts if text]
    return result
