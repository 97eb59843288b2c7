"""Stands here because it touches posts and comments, which know nothing of each other."""

from django.core.management.base import BaseCommand

from blog import rendering
from blog.management.progress import progress_for
from blog.models import Post
from comments import rendering as comment_rendering
from comments.models import Comment

BATCH = 500  # rows


class Command(BaseCommand):
    help = "Renders posts, pages and comments that an older version of the renderer made. May be stopped and run again."

    def add_arguments(self, parser):
        parser.add_argument("--all", action="store_true", help="render everything, whatever version made it")

    def handle(self, *, verbosity, **options):
        progress = progress_for(self, verbosity)
        comments = Comment.objects.select_related("post").defer("post__body", "post__html", "post__text")
        for everything, version in ((Post.objects, rendering.VERSION), (comments, comment_rendering.VERSION)):
            rows = everything.order_by("pk")
            if not options["all"]:
                rows = rows.exclude(renderer_version=version)
            count = rows.count()
            for row in progress(in_batches(rows), total=count):
                row.rerender()
            if verbosity:
                self.stdout.write(f"{count} {rows.model._meta.verbose_name_plural}")


def in_batches(rows):
    """Yield the rows by their keys, a batch in memory at a time; what is written meanwhile does not disturb it."""
    last = 0
    while batch := list(rows.filter(pk__gt=last)[:BATCH]):
        yield from batch
        last = batch[-1].pk
