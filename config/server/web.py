"""The web server: granian with several processes. `python -m config.server.web PARENT HOST PORT WORKERS`"""

import copy
import os
import signal
import sys
from functools import partial
from importlib import import_module

from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings

from config.logs import LOGGING
from config.server.orphan import GRACE, stop_without

# A thread holds a database connection: PostgreSQL sees workers × THREADS of them at most.
THREADS = 8  # a worker
CONNECTIONS = 512  # a worker
HEADERS_WITHIN = 15_000  # milliseconds
LARGEST_HEAD = 64 * 1024  # bytes


def load(application: str, parent: int):
    """Return the WSGI application named `module:attribute`; called in each worker, before anything else."""
    default_signals()
    stop_without(parent)
    module, _, name = application.partition(":")
    return getattr(import_module(module), name)


def default_signals() -> None:
    """Until a worker has handlers of its own, it ends at once. A fork has its parent's, which do nothing there."""
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)


def serve(host: str, port: int, workers: int) -> None:
    os.register_at_fork(after_in_child=default_signals)
    server = Granian(
        "config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=THREADS,
        backpressure=CONNECTIONS,
        http=HTTPModes.http1,
        http1_settings=HTTP1Settings(header_read_timeout=HEADERS_WITHIN, max_buffer_size=LARGEST_HEAD),
        websockets=False,
        respawn_failed_workers=True,
        workers_kill_timeout=GRACE,
        log_dictconfig=copy.deepcopy(LOGGING),
        log_level="error",
    )
    server.serve(target_loader=partial(load, parent=os.getpid()))


if __name__ == "__main__":
    parent, host, port, workers = sys.argv[1:]
    stop_without(int(parent))
    serve(host, int(port), int(workers))
