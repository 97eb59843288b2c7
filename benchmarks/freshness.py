"""Whether anything stale is ever answered: random writes from several processes, every address compared byte for byte.

    python benchmarks/freshness.py [--checks 10000] [--processes 4] [--seed 1]

Works in a folder of its own; with DATABASE_URL in that (empty!) database, with CACHE_URL with that Redis.
"""

import argparse
import json
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.blog.pagecache.freshness import Site

WRITES, CHECKS = 5, 25  # of each process, a round
UPGRADE_EVERY = 20  # rounds


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--checks", type=int, default=10_000)
    options.add_argument("--processes", type=int, default=4)
    options.add_argument("--seed", type=int, default=1)
    options = options.parse_args()
    checks = writes = rounds = 0
    began, differences = time.monotonic(), []
    with tempfile.TemporaryDirectory() as folder, Site(Path(folder), options.processes, options.seed) as site:
        while checks < options.checks:
            differences += site.round(WRITES, CHECKS)
            checks, writes, rounds = (
                checks + CHECKS * options.processes,
                writes + WRITES * options.processes,
                rounds + 1,
            )
            if rounds % UPGRADE_EVERY == 0:
                site.change_templates()
            if sys.stdout.isatty():
                print(f"\r{checks} checks, {writes} writes, {len(differences)} differences", end="", flush=True)
    print(
        f"\r{checks} checks after {writes} writes by {options.processes} processes, {site.templates} upgrades: ", end=""
    )
    print(f"{len(differences)} differences ({time.monotonic() - began:.0f} s)")
    for difference in differences[:5]:
        print(json.dumps(difference)[:2000])
    sys.exit(bool(differences))


if __name__ == "__main__":
    main()
