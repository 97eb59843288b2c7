"""Work that no reader or author waits for."""

import datetime
import logging

from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from blog import pictures, trash
from blog.models import Media, Post, Revision
from blog.related import index
from blog.revisions import keeping
from blog.search import index as search_index

logger = logging.getLogger(__name__)


@task()
def make_variants(media_id):
    """Make a picture's smaller copies, then render the posts that show it with them."""
    media = Media.objects.filter(pk=media_id).first()
    if media is None or not media.is_picture:
        return
    try:
        changed = pictures.make_variants(media)
    except (OSError, ValueError) as error:
        logger.warning("No smaller copies of %s: %s", media.file.name, error)
        return
    if changed:
        for post in Post.objects.filter(media=media):
            post.rerender()


@task(priority=10)  # before pictures and faces: readers look for it at once
def update_related(post_id):
    """Find what goes with a post that was written, changed, withdrawn or deleted."""
    index.update(post_id)


@task(priority=10)  # before pictures and faces: readers look for it at once
def update_search(post_ids):
    """Let search find posts by what was changed, or said below them."""
    search_index.update(post_ids)


@task(priority=10)  # before pictures and faces: readers look for it at once
def rebuild_related():
    index.rebuild()


@task(priority=-20)
def tidy():
    """Empty the trash of what was long in it, forget old autosaves; come back tomorrow for the rest."""
    trash.empty()
    keeping.forget_old_autosaves()
    if Post.objects.trashed().exists() or Revision.objects.filter(kind=Revision.Kind.AUTOSAVE).exists():
        plan_tidying()


def plan_tidying():
    """Have the worker tidy up before dawn, once a night."""
    planned = DBTaskResult.objects.filter(task_path=tidy.module_path, status=TaskResultStatus.READY)
    if not planned.exists():
        dawn = timezone.localtime().replace(hour=4, minute=30) + datetime.timedelta(days=1)
        tidy.using(run_after=dawn).enqueue()
