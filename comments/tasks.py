"""Work that no visitor waits for."""

import datetime
import logging
import urllib.error
import urllib.request

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from blog.uploads import prepare
from comments import privacy
from comments.avatars import gravatar_url
from comments.downloads import NoRedirects
from comments.models import Avatar, Decision, DiscussionSettings
from comments.spam import learning
from comments.voices.faces import fetch_photo
from comments.voices.fetching import FetchError

logger = logging.getLogger(__name__)

TIMEOUT = 10  # seconds
MOST_BYTES = 1024 * 1024
DECISIONS_KEPT = datetime.timedelta(days=30)


def ask_for_avatar(comment):
    """Have the worker fetch the commenter's face, unless it did lately or the author wants no faces from here."""
    if comment.avatar is None or not comment.avatar.is_stale:
        return
    # Of those elsewhere, only this site may ask: no reader's browser goes there.
    if DiscussionSettings.load().avatars in (("local", "direct") if comment.avatar.photo else ("local",)):
        transaction.on_commit(lambda: fetch_avatar.enqueue(comment.avatar.pk), robust=True)


def ask_for_avatars(avatar_ids):
    """Have the worker fetch many faces, those of a blog that moved in."""
    if DiscussionSettings.load().avatars == "local":
        with transaction.atomic():
            for avatar_id in avatar_ids:
                fetch_avatar.enqueue(avatar_id)


# After everything else: a blog that moves in has thousands of faces to ask for, and its pictures come first.
@task(priority=-10)
def fetch_avatar(avatar_id):
    """Fetch a face, from Gravatar or an author's own site, and keep it here, cleaned; or only that we asked."""
    avatar = Avatar.objects.filter(pk=avatar_id).first()
    if avatar is None or not avatar.is_stale:
        return
    try:
        content, extension = fetch_photo(avatar.photo) if avatar.photo else fetch_gravatar(avatar)
    except (OSError, ValueError, ValidationError, FetchError) as error:
        # Not marked as asked: the commenter's next comment tries again.
        logger.info("No avatar for %s: %s", avatar.key, error)
        return
    outdated = avatar.image.name
    if content:
        avatar.image.save(f"{avatar.key}{extension}", ContentFile(content), save=False)
    else:
        avatar.image = ""
    avatar.fetched_at = timezone.now()
    avatar.save(update_fields=["image", "fetched_at"])
    if outdated and outdated != avatar.image.name:
        avatar.image.storage.delete(outdated)


def fetch_gravatar(avatar):
    rating = DiscussionSettings.load().avatar_rating
    data = download(gravatar_url(settings.GRAVATAR_URL, avatar.email_hash, rating=rating, default="404"))
    return prepare("avatar", data)[:2] if data else (b"", "")


def download(url: str) -> bytes | None:
    """Return what is at `url`, None when nothing is (404). Raises OSError or ValueError otherwise.

    GRAVATAR_URL is the operator's word, and a redirect is not: it is not followed.
    """
    opener = urllib.request.build_opener(NoRedirects)
    try:
        with opener.open(urllib.request.Request(url, headers={"User-Agent": "Causerie"}), timeout=TIMEOUT) as answer:  # noqa: S310
            data = answer.read(MOST_BYTES + 1)
    except urllib.error.HTTPError as error:
        with error:
            if error.code == 404:
                return None
            raise
    if len(data) > MOST_BYTES:
        raise ValueError("more than 1 MB")
    return data


@task(priority=-20)
def learn_spam():
    """Learn from the moderators' decisions."""
    learning.learn()


@task(priority=-20)
def erase_addresses():
    """Erase the IP addresses that are old enough, and decisions that nobody undoes any more; come back tomorrow.

    Tomorrow is planned first: whatever goes wrong today, the next night comes.
    """
    plan_erasure()
    privacy.erase_old_addresses()
    Decision.objects.filter(made_at__lt=timezone.now() - DECISIONS_KEPT).delete()


def plan_erasure():
    """Have the worker erase old IP addresses before dawn, once a night. Every worker that starts plans it, too."""
    if not erase_addresses.get_backend().supports_defer:  # a test's, which does all at once
        return
    planned = DBTaskResult.objects.filter(task_path=erase_addresses.module_path, status=TaskResultStatus.READY)
    if not planned.exists():
        dawn = timezone.localtime().replace(hour=4, minute=0) + datetime.timedelta(days=1)
        erase_addresses.using(run_after=dawn).enqueue()
