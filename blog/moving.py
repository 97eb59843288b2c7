"""When something moves or goes, its old address remembers where it stands now."""

from django.db import transaction
from django.db.models.signals import post_delete, post_save, pre_save
from django.dispatch import receiver

from blog.models import Category, Page, Post, Redirect, Tag

KINDS = {Post: "post", Page: "post", Category: "category", Tag: "tag"}


def public_address(thing) -> str | None:
    """Return where readers find `thing`; None for a post that they do not."""
    return thing.get_absolute_url() if getattr(thing, "is_live", True) else None


def remember(before: str | None, thing, now: str | None) -> None:
    """Keep that readers found `thing` at `before`. A date or a parent that changed needs no memory: see `views`."""
    if before is None or before == now:
        return
    if now is None:
        Redirect.remember(before)
    elif before.rsplit("/", 2)[-2] != thing.slug:
        Redirect.remember(before, **{KINDS[type(thing)]: thing})


def remember_many(before: dict[int, str], now: dict[int, str]) -> None:
    """The same for many posts at once, {key: address}."""
    for pk, stood_at in before.items():
        stands_at = now.get(pk)
        if stands_at is None:
            Redirect.remember(stood_at)
        elif stood_at.rsplit("/", 2)[-2] != stands_at.rsplit("/", 2)[-2]:
            Redirect.remember(stood_at, post_id=pk)


@receiver(pre_save)
def look_where_it_stands(sender, instance, raw=False, **kwargs):
    if sender in KINDS and not raw and not instance._state.adding:
        kept = sender._base_manager.filter(pk=instance.pk).first()
        instance._stood_at = kept and public_address(kept)


@receiver(post_save)
def remember_where_it_stood(sender, instance, raw=False, created=False, **kwargs):
    if sender in KINDS and not raw and not created:
        remember(getattr(instance, "_stood_at", None), instance, public_address(instance))


@receiver(post_delete)
def remember_that_it_went(sender, instance, **kwargs):
    if sender in (Post, Page) and instance.is_live:
        Redirect.remember(instance.get_absolute_url())


@transaction.atomic
def merge(things, into) -> None:
    """Give all that `things` (categories or tags) hold to `into`, one of their kind, and their addresses too."""
    name = KINDS[type(into)]
    for thing in things:
        if thing.pk == into.pk:
            continue
        before = thing.get_absolute_url()
        into.posts.add(*thing.posts.values_list("pk", flat=True))
        if name == "category":
            if thing in into.lineage():  # what goes stood above what stays
                into.parent = thing.parent
                into.save()
            thing.children.exclude(pk=into.pk).update(parent=into)
        if thing.description and not into.description:
            into.description = thing.description
            into.save()
        thing.former_addresses.update(**{name: into})
        thing.delete()
        Redirect.remember(before, **{name: into})
