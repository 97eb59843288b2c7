import signal
import threading
from contextlib import contextmanager
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils.translation import gettext as _

from blog.management.progress import progress_for
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
        progress = progress_for(self, verbosity)
        try:
            with terminating_like_ctrl_c():
                result = write(lambda: wordpress.read(file), folder=media, dry_run=dry_run, progress=progress)
        except Unreadable as error:
            problem = str(error)
        except DatabaseError as error:
            problem = _("the database refuses: %(error)s") % {"error": " ".join(str(error).split())}
        except OSError as error:
            elsewhere = error.filename not in (None, str(file))
            problem = f"{error.filename}: {error.strerror}" if elsewhere else error.strerror
        except KeyboardInterrupt:
            problem = _("interrupted")
        else:
            self.say(result, dry_run, verbosity)
            return
        raise CommandError(_("Nothing was brought in. %(file)s: %(problem)s.") % {"file": file, "problem": problem})

    def say(self, result, dry_run, verbosity):
        if verbosity == 0:
            return
        self.stdout.write("\n".join(result.in_words(most=None if verbosity > 1 else 20)))
        if dry_run:
            self.stdout.write(_("This was a dry run: nothing was changed."))


@contextmanager
def terminating_like_ctrl_c():
    """Let SIGTERM be answered as Ctrl-C is: what was stored so far is taken back."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
