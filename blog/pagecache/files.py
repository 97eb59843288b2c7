"""Kept pages as files, for a web server in front that answers with them and wakes nobody here.

    folder/current/live/2011/10/slug/index.html      and .html.gz, .html.br
    folder/current/index/…                           which of them a part of a table goes into
    folder/gone-…                                    taken away; deleted when there is time

A file is there only while it is right. Whoever writes to the database takes away, before the answer to the write is
out, what was made of what they wrote: by the index where that is one post's conversation, else everything at once, by
renaming one folder. Versions are raised first and files removed after, both for each; a page becomes a file under the
same lock and only if its versions still stand. So nothing old can slip in behind a removal.

What ends by itself (at the moment of a scheduled post) is taken away by the process that made it, a little before.
"""

import contextlib
import fcntl
import hashlib
import heapq
import os
import re
import secrets
import shutil
import tempfile
import threading
import time
from collections.abc import Iterable
from pathlib import Path

from .store import Page

ENDINGS = {"": "", "gzip": ".gz", "br": ".br"}
# What a web server can look up as it stands: no dots, nothing that is escaped.
PATH = re.compile(r"/(?:[A-Za-z0-9_-]{1,200}/)*")
EARLY = 2.0  # seconds before its time is over that a file goes
MOST = 512 * 1024 * 1024  # bytes
COUNT_EVERY = 500  # files
# Tables whose parts are read one by one: what few pages were made of is looked up, anything else ends all files.
DETAILED = ("comments_comment",)
POINTER = "page-files"  # in DATA_DIR/cache: where the files are, for every process that may write


class Files:
    """The kept pages in `folder`."""

    def __init__(self, folder: Path):
        self.folder, self.current = folder, folder / "current"
        folder.mkdir(parents=True, exist_ok=True)
        self.descriptor = os.open(folder / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        self.within = threading.Lock()
        self.due: list[tuple[float, str]] = []  # when to take away what this process made
        self.placed = 0

    @contextlib.contextmanager
    def locked(self):
        with self.within:
            fcntl.flock(self.descriptor, fcntl.LOCK_EX)
            try:
                yield
            finally:
                fcntl.flock(self.descriptor, fcntl.LOCK_UN)

    def place(self, path: str, page: Page, is_right) -> None:
        """Make files of `page`, found at `path`, if `is_right(page)` still when nobody can take anything away."""
        if not PATH.fullmatch(path) or (page.expires and page.expires < time.time() + 2 * EARLY):
            return
        target = self.current / "live" / path.strip("/")
        with contextlib.suppress(OSError):  # a full disk slows the site down and does not stop it
            partials = {ending: self.write(page, coding) for coding, ending in ENDINGS.items() if coding in page.bodies}
            try:
                with self.locked():
                    if is_right(page):
                        target.mkdir(parents=True, exist_ok=True)
                        self.note(path, page)
                        for ending, partial in partials.items():
                            partial.replace(target / f"index.html{ending}")
                        if page.expires:
                            heapq.heappush(self.due, (page.expires - EARLY, path))
            finally:
                for partial in partials.values():
                    partial.unlink(missing_ok=True)
            self.placed += 1
            if self.placed % COUNT_EVERY == 0 and self.size() > MOST:
                self.remove_all()

    def has(self, path: str) -> bool:
        return (self.current / "live" / path.strip("/") / "index.html").exists()

    def write(self, page: Page, coding: str) -> Path:
        """Return a file of a page's body, outside of what is served.

        Web servers make an ETag of a file's date and size. Two pages may follow each other within a second, so the
        date is none: it follows from the content (nobody is told of it as a date).
        """
        descriptor, partial = tempfile.mkstemp(prefix="partial-", dir=self.folder)
        with os.fdopen(descriptor, "wb") as file:
            file.write(page.bodies[coding])
        Path(partial).chmod(0o644)
        date = int(hashlib.blake2b(page.bodies[coding], digest_size=8).hexdigest(), 16) % 2**31
        os.utime(partial, (date, date))
        return Path(partial)

    def topic(self, topic: str) -> Path:
        return self.current / "index" / hashlib.blake2b(topic.encode(), digest_size=12).hexdigest()

    def note(self, path: str, page: Page) -> None:
        """Remember what `path` was made of, as far as that can change alone."""
        (self.current / "index").mkdir(parents=True, exist_ok=True)
        for topic in page.versions:
            if is_detailed(topic):
                with self.topic(topic).open("a", encoding="ascii") as file:
                    file.write(f"{path}\n")

    def remove(self, topics: Iterable[str]) -> None:
        """Take away what was made of any of `topics`. Their versions have been raised before."""
        topics = set(topics)
        with self.locked():
            if not all(is_detailed(topic) for topic in topics):
                self.take_away_everything()
                return
            for index in map(self.topic, topics):
                with contextlib.suppress(FileNotFoundError):
                    for path in index.read_text("ascii").split():
                        self.take_away(path)
                    index.unlink()

    def remove_all(self) -> None:
        with self.locked():
            self.take_away_everything()

    def take_away_everything(self) -> None:
        with contextlib.suppress(FileNotFoundError):
            self.current.rename(self.folder / f"gone-{secrets.token_hex(8)}")

    def take_away(self, path: str) -> None:
        target = self.current / "live" / path.strip("/")
        for ending in ENDINGS.values():
            (target / f"index.html{ending}").unlink(missing_ok=True)

    def remove_due(self, now: float) -> None:
        """Take away what ends by itself."""
        while self.due and self.due[0][0] <= now:
            with self.locked():
                _, path = heapq.heappop(self.due)
                self.take_away(path)

    def delete_gone(self) -> None:
        for gone in self.folder.glob("gone-*"):
            shutil.rmtree(gone, ignore_errors=True)

    def size(self) -> int:
        return sum(found.stat().st_size for found in self.current.glob("live/**/*") if found.is_file())

    def keep_watch(self) -> None:
        """Take away what is due, in a thread of this process, from now on."""

        def watch():
            while True:
                self.remove_due(time.time())
                self.delete_gone()
                time.sleep(EARLY / 8)

        threading.Thread(target=watch, name="page-files", daemon=True).start()


def is_detailed(topic: str) -> bool:
    """Whether few pages are made of `topic`: a part of a table, or all of one that pages read in parts."""
    return topic.startswith(tuple(f"{table}:" for table in DETAILED)) or topic in DETAILED


_known: tuple[Path | None, str, Files | None] = (None, "", None)


def open_files(data_dir: Path, folder: Path | None) -> Files | None:
    """Begin to keep files in `folder`, or no more (None). Told to every process that shares `data_dir`."""
    pointer = data_dir / "cache" / POINTER
    if before := existing(data_dir):
        before.remove_all()
    if folder is None:
        pointer.unlink(missing_ok=True)
        return None
    partial = pointer.with_suffix(f".{os.getpid()}")
    partial.write_text(str(folder), "utf-8")
    partial.replace(pointer)
    files = existing(data_dir)
    files.remove_all()
    return files


def existing(data_dir: Path) -> Files | None:
    """Return the files that some process of `data_dir` keeps, None when none does."""
    global _known
    pointer = data_dir / "cache" / POINTER
    try:
        folder = pointer.read_text("utf-8")
    except FileNotFoundError:
        return None
    if _known[:2] != (data_dir, folder):
        _known = (data_dir, folder, Files(Path(folder)))
    return _known[2]
