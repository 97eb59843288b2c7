from django.core.management.base import BaseCommand

from config.server import tasks
from config.server.orphan import stop_without


class Command(BaseCommand):
    help = "Run the task worker alone, where another server than `serve` answers."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--parent", type=int, help="Stop when the process of this id, which started this, is gone.")

    def handle(self, *, parent, **options):
        if parent:
            stop_without(parent)
        tasks.work()
