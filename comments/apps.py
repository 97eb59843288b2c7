from django.apps import AppConfig
from django.db import transaction
from django.db.models.signals import post_delete, post_migrate, pre_delete
from django.utils.translation import gettext_lazy as _


class CommentsConfig(AppConfig):
    name = "comments"
    verbose_name = _("Comments")

    def ready(self):
        from blog import announcing
        from blog.models import Page, Post
        from blog.search import sources
        from comments.models import Comment
        from comments.searched import approved_words
        from comments.voices import hearing

        post_migrate.connect(make_moderators, sender=self)
        post_delete.connect(take_out_of_search, sender=Comment)
        sources.register(approved_words)
        announcing.saved.connect(hearing.post_saved)
        for model in (Post, Page):
            pre_delete.connect(hearing.post_goes, sender=model)


def take_out_of_search(sender, instance, **kwargs):
    from comments.models import tell_search

    if instance.status == sender.Status.APPROVED:
        transaction.on_commit(lambda: tell_search([instance.post_id]), robust=True)


def make_moderators(sender, **kwargs):
    from blog.groups import ensure_groups

    # No right to delete: what is in the trash can still be read by whoever must answer for it.
    ensure_groups(sender, {"Moderator": {"comment": ["view", "add", "change"], "sentmention": ["view"]}})
