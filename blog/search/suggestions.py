"""Another spelling for a word that nothing answers, from the blog's own words."""

from blog.models import KnownWord

from . import spelling
from .finding import find
from .query import Query, Word, parse

FEW = 3  # results: with less, another spelling may help
MOST_WORDS, MOST_TRIED = 5, 4  # bounds what one search may cost
SHORTEST = 3  # letters
MUCH_COMMONER = 10  # times


def did_you_mean(posts, query: Query) -> str | None:
    """Return the query with its misspelt words put right, when that finds some of `posts`; else None.

    The known words also know those of scheduled posts, and of posts that were withdrawn: nothing is offered that does
    not find something among `posts`.
    """
    corrected, at = "", 0
    for word in query.words()[:MOST_WORDS]:
        if better := better_spelling(posts, word):
            start, end = word.typed_at
            corrected += query.typed[at:start] + better
            at = end
    if not corrected:
        return None
    corrected += query.typed[at:]
    return corrected if find(posts, parse(corrected)).exists() else None


def better_spelling(posts, word: Word) -> str | None:
    """Return a known word that `word` may be a slip for, and that finds more of `posts`; None where it seems right."""
    if len(word.word) < SHORTEST or not word.word.isalpha():
        return None
    own = count(posts, word)
    if own >= FEW:
        return None
    alike = KnownWord.objects.filter(sound__in=spelling.one_edit_away(spelling.sound(word.word)))
    known = dict(alike.values_list("spelling", "word"))
    for candidate in spelling.nearest(word.word, known, MOST_TRIED):
        if count(posts, Word(known[candidate])) >= max(1, MUCH_COMMONER * own):
            return candidate
    return None


def count(posts, word: Word) -> int:
    return find(posts, Query((word,))).count()
