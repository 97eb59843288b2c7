import os
import sys
import threading

from django.conf import settings
from django.core.cache import cache
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from blog.pagecache.files import existing
from config.server import static
from config.server.binding import Binding, CannotBind
from config.server.supervisor import Program, Supervisor

MOST_WORKERS = 256


class Command(BaseCommand):
    help = "Serve the site: web server and task worker together, until Ctrl-C or SIGTERM."

    def add_arguments(self, parser):
        parser.add_argument("--bind", default="127.0.0.1:8000", metavar="HOST:PORT", help="default: %(default)s")
        # Read by hand: argparse would answer a wrong number with its whole usage.
        parser.add_argument("--workers", metavar="N", help="processes that answer; default: one a core, at least 2")

    def handle(self, *, bind, workers, **options):
        try:
            binding = Binding.parse(bind)
            count = number_of_workers(workers)
            binding.check()
        except CannotBind as error:
            raise CommandError(error) from None
        refuse_outdated_database()
        refuse_absent_cache()
        static.collect_if_outdated()
        if settings.DEBUG:
            self.tell("DEBUG is set; readers never see it: serve runs without. `manage.py runserver` is for that.")
        if settings.EMAIL_BACKEND.endswith("dummy.EmailBackend"):
            self.tell("EMAIL_URL is not set: no mail is sent.")
        # Nobody said where readers find the site: it is where it listens.
        site_url = settings.SITE_URL if "SITE_URL" in os.environ else binding.address
        ready = f"Causerie serves {site_url} at {binding} with {count} workers. Ctrl-C stops it."
        # Whoever reads the line may ask at once.
        threading.Thread(target=lambda: binding.wait_until_answered() and self.tell(ready), daemon=True).start()
        Supervisor(programs(binding, count, site_url)).run()
        if files := existing(settings.DATA_DIR):
            files.remove_all()  # nobody is left who would take them away in time
        self.tell("Stopped.")

    def tell(self, line):
        self.stdout.write(line)
        self.stdout.flush()


def number_of_workers(text: str | None) -> int:
    if text is None:
        return max(2, cores())
    if not text.isascii() or not text.isdigit() or not 0 < int(text) <= MOST_WORKERS:
        raise CommandError(f"--workers needs a number from 1 to {MOST_WORKERS}.")
    return int(text)


def cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def refuse_outdated_database() -> None:
    """`serve` never migrates by itself: a backup comes first, and of several machines only one may."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    connection.close()
    if plan:
        raise CommandError("The database is new or from an older version: run manage.py migrate first.")


def refuse_absent_cache() -> None:
    try:
        cache.get("start")
    except Exception as error:  # each cache has its own kinds of failure
        raise CommandError(f"The cache at CACHE_URL does not answer ({type(error).__name__}).") from None


def programs(binding: Binding, workers: int, site_url: str) -> list[Program]:
    environment = {**os.environ, "DEBUG": "0", "SITE_URL": site_url}
    folder, parent = str(settings.BASE_DIR), str(os.getpid())
    web = [sys.executable, "-m", "config.server.web", parent, binding.host, str(binding.port), str(workers)]
    tasks = [sys.executable, "manage.py", "run_tasks", "--parent", parent]
    return [
        Program("The web server", web, environment, folder),
        Program("The task worker", tasks, environment, folder),
    ]
