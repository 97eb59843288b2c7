from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse

from blog.management.progress import progress_for
from transfer.demo import login, writer


class Command(BaseCommand):
    help = "Loads the demo blog into an empty blog, once, and says where it is and how to log in."

    def handle(self, *, verbosity, **options):
        try:
            loaded = writer.load(progress_for(self, verbosity))
        except writer.AlreadyLoaded:
            words = "The demo blog was loaded before: nothing was changed."
        except writer.NotEmpty as error:
            raise CommandError(f"The demo goes into an empty blog only, and {error}: nothing was changed.") from None
        except OSError as error:
            raise CommandError(f"The demo could not be written, and nothing was changed: {error}") from error
        else:
            words = (
                f"The demo blog is loaded: {loaded.posts} posts, {loaded.pages} pages, {loaded.pictures} pictures, "
                f"{loaded.comments} comments."
            )
        if verbosity:
            address = settings.SITE_URL
            ways = [("Read it at", f"{address}/"), ("Write at", address + reverse("admin:index")), *login.in_words()]
            self.stdout.write("\n".join([words, *(f"  {what:<10} {how}" for what, how in ways)]))
