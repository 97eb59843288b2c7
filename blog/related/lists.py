"""The list of posts that go best with a post. Pure.

A list holds the first of all other posts in the order of their likeness, without a gap: KEPT that readers may see, and
whatever is scheduled among them, so that it is ready when its moment comes. A post that is taken out only makes a list
shorter; one that comes in is put in its place, unless that would be behind the end of the list, where nobody knows who
else stands. So lists stay right without being found anew, until one has become too short.
"""

from array import array
from bisect import insort
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from heapq import nlargest
from typing import NamedTuple

from .gists import Gist
from .ranking import cosine, cosine_needed, likeness

KEPT = 10  # posts that readers may see now; more than a page shows, for those that are withdrawn later
FEWEST = 6  # below this a list is found anew


class Entry(NamedTuple):
    """Sorts as lists are read: the most alike first; of two that are as alike, the older."""

    unlikeness: float  # the likeness below zero
    pk: int
    live: bool  # whether readers may see it now

    @property
    def likeness(self):
        return -self.unlikeness


class RelatedList:
    """The first of a post's list; `entries` in their order."""

    __slots__ = ("entries", "live")

    def __init__(self, entries: Iterable[Entry] = ()):
        self.entries = sorted(entries)
        self.live = sum(entry.live for entry in self.entries)

    @property
    def horizon(self) -> float:
        """The likeness below which nothing enters the list any more."""
        return self.entries[-1].likeness if self.live >= KEPT else -1.0

    def enter(self, entry: Entry):
        """Put a post in its place, and those out that are not among the first any more."""
        insort(self.entries, entry)
        self.live += entry.live
        while self.live > KEPT or (self.live == KEPT and not self.entries[-1].live):
            self.live -= self.entries.pop().live


def likenesses(gist: Gist, others: Iterable[Gist]) -> list[tuple[Gist, float]]:
    """Return each of the other posts with how alike it is."""
    mine = dict(zip(gist.numbers, gist.weights, strict=True))
    return [
        (other, likeness(cosine(mine, other.numbers, other.weights), gist.moment - other.moment))
        for other in others
        if other.pk != gist.pk
    ]


def list_of(alike: Iterable[tuple[Gist, float]], now: float) -> RelatedList:
    """Return a post's list from its `likenesses`; `now` in seconds since 1970."""
    found = RelatedList()
    for other, likeness_to_it in alike:
        if likeness_to_it >= found.horizon:
            found.enter(Entry(-likeness_to_it, other.pk, other.moment <= now))
    return found


def lists_of_all(gists: Sequence[Gist], now: float, progress: Callable[[Iterable], Iterable] = iter) -> list:
    """Return the lists of all posts, in the order of `gists`: the same as `list_of` finds for each, but in one go.

    Every pair is compared once, by the terms they share; each may enter the list of the other.
    """
    lists = [RelatedList() for _ in gists]
    horizons = [-1.0] * len(gists)
    needed = [-1.0] * len(gists)  # the cosine below which the dates cannot help over the horizon
    live = [gist.moment <= now for gist in gists]
    # The places of the posts that hold a term, and its weights there; side by side in memory, where they are read fast.
    postings: dict[int, tuple[list[int], array]] = defaultdict(lambda: ([], array("f")))

    def enter(one, other, alike):
        lists[one].enter(Entry(-alike, gists[other].pk, live[other]))
        horizons[one] = lists[one].horizon
        needed[one] = cosine_needed(horizons[one])

    def meet(here, others):
        for there, same in others:
            alike = likeness(same, gists[here].moment - gists[there].moment)
            if alike >= horizons[here]:
                enter(here, there, alike)
            if alike >= horizons[there]:
                enter(there, here, alike)

    for here, gist in enumerate(progress(gists)):
        cosines = [0.0] * here
        for number, weight in zip(gist.numbers, gist.weights, strict=True):
            places, weights = postings[number]
            for there, other in zip(places, weights, strict=True):
                cosines[there] += weight * other
            places.append(here)
            weights.append(weight)
        # The nearest first: they fill the list, and then few of the others are near enough to be looked at.
        nearest = min(nlargest(KEPT, cosines), default=0.0)
        meet(here, [(there, same) for there, same in enumerate(cosines) if same >= nearest and same])
        mine = needed[here]
        near = [
            (there, same)
            for there, same, theirs in zip(range(here), cosines, needed, strict=False)
            if (same >= mine or same >= theirs) and 0 < same < nearest
        ]
        meet(here, near)

    for here, gist in enumerate(gists):  # those that share terms with few: what was written around the same time
        known = {entry.pk for entry in lists[here].entries}
        if lists[here].live < KEPT and len(known) < len(gists) - 1:
            for there, other in enumerate(gists):
                if there != here and other.pk not in known:
                    alike = likeness(0, gist.moment - other.moment)
                    if alike >= horizons[here]:
                        enter(here, there, alike)
    return lists
