"""What, beside saving a post, changes what it is found by: who wrote it is called otherwise, or how it is filed."""

from django.db import transaction
from django.db.models.signals import m2m_changed, post_save, pre_delete, pre_save
from django.dispatch import receiver

from blog.models import Category, Post, Tag, User
from blog.models.post import index


class Changed:
    """The posts that a transaction touches, indexed once when it commits."""

    def __init__(self):
        self.posts = set()
        self.done = False

    def __call__(self):
        self.done = True
        index(sorted(self.posts))


def announce(pks):
    """Have some posts indexed after the transaction, however often it touches them."""
    waiting = [function for _, function, *_ in transaction.get_connection().run_on_commit]
    changed = next((each for each in waiting if isinstance(each, Changed) and not each.done), None)
    if changed:
        changed.posts.update(pks)
        return
    changed = Changed()
    changed.posts.update(pks)
    transaction.on_commit(changed, robust=True)


@receiver(pre_save, sender=User)
@receiver(pre_save, sender=Category)
@receiver(pre_save, sender=Tag)
def remember_its_name(sender, instance, update_fields=None, raw=False, **kwargs):
    """Keep what it was called until now; a log-in, which writes another field alone, is no renaming."""
    asked = not raw and instance.pk and (update_fields is None or set(update_fields) - {"last_login"})
    before = sender._base_manager.filter(pk=instance.pk).first() if asked else None
    instance._is_renamed = before is not None and called(before) != called(instance)


@receiver(post_save, sender=User)
@receiver(post_save, sender=Category)
@receiver(post_save, sender=Tag)
def renamed(instance, **kwargs):
    if instance.__dict__.pop("_is_renamed", False):
        announce(instance.posts.values_list("pk", flat=True))


def called(instance) -> str:
    return instance.public_name if isinstance(instance, User) else instance.name


@receiver(m2m_changed, sender=Post.categories.through)
@receiver(m2m_changed, sender=Post.tags.through)
def filed(instance, action, reverse, pk_set, **kwargs):
    if action in ("post_add", "post_remove", "post_clear") and not reverse:
        announce([instance.pk])
    elif action in ("post_add", "post_remove"):
        announce(pk_set)
    elif action == "pre_clear" and reverse:
        announce(instance.posts.values_list("pk", flat=True))


@receiver(pre_delete, sender=Category)
@receiver(pre_delete, sender=Tag)
def unfiled(instance, **kwargs):
    announce(list(instance.posts.values_list("pk", flat=True)))
