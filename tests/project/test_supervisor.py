"""Programs that are kept running."""

import os
import signal
import subprocess
import sys
import time

import pytest

from config.server import supervisor
from config.server.supervisor import Program, how
from tests.project.serving import ROOT, bare, processes, until

SUPERVISE = """
import sys
from config.server import supervisor
supervisor.KILL_AFTER = float(sys.argv[1])
programs = [supervisor.Program(code, [sys.executable, "-c", code], {}, ".") for code in sys.argv[2:]]
supervisor.Supervisor(programs).run()
"""
STEADY = "import time; time.sleep(1000)"
STUBBORN = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(1000)"


@pytest.fixture
def supervised():
    """Return a function that starts a supervisor of programs given as code, and returns it."""
    started = []

    def start(*codes, kill_after=60):
        command = [sys.executable, "-c", SUPERVISE, str(kill_after), *codes]
        started.append(subprocess.Popen(command, cwd=ROOT, env=bare(), stderr=subprocess.PIPE, text=True))
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.communicate()


def running(code):
    """Return the process ids of those that run `code`."""
    return [pid for pid, (_, command) in processes().items() if command.rstrip().endswith(f"-c {code}")]


def test_a_program_that_ends_is_started_again(supervised):
    code = f"{STEADY}  # {time.time_ns()}"
    process = supervised(code)
    (first,) = until(lambda: running(code))
    os.kill(first, signal.SIGKILL)
    (second,) = until(lambda: [pid for pid in running(code) if pid != first])
    process.terminate()
    assert process.wait(60) == 0
    assert running(code) == []
    assert "ended (SIGKILL); it starts again in 0 s." in process.stderr.read()
    assert second != first


def test_a_program_that_does_not_want_to_stop_is_ended_with_its_children(supervised):
    mark = f"# {time.time_ns()}"
    child = f"{STUBBORN}  {mark}"
    parent = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])"
    process = supervised(parent, kill_after=0.5)
    until(lambda: running(child))
    time.sleep(0.5)  # until it ignores SIGTERM
    process.terminate()
    assert process.wait(60) == 0
    assert running(child) == []


def test_a_second_ctrl_c_does_not_wait(supervised):
    code = f"{STUBBORN}  # {time.time_ns()}"
    process = supervised(code, kill_after=1000)
    until(lambda: running(code))
    time.sleep(0.5)
    process.send_signal(signal.SIGINT)
    time.sleep(0.5)
    assert process.poll() is None
    process.send_signal(signal.SIGINT)
    assert process.wait(60) == 0
    assert running(code) == []


def test_a_program_that_keeps_ending_is_started_less_and_less_often(monkeypatch):
    now = 1000.0
    monkeypatch.setattr(supervisor.time, "monotonic", lambda: now)
    program = Program("It", ["true"], {}, "/")
    waits = []
    for _ in range(9):
        program.start()
        program.process.wait()
        assert program.has_ended()
        program.plan_next()
        waits.append(program.due - now)
        now = program.due
    assert waits == [0, 1, 2, 4, 8, 16, 30, 30, 30]
    program.start()
    program.process.wait()
    now += supervisor.STEADY + 1
    program.plan_next()
    assert program.due == now


def test_how_it_ended_is_told_in_words():
    assert [how(0), how(3), how(-9), how(-99)] == ["exit code 0", "exit code 3", "SIGKILL", "signal 99"]
