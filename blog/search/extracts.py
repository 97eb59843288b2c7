"""What a result shows: the title and the place of the text that answer, with the words marked. Pure."""

from bisect import bisect_left
from collections.abc import Iterable

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from .query import Compound, Phrase, Query
from .words import Place, chains, composed, places, stems, whole

WORDS_BEFORE, WORDS_SHOWN = 8, 45
SHORTEST_BEGINNING = 3  # letters of an unfinished word that are marked in others: fewer stand everywhere
MOST_READ = 300_000  # characters of a text that are looked through


class Marker:
    """Tells which words of a text answer a query."""

    def __init__(self, query: Query):
        self.phrases = [clause for clause in query.wanted if isinstance(clause, Phrase)]
        self.words = query.words() + [clause.whole for clause in query.wanted if isinstance(clause, Compound)]
        self.exact = {word.word for word in self.words}
        self.stems = {stem for word in self.words for stem in stems(word.word)}
        self.beginnings = tuple(
            word.word for word in self.words if word.beginning and len(word.word) >= SHORTEST_BEGINNING
        )

    def answers(self, word: str) -> bool:
        if word in self.exact or not self.stems.isdisjoint(stems(word)):
            return True
        return bool(self.beginnings) and word.startswith(self.beginnings)

    def marked(self, found: list[Place], text: str) -> list[int]:
        """Return which of the words `found` in `text` answer, in their order."""
        marked = {number for number, place in enumerate(found) if self.answers(place.word)} if self.words else set()
        if self.words and ("-" in text or "‑" in text or "‐" in text):
            numbers = {place.start: number for number, place in enumerate(found)}
            for chain in chains(found, text):
                if self.answers(whole(chain)):
                    marked.update(numbers[place.start] for place in chain)
        for phrase in self.phrases:
            marked.update(spoken(phrase, found))
        return sorted(marked)


def spoken(phrase: Phrase, found: list[Place]) -> Iterable[int]:
    """Return the numbers of the words that say the phrase."""
    *first, last = phrase.words
    length = len(phrase.words)
    for at in range(len(found) - length + 1):
        said = [place.word for place in found[at : at + length]]
        if said[:-1] == first and (said[-1] == last or (phrase.beginning and said[-1].startswith(last))):
            yield from range(at, at + length)


def highlight(text: str, query: Query) -> SafeString:
    """Return the whole of a short text, escaped, with what answers in <mark>."""
    text = composed(text)
    found = list(places(text))
    return with_marks(text, 0, len(text), [found[number] for number in Marker(query).marked(found, text)])


def extract(text: str, query: Query) -> SafeString | None:
    """Return the place of a text that answers best, escaped and with marks, from one of its lines; None where nothing
    does."""
    marker, best = Marker(query), ((0, 0), None)
    for line in composed(text[:MOST_READ]).split("\n"):
        found = list(places(line))
        marked = marker.marked(found, line)
        told, first = max(((told_from(at, marked, found), -at) for at in marked[:200]), default=((0, 0), 0))
        if told > best[0]:
            best = told, (line, found, marked, -first)
    return cut(*best[1]) if best[1] else None


def told_from(at: int, marked: list[int], found: list[Place]) -> tuple[int, int]:
    """Return how many different marked words stand together from number `at` on, and how many in all."""
    together = marked[bisect_left(marked, at) : bisect_left(marked, at + WORDS_SHOWN - WORDS_BEFORE)]
    return len({found[number].word for number in together}), len(together)


def cut(line: str, found: list[Place], marked: list[int], at: int) -> SafeString:
    """Return what stands around word number `at` of a line."""
    first = max(0, at - WORDS_BEFORE)
    last = min(len(found), first + WORDS_SHOWN) - 1
    shown = [found[number] for number in marked if first <= number <= last]
    # From white space to white space: a word keeps its elision and its punctuation.
    start = line.rfind(" ", 0, found[first].start) + 1 if first else 0
    end = line.find(" ", found[last].end) if last < len(found) - 1 else len(line)
    end = end if end > 0 else len(line)
    before, after = "… " if start else "", " …" if end < len(line) else ""
    return mark_safe(before + with_marks(line, start, end, shown) + after)


def with_marks(text: str, start: int, end: int, marked: list[Place]) -> SafeString:
    """Return `text[start:end]` escaped, with the marked words in <mark>; neighbours share one."""
    pieces, at = [], start
    spans = []
    for place in marked:
        if spans and text[spans[-1][1] : place.start].strip(" -‐‑\u00a0\u202f") == "":
            spans[-1] = (spans[-1][0], place.end)
        else:
            spans.append((place.start, place.end))
    for mark_start, mark_end in spans:
        pieces += [escape(text[at:mark_start]), "<mark>", escape(text[mark_start:mark_end]), "</mark>"]
        at = mark_end
    return mark_safe("".join([*pieces, escape(text[at:end])]))
