"""Many people comment on one post at once while others read it: is every comment that was acknowledged there, once?

    python benchmarks/load.py [--clients 50] [--comments 2000] [--readers 10] [--kill]

Serves a fresh blog as `manage.py serve` does (in the database that DATABASE_URL names, else in SQLite) and prints what
was acknowledged, lost (acknowledged, and not in the database), doubled, answered with a server error, and how long an
answer took. With --kill the server is killed (SIGKILL, with all its processes) when half are acknowledged, and started
again; whoever got no answer sends their comment again, as people do. Exits with 1 when anything is wrong.

`tests/project/test_load.py` does the same with fewer.
"""

import argparse
import contextlib
import http.client
import os
import secrets
import signal
import statistics
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from queue import Empty, SimpleQueue
from urllib.parse import urlencode, urlsplit

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.project.serving import PATIENCE, Server, Site

# Everybody here has one address: the rules let that many comments come from it.
RULES = """
from comments.models import DiscussionSettings
rules = DiscussionSettings.load()
rules.policy, rules.notices, rules.avatars = "nobody", "none", "none"
rules.most_per_address = rules.most_per_network = 30_000
rules.save()
"""
POST = """
from blog.models import User
from tests.factories import PostFactory
author = User.objects.filter(username="load").first() or User.objects.create(username="load")
print(PostFactory(title="Load", author=author).get_absolute_url())
"""


@dataclass
class Result:
    acknowledged: set = field(default_factory=set)  # numbers of comments
    statuses: dict = field(default_factory=dict)  # {status of an answer: how many}; 0 for no answer
    latencies: list = field(default_factory=list)  # seconds, of what was acknowledged
    lost: set = field(default_factory=set)
    doubled: set = field(default_factory=set)
    locked: int = 0  # times that a log says so

    @property
    def server_errors(self):
        return sum(count for status, count in self.statuses.items() if status >= 500)


class Crowd:
    """`clients` people who write `comments` comments below one post of a site, and `readers` who read it meanwhile."""

    def __init__(self, site: Site, *, clients: int, comments: int, readers: int):
        self.site, self.clients, self.readers, self.comments = site, clients, readers, comments
        self.word = secrets.token_hex(6)  # tells this run's comments from others
        self.result, self.lock = Result(), threading.Lock()
        self.to_write, self.is_over = SimpleQueue(), threading.Event()
        self.server, self.logs = None, []

    def run(self, *, kill=False) -> Result:
        self.site.manage("shell", "--verbosity", "0", "--command", RULES)
        self.address = self.site.manage("shell", "--verbosity", "0", "--command", POST).strip()
        self.start()
        try:
            self.action, self.fields = self.form()
            for number in range(self.comments):
                self.to_write.put(number)
            writers = [threading.Thread(target=self.write) for _ in range(self.clients)]
            readers = [threading.Thread(target=self.read) for _ in range(self.readers)]
            for thread in writers + readers:
                thread.start()
            if kill:
                self.kill_in_the_middle()
            for thread in writers:
                thread.join()
            self.is_over.set()
            for thread in readers:
                thread.join()
        finally:
            self.is_over.set()
            self.server.stop(signal.SIGTERM)
        return self.count()

    def start(self):
        server = Server(self.site)
        server.__enter__()
        self.logs.append(server.log)
        self.server = server

    def form(self):
        """Return where the form of the post is sent, and its fields."""
        action, fields = self.server.comment_form(path=self.address)
        return urlsplit(action).path, fields

    def kill_in_the_middle(self):
        while len(self.result.acknowledged) < self.comments // 2:
            time.sleep(0.01)
        server = self.server
        for pid in server.living():
            with_nobody_left(pid)
        server.process.wait(PATIENCE)
        self.start()

    def ask(self, method, path, body=None):
        """Return the status of an answer, 0 for none."""
        server = self.server
        headers = {"Content-Type": "application/x-www-form-urlencoded"} if body else {}
        try:
            status = server.get(path, method, body, **headers).status
        except (OSError, http.client.HTTPException):
            status = 0
        with self.lock:
            self.result.statuses[status] = self.result.statuses.get(status, 0) + 1
        return status

    def write(self):
        while not self.is_over.is_set():
            try:
                number = self.to_write.get_nowait()
            except Empty:
                return
            person = number % 40
            who = {"name": f"Person {person}", "email": f"person-{person}@example.org"}
            body = urlencode({**self.fields, **who, "body": f"{self.word} {number}"})
            deadline = time.monotonic() + PATIENCE
            while time.monotonic() < deadline:
                started = time.perf_counter()
                status = self.ask("POST", self.action, body)
                if status == 303:
                    with self.lock:
                        self.result.acknowledged.add(number)
                        self.result.latencies.append(time.perf_counter() - started)
                if status:  # a refusal is told as it is; only who got no answer tries again
                    break
                time.sleep(0.1)

    def read(self):
        while not self.is_over.is_set():
            for path in (self.address, f"{self.address}comment-page-2/", f"{self.address}feed/", "/comments/feed/"):
                if not self.ask("GET", path):
                    time.sleep(0.1)

    def count(self):
        own = f"body LIKE '{self.word} %'"
        rows = self.site.rows(f"SELECT body, count(*) FROM comments_comment WHERE {own} GROUP BY body")
        found = {int(body.split()[1]): count for body, count in rows}
        self.result.lost = self.result.acknowledged - found.keys()
        self.result.doubled = {number for number, count in found.items() if count > 1}
        self.result.locked = sum(log.read_text(errors="replace").count("database is locked") for log in self.logs)
        return self.result


def with_nobody_left(pid):
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def show(result, comments, seconds):
    latencies = sorted(result.latencies) or [0]
    print(f"acknowledged   {len(result.acknowledged)} of {comments}, {len(result.acknowledged) / seconds:.0f} a second")
    print(f"lost           {len(result.lost)}")
    print(f"doubled        {len(result.doubled)}")
    print(f"server errors  {result.server_errors}")
    print(f"locked         {result.locked}")
    print("answers        " + ", ".join(f"{status or 'none'}: {n}" for status, n in sorted(result.statuses.items())))
    middle, slow = statistics.median(latencies), latencies[int(len(latencies) * 0.99) - 1]
    print(f"latency        p50 {middle * 1000:.0f} ms, p99 {slow * 1000:.0f} ms, most {latencies[-1] * 1000:.0f} ms")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--comments", type=int, default=2000)
    parser.add_argument("--readers", type=int, default=10)
    parser.add_argument("--kill", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        given = {name: os.environ[name] for name in ("DATABASE_URL", "CACHE_URL") if name in os.environ}
        site = Site(Path(folder), **given)
        site.manage("migrate", "--verbosity", "0")
        crowd = Crowd(site, clients=options.clients, comments=options.comments, readers=options.readers)
        started = time.monotonic()
        result = crowd.run(kill=options.kill)
        show(result, options.comments, time.monotonic() - started)
    wrong = result.lost or result.doubled or result.server_errors or result.locked
    sys.exit(1 if wrong or len(result.acknowledged) < options.comments else 0)


if __name__ == "__main__":
    main()
