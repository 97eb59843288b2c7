"""A program whose parent died without a word stops by itself."""

import os
import signal
import threading
import time

GRACE = 30  # seconds: requests and a task that are under way may take this long to finish when all stops
LOOK = 1  # second


def stop_without(parent: int) -> None:
    """From now on, be asked to stop (SIGTERM) as soon as `parent` (a process id) is not the parent any more."""
    threading.Thread(target=watch, args=(parent,), name="orphan", daemon=True).start()


def watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(LOOK)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(GRACE)
    os._exit(1)
