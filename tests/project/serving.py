"""A real server on a fresh DATA_DIR, and what can be seen of it from outside."""

import http.client
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import psycopg

from tests.pages import parse

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 120  # seconds: how slow a machine may be before something counts as broken


def until(happened, patience=PATIENCE):
    """Return the first true answer of `happened()`."""
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        if answer := happened():
            return answer
        time.sleep(0.05)
    raise AssertionError(f"It did not happen within {patience} s: {happened}")


def manage(*arguments, **environment):
    """Run manage.py with nothing of this process's environment but what is given; return what came of it."""
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=bare(**environment),
        capture_output=True,
        text=True,
        timeout=2 * PATIENCE,
    )


def bare(**environment):
    own = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "ENV_FILE": os.devnull}
    return {**own, **{name: str(value) for name, value in environment.items()}}


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Site:
    """A blog with one post, in a folder of its own (and a PostgreSQL database, where the suite runs on one)."""

    def __init__(self, folder: Path, **environment):
        self.folder = folder
        # Nobody is asked for a face: the address refuses at once.
        nobody = {"GRAVATAR_URL": "http://127.0.0.1:9/avatar/"}
        self.environment = {"DATA_DIR": folder, "LANGUAGE_CODE": "en", **nobody, **environment}

    def manage(self, *arguments):
        done = manage(*arguments, **self.environment)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def rows(self, query):
        """Return what the database answers to an SQL query."""
        if url := self.environment.get("DATABASE_URL"):
            with psycopg.connect(url) as connection:
                return connection.execute(query).fetchall()
        connection = sqlite3.connect(self.folder / "causerie.sqlite3", timeout=PATIENCE)
        try:
            return connection.execute(query).fetchall()
        finally:
            connection.close()

    def tasks(self, name):
        """Return the status of each task of this name, and how many workers began it."""
        table = "django_tasks_database_dbtaskresult"
        rows = self.rows(f"SELECT status, worker_ids FROM {table} WHERE task_path LIKE '%.{name}'")
        return [(status, str(workers).count(".") // 2) for status, workers in rows]


class Server:
    """`manage.py serve` for a site."""

    def __init__(self, site: Site, *options, **environment):
        self.port = free_port()
        self.log = site.folder / f"serve-{self.port}.log"
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "manage.py", *self.command(), *options],
                cwd=ROOT,
                env=bare(**{**site.environment, **environment}),
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self.family = {self.process.pid}
        self.headers = {}  # of every request

    def command(self):
        return ["serve", "--bind", f"127.0.0.1:{self.port}"]

    def __enter__(self):
        try:
            until(self.answers)
        except AssertionError:
            self.stop(signal.SIGKILL)
            raise AssertionError(self.log.read_text()) from None
        return self

    def __exit__(self, *exception):
        if self.process.poll() is None:
            self.stop(signal.SIGTERM)

    def answers(self):
        assert self.process.poll() is None, self.log.read_text()
        try:
            return self.get("/healthz").status == 200
        except (OSError, http.client.HTTPException):
            return False

    def get(self, path, method="GET", body=None, **headers):
        """Return the answer, its body in `content`."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            own = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request(method, path, body, {**self.headers, **own})
            answer = connection.getresponse()
            answer.content = answer.read()
            return answer
        finally:
            connection.close()

    def comment_form(self, path=None, **fields):
        """Return where the form below the post (at `path`) goes to, and its fields as a visitor fills them."""
        address = path or re.search(r'href="([^"]*/aube/)"', self.get("/").content.decode())[1]
        document = parse(self.get(address))
        (form,) = [form for form in document.iter("form") if form.get("class") == "comment-form"]
        given = {field.get("name"): field.get("value", "") for field in form.iter("input") if field.get("name")}
        hidden = {name: value for name, value in given.items() if name not in ("notify", "remember")}
        visitor = {"name": "Camille", "email": "camille@example.org", "url": "", "body": "Une pensée."}
        return form.get("action"), {**hidden, **visitor, **fields}

    def send_comment(self, headers=None, **fields):
        action, filled = self.comment_form(**fields)
        headers = {"Content_Type": "application/x-www-form-urlencoded", **(headers or {})}
        return self.get(urlsplit(action).path, "POST", urlencode(filled), **headers)

    def raw(self, data: bytes) -> bytes:
        """Send bytes as they are; return the first line of the answer."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE) as connection:
            connection.sendall(data)
            return connection.makefile("rb").readline()

    def children(self):
        """Return {process id: command} of all that `serve` started and that still lives."""
        return {pid: command for pid, command in self.living().items() if pid != self.process.pid}

    def living(self):
        """Return {process id: command} of this server's processes. Who belongs is remembered when a parent dies."""
        table = processes()
        grown = True
        while grown:
            found = {pid for pid, (parent, _) in table.items() if parent in self.family} - self.family
            self.family |= found
            grown = bool(found)
        return {pid: table[pid][1] for pid in self.family if pid in table}

    def pid_of(self, words, parent=None):
        """Return the process ids of children whose command holds `words`, of those that `parent` started."""
        table = processes()
        return [
            pid
            for pid, command in self.children().items()
            if words in command and (parent is None or table.get(pid, (None,))[0] == parent)
        ]

    def stop(self, number=signal.SIGTERM):
        """Send a signal to `serve` alone; return its exit code."""
        self.living()
        self.process.send_signal(number)
        return self.process.wait(PATIENCE)


class DevelopmentServer(Server):
    """`manage.py runserver`, as `make dev` starts it."""

    def __init__(self, site):
        super().__init__(site, "--noreload", DEBUG="1")

    def command(self):
        return ["runserver", f"127.0.0.1:{self.port}"]


def processes():
    """Return {process id: (its parent's, its command)} of all processes that have not ended."""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            state, parent = folder.joinpath("stat").read_text().rpartition(")")[2].split()[:2]
            command = folder.joinpath("cmdline").read_bytes().replace(b"\0", b" ").decode()
        except OSError:
            continue
        if state != "Z":
            found[int(folder.name)] = (int(parent), command)
    return found


class Writing:
    """A visitor who is in the middle of sending a comment."""

    def __init__(self, server, action, fields):
        self.body = urlencode(fields).encode()
        self.connection = socket.create_connection(("127.0.0.1", server.port), timeout=PATIENCE)
        head = (
            f"POST {urlsplit(action).path} HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\n"
            f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(self.body)}\r\n\r\n"
        )
        self.connection.sendall(head.encode() + self.body[:10])

    def finish(self):
        """Send the rest; return the first line of the answer."""
        with self.connection as connection:
            connection.sendall(self.body[10:])
            return connection.makefile("rb").readline()
