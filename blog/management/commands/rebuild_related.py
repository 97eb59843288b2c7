from django.core.management.base import BaseCommand

from blog.management.progress import progress_for
from blog.models import RelatedPost
from blog.related import index


class Command(BaseCommand):
    help = "Finds the related articles of every post anew. What authors chose stays."

    def handle(self, *, verbosity, **options):
        index.rebuild(progress_for(self, verbosity))
        if verbosity:
            posts = RelatedPost.objects.values("post").distinct().count()
            self.stdout.write(f"{posts} posts have related articles.")
