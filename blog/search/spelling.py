"""Which words look or sound alike. Pure, on folded words."""

import re
import string

# French and English write one sound in many ways; the first that fits is taken.
SOUNDS = [
    (r"eau|au", "o"), (r"ph", "f"), (r"th", "t"), (r"qu|ck|q|k", "c"), (r"[sc]?ch|sh", "C"), (r"gn", "n"),
    (r"sc(?=[eiy])|c(?=[eiy])|[zx]", "s"), (r"ge(?=[ao])|g(?=[eiy])", "j"), (r"w", "v"), (r"y", "i"), (r"h", ""),
]  # fmt: skip
SOUND = re.compile("|".join(f"({pattern})" for pattern, _ in SOUNDS))
LETTERS = string.ascii_lowercase + "C"


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


def distance(one: str, other: str, most: int) -> int:
    """Return how many letters must be added, taken away, changed or swapped; `most` + 1 for any more than `most`.

    (Damerau and Levenshtein's, optimal string alignment.)
    """
    if abs(len(one) - len(other)) > most:
        return most + 1
    before_last, last = [], list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        current = [row]
        for column, facing in enumerate(other, 1):
            cost = min(last[column] + 1, current[-1] + 1, last[column - 1] + (letter != facing))
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == facing:
                cost = min(cost, before_last[column - 2] + 1)
            current.append(cost)
        if min(current) > most:
            return most + 1
        before_last, last = last, current
    return min(last[-1], most + 1)


def nearest(word: str, known: dict[str, str], most: int) -> list[str]:
    """Return at most `most` of the spellings in `known` that `word` may be a slip for, the likeliest first.

    `known` gives the folded form of each spelling.
    """
    heard, scored = sound(word), {}
    for spelling, folded in known.items():
        alike = heard == sound(folded)
        allowed = (1 if len(word) < 5 else 2) + alike
        apart = distance(word, folded, allowed)
        if 0 < apart <= allowed:
            # Of two spellings of one word, the one with accents: capitals and haste lose them.
            accents = sum(not character.isascii() for character in spelling)
            likelihood = (apart - alike + 0.1 * (word[0] != folded[0]), -accents)
            if folded not in scored or likelihood < scored[folded][0]:
                scored[folded] = (likelihood, spelling)
    return [spelling for _, spelling in sorted(scored.values())][:most]
