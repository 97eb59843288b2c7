"""Another spelling for a word that nothing answers, from the blog's own words."""

import re
from collections import Counter
from itertools import groupby
from operator import itemgetter

from blog.models import KnownWord

from . import spelling
from .finding import find
from .query import Query, Word, parse
from .words import composed, places

FEW = 3  # results: with less, another spelling may help
MOST_WORDS, MOST_TRIED = 5, 6  # bounds what one search may cost
SHORTEST = 4  # letters
MUCH_COMMONER = 10  # times
MOST_READ = 3  # posts, to see how a word is written
# What is no part of a word, a phrase or a minus: it would only look odd in a proposal.
PUNCTUATION = re.compile(r"(?<!\w)[^\w\s\"«»“”„‟＂-]+|[^\w\s\"«»“”„‟＂'’+#]+(?!\w)")


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
    corrected = PUNCTUATION.sub("", corrected + query.typed[at:]).strip()
    return corrected if find(posts, parse(corrected)).exists() else None


def better_spelling(posts, word: Word) -> str | None:
    """Return a known word that `word` may be a slip for, and that finds more of `posts`; None where it seems right.

    The nearest is taken; of those as near, the one that most posts hold.
    """
    if len(word.word) < SHORTEST or not word.word.isalpha():
        return None
    own = count(posts, word)
    if own >= FEW:
        return None
    alike = KnownWord.objects.filter(sound__in=spelling.one_edit_away(spelling.sound(word.word)))
    known = dict(alike.values_list("spelling", "word"))
    near = spelling.nearest(word.word, known, MOST_TRIED)
    for _, candidates in groupby(near, key=itemgetter(0)):
        counted = [(count(posts, Word(known[candidate])), candidate) for _, candidate in candidates]
        # Of those that as many hold, the first: it has the accents.
        often, best = max(counted, key=itemgetter(0))
        if often >= max(1, MUCH_COMMONER * own):
            return as_written(posts, best, known[best])
    return None


def as_written(posts, spelling: str, word: str) -> str:
    """Return a spelling, which is kept in small letters, as the blog writes it: *Paris*, *harmonie*.

    With a small letter wherever one stands: the other places are the beginnings of sentences.
    """
    forms = Counter()
    for post in find(posts, Query((Word(word),))).only("title", "excerpt", "text")[:MOST_READ]:
        text = composed(f"{post.title}\n{post.excerpt}\n{post.text}")
        written = (text[place.start : place.end] for place in places(text) if place.word == word)
        forms.update(form for form in written if form.lower() == spelling)
    if spelling in forms or not forms:
        return spelling
    return forms.most_common(1)[0][0]


def count(posts, word: Word) -> int:
    return find(posts, Query((word,))).count()
