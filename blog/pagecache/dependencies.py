"""What a page was made of, and what a transaction touches: both read off the statements that the database is sent."""

import re
import time
from collections.abc import Iterable
from contextlib import contextmanager
from contextvars import ContextVar

from django.conf import settings
from django.db import connection, transaction
from django.db.backends.signals import connection_created
from django.utils.functional import LazyObject, empty

from .files import existing
from .versions import EVERYTHING, FLUX, RedisVersions, SharedVersions

TABLE = re.compile(r"\b(?:blog|comments|transfer)_[a-z_]+\b")
READS = ("SELECT",)
NEITHER = ("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT", "PRAGMA", "EXPLAIN", "SET")

# Tables that no public page shows alone. (A face's address never changes, and a voice is kept with its comment: what
# changes with them is the comment.)
UNSEEN = {
    "blog_knownword",
    "blog_lexicon",
    "blog_missingaddress",
    "blog_postterms",
    "blog_revision",
    "blog_search",
    "blog_user_groups",
    "blog_user_user_permissions",
    "comments_avatar",
    "comments_decision",
    "comments_spamfilter",
    "comments_subscription",
    "comments_mutedaddress",
    "comments_notice",
    "comments_sentmention",
    "comments_voice",
}


class Recorder:
    """What one page was made of: its topics, each with the version it had before it was first read."""

    def __init__(self, generation=None):
        self.started = time.time()  # seconds since 1970
        self.generation = shared.generation() if generation is None else generation
        self.versions = dict(zip([EVERYTHING], shared.current([EVERYTHING]), strict=True))
        self.skipped = False
        self.found = self.made = 0  # parts that stood ready, and that had to be made
        self.expires: float | None = None  # seconds since 1970

    def depends_on(self, topics: Iterable[str]) -> None:
        new = [topic for topic in topics if topic not in self.versions]
        self.versions.update(zip(new, shared.current(new), strict=True))

    def absorb(self, other) -> None:
        """What `other` (a record or a part) was made of, this is made of too; as it was then."""
        for topic, version in other.versions.items():
            self.versions.setdefault(topic, version)
        if other.expires is not None:
            self.expires = min(self.expires or float("inf"), other.expires)


class Versions(LazyObject):
    """The versions that all processes share: by Redis where there is one, else by a file in DATA_DIR."""

    def _setup(self):
        location = settings.CACHES["default"].get("LOCATION", "")
        location = location[0] if isinstance(location, list | tuple) else location
        if str(location).startswith(("redis://", "rediss://", "unix://")):
            self._wrapped = RedisVersions(location, str(connection.settings_dict["NAME"]))
        else:
            self._wrapped = SharedVersions(settings.DATA_DIR / "cache" / "versions")

    def forget(self):
        """Have the next use look at the settings again; what was kept by the versions from before goes."""
        from . import parts, schedule

        self._wrapped = empty
        parts.parts.clear()
        schedule.forget()


shared = Versions()
recorder: ContextVar[Recorder | None] = ContextVar("recorder", default=None)
parts: ContextVar[dict[str, list[str]] | None] = ContextVar("parts", default=None)


def is_right(kept, generation) -> bool:
    """Whether nothing has changed of what `kept` (a page or a part) was made of; `generation` is the versions' own."""
    if kept.checked == generation:
        return True
    if shared.current(kept.versions) != list(kept.versions.values()):
        return False
    kept.checked = generation
    return True


@contextmanager
def recording(generation=None):
    """Record what is read inside, for one page or one part of it."""
    current = Recorder(generation)
    token = recorder.set(current)
    try:
        yield current
    finally:
        recorder.reset(token)


def skip() -> None:
    """The page that is being made is for one reader, or for now: keep it nowhere."""
    if current := recorder.get():
        current.skipped = True


def expires(moment) -> None:
    """The page that is being made is right only until `moment` (a datetime)."""
    if current := recorder.get():
        current.expires = min(current.expires or float("inf"), moment.timestamp())


@contextmanager
def reading(table: str, *parts_read):
    """All that is read of `table` inside belongs to these parts of it."""
    with narrowed(table, [f"{table}!", *(f"{table}:{part}" for part in parts_read)]):
        yield


@contextmanager
def writing(table: str, changed: Iterable):
    """All that is written to `table` inside belongs to these parts of it."""
    with narrowed(table, [table, *(f"{table}:{part}" for part in changed)]):
        yield


@contextmanager
def narrowed(table, topics):
    token = parts.set({**(parts.get() or {}), table: topics})
    try:
        yield
    finally:
        parts.reset(token)


def topics_of(sql: str, *, written: bool) -> set[str]:
    """Return the topics that a statement reads or writes.

    `table` is all of it. Readers of a part look at `table:part` and at `table!`, which is raised when somebody wrote
    without saying to which part.
    """
    topics = set()
    for table in set(TABLE.findall(sql)) - UNSEEN:
        narrow = (parts.get() or {}).get(table)
        if narrow and narrow[0].endswith("!") != written:
            topics.update(narrow)
        else:
            topics.update([table, f"{table}!"] if written else [table])
    return topics


def track(execute, sql, params, many, context):
    """Django's hook around every statement (`connection.execute_wrappers`)."""
    word = sql.lstrip("( \n")[:9].upper()
    if word.startswith(READS) and " FOR UPDATE" not in sql:
        if current := recorder.get():
            current.depends_on(topics_of(sql, written=False))
        return execute(sql, params, many, context)
    if word.startswith(NEITHER):
        return execute(sql, params, many, context)
    statement = re.split(r"\b(?:SELECT|WHERE)\b", sql, maxsplit=1)[0]
    topics = topics_of(statement, written=True)
    if not topics:
        return execute(sql, params, many, context)
    connection = context["connection"]
    if not connection.in_atomic_block:
        begin(topics)
        try:
            return execute(sql, params, many, context)
        finally:
            end(topics)
    mark(connection, topics)
    return execute(sql, params, many, context)


def begin(topics: Iterable[str]) -> None:
    """Something is about to be written to `topics`: from now on nothing that was made of them is right."""
    shared.begin(topics)
    remove_files(topics)


def end(topics: Iterable[str]) -> None:
    """What was written to `topics` is committed, or was given up."""
    shared.end(topics)
    remove_files(topics)


def remove_files(topics):
    if files := existing(settings.DATA_DIR):
        files.remove(topics)


def mark(connection, topics):
    """Raise `topics` now, and again when the transaction commits.

    A savepoint that is rolled back takes its callbacks with it, so what was marked inside one counts only there.
    """
    if getattr(connection, "marked_in", None) is not connection.run_on_commit:
        connection.marked, connection.marked_in = {}, connection.run_on_commit
    savepoints = tuple(connection.savepoint_ids)
    now = time.monotonic()
    new = {topic for topic in topics if now - connection.marked.get((savepoints, topic), -FLUX) > FLUX / 6}
    if not new:
        return
    begin(new)
    connection.marked.update({(savepoints, topic): now for topic in new})
    transaction.on_commit(lambda: end(new), using=connection.alias)


def watch(sender, connection, **kwargs):
    if track not in connection.execute_wrappers:
        connection.execute_wrappers.append(track)


def start() -> None:
    """Watch every connection to the database, in this process."""
    connection_created.connect(watch, dispatch_uid="blog.pagecache")
