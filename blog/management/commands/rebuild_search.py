from django.core.management.base import BaseCommand

from blog.management.progress import progress_for
from blog.search import index


class Command(BaseCommand):
    help = "Indexes every published post and page anew. Readers can search all the while."

    def handle(self, *, verbosity, **options):
        count = index.rebuild(progress_for(self, verbosity))
        if verbosity:
            self.stdout.write(f"{count} posts and pages can be found.")
