"""Which words look or sound alike. Pure, on folded words."""

import math
import re
import string
from collections.abc import Mapping

# French and English write one sound in many ways; the first that fits is taken.
SOUNDS = [
    (r"eau|au", "o"), (r"ph", "f"), (r"th", "t"), (r"qu|ck|q|k", "c"), (r"[sc]?ch|sh", "C"), (r"gn", "n"),
    (r"sc(?=[eiy])|c(?=[eiy])|[zx]", "s"), (r"ge(?=[ao])|g(?=[eiy])", "j"), (r"w", "v"), (r"y", "i"), (r"h", ""),
]  # fmt: skip
SOUND = re.compile("|".join(f"({pattern})" for pattern, _ in SOUNDS))
LETTERS = string.ascii_lowercase + "C"
SAME_SOUND = [{"y", "i"}, {"c", "k"}]
SMALL_SLIP = 0.3  # of a letter
LONG = 5  # letters


def sound(word: str) -> str:
    """Return the skeleton of a word: its consonants as they sound, and whether a vowel begins it.

    *ortografe* and *orthographe* have the same.
    """
    heard = SOUND.sub(lambda match: SOUNDS[match.lastindex - 1][1], word)
    skeleton = heard[:1] + re.sub(r"[aeiou]", "", heard[1:])
    return re.sub(r"(.)\1+", r"\1", re.sub(r"^[aeiou]", "a", skeleton))


def one_edit_away(skeleton: str) -> set[str]:
    """Return the skeleton and all that one letter more, less, other or swapped makes of it (Norvig, 2007)."""
    splits = [(skeleton[:at], skeleton[at:]) for at in range(len(skeleton) + 1)]
    near = {skeleton}
    near.update(left + right[1:] for left, right in splits if right)
    near.update(left + right[1] + right[0] + right[2:] for left, right in splits if len(right) > 1)
    near.update(left + letter + right[1:] for left, right in splits if right for letter in LETTERS)
    near.update(left + letter + right for left, right in splits for letter in LETTERS)
    return near


def distance(one: str, other: str, most: float) -> float:
    """Return how many letters must be added, taken away, changed or swapped; more than `most` for any more than that.

    (Damerau and Levenshtein's, optimal string alignment.) What sounds the same is a small slip: *y* and *i*, *c* and
    *k*, *f* and *ph*, a letter doubled or not.
    """
    if abs(len(one) - len(other)) > most / SMALL_SLIP:
        return math.inf
    rows = [[doubling(other, 0, at) for at in range(len(other) + 1)]]
    for row, letter in enumerate(one, 1):
        current = [doubling(one, 0, row)]
        for column, facing in enumerate(other, 1):
            cost = min(
                rows[-1][column] + doubling(one, row - 1, row),
                current[-1] + doubling(other, column - 1, column),
                rows[-1][column - 1] + changing(letter, facing),
            )
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == facing:
                cost = min(cost, rows[-2][column - 2] + 1)
            if letter == "f" and other[column - 2 : column] == "ph":
                cost = min(cost, rows[-1][column - 2] + SMALL_SLIP)
            if facing == "f" and one[row - 2 : row] == "ph":
                cost = min(cost, rows[-2][column - 1] + SMALL_SLIP)
            current.append(cost)
        rows.append(current)
    return round(rows[-1][-1], 2) if rows[-1][-1] <= most else math.inf


def doubling(word: str, start: int, end: int) -> float:
    """Return what it costs to add or take away `word[start:end]`."""
    return sum(SMALL_SLIP if at and word[at] == word[at - 1] else 1 for at in range(start, end))


def changing(one: str, other: str) -> float:
    return 0 if one == other else SMALL_SLIP if {one, other} in SAME_SOUND else 1


def nearest(word: str, known: Mapping[str, str], most: int) -> list[tuple[float, str]]:
    """Return (how far, spelling) of at most `most` in `known` that `word` may be a slip for, the nearest first.

    `known` gives the folded form of each spelling. Nobody mistakes the first letter of a short word.
    """
    heard, scored = sound(word), {}
    for spelling, folded in known.items():
        alike = heard == sound(folded)
        if len(word) < LONG and heard[:1] != sound(folded)[:1]:
            continue
        allowed = (1 if len(word) < LONG else 2) + alike
        apart = distance(word, folded, allowed)
        if 0 < apart <= allowed:
            # Of two spellings of one word, the one with accents: capitals and haste lose them.
            accents = sum(not character.isascii() for character in spelling)
            far = (max(0.0, round(apart - alike / 2 + 0.1 * (word[0] != folded[0]), 2)), -accents)
            if folded not in scored or far < scored[folded][0]:
                scored[folded] = (far, spelling)
    return [(far, spelling) for (far, _), spelling in sorted(scored.values())][:most]
