from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class CommentsConfig(AppConfig):
    name = "comments"
    verbose_name = _("Comments")

    def ready(self):
        post_migrate.connect(make_moderators, sender=self)


def make_moderators(sender, **kwargs):
    from blog.groups import ensure_groups

    # No right to delete: what is in the trash can still be read by whoever must answer for it.
    ensure_groups(sender, {"Moderator": {"comment": ["view", "add", "change"]}})
