"""Asking a server for one address over and over, with wrk or without."""

import http.client
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def fetch(port, path, headers=None):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", path, headers=headers or {})
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer, body


def wait_for(port, path):
    for _ in range(1200):
        try:
            if fetch(port, path)[0].status < 500:
                return
        except OSError:
            pass
        time.sleep(0.1)
    sys.exit("The server did not start.")


def load(port, path, connections, seconds, headers, body=None):
    """Return {requests a second, p50, p99 (milliseconds)} of asking for one address, by POST where there is a body."""
    return (with_wrk if shutil.which("wrk") else with_threads)(port, path, connections, seconds, headers, body)


def with_wrk(port, path, connections, seconds, headers, body):
    words = [f"--header={name}: {value}" for name, value in headers.items()]
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        # wrk counts in whole seconds; what it is told in milliseconds it rounds down to none.
        lines = ["function done(summary, latency, requests)", TOLD, "end"]
        if body is not None:
            form = 'wrk.headers["Content-Type"] = "application/x-www-form-urlencoded"'
            lines = [f'wrk.method, wrk.body = "POST", "{body}"', form, *lines]
        script.write("\n".join(lines))
        script.flush()
        command = ["wrk", "-t1", f"-c{connections}", f"-d{max(1, round(seconds))}s", "-s", script.name, *words]
        told = subprocess.run(
            [*command, f"http://127.0.0.1:{port}{path}"], capture_output=True, text=True, check=True
        ).stdout
    rate, p50, p99 = map(float, re.search(r"told ([\d.]+) ([\d.]+) ([\d.]+)", told).groups())
    return {"per_second": rate, "p50_ms": p50, "p99_ms": p99}


TOLD = """
    io.write(string.format("told %f %f %f\\n", summary.requests / summary.duration * 1e6,
        latency:percentile(50) / 1000, latency:percentile(99) / 1000))
"""


def with_threads(port, path, connections, seconds, headers, body):
    taken, end = [[] for _ in range(connections)], time.monotonic() + seconds
    method = "GET" if body is None else "POST"
    headers = headers | ({} if body is None else {"Content-Type": "application/x-www-form-urlencoded"})

    def ask(number):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        while time.monotonic() < end:
            began = time.perf_counter()
            connection.request(method, path, body, headers)
            connection.getresponse().read()
            taken[number].append((time.perf_counter() - began) * 1000)
        connection.close()

    threads = [threading.Thread(target=ask, args=[number]) for number in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    every = sorted(one for thread in taken for one in thread)
    return {
        "per_second": len(every) / seconds,
        "p50_ms": statistics.median(every),
        "p99_ms": every[int(len(every) * 0.99)],
    }


def memory_of(pid):
    """Return {process id: megabytes of memory of its own} of a process and all below it (Linux; else nothing)."""
    children, found = {}, {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
        children.setdefault(parent, []).append(int(folder.name))
    waiting = [pid]
    while waiting:
        one = waiting.pop()
        waiting += children.get(one, [])
        try:
            sizes = Path(f"/proc/{one}/smaps_rollup").read_text()
        except OSError:
            continue
        found[one] = sum(int(size) for size in re.findall(r"^Private_\w+:\s+(\d+)", sizes, re.M)) / 1024
    return found
