"""How fast pages are: kept ones, uncached ones, and beside them a bare Django view under the same server.

    python benchmarks/pages.py [--seconds 4] [--json FILE]

Loads the demo blog into a folder of its own, serves it as `manage.py serve` does, and asks over the loopback: with wrk
where it is installed, else with threads of this process (which then are the limit; the ratios still tell). Requests a
second and, with wrk, the latency that 50 and 99 in 100 requests stay below.
"""

import argparse
import http.client
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ENCODING = "gzip, deflate, br"
BARE = """
import os, sys
sys.modules["bare"] = sys.modules[__name__]
os.environ["DJANGO_SETTINGS_MODULE"] = "bare"
SECRET_KEY, ALLOWED_HOSTS, ROOT_URLCONF, MIDDLEWARE, INSTALLED_APPS = "x", ["*"], "bare", [], []
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.urls import path
PAGE = open(os.environ["PAGE"], "rb").read()
urlpatterns = [path("page/", lambda request: HttpResponse(PAGE))]
application = get_wsgi_application()
"""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def fetch(port, path, headers=None):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", path, headers=headers or {})
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer, body


def wait_for(port, path):
    for _ in range(600):
        try:
            if fetch(port, path)[0].status < 500:
                return
        except OSError:
            pass
        time.sleep(0.1)
    sys.exit("The server did not start.")


def load(port, path, connections, seconds, headers):
    """Return {requests a second, p50, p99 (milliseconds)} of asking for one address over and over."""
    if shutil.which("wrk"):
        words = [f"--header={name}: {value}" for name, value in headers.items()]
        command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--latency", *words]
        told = subprocess.run(
            [*command, f"http://127.0.0.1:{port}{path}"], capture_output=True, text=True, check=True
        ).stdout
        latency = {name: milliseconds(value) for name, value in re.findall(r"(50|99)%\s+([\d.]+\w+)", told)}
        rate = float(re.search(r"Requests/sec:\s+([\d.]+)", told)[1])
        return {"per_second": rate, "p50_ms": latency["50"], "p99_ms": latency["99"]}
    counts, end = [0] * connections, time.monotonic() + seconds

    def ask(number):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        while time.monotonic() < end:
            connection.request("GET", path, headers=headers)
            connection.getresponse().read()
            counts[number] += 1

    threads = [threading.Thread(target=ask, args=[number]) for number in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return {"per_second": sum(counts) / seconds, "p50_ms": None, "p99_ms": None}


def milliseconds(text):
    number, unit = re.fullmatch(r"([\d.]+)(us|ms|s)", text).groups()
    return float(number) * {"us": 0.001, "ms": 1, "s": 1000}[unit]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=int, default=4)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        measure(Path(folder), options)


def measure(folder, options):
    site, bare = free_port(), free_port()
    environment = {**os.environ, "DATA_DIR": str(folder / "data"), "SITE_URL": f"http://127.0.0.1:{site}"}
    manage = [sys.executable, str(ROOT / "manage.py")]
    for command in (["migrate"], ["demo"]):
        subprocess.run([*manage, *command, "--verbosity", "0"], env=environment, check=True)
    serving = [subprocess.Popen([*manage, "serve", "--bind", f"127.0.0.1:{site}"], env=environment, cwd=ROOT)]
    try:
        wait_for(site, "/healthz")
        post = re.search(rb'u-url" href="([^"]+)"', fetch(site, "/")[1])[1].decode()
        (folder / "page.html").write_bytes(fetch(site, post)[1])
        (folder / "bare.py").write_text(BARE)
        granian = [sys.executable, "-m", "granian", "--interface", "wsgi", "--workers", "2", "--port", str(bare)]
        serving.append(
            subprocess.Popen(
                [*granian, "--no-log", "bare:application"],
                env={**os.environ, "PYTHONPATH": str(folder), "PAGE": str(folder / "page.html")},
                cwd=folder,
            )
        )
        wait_for(bare, "/page/")
        time.sleep(20)  # the worker makes the demo's pictures meanwhile
        etag = fetch(site, post, {"Accept-Encoding": ENCODING})[0].headers["ETag"]
        print_rows(rows(site, bare, post, etag, options), options)
    finally:
        for process in serving:
            process.send_signal(signal.SIGTERM)
        for process in serving:
            process.wait()


def rows(site, bare, post, etag, options):
    accepting = {"Accept-Encoding": ENCODING}
    asked = {
        "bare Django view": (bare, "/page/", {}),
        "post, kept": (site, post, accepting),
        "post, 304": (site, post, {**accepting, "If-None-Match": etag}),
        "front page, kept": (site, "/", accepting),
        "feed, kept": (site, "/feed/", accepting),
        # A query that means something is for one reader: Django makes the page each time.
        "post, uncached": (site, f"{post}?replytocom=0", accepting),
        "search, uncached": (site, "/search/?q=pain", accepting),
    }
    for words, (port, path, headers) in asked.items():
        for connections in (1, 8):
            yield words, connections, load(port, path, connections, options.seconds, headers)


def print_rows(measured, options):
    kept, bare = [], {}
    print(f"{'':<22}{'clients':>8}{'requests/s':>12}{'p50 ms':>9}{'p99 ms':>9}{'× bare view':>13}")
    for words, connections, figures in measured:
        bare.setdefault(connections, figures["per_second"])
        ratio = figures["per_second"] / bare[connections]
        latencies = "".join(f"{'' if figures[name] is None else figures[name]:>9}" for name in ("p50_ms", "p99_ms"))
        print(f"{words:<22}{connections:>8}{figures['per_second']:>12.0f}{latencies}{ratio:>13.3f}", flush=True)
        kept.append({"page": words, "connections": connections, **figures, "ratio": round(ratio, 4)})
    if options.json:
        options.json.write_text(json.dumps(kept, indent=2))


if __name__ == "__main__":
    main()
