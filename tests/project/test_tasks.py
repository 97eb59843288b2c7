"""Tasks survive whatever happens to their worker."""

import datetime
import signal
import subprocess
import sys
import threading

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from config.server import tasks
from config.server.tasks import TaskWorker, forget_finished, only_worker, take_back
from tests.project.serving import ROOT, bare, until

pytestmark = pytest.mark.django_db


def task(**fields):
    made = {
        "args_kwargs": {"args": [], "kwargs": {}},
        "task_path": "comments.tasks.learn_spam",
        "backend_name": "default",
        "run_after": timezone.now(),
        **fields,
    }
    return DBTaskResult.objects.create(**made)


def begun(*workers, ago=datetime.timedelta(0)):
    return task(status="RUNNING", started_at=timezone.now() - ago, worker_ids=list(workers))


def test_a_task_that_was_cut_off_runs_again():
    cut = begun("ours.1.1")
    take_back("ours")
    cut.refresh_from_db()
    assert (cut.status, cut.started_at, cut.worker_ids) == ("READY", None, ["ours.1.1"])
    assert list(DBTaskResult.objects.ready()) == [cut]


def test_a_task_of_another_machines_worker_is_left_alone_for_a_day():
    young, old = begun("theirs.1.1"), begun("theirs.1.1", ago=datetime.timedelta(days=2))
    take_back("ours")
    young.refresh_from_db()
    old.refresh_from_db()
    assert (young.status, old.status) == ("RUNNING", "READY")


def test_a_task_that_takes_its_worker_down_each_time_is_given_up():
    cut = begun("ours.1.1", "ours.2.2", "ours.3.3")
    take_back("ours")
    cut.refresh_from_db()
    assert cut.status == "FAILED"
    assert "killed 3 times" in cut.traceback


def test_what_is_done_is_left_alone():
    done, waiting = task(status="SUCCESSFUL", worker_ids=["ours.1.1"]), task()
    take_back("ours")
    for one, status in ((done, "SUCCESSFUL"), (waiting, "READY")):
        one.refresh_from_db()
        assert one.status == status


def test_results_are_forgotten_failures_later():
    def finished(status, days):
        return task(status=status, finished_at=timezone.now() - datetime.timedelta(days=days))

    kept = {finished("SUCCESSFUL", 6).pk, finished("FAILED", 89).pk, task().pk, begun("ours.1.1").pk}
    for status, days in (("SUCCESSFUL", 8), ("FAILED", 91)):
        finished(status, days)
    forget_finished()
    assert set(DBTaskResult.objects.values_list("pk", flat=True)) == kept


def test_the_worker_forgets_after_a_task_but_not_after_each(monkeypatch):
    times = []
    monkeypatch.setattr(tasks, "forget_finished", lambda: times.append(1))
    monkeypatch.setattr(tasks.Worker, "run_task", lambda self, result: None)
    worker = TaskWorker("ours.1.1")
    for _ in range(3):
        worker.run_task(None)
    assert len(times) == 1


def test_a_worker_that_is_told_twice_to_stop_still_finishes_its_task():
    worker = TaskWorker("ours.1.1")
    worker.running_task = True
    for _ in range(3):
        worker.shutdown(signal.SIGTERM, None)
    assert not worker.running
    worker.running_task = False
    with pytest.raises(SystemExit):
        worker.shutdown(signal.SIGTERM, None)


def test_one_worker_waits_for_another_and_has_the_same_name(tmp_path):
    entered, names = threading.Event(), []

    def second():
        with only_worker(tmp_path / "lock") as name:
            names.append(name)
            entered.set()

    thread = threading.Thread(target=second)
    with only_worker(tmp_path / "lock") as name:
        thread.start()
        assert not entered.wait(0.3)
    assert entered.wait(60)
    thread.join()
    assert names == [name]
    assert len(name) == 16


HOLD = """
import sys, time
from pathlib import Path
from config.server.tasks import only_worker
with only_worker(Path(sys.argv[1])):
    print("mine", flush=True)
    time.sleep(1000)
"""


def test_a_worker_that_was_killed_holds_up_nobody(tmp_path):
    environment = bare(DATA_DIR=tmp_path, DJANGO_SETTINGS_MODULE="config.settings")
    code = f"import django; django.setup(){HOLD}"
    holder = subprocess.Popen(
        [sys.executable, "-c", code, tmp_path / "lock"], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
    )
    with holder:
        assert holder.stdout.readline() == "mine\n"
        holder.kill()
    with only_worker(tmp_path / "lock") as name:
        assert until(lambda: name)
