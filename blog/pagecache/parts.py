"""Parts of pages, and what pages are made from, kept in memory until something they were made of changes.

A page that has to be made (a comment came in, a reader's cookie, a link to reply) is mostly what it was before: its
masthead, its article, its other comments. `kept` records what a part was made of exactly as a page is recorded, and
answers with the part as long as the shared versions say that nothing of it changed: no process ever shows an old one.

A value that `kept` returned belongs to everybody: it is only read. It carries what it was made of (`made_of`), so that
what is made from it in turn can be kept as well. What carries none (a preview, a form that was refused) is made anew.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db import connection
from django.utils.translation import get_language

from . import schedule
from .dependencies import Recorder, is_right, recorder, recording

MOST = 32 * 1024 * 1024  # bytes a process, roughly
OBJECT = 4000  # bytes: what a value without a weight is taken for


@dataclass(slots=True)
class Part:
    value: object
    versions: dict
    expires: float | None
    weight: int
    checked: object = None  # the generation at which it was right


class Parts:
    """The parts asked for last, up to `most` bytes."""

    def __init__(self, most: int = MOST):
        self.most, self.weight = most, 0
        self.known: OrderedDict[Hashable, Part] = OrderedDict()
        self.lock = threading.Lock()

    def get(self, key) -> Part | None:
        with self.lock:
            part = self.known.get(key)
            if part is not None:
                self.known.move_to_end(key)
            return part

    def put(self, key, part: Part) -> None:
        with self.lock:
            if old := self.known.pop(key, None):
                self.weight -= old.weight
            self.known[key] = part
            self.weight += part.weight
            while self.weight > self.most:
                self.weight -= self.known.popitem(last=False)[1].weight

    def clear(self) -> None:
        with self.lock:
            self.known.clear()
            self.weight = 0


parts = Parts()


def kept(key: tuple, make: Callable, *, of: Iterable = (), weigh: Callable | None = None):
    """Return what `make()` returns, or returned before if nothing that it was made of has changed since.

    `key` names it, in this process. `of` are kept values that go into it from outside; if one of them is none, the
    part is made and not kept. `weigh(value)` tells its size in bytes. What `make` raises is raised, and not kept.
    """
    sources = [getattr(value, "made_of", None) for value in of]
    if not settings.PAGE_CACHE or None in sources or connection.in_atomic_block:
        return make()
    outer = recorder.get() or Recorder()
    key = (get_language(), *key)
    part = parts.get(key)
    if part is None or not is_right(part, outer.generation) or (part.expires and part.expires <= outer.started):
        outer.made += 1
        with recording(outer.generation) as inner:
            for source in sources:
                inner.absorb(source)
            value = make()
            if schedule.POSTS in inner.versions:
                schedule.limit(inner)
        weight = weigh(value) if weigh else len(value) * 2 if isinstance(value, str) else OBJECT
        part = Part(value, inner.versions, inner.expires, weight)
        if hasattr(value, "__dict__"):
            value.made_of = part
        if inner.skipped:
            outer.skipped = True
        elif -1 not in inner.versions.values():
            parts.put(key, part)
    else:
        outer.found += 1
    outer.absorb(part)
    return part.value
