import signal
import threading
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils.translation import gettext as _

from blog.management.progress import progress_for
from blog.related import index
from transfer.importers import Unreadable, wordpress
from transfer.writer import write


class Command(BaseCommand):
    help = (
        "Brings a WordPress blog in from its own export (Tools → Export → All content): people, categories, tags, "
        "posts, pages, files and comments, at their old addresses. All or nothing; a second time, only what is new."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", metavar="FILE", type=Path, help="the .xml file that WordPress made")
        parser.add_argument(
            "--media", metavar="DIR", type=Path, help="a copy of the folder wp-content/uploads, for pictures and files"
        )
        parser.add_argument("--dry-run", action="store_true", help="say what would happen, and change nothing")

    def handle(self, *, file, media, dry_run, verbosity, **options):
        if media is not None and not media.is_dir():
            raise CommandError(_("%(folder)s is not a folder.") % {"folder": media})
        bar, stop = progress_for(self, verbosity), Stop()
        try:
            with stop:
                result = write(
                    lambda: wordpress.read(file),
                    folder=media,
                    dry_run=dry_run,
                    progress=lambda things, total: stop.between(bar(things, total)),
                )
        except Unreadable as error:
            problem = str(error)
        except DatabaseError as error:
            problem = _("the database refuses: %(error)s") % {"error": " ".join(str(error).split())}
        except OSError as error:
            elsewhere = error.filename not in (None, str(file))
            problem = f"{error.filename}: {error.strerror}" if elsewhere else error.strerror or str(error)
        except KeyboardInterrupt:
            problem = _("interrupted")
        else:
            if result.added["posts"] and not dry_run:
                index.rebuild(bar)  # the first reader is offered something too, before the worker comes to it
            self.say(result, dry_run, verbosity)
            return
        raise CommandError(_("Nothing was brought in. %(file)s: %(problem)s.") % {"file": file, "problem": problem})

    def say(self, result, dry_run, verbosity):
        if verbosity == 0:
            return
        self.stdout.write("\n".join(result.in_words(most=None if verbosity > 1 else 20)))
        if dry_run:
            self.stdout.write(_("This was a dry run: nothing was changed."))


class Stop:
    """Answers Ctrl-C and SIGTERM between two records, where no file is half stored; a second time, at once."""

    def __enter__(self):
        self.asked = False
        in_main_thread = threading.current_thread() is threading.main_thread()
        signals = (signal.SIGINT, signal.SIGTERM) if in_main_thread else ()
        self.before = {number: signal.signal(number, self.ask) for number in signals}

    def __exit__(self, *raised):
        for number, handler in self.before.items():
            signal.signal(number, handler)

    def ask(self, *args):
        if self.asked:
            raise KeyboardInterrupt
        self.asked = True

    def between(self, things):
        """Yield `things` until somebody asks to stop."""
        for thing in things:
            if self.asked:
                raise KeyboardInterrupt
            yield thing
