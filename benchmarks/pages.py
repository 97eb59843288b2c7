"""How fast pages are, beside what a machine can do at best: a file that nginx serves, and a bare Django view.

    python benchmarks/pages.py [--posts 100 10000] [--comments 1000] [--seconds 1] [--json FILE]

For each size a blog is made in a folder of its own (SQLite; with DATABASE_URL in that empty database, one size only),
served as `manage.py serve` does, and asked over the loopback: with wrk where it is installed, else by threads of this
process, which then are the limit themselves. All that is compared is measured in the same run, in turns. At the end
the bars are told, each passed or failed; with --strict a failed one is an exit code.

The full run is `--posts 100 10000 100000 --comments 10000 --seconds 3`.
"""

import argparse
import json
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.loading import fetch, free_port, load, memory_of, wait_for
from tests.project.nginx import NGINX, Nginx

ENCODING = {"Accept-Encoding": "gzip, deflate, br"}
CONNECTIONS = (1, 8)
SHORTEST = 0.2  # seconds of a turn
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
STATIC = """
server {{
    listen 127.0.0.1:{port};
    root {folder};
    location / {{ gzip_static on; default_type "text/html; charset=utf-8"; }}
}}
"""


class Programs:
    """What was started here, and is stopped at the end."""

    def __init__(self):
        self.running = []

    def start(self, command, **more):
        self.running.append(subprocess.Popen(command, stderr=subprocess.DEVNULL, **more))
        return self.running[-1]

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        for process in self.running:
            process.send_signal(signal.SIGTERM)
        for process in self.running:
            process.wait()


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--posts", type=int, nargs="+", default=[100, 10_000])
    options.add_argument("--comments", type=int, default=1000, help="below the post that is talked about most")
    options.add_argument("--seconds", type=float, default=1.0, help="that each address is asked for, in all")
    options.add_argument("--turns", type=int, default=3, help="in which that is done")
    options.add_argument("--json", type=Path)
    options.add_argument("--strict", action="store_true")
    options = options.parse_args()
    found = {}
    for posts in options.posts:
        with tempfile.TemporaryDirectory() as folder:
            found[posts] = measure(Path(folder), posts, options)
    passed = tell_bars(found)
    if options.json:
        options.json.write_text(json.dumps({"blogs": found, "bars": passed}, indent=2))
    sys.exit(options.strict and not all(bar["passed"] for bar in passed))


def measure(folder, posts, options):
    """Return what was measured of a blog of `posts` posts."""
    site, bare, static, front = (free_port() for _ in range(4))
    environment = {
        **{name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"},
        "DATA_DIR": str(folder / "data"),
        "SITE_URL": f"http://127.0.0.1:{front}",
        "PAGE_FILES": "1",
        "GRAVATAR_URL": "http://127.0.0.1:9/avatar/",
    }
    if "CACHE_URL" in os.environ:
        environment.pop("PAGE_FILES")
    manage = [sys.executable, str(ROOT / "manage.py")]
    subprocess.run([*manage, "migrate", "--verbosity", "0"], env=environment, check=True)
    filling = [sys.executable, str(ROOT / "benchmarks" / "filling.py"), str(posts), str(options.comments)]
    about = json.loads(subprocess.run(filling, env=environment, check=True, capture_output=True, text=True).stdout)
    print(f"\n{posts} posts, the post talked about most has {options.comments} comments", flush=True)
    with Programs() as programs:
        server = programs.start([*manage, "serve", "--bind", f"127.0.0.1:{site}"], env=environment, cwd=ROOT)
        wait_for(site, "/healthz")
        wait_until_idle(server)
        post = about["seven"]
        page = fetch(site, post)[1]
        (folder / "page.html").write_bytes(page)
        (folder / "bare.py").write_text(BARE)
        granian = [
            sys.executable,
            "-m",
            "granian",
            "--interface",
            "wsgi",
            "--workers",
            str(max(2, os.cpu_count() or 1)),
        ]
        programs.start(
            [*granian, "--blocking-threads", "8", "--port", str(bare), "--no-log", "bare:application"],
            env={**environment, "PYTHONPATH": str(folder), "PAGE": str(folder / "page.html")},
            cwd=folder,
        )
        wait_for(bare, "/page/")
        asked = addresses(site, bare, about)
        if NGINX and "PAGE_FILES" in environment:
            public = folder / "public"
            public.mkdir()
            for coding, ending in (("br", ".br"), ("gzip", ".gz"), ("", "")):
                (public / f"page.html{ending}").write_bytes(fetch(site, post, {"Accept-Encoding": coding})[1])
            told = [*manage, "nginx", "--listen", f"127.0.0.1:{front}", "--upstream", f"127.0.0.1:{site}"]
            configuration = subprocess.run(told, env=environment, check=True, capture_output=True, text=True).stdout
            nginx = folder / "nginx"
            both = configuration + STATIC.format(port=static, folder=public)
            with Nginx(nginx, both, lambda: fetch(front, "/healthz")[0].status == 200):
                for _ in range(3):
                    fetch(front, post, ENCODING)
                asked["nginx, a file of the same bytes"] = (static, "/page.html", ENCODING, None)
                asked["post, kept, through nginx"] = (front, post, ENCODING, None)
                rows = in_turns(asked, options)
        else:
            rows = in_turns(asked, options)
        memory = memory_of(server.pid)
    publishing = subprocess.run(
        [sys.executable, str(ROOT / "benchmarks" / "filling.py"), "publish"],
        env=environment,
        check=True,
        capture_output=True,
        text=True,
    )
    found = {"pages": rows, "memory_mb": memory, "publishing": json.loads(publishing.stdout)}
    print_rows(found)
    return found


def wait_until_idle(server):
    """Wait until the tasks that making the blog left are done: they would be measured too."""
    before, quiet = None, 0
    while quiet < 3:
        now = sum(processor_time(pid) for pid in memory_of(server.pid))
        quiet = quiet + 1 if now == before else 0
        before = now
        time.sleep(0.5)


def processor_time(pid):
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0
    return (int(fields[11]) + int(fields[12])) // 10  # tenths of a second


def addresses(site, bare, about):
    """Return {what: (port, path, headers, body)} to ask for."""
    seven, many = about["seven"], about["many"]
    etag = fetch(site, seven, ENCODING)[0].headers["ETag"]
    # Who waits for an approval, or logged in, sees pages of their own: Django makes them.
    own = {**ENCODING, "Cookie": "sessionid=none"}
    pages = {"front page": "/", "category": about["category"], "feed": "/feed/", "archive": "/archive/"}
    pages |= {"page 7 of the list": "/page/7/", "sitemap": "/sitemap.xml", "post": seven, "post, most comments": many}
    asked = {"bare Django view": (bare, "/page/", {}, None), "post, 304": (site, seven, ENCODING, None)}
    asked["post, 304"] = (site, seven, {**ENCODING, "If-None-Match": etag}, None)
    asked |= {f"{what}, kept": (site, path, ENCODING, None) for what, path in pages.items()}
    asked |= {f"{what}, uncached": (site, path, own, None) for what, path in pages.items()}
    asked["search, uncached"] = (site, f"/search/?{urlencode({'q': about['word']})}", ENCODING, None)
    # Refused for what it lacks: the form, its checks and the page with the words again; nothing is written.
    asked["comment POST (refused)"] = (site, about["form"], ENCODING, urlencode({"name": "A", "body": "B"}))
    return asked


def in_turns(asked, options):
    """Return a row for each address and number of connections; the machine's moods fall on all of them alike."""
    rows = []
    for connections in CONNECTIONS:
        turns = {what: [] for what in asked}
        for _ in range(options.turns):
            for what, (port, path, headers, body) in asked.items():
                seconds = max(SHORTEST, options.seconds / options.turns)
                turns[what].append(load(port, path, connections, seconds, headers, body))
        for what, figures in turns.items():
            median = {
                name: statistics.median([one[name] for one in figures if one[name] is not None] or [0])
                for name in figures[0]
            }
            rows.append({"page": what, "connections": connections, **median})
    for row in rows:
        for name, other in (("of_bare", "bare Django view"), ("of_nginx", "nginx, a file of the same bytes")):
            same = [one for one in rows if one["page"] == other and one["connections"] == row["connections"]]
            row[name] = round(row["per_second"] / same[0]["per_second"], 4) if same else None
    return rows


def print_rows(found):
    print(f"{'':<34}{'clients':>8}{'requests/s':>12}{'p50 ms':>9}{'p99 ms':>9}{'× bare':>9}{'× nginx':>9}")
    for row in sorted(found["pages"], key=lambda row: (row["connections"], -row["per_second"])):
        ratios = "".join(f"{row[name] or 0:>9.3f}" for name in ("of_bare", "of_nginx"))
        latencies = f"{row['p50_ms']:>9.2f}{row['p99_ms']:>9.2f}"
        print(f"{row['page']:<34}{row['connections']:>8}{row['per_second']:>12.0f}{latencies}{ratios}")
    print(f"memory: {', '.join(f'{size:.0f}' for size in found['memory_mb'].values())} MB (each process of serve)")
    published = found["publishing"]
    print(
        f"publishing a post: {published['ms']:.0f} ms, with what the worker does {published['all_ms']:.0f} ms;", end=""
    )
    print(f" {published['mb']:.0f} MB in the process", flush=True)


def tell_bars(found):
    """Return and print the bars, with what was reached."""
    smallest, largest = min(found), max(found)
    bars = []

    def of(posts, page, name, connections=8):
        rows = [row for row in found[posts]["pages"] if (row["page"], row["connections"]) == (page, connections)]
        return rows[0][name] if rows else None

    def bar(words, reached, wanted, *, at_most=False):
        if reached is not None:
            passed = reached <= wanted if at_most else reached >= wanted
            bars.append({"bar": words, "reached": round(reached, 3), "wanted": wanted, "passed": passed})

    bar("kept post ÷ bare view", of(smallest, "post, kept", "of_bare"), 1.8)
    bar("kept post ÷ nginx's file", of(smallest, "post, kept", "of_nginx"), 0.35)
    bar("kept post through nginx ÷ nginx's file", of(smallest, "post, kept, through nginx", "of_nginx"), 0.95)
    bar("uncached post ÷ bare view", of(smallest, "post, uncached", "of_bare"), 0.08)
    for row in found[smallest]["pages"] if largest > smallest else []:
        page, connections = row["page"], row["connections"]
        few, many = (of(posts, page, "of_bare", connections) for posts in (smallest, largest))
        if connections == 1 and few and many and "bare" not in page and "nginx" not in page:
            bar(f"{page}: cost at {largest} posts ÷ at {smallest}", few / many, 1.5, at_most=True)
    print()
    for one in bars:
        sign = "≤" if "cost" in one["bar"] else "≥"
        print(f"{'passed' if one['passed'] else 'FAILED'}  {one['bar']}: {one['reached']} ({sign} {one['wanted']})")
    return bars


if __name__ == "__main__":
    main()
