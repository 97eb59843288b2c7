"""When the posts that others were told of, or may want to hear of, change or go."""

from django.conf import settings
from django.db import transaction

from comments.models import DiscussionSettings, SentMention
from comments.voices import tasks


def post_saved(sender, post_id, **kwargs):
    if DiscussionSettings.load().sends_mentions:
        tasks.send_mentions.enqueue(post_id)


def post_goes(sender, instance, **kwargs):
    """Before a post is deleted: nobody will know afterwards who was told of it."""
    told = instance.sent_mentions.filter(status=SentMention.Status.SENT)
    targets = list(told.values_list("target", flat=True))
    source = settings.SITE_URL + instance.get_absolute_url()
    if targets and DiscussionSettings.load().sends_mentions:
        transaction.on_commit(lambda: tasks.tell_of_deletion.enqueue(source, targets), robust=True)
