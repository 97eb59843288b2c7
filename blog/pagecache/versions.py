"""A number for each topic (a table, or a part of one), raised by every write to it, seen at once by every process.

`generation` is raised with every change of any: a page that was right at a generation is right as long as it stands,
which costs one comparison a request.

A write raises its topics twice. Before it commits they are marked as *in flux*, after it they are raised again and the
mark is taken off. Should the process die in between, nothing made from the old rows is kept: pages made while a topic
is in flux are not stored, and the mark ends by itself after FLUX seconds.
"""

import fcntl
import hashlib
import logging
import mmap
import os
import secrets
import struct
import threading
import time
from collections.abc import Iterable
from contextlib import contextmanager
from pathlib import Path

import redis

logger = logging.getLogger(__name__)

FLUX = 60.0  # seconds: longer than a transaction goes without a statement
SLOTS = 1 << 16  # topics share a slot by their hash: a collision makes a page anew for nothing, never stale
SLOT = struct.Struct("=Qd")  # version, until when it is in flux (seconds since 1970)
NUMBER = struct.Struct("=Q")
SIZE = SLOT.size * (SLOTS + 1)  # the first slot holds the generation and the epoch
EVERYTHING = "everything"  # every page depends on it


class SharedVersions:
    """Versions in a file that all processes of one machine map into their memory."""

    def __init__(self, path: Path):
        path.parent.mkdir(parents=True, exist_ok=True)
        self.descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        if os.fstat(self.descriptor).st_size < SIZE:
            os.ftruncate(self.descriptor, SIZE)
        self.memory = mmap.mmap(self.descriptor, SIZE)
        self.within = threading.Lock()

    @contextmanager
    def locked(self):
        with self.within:
            fcntl.flock(self.descriptor, fcntl.LOCK_EX)
            try:
                yield
            finally:
                fcntl.flock(self.descriptor, fcntl.LOCK_UN)

    def generation(self) -> int:
        return NUMBER.unpack_from(self.memory, 0)[0]

    @staticmethod
    def offset(topic: str) -> int:
        digest = hashlib.blake2b(topic.encode(), digest_size=8).digest()
        return SLOT.size * (1 + int.from_bytes(digest, "big") % SLOTS)

    def current(self, topics: Iterable[str]) -> list[int]:
        """Return the versions of `topics`, -1 for one that is in flux (no page is ever made with that)."""
        now, found = time.time(), []
        for topic in topics:
            version, flux = SLOT.unpack_from(self.memory, self.offset(topic))
            found.append(-1 if flux > now else version)
        return found

    def raised(self, topics: Iterable[str], flux: float):
        with self.locked():
            for offset in {self.offset(topic) for topic in topics}:
                version, _ = SLOT.unpack_from(self.memory, offset)
                SLOT.pack_into(self.memory, offset, version + 1, flux)
            NUMBER.pack_into(self.memory, 0, self.generation() + 1)

    def begin(self, topics: Iterable[str]) -> None:
        """Something is about to be written to `topics`."""
        self.raised(topics, time.time() + FLUX)

    def end(self, topics: Iterable[str]) -> None:
        """What was written to `topics` is committed, or was given up."""
        self.raised(topics, 0.0)


class RedisVersions:
    """The same for several machines that share a Redis. While it does not answer, no page is kept or served."""

    def __init__(self, url: str, blog: str):
        """`blog` tells those apart that share the Redis at `url`."""
        self.prefix = f"causerie:{blog}:pages:"
        self.client = redis.Redis.from_url(url, socket_timeout=1, socket_connect_timeout=1)
        self.missed = False

    def generation(self) -> int | str:
        try:
            found = self.client.get(f"{self.prefix}generation")
        except redis.RedisError:
            return secrets.token_hex(8)  # never equal to any other: nothing is right now
        if found is None or self.missed:
            self.end([EVERYTHING])  # a Redis that lost its memory starts with numbers that nobody has seen
            return secrets.token_hex(8)
        return found.decode()

    def current(self, topics: Iterable[str]) -> list:
        topics = list(topics)
        try:
            versions = self.client.mget([f"{self.prefix}{topic}" for topic in topics])
            fluxes = self.client.mget([f"{self.prefix}flux:{topic}" for topic in topics])
        except redis.RedisError:
            return [-1] * len(topics)
        return [-1 if flux else (version or b"0").decode() for version, flux in zip(versions, fluxes, strict=True)]

    def raised(self, topics, change):
        try:
            with self.client.pipeline(transaction=True) as pipe:
                for topic in topics:
                    # Random, not counted: a Redis that forgot cannot arrive at an old number again.
                    pipe.set(f"{self.prefix}{topic}", secrets.token_hex(8))
                    change(pipe, f"{self.prefix}flux:{topic}")
                pipe.set(f"{self.prefix}generation", secrets.token_hex(8))
                pipe.execute()
            self.missed = False
        except redis.RedisError as error:
            # This process makes up for it as soon as it can; the others see no Redis either.
            self.missed = True
            logger.warning("The page cache could not be told of a change: %s", type(error).__name__)

    def begin(self, topics: Iterable[str]) -> None:
        self.raised(topics, lambda pipe, flux: pipe.set(flux, 1, px=int(FLUX * 1000)))

    def end(self, topics: Iterable[str]) -> None:
        self.raised(topics, lambda pipe, flux: pipe.delete(flux))
