"""Keeps programs running until it is told to stop.

Each program is the leader of its own process group, so that Ctrl-C in a terminal reaches the supervisor alone, which
then lets the programs finish what they are at.
"""

import contextlib
import logging
import os
import select
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence

from config.server.orphan import GRACE

logger = logging.getLogger(__name__)

STEADY = 30  # seconds: a program that ran as long is started again at once
LONGEST_WAIT = 30  # seconds
KILL_AFTER = GRACE + 5  # seconds: the programs' own patience ends before


class Program:
    """One program, started again whenever it ends; sooner the longer it ran."""

    def __init__(self, name: str, command: Sequence[str], environment: Mapping[str, str], folder: str):
        self.name, self.command, self.environment, self.folder = name, command, environment, folder
        self.process: subprocess.Popen | None = None
        self.began = 0.0
        self.due = 0.0  # when to start (time.monotonic)
        self.failures = 0  # in a row

    def start(self) -> None:
        self.began = time.monotonic()
        self.process = subprocess.Popen(  # noqa: S603
            self.command, env=self.environment, cwd=self.folder, stdin=subprocess.DEVNULL, start_new_session=True
        )

    def has_ended(self) -> bool:
        return self.process is not None and self.process.poll() is not None

    def plan_next(self) -> None:
        """Note that the program ended, and when it is to start again. What is left of its group is asked to stop."""
        self.signal_group(signal.SIGTERM)
        now = time.monotonic()
        self.failures = 0 if now - self.began > STEADY else self.failures + 1
        wait = min(2 ** (self.failures - 2), LONGEST_WAIT) if self.failures > 1 else 0
        self.due = now + wait
        logger.error("%s ended (%s); it starts again in %g s.", self.name, how(self.process.returncode), wait)
        self.process = None

    def ask_to_stop(self) -> None:
        if self.process:
            self.process.terminate()

    def signal_group(self, number: int) -> bool:
        """Whether anybody was there to be signalled."""
        try:
            os.killpg(self.process.pid, number)
        except (ProcessLookupError, PermissionError):  # macOS says the latter of a group of zombies
            return False
        return True

    def is_gone(self) -> bool:
        """Whether nothing is left of the program and its children."""
        return self.process is None or (self.process.poll() is not None and not self.signal_group(0))

    def kill(self) -> None:
        if self.process:
            self.signal_group(signal.SIGKILL)
            self.process.wait()


class Supervisor:
    def __init__(self, programs: Sequence[Program]):
        self.programs = programs
        self.asked: list[int] = []  # the signals that asked to stop

    def run(self) -> None:
        """Keep the programs running until SIGTERM, SIGINT or SIGHUP; then let them finish, and return when they have.

        Whoever presses Ctrl-C a second time does not want to wait any longer.
        """
        with self.waking_up() as wake_up:
            while not self.asked:
                for program in self.programs:
                    if program.has_ended():
                        program.plan_next()
                    if program.process is None and program.due <= time.monotonic():
                        program.start()
                waiting = [program.due for program in self.programs if program.process is None]
                wait_for(wake_up, max(0, min(waiting) - time.monotonic()) if waiting else None)
            for program in self.programs:
                program.ask_to_stop()
            deadline = time.monotonic() + KILL_AFTER
            while not all(program.is_gone() for program in self.programs):
                if time.monotonic() > deadline or self.asked.count(signal.SIGINT) > 1:
                    logger.error("Not everything finished in time; it is ended now.")
                    break
                wait_for(wake_up, 0.1)
            for program in self.programs:
                program.kill()

    @contextlib.contextmanager
    def waking_up(self):
        """Yield a file descriptor that becomes readable with every signal, so that nothing has to be polled."""
        reading, writing = os.pipe()
        os.set_blocking(reading, False)
        os.set_blocking(writing, False)
        handlers = {signal.SIGTERM: self.ask, signal.SIGINT: self.ask, signal.SIGCHLD: lambda number, frame: None}
        if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:  # nohup
            handlers[signal.SIGHUP] = self.ask
        before = {number: signal.signal(number, handler) for number, handler in handlers.items()}
        wakeup_before = signal.set_wakeup_fd(writing, warn_on_full_buffer=False)
        try:
            yield reading
        finally:
            signal.set_wakeup_fd(wakeup_before)
            for number, handler in before.items():
                signal.signal(number, handler)
            os.close(reading)
            os.close(writing)

    def ask(self, number, frame):
        self.asked.append(number)


def wait_for(descriptor: int, seconds: float | None) -> None:
    """Return when `descriptor` can be read, at the latest after `seconds`; empty it."""
    ready, _, _ = select.select([descriptor], [], [], seconds)
    if ready:
        with contextlib.suppress(BlockingIOError):
            while os.read(descriptor, 1024):
                pass


def how(code: int) -> str:
    """Say in words how a process ended."""
    if code >= 0:
        return f"exit code {code}"
    with contextlib.suppress(ValueError):
        return signal.Signals(-code).name
    return f"signal {-code}"
