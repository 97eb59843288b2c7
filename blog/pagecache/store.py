"""The kept pages: the ones asked for last in memory, more of them on disk, both bounded."""

import contextlib
import hashlib
import json
import os
import tempfile
import threading
from collections import OrderedDict
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from blog import media_types

IN_MEMORY = 48 * 1024 * 1024  # bytes a process
ON_DISK = 512 * 1024 * 1024  # bytes for all
NOT_FOUND = 4 * 1024 * 1024  # bytes a process for pages that are none: a flood of them cannot push out the others
SWEEP_EVERY = 200  # stores


@dataclass
class Page:
    """An answer, whole. `bodies` holds it by content coding: "" for none, "gzip", "br"."""

    status: str
    headers: list[tuple[str, str]]
    etag: str
    made: float  # seconds since 1970
    expires: float | None
    versions: dict
    bodies: dict[str, bytes]
    checked: object = field(default=None, compare=False)  # the generation at which it was right

    @cached_property
    def is_feed(self) -> bool:
        return any(name.lower() == "content-type" and media_types.is_feed(value) for name, value in self.headers)

    @property
    def size(self) -> int:
        return sum(map(len, self.bodies.values())) + 1000

    def dumps(self) -> bytes:
        about = {name: getattr(self, name) for name in ("status", "headers", "etag", "made", "expires", "versions")}
        about["bodies"] = [(coding, len(body)) for coding, body in self.bodies.items()]
        return json.dumps(about).encode() + b"\n" + b"".join(self.bodies.values())

    @classmethod
    def loads(cls, data: bytes) -> "Page":
        head, _, rest = data.partition(b"\n")
        about = json.loads(head)
        bodies, start = {}, 0
        for coding, length in about.pop("bodies"):
            bodies[coding] = rest[start : start + length]
            start += length
        if start != len(rest):
            raise ValueError("cut off")
        about["headers"] = [tuple(header) for header in about["headers"]]
        return cls(bodies=bodies, **about)


class Memory:
    """The pages asked for last, up to `most` bytes."""

    def __init__(self, most: int):
        self.most, self.bytes = most, 0
        self.pages: OrderedDict[str, Page] = OrderedDict()
        self.lock = threading.Lock()

    def get(self, key: str) -> Page | None:
        page = self.pages.get(key)
        if page is not None:
            with self.lock, contextlib.suppress(KeyError):
                self.pages.move_to_end(key)
        return page

    def put(self, key: str, page: Page) -> None:
        with self.lock:
            if old := self.pages.pop(key, None):
                self.bytes -= old.size
            self.pages[key] = page
            self.bytes += page.size
            while self.bytes > self.most:
                self.bytes -= self.pages.popitem(last=False)[1].size


class Store:
    """Pages by key. What another process stored is found on disk."""

    def __init__(self, folder: Path, on_disk: int = ON_DISK):
        self.folder, self.on_disk = folder, on_disk
        self.found, self.missing = Memory(IN_MEMORY), Memory(NOT_FOUND)
        self.stored = 0
        folder.mkdir(parents=True, exist_ok=True)

    def path(self, key: str) -> Path:
        name = hashlib.blake2b(key.encode("utf-8", "surrogateescape"), digest_size=16).hexdigest()
        return self.folder / name[:2] / name

    def get(self, key: str) -> Page | None:
        return self.found.get(key) or self.missing.get(key)

    def get_from_disk(self, key: str) -> Page | None:
        """Return the page that another process stored, None when there is none or it is not whole."""
        try:
            page = Page.loads(self.path(key).read_bytes())
        except (OSError, ValueError, KeyError, TypeError):
            return None
        self.found.put(key, page)
        return page

    def put(self, key: str, page: Page) -> None:
        if page.status.startswith("404"):
            self.missing.put(key, page)
            return
        self.found.put(key, page)
        path = self.path(key)
        with contextlib.suppress(OSError):  # a full disk slows the site down and does not stop it
            path.parent.mkdir(exist_ok=True)
            descriptor, partial = tempfile.mkstemp(dir=path.parent)
            try:
                with os.fdopen(descriptor, "wb") as file:
                    file.write(page.dumps())
                Path(partial).replace(path)
            except OSError:
                Path(partial).unlink(missing_ok=True)
                raise
        self.stored += 1
        if self.stored % SWEEP_EVERY == 0:
            self.sweep()

    def sweep(self) -> None:
        """Take the oldest pages off the disk until a tenth of the room is free."""
        files = []
        for path in self.folder.glob("??/*"):
            with contextlib.suppress(OSError):
                status = path.stat()
                files.append((status.st_mtime, status.st_size, path))
        total = sum(size for _, size, _ in files)
        if total <= self.on_disk:
            return
        for _, size, path in sorted(files):
            with contextlib.suppress(OSError):
                path.unlink()
            total -= size
            if total <= self.on_disk * 0.9:
                break
