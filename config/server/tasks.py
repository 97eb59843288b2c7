"""The task worker.

A task is run at least once: one that was under way when its worker was killed is put back and run again.
"""

import contextlib
import datetime
import fcntl
import logging
import os
import secrets
import sys
import time
from pathlib import Path

from django.conf import settings
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from comments.tasks import plan_erasure

logger = logging.getLogger(__name__)

INTERVAL = 1  # seconds between looks at an empty queue
# A task that took its worker down so often would do it for ever (a picture that eats all memory).
MOST_STARTS = 3
# Workers of other machines are unknown here: what they have not finished by then, they never will.
LONGEST_TASK = datetime.timedelta(days=1)
KEPT, KEPT_FAILED = datetime.timedelta(days=7), datetime.timedelta(days=90)
CLEAN_EVERY = 24 * 3600  # seconds


class TaskWorker(Worker):
    """The library's worker. It finishes its task however often it is asked to stop, and keeps the table small."""

    def __init__(self, name: str):
        super().__init__(
            queue_names=["*"],
            excluded_queue_names=[],
            interval=INTERVAL,
            batch=False,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=name,
        )
        self.cleaned = None  # when (time.monotonic)

    def run_task(self, db_task_result):
        super().run_task(db_task_result)
        if self.cleaned is None or time.monotonic() - self.cleaned > CLEAN_EVERY:
            forget_finished()
            self.cleaned = time.monotonic()

    def shutdown(self, signum, frame):
        """Handle a signal. The library gives the task up, as failed, when a second one comes; and service managers
        send one to every process, the supervisor one more."""
        self.running = False
        if not self.running_task:
            sys.exit(0)


@contextlib.contextmanager
def only_worker(path: Path):
    """Wait until no other worker of this DATA_DIR is left; yield the name that its workers share.

    The lock ends with the process, however that ends, so nothing that carries this name can still be running.
    """
    with path.open("a+", encoding="ascii") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.seek(0)
        name = file.read().strip()
        if not name:
            name = secrets.token_hex(8)
            file.write(name)
            file.flush()
        yield name


def take_back(name: str) -> None:
    """Put the tasks back that killed workers of this name, or unknown ones long ago, had begun."""
    for task in DBTaskResult.objects.running():
        worker = (task.worker_ids or [""])[-1]
        if not worker.startswith(f"{name}.") and task.started_at > timezone.now() - LONGEST_TASK:
            continue
        if len(task.worker_ids) >= MOST_STARTS:
            logger.error("Task %s (%s) took its worker down %d times.", task.id, task.task_path, MOST_STARTS)
            task.set_failed(RuntimeError(f"The worker was killed {MOST_STARTS} times while this ran."))
        else:
            logger.warning("Task %s (%s) was cut off and will run again.", task.id, task.task_path)
            task.status, task.started_at = TaskResultStatus.READY, None
            task.save(update_fields=["status", "started_at"])


def forget_finished() -> None:
    """Delete the results of tasks that are long done: they hold what the tasks were about, mails among it."""
    now = timezone.now()
    DBTaskResult.objects.successful().filter(finished_at__lt=now - KEPT).delete()
    DBTaskResult.objects.failed().filter(finished_at__lt=now - KEPT_FAILED).delete()


def work() -> None:
    with only_worker(settings.DATA_DIR / "tasks.lock") as name:
        take_back(name)
        plan_erasure()  # the chain of nights goes on, whatever broke it
        worker = TaskWorker(f"{name}.{os.getpid()}.{int(time.time())}")
        worker.configure_signals()
        worker.run()
