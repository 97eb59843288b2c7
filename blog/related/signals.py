"""What, beside saving a post, changes its related articles: how it is filed, and that it goes."""

from django.db import transaction
from django.db.models.signals import m2m_changed, post_delete, pre_delete
from django.dispatch import receiver

from blog.models import Lexicon, Post

MANY = 50  # posts in one transaction: all is found anew, once


class Changed:
    """The posts that a transaction touches, announced once when it commits."""

    def __init__(self):
        self.posts = set()
        self.announced = False

    def __call__(self):
        from blog import tasks

        self.announced = True
        if len(self.posts) > MANY:
            tasks.rebuild_related.enqueue()
            return
        for pk in self.posts:
            tasks.update_related.enqueue(pk)


def announce(pks):
    """Have the worker look at some posts after the transaction, however often it touches them."""
    for _, function, *_ in transaction.get_connection().run_on_commit:
        if isinstance(function, Changed) and not function.announced:
            function.posts.update(pks)
            return
    changed = Changed()
    changed.posts.update(pks)
    transaction.on_commit(changed, robust=True)


@receiver(m2m_changed, sender=Post.categories.through)
@receiver(m2m_changed, sender=Post.tags.through)
def filed(instance, action, reverse, pk_set, **kwargs):
    if action in ("post_add", "post_remove", "post_clear") and not reverse:
        announce([instance.pk])
    elif action in ("post_add", "post_remove"):
        announce(pk_set)
    elif action == "pre_clear" and reverse:
        announce(instance.posts.values_list("pk", flat=True))


@receiver(pre_delete, sender=Post)
def wait_for_the_worker(**kwargs):
    """Let a worker finish first that may be writing about the post; it would leave a row that leads nowhere."""
    Lexicon.objects.select_for_update().only("pk").filter(pk=1).first()


@receiver(post_delete, sender=Post)
def deleted(instance, **kwargs):
    announce([instance.pk])
