"""How `manage.py serve` ends, and what happens to what is under way then."""

import contextlib
import os
import signal
import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.project.serving import Server, Site, Writing, until


class Gravatar:
    """Stands where avatars are asked for, and answers when it is told to."""

    def __enter__(self):
        asked, answer = self.asked, self.answer = threading.Semaphore(0), threading.Semaphore(0)

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                asked.release()
                answer.acquire()
                with contextlib.suppress(OSError):  # who asked may be gone
                    self.send_error(404)

            def log_message(self, *args):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_port}/avatar/"
        return self

    def __exit__(self, *exception):
        for _ in range(10):
            self.answer.release()
        self.server.shutdown()
        self.server.server_close()


def test_who_is_sending_a_comment_while_the_server_stops_gets_an_answer(site):
    with Server(site) as server:
        writing = Writing(server, *server.comment_form(body="Sent at the last moment."))
        server.living()
        server.process.send_signal(signal.SIGTERM)
        until(lambda: not listens(server.port))
        assert server.process.poll() is None
        assert writing.finish().startswith(b"HTTP/1.1 303 ")
        assert server.process.wait(60) == 0
        assert server.living() == {}
    assert site.rows("SELECT count(*) FROM comments_comment WHERE body = 'Sent at the last moment.'") == [(1,)]


def listens(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def test_a_task_under_way_is_finished_before_the_server_stops(site):
    before = site.tasks("fetch_avatar").count(("SUCCESSFUL", 1))
    with Gravatar() as gravatar, Server(site, GRAVATAR_URL=gravatar.url) as server:
        server.send_comment(email="finished@example.org")
        assert gravatar.asked.acquire(timeout=60)
        server.living()
        server.process.send_signal(signal.SIGTERM)
        until(lambda: not listens(server.port))
        gravatar.answer.release()
        assert server.process.wait(60) == 0
        assert server.living() == {}
    assert site.tasks("fetch_avatar").count(("SUCCESSFUL", 1)) == before + 1
    assert {"RUNNING", "FAILED"}.isdisjoint(state for state, _ in site.tasks("fetch_avatar"))


def test_a_task_whose_worker_was_killed_runs_again(site):
    with Gravatar() as gravatar, Server(site, GRAVATAR_URL=gravatar.url) as server:
        server.send_comment(email="again@example.org")
        assert gravatar.asked.acquire(timeout=60)
        os.kill(*server.pid_of("run_tasks"), signal.SIGKILL)
        assert gravatar.asked.acquire(timeout=60)
        gravatar.answer.release(10)
        until(lambda: ("SUCCESSFUL", 2) in site.tasks("fetch_avatar"))


def test_children_do_not_outlive_a_server_that_was_killed(site):
    with Server(site) as server:
        assert len(server.children()) >= 4
        server.stop(signal.SIGKILL)
        until(lambda: not server.living())


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT], ids=["SIGTERM", "SIGINT"])
def test_the_server_can_be_stopped_while_it_starts(site, number):
    server = Server(site)
    until(lambda: server.process.poll() is not None or server.pid_of("config.server.web"))
    server.stop(number)
    assert server.living() == {}
    assert "Traceback" not in server.log.read_text()


def test_a_site_whose_database_is_gone_says_so_to_its_probe(tmp_path):
    site = Site(tmp_path)
    site.manage("migrate", "--verbosity", "0")
    with Server(site, "--workers", "1") as server:
        for file in tmp_path.glob("causerie.sqlite3*"):
            file.unlink()
        answer = until(lambda: (found := server.get("/healthz")).status == 503 and found)
        assert answer.content == b"The database does not answer.\n"
        assert b"It is our fault" in server.get("/archive/").content
    assert "no such table" in server.log.read_text()
